"""The band at the left: whose program this is, what is agreed to, and what is true of it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.shell.nav import draw_mark
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

WIDTH = 520
_EDGE = 48


class Band(QWidget):
    """``band.show_county("Alder County", notice, last_backup)``; empty until it is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("About this program"))
        self._column = QVBoxLayout(self)
        self._head = _Head()
        self._column.addWidget(self._head)
        self._column.addSpacing(theme().px(24))
        self._words = Scroll(gap=12)
        self._words.setAccessibleName(tr("Notice"))
        self._words.verticalScrollBar().rangeChanged.connect(self._let_keys_scroll)
        self._column.addWidget(self._words, 1)
        self._last = Label("", tone="nav_text", bold=True, wrap=True)
        self._column.addWidget(self._last)
        self._last.hide()
        self._facts = QVBoxLayout()
        self._column.addLayout(self._facts)
        self._backup = _Fact("archive", "")
        for fact in (
            _Fact("hard-drive", tr("Records stay on this computer, encrypted")),
            _Fact("wifi-off", tr("No internet needed")),
            self._backup,
        ):
            self._facts.addWidget(fact)
        self._backup.hide()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.fit(WIDTH * 3)

    def show_county(self, county: str, notice: str, last_backup: str) -> None:
        """Show the county's name, the notice a paragraph a blank line, and the last backup."""
        self._head.set_county(county)
        self.say(tr("Before you unlock"), notice, tr("By unlocking you agree to these terms."))
        self._backup.say(last_backup)
        self._backup.setVisible(bool(last_backup))

    def say(self, title: str, text: str, last: str = "") -> None:
        """Show other words: a title, paragraphs, and a last bold line."""
        while item := self._words.body.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        self._words.body.addWidget(Label(title, role="pane_title", tone="nav_text"))
        paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
        for part in paragraphs:
            self._words.body.addWidget(Label(part, tone="nav_text", wrap=True))
        # It stands below what may scroll, so that it is always seen.
        self._last.setText(last)
        self._last.setVisible(bool(last))

    def fit(self, window_width: int) -> None:
        """Take a good part of the window, and less of a narrow one."""
        look = theme()
        wide = look.px(WIDTH)
        width = min(wide, round(window_width * 0.38))
        edge = look.px(_EDGE) if width > look.px(420) else look.px(24)
        self._column.setContentsMargins(edge, look.px(36), edge, look.px(32))
        self._column.setSpacing(look.px(24))
        self._facts.setSpacing(look.px(8))
        self.setFixedWidth(width)

    def _let_keys_scroll(self, _least: int, most: int) -> None:
        """Make a long notice a tab stop, so that it can be read to its end by keys."""
        stop = Qt.FocusPolicy.TabFocus if most else Qt.FocusPolicy.NoFocus
        self._words.setFocusPolicy(stop)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), theme().colour("nav"))


class _Head(QWidget):
    """Mark, program and county."""

    def __init__(self) -> None:
        super().__init__()
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(14))
        row.addWidget(_Mark(), 0, Qt.AlignmentFlag.AlignTop)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(Label("leadapp", role="figure_small", tone="nav_text"))
        self._county = Label("", tone="nav_dim", wrap=True, parent=self)
        self._county.hide()
        names.addWidget(self._county)
        row.addLayout(names, 1)
        row.setAlignment(names, Qt.AlignmentFlag.AlignVCenter)

    def set_county(self, county: str) -> None:
        self._county.setText(county)
        self._county.setVisible(bool(county))


class _Mark(QWidget):
    """The program's mark."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(40), theme().px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_mark(QPainter(self), QRectF(self.rect()))


class _Fact(QWidget):
    """An icon and one line that is true."""

    def __init__(self, icon: str, words: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(10))
        row.addWidget(Icon(icon, "nav_dim", 16), 0, Qt.AlignmentFlag.AlignTop)
        self._words = Label(words, role="table", tone="nav_dim", wrap=True)
        row.addWidget(self._words, 1)

    def say(self, words: str) -> None:
        self._words.setText(words)
