"""The list left of a long form: its sections, what is done in each, how far all is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.card import Card
from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_text
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.progress import ProgressBar, draw_step_mark
from leadapp.ui.kit.roving import arrow_step, rove_to
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


@dataclass(frozen=True, slots=True)
class Section:
    """``words`` stand under the title: "Complete", "2 to fix", "0 of 6"."""

    key: str
    title: str
    words: str = ""
    state: Literal["open", "done", "problem"] = "open"
    protected: bool = False


class _Line(QAbstractButton):
    """One section."""

    def __init__(self, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.section = Section("", "")
        self._number = number
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_section(self, section: Section) -> None:
        """Show another state."""
        self.section = section
        protected = tr("Protected") if section.protected else ""
        self.setAccessibleName(f"{self._number}. {section.title}")
        self.setAccessibleDescription(
            ", ".join(part for part in (protected, section.words) if part)
        )
        self.setToolTip(section.title)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a two-line row."""
        return QSize(theme().px(160), theme().px(46))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark, title and words."""
        painter = QPainter(self)
        look = theme()
        fill = "tint" if self.isChecked() else "row_hover" if self.underMouse() else None
        if fill:
            draw_box(painter, self.rect(), fill=fill)
        side = look.px(22)
        mark = QRectF(look.px(10), (self.height() - side) / 2, side, side)
        draw_step_mark(painter, mark, self.section.state, self._number)
        left = look.px(42)
        width = self.width() - left - look.px(6)
        bold = look.font(look.tokens.type.label, 600)
        half = self.height() / 2
        title = QRectF(left, half - look.px(19), width, look.px(19))
        draw_text(painter, title, self.section.title, tone="text", font=bold)
        words = QRectF(left, half, width, look.px(17))
        if self.section.protected:
            size = look.px(13)
            draw_icon(painter, "shield", "part2", QRectF(left, half + look.px(2), size, size))
            words.adjust(look.px(17), 0, 0, 0)
        tone = "err" if self.section.state == "problem" else "text2"
        draw_text(
            painter, words, self.section.words, tone=tone, font=look.font(look.tokens.type.caption)
        )


class SectionList(Card):
    """``show_sections([...], here="needs", done=14, all_=38)``; arrows move, one tab stop."""

    chosen = Signal(str)
    """The key of the section a person wants."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=12, parent=parent)
        self.setAccessibleName(tr("Sections"))
        self._words = Label("", role="caption", tone="text2", bold=True)
        self._bar = ProgressBar()
        self.body.addWidget(self._words)
        self.body.addWidget(self._bar)
        scroll = Scroll(gap=2)
        self.body.addWidget(scroll)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(2))
        scroll.body.addWidget(holder)
        self._lines: list[_Line] = []
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Return the width of the list."""
        return QSize(theme().px(216), theme().px(200))

    def minimumSizeHint(self) -> QSize:
        """It scrolls, so its height may shrink."""
        return QSize(theme().px(216), theme().px(120))

    def show_sections(
        self, sections: Sequence[Section], *, here: str, done: int = 0, all_: int = 0
    ) -> None:
        """Show sections and progress, ``here`` chosen."""
        words = tr("{done} of {all} answered", done=done, all=all_)
        self._words.setText(words)
        self._bar.set_part(done / all_ if all_ else 0, words)
        while len(self._lines) < len(sections):
            line = _Line(len(self._lines) + 1, self)
            line.installEventFilter(self)
            line.clicked.connect(lambda _on=False, one=line: self.chosen.emit(one.section.key))
            self._lines.append(line)
            self._column.addWidget(line)
        while len(self._lines) > len(sections):
            gone = self._lines.pop()
            gone.hide()
            gone.deleteLater()
        for at, (line, section) in enumerate(zip(self._lines, sections, strict=True)):
            line.show_section(section)
            if section.key == here:
                line.setChecked(True)
                rove_to(self, self._lines, at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go to the next section."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = arrow_step(event.key())
            if step and watched in self._lines:
                at = max(0, min(self._lines.index(watched) + step, len(self._lines) - 1))
                self._lines[at].click()
                rove_to(self, self._lines, at)
                self._lines[at].setFocus()
                return True
        return super().eventFilter(watched, event)
