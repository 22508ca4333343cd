"""Lists of records on paper."""

from __future__ import annotations

from datetime import UTC, datetime

from leadapp.papers.press import Press
from leadapp.papers.reading import structure, text_of_pages
from leadapp.papers.record_list import ListColumn, ListPaper, render_list
from tests.papers.looking import squeezed

_PRINTED = datetime(2025, 11, 3, 0, 5, tzinfo=UTC)


def paper(*rows: tuple[str, ...]) -> ListPaper:
    """Return a list of two columns."""
    columns = (ListColumn("When", 1), ListColumn("What", 3))
    return ListPaper("Alder", "Accesses", "internal", columns, rows, "N. Ellison", _PRINTED)


def test_every_row_is_there_in_order_and_the_head_on_each_page(press: Press) -> None:
    rows = tuple((f"day {n}", f"record {n} was opened") for n in range(150))
    pages = text_of_pages(render_list(paper(*rows), press))
    assert len(pages) > 2
    assert all("When" in page for page in pages)
    text = squeezed("".join(pages))
    places = [text.index(squeezed(f"day {n}record {n} was")) for n in range(150)]
    assert places == sorted(places)


def test_repeated_heads_are_tagged_once(press: Press) -> None:
    rows = tuple((f"day {n}", "opened") for n in range(150))
    pages = structure(render_list(paper(*rows), press))
    elements = [[e for top in page for e in top.walk()] for page in pages]
    heads = [[e for e in page if e.scope == "Column"] for page in elements]
    assert [len(head) for head in heads] == [2, *[0] * (len(pages) - 1)]


def test_a_row_longer_than_a_page_goes_on(press: Press) -> None:
    text = "".join(f"w{n} " for n in range(4000))
    pages = text_of_pages(render_list(paper(("day", text)), press))
    found = squeezed("".join(pages))
    assert len(pages) > 1
    assert all(f"w{n}w{n + 1}" in found for n in range(50))
    assert "w3999" in found


def test_midnight_is_twelve_am(press: Press) -> None:
    (page,) = text_of_pages(render_list(paper(("a", "b")), press))
    assert "Mon Nov 3, 2025, 12:05 am" in page


def test_an_empty_list_says_so(press: Press) -> None:
    (page,) = text_of_pages(render_list(paper(), press))
    assert "Nothing to list." in page
