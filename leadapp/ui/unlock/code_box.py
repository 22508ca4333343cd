"""Typing a code from paper: the page's name and its fourteen groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.ids import RingId
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.note import Note
from leadapp.ui.ring_names import ring_words
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class CodeBox(QWidget):
    """``box.ring()`` and ``box.text()``; with one ring only, nothing is to choose."""

    def __init__(
        self, rings: Sequence[RingId], *, label: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rings = tuple(rings)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        self._which: Combo | None = None
        if len(self._rings) != 1:
            choices = [Choice(ring, ring_words(ring)) for ring in self._rings]
            self._which = Combo(choices, filter_by_typing=False)
            if self._rings:
                self._which.set_value(self._rings[0])
            column.addWidget(Field(tr("The page of"), self._which))
        self.note = Note(rows=2, most_rows=4)
        hint = tr("Fourteen groups of five letters. Spaces and small letters do not matter.")
        self.field = Field(label or tr("Its code"), self.note, hint=hint)
        column.addWidget(self.field)
        self.setFocusProxy(self.note)

    def ring(self) -> RingId:
        """Return the ring whose page this is."""
        if self._which is None:
            return self._rings[0]
        return RingId(self._which.value() or "")

    def text(self) -> str:
        """Return the code as typed."""
        return self.note.value().strip()

    def forget(self) -> None:
        """Empty the box."""
        self.note.set_value("")
        self.field.set_error("")
