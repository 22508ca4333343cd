"""What published counts say about each other: which are parts, sums or near the whole of others.

Found from the rows themselves, so that no measure has to declare it: a count is hidden
also where another measure would give it away. Coincidence ties too much together rather
than too little. Hiding itself is done by ``suppression``, group by group of tied counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from leadapp.measures.definitions import Measure
from leadapp.measures.figures import Row
from leadapp.measures.suppression import THRESHOLD, Sum, suppress

_COUNTED = frozenset({"events", "persons", "people", "contacts"})
_REST = "rest of "
Members = Mapping[tuple[str, str], float]
"""Who or what a count counts, and how often."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """Which counts are hidden, and how many sums cannot be made safe any more."""

    cells: frozenset[str]
    given_away: int


def is_guarded(measure: Measure) -> bool:
    """Return whether its small values are hidden: people, what happened to them, what bounds both."""
    if measure.suppress:
        return measure.suppress == "always"
    return measure.unit in _COUNTED and measure.how in ("records", "persons", "sum")


def members(measure: Measure, rows: Iterable[Row]) -> dict[tuple[str, str], float]:
    """Return what ``rows`` count under ``measure``; their sum is the figure's value."""
    if measure.how == "persons":
        return {("", row.person_id): 1.0 for row in rows if row.person_id}
    if measure.how == "records":
        return {(row.ring, row.record_id): 1.0 for row in rows}
    found: dict[tuple[str, str], float] = {}
    for row in rows:
        key = (row.ring, row.record_id)
        found[key] = found.get(key, 0.0) + abs(row.amount or 0)
    return {key: amount for key, amount in found.items() if amount}


def hide(
    counted: Mapping[str, Members],
    sums: Sequence[Sum],
    *,
    released: frozenset[str] = frozenset(),
    also: frozenset[str] = frozenset(),
    threshold: int = THRESHOLD,
) -> Hidden:
    """Return which of the ``counted`` to hide. ``sums`` are known beforehand; others are found."""
    cells = {name: round(sum(found.values())) for name, found in counted.items()}
    lines = [*sums, *_ties(counted, cells, threshold)]
    for line in lines:
        if line.parts[-1].startswith(_REST):
            cells[line.parts[-1]] = cells[line.total] - cells[line.parts[0]]
    hidden: set[str] = set()
    given_away = 0
    for names, tied in _groups(cells, lines):
        found = suppress(
            {name: cells[name] for name in names},
            tied,
            threshold=threshold,
            released=released,
            also=also,
        )
        hidden |= found.hidden
        given_away += len(found.given_away)
    return Hidden(frozenset(hidden & counted.keys()), given_away)


def _ties(
    counted: Mapping[str, Members], cells: Mapping[str, int], threshold: int
) -> Iterator[Sum]:
    """Yield what follows from who is counted: equal counts, and one within another but for a few."""
    large = sorted(
        (name for name in counted if cells[name] >= threshold),
        key=lambda name: (cells[name], name),
    )
    for less, more in combinations(large, 2):
        rest = cells[more] - cells[less]
        if rest < threshold and _within(counted[less], counted[more]):
            yield Sum(more, (less, f"{_REST}{more}|{less}") if rest else (less,))


def _within(less: Members, more: Members) -> bool:
    return all(more.get(key, 0) >= amount for key, amount in less.items())


def refinements(counted: Mapping[str, Members], groups: Sequence[Sequence[str]]) -> Iterator[Sum]:
    """Yield where a group of one measure is a sum of groups of another; ``groups`` list each's."""
    for coarse in groups:
        for fine in groups:
            if coarse is fine:
                continue
            for whole in coarse:
                parts = tuple(
                    part
                    for part in fine
                    if counted[part] and _within(counted[part], counted[whole])
                )
                if len(parts) > 1 and _adds_up(counted, whole, parts):
                    yield Sum(whole, parts)


def _adds_up(counted: Mapping[str, Members], whole: str, parts: Iterable[str]) -> bool:
    return sum(sum(counted[part].values()) for part in parts) == sum(counted[whole].values())


def _groups(cells: Mapping[str, int], lines: Sequence[Sum]) -> Iterator[tuple[set[str], list[Sum]]]:
    """Yield cells that are tied to each other, with what ties them."""
    leader = {name: name for name in cells}

    def first(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for line in lines:
        for part in line.parts:
            leader[first(part)] = first(line.total)
    names: dict[str, set[str]] = {}
    for name in cells:
        names.setdefault(first(name), set()).add(name)
    tied: dict[str, list[Sum]] = {}
    for line in lines:
        tied.setdefault(first(line.total), []).append(line)
    for head, found in names.items():
        yield found, tied.get(head, [])
