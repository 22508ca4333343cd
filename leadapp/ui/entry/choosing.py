"""Which control a question gets, by its type, its appearance and its choices. Pure.

The rules a person sees: few short choices side by side, up to seven one a line, more in a
list to type in, very many or a table of things in a search box. The form may say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from leadapp.forms.media import taken
from leadapp.forms.model import Control
from leadapp.forms.ranges import steps
from leadapp.forms.state import State

SHORT_LABEL = 14
_SEGMENTS_MOST = 5
_RADIOS_MOST = 7
_COMBO_MOST = 25
_CHIPS_MOST = 12
_COLUMNS = re.compile(r"columns-(\d+)")
_SEARCHED = frozenset({"autocomplete", "search"})
_SIDE_BY_SIDE = frozenset(
    {"columns-pack", "likert", "horizontal", "horizontal-compact", "compact", "quickcompact"}
)


class Look(Enum):
    """The controls there are."""

    SEGMENTS = auto()
    GRID = auto()
    RADIOS = auto()
    SCALE = auto()
    """A line of a table of questions with one scale of answers."""
    COMBO = auto()
    SEARCH = auto()
    CHIPS = auto()
    CHECKS = auto()
    RANK = auto()
    DAY = auto()
    MOMENT = auto()
    TIME = auto()
    NUMBER = auto()
    DECIMAL = auto()
    LINE = auto()
    LINES = auto()
    TICK = auto()
    WORDS = auto()
    SHOWN = auto()
    FILE = auto()
    SIGNATURE = auto()
    NONE = auto()
    """Headings of a table of choices: the choices repeat them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A control, and how many columns its choices stand in (0 = one row, or wrapping)."""

    look: Look
    columns: int = 0


_INPUTS = {
    "int": Look.NUMBER,
    "integer": Look.NUMBER,
    "decimal": Look.DECIMAL,
    "date": Look.DAY,
    "dateTime": Look.MOMENT,
    "time": Look.TIME,
}


def choose(state: State, *, patrol: bool) -> Chosen:
    """Return the control for the question as it stands."""
    control = state.control
    if control is None:
        return Chosen(Look.SHOWN)
    if "label" in control.appearance and control.kind in ("select", "select1"):
        return Chosen(Look.NONE)
    if state.readonly:
        note = control.kind == "input" and not state.value
        return Chosen(Look.WORDS if note else Look.SHOWN)
    match control.kind:
        case "select1":
            return _one(state, control, patrol=patrol)
        case "select":
            return _several(state, control, patrol=patrol)
        case "rank":
            return Chosen(Look.RANK)
        case "range":
            return Chosen(Look.SEGMENTS if len(steps(control)) else _number(state))
        case "trigger":
            return Chosen(Look.TICK)
        case "upload":
            return Chosen(_upload(control))
    return _input(state, control)


def _upload(control: Control) -> Look:
    if "signature" in control.appearance:
        return Look.SIGNATURE
    return Look.FILE if taken(control.mediatype) else Look.SHOWN


def is_packed(control: Control) -> bool:
    """Return whether choices stand as close as they can."""
    return "columns-pack" in control.appearance


def _input(state: State, control: Control) -> Chosen:
    known = _INPUTS.get(state.type)
    if known is not None:
        return Chosen(known)
    return Chosen(Look.LINES if "multiline" in control.appearance else Look.LINE)


def _number(state: State) -> Look:
    return Look.DECIMAL if state.type == "decimal" else Look.NUMBER


def _one(state: State, control: Control, *, patrol: bool) -> Chosen:
    labels = [offer.label for offer in state.choices]
    if _searched(control) or len(labels) > _COMBO_MOST:
        return Chosen(Look.SEARCH)
    if "minimal" in control.appearance or _is_filtered(control):
        return Chosen(Look.COMBO)
    across = _columns(control, patrol=patrol)
    if across:
        return Chosen(Look.GRID, across)
    if _SIDE_BY_SIDE & set(control.appearance):
        return Chosen(Look.SEGMENTS)
    return _by_count(labels, patrol=patrol)


def _by_count(labels: Sequence[str], *, patrol: bool) -> Chosen:
    longest = max((len(label) for label in labels), default=0)
    if 1 <= len(labels) <= _SEGMENTS_MOST and longest <= SHORT_LABEL:
        return Chosen(Look.SEGMENTS)
    if len(labels) <= _RADIOS_MOST:
        if patrol:
            return Chosen(Look.GRID, 3 if longest <= SHORT_LABEL else 2)
        return Chosen(Look.RADIOS)
    return Chosen(Look.COMBO)


def _several(state: State, control: Control, *, patrol: bool) -> Chosen:
    across = _columns(control, patrol=patrol)
    if len(state.choices) > _CHIPS_MOST:
        return Chosen(Look.CHECKS, across or 2)
    return Chosen(Look.CHIPS, across if patrol else 0)


def _columns(control: Control, *, patrol: bool) -> int:
    for word in control.appearance:
        found = _COLUMNS.fullmatch(word)
        if found:
            return max(1, min(int(found[1]), 12))
        if word == "columns":
            return 3 if patrol else 2
    return 0


def _searched(control: Control) -> bool:
    return bool(_SEARCHED & set(control.appearance))


def _is_filtered(control: Control) -> bool:
    return control.itemset is not None and "[" in control.itemset.nodes.source
