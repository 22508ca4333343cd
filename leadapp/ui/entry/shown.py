"""Answers that are only shown: read-only and calculated ones, and the words of a note."""

from __future__ import annotations

from datetime import date, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from leadapp.core.attachments import read_attachment, read_signed_on_paper
from leadapp.forms.markdown import rich
from leadapp.forms.state import State
from leadapp.ui.entry.choice_editors import words_of
from leadapp.ui.entry.editor import Editor
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.typed_dates import say_day, say_time
from leadapp.ui.words import tr


class ShownEditor(Editor):
    """A sunken line that can be read and copied."""

    def __init__(self, today: date) -> None:
        self.box = Line()
        self.box.setReadOnly(True)
        self._today = today
        super().__init__(self.box)

    def show(self, state: State) -> None:
        """Show the answer in words; what cannot be taken here is said in its place."""
        if state.kind == "upload" and not state.readonly:
            self.box.setPlaceholderText(tr("Sound and film are not taken here"))
        self.box.set_value(answer_words(state, self._today))
        self.box.setCursorPosition(0)


class WordsEditor(Editor):
    """A note of the form, with its bold and italic words."""

    def __init__(self) -> None:
        self.label = Label("", wrap=True)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        super().__init__(self.label)

    def show(self, state: State) -> None:
        """Show the note."""
        said = rich(state.label)
        self.label.setText(f"{said}<br>{rich(state.hint)}" if state.hint else said)


def answer_words(state: State, today: date) -> str:
    """Return an answer as a person reads it."""
    if state.kind in ("select", "select1", "rank"):
        return ", ".join(words_of(offer) for offer in state.chosen())
    if state.kind == "upload":
        return _attached_words(state, today)
    try:
        match state.type:
            case "date":
                return say_day(date.fromisoformat(state.value), today)
            case "dateTime":
                moment = datetime.fromisoformat(state.value)
                return f"{say_day(moment.date(), today)}, {say_time(moment.time())}"
            case "time":
                return say_time(time.fromisoformat(state.value))
    except ValueError:
        return state.value
    return state.value


def _attached_words(state: State, today: date) -> str:
    """Return a file's name, or how and when it was signed."""
    day = read_signed_on_paper(state.value)
    if day is not None:
        return tr("Signed on paper, {day}", day=say_day(date.fromisoformat(day), today))
    attachment = read_attachment(state.value)
    if attachment is None:
        return state.value
    signs = state.control is not None and "signature" in state.control.appearance
    return tr("Signed on screen") if signs else attachment.file
