"""Who had a lot: the places that hold it, the hand-outs of it, the doses used. No person."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.papers.headings import heading_row
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

_ROW = 22.0


@dataclass(frozen=True, slots=True)
class RecallPlace:
    """A place with doses of the lot."""

    place: str
    kits: int
    doses: int


@dataclass(frozen=True, slots=True)
class RecallEvent:
    """A hand-out or a use of the lot: when, on what occasion, by whom of which agency."""

    day: str
    occasion: str
    by: str
    agency: str
    kits: str
    doses: int


@dataclass(frozen=True, slots=True)
class RecallList:
    """One lot and everywhere it went."""

    stamp: Stamp
    lot_number: str
    product: str
    last_day: str
    places: tuple[RecallPlace, ...]
    handed_out: tuple[RecallEvent, ...]
    used: tuple[RecallEvent, ...]
    not_open: str = ""
    """What is not on the list because it is not open here, in words."""


def render_recall_list(paper: RecallList, press: Press) -> bytes:
    """Return the PDF of a recall list."""
    title = press.say("recall_list", lot=paper.lot_number)
    right = (paper.product, press.say("use_through", day=paper.last_day) if paper.last_day else "")
    sheet = open_sheet(paper.stamp, press, title, right, press.say("recall_told"))
    if paper.not_open:
        sheet.rows.append(quiet_row(sheet, paper.not_open))
    sheet.rows.append(heading_row(sheet, sheet.body, press.say("recall_held")))
    sheet.rows += table_rows(sheet, _places(press, paper), above=2)
    for name, events in (("recall_handed_out", paper.handed_out), ("recall_used", paper.used)):
        sheet.rows.append(heading_row(sheet, sheet.body, press.say(name)))
        sheet.rows += table_rows(sheet, _events(press, events), above=2)
    sheet.rows += sign_rows(sheet, (press.say("collected_by"), press.say("second_person")))
    return end(sheet, paper.stamp, title)


def _places(press: Press, paper: RecallList) -> Table:
    names = ("place", "whole_kits", "doses", "collected", "initials")
    rows = [(one.place, number(one.kits), number(one.doses), "", "") for one in paper.places]
    if rows:
        doses = number(sum(one.doses for one in paper.places))
        kits = number(sum(one.kits for one in paper.places))
        rows.append((press.say("all_places"), kits, doses, "", ""))
    return Table(
        tuple(press.say(f"col_{name}") for name in names),
        (3, 1, 1, 1.5, 1.5),
        tuple(rows),
        figures=frozenset({1, 2}),
        total=True,
        least=_ROW,
    )


def _events(press: Press, events: tuple[RecallEvent, ...]) -> Table:
    names = ("day", "occasion", "by", "agency", "kits", "doses")
    rows = [
        (one.day, one.occasion, one.by, one.agency, one.kits, number(one.doses)) for one in events
    ]
    if rows:
        doses = number(sum(one.doses for one in events))
        rows.append((press.say("together"), "", "", "", "", doses))
    return Table(
        tuple(press.say(f"col_{name}") for name in names),
        (1.2, 2.2, 1.6, 2.2, 0.6, 0.7),
        tuple(rows),
        figures=frozenset({4, 5}),
        total=True,
    )
