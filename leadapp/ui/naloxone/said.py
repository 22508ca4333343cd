"""Stock in words: kinds of movement, reasons, last days, numbers of kits and doses. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from leadapp.naloxone.movements import NEEDS_SECOND_PERSON
from leadapp.services.stock import LotLine
from leadapp.ui.days import day_of, say_date
from leadapp.ui.kit.choice import Choice
from leadapp.ui.words import tr

FULL_LIFE_DAYS = 730
"""The bar of a lot is full at 24 months."""
HAND_OUTS = ("given", "left_behind")
MAIN_MOVES = ("given", "left_behind", "used", "received", "transferred")
OTHER_MOVES = (
    "issued", "returned", "expired", "damaged", "lost", "stolen", "recalled", "donated",
    "training", "destroyed",
)  # fmt: skip
NEEDS_REASON = NEEDS_SECOND_PERSON | {"damaged"}
_WORDS = {
    "received": "Received", "transferred": "Moved", "issued": "Issued to a responder",
    "given": "Given out", "left_behind": "Left behind", "used": "Used",
    "returned": "Returned", "expired": "Expired, removed", "damaged": "Damaged", "lost": "Lost",
    "stolen": "Stolen", "recalled": "Recalled", "destroyed": "Destroyed", "donated": "Donated out",
    "training": "Training use", "adjusted": "Count adjusted",
}  # fmt: skip
_REASONS = {
    "count_difference": "Count differs", "temperature": "Heat or cold", "broken": "Broken",
    "missing": "Missing", "theft_reported": "Theft, reported", "maker_notice": "Maker's notice",
    "correction": "Correction", "shortfall": "Books behind hand-out",
}  # fmt: skip
_OVERRIDES = {
    "nothing_else": "Nothing else was there",
    "supervisor_order": "A supervisor ordered it",
    "notice_expected": "A notice that extends it is expected",
}
_SETTINGS = {
    "leave_behind": "Left after an overdose",
    "law_contact": "Traffic or other law contact",
    "lead_cit": "LEAD or CIT contact",
    "post_overdose": "Post-overdose visit",
    "jail_release": "Jail release",
    "jail_lobby": "Jail lobby or vending",
    "ssp": "Syringe program",
    "event": "Event or training",
    "health_department": "Health department",
    "court": "Court or probation",
    "other": "Other",
}
NEAR = {"within_30": 30, "within_60": 60, "within_90": 90}
"""States of a lot that expires soon, and within how many days."""


def move_words(move: str) -> str:
    """Return a kind of movement as it stands in the ledger."""
    return tr(_WORDS.get(move, move))


def move_choices(moves: Sequence[str]) -> tuple[Choice, ...]:
    """Return kinds of movement to choose from."""
    return tuple(Choice(move, move_words(move)) for move in moves)


def reason_choices() -> tuple[Choice, ...]:
    """Return the reasons of a loss, a recall or an adjustment."""
    return tuple(Choice(code, tr(words)) for code, words in _REASONS.items())


def override_choices() -> tuple[Choice, ...]:
    """Return why expired stock may be issued all the same."""
    return tuple(Choice(code, tr(words)) for code, words in _OVERRIDES.items())


def setting_words(code: str) -> str:
    """Return the setting of a hand-out; a county's own codes as they are written."""
    return tr(_SETTINGS.get(code, code.replace("_", " ").capitalize()))


def setting_choices() -> tuple[Choice, ...]:
    """Return the settings to choose from; being left behind is a kind of movement here."""
    return tuple(
        Choice(code, tr(words)) for code, words in _SETTINGS.items() if code != "leave_behind"
    )


def amount(doses: int, per_kit: int) -> str:
    """Return doses as kits and what is left over: "3 kits", "2 kits, 1 dose"."""
    size = max(1, per_kit)
    kits, rest = divmod(abs(doses), size)
    sign = "\N{MINUS SIGN}" if doses < 0 else ""
    if size == 1:
        return sign + _doses(abs(doses))
    said = [one for one in (_kits(kits) if kits else "", _doses(rest) if rest else "") if one]
    return sign + (", ".join(said) or _kits(0))


def _kits(number: int) -> str:
    return tr("1 kit") if number == 1 else tr("{count} kits", count=f"{number:,}")


def _doses(number: int) -> str:
    return tr("1 dose") if number == 1 else tr("{count} doses", count=f"{number:,}")


def signed(number: int) -> str:
    """Return a change with its sign."""
    sign = "+" if number > 0 else "\N{MINUS SIGN}" if number < 0 else ""
    return f"{sign}{abs(number):,}"


def difference(number: int) -> str:
    """Return what a count found: "2 doses fewer", "1 dose more"."""
    words = _doses(abs(number))
    return tr("{doses} more", doses=words) if number > 0 else tr("{doses} fewer", doses=words)


def plain(number: int) -> str:
    """Return a number with a true minus sign."""
    return f"\N{MINUS SIGN}{-number:,}" if number < 0 else f"{number:,}"


def expires(lot: LotLine, unknown: str = "") -> str:
    """Return the last day of a lot: "Nov 30, 2026"."""
    day = day_of(lot.expiry)
    return (unknown or tr("No date read")) if day is None else say_date(day)


def days_left(lot: LotLine, today: date) -> int | None:
    """Return how many days a lot may still be used, below 0 once it may not."""
    day = day_of(lot.expiry)
    return None if day is None else (day - today).days


def is_near(lot: LotLine, days: int) -> bool:
    """Return whether a lot expires within so many days, or has."""
    return lot.expiry_state == "expired" or NEAR.get(lot.expiry_state, 9_999) <= days


def expiry_tone(lot: LotLine) -> str:
    """Return the colour token of a lot's last day."""
    if lot.expiry_state == "expired":
        return "err"
    return "warn" if lot.expiry_state in NEAR else "text"
