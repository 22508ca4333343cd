"""What is in view on the right of Review: its title, its sheet, and the bar that settles it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.foot_bar import FootBar
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class ReviewPane(QWidget):
    """``show_sheet(title, facts, sheet)``; the sheet scrolls under its title."""

    stepped = Signal(int)
    """Another one is wanted: -1 the one before, +1 the next."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("What differs"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        self.title = Label("", role="pane_title", wrap=True)
        self.facts = Label("", role="table", tone="text2", wrap=True)
        head = QHBoxLayout()
        head.setSpacing(theme().px(8))
        words = QVBoxLayout()
        words.setSpacing(theme().px(2))
        words.addWidget(self.title)
        words.addWidget(self.facts)
        head.addLayout(words, 1)
        self.place = Label("", role="table", tone="text2")
        head.addWidget(self.place)
        self._steps = (
            IconButton("chevron-up", tr("The one before")),
            IconButton("chevron-down", tr("The next one")),
        )
        for button, by in zip(self._steps, (-1, +1), strict=True):
            button.clicked.connect(lambda _on=False, by=by: self.stepped.emit(by))
            head.addWidget(button)
        column.addLayout(head)
        column.addSpacing(theme().px(8))
        self._scroll = Scroll()
        column.addWidget(self._scroll, 1)
        self._sheet: QWidget | None = None

    def show_sheet(self, title: str, facts: str, sheet: QWidget) -> None:
        """Show this in place of what was shown."""
        self.clear()
        self.title.setText(title)
        self.facts.setText(facts)
        self._sheet = sheet
        self._scroll.body.addWidget(sheet)

    def show_place(self, at: int, count: int) -> None:
        """Say which of how many it is, from 1 on."""
        self.place.setText(tr("{n} of {all}", n=f"{at:,}", all=f"{count:,}"))
        for widget in (self.place, *self._steps):
            widget.setVisible(count > 1)

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at before the sheet."""
        return list(self._steps)

    def clear(self) -> None:
        """Show nothing."""
        self.title.setText("")
        self.facts.setText("")
        if self._sheet is not None:
            self._scroll.body.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
            self._sheet = None


class ReviewFoot(FootBar):
    """The buttons under both panes."""

    def __init__(self) -> None:
        super().__init__()
        self.skip = Button(tr("Skip for now"), key="Esc")
        self.apart = Button(tr("Not the same person"), key="Ctrl+D")
        self.save = Button(tr("Save choices, next"), icon="check", role="primary", key="Ctrl+S")
        self.row.addStretch(1)
        for button in (self.skip, self.apart, self.save):
            self.row.addWidget(button)

    def stops(self) -> list[QWidget]:
        """Return the buttons in their order."""
        return [self.skip, self.apart, self.save]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+D, which the tab hears while the focus is in it."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if control and event.key() == Qt.Key.Key_D and self.apart.isVisible():
            self.apart.click()
        else:
            super().keyPressEvent(event)

    def show_for(self, *, twins: bool, others: bool, may_settle: bool) -> None:
        """Offer what can be done with what is in view."""
        self.apart.setVisible(twins)
        self.save.set_words(tr("The same person") if twins else tr("Save choices, next"))
        self.save.setEnabled(may_settle)
        self.skip.setEnabled(others)
