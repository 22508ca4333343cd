"""Figures summed where the rows are: a measure's SELECT wrapped so that the store counts.

The same SELECT gives the rows when a figure is opened; a test holds that both ways agree.
Medians have no sum: their rows are read.
"""

# ruff: noqa: S608 - a measure's SELECT was checked when it was loaded

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadapp.core.errors import Refusal
from leadapp.measures.definitions import Measure
from leadapp.measures.figures import Figure

_RECORD = "ring || ' ' || record_id"
_NO_GROUP = "COALESCE(group_name, '') IN ('', 'unknown')"
_NO_PERSON = "COALESCE(person_id, '') = ''"
_COLUMNS = 8


def can_be_summed(measure: Measure) -> bool:
    """Return whether the store can give the figure without its rows."""
    return not measure.is_ratio and measure.how != "median"


def summing(measure: Measure) -> str:
    """Return the SQL for a measure's figure: a row for the whole, and one for each group if any."""
    unknown = _unknown(measure)
    sums = (
        f"COUNT(DISTINCT {_RECORD}), COUNT(DISTINCT NULLIF(person_id, '')), "
        "TOTAL(amount), COUNT(amount), COUNT(CASE WHEN typeof(amount) = 'text' THEN 1 END), "
        f"{unknown}"
    )
    picked = (
        "WITH picked (record_id, ring, person_id, group_name, amount) "
        f"AS {'MATERIALIZED' if measure.group else ''} ({measure.select}\n) "
    )
    whole = f"SELECT 1, '', {sums} FROM picked"
    if not measure.group:
        return picked + whole
    group = "COALESCE(group_name, '')"
    return f"{picked}{whole} UNION ALL SELECT 0, {group}, {sums} FROM picked GROUP BY {group}"


def figure_from_sums(measure: Measure, answered: Sequence[Sequence[object]]) -> Figure:
    """Return the figure that the store summed."""
    whole: Figure | None = None
    groups: dict[str, float] = {}
    for columns in answered:
        total, name, records, persons, amount, amounts, texts, unknown = _read(measure, columns)
        if texts:
            raise Refusal("measures.amount_not_a_number", measure=measure.id)
        value = _value(measure, records, persons, amount, amounts)
        if total:
            whole = Figure(
                measure.id, value, measure.unit, int(records), int(persons), int(unknown)
            )
            if records and not measure.group:
                groups[""] = value or 0
        else:
            groups[str(name)] = value or 0
    if whole is None:
        raise Refusal("measures.wrong_columns", measure=measure.id)
    return _with_groups(whole, dict(sorted(groups.items())))


def _with_groups(whole: Figure, groups: Mapping[str, float]) -> Figure:
    return Figure(
        whole.measure_id,
        whole.value,
        whole.unit,
        whole.records,
        whole.persons,
        whole.unknown,
        groups,
    )


def _value(
    measure: Measure, records: float, persons: float, amount: float, amounts: float
) -> float | None:
    match measure.how:
        case "records":
            return int(records)
        case "persons":
            return int(persons)
        case "sum":
            return int(amount) if amount == int(amount) else amount
        case _:
            return amount / amounts if amounts else None


def _unknown(measure: Measure) -> str:
    """Return the SQL that counts what is not known, as ``figures`` counts it in rows."""
    conditions = [_NO_GROUP] if measure.group else []
    if measure.how == "persons":
        conditions.append(_NO_PERSON)
    if measure.how in ("sum", "mean"):
        conditions.append("amount IS NULL")
        return f"COUNT(CASE WHEN {' OR '.join(conditions)} THEN 1 END)"
    if not conditions:
        return "0"
    return f"COUNT(DISTINCT CASE WHEN {' OR '.join(conditions)} THEN {_RECORD} END)"


_Sums = tuple[bool, str, float, float, float, float, float, float]


def _read(measure: Measure, columns: Sequence[object]) -> _Sums:
    if len(columns) != _COLUMNS:
        raise Refusal("measures.wrong_columns", measure=measure.id)
    total, name, *numbers = columns
    found = [float(one) if isinstance(one, int | float) else 0.0 for one in numbers]
    records, persons, amount, amounts, texts, unknown = found
    return bool(total), str(name), records, persons, amount, amounts, texts, unknown
