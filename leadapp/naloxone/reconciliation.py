"""A month of the ledger by lot: first day, what came in and went out, last day.

Sums only. The last day is not computed from the changes but handed in from the balances,
so that a line that does not add up is seen and said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadapp.naloxone.movements import PUBLIC, SUPPLIER, USED, VIRTUAL_PLACES

SORTS = ("received", "given", "used", "wasted", "lost", "other", "counted")
"""The sorts of change, in the order they are said."""
_SORT_OF = {
    SUPPLIER: "received",
    PUBLIC: "given",
    USED: "used",
    "expired": "wasted",
    "damaged": "wasted",
    "lost": "lost",
    "stolen": "lost",
    "counted": "counted",
}
Balances = Mapping[tuple[str, str], int]
"""Doses by lot and place."""


@dataclass(frozen=True, slots=True)
class Flow:
    """Doses of one lot that went from one place to another in the month, added up."""

    lot: str
    from_place: str
    to_place: str
    doses: int


@dataclass(frozen=True, slots=True)
class LotMonth:
    """A lot's month in doses on our shelves; ``changes`` in the order of ``SORTS``."""

    lot: str
    first_day: int
    changes: tuple[int, ...]
    last_day: int

    @property
    def adds_up(self) -> bool:
        """Return whether first day and changes give the last day."""
        return self.first_day + sum(self.changes) == self.last_day

    @property
    def is_empty(self) -> bool:
        """Return whether the lot was neither there nor moved over our shelves."""
        return not (self.first_day or self.last_day or any(self.changes))


def sort_of(place: str) -> str:
    """Return the sort of change that doses to or from a fixed place are."""
    return _SORT_OF.get(place, "other")


def reconcile(first: Balances, flows: Iterable[Flow], last: Balances) -> tuple[LotMonth, ...]:
    """Return each lot's month; lots with nothing to say are left out.

    ``first`` are the balances before the first day, ``last`` those at the end of the last.
    """
    began, ended = _on_shelves(first), _on_shelves(last)
    changed: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(SORTS, 0))
    for flow in flows:
        leaves, arrives = (
            place not in VIRTUAL_PLACES for place in (flow.from_place, flow.to_place)
        )
        if arrives and not leaves:
            changed[flow.lot][sort_of(flow.from_place)] += flow.doses
        elif leaves and not arrives:
            changed[flow.lot][sort_of(flow.to_place)] -= flow.doses
    lots = [
        LotMonth(lot, began.get(lot, 0), tuple(changed[lot].values()), ended.get(lot, 0))
        for lot in sorted({*began, *changed, *ended})
    ]
    return tuple(lot for lot in lots if not lot.is_empty)


def together(lots: Iterable[LotMonth]) -> LotMonth:
    """Return all lots added up, column by column."""
    found = tuple(lots)
    changes = tuple(sum(lot.changes[at] for lot in found) for at in range(len(SORTS)))
    return LotMonth(
        "", sum(lot.first_day for lot in found), changes, sum(lot.last_day for lot in found)
    )


def _on_shelves(balances: Balances) -> dict[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for (lot, place), doses in balances.items():
        if place not in VIRTUAL_PLACES:
            sums[lot] += doses
    return sums
