"""Who had a lot: the shelves that hold it and where its doses went. Reader lane."""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.naloxone.companions import movement_id
from leadapp.naloxone.movements import PUBLIC, USED
from leadapp.services.desk import Desk, family_of
from leadapp.services.stock import facts
from leadapp.services.stock.asking import Ask, Row, reading, require_look
from leadapp.services.stock.values import HandOut, Held, RecallView
from leadapp.staff.rights import Reach

_WENT = """
SELECT m.record_id, m.day, m.move, m.from_place, m.doses, m.kits, m.replaces, m.to_place
FROM movement m
WHERE m.lot_id = :lot AND m.to_place IN ('public', 'used', 'donated', 'training')
  AND m.reverses = ''
  AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses = m.record_id)
ORDER BY m.day DESC, m.record_id
"""
_REPLACED = "SELECT record_id, replaces FROM movement WHERE lot_id = :lot AND replaces <> ''"
_FORMS = """
SELECT g.record_id, g.ring, g.setting, a.name FROM naloxone_given g
LEFT JOIN agency a ON a.record_id = g.agency
WHERE g.lot_id = :lot
"""


def recall(desk: Desk, lot: str) -> RecallView:
    """Return who had ``lot``. Hand-outs taken back are left out."""
    require_look(desk)
    ask, day = reading(desk), today(desk.clock)
    fact = facts.lots(ask, lot).get(RecordId(lot))
    if fact is None:
        raise Refusal("naloxone.no_lot")
    names = facts.place_names(ask)
    held = tuple(
        Held(of, RecordId(place), doses, facts.kits_in(doses, fact.lot.doses_per_kit))
        for (of, place), doses in sorted(facts.shelves(ask).items())
        if of == lot
    )
    rows = ask(_WENT, {"lot": lot})
    forms = _forms(desk, ask, lot)
    given = [row for row in rows if row[7] != USED]
    on_hand = sum(one.doses for one in held)
    return RecallView(
        lot=fact.line(day, on_hand),
        held=held,
        place_names=tuple((one.place, names.get(one.place, "")) for one in held),
        hand_outs=tuple(_hand_out(row, names, forms) for row in given),
        on_hand=on_hand,
        doses_handed_out=sum(row[4] or 0 for row in rows if row[7] == PUBLIC),
        doses_used=sum(row[4] or 0 for row in rows if row[7] == USED),
    )


def _forms(desk: Desk, ask: Ask, lot: str) -> dict[str, tuple[str, str]]:
    """Return setting and agency by the movement a form made, of the forms open to this person.

    The movement says nothing of its form, but its id follows from the form's.
    """
    replaced = {original: record for record, original in ask(_REPLACED, {"lot": lot})}
    found = {}
    for record, ring, setting, agency in ask(_FORMS, {"lot": lot}):
        if desk.reach("list", "naloxone_given", family_of(ring)) is not Reach.ALL:
            continue
        movement: str | None = movement_id(RecordId(record), "given")
        while movement is not None:
            found[movement] = (setting or "", agency or "")
            movement = replaced.pop(movement, None)
    return found


def _hand_out(row: Row, names: Mapping[str, str], forms: Mapping[str, tuple[str, str]]) -> HandOut:
    record, day, move, from_place, doses, kits, _, _ = row
    setting, agency = forms.get(record, ("", ""))
    return HandOut(
        day=day,
        move=move or "",
        from_place=from_place or "",
        from_name=names.get(from_place, ""),
        doses=doses or 0,
        kits=kits or 0,
        setting=setting,
        agency_name=agency,
    )
