"""Lists that forms look things up in, answered from the reader.

``DirectLookup`` asks at once, for the command line. ``FetchedLookup`` lives on the
window's thread: it answers from pages already fetched, else says ``Pending`` and
asks for the page on the reader lane.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from leadapp.core.ids import RecordId, RingId, UserId
from leadapp.core.paths import resources
from leadapp.core.seams import ListRow, Pending
from leadapp.naloxone.lists import Product, load_fixed_places, load_products
from leadapp.services.shelf import FormSource
from leadapp.store.entity_lookup import EntityLookup
from leadapp.store.lookup import RingLookup
from leadapp.store.reader import Reader
from leadapp.store.writing import RecordWrite

LISTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "people_law": ("person", ("law",)),
    "people_care": ("person", ("care",)),
    "referrals": ("referral", ("refer", "care")),
    "officers": ("officer", ("shared",)),
    "agencies": ("agency", ("shared",)),
    "places": ("place", ("shared",)),
    "lots": ("lot", ("shared",)),
    "products": ("product", ("shared",)),
    "standing_orders": ("standing_order", ("shared",)),
}
"""What a form calls a list -> the kind it holds and the ring families it lies in."""

MAY_POINT_TO: Mapping[str, frozenset[str]] = {
    "care": frozenset({"care", "supply", "law", "refer", "shared"}),
    "law": frozenset({"law", "refer", "shared"}),
    "supply": frozenset({"supply", "refer", "shared"}),
    "refer": frozenset({"refer", "shared"}),
    "shared": frozenset({"shared"}),
}
"""Pointers go from a narrower ring to a wider one, never back: a form sees no other list."""

PRODUCT = "product"
_OF_USE = frozenset({"law", "supply"})
UNKNOWN_PRODUCT = (ListRow("unknown", "Unknown", {}),)
"""What was given where nobody could read it: only reports of use may say so."""


class DirectLookup:
    """Answers from the reader at once. Reader lane.

    ``rings`` are the open rings by family, ``family`` is that of the form that asks.
    """

    def __init__(self, reader: Reader, rings: Mapping[str, RingId], family: str) -> None:
        self._reader = reader
        self._rings = rings
        self._family = family

    def row(self, list_name: str, name: str) -> ListRow | None:
        """Return the row called ``name``."""
        for lookup, kind in self._places(list_name):
            found = lookup.row(kind, name)
            if found is not None:
                return found
        grown = self._grown(list_name)
        if grown is not None:
            return grown.row(list_name, name)
        return next((row for row in self._fixed(list_name) if row.name == name), None)

    def search(self, list_name: str, text: str, limit: int = 50) -> Sequence[ListRow]:
        """Return rows that match ``text``, by label."""
        grown = self._grown(list_name)
        if grown is not None:
            return grown.search(list_name, text, limit)
        found = [
            row
            for lookup, kind in self._places(list_name)
            for row in lookup.search(kind, text, limit)
        ]
        found += [row for row in self._fixed(list_name) if text.casefold() in row.label.casefold()]
        return _by_label([row for row in found if not _retired(list_name, row)])[:limit]

    def matching(
        self, list_name: str, column: str, value: str, limit: int = 1000
    ) -> Sequence[ListRow]:
        """Return rows whose ``column`` equals ``value``."""
        grown = self._grown(list_name)
        if grown is not None:
            return grown.matching(list_name, column, value, limit)
        found = [
            row
            for lookup, kind in self._places(list_name)
            for row in lookup.matching(kind, column, value, limit)
        ]
        return _by_label(found)[:limit]

    def has(self, list_name: str) -> bool:
        """Return whether forms of this family may ask for such a list, and it is open."""
        grown = self._grown(list_name)
        return grown.has(list_name) if grown is not None else bool(self._places(list_name))

    def grown(self) -> frozenset[str]:
        """Return the lists that grew from finished forms of this ring and of ``shared``."""
        lists = self._own_lists()
        return lists.names() - LISTS.keys() if lists is not None else frozenset()

    def _own_lists(self) -> EntityLookup | None:
        ring = self._rings.get(self._family)
        return self._reader.entity_lists(ring) if ring is not None else None

    def _grown(self, list_name: str) -> EntityLookup | None:
        """Return where a list is asked that no kind holds: it grew from finished forms."""
        return None if list_name in LISTS else self._own_lists()

    def _fixed(self, list_name: str) -> tuple[ListRow, ...]:
        """Return what a list has beside its records.

        Where stock comes from or ends, which only a movement may name; the products that
        ship and that the county has written no line of; and a product nobody could read.
        """
        if list_name == "places" and self._family == "shared":
            return fixed_places()
        if list_name != "products":
            return ()
        places = self._places(list_name)
        shipped = [
            row
            for row in shipped_products()
            if not any(lookup.row(kind, row.name) for lookup, kind in places)
        ]
        return (*shipped, *(UNKNOWN_PRODUCT if self._family in _OF_USE else ()))

    def _places(self, list_name: str) -> list[tuple[RingLookup, str]]:
        kind, families = LISTS.get(list_name, ("", ()))
        allowed = MAY_POINT_TO.get(self._family, frozenset())
        return [
            (self._reader.lookup(self._rings[family]), kind)
            for family in families
            if family in allowed and family in self._rings
        ]


@cache
def fixed_places() -> tuple[ListRow, ...]:
    """Return the places beside the county's own shelves: supplier, public, used, ..."""
    return load_fixed_places(resources() / "lists")


