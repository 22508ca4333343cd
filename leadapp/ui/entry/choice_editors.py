"""Answers that are chosen: one of few, one of a list, several."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.forms.markdown import plain
from leadapp.forms.offers import Offer
from leadapp.forms.ranges import steps
from leadapp.forms.state import State
from leadapp.ui.entry.choosing import Chosen, Look
from leadapp.ui.entry.editor import Editor
from leadapp.ui.entry.scale import Dots
from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.line import SearchLine
from leadapp.ui.kit.one_of import OneOf
from leadapp.ui.kit.radios import Radios
from leadapp.ui.kit.segments import Segments
from leadapp.ui.words import tr

CLEARS = frozenset({"none", "not_asked", "declined"})
"""Answers of a select-several that stand alone."""

Cleared = Callable[[str], None]
"""Hears the words to say when an answer took others away."""


class OneEditor(Editor):
    """Segments, a grid of them, or radio lines."""

    def __init__(self, state: State, chosen: Chosen) -> None:
        self._choices = _choices_of(state)
        self.group = _group(self._choices, chosen)
        super().__init__(self.group)
        self.group.changed.connect(lambda name: self.answered.emit(name or "", False))

    def show(self, state: State) -> None:
        """Choose what is answered."""
        self.group.set_value(state.value or None)

    def fits(self, state: State) -> bool:
        """Return whether the same choices are offered in the same words."""
        return _choices_of(state) == self._choices


def _group(choices: tuple[Choice, ...], chosen: Chosen) -> OneOf:
    if chosen.look is Look.RADIOS:
        return Radios(choices)
    if chosen.look is Look.SCALE:
        return Dots(choices)
    return Segments(choices, columns=_even(chosen.columns, len(choices)))


class ComboEditor(Editor):
    """A list to type in."""

    def __init__(self, state: State) -> None:
        self._choices = _choices_of(state)
        self.box = Combo(self._choices)
        line = self.box.lineEdit()
        if line is not None:
            line.setPlaceholderText(tr("Choose one"))
        super().__init__(self.box)
        self.box.changed.connect(lambda name: self.answered.emit(name or "", False))

    def show(self, state: State) -> None:
        """Offer what is offered now and choose what is answered."""
        choices = _choices_of(state)
        if choices != self._choices:
            self._choices = choices
            self.box.set_choices(choices)
        if (self.box.value() or "") != state.value:
            self.box.set_value(state.value or None)

    def tidy(self) -> None:
        """Take what was typed: Ctrl+S finishes the form while the list is still open."""
        self.box.settle()


class SeveralEditor(Editor):
    """Check chips; ``None`` and ``Not asked`` clear the others."""

    def __init__(self, state: State, columns: int, cleared: Cleared) -> None:
        self._choices = _choices_of(state)
        self.chips = Chips(self._choices, columns=columns)
        super().__init__(self.chips)
        self._cleared = cleared
        self._ticked = ""
        self.chips.ticked.connect(self._note)
        self.chips.changed.connect(self._changed)

    def show(self, state: State) -> None:
        """Tick what is answered."""
        self.chips.set_value(state.value.split())

    def fits(self, state: State) -> bool:
        """Return whether the same choices are offered in the same words."""
        return _choices_of(state) == self._choices

    def _note(self, name: str, on: bool) -> None:
        self._ticked = name if on else ""

    def _changed(self, names: list[str]) -> None:
        kept = alone(names, self._ticked)
        if len(kept) < len(names):
            self.chips.set_value(kept)
        self.answered.emit(" ".join(kept), False)
        if len(kept) < len(names) and self._ticked in CLEARS:
            label = next((one.label for one in self._choices if one.name == self._ticked), "")
            self._cleared(tr("{label} cleared the other answers", label=label))


class ChecksEditor(SeveralEditor):
    """Many check chips in two columns under a box that narrows them."""

    def __init__(self, state: State, columns: int, cleared: Cleared) -> None:
        super().__init__(state, columns, cleared)
        self.holder = _Narrowed(self.chips, [choice.label for choice in self._choices])
        self.control = self.holder


class TickEditor(Editor):
    """One chip that says that something was read or done."""

    def __init__(self) -> None:
        self.chips = Chips([Choice("OK", tr("Yes, done"))])
        super().__init__(self.chips)
        self.chips.changed.connect(lambda names: self.answered.emit("OK" if names else "", False))

    def show(self, state: State) -> None:
        """Tick what is answered."""
        self.chips.set_value([state.value] if state.value else [])


class _Narrowed(QWidget):
    """Chips under a line that hides those that do not match."""

    def __init__(self, chips: Chips, labels: Sequence[str]) -> None:
        super().__init__()
        self._chips, self._labels = chips, [label.casefold() for label in labels]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        line = SearchLine(tr("Type to find in this list"))
        line.textChanged.connect(self._narrow)
        column.addWidget(line)
        column.addWidget(chips)

    def set_question(self, name: str, description: str = "") -> None:
        """Pass the question on to the chips."""
        self._chips.set_question(name, description)

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for chip, label in zip(self._chips.chips, self._labels, strict=True):
            chip.setVisible(wanted in label)


def alone(names: Sequence[str], ticked: str) -> list[str]:
    """Return ``names`` after ``ticked`` was ticked: what stands alone clears the others."""
    if ticked in CLEARS:
        return [ticked]
    if ticked and ticked in names:
        return [name for name in names if name not in CLEARS]
    return list(names)


def words_of(offer: Offer) -> str:
    """Return what a choice shows."""
    return plain(offer.label) or offer.name


def _choices_of(state: State) -> tuple[Choice, ...]:
    if state.kind == "range" and state.control is not None:
        return tuple(Choice(step, step) for step in steps(state.control))
    return tuple(Choice(offer.name, words_of(offer)) for offer in state.choices)


def _even(columns: int, count: int) -> int:
    """Return ``columns``, never more than there are choices."""
    return min(columns, max(1, count)) if columns else 0
