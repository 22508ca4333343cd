"""The copies of a report: internal, for one funder, and for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, derive_id
from leadapp.journal.rings import SHARED
from leadapp.papers.reading import figures_of, text_of_pages
from leadapp.services import reporting
from leadapp.services.desk import Desk
from leadapp.services.reporting import run_report
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite
from tests.services.made_county import LAW, new_desk, put

OCTOBER = "2026-10"


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path, law=True, roles=frozenset({Role.LAW_SUPERVISOR}))
    for detail, count in (("resolved_on_scene", 14), ("resources_declined", 12), ("arrest", 3)):
        for _ in range(count):
            contact(desk, detail)
    yield desk
    desk.close()


def contact(desk: Desk, detail: str, day: str = "2026-10-19") -> None:
    ending = "arrest" if detail == "arrest" else "scene"
    answers = {"when": f"{day}T10:00:00.000-07:00", "ending": ending, "ending_detail": detail}
    put(desk, LAW, "cit_contact", answers, days_ago=20)


def coordinate(desk: Desk) -> None:
    """Let the person be coordinator too: who publishes."""
    desk.roles |= {Role.COORDINATOR}


def shown(report: reporting.Report, desk: Desk) -> dict[tuple[str, str], str]:
    figures = figures_of(reporting.print_paper(desk, report).pdf)
    return {
        (one["measure"], one["group"]): one["shown"]
        for one in figures["values"]
        if one["column"] == "this"
    }


def test_small_counts_are_hidden_and_what_would_give_them_away(car: Desk) -> None:
    report = reporting.published(car, run_report(car, "monthly", OCTOBER))
    told = shown(report, car)
    assert told["cit_contacts_all", ""] == told["cit_contacts", ""] == "29"
    assert told["cit_contacts", "arrest"] == told["cit_arrests", ""] == "*"
    assert told["cit_arrest_rate", ""] == "*"
    assert told["cit_contacts", "resources_declined"] == "*"
    assert told["cit_contacts_by_class", "scene"] == "*"
    assert told["cit_veteran", ""] == "0"


def test_no_hidden_value_is_in_the_file(car: Desk) -> None:
    report = reporting.published(car, run_report(car, "monthly", OCTOBER))
    figures = figures_of(reporting.print_paper(car, report).pdf)
    hidden = [one for one in figures["values"] if one["shown"] == "*"]
    assert hidden
    assert all(one["value"] is None for one in hidden)
    points = [one for chart in figures["printed"]["charts"] for one in chart["points"]]
    assert {one["value"] for one in points if one["shown"] == "*"} == {None}
    assert figures["copy"] == "publication"
    assert {one["column"] for one in figures["values"]} == {"this"}


def test_cautions_of_a_publication_say_no_numbers(car: Desk) -> None:
    report = run_report(car, "monthly", OCTOBER)
    assert any(sentence.startswith("29 CIT contacts") for sentence in report.cautions)
    public = reporting.published(car, report)
    assert any(sentence.startswith("Some CIT contacts") for sentence in public.cautions)
    assert not any(character.isdigit() for one in public.cautions for character in one)


def test_only_ended_whole_periods_are_published(car: Desk) -> None:
    for period, code in (
        ("2026-11", "services.publication_not_over"),
        ("2026-10-YTD", "services.publication_not_standard"),
        ("2026-10-01..2026-10-31", "services.publication_not_standard"),
    ):
        with pytest.raises(Refusal) as refused:
            reporting.published(car, run_report(car, "monthly", period))
        assert refused.value.code == code


def test_it_leaves_read_and_by_a_coordinator_and_is_remembered(car: Desk) -> None:
    report = reporting.published(car, run_report(car, "monthly", OCTOBER))
    car.roles = frozenset({Role.LAW_SUPERVISOR})
    with pytest.raises(Refusal, match="publication_by_whom"):
        reporting.release(car, report, "print", reviewed=True)
    coordinate(car)
    with pytest.raises(Refusal, match="publication_not_read"):
        reporting.release(car, report, "print")
    assert not reporting.released(car)
    reporting.release(car, report, "print", reviewed=True)
    kept = reporting.released(car)[0]
    assert kept.name == "monthly 2026-10"
    assert kept.cells["cit_contacts_all"] == 29
    assert "cit_arrests" not in kept.cells
    assert "print" in {line.act for line in car.reader.accesses(SHARED)}


def test_late_entries_do_not_show_by_publishing_again(car: Desk) -> None:
    coordinate(car)
    first = reporting.published(car, run_report(car, "monthly", OCTOBER))
    reporting.release(car, first, "print", reviewed=True)
    same = reporting.published(car, run_report(car, "monthly", OCTOBER))
    assert shown(same, car)["cit_contacts_all", ""] == "29"
    contact(car, "resolved_on_scene")
    again = reporting.published(car, run_report(car, "monthly", OCTOBER))
    assert shown(again, car)["cit_contacts_all", ""] == "*"


def test_a_quarter_after_its_months_does_not_tell_the_month_left_out(car: Desk) -> None:
    coordinate(car)
    for _ in range(12):
        contact(car, "resolved_on_scene", "2026-08-04")
    contact(car, "resolved_on_scene", "2026-07-04")
    for period in ("2026-07", "2026-08"):
        out = reporting.published(car, run_report(car, "monthly", period))
        reporting.release(car, out, "print", reviewed=True)
    quarter = reporting.published(car, run_report(car, "monthly", "2026-Q3"))
    assert quarter.figures["cit_contacts_all", "this"].value == 13
    assert shown(quarter, car)["cit_contacts_all", ""] == "*"


def test_a_submission_is_exact_and_names_its_funder(car: Desk) -> None:
    with pytest.raises(Refusal):
        reporting.submission("  ")
    report = run_report(car, "monthly", OCTOBER)
    out = reporting.for_funder(report, "State block grant")
    text = text_of_pages(reporting.print_paper(car, out).pdf)[0]
    assert "For State block grant alone." in text
    assert "not for publication" in text
    assert shown(out, car)["cit_arrests", ""] == "3"


@pytest.mark.parametrize(
    ("name", "period", "file"),
    [
        ("monthly", "2026-10", "monthly-summary-2026-10.pdf"),
        ("monthly", "2026-Q3", "quarterly-summary-2026-q3.pdf"),
        ("monthly", "FY2026-07", "yearly-summary-fy2026-07.pdf"),
        ("naloxone", "2026-10-YTD10", "naloxone-report-2026-10-ytd10.pdf"),
        ("naloxone", "2026-10-01..2026-10-05", "naloxone-report-2026-10-01-to-2026-10-05.pdf"),
    ],
)
def test_title_and_file_follow_the_period(car: Desk, name: str, period: str, file: str) -> None:
    report = run_report(car, name, period)
    assert reporting.file_name(report) == file
    assert report.title in text_of_pages(reporting.print_paper(car, report).pdf)[0]


def test_a_year_has_no_second_column_of_itself(car: Desk) -> None:
    assert list(run_report(car, "monthly", "FY2026-10").periods) == ["this", "previous"]
    assert list(run_report(car, "monthly", "2026-Q3").periods) == ["this", "previous", "so_far"]


def test_who_may_count_nothing_of_a_report_is_not_offered_it(tmp_path: Path) -> None:
    desk = new_desk(tmp_path, roles=frozenset({Role.COORDINATOR}))
    try:
        assert [one.name for one in reporting.offered(desk)] == ["monthly", "naloxone"]
        assert "law" in reporting.offered(desk)[0].missing
        desk.roles = frozenset({Role.STOCK_MANAGER})
        assert [one.name for one in reporting.offered(desk)] == ["naloxone"]
        desk.roles = frozenset({Role.AUDITOR})
        assert not reporting.offered(desk)
    finally:
        desk.close()


def test_a_countys_own_year_and_threshold_are_gone_by(car: Desk) -> None:
    setting(car, "year_starts_in", "7")
    setting(car, "publication_threshold", "5")
    report = run_report(car, "monthly", OCTOBER)
    assert report.periods["so_far"].label == "July 1, 2026 to October 31, 2026"
    out = reporting.published(car, report)
    assert shown(out, car)["cit_arrests", ""] == "*"
    contact(car, "arrest")
    contact(car, "arrest")
    out = reporting.published(car, run_report(car, "monthly", OCTOBER))
    assert shown(out, car)["cit_arrests", ""] == "5"
    assert "* is 1 to 4" in text_of_pages(reporting.print_paper(car, out).pdf)[0]


def setting(desk: Desk, name: str, value: str) -> None:
    values = {"name": name, "value": value}
    record = RecordId(derive_id(desk.device.program_id, "setting", name))
    now = desk.clock.now()
    write = RecordWrite(record, FormId("_setting"), "1", "save", values, desk.user, now)
    desk.archive.write(SHARED, [write])


@pytest.mark.parametrize("name", reporting.REPORTS)
def test_nothing_small_is_told_of_a_whole_county_month_after_month(county, name: str) -> None:
    with county.desk("coordinator") as desk:
        for period in ("2026-08", "2026-09", "2026-10", "2026-Q3"):
            report = reporting.published(desk, run_report(desk, name, period))
            assert not any(0 < value < 11 for value in report.told.values())
            assert report.hidden
            before = {one.name: one.cells for one in reporting.released(desk)}
            months = [before.get(f"{name} {one}", {}) for one in ("2026-08", "2026-09")]
            for cell, value in report.told.items():
                for told in months if period == "2026-Q3" else ():
                    assert not 0 < value - told.get(cell, value) < 11
            reporting.release(desk, report, "print", reviewed=True)


def test_doses_used_by_responders_are_not_worked_out_from_the_shelves(county) -> None:
    with county.desk("coordinator") as desk:
        report = run_report(desk, "naloxone", "2026-10")
        assert -11 < (report.figures["stock_used", "this"].value or 0) < 0
        told = shown(reporting.published(desk, report), desk)
        hidden = {name for name, _group in told if told[name, _group] == "*"}
        assert {"stock_used", "stock_received", "stock_wasted", "stock_other"} <= hidden
        assert not {"stock_first_day", "stock_given", "stock_last_day"} & hidden