@cache
def shipped_products() -> tuple[ListRow, ...]:
    """Return the products a new program starts with."""
    return tuple(map(_product_row, load_products(resources() / "lists").values()))


def _product_row(one: Product) -> ListRow:
    mg, kit = one.naloxone_mg, one.doses_per_kit
    return ListRow(
        one.code,
        one.label,
        {
            "route": one.route,
            "naloxone_mg": "" if mg is None else f"{mg:g}",
            "doses_per_kit": "" if kit is None else str(kit),
            "active": "yes",
        },
    )


def _retired(list_name: str, row: ListRow) -> bool:
    """Return whether a product is offered no more; what was answered with it still reads."""
    return list_name == "products" and row.properties.get("active") == "no"


def _by_label(rows: list[ListRow]) -> list[ListRow]:
    unique = {row.name: row for row in rows}
    return sorted(unique.values(), key=lambda row: row.label.casefold())


@dataclass(frozen=True, slots=True)
class Question:
    """What a lookup was asked: which of its methods, of which list, with which words."""

    method: str
    list_name: str
    words: tuple[str, ...]
    limit: int = 1


Answer = ListRow | Sequence[ListRow] | None
Fetch = Callable[[Question], None]
"""Sends a question to the reader lane; ``FetchedLookup.arrived`` brings the answer."""
KEPT = 500


class FetchedLookup:
    """Answers from what has been fetched; asks for the rest. Window's thread."""

    def __init__(self, lists: frozenset[str], fetch: Fetch) -> None:
        self._lists = lists
        self._fetch = fetch
        self._answers: dict[Question, Answer] = {}
        self._asked: set[Question] = set()

    def row(self, list_name: str, name: str) -> ListRow | Pending | None:
        """Return the row called ``name``, or that it is being fetched."""
        found = self._ask(Question("row", list_name, (name,)))
        return found if isinstance(found, ListRow | Pending) else None

    def search(self, list_name: str, text: str, limit: int = 50) -> Sequence[ListRow] | Pending:
        """Return rows that match ``text``, or that they are being fetched."""
        return self._rows(Question("search", list_name, (text,), limit))

    def matching(
        self, list_name: str, column: str, value: str, limit: int = 1000
    ) -> Sequence[ListRow] | Pending:
        """Return rows whose ``column`` equals ``value``, or that they are being fetched."""
        return self._rows(Question("matching", list_name, (column, value), limit))

    def has(self, list_name: str) -> bool:
        """Return whether there is such a list here."""
        return list_name in self._lists

    def arrived(self, question: Question, answer: Answer) -> None:
        """Keep an answer that the reader lane brought."""
        self._asked.discard(question)
        while len(self._answers) >= KEPT:
            self._answers.pop(next(iter(self._answers)))
        self._answers[question] = answer

    def forget(self) -> None:
        """Forget every answer: records have changed."""
        self._answers.clear()

    def _rows(self, question: Question) -> Sequence[ListRow] | Pending:
        found = self._ask(question)
        return found if isinstance(found, Pending) else _as_rows(found)

    def _ask(self, question: Question) -> Answer | Pending:
        if question in self._answers:
            return self._answers[question]
        if question not in self._asked:
            self._asked.add(question)
            self._fetch(question)
        return Pending(question.list_name)


def answer(direct: DirectLookup, question: Question) -> Answer:
    """Answer a question at once. Reader lane."""
    if question.method == "row":
        return direct.row(question.list_name, question.words[0])
    if question.method == "search":
        return direct.search(question.list_name, question.words[0], question.limit)
    column, value = question.words
    return direct.matching(question.list_name, column, value, question.limit)


def _as_rows(found: Answer) -> Sequence[ListRow]:
    return () if found is None or isinstance(found, ListRow) else found


def first_writes(sources: Iterable[FormSource], author: UserId, at: datetime) -> list[RecordWrite]:
    """Return the records a new program's list of products begins with.

    Each is called by its code: the same record on every computer, and what a lot or a
    hand-out answers.
    """
    source = next((one for one in sources if one.form == PRODUCT), None)
    if source is None:
        return []
    return [
        RecordWrite(
            record=RecordId(one.code),
            form=source.form,
            form_version=source.version,
            op="save",
            values={**_answers(one), "_at": at.isoformat(), "_hash": source.hash},
            author=author,
            at=at,
        )
        for one in load_products(resources() / "lists").values()
    ]


def _answers(one: Product) -> dict[str, str]:
    found = {
        "about/name": one.label,
        "about/route": one.route,
        "about/substance": "naloxone" if one.naloxone else "other",
        "about/strength": "" if one.mg_per_dose is None else f"{one.mg_per_dose:g}",
        "about/doses_per_kit": "" if one.doses_per_kit is None else str(one.doses_per_kit),
        "about/over_the_counter": "yes" if one.over_the_counter else "no",
        "about/active": "yes",
    }
    return {path: text for path, text in found.items() if text}
