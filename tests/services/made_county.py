"""A small made-up county on disk, with a real desk: for tests of pages and their services.

It is Sunday, November 22, 2026, 2:41 pm. An office where Nora works on care, and a
sheriff's car where Dan writes contacts.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import FormId, RecordId, RingId, new_id
from leadapp.journal.rings import SHARED
from leadapp.services import setup, unlock
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite
from leadapp.vault.derivation import Argon2
from tests.forms_once import CACHE

NOW = datetime(2026, 11, 22, 14, 41, tzinfo=timezone(timedelta(hours=-7)))
CARE, LAW, REFER = RingId("care"), RingId("law-sheriff"), RingId("refer-sheriff")
PASSWORD = "purple otter drives nine kites"
ROOT_PAGE = "root-page"
"""What was printed for the safe, beside the program's folder."""


def sit(root: Path, name: str, clock: SteppingClock) -> Desk:
    """Unlock."""
    return unlock.unlock(
        root,
        name=name,
        password=PASSWORD,
        clock=clock,
        anchors=root.parent / "anchors",
        cache=CACHE,
    )


def new_desk(folder: Path, *, law: bool = False, roles: frozenset[Role] = frozenset()) -> Desk:
    """Sit down at a fresh program; each sort is made once a run and copied."""
    made = _made(law=law, roles=roles)
    shutil.copytree(made, folder, dirs_exist_ok=True)
    return sit(folder / "program", _name(law=law), SteppingClock(NOW))


