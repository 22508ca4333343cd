"""The recall list of a lot: shelves that hold it, hand-outs and uses that stand.

Movements are shared by all, so the list is whole on every computer. The occasion of a
hand-out is on its form, and is said only to who may list such forms.
"""

from __future__ import annotations

from leadapp.kinds.cells import spoken
from leadapp.naloxone.movements import USED, VIRTUAL_PLACES
from leadapp.papers.recall_list import RecallEvent, RecallList, RecallPlace, render_recall_list
from leadapp.services.desk import Desk
from leadapp.services.stock_papers.books import Books, Moved
from leadapp.services.stock_papers.forms import forms_behind, may_list
from leadapp.services.stock_papers.wording import StockPaper, day_words, press, stamp

_FAMILIES = ("law", "supply")


def recall_list(desk: Desk, lot: str) -> StockPaper:
    """Return everywhere ``lot`` (its record or number) is or went. Reader lane."""
    desk.require("print", "movement", "shared")
    books = Books(desk)
    found = books.lot(books.lot_called(lot))
    held = sorted(
        (books.place(place).name, doses)
        for (one, place), doses in books.held().items()
        if one == found.id and place not in VIRTUAL_PLACES
    )
    occasions = _occasions(desk, books, found.id)
    left = books.left_shelves(found.id)
    paper = RecallList(
        stamp=stamp(desk),
        lot_number=found.number,
        product=found.product,
        last_day=day_words(found.expiry),
        places=tuple(RecallPlace(name, found.kits(doses), doses) for name, doses in held),
        handed_out=tuple(_event(books, one, occasions) for one in left if one.to_place != USED),
        used=tuple(_event(books, one, occasions) for one in left if one.to_place == USED),
        not_open=_not_open(desk),
    )
    return StockPaper(render_recall_list(paper, press()), f"recall-{found.id[:8]}.pdf")


def _event(books: Books, moved: Moved, occasions: dict[str, str]) -> RecallEvent:
    place = books.place(moved.from_place)
    return RecallEvent(
        day=day_words(moved.day),
        occasion=occasions.get(moved.id) or spoken(moved.move),
        by=place.name,
        agency=place.agency,
        kits="" if moved.kits is None else str(moved.kits),
        doses=moved.doses,
    )


def _occasions(desk: Desk, books: Books, lot: str) -> dict[str, str]:
    """Return the setting of each hand-out of ``lot`` by the movement that stands for its form."""
    return {
        movement: spoken(form.setting) for movement, form in forms_behind(desk, books, lot).items()
    }


def _not_open(desk: Desk) -> str:
    closed = [press().say(f"ring_{one}") for one in _FAMILIES if not may_list(desk, one)]
    return press().say("recall_not_open", what=", ".join(closed)) if closed else ""
