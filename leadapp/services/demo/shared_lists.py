"""The lists everyone in the made-up county shares: agencies, officers, places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leadapp.core.ids import RecordId, UserId
from leadapp.services.demo.book import Answers, Book
from leadapp.services.demo.chance import Chance
from leadapp.services.demo.founding import SHERIFF
from leadapp.services.demo.names import COUNTY, FEMALE, LAST, MALE, TOWNS, address, phone

_SHARED = "shared"
_AGENCIES = (
    ("sheriff", f"{COUNTY} Sheriff", "ACSO", "sheriff"),
    ("police", "Fairbrook Police", "FPD", "police"),
    ("jail", f"{COUNTY} Jail", "Jail", "jail"),
    ("prosecutor", "District Attorney, 31st District", "DA", "prosecutor"),
    ("defender", "Public Defender, 31st District", "PD", "public_defender"),
    ("court", f"{COUNTY} Court", "Court", "court"),
    ("ems", f"{COUNTY} EMS", "EMS", "ems"),
    ("health", f"{COUNTY} Health Department", "Health", "health_department"),
    ("lead", f"{COUNTY} LEAD", "LEAD", "lead_program"),
    ("valley", "Valley Behavioral Health", "Valley", "provider"),
    ("ssp", "Open Door Syringe Services", "Open Door", "syringe_program"),
)
_PLACES = (
    ("store", "Sheriff's office, supply room", "store", "sheriff", 60),
    ("unit1", "Unit 1", "vehicle", "sheriff", 4),
    ("unit2", "Unit 2", "vehicle", "sheriff", 4),
    ("unit3", "Unit 3", "vehicle", "sheriff", 4),
    ("unit4", "Unit 4", "vehicle", "sheriff", 4),
    ("unit5", "Unit 5", "vehicle", "sheriff", 4),
    ("unit6", "Unit 6", "vehicle", "sheriff", 4),
    ("lobby", "Jail lobby", "machine", "jail", 12),
    ("office", "LEAD office", "partner", "lead", 12),
    ("cabinet", "Courthouse cabinet", "cabinet", "court", 4),
    ("crisis", "Valley Crisis Center", "facility", "valley", None),
    ("hospital", "Fairbrook Hospital", "facility", "", None),
    ("jail", f"{COUNTY} Jail", "facility", "jail", None),
)
UNITS = ("unit1", "unit2", "unit3", "unit4", "unit5", "unit6")
_OFFICERS = 14
_LEFT, _NEVER_TRAINED, _TRAINING_ENDED = 13, 4, 9
"""Which officers (by number) left, are not trained in crisis response yet, or no longer are."""
_DAYS_BEFORE = 400


@dataclass(frozen=True, slots=True)
class Officer:
    """An officer on the sheriff's roster, and until when they serve."""

    record: RecordId
    name: str
    trained: bool
    until: date | None


_OWN_PRODUCT = {
    "about/name": "Prefilled syringe 5 mg",
    "about/route": "injection",
    "about/substance": "naloxone",
    "about/strength": "5",
    "about/doses_per_kit": "1",
    "about/over_the_counter": "no",
    "about/active": "no",
}
"""A product the county added and has given up again."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The records everything else points to, by short names used only here."""

    agencies: dict[str, RecordId]
    places: dict[str, RecordId]
    officers: tuple[Officer, ...]

    def officer(self, chance: Chance, day: date) -> Officer:
        """Return someone who serves on ``day``."""
        while True:
            one = chance.one(self.officers)
            if one.until is None or day <= one.until:
                return one


def write_lists(
    book: Book, chance: Chance, *, author: UserId, at: datetime, end: datetime, deputy: UserId
) -> Lists:
    """Write the lists at the county's first moment; one officer leaves before the ``end``."""
    agencies = {
        key: book.save("agency", _SHARED, _agency(name, short, kind, chance), author=author, at=at)
        for key, name, short, kind in _AGENCIES
    }
    places = {
        key: book.save(
            "place", _SHARED, _place(name, kind, agencies.get(of, ""), least, chance),
            author=author, at=at,
        )
        for key, name, kind, of, least in _PLACES
    }  # fmt: skip
    book.save("product", _SHARED, _OWN_PRODUCT, author=author, at=at)
    left = max(at, end - timedelta(days=75)).date()
    officers = tuple(
        _officer(book, chance, number, agencies["sheriff"], author, at, left, deputy)
        for number in range(_OFFICERS)
    )
    return Lists(agencies, places, officers)


def _agency(name: str, short: str, kind: str, chance: Chance) -> Answers:
    answers = {
        "about/name": name,
        "about/short_name": short,
        "about/active": "yes",
        "about/agency_kind": kind,
        "about/phone": phone(chance),
        "about/address": address(chance),
    }
    return answers | ({"about/ring_name": SHERIFF} if kind == SHERIFF else {})


def _place(name: str, kind: str, agency: str, least: int | None, chance: Chance) -> Answers:
    answers = {
        "about/name": name,
        "about/place_kind": kind,
        "about/town": TOWNS[0],
        "about/active": "yes",
    }
    if agency:
        answers["about/agency"] = agency
    if least is not None:
        answers["about/minimum"] = str(least)
    else:
        answers |= {"about/phone": phone(chance), "about/hours": "24 hours"}
    return answers


def _officer(
    book: Book,
    chance: Chance,
    number: int,
    agency: RecordId,
    author: UserId,
    at: datetime,
    left: date,
    deputy: UserId,
) -> Officer:
    first = chance.one(FEMALE if number % 3 == 0 else MALE)
    name = f"{first[0]}. {LAST[(number * 7 + 3) % len(LAST)]}"
    since = at.date() - timedelta(days=_DAYS_BEFORE + number * 130)
    until = left if number == _LEFT else None
    trained = number != _NEVER_TRAINED
    answers = {
        "roster/name": name,
        "roster/badge": str(11 + number * 3),
        "roster/officer_role": "patrol" if number else "sworn_other",
        "roster/agency": agency,
        "roster/active_from": since.isoformat(),
    }
    if until is not None:
        answers["roster/active_to"] = until.isoformat()
    if trained:
        certified = since + timedelta(days=chance.between(40, 300))
        answers["training/cit_from"] = certified.isoformat()
    if number == _TRAINING_ENDED:
        answers["training/cit_to"] = left.isoformat()
    if number % 2 == 0:
        lead_trained = since + timedelta(days=chance.between(60, 380))
        answers["training/lead_trained_day"] = lead_trained.isoformat()
    if trained:
        # On the way to the first shift: everyone but who was never sent to a class.
        answers["training/naloxone_trained_day"] = (since + timedelta(days=21)).isoformat()
    if number == 1:
        answers["training/user_id"] = deputy
    record = book.save("officer", _SHARED, answers, author=author, at=at)
    return Officer(record, name, trained and number != _TRAINING_ENDED, until)
