"""The forms behind hand-outs: a movement points at none, but its id follows from its form's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.naloxone.companions import movement_id
from leadapp.services.desk import Desk, family_of
from leadapp.services.stock_papers.books import Books
from leadapp.staff.rights import Reach

_DOSES = re.compile(r"/administrations\[([^\]]+)\]/")
"""The ids of a report's administrations, in the paths of its answers: each made a movement."""
_DAY = "(SELECT day FROM movement WHERE record_id = :movement)"
_CONTACTS = f"""
SELECT record_id, ring FROM cit_contact
WHERE naloxone_given = 'yes' AND :lot <> '' AND day = {_DAY}
"""  # noqa: S608 - pieces of this module
_REPORTS = f"""
SELECT DISTINCT u.record_id, u.ring FROM naloxone_administration a
JOIN naloxone_used u ON u.record_id = a.record_id
WHERE a.lot_id = :lot ORDER BY u.day = {_DAY} DESC, u.record_id
"""  # noqa: S608 - pieces of this module
"""Those of the movement's own day first: a report corrected since may say another."""


@dataclass(frozen=True, slots=True)
class HandOutForm:
    """The form of a hand-out or a use that is open to this person."""

    record: RecordId
    ring: RingId
    setting: str


def form_behind(desk: Desk, movement: str, lot: str) -> HandOutForm:
    """Return the form that made a ledger line; Refusal where it is not open. Reader lane."""
    books = Books(desk)
    found = forms_behind(desk, books, lot).get(movement) or _use_behind(desk, books, movement, lot)
    if found is None:
        raise Refusal("services.no_form_behind")
    return found


def forms_behind(desk: Desk, books: Books, lot: str) -> dict[str, HandOutForm]:
    """Return the form of each hand-out of ``lot`` by the movement that stands for it now."""
    rows = desk.reader.rows(
        "SELECT record_id, ring, setting FROM naloxone_given WHERE lot_id = :lot", {"lot": lot}
    )
    replaced = books.replaced(lot)
    found: dict[str, HandOutForm] = {}
    for record, ring, setting in rows:
        if may_list(desk, family_of(ring)):
            form = HandOutForm(RecordId(record), RingId(ring), setting or "")
            found |= dict.fromkeys(_line_of(movement_id(form.record, "given"), replaced), form)
    return found


def _use_behind(desk: Desk, books: Books, movement: str, lot: str) -> HandOutForm | None:
    """Return the crisis contact or the use report whose doses a movement is of."""
    replaced, asked = books.replaced(lot), {"lot": lot, "movement": movement}
    for record, ring in _open_rows(desk, "cit_contact", _CONTACTS, asked):
        if movement in _line_of(movement_id(record, "used"), replaced):
            return HandOutForm(record, ring, "")
    for record, ring in _open_rows(desk, "naloxone_used", _REPORTS, asked):
        stored = desk.reader.record(ring, record)
        doses = {} if stored is None else dict.fromkeys(_DOSES.findall("\n".join(stored.answers)))
        if any(movement in _line_of(movement_id(record, one), replaced) for one in doses):
            return HandOutForm(record, ring, "")
    return None


def _open_rows(
    desk: Desk, kind: str, sql: str, asked: Mapping[str, str]
) -> Iterator[tuple[RecordId, RingId]]:
    """Yield the records of a query that are open to this person."""
    for record, ring in desk.reader.rows(sql, asked):
        if may_list(desk, family_of(ring), kind):
            yield RecordId(record), RingId(ring)


def _line_of(first: str, replaced: Mapping[str, str]) -> Iterator[str]:
    """Yield a movement and those that took its place, one after the other."""
    at: str | None = first
    seen: set[str] = set()
    while at is not None and at not in seen:
        seen.add(at)
        yield at
        at = replaced.get(at)


def may_list(desk: Desk, family: str, kind: str = "naloxone_given") -> bool:
    """Return whether hand-outs of a family of rings are open to this person here."""
    open_here = any(family_of(ring) == family for ring in desk.rings)
    return open_here and desk.reach("list", kind, family) is Reach.ALL
