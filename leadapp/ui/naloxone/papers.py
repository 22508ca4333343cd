"""The papers of the stock: which can be made now, and putting one on paper or into a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.measures.periods import month
from leadapp.services import printing, stock, stock_papers
from leadapp.services.desk import Desk, family_of
from leadapp.services.printing import PrintedForm
from leadapp.services.stock import LedgerLine, LotLine, PlaceLine
from leadapp.services.stock_papers import StockPaper
from leadapp.ui.days import day_of, say_date
from leadapp.ui.naloxone.said import HAND_OUTS
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

BLANK_FORMS = {
    "naloxone_given": "Blank form: naloxone given",
    "naloxone_used": "Blank form: naloxone used",
    "kit_inspection": "Blank form: kit inspection",
}
SHEET = 30
"""Labels on a page of Avery 5160."""
_ON_THE_WAY = frozenset({"transferred", "issued", "returned"})

Say = Callable[[str], None]


class Way(Enum):
    """What is done with a paper."""

    PRINT = "print"
    SAVE = "save"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The paper of a record; ``log`` says on the writer's lane that it was made."""

    pdf: bytes
    name: str
    family: str
    log: Callable[[], None]


Made = StockPaper | PrintedForm | FilledForm


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper that can be made: its words, and what makes it on the reader's lane."""

    words: str
    make: Callable[[], Made]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen on the page, which papers are about."""

    lot: LotLine | None = None
    place: PlaceLine | None = None
    kits: int = 0
    line: LedgerLine | None = None


def papers(desk: Desk, chosen: Chosen, today: date) -> list[Paper]:
    """Return the papers that can be made of what is chosen, and of the whole stock."""
    return [*_of_place(desk, chosen), *_of_lot(desk, chosen), *_of_all(desk, today)]


def _of_place(desk: Desk, chosen: Chosen) -> list[Paper]:
    found = []
    place, line = chosen.place, chosen.line
    if place is not None:
        made = partial(stock_papers.count_sheet, desk, place.place)
        blind = partial(stock_papers.count_sheet, desk, place.place, blind=True)
        found.append(Paper(tr("Count sheet, {place}", place=place.name), made))
        found.append(
            Paper(tr("Count sheet without the books' numbers, {place}", place=place.name), blind)
        )
    if line is not None and line.move in _ON_THE_WAY:
        slip = partial(stock_papers.transfer_slip, desk, line.from_place, line.to_place, line.day)
        found.append(
            Paper(
                tr("Transfer slip, {start} to {end}", start=line.from_name, end=line.to_name), slip
            )
        )
    if line is not None and line.move in (*HAND_OUTS, "used") and not line.reverses:
        words = (
            tr("Report of the use of {day}", day=_day(line.day))
            if line.move == "used"
            else tr("Form of the hand-out of {day}", day=_day(line.day))
        )
        found.append(Paper(words, partial(_filled, desk, line)))
    return found


def _of_lot(desk: Desk, chosen: Chosen) -> list[Paper]:
    lot = chosen.lot
    if lot is None:
        return []
    count = max(1, min(SHEET, chosen.kits or SHEET))
    return [
        Paper(
            tr("{count} labels, lot {lot}", count=count, lot=lot.lot_number),
            partial(stock_papers.labels, desk, lot.lot, count),
        ),
        Paper(
            tr("Recall list, lot {lot}", lot=lot.lot_number),
            partial(stock_papers.recall_list, desk, lot.lot),
        ),
    ]


def _of_all(desk: Desk, today: date) -> list[Paper]:
    last = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    found = [
        Paper(
            tr("Reconciliation, {month}", month=month(which).label),
            partial(stock_papers.reconciliation, desk, which),
        )
        for which in (last, f"{today:%Y-%m}")
    ]
    if any(desk.may("count", "*", family) for family in ("law", "supply")):
        report = partial(_report, desk, last)
        found.append(Paper(tr("Naloxone report, {month}", month=month(last).label), report))
    if desk.may("print", "standing_order", "shared"):
        orders = partial(register, desk, today.isoformat())
        found.append(Paper(tr("Standing-order register"), orders))
    found += [
        Paper(tr(words), partial(_blank, desk, form))
        for form, words in BLANK_FORMS.items()
        if desk.shelf.knows(form)
    ]
    return found


def _report(desk: Desk, which: str) -> StockPaper:
    from leadapp.services import reporting  # loaded on its lane, when first needed

    report = reporting.run_report(desk, "naloxone", which)
    return StockPaper(reporting.print_paper(desk, report).pdf, f"naloxone-{which}.pdf")


def _blank(desk: Desk, form: str) -> PrintedForm:
    return printing.blank(desk, desk.shelf.source(form))


def _filled(desk: Desk, line: LedgerLine) -> FilledForm:
    """Return the form behind a hand-out or a use, as its record stands; what is not open is refused."""
    behind = stock_papers.form_behind(desk, line.movement, line.lot)
    stored = desk.reader.record(behind.ring, behind.record)
    if stored is None:
        raise Refusal("services.no_form_behind")
    form = printing.filled(desk, stored)
    log = partial(printing.printed, desk, stored)
    return FilledForm(form.pdf, form.name, family_of(stored.ring), log)


def _day(iso: str) -> str:
    day = day_of(iso)
    return tr("no day") if day is None else say_date(day)


def register(desk: Desk, day: str) -> StockPaper:
    return stock_papers.standing_orders(desk, stock.standing_orders(desk, day))


def paper_menu(
    parent: QWidget, found: Sequence[Paper], chosen: Callable[[Paper], object], way: Way
) -> QMenu:
    """Return the menu of papers; ``chosen`` gets the one wanted."""
    menu = QMenu(parent)
    menu.setAccessibleName(
        {
            Way.PRINT: tr("Print a paper"),
            Way.SAVE: tr("Save a paper as PDF"),
            Way.SEND: tr("Put a paper into the outbox"),
        }[way]
    )
    for one in found:
        action = menu.addAction(one.words.replace("&", "&&"))
        action.triggered.connect(lambda _on=False, wanted=one: chosen(wanted))
    return menu


def pop_up(menu: QMenu, at: QPoint) -> None:
    """Show a menu with its first line chosen, so that Enter does something at once."""
    menu.aboutToHide.connect(menu.deleteLater)
    if menu.actions():
        menu.setActiveAction(menu.actions()[0])
        menu.popup(at)


def make_paper(
    parent: QWidget,
    desk: Desk,
    work: Work,
    wanted: Paper,
    hand_out: Callable[[Made], None],
    failed: Callable[[LeadappError], None],
) -> None:
    """Make a paper, log it, then hand it out; what cannot be logged is not handed out."""

    def made(paper: Made) -> None:
        usual = partial(stock_papers.printed, desk)
        log = paper.log if isinstance(paper, FilledForm) else usual
        work.run(Lane.WRITER, log, lambda _none: hand_out(paper), failed, owner=parent)

    work.run(Lane.READER, wanted.make, made, failed, owner=parent)
