"""Title or trail, badges, save state, the Find box, and the page's own actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_key_cap, draw_text, key_cap_width
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.shell.page import Crumb, Page
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class FindBox(QAbstractButton):
    """Looks like a box to type in; a press opens the palette."""

    def __init__(self) -> None:
        super().__init__()
        self.setText(tr("Find or do anything"))
        self.setAccessibleName(tr("Find or do anything, Ctrl+K"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the size it likes."""
        return QSize(theme().px(300), theme().px(36))

    def minimumSizeHint(self) -> QSize:
        """Return icon and key only."""
        return QSize(theme().px(44) + key_cap_width("Ctrl+K"), theme().px(36))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, icon, words and key."""
        painter = QPainter(self)
        look = theme()
        fill = "row_hover" if self.underMouse() else "sunken"
        draw_box(painter, self.rect(), fill=fill, edge="line_strong")
        size = look.px(16)
        top = round((self.height() - size) / 2)
        draw_icon(painter, "search", "text2", QRectF(look.px(10), top, size, size))
        right = self.width() - look.px(9)
        middle = QPointF(right, self.height() / 2)
        draw_key_cap(painter, middle, "Ctrl+K", tone="text2", edge="line_strong")
        left = look.px(36)
        width = right - key_cap_width("Ctrl+K") - look.px(8) - left
        font = look.font(look.tokens.type.body)
        if width > look.px(60):
            area = QRectF(left, 0, width, self.height())
            draw_text(painter, area, self.text(), tone="hint", font=font)


class _Link(QAbstractButton):
    """One part of the trail."""

    def __init__(self, crumb: Crumb) -> None:
        super().__init__()
        self.setText(crumb.words)
        self.setAccessibleName(crumb.words)
        self.setToolTip(crumb.words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(lambda _on=False: crumb.go())
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self.text())
        return QSize(width + 4, theme().px(28))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), theme().px(70)), theme().px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = self._font()
        font.setUnderline(self.underMouse())
        draw_text(QPainter(self), self.rect(), self.text(), tone="link", font=font)

    def _font(self) -> QFont:
        return theme().font(theme().tokens.type.card_title)


class _Title(Label):
    """The page's title, cut with a tooltip where there is no room."""

    def __init__(self) -> None:
        super().__init__("", role="page_title")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(super().sizeHint().width(), theme().px(90)), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if QFontMetrics(self.font()).horizontalAdvance(self.text()) <= self.width() + 1:
            self.setToolTip("")
            super().paintEvent(event)
            return
        self.setToolTip(self.text())
        painter = QPainter(self)
        draw_text(painter, self.rect(), self.text(), tone="text", font=self.font())


class TopBar(QWidget):
    """Shows the heading of one page at a time."""

    find_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._title = _Title()
        self._aside = Label("", role="table", tone="text2")
        self._find = FindBox()
        self._find.clicked.connect(self.find_clicked.emit)
        self._own: list[QWidget] = []
        self._guests: list[QWidget] = []
        self._loose: list[QWidget] = []
        self.restyle()

    def show_page(self, page: Page) -> None:
        """Show the heading of ``page``."""
        self._empty()
        for crumb in page.trail:
            self._put(_Link(crumb), own=True)
            self._put(Icon("chevron-right", "text2", 16), own=True)
        self._title.setText(page.title)
        self._row.addWidget(self._title)
        self._aside.setText(page.aside)
        self._aside.setVisible(bool(page.aside))
        self._row.addWidget(self._aside)
        for widget in (*page.badges, page.save_state):
            self._put(widget, own=False)
        self._row.addStretch(1)
        self._row.addWidget(self._find)
        self._find.setVisible(page.find_box)
        for widget in page.top_actions:
            self._put(widget, own=False)
        self._loose = [*reversed(page.badges), self._aside]
        self._fit()

    def let_go(self, widgets: Sequence[QWidget]) -> None:
        """Forget what belongs to a page that is about to be deleted."""
        self._guests = [one for one in self._guests if one not in widgets]
        self._loose = [one for one in self._loose if one not in widgets]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the page or the status bar says too, where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit again when words in it became longer, such as those of the save state."""
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return handled

    def _fit(self) -> None:
        said = [one for one in self._loose if one is not self._aside or self._aside.text()]
        gap = self._row.spacing()
        title = self._title.sizeHint().width() - self._title.minimumSizeHint().width()
        taken = self._row.minimumSize().width() + title
        taken -= sum(_least(one) + gap for one in said if not one.isHidden())
        room = self.width() - taken
        room -= sum(_least(one) + gap for one in said)
        for widget in said:
            shown = room >= 0
            if not shown:
                room += _least(widget) + gap
            if widget.isHidden() is shown:  # or it would be laid out for ever
                widget.setVisible(shown)

    def restyle(self) -> None:
        """Take height and margins from the theme."""
        look = theme()
        self.setFixedHeight(look.px(look.tokens.shell.top_bar))
        self._row.setContentsMargins(look.px(20), 0, look.px(16), 0)
        self._row.setSpacing(look.px(10))

    def _put(self, widget: QWidget, *, own: bool) -> None:
        hidden = widget.isHidden() and widget.parent() is not None and not own
        (self._own if own else self._guests).append(widget)
        self._row.addWidget(widget)
        if not hidden and not _says_nothing(widget):
            widget.show()

    def _empty(self) -> None:
        while self._row.count():
            self._row.takeAt(0)
        for widget in self._own:
            widget.hide()
            widget.deleteLater()
        for widget in self._guests:
            widget.setParent(None)
        self._own.clear()
        self._guests.clear()


def _least(widget: QWidget) -> int:
    return max(widget.minimumSizeHint().width(), widget.minimumWidth())


def _says_nothing(widget: QWidget) -> bool:
    """Return whether a save state has nothing to say yet."""
    return getattr(widget, "words", None) == ""
