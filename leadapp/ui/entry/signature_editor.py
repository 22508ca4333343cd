"""A signature: drawn here, or said to stand on the paper, with the day it was signed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.attachments import read_attachment, read_signed_on_paper, signed_on_paper
from leadapp.core.clock import Clock, today
from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.forms.state import State
from leadapp.ui.entry import pictures
from leadapp.ui.entry.editor import Editor
from leadapp.ui.entry.files import NewFiles
from leadapp.ui.entry.signature_pad import WIDE, SignaturePad
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.typed_dates import Direction, Part, Typed
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

FILE = "signature.png"


class SignatureEditor(Editor):
    """The pad, and under it what one can reach by keys alone."""

    def __init__(self, clock: Clock, files: NewFiles, words: Words) -> None:
        self._clock, self._files, self._words = clock, files, words
        self._value = ""
        self.pad = SignaturePad()
        self.clear = Button(tr("Clear"), icon="eraser", small=True)
        self.paper = Chips([Choice("paper", tr("Signed on paper"))])
        self.day = DateBox(clock, direction=Direction.PAST)
        self.day.setMaximumWidth(theme().px(150))
        self._said = Label("", role="caption", tone="err", wrap=True)
        self._said.hide()
        super().__init__(_Holder(self))
        self.pad.signed.connect(self._signed)
        self.pad.clear_wanted.connect(self._clear)
        self.clear.clicked.connect(self._clear)
        self.paper.changed.connect(self._ticked)
        self.day.changed.connect(self._day_typed)

    def show(self, state: State) -> None:
        """Show what is answered; a signature drawn before is fetched."""
        if state.value == self._value:
            self._settle()
            return
        self._value = state.value
        attachment = read_attachment(state.value)
        if attachment is None:
            self.pad.show_picture(None)
        else:
            self._files.show(attachment, WIDE, self._came, self._failed, self)
        self._settle()

    def _settle(self) -> None:
        day = read_signed_on_paper(self._value)
        self.paper.set_value([] if day is None else ["paper"])
        self.pad.setEnabled(day is None)
        self.day.setVisible(day is not None)
        self.clear.setVisible(day is None)
        self.clear.setEnabled(bool(self._value))
        typed = self.day.typed()
        if day and (typed is None or typed.day is None or typed.day.isoformat() != day):
            self.day.set_typed(Typed(Part.DAY, date.fromisoformat(day)))

    def _came(self, picture: QImage) -> None:
        if read_attachment(self._value) is not None:
            self.pad.show_picture(picture)

    def _failed(self, error: LeadappError) -> None:
        self._say(self._words.of(error))

    def _signed(self) -> None:
        data = pictures.written(self.pad.picture(), "PNG")
        try:
            attachment = self._files.add(pictures.Ready(data, "image/png", FILE))
        except LeadappError as error:
            self._failed(error)
            return
        self._say("")
        self._answer(attachment.text)

    def _clear(self) -> None:
        self.pad.show_picture(None)
        self._answer("")
        if not self.clear.isEnabled() and self.clear.hasFocus():
            self.pad.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ticked(self, names: list[str]) -> None:
        self.pad.show_picture(None)
        self._answer(signed_on_paper(today(self._clock).isoformat()) if names else "")

    def _day_typed(self, typed: object) -> None:
        if isinstance(typed, Typed) and typed.day is not None and self.day.is_right():
            self._answer(signed_on_paper(typed.day.isoformat()), typed=True)

    def _answer(self, text: str, *, typed: bool = False) -> None:
        self._value = text
        self.answered.emit(text, typed)
        self._settle()

    def _say(self, words: str) -> None:
        self._said.setText(words)
        self._said.setVisible(bool(words))


class _Holder(QWidget):
    """The pad over its row of controls."""

    def __init__(self, editor: SignatureEditor) -> None:
        super().__init__()
        self._editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        column.addWidget(editor.pad)
        row = QHBoxLayout()
        row.setSpacing(theme().px(10))
        row.addWidget(editor.paper, 1)
        row.addWidget(editor.day)
        row.addWidget(editor.clear)
        column.addLayout(row)
        column.addWidget(editor._said)  # noqa: SLF001 - the two are one thing
        self.setFocusProxy(editor.pad)

    def set_question(self, name: str, description: str = "") -> None:
        """Say what is asked to whoever hears rather than sees."""
        editor = self._editor
        how = tr("Draw with mouse, finger or pen; Delete clears. By keys: Signed on paper, below")
        editor.pad.setAccessibleName(name)
        editor.pad.setAccessibleDescription(f"{description}. {how}" if description else how)
        editor.paper.set_question(name, description)
        editor.day.setAccessibleName(tr("{label}: day it was signed", label=name))
        editor.clear.setAccessibleDescription(name)
