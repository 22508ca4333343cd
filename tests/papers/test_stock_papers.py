"""Stock papers: what stands on them is read back from the page; labels stand on their grid."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from leadapp.core.errors import Refusal
from leadapp.papers.count_sheet import CountSheet, CountSheetLine, render_count_sheet
from leadapp.papers.labels import A_SHEET, Label, LabelPaper, place_of, render_labels
from leadapp.papers.press import Press
from leadapp.papers.reading import structure, text_of_pages
from leadapp.papers.recall_list import RecallEvent, RecallList, RecallPlace, render_recall_list
from leadapp.papers.reconciliation import (
    ReconciledLot,
    ReconciledMove,
    ReconciledPlace,
    Reconciliation,
    render_reconciliation,
)
from leadapp.papers.standing_orders import (
    StandingOrderLine,
    StandingOrders,
    render_standing_orders,
)
from leadapp.papers.stock_frame import Stamp
from leadapp.papers.transfer_slip import SlipLine, TransferSlip, render_transfer_slip
from tests.papers.looking import smallest_letter, squeezed, words_at

STAMP = Stamp("Alder County", "N. Ellison", datetime(2026, 11, 22, 14, 41, tzinfo=UTC))
INCH = 72


def count_sheet(lots: int = 3, *, blind: bool = False) -> CountSheet:
    lines = tuple(
        CountSheetLine(f"NX{4102 + n}", "Nasal 4 mg", "Aug 31, 2027", 2, 12 + n)
        for n in range(lots)
    )
    return CountSheet(STAMP, "Sheriff, front desk cabinet", "Books as of today", lines, blind)


def slip() -> TransferSlip:
    lines = (
        SlipLine("NX4102", "Nasal 4 mg", "Aug 31, 2027", 6, 12),
        SlipLine("B-77", "Nasal 8 mg", "Jan 31, 2028", 0, 1),
    )
    return TransferSlip(
        STAMP, "Central store", "Unit 9", "Sun Nov 22, 2026", lines, number="k3Fj8aQx"
    )


def lot(number: str, *figures: int) -> ReconciledLot:
    return ReconciledLot(number, "Nasal 4 mg", figures[0], tuple(figures[1:-1]), figures[-1])


def reconciliation(moves: int = 2) -> Reconciliation:
    return Reconciliation(
        STAMP,
        "October 2026",
        (
            lot("NX4102", 100, 48, -14, -3, -7, -2, 0, 0, 122),
            lot("NX4390", 0, 1200, -8, 0, 0, 0, -2, 5, 1195),
        ),
        ReconciledLot("All lots", "", 100, (1248, -22, -3, -7, -2, -2, 5), 1317),
        (
            ReconciledPlace("Central store", "NX4102", "Aug 31, 2027", 59, 119),
            ReconciledPlace("Unit 9", "NX4102", "Aug 31, 2027", 1, 3),
            ReconciledPlace("Unit 12", "NX4390", "Jan 31, 2028", 0, -4),
        ),
        tuple(
            ReconciledMove(
                "Oct 3", "Given to the public", "NX4102", "Unit 9", f"To people {n}", "1", 2,
                "Books were short",
            )
            for n in range(moves)
        ),
        moves_left_out=7,
        remarks=("Lot NX4390 is over-issued at Unit 12: 4 doses below nothing.",),
    )  # fmt: skip


def recall() -> RecallList:
    return RecallList(
        STAMP,
        "NX4102",
        "Nasal 4 mg",
        "Aug 31, 2027",
        (RecallPlace("Central store", 10, 21), RecallPlace("Unit 9", 1, 2)),
        (RecallEvent("Oct 3, 2026", "Left after an overdose", "Deputy", "Sheriff", "1", 2),),
        (RecallEvent("Oct 9, 2026", "Use report", "Law enforcement", "Sheriff", "", 3),),
        not_open="Not on this list, because it is not open here: law enforcement contacts.",
    )


def orders() -> StandingOrders:
    line = StandingOrderLine(
        "Statewide", "State Health Director", "Alder County", "Any", "Jul 1, 2023", "", "In force"
    )
    return StandingOrders(STAMP, "Nov 22, 2026", (line,))


def labels(count: int, start: int = 1, **more: str) -> LabelPaper:
    cells = {
        "product": "Nasal 4 mg",
        "last_day": "Aug 31, 2027",
        "county": "Alder County",
        "contents": "2 doses",
    }
    made = tuple(Label(lot_number=f"NX{1000 + n}", **{**cells, **more}) for n in range(count))
    return LabelPaper(STAMP, made, start)


Render = Callable[[Press], bytes]
PAPERS: dict[str, Render] = {
    "count": lambda press: render_count_sheet(count_sheet(), press),
    "blind": lambda press: render_count_sheet(count_sheet(blind=True), press),
    "slip": lambda press: render_transfer_slip(slip(), press),
    "reconciliation": lambda press: render_reconciliation(reconciliation(), press),
    "recall": lambda press: render_recall_list(recall(), press),
    "orders": lambda press: render_standing_orders(orders(), press),
    "labels": lambda press: render_labels(labels(31), press),
}


@pytest.mark.parametrize("name", PAPERS)
def test_each_paper_is_tagged_dated_classed_and_the_same_bytes_twice(
    press: Press, name: str
) -> None:
    pdf = PAPERS[name](press)
    assert PAPERS[name](press) == pdf
    pages = text_of_pages(pdf)
    for number, page in enumerate(pages, 1):
        assert "Internal copy" in page
        assert "N. Ellison" in page
        assert f"Page {number} of {len(pages)}" in page
        assert "papers." not in page
    elements = [one for page in structure(pdf) for top in page for one in top.walk()]
    assert elements
    assert smallest_letter(pdf) >= 8


@pytest.mark.parametrize("name", sorted(set(PAPERS) - {"labels"}))
def test_tables_have_heads_and_a_title(press: Press, name: str) -> None:
    pages = structure(PAPERS[name](press))
    kinds = {one.kind for page in pages for top in page for one in top.walk()}
    assert {"H1", "Table", "TR", "TH", "TD"} <= kinds


def test_a_count_sheet_has_every_lot_and_what_the_books_say(press: Press) -> None:
    text = squeezed(" ".join(text_of_pages(render_count_sheet(count_sheet(), press))))
    for n in range(3):
        assert f"NX{4102 + n}Nasal4mgAug31,20272{12 + n}" in text
    assert "Countedby" in text
    assert "Secondperson" in text


def test_a_blind_count_sheet_does_not_tell(press: Press) -> None:
    text = squeezed(" ".join(text_of_pages(render_count_sheet(count_sheet(blind=True), press))))
    assert "Onthebooks" not in text
    assert "NX4102Nasal4mgAug31,20272NX4103" in text


def test_a_count_sheet_of_many_lots_goes_on_with_its_head(press: Press) -> None:
    pages = text_of_pages(render_count_sheet(count_sheet(80), press))
    assert len(pages) > 2
    assert all("Use through" in page for page in pages[:-1])
    text = squeezed("".join(pages))
    places = [text.index(f"NX{4102 + n}") for n in range(80)]
    assert places == sorted(places)


def test_a_slip_adds_up_kits_and_doses(press: Press) -> None:
    (page,) = text_of_pages(render_transfer_slip(slip(), press))
    text = squeezed(page)
    assert "Transfer:CentralstoretoUnit9" in text
    assert "B-77Nasal8mgJan31,202801" in text
    assert "Alllots613" in text
    assert "Slipk3Fj8aQx" in text


def test_a_reconciliation_says_each_line_as_it_adds_up(press: Press) -> None:
    text = squeezed(" ".join(text_of_pages(render_reconciliation(reconciliation(), press))))
    minus = "\N{MINUS SIGN}"
    assert f"NX4102Nasal4mg10048{minus}14{minus}3{minus}7{minus}200122" in text
    assert f"Alllots1001,248{minus}22{minus}3{minus}7{minus}2{minus}251,317" in text
    assert f"Unit12NX4390Jan31,20280{minus}4" in text
    assert "Booksbehind" not in text
    assert "7furthermovements" in text
    assert "over-issued" in text


def test_a_long_month_goes_on(press: Press) -> None:
    pages = text_of_pages(render_reconciliation(reconciliation(200), press))
    text = squeezed("".join(pages))
    assert all(f"Topeople{n}" in text for n in range(200))


def test_a_recall_list_has_places_hand_outs_uses_and_what_is_missing(press: Press) -> None:
    (page,) = text_of_pages(render_recall_list(recall(), press))
    text = squeezed(page)
    assert "Allplaces1123" in text
    assert "LeftafteranoverdoseDeputySheriff12" in text
    assert "UsereportLawenforcementSheriff3" in text
    assert "lawenforcementcontacts" in text
    assert "No names of people" in page


def test_empty_papers_say_so(press: Press) -> None:
    bare = replace(recall(), places=(), handed_out=(), used=(), not_open="")
    (page,) = text_of_pages(render_recall_list(bare, press))
    assert page.count("Nothing to list.") == 3


def test_the_label_grid_is_that_of_the_sheet(press: Press) -> None:
    assert place_of(0) == (0.1875 * INCH, 0.5 * INCH)
    assert place_of(1) == (2.9375 * INCH, 0.5 * INCH)
    assert place_of(2) == (5.6875 * INCH, 0.5 * INCH)
    assert place_of(3) == (0.1875 * INCH, 1.5 * INCH)
    assert place_of(29) == (5.6875 * INCH, 9.5 * INCH)
    right, bottom = place_of(29)[0] + 2.625 * INCH, place_of(29)[1] + INCH
    assert (8.5 * INCH - right, 11 * INCH - bottom) == (0.1875 * INCH, 0.5 * INCH)


def test_each_label_has_its_words_and_nothing_stands_between_labels(press: Press) -> None:
    pdf = render_labels(labels(A_SHEET), press)
    for n in range(A_SHEET):
        left, top = place_of(n)
        inside = words_at(pdf, 0, (left + 4, top + 4, 189 - 8, 72 - 8))
        assert inside == f"AlderCounty2dosesNasal4mgLotNX{1000 + n}UsethroughAug31,2027"
    for column in range(2):
        gap = (place_of(column)[0] + 189 - 4, 36.0, 9.0 + 8, 720.0)
        assert words_at(pdf, 0, gap) == ""
    for row in range(10):
        assert words_at(pdf, 0, (0, 36 + row * 72 - 5, 612, 10)) == ""


def test_labels_ask_to_be_printed_unscaled_on_letter_paper(press: Press) -> None:
    with pikepdf.open(io.BytesIO(render_labels(labels(1), press))) as pdf:
        assert pdf.Root.ViewerPreferences.PrintScaling == pikepdf.Name("/None")
        assert [float(edge) for edge in pdf.pages[0].mediabox] == [0, 0, 612, 792]


def test_labels_start_where_the_sheet_is_still_whole_and_go_on(press: Press) -> None:
    pdf = render_labels(labels(4, start=29), press)
    assert len(text_of_pages(pdf)) == 2
    assert words_at(pdf, 0, (*place_of(27), 189, 72)) == ""
    assert "NX1000" in words_at(pdf, 0, (*place_of(28), 189, 72))
    assert "NX1001" in words_at(pdf, 0, (*place_of(29), 189, 72))
    assert "NX1002" in words_at(pdf, 1, (*place_of(0), 189, 72))
    assert "NX1003" in words_at(pdf, 1, (*place_of(1), 189, 72))


@pytest.mark.parametrize("start", [0, 31, -3])
def test_a_start_off_the_sheet_is_refused(press: Press, start: int) -> None:
    with pytest.raises(Refusal):
        render_labels(labels(1, start=start), press)


def test_long_words_stay_on_their_label(press: Press) -> None:
    long = "Injection, vial 0.4 mg, with two syringes and gloves in a red pouch " * 3
    paper = labels(3, product=long, county="The united counties of Alder, Birch and Cedar " * 2)
    pdf = render_labels(paper, press)
    assert words_at(pdf, 0, (place_of(0)[0] + 189 - 5, 36, 19, 72)) == ""
    inside = words_at(pdf, 0, (*place_of(0), 189, 72))
    assert "…" in inside
    assert "LotNX1000" in inside
    assert smallest_letter(pdf) >= 8
