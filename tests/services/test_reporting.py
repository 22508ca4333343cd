"""Reports over real rings: parts counted sooner, figures opened, rights, closed rings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.papers.reading import figures_of, text_of_pages
from leadapp.services import reporting
from leadapp.services.desk import Desk
from leadapp.services.reporting import run
from leadapp.staff.roles import Role
from tests.services.made_county import LAW, new_desk, put
from tests.services.two_computers import office_and_law

MONTH = "2026-11"


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path, law=True, roles=frozenset({Role.LAW_SUPERVISOR}))
    for ending in ("scene", "scene", "arrest", "care"):
        contact(desk, ending)
    yield desk
    desk.close()


def contact(desk: Desk, ending: str, days_ago: int = 3) -> None:
    """Write a contact of this month."""
    detail = {"scene": "resolved_on_scene", "arrest": "arrest"}.get(ending, "")
    answers = {"when": "2026-11-19T10:00:00.000-07:00", "ending": ending}
    answers |= {"ending_detail": detail} if detail else {}
    put(desk, LAW, "cit_contact", answers, days_ago=days_ago)


def test_a_part_counts_the_same_as_the_whole(car: Desk) -> None:
    whole = reporting.monthly(car, MONTH)
    for part in ("boxes", "first_page"):
        sooner = reporting.monthly(car, MONTH, part=part)
        assert sooner.figures
        assert all(whole.figures[key] == found for key, found in sooner.figures.items())
        assert len(sooner.figures) < len(whole.figures)


def test_page_one_comes_first_where_there_are_many_records(
    car: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert reporting.soonest_part(car) == "all"
    monkeypatch.setattr(run, "MANY_RECORDS", 1)
    assert reporting.soonest_part(car) == "first_page"


def test_a_figure_opens_exactly_the_records_it_counts(car: Desk) -> None:
    report = reporting.monthly(car, MONTH)
    opened = reporting.open_figure(car, report, "cit_contacts")
    assert (opened.text, opened.records, len(opened.lines)) == ("4", 4, 4)
    arrests = reporting.open_figure(car, report, "cit_contacts", group="arrest citation")
    assert arrests.records == 1
    assert all(line.may_open for line in opened.lines)


def test_a_closed_ring_is_named_and_its_figures_are_a_dash(car: Desk) -> None:
    report = reporting.monthly(car, MONTH)
    assert "care" in report.missing
    assert report.figures["lead_active", "this"].value is None
    with pytest.raises(Refusal):
        reporting.open_figure(car, report, "no_such_measure")


def test_the_paper_says_the_figures_and_carries_them(car: Desk) -> None:
    report = reporting.monthly(car, MONTH)
    paper = reporting.print_paper(car, report)
    assert "Monthly summary: November 2026" in text_of_pages(paper.pdf)[0]
    shown = {
        (value["measure"], value["column"]): value["shown"]
        for value in figures_of(paper.pdf)["values"]
        if not value.get("group")
    }
    assert shown["cit_contacts", "this"] == "4"
    assert len(text_of_pages(paper.pdf)) <= 6
    assert reporting.print_paper(car, report).pdf == paper.pdf


@pytest.mark.parametrize("period", ["2026-13", "october", "2027-01"])
def test_a_period_that_is_none_or_has_not_begun_is_refused(car: Desk, period: str) -> None:
    with pytest.raises(Refusal):
        reporting.monthly(car, period)


def test_a_computer_that_has_not_exchanged_yet_is_named(tmp_path: Path) -> None:
    office, _ = office_and_law(tmp_path)
    with office.desk() as desk:
        made = reporting.print_paper(desk, reporting.monthly(desk, MONTH))
    said = "\n".join(text_of_pages(made.pdf))
    assert "Dan Halvorsen" in said
    assert "Nothing yet: it has not exchanged" in said
