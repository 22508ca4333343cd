"""The value of a measure over exactly the rows its SELECT returned, and how it is written.

A figure never knows more than its rows: what it says can be opened and counted by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from statistics import median
from typing import NamedTuple

from leadapp.core.errors import Refusal
from leadapp.measures.definitions import Measure, Measures

UNKNOWN_GROUPS = frozenset({"", "unknown"})
NO_ANSWER = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
PERCENT_FROM = 20
"""A percentage is written only over at least so many; below, "8 of 9" is."""
_COLUMNS = 5
_RECORD, _PERSON, _GROUP = itemgetter(0, 1), itemgetter(2), itemgetter(3)


class Row(NamedTuple):
    """One row of a measure: a record, and what is counted of it.

    A tuple, because a report makes some hundred thousand of them.
    """

    record_id: str
    ring: str
    person_id: str
    group: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with what it rests on. ``value`` is ``None`` where nothing can be said."""

    measure_id: str
    value: float | None
    unit: str
    records: int
    persons: int
    unknown: int
    by_group: Mapping[str, float] = field(default_factory=dict)
    numerator: float | None = None
    denominator: float | None = None

    @property
    def text(self) -> str:
        """Return the value as a page says it: thousands, a true minus, a dash for no answer."""
        if self.value is None:
            return NO_ANSWER
        if self.unit != "share":
            return number_text(self.value)
        if self.numerator is None or self.denominator is None or self.denominator >= PERCENT_FROM:
            return f"{number_text(round(self.value * 100))}%"
        return f"{number_text(self.numerator)} of {number_text(self.denominator)}"


def number_text(value: float) -> str:
    """Return ``value`` with thousands separated, at most one decimal, and a true minus."""
    rounded = round(value, 1)
    whole = rounded == int(rounded)
    written = f"{int(rounded):,}" if whole else f"{rounded:,.1f}"
    return written.replace("-", MINUS)


def read_rows(measure: Measure, tuples: Sequence[Sequence[object]]) -> list[Row]:
    """Return what the store answered as rows; Refusal when a county's SELECT gives other columns.

    Texts may come as NULL or numbers: then, and only then, each row is looked at.
    """
    if any(len(columns) != _COLUMNS for columns in tuples):
        raise Refusal("measures.wrong_columns", measure=measure.id)
    columns = list(zip(*tuples, strict=True)) or [()] * _COLUMNS
    if not set(map(type, columns[4])) <= {int, float, type(None)}:
        raise Refusal("measures.amount_not_a_number", measure=measure.id)
    texts = [_texts(column) for column in columns[:4]]
    return list(map(Row._make, zip(*texts, columns[4], strict=True)))


def _texts(column: Sequence[object]) -> Sequence[object]:
    if set(map(type, column)) <= {str}:
        return column
    return [value if isinstance(value, str) else _text(value) for value in column]


def _text(value: object) -> str:
    return "" if value is None else str(value)


def figure(measure: Measure, rows: Sequence[Row]) -> Figure:
    """Return the figure of a measure that selects rows itself."""
    value = _value(measure, rows)
    groups = _groups(rows) if measure.group or not rows else {"": rows}
    alone = len(groups) == 1
    return Figure(
        measure_id=measure.id,
        value=value,
        unit=measure.unit,
        records=_records(rows),
        persons=_persons(rows),
        unknown=_unknown(measure, rows),
        by_group={
            name: (value if alone else _value(measure, found)) or 0
            for name, found in sorted(groups.items())
        },
    )


def _groups(rows: Sequence[Row]) -> Mapping[str, Sequence[Row]]:
    names = set(map(_GROUP, rows))
    if len(names) == 1:
        return {names.pop(): rows}
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return groups


def combine(measures: Measures, measure_id: str, parts: Mapping[str, Figure]) -> Figure:
    """Return any measure's figure from the figures of ``measures.needs``."""
    measure = measures[measure_id]
    if not measure.is_ratio:
        return parts[measure_id]
    over, under = parts[measure.numerator], parts[measure.denominator]
    known = over.value is not None and bool(under.value)
    opened = parts[measure.opened]
    return Figure(
        measure_id=measure_id,
        value=(over.value or 0) / (under.value or 1) if known else None,
        unit=measure.unit,
        records=opened.records,
        persons=opened.persons,
        unknown=opened.unknown,
        by_group=_group_ratios(over, under),
        numerator=over.value,
        denominator=under.value,
    )


def _group_ratios(over: Figure, under: Figure) -> dict[str, float]:
    """Return shares by group where both sides are grouped alike, or parts of one whole."""
    if set(over.by_group) <= {""} or not under.value:
        return {}
    return {
        name: value / (under.by_group.get(name) or under.value)
        for name, value in over.by_group.items()
    }


def _value(measure: Measure, rows: Sequence[Row]) -> float | None:
    amounts = [row.amount for row in rows if row.amount is not None]
    match measure.how:
        case "records":
            return _records(rows)
        case "persons":
            return _persons(rows)
        case "sum":
            return sum(amounts)
        case "mean":
            return sum(amounts) / len(amounts) if amounts else None
        case _:
            return median(amounts) if amounts else None


def _records(rows: Sequence[Row]) -> int:
    return len(set(map(_RECORD, rows)))


def _persons(rows: Sequence[Row]) -> int:
    return len(set(map(_PERSON, rows)) - {""})


def _unknown(measure: Measure, rows: Sequence[Row]) -> int:
    """Return how much is not known: ungrouped answers, nameless people, missing amounts."""
    missing = [row for row in rows if row.group in UNKNOWN_GROUPS] if measure.group else []
    if measure.how == "persons":
        missing += [row for row in rows if not row.person_id]
    if measure.how in ("sum", "mean", "median"):
        missing += [row for row in rows if row.amount is None]
        return len(set(map(id, missing)))
    return _records(missing)
