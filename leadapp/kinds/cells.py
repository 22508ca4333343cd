"""Answers made into cells: whole numbers, days, codes, words to show.

Answers come from any program and any version of a form, so nothing here raises:
what is not as expected becomes a blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from leadapp.kinds.contract import Cell, Column, Record

_WHOLE = re.compile(r"(-?[0-9]{1,12})(?:\.0*)?")
_DAY = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")


def texts(*names: str) -> tuple[Column, ...]:
    """Declare text columns."""
    return tuple(Column(name, "text") for name in names)


def wholes(*names: str) -> tuple[Column, ...]:
    """Declare integer columns."""
    return tuple(Column(name, "integer") for name in names)


def answers(record: Record, names: Iterable[str]) -> dict[str, Cell]:
    """Return text cells for questions that are called as their columns are."""
    return {name: record.answer(name) for name in names}


def within(copy: Mapping[str, str], names: Iterable[str]) -> dict[str, Cell]:
    """Return text cells for the questions of one copy of a repeat."""
    return {name: copy.get(name, "") for name in names}


def whole(text: str) -> int | None:
    """Return a whole number, ``None`` where there is none."""
    found = _WHOLE.fullmatch(text.strip())
    return int(found[1]) if found else None


def day(text: str) -> str:
    """Return the local day of an ISO date or dateTime, "" where there is none."""
    found = _DAY.match(text)
    return found[0] if found else ""


def event_day(record: Record, name: str) -> str:
    """Return the day a record is about: its own question, or else the day it was finished."""
    return day(record.answer(name)) or day(record.finished_at)


def written(record: Record) -> str:
    """Return what orders records of one day: when each was first written, as text that sorts."""
    return f"{max(record.created_ms, 0):015d}"


def codes(text: str) -> list[str]:
    """Return the chosen codes of a select-several answer, each once."""
    return list(dict.fromkeys(text.split()))


def minutes_between(start: str, end: str) -> int | None:
    """Return whole minutes from one moment to a later one, ``None`` where either is missing."""
    try:
        gap = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    except (ValueError, TypeError, OverflowError):  # TypeError: only one of them has an offset
        return None
    return round(gap.total_seconds() / 60) if gap.total_seconds() >= 0 else None


def spoken(code: str) -> str:
    """Return a code as words: ``resolved_on_scene`` gives "Resolved on scene"."""
    said = code.replace("_", " ").strip()
    return said[:1].upper() + said[1:]


def joined(*parts: str) -> str:
    """Return the parts that are not blank as one line."""
    return ", ".join(part for part in parts if part)
