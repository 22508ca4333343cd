"""A small county on disk with an account for every role, for tests that do harm to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from leadapp.core.clock import Clock, SteppingClock
from leadapp.core.ids import RecordId, RingId
from leadapp.services import accounts, filling, setup, unlock
from leadapp.services.desk import Desk
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.vault.derivation import Argon2
from tests.forms_once import CACHE

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=-7)))
PASSWORD = "violet kettle sings under nine maples"
ADMIN = "Ada Trask"
AGENCY = "sheriff"
LAW, REFER, CARE = RingId(f"law-{AGENCY}"), RingId(f"refer-{AGENCY}"), RingId("care")
SHARED, SUPPLY = RingId("shared"), RingId("supply")
PEOPLE: Mapping[str, frozenset[Role]] = {
    "Nora Quill": frozenset({Role.COORDINATOR}),
    "Dan Barlow": frozenset({Role.DEPUTY}),
    "Sam Ortega": frozenset({Role.LAW_SUPERVISOR}),
    "Cass Embry": frozenset({Role.CASE_MANAGER}),
    "Stu Wynn": frozenset({Role.STOCK_MANAGER}),
    "Rex Lowell": frozenset({Role.REPORT_CLERK}),
    "Ivy Marsh": frozenset({Role.AUDITOR}),
    "Bo Tanner": frozenset({Role.DEPUTY, Role.CASE_MANAGER}),
}
"""Everyone but the administrator. Bo works on both sides, so that one kill may hit either."""
COORDINATOR, DEPUTY, CASE_MANAGER, BOTH = "Nora Quill", "Dan Barlow", "Cass Embry", "Bo Tanner"
CHEAP = Argon2(memory_kib=32, passes=1, lanes=1)


@dataclass(frozen=True, slots=True)
class County:
    """A program folder, and the folder beside it for what a computer keeps elsewhere."""

    root: Path
    cache: Path = CACHE

    @property
    def anchors(self) -> Path:
        """Return the state folder."""
        return self.root.with_name(f"{self.root.name}-state")

    def sit(self, name: str, clock: Clock | None = None, password: str = PASSWORD) -> Desk:
        """Unlock as ``name``."""
        return unlock.unlock(
            self.root,
            name=name,
            password=password,
            clock=clock or SteppingClock(NOW),
            anchors=self.anchors,
            cache=self.cache,
        )


def found(root: Path, *, law: bool = False) -> County:
    """Set a county up with every account; with ``law`` on a law device."""
    county, clock = County(root), SteppingClock(NOW - timedelta(days=60))
    wanted = setup.Wanted(
        county="Alder County",
        device_class="law" if law else "office",
        name=ADMIN,
        password=PASSWORD,
        agency=AGENCY if law else "",
        cost=CHEAP,
        made_up=True,
    )
    made = setup.create_program(root, wanted, clock=clock, anchors=county.anchors, cache=CACHE)
    page, group = made.asked
    printed = next(one for one in made.pages if one.name == page)
    setup.confirm(made, page=page, group=group, typed=printed.groups[group - 1])
    clock.step(timedelta(days=1))
    _add_accounts(county, clock, law=law)
    if not law:
        _give_rings(county, clock)
    return county


def _add_accounts(county: County, clock: Clock, *, law: bool) -> None:
    desk = county.sit(ADMIN, clock)
    users = {}
    for name, roles in PEOPLE.items():
        agency = AGENCY if roles & LAW_ROLES else ""
        users[name] = accounts.add_user(
            desk, accounts.NewUser(name=name, roles=roles, password=PASSWORD, agency=agency)
        )
    if not law:
        accounts.grant_law(desk, AGENCY, users[COORDINATOR])
    desk.close()


def _give_rings(county: County, clock: Clock) -> None:
    """Make every ring, and give ``care`` and the counted ones by an explicit yes."""
    for name in (COORDINATOR, DEPUTY, COORDINATOR):
        desk = county.sit(name, clock)
        if name == COORDINATOR and CARE in desk.rings:
            users = {slot.name: slot.user for slot in desk.holding.keyring.users()}
            for other in (CASE_MANAGER, BOTH, "Rex Lowell"):
                accounts.grant_ring(desk, CARE, users[other])
        desk.close()


@dataclass(frozen=True, slots=True)
class Stocked:
    """What forms point at: a place with doses of a lot, and a person in care."""

    place: RecordId
    lot: RecordId
    person: RecordId


def stock(county: County) -> Stocked:
    """Write a place, a lot, its doses and a person in care."""
    desk = county.sit(COORDINATOR, SteppingClock(NOW - timedelta(days=40)))
    try:
        place = filling.submit(
            desk, "place", {"name": "Unit 9", "place_kind": "vehicle", "active": "yes"}
        )
        lot = filling.submit(
            desk,
            "lot",
            {
                "product": "nasal_4",
                "lot_number": "NX4102",
                "expiry": "2027-06-30",
                "doses_per_kit": "2",
                "funding": "settlement",
            },
        )
        received = {
            "day": "2026-10-01",
            "move": "received",
            "lot": lot.record,
            "from_place": "supplier",
            "to_place": place.record,
            "doses": "4800",  # more than any number of contacts uses up: a balance below zero is a problem
        }
        filling.submit(desk, "stock_movement", received)
        person = filling.submit(
            desk, "person_care", {"last_name": "Osgood", "first_name": "Terri", "sex": "female"}
        )
    finally:
        desk.close()
    return Stocked(place.record, lot.record, person.record)
