"""Which kits are due for a look (NX-5): one line a place that has naloxone or should have it.

A place is due so many days after its last inspection; a county may change how many. A
place whose last inspection said "replace" stays due until a later one says otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.services.desk import Desk
from leadapp.staff.rights import Reach
from leadapp.store.connection import Row

SETTING = "kit_inspection_days"
EVERY_DAYS = 31
"""A month, where the county set nothing else."""
SOON_DAYS = 7

State = Literal["replace", "overdue", "soon", "done"]
_ORDER: tuple[State, ...] = ("replace", "overdue", "soon", "done")
_KITS = """
SELECT p.record_id, p.name, p.place_kind,
  COALESCE((SELECT SUM(b.doses) FROM balance b WHERE b.place = p.record_id), 0),
  k.day, k.present, k.seal, k.expiry_seen, k.temperature, k.action
FROM place p LEFT JOIN kit_inspection k ON k.record_id = (
  SELECT i.record_id FROM kit_inspection i WHERE i.place = p.record_id AND i.day <> ''
  ORDER BY i.day DESC, i.record_id DESC LIMIT 1)
WHERE p.place_kind <> 'facility' AND p.active <> 'no' AND (p.minimum > 0 OR EXISTS (
  SELECT 1 FROM balance b WHERE b.place = p.record_id AND b.doses > 0))
"""
"""Places with kits, each with its last inspection."""


@dataclass(frozen=True, slots=True)
class KitDue:
    """The kits of one place: when they were last looked at, what was found, when again."""

    place: RecordId
    name: str
    place_kind: str
    doses: int
    last_day: str
    """The ISO day of the last inspection, "" where there was none."""
    found: tuple[str, ...]
    """What was wrong: ``missing``, ``seal``, ``expired``, ``heat``, ``cold``."""
    due_day: str
    """The ISO day of the next, "" where there was none yet: then it is overdue."""
    days_late: int
    state: State

    @property
    def is_due(self) -> bool:
        """Return whether somebody should go and look, or bring another kit."""
        return self.state in ("replace", "overdue")


def every_days(desk: Desk) -> int:
    """Return after how many days a kit is looked at again. Reader lane."""
    rows = desk.reader.rows("SELECT value FROM setting WHERE name = :name", {"name": SETTING})
    days = [int(value) for (value,) in rows if value and str(value).isdecimal()]
    return next((found for found in days if found > 0), EVERY_DAYS)


def kits_due(desk: Desk) -> tuple[KitDue, ...]:
    """Return every place with kits: to replace, overdue, due soon, looked at. Reader lane."""
    if desk.reach("list", "kit_inspection", "shared") is not Reach.ALL:
        raise Refusal("services.not_allowed", action="list", kind="kit_inspection")
    on, every = today(desk.clock), every_days(desk)
    found = (_kit(row, on, every) for row in desk.reader.rows(_KITS))
    return tuple(sorted(found, key=_first_due))


def may_list(desk: Desk) -> bool:
    """Return whether this person may see the list. Any lane."""
    return desk.reach("list", "kit_inspection", "shared") is Reach.ALL


def how_many_due(kits: Iterable[KitDue]) -> int:
    """Return at how many places somebody should look. Any lane."""
    return sum(one.is_due for one in kits)


def _kit(row: Row, on: date, every: int) -> KitDue:
    record, name, kind, doses, last, *found, action = row
    day = _day(last or "")
    due = day + timedelta(days=every) if day is not None else None
    return KitDue(
        place=RecordId(record),
        name=name or "",
        place_kind=kind or "",
        doses=doses,
        last_day=day.isoformat() if day is not None else "",
        found=_wrong(*found),
        due_day=due.isoformat() if due is not None else "",
        days_late=max(0, (on - due).days) if due is not None else 0,
        state=_state(action, due, on),
    )


def _state(action: str | None, due: date | None, on: date) -> State:
    if action == "replace":
        return "replace"
    if due is None or due < on:
        return "overdue"
    return "soon" if due <= on + timedelta(days=SOON_DAYS) else "done"


def _wrong(
    present: str | None, seal: str | None, in_date: str | None, temperature: str | None
) -> tuple[str, ...]:
    said = (
        ("missing", present == "no"),
        ("seal", seal == "no"),
        ("expired", in_date == "no"),
        ("heat", temperature == "heat"),
        ("cold", temperature == "cold"),
    )
    return tuple(name for name, is_so in said if is_so)


def _first_due(kit: KitDue) -> tuple[int, str, str]:
    return _ORDER.index(kit.state), kit.due_day, kit.name


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:  # a day no month has, from another program
        return None