@cache
def _made(*, law: bool, roles: frozenset[Role]) -> Path:
    """Make a program; return the folder it and its anchors are in."""
    folder = Path(tempfile.mkdtemp(prefix="leadapp-county-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    own = roles or ({Role.DEPUTY} if law else {Role.COORDINATOR, Role.CASE_MANAGER})
    wanted = setup.Wanted(
        "Alder County",
        "law" if law else "office",
        _name(law=law),
        PASSWORD,
        roles=frozenset(own) | {Role.ADMINISTRATOR},
        agency="sheriff" if law else "",
        cost=Argon2(memory_kib=32, passes=1, lanes=1),
        made_up=True,
    )
    root, clock = folder / "program", SteppingClock(NOW - timedelta(days=400))
    made = setup.create_program(root, wanted, clock=clock, anchors=folder / "anchors", cache=CACHE)
    page, group = made.asked
    setup.confirm(made, page=page, group=group, typed=made.pages[0].groups[group - 1])
    (folder / ROOT_PAGE).write_text(" ".join(made.pages[0].groups), "utf-8")
    sit(root, _name(law=law), clock).close()
    return folder


def _name(*, law: bool) -> str:
    return "Dan Halvorsen" if law else "Nora Ellison"


def put(
    desk: Desk,
    ring: RingId,
    form: str,
    answers: Mapping[str, str],
    *,
    days_ago: int = 0,
    copies: Mapping[str, list[Mapping[str, str]]] | None = None,
) -> RecordId:
    """Write a record straight to the archive; answers by question name."""
    source = desk.shelf.source(form)
    keys = desk.shelf.keys(source)
    values = {keys[name]: text for name, text in answers.items()}
    for repeat, rows in (copies or {}).items():
        for at, row in enumerate(rows):
            values[f"{repeat}[c{at}]/_order"] = str(at + 1)
            values |= {f"{repeat}[c{at}]/{name}": text for name, text in row.items()}
    record = RecordId(new_id())
    write = RecordWrite(
        record=record,
        form=FormId(form),
        form_version=source.version,
        op="save",
        values={**values, "_hash": source.hash},
        author=desk.user,
        at=NOW - timedelta(days=days_ago),
    )
    desk.archive.write(ring, [write])
    return record


def day(ago: int) -> str:
    """Return the ISO day so many days ago."""
    return (NOW - timedelta(days=ago)).date().isoformat()


def moment(ago: int, hour: int = 10) -> str:
    """Return a moment so many days ago."""
    then = NOW - timedelta(days=ago)
    return then.replace(hour=hour, minute=5).isoformat(timespec="milliseconds")


def person(
    desk: Desk, ring: RingId, last: str, first: str, born: str = "", **more: str
) -> RecordId:
    """Add a person."""
    form = "person_law" if ring == LAW else "person_care"
    answers = {"last_name": last, "first_name": first, "sex": "female", "birth_day": born, **more}
    return put(desk, ring, form, answers, days_ago=60)


def note(desk: Desk, of: RecordId, ago: int, brief: str, **more: str) -> RecordId:
    """Add a contact note."""
    answers = {
        "person": of,
        "when": moment(ago),
        "minutes": "20",
        "made": "contact",
        "mode": "phone",
        "with_whom": "participant",
        "activities": "case_management",
        "brief": brief,
        "note": "Met at Riverside Court. Has her ID now.",
        **more,
    }
    return put(desk, CARE, "contact_note", answers, days_ago=ago)


def status(desk: Desk, of: RecordId, now: str, ago: int) -> RecordId:
    """Change a person's status."""
    answers = {"person": of, "status": now, "status_day": day(ago), "set_by": "staff"}
    return put(desk, CARE, "episode_status", answers, days_ago=ago)


def consent(desk: Desk, of: RecordId, party: str, ends: str, ago: int = 100) -> RecordId:
    """Add a consent for one party."""
    answers = {
        "person": of,
        "type": "lead_multiparty",
        "signed_day": day(ago),
        "expires_kind": "date",
        "expires_day": ends,
    }
    told: list[Mapping[str, str]] = [{"party": party, "categories": "status attendance"}]
    return put(desk, CARE, "consent", answers, days_ago=ago, copies={"parties": told})


def referral(desk: Desk, last: str, first: str, ago: int, **more: str) -> RecordId:
    """Add an officer's referral at the arrest door."""
    ring = next((ring for ring in desk.rings if ring.startswith("refer")), CARE)
    answers = {
        "door": "arrest",
        "when": moment(ago),
        "last_name": last,
        "first_name": first,
        "offer": "accepted",
        "screening": "eligible",
        "status": "received",
        "ok_to_contact": "verbal",
        **more,
    }
    return put(desk, ring, "lead_referral", answers, days_ago=ago)


def cit_contact(desk: Desk, ago: int, ring: RingId = LAW, **more: str) -> RecordId:
    """Add a crisis contact; page one only."""
    answers = {
        "when": moment(ago, 21),
        "where": "Hwy 12 pullout",
        "reason": "welfare_check",
        "seen": "none",
        "minutes_choice": "30",
        "officers": "1",
        "weapon": "no",
        "injury_or_force": "no",
        "ending": "scene",
        "ending_detail": "resolved_on_scene",
        "naloxone_given": "no",
        "follow_up": "no",
        **more,
    }
    return put(desk, ring, "cit_contact", answers, days_ago=ago)


def shelf_stock(desk: Desk) -> None:
    """Put 12 doses in the cabinet, which should hold 20; half of them expire in 30 days."""
    place = put(
        desk,
        SHARED,
        "place",
        {"name": "Front desk cabinet", "place_kind": "office", "minimum": "20", "active": "yes"},
    )
    for number, days, doses in (("NX4102", 30, 6), ("NX4390", 500, 6)):
        lot = put(
            desk,
            SHARED,
            "lot",
            {
                "product": "nasal_4",
                "lot_number": number,
                "expiry": day(-days),
                "doses_per_kit": "2",
            },
        )
        put(
            desk,
            SHARED,
            "stock_movement",
            {
                "day": day(40),
                "move": "received",
                "lot": lot,
                "from_place": "supplier",
                "to_place": place,
                "doses": str(doses),
            },
            days_ago=40,
        )


def people_of_care(desk: Desk) -> dict[str, RecordId]:
    """Add some people in care, with a past; return them by last name."""
    found = {}
    for last, first, born, phone, nickname in (
        ("Osgood", "Terri-Lynn", "1989-03-14", "", "TL"),
        ("Oster", "Gail", "1971-09-02", "406-555-0130", ""),
        ("Ostrander", "Luke", "1996-11-27", "406-555-0177", ""),
        ("Etchart", "Marisol", "1994-02-09", "406-555-0142", "Mari"),
        ("Lund", "Randy", "1990-05-19", "406-555-0155", "Oz"),
        ("Mosher", "Pat", "1965-12-11", "", ""),
    ):
        found[last] = person(desk, CARE, last, first, born, phone=phone, nickname=nickname)
    found["Double"] = person(desk, CARE, "Osgood", "Terri Lynn", "1989-03-14")
    for last, now, since in (
        ("Oster", "active", 200),
        ("Ostrander", "active", 100),
        ("Etchart", "active", 108),
        ("Lund", "active", 50),
        ("Mosher", "exited", 20),
    ):
        status(desk, found[last], now, since)
    note(desk, found["Oster"], 10, "Checked in", next_day=day(3))
    note(desk, found["Ostrander"], 26, "Ride to clinic", next_day=day(0))
    note(desk, found["Etchart"], 23, "Met at Riverside Court", next_day=day(-4))
    note(desk, found["Lund"], 45, "Left a card")
    consent(desk, found["Oster"], "case_manager_agency", day(-200))
    consent(desk, found["Etchart"], "court", day(-20))
    consent(desk, found["Ostrander"], "court", day(5))
    taken = referral(desk, "Osgood", "Terri-Lynn", 24)
    put(
        desk,
        CARE,
        "referral_status",
        {
            "referral": taken,
            "person": found["Osgood"],
            "status": "screening",
            "status_day": day(20),
            "screening": "eligible",
        },
        days_ago=20,
    )
    referral(desk, "Whitcomb", "June", 3)
    return found
