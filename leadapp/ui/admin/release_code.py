"""A one-time code to read out over the phone, for the letters on a locked screen elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from leadapp.core.errors import LeadappError
from leadapp.services import accounts
from leadapp.ui.admin.section import Section
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.words import tr


class ReleaseCode(Card):
    """Letters in, a code out."""

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(tr("Someone is locked out elsewhere"), parent=parent)
        self._section = section
        text = tr("Know their voice, or call them back. Then type the letters their screen shows.")
        self.body.addWidget(Label(text, tone="text2", wrap=True))
        self.letters = Line()
        self.field = Field(tr("The eight letters"), self.letters)
        self.body.addWidget(self.field)
        make = Button(tr("Show the code"), icon="phone", small=True)
        make.clicked.connect(self._make)
        self.letters.returnPressed.connect(self._make)
        self.body.addWidget(make)
        self.code = Label("", role="figure_small")
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.code.hide()
        self.body.addWidget(self.code)

    def _make(self) -> None:
        typed, desk = self.letters.text(), self._section.desk
        self._section.do(lambda: accounts.code_to_read_out(desk, typed), self._show, self._refused)

    def _show(self, code: str) -> None:
        self.field.set_error("")
        self.code.setText(code)
        self.code.setAccessibleName(tr("Read out: {code}", code=code))
        self.code.show()
        announce(self, self.code.accessibleName())

    def _refused(self, error: LeadappError) -> None:
        self.code.hide()
        self.field.set_error(self._section.words.of(error))
        self.letters.setFocus(Qt.FocusReason.OtherFocusReason)
