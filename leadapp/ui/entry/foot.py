"""The bar under a form: leave, what may wait, back and on, finish."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class Foot(QWidget):
    """``show_steps(back, next_title, save_words)``; the primary button is the last one."""

    leave_wanted = Signal()
    later_wanted = Signal()
    back_wanted = Signal()
    next_wanted = Signal()
    finish_wanted = Signal()

    def __init__(self, leave_words: str) -> None:
        super().__init__()
        self.setProperty("kind", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self.leave = Button(leave_words, icon="log-out", key="Esc")
        self.later = Button("", icon="chevron-right", role="quiet")
        self.words = Label(tr("Every change is saved as you type"), role="table", tone="text2")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.back = Button(tr("Back"), key="Ctrl+PgUp")
        self.next = Button("", role="primary", key="Ctrl+PgDn")
        self.finish = Button("", icon="check", role="primary", key="Ctrl+S")
        for button, signal in (
            (self.leave, self.leave_wanted),
            (self.later, self.later_wanted),
            (self.back, self.back_wanted),
            (self.next, self.next_wanted),
            (self.finish, self.finish_wanted),
        ):
            button.clicked.connect(signal.emit)
        self._row.addWidget(self.leave)
        self._row.addWidget(self.later)
        self._row.addWidget(self.words, 1)
        for button in (self.back, self.next, self.finish):
            self._row.addWidget(button)
        self.later.hide()
        self.restyle()

    def show_steps(self, *, back: bool, next_title: str, finish: str, last: bool) -> None:
        """Show where one can go from here; ``last`` makes finishing the main thing."""
        self.back.setVisible(back)
        self.next.setVisible(bool(next_title))
        self.next.set_words(tr("Next: {section}", section=next_title))
        self.finish.set_words(finish)
        self.finish.set_role("primary" if last else "default")
        self.finish.setVisible(last)

    def show_later(self, words: str, *, shown: bool) -> None:
        """Say what may be answered later today; blank for nothing."""
        self.later.setVisible(bool(words))
        self.later.set_words(words)
        self.later.set_icon("chevron-down" if shown else "chevron-right")
        self.later.setAccessibleDescription(tr("open") if shown else tr("folded"))

    def stops(self) -> list[QWidget]:
        """Return the buttons in their order."""
        return [self.leave, self.later, self.back, self.next, self.finish]

    def set_roomy(self, *, roomy: bool) -> None:
        """Leave the words out where there is little room."""
        self.words.setText(tr("Every change is saved as you type") if roomy else "")

    def restyle(self) -> None:
        """Take margins from the theme."""
        look = theme()
        self._row.setContentsMargins(look.px(20), look.px(8), look.px(16), look.px(8))
        self._row.setSpacing(look.px(10))
