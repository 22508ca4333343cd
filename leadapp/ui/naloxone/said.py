"""Stock in words: kinds of movement, reasons, numbers of kits and doses, rows of tables. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from leadapp.naloxone.movements import NEEDS_SECOND_PERSON
from leadapp.services.stock import Held, LedgerLine, LotLine, PlaceLine, StockView, SurplusLine
from leadapp.ui.days import day_of, say_date, say_iso
from leadapp.ui.kit.cells import Cell, Column, Row
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
_ICONS = {
    "received": "package", "transferred": "arrow-left-right", "issued": "user-check",
    "given": "handshake", "left_behind": "handshake", "used": "siren", "returned": "undo-2",
    "expired": "clock", "damaged": "circle-x", "lost": "circle-help", "stolen": "flag",
    "recalled": "rotate-ccw", "destroyed": "trash-2", "donated": "send", "training": "book-open",
    "adjusted": "list-checks",
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
_NEAR = {"within_30": 30, "within_60": 60, "within_90": 90}


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
    return lot.expiry_state == "expired" or _NEAR.get(lot.expiry_state, 9_999) <= days


def expiry_tone(lot: LotLine) -> str:
    """Return the colour token of a lot's last day."""
    if lot.expiry_state == "expired":
        return "err"
    return "warn" if lot.expiry_state in _NEAR else "text"


# -- stock ---------------------------------------------------------------------------------


def stock_columns() -> tuple[Column, ...]:
    """Return the columns of stock by lot and place."""
    return (
        Column("lot", tr("Lot"), 86),
        Column("product", tr("Product"), 98),
        Column("expires", tr("Expires"), 188),
        Column("place", tr("Where"), 132, stretch=True),
        Column("kits", tr("Kits"), 50, number=True),
        Column("doses", tr("Doses"), 60, number=True),
        Column("said", "", 104),
    )


def first_lots(view: StockView) -> dict[str, str]:
    """Return for each place the lot to take first: in stock, not expired, first to expire."""
    lots = {line.lot: line for line in view.lots}
    best: dict[str, tuple[bool, str, str]] = {}
    for held in view.held:
        line = lots.get(held.lot)
        if line is None or held.doses <= 0 or line.expiry_state == "expired":
            continue
        rank = (not line.expiry, line.expiry, str(held.lot))
        if held.place not in best or rank < best[held.place]:
            best[held.place] = rank
    return {place: rank[2] for place, rank in best.items()}


def stock_rows(view: StockView, held: Sequence[Held]) -> list[Row]:
    """Return stock by lot and place, soonest expiry first."""
    lots = {line.lot: line for line in view.lots}
    places = {line.place: line for line in view.places}
    first = first_lots(view)
    known = [one for one in held if one.lot in lots]
    known.sort(key=lambda one: _order(lots[one.lot], places.get(one.place)))
    return [_stock_row(one, lots[one.lot], places.get(one.place), first) for one in known]


def _order(lot: LotLine, place: PlaceLine | None) -> tuple[bool, str, str, str]:
    return (not lot.expiry, lot.expiry, lot.lot_number, place.name if place else "")


def _stock_row(held: Held, lot: LotLine, place: PlaceLine | None, first: Mapping[str, str]) -> Row:
    short = held.doses < 0
    tone = "err" if short else "text"
    return Row(
        stock_key(held),
        (
            Cell(lot.lot_number or tr("No number"), bold=True),
            Cell(lot.product_label),
            Cell(expires(lot), tone=expiry_tone(lot), bold=expiry_tone(lot) != "text"),
            Cell(place.name if place else tr("A place not known here")),
            Cell(plain(held.kits), tone=tone),
            Cell(plain(held.doses), tone=tone),
            _said(held, lot, place, first),
        ),
    )


def _said(held: Held, lot: LotLine, place: PlaceLine | None, first: Mapping[str, str]) -> Cell:
    """Return the one word that matters most about a shelf."""
    if held.doses < 0:
        return Cell(tr("Over-issued"), badge="err")
    if lot.expiry_state == "expired":
        return Cell(tr("Expired"), badge="err")
    if place is not None and place.below:
        return Cell(tr("Below {doses}", doses=place.minimum), badge="err")
    if lot.expiry_state in _NEAR and first.get(held.place) == held.lot:
        return Cell(tr("Use first"), badge="warn")
    return Cell()


def stock_key(held: Held) -> str:
    """Return a key of a shelf's row."""
    return f"{held.lot} {held.place}"


def of_key(key: str) -> tuple[str, str]:
    """Return lot and place of a row's key; a row of a place has no lot."""
    lot, _, place = key.partition(" ")
    return lot, place


def as_held(lines: Sequence[SurplusLine]) -> tuple[Held, ...]:
    """Return what is left over at places as stock, for the same table."""
    return tuple(Held(one.lot, one.place, one.doses, one.kits) for one in lines)


def place_columns() -> tuple[Column, ...]:
    """Return the columns of the list of places."""
    return (
        Column("place", tr("Place"), 180, stretch=True),
        Column("kind", tr("Kind"), 140),
        Column("doses", tr("Doses"), 90, number=True),
        Column("minimum", tr("Should hold"), 110, number=True),
        Column("missing", tr("To bring"), 100, number=True),
        Column("said", "", 120),
    )


def place_rows(places: Sequence[PlaceLine]) -> list[Row]:
    """Return places, those that lack most first."""
    ordered = sorted(places, key=lambda one: (one.on_hand - one.minimum, one.name))
    return [
        Row(
            f" {one.place}",
            (
                Cell(one.name, bold=True),
                Cell(tr(one.place_kind.replace("_", " ").capitalize())),
                Cell(plain(one.on_hand), tone="err" if one.on_hand < 0 else "text"),
                Cell(f"{one.minimum:,}"),
                Cell(f"{max(0, one.minimum - one.on_hand):,}"),
                Cell(tr("Below {doses}", doses=one.minimum), badge="err") if one.below else Cell(),
            ),
        )
        for one in ordered
    ]


# -- the ledger ----------------------------------------------------------------------------


def ledger_columns() -> tuple[Column, ...]:
    """Return the columns of the ledger; days, never minutes."""
    return (
        Column("day", tr("Day"), 104),
        Column("what", tr("What"), 160),
        Column("lot", tr("Lot"), 82),
        Column("where", tr("From, to"), 160, stretch=True),
        Column("change", tr("Change"), 66, number=True),
        Column("left", tr("Left"), 56, number=True),
        Column("said", "", 94),
    )


def ledger_row(line: LedgerLine, today: date) -> Row:
    """Return one line of the ledger; numbers are doses."""
    said = Cell()
    if line.reversed:
        said = Cell(tr("Corrected"), badge="neutral")
    elif line.shortfall:
        said = Cell(tr("Short"), badge="warn")
    elif line.override:
        said = Cell(tr("Override"), badge="warn")
    words = move_words(line.move)
    if line.reverses:
        words = tr("Taken back: {what}", what=words)
    return Row(
        str(line.movement),
        (
            Cell(say_iso(line.day, today, tr("No day"))),
            Cell(words, icon="undo-2" if line.reverses else _ICONS.get(line.move, "dot")),
            Cell(line.lot_number, bold=True),
            Cell(tr("{start} \N{RIGHTWARDS ARROW} {end}", start=line.from_name, end=line.to_name)),
            Cell(signed(line.change), bold=True),
            Cell(plain(line.left), tone="err" if line.left < 0 else "text"),
            said,
        ),
        muted=line.reversed,
    )
