"""What the stock of naloxone looks like to those who ask, and what they hand in.

Doses are single doses, kits whole kits; both are whole numbers and may be below zero
after a merge. Days are ISO days or "". A place is a record of kind ``place`` or one of
the fixed places (``naloxone.movements.VIRTUAL_PLACES``). No value names a person but
``author_name`` and ``Approver``, who are staff.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from leadapp.core.ids import RecordId, UserId
from leadapp.core.problems import Problem
from leadapp.naloxone.lists import Product

ExpiryState = Literal["good", "within_90", "within_60", "within_30", "expired", "unknown"]
OrderState = Literal["in_force", "ending", "ended", "not_begun"]


@dataclass(frozen=True, slots=True)
class LotLine:
    """A lot, and what all our shelves hold of it."""

    lot: RecordId
    product: str
    product_label: str
    lot_number: str
    expiry: str
    """The last day it may be used, "" while nobody has read it."""
    expiry_state: ExpiryState
    doses_per_kit: int
    funding: str
    on_hand: int
    extended_from: str
    """The last day before a notice changed it, "" when none did."""
    gtin: str = ""
    """The trade item number on its cartons, "" while nobody has read it."""
    recalled: bool = False
    """Whether it is called back: never suggested, and issued only with a reason."""


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One of the county's own places. ``below``: its fit doses are fewer than its minimum."""

    place: RecordId
    name: str
    place_kind: str
    minimum: int
    on_hand: int
    below: bool
    active: bool = True
    fit: int = 0
    """Doses whose last day has not passed and that nobody called back."""
    last_counted: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What one place has of one lot; ``kits`` are the whole kits in it."""

    lot: RecordId
    place: RecordId
    doses: int
    kits: int


@dataclass(frozen=True, slots=True)
class StockFigures:
    """The four figures above the lists."""

    on_hand: int
    """Doses on our shelves, shelves below zero counted as they are."""
    expiring_60: int
    """Doses whose last day is within 60 days and has not passed."""
    below_minimum: int
    """Places below their minimum."""
    over_issued: int
    """Shelves (a lot at a place) with less than nothing on the books."""


@dataclass(frozen=True, slots=True)
class StockView:
    """The whole stock. ``lots`` first expiring first, ``places`` by name, ``held`` without zeros."""

    lots: tuple[LotLine, ...]
    places: tuple[PlaceLine, ...]
    held: tuple[Held, ...]
    figures: StockFigures
    problems: tuple[Problem, ...]
    products: tuple[Product, ...] = ()
    """What a new lot may be of, by label."""
    may_add_products: bool = False
    self_made: bool = False
    """Whether a hand-out of this person may carry a self-made code."""
    bare: bool = False
    """Whether this person's hand-outs are movements alone, without a form."""
    agency: str = ""
    """The record of this person's agency, "" where they have none."""
    usual_place: str = ""
    """Where this person last handed out from, "" where they have not of late."""


@dataclass(frozen=True, slots=True)
class LedgerQuery:
    """Which lines of the ledger; blanks ask for all. Both days count."""

    lot: str = ""
    place: str = ""
    moves: tuple[str, ...] = ()
    first_day: str = ""
    last_day: str = ""
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One movement, newest day first."""

    movement: RecordId
    day: str
    move: str
    lot: RecordId
    lot_number: str
    from_place: str
    from_name: str
    to_place: str
    to_name: str
    doses: int
    kits: int
    change: int
    """What it adds to our shelves: 0 between two of them, below zero when doses leave."""
    left: int
    """Doses of that lot on all our shelves after it."""
    reason: str
    shortfall: bool
    override: bool
    reversed: bool
    """Whether a later line takes it back."""
    reverses: str
    replaces: str
    approver: str
    author_name: str


@dataclass(frozen=True, slots=True)
class NewMovement:
    """A movement about to be written. ``reason`` and ``override_reason`` are codes, never text.

    A blank ``from_place`` or ``to_place`` is filled in where the kind of movement says it
    (``received`` comes from ``supplier``, ``given`` goes to ``public``, ...).
    """

    move: str
    lot: str
    from_place: str
    to_place: str
    doses: int
    kits: int
    day: str
    reason: str = ""
    approver: str = ""
    """User id of the second person, needed for a loss, theft, recall or adjustment."""
    override_reason: str = ""
    """One of ``OVERRIDE_REASONS``: lets expired or recalled stock be issued."""
    password: str = field(default="", repr=False, compare=False)
    """The second person's own, typed by them; kept nowhere."""
    code: str = field(default="", repr=False, compare=False)
    """Their six digits, where they have a second factor."""


@dataclass(frozen=True, slots=True)
class NewLot:
    """A lot about to be added. ``expiry`` "" while nobody can read it."""

    product: str
    lot_number: str
    expiry: str
    doses_per_kit: int
    funding: str
    gtin: str = ""


@dataclass(frozen=True, slots=True)
class Approver:
    """Someone who may be the second person."""

    user: UserId
    name: str
    second_factor: bool = False
    """Whether they confirm with six digits too."""


@dataclass(frozen=True, slots=True)
class CountLine:
    """One line of a count sheet; ``expected`` is what the books say now, below zero too."""

    lot: RecordId
    lot_number: str
    product_label: str
    expiry: str
    expiry_state: ExpiryState
    doses_per_kit: int
    expected: int


@dataclass(frozen=True, slots=True)
class HandOut:
    """Doses of a recalled lot that left our shelves.

    ``setting`` and ``agency_name`` are known where the form is open to the reader.
    """

    day: str
    move: str
    from_place: str
    from_name: str
    doses: int
    kits: int
    setting: str
    agency_name: str


@dataclass(frozen=True, slots=True)
class RecallView:
    """Who had a lot: shelves that hold it, hand-outs in force, doses used on people."""

    lot: LotLine
    held: tuple[Held, ...]
    place_names: tuple[tuple[str, str], ...]
    """Name by place, for ``held``."""
    hand_outs: tuple[HandOut, ...]
    on_hand: int
    doses_handed_out: int
    doses_used: int


@dataclass(frozen=True, slots=True)
class SurplusLine:
    """Doses a place has above its minimum, of the lots that expire first."""

    place: RecordId
    name: str
    lot: RecordId
    lot_number: str
    product_label: str
    expiry: str
    expiry_state: ExpiryState
    doses: int
    kits: int


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A line of the standing-order register, as it stands on the day asked for."""

    record: RecordId
    order_type: str
    prescriber: str
    organisation: str
    products: tuple[str, ...]
    first_day: str
    last_day: str
    signed_file: str
    protocol: str
    state: OrderState


@dataclass(frozen=True, slots=True)
class Inspection:
    """One look at a kit in its place (NX-5)."""

    record: RecordId
    day: str
    place: RecordId
    place_name: str
    lot_number: str
    present: str
    seal: str
    expiry_seen: str
    temperature: str
    action: str


@dataclass(frozen=True, slots=True)
class LotDay:
    """Doses of one lot at one place at the end of a day: what a reconciliation starts from."""

    lot: RecordId
    place: str
    doses: int
    kits: int
