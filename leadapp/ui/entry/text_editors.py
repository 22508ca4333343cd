"""Answers that are typed: a line, several lines, a number."""

from __future__ import annotations

from leadapp.forms.state import State
from leadapp.ui.entry.editor import Editor
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.note import Note
from leadapp.ui.kit.number import NumberBox, read_number


class LineEditor(Editor):
    """A line of text."""

    def __init__(self, box: Line | None = None) -> None:
        self.box = box or Line()
        super().__init__(self.box)
        self.box.textEdited.connect(lambda text: self.answered.emit(self._said(text), True))

    def show(self, state: State) -> None:
        """Show the text as it is kept; what is being typed stays as typed."""
        if self._said(self.box.text()) != state.value:
            self.box.set_value(state.value)

    def _said(self, text: str) -> str:
        return text


class NumberEditor(LineEditor):
    """A number; what is no number is kept as typed, so that nothing is lost."""

    def __init__(self, *, decimals: bool) -> None:
        self._decimals = decimals
        super().__init__(NumberBox(decimals=decimals))

    def tidy(self) -> None:
        """Show the number without commas and blanks."""
        self.box.set_value(self._said(self.box.text()))

    def _said(self, text: str) -> str:
        number = read_number(text, decimals=self._decimals)
        return text.strip() if number is None else f"{number:f}"


class LinesEditor(Editor):
    """A text of several lines."""

    def __init__(self, *, rows: int = 3) -> None:
        self.box = Note(rows=rows)
        super().__init__(self.box)
        self.box.changed.connect(lambda text: self.answered.emit(text, True))

    def show(self, state: State) -> None:
        """Show the text as it is kept."""
        self.box.set_value(state.value)
