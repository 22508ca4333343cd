"""The ledger as rows: one movement each, numbers in doses. Pure."""

from __future__ import annotations

from datetime import date

from leadapp.services.stock import LedgerLine
from leadapp.ui.days import say_iso
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.naloxone import said
from leadapp.ui.words import tr

_ICONS = {
    "received": "package", "transferred": "arrow-left-right", "issued": "user-check",
    "given": "handshake", "left_behind": "handshake", "used": "siren", "returned": "undo-2",
    "expired": "clock", "damaged": "circle-x", "lost": "circle-help", "stolen": "flag",
    "recalled": "rotate-ccw", "destroyed": "trash-2", "donated": "send", "training": "book-open",
    "adjusted": "list-checks",
}  # fmt: skip


def ledger_columns() -> tuple[Column, ...]:
    """Return the columns of the ledger; days, never minutes."""
    return (
        Column("day", tr("Day"), 96),
        Column("what", tr("What"), 146),
        Column("lot", tr("Lot"), 82),
        Column("where", tr("From, to"), 160, stretch=True),
        Column("change", tr("Change"), 66, number=True),
        Column("left", tr("Left"), 56, number=True),
        Column("said", "", 90),
    )


def ledger_row(line: LedgerLine, today: date) -> Row:
    """Return one line of the ledger; numbers are doses."""
    flag = Cell()
    if line.reversed:
        flag = Cell(tr("Corrected"), badge="neutral")
    elif line.shortfall:
        flag = Cell(tr("Short"), badge="warn")
    elif line.override:
        flag = Cell(tr("Override"), badge="warn")
    words = said.move_words(line.move)
    if line.reverses:
        words = tr("Taken back: {what}", what=words)
    return Row(
        str(line.movement),
        (
            Cell(say_iso(line.day, today, tr("No day"))),
            Cell(words, icon="undo-2" if line.reverses else _ICONS.get(line.move, "dot")),
            Cell(line.lot_number, bold=True),
            Cell(tr("{start} \N{RIGHTWARDS ARROW} {end}", start=line.from_name, end=line.to_name)),
            Cell(said.signed(line.change), bold=True),
            Cell(said.plain(line.left), tone="err" if line.left < 0 else "text"),
            flag,
        ),
        muted=line.reversed,
    )
