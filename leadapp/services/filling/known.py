"""What the rules need to know beside a record: the books, a person's history, what it moved."""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.casework.episodes import StatusChange
from leadapp.core.encoding import canonical_json
from leadapp.core.ids import RecordId
from leadapp.crisis.training import RosterRow
from leadapp.kinds.contract import Record
from leadapp.naloxone.movements import Movement, movement_from
from leadapp.naloxone.orders import Order
from leadapp.services import rules
from leadapp.services.desk import Desk
from leadapp.store.queries import StoredRecord

_BOOKS = "SELECT lot_id, place, doses FROM balance WHERE doses <> 0"
_MADE = """
SELECT record_id, day, lot_id, from_place, to_place, move, doses, kits, shortfall, override,
       reverses, replaces
FROM movement
WHERE record_id IN (SELECT value FROM json_each(:ids))
   OR replaces IN (SELECT value FROM json_each(:ids))
   OR reverses IN (SELECT value FROM json_each(:ids))
"""
_MADE_COLUMNS = (
    "record_id", "day", "lot_id", "from_place", "to_place", "move", "doses", "kits", "shortfall",
    "override", "reverses", "replaces",
)  # fmt: skip
_ORDERS = "SELECT first_day, last_day, products FROM standing_order"
_BECAME = """
SELECT day, status FROM referral_status
WHERE referral_id = :referral AND record_id <> :own ORDER BY day, written, record_id
"""
_REFERRAL = "SELECT status FROM referral WHERE record_id = :referral"
_ROSTER = """
SELECT record_id, active_from, active_to, cit_from, cit_to FROM officer
WHERE record_id = :officer OR (user_id <> '' AND user_id IN (:user, :name))
"""
_HISTORY = "SELECT record_id, day, status, written FROM episode_status WHERE person_id = :person"


def books(desk: Desk) -> dict[tuple[RecordId, str], int]:
    """Return the doses of each lot on the books of each place, never clamped."""
    return {
        (RecordId(str(lot)), str(place)): int(doses)
        for lot, place, doses in desk.reader.rows(_BOOKS, {})
    }


def orders(desk: Desk) -> list[Order]:
    """Return the standing orders on the register."""
    rows = desk.reader.rows(_ORDERS, {})
    return [
        Order(str(first or ""), str(last or ""), tuple(str(products or "").split()))
        for first, last, products in rows
    ]


def history(desk: Desk, person: str) -> list[StatusChange]:
    """Return a person's changes of status; none for nobody."""
    if not person:
        return []
    rows = desk.reader.rows(_HISTORY, {"person": person})
    return [StatusChange(RecordId(str(record)), *map(str, rest)) for record, *rest in rows]


def roster(desk: Desk, officer: str) -> list[RosterRow]:
    """Return the line of the roster ``officer``, or for "" those of who sits here."""
    named = {"officer": officer, "user": "", "name": ""}
    if not officer:
        named |= {"user": desk.user, "name": desk.name}
    rows = desk.reader.rows(_ROSTER, named)
    return [RosterRow(*(str(cell or "") for cell in row)) for row in rows]


def statuses(desk: Desk, referral: str, own: RecordId) -> list[tuple[str, str]]:
    """Return a referral's statuses but the one in ``own``, oldest first: (ISO day, status).

    The first one is what the referral says itself; it is of no day.
    """
    first = desk.reader.rows(_REFERRAL, {"referral": referral})
    later = desk.reader.rows(_BECAME, {"referral": referral, "own": own})
    return [
        *(("", str(status or "received")) for (status,) in first),
        *((str(day), str(status)) for day, status in later),
    ]


def movements_gone(
    desk: Desk, kind: str, stored: StoredRecord, in_force: Mapping[RecordId, Movement]
) -> frozenset[RecordId]:
    """Return the movements ``stored`` made that somebody took back and nobody replaced."""
    first = rules.movement_ids(kind, record_of(stored))
    written = _movements_near(desk, first)
    return frozenset(one for one in first if one in written and one not in in_force)


def movements_made(desk: Desk, kind: str, stored: StoredRecord) -> dict[RecordId, Movement]:
    """Return the movements in force that ``stored`` made, by the id of the first one.

    A replacement stands for what it replaced; what was reversed without one is gone.
    """
    first = rules.movement_ids(kind, record_of(stored))
    found = _movements_near(desk, first)
    in_force: dict[RecordId, Movement] = {}
    for original in first:
        current: RecordId | None = original
        while current is not None and any(one.reverses == current for one in found.values()):
            replaced_by = [one.id for one in found.values() if one.replaces == current]
            current = replaced_by[0] if replaced_by else None
        if current is not None and current in found:
            in_force[original] = found[current]
    return in_force


def _movements_near(desk: Desk, ids: tuple[RecordId, ...]) -> dict[RecordId, Movement]:
    """Return movements ``ids`` with every reversal and replacement that followed from them."""
    found: dict[RecordId, Movement] = {}
    asked = set(ids)
    while asked:
        answered = desk.reader.rows(_MADE, {"ids": canonical_json(sorted(asked)).decode()})
        rows = [dict(zip(_MADE_COLUMNS, row, strict=True)) for row in answered]
        new = {RecordId(str(row["record_id"])): row for row in rows}
        found.update({record: movement_from(record, row) for record, row in new.items()})
        asked = {record for record in new if record not in asked and found[record].replaces}
    return found


def record_of(stored: StoredRecord) -> Record:
    """Return a stored record as the rules take one."""
    return Record(
        id=stored.record,
        ring=stored.ring,
        form=stored.form,
        form_version=stored.form_version,
        author=stored.author,
        created_ms=stored.created_ms,
        changed_ms=stored.changed_ms,
        finished_at=stored.finished_at,
        conflicted=bool(stored.conflicts),
        answers={**stored.answers, **stored.calculated},
    )
