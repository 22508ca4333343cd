"""The forms behind hand-outs: a movement points at none, but its id follows from its form's."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.naloxone.companions import movement_id
from leadapp.services.desk import Desk, family_of
from leadapp.services.stock_papers.books import Books
from leadapp.staff.rights import Reach


@dataclass(frozen=True, slots=True)
class HandOutForm:
    """A hand-out's form that is open to this person."""

    record: RecordId
    ring: RingId
    setting: str


def form_behind(desk: Desk, movement: str, lot: str) -> HandOutForm:
    """Return the form that made a ledger line; Refusal where it is not open. Reader lane."""
    found = forms_behind(desk, Books(desk), lot).get(movement)
    if found is None:
        raise Refusal("services.no_form_behind")
    return found


def forms_behind(desk: Desk, books: Books, lot: str) -> dict[str, HandOutForm]:
    """Return the form of each hand-out of ``lot`` by the movement that stands for it now."""
    rows = desk.reader.rows(
        "SELECT record_id, ring, setting FROM naloxone_given WHERE lot_id = :lot", {"lot": lot}
    )
    replaced, found = books.replaced(lot), {}
    for record, ring, setting in rows:
        if not may_list(desk, family_of(ring)):
            continue
        form = HandOutForm(RecordId(record), RingId(ring), setting or "")
        movement: str | None = movement_id(form.record, "given")
        while movement is not None:
            found[movement] = form
            movement = replaced.pop(movement, None)
    return found


def may_list(desk: Desk, family: str) -> bool:
    """Return whether hand-outs of a family of rings are open to this person here."""
    open_here = any(family_of(ring) == family for ring in desk.rings)
    return open_here and desk.reach("list", "naloxone_given", family) is Reach.ALL
