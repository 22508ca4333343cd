"""The monthly reconciliation: every lot's first day, ins, outs and last day, and what is odd."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.kinds.cells import spoken
from leadapp.measures.periods import Period, month
from leadapp.naloxone.movements import VIRTUAL_PLACES
from leadapp.naloxone.reconciliation import SORTS, LotMonth, reconcile, together
from leadapp.papers import reconciliation as paper
from leadapp.papers.stock_frame import number
from leadapp.services.desk import Desk
from leadapp.services.stock_papers.books import Books, Moved
from leadapp.services.stock_papers.wording import StockPaper, day_words, press, short_day, stamp


def reconciliation(desk: Desk, period: str) -> StockPaper:
    """Return the ledger paper of a month (``2026-10``). Reader lane."""
    desk.require("print", "movement", "shared")
    found = month(period)
    if found.start > today(desk.clock):
        raise Refusal("services.period_not_begun", period=found.label)
    made = _paper(desk, Books(desk), found)
    return StockPaper(paper.render_reconciliation(made, press()), f"naloxone-ledger-{period}.pdf")


def _paper(desk: Desk, books: Books, period: Period) -> paper.Reconciliation:
    last = books.held_before(period.end)
    lots = tuple(
        sorted(
            reconcile(books.held_before(period.start), books.flows(period), last),
            key=lambda one: (books.lot(one.lot).expiry or "9", books.lot(one.lot).number),
        )
    )
    moves = books.moved(period)
    count, _, _ = counts = books.counts(period)
    return paper.Reconciliation(
        stamp=stamp(desk),
        period_label=period.label,
        lots=tuple(_lot(books, lot) for lot in lots),
        total=_line(press().say("all_lots"), "", together(lots)),
        places=tuple(_places(books, last)),
        moves=tuple(_move(books, move) for move in moves),
        moves_left_out=count - len(moves),
        remarks=tuple(_remarks(books, lots, last, counts)),
    )


def _lot(books: Books, found: LotMonth) -> paper.ReconciledLot:
    lot = books.lot(found.lot)
    return _line(lot.number, lot.product, found)


def _line(name: str, product: str, found: LotMonth) -> paper.ReconciledLot:
    return paper.ReconciledLot(name, product, found.first_day, found.changes, found.last_day)


def _places(books: Books, last: dict[tuple[str, str], int]) -> Iterator[paper.ReconciledPlace]:
    held = [
        (books.place(place).name, books.lot(lot), doses)
        for (lot, place), doses in last.items()
        if place not in VIRTUAL_PLACES
    ]
    for name, lot, doses in sorted(held, key=lambda one: (one[0], one[1].expiry, one[1].number)):
        yield paper.ReconciledPlace(name, lot.number, day_words(lot.expiry), lot.kits(doses), doses)


def _move(books: Books, moved: Moved) -> paper.ReconciledMove:
    return paper.ReconciledMove(
        day=short_day(moved.day),
        what=spoken(moved.move),
        lot_number=books.lot(moved.lot).number,
        from_name=books.place(moved.from_place).name,
        to_name=books.place(moved.to_place).name,
        kits="" if moved.kits is None else str(moved.kits),
        doses=moved.doses,
        remark=_remark(moved),
    )


def _remark(moved: Moved) -> str:
    said = (
        ("shortfall", moved.shortfall),
        ("override", moved.override),
        ("reverses", moved.reverses),
    )
    return ", ".join(press().say(name) for name, so in said if so)


def _remarks(
    books: Books,
    lots: tuple[LotMonth, ...],
    last: dict[tuple[str, str], int],
    counts: tuple[int, int, int],
) -> Iterator[str]:
    ink = press()
    for lot in lots:
        if not lot.adds_up:
            yield ink.say("remark_does_not_add_up", lot=books.lot(lot.lot).number)
    for (name, place), doses in sorted(last.items()):
        if doses < 0 and place not in VIRTUAL_PLACES:
            lot_number, where = books.lot(name).number, books.place(place).name
            yield ink.say("remark_below_zero", lot=lot_number, place=where, doses=-doses)
    _, short, override = counts
    if short:
        yield ink.say("remark_shortfalls", count=short)
    if override:
        yield ink.say("remark_overrides", count=override)
    counted = together(lots).changes[SORTS.index("counted")]
    if counted:
        yield ink.say("remark_differences", doses=number(counted))
    yield from _remarks_on_days(books, lots)


def _remarks_on_days(books: Books, lots: tuple[LotMonth, ...]) -> Iterator[str]:
    ink = press()
    for found in (books.lot(lot.lot) for lot in lots):
        if found.extended_from:
            old, new = day_words(found.extended_from), day_words(found.expiry)
            yield ink.say("remark_extended", lot=found.number, old=old, new=new)
    unread = sum(not books.lot(lot.lot).expiry for lot in lots if lot.last_day)
    if unread:
        yield ink.say("remark_unread", count=unread)
