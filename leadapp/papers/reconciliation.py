"""The ledger of a month on paper: for each lot, first day, in, out and last day add up."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.papers.blocks import Row
from leadapp.papers.headings import heading_row
from leadapp.papers.pages import Sheet
from leadapp.papers.press import Press
from leadapp.papers.stock_frame import (
    Stamp,
    Table,
    end,
    number,
    open_sheet,
    quiet_row,
    sign_rows,
    table_rows,
)

SORTS = ("received", "given", "used", "wasted", "lost", "other", "counted")
"""What changes the shelves between the first and the last day, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class ReconciledLot:
    """One lot's month in doses; ``changes`` by sort, signed as the shelves felt them."""

    lot_number: str
    product: str
    first_day: int
    changes: tuple[int, ...]
    last_day: int


@dataclass(frozen=True, slots=True)
class ReconciledPlace:
    """What one place holds of one lot on the last day: whole kits and doses."""

    place: str
    lot_number: str
    last_day_of_use: str
    kits: int
    doses: int


@dataclass(frozen=True, slots=True)
class ReconciledMove:
    """One movement of the month. ``remark`` says what is odd about it: a shortfall, a reversal."""

    day: str
    what: str
    lot_number: str
    from_name: str
    to_name: str
    kits: str
    doses: int
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """A month of the ledger, all lots and places."""

    stamp: Stamp
    period_label: str
    lots: tuple[ReconciledLot, ...]
    total: ReconciledLot
    places: tuple[ReconciledPlace, ...]
    moves: tuple[ReconciledMove, ...]
    moves_left_out: int = 0
    remarks: tuple[str, ...] = ()
    """What to look at: lots below zero, shortfalls, overrides."""


def render_reconciliation(paper: Reconciliation, press: Press) -> bytes:
    """Return the PDF of a month's reconciliation."""
    title = press.say("reconciliation", period=paper.period_label)
    sheet = open_sheet(paper.stamp, press, title, (), press.say("reconciliation_told"))
    sheet.rows += _remarks(sheet, paper)
    sheet.rows.append(_heading(sheet, "by_lot"))
    sheet.rows += table_rows(sheet, _by_lot(press, paper), above=2)
    sheet.rows.append(quiet_row(sheet, press.say("adds_up")))
    sheet.rows += sign_rows(sheet, (press.say("reviewed_by"), press.say("second_person")))
    sheet.rows.append(_heading(sheet, "by_place"))
    sheet.rows += table_rows(sheet, _by_place(press, paper), above=2)
    sheet.rows.append(_heading(sheet, "movements"))
    sheet.rows += table_rows(sheet, _movements(press, paper), above=2)
    if paper.moves_left_out:
        count = f"{paper.moves_left_out:,}"
        sheet.rows.append(quiet_row(sheet, press.say("moves_left_out", count=count)))
    return end(sheet, paper.stamp, title)


def _heading(sheet: Sheet, name: str) -> Row:
    return heading_row(sheet, sheet.body, sheet.press.say(f"reconciled_{name}"))


def _remarks(sheet: Sheet, paper: Reconciliation) -> list[Row]:
    if not paper.remarks:
        return []
    found = [_heading(sheet, "remarks")]
    found += [quiet_row(sheet, words, above=3) for words in paper.remarks]
    return found


def _by_lot(press: Press, paper: Reconciliation) -> Table:
    names = ("lot", "first_day", *SORTS, "last_day_held")
    rows = [_lot_row(lot) for lot in paper.lots]
    if rows:
        rows.append(_lot_row(paper.total))
    return Table(
        tuple(press.say(f"col_{name}") for name in names),
        (2.3, *(1.0,) * (len(names) - 1)),
        tuple(rows),
        figures=frozenset(range(1, len(names))),
        total=True,
    )


def _lot_row(lot: ReconciledLot) -> tuple[str, ...]:
    name = f"{lot.lot_number}\n{lot.product}" if lot.product else lot.lot_number
    changes = (number(change) for change in lot.changes)
    return (name, number(lot.first_day), *changes, number(lot.last_day))


def _by_place(press: Press, paper: Reconciliation) -> Table:
    names = ("place", "lot", "last_day", "whole_kits", "doses")
    return Table(
        tuple(press.say(f"col_{name}") for name in names),
        (2.4, 1.6, 1.6, 0.9, 0.8),
        tuple(
            (one.place, one.lot_number, one.last_day_of_use, number(one.kits), number(one.doses))
            for one in paper.places
        ),
        figures=frozenset({3, 4}),
    )


def _movements(press: Press, paper: Reconciliation) -> Table:
    names = ("day", "what", "lot", "from", "to", "kits", "doses", "remark")
    return Table(
        tuple(press.say(f"col_{name}") for name in names),
        (1.0, 1.5, 1.2, 1.7, 1.7, 0.55, 0.65, 1.4),
        tuple(
            (m.day, m.what, m.lot_number, m.from_name, m.to_name, m.kits, number(m.doses), m.remark)
            for m in paper.moves
        ),
        figures=frozenset({5, 6}),
    )
