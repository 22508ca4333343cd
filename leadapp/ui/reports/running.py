"""A report made ready to be shown: run, laid out on paper, its numbers found on the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.measures.figures import Row
from leadapp.measures.layouts import heads_of
from leadapp.measures.periods import Period
from leadapp.services import browsing, persons, previewing, questions, reporting
from leadapp.services.desk import Desk, family_of
from leadapp.services.reporting import Report
from leadapp.ui.reports.copies import INTERNAL, PUBLICATION, SUBMISSION
from leadapp.ui.reports.figure_pane import Behind, Told
from leadapp.ui.reports.sheet import Spot

THIS = "this"


@dataclass(frozen=True, slots=True)
class Paper:
    """A report on paper."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    spots: tuple[Spot, ...]
    check_code: str


@dataclass(frozen=True, slots=True)
class Fixes:
    """Records of the period that have an open problem."""

    lines: tuple[Behind, ...]
    total: int


def paper_of(desk: Desk, report: Report) -> Paper:
    """Lay a report out. Any lane but the window's."""
    printed = reporting.print_paper(desk, report)
    spots = tuple(
        Spot(one.page, one.rect, one.measure_id, one.column, one.group, one.name)
        for one in printed.hot_spots
    )
    return Paper(printed.pdf, previewing.page_sizes(printed.pdf), spots, printed.check_code)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown: which report, of which days, which copy."""

    name: str
    period: Period
    copy: str = INTERNAL
    funder: str = ""


def soonest(desk: Desk, wanted: Wanted) -> Report:
    """Run what can be looked at soonest; a publication copy is whole or it is not. Reader lane."""
    if wanted.copy == PUBLICATION:
        return whole(desk, wanted)
    part = reporting.soonest_part(desk)
    return _for(wanted, reporting.run_report(desk, wanted.name, wanted.period.name, part=part))


def whole(desk: Desk, wanted: Wanted) -> Report:
    """Run all of it. Reader lane."""
    report = reporting.run_report(desk, wanted.name, wanted.period.name)
    if wanted.copy == PUBLICATION:
        return reporting.published(desk, report)
    return _for(wanted, report)


def _for(wanted: Wanted, report: Report) -> Report:
    if wanted.copy == SUBMISSION and wanted.funder:
        return reporting.for_funder(report, wanted.funder)
    return report


def column_of(report: Report, written: str) -> str | None:
    """Return the report's own name of a column as the page writes it; ``None`` for a month."""
    if not written:
        return THIS
    if written in report.periods:
        return written
    return next((name for name, head in heads_of(report.periods).items() if head == written), None)


def month_of(report: Report, spot: Spot) -> str:
    """Return the month ("2026-09") that a column of a chart stands for, "" for none."""
    for period, _figure in report.months.get(spot.measure, ()):
        if spot.column in (period.label, period.short):
            return f"{period.start:%Y-%m}"
    return ""


def told(desk: Desk, report: Report, spot: Spot) -> Told:
    """Return a number with its definition and records. Reader lane."""
    column = column_of(report, spot.column)
    if column is None:
        raise Refusal("services.no_such_figure")
    group = spot.group or None
    opened = reporting.open_figure(desk, report, spot.measure, column, group)
    rows = reporting.rows_of(desk, report, spot.measure, column)
    expected = _expected(report, spot, column, rows)
    people = {row.record_id: row.person_id for row in rows}
    names = persons.names(desk, {people.get(one.record, "") for one in opened.lines})
    lines = [
        Behind(
            one.ring,
            one.record,
            one.title,
            one.day,
            one.may_open,
            names.get(people.get(one.record, ""), ""),
        )
        for one in opened.lines
    ]
    lines.sort(key=lambda line: line.day, reverse=True)
    label, _, number = spot.name.rpartition(", ")
    return Told(label, number, opened.words, opened.records, expected, tuple(lines))


def fixes(desk: Desk, period: Period) -> Fixes:
    """Return what is to be mended before the numbers are relied on. Reader lane."""
    query = questions.to_fix(period)
    lines = tuple(
        Behind(
            line.ring,
            line.record,
            line.title,
            line.day,
            desk.may("view", line.kind, family_of(line.ring)),
        )
        for line in browsing.records(desk, query)
    )
    return Fixes(lines, browsing.count(desk, query))


def _expected(report: Report, spot: Spot, column: str, rows: list[Row]) -> int:
    """Return how many records the printed number rests on, by another way than opening it."""
    figure = report.figures[spot.measure, column]
    if report.measures[spot.measure].is_ratio:
        return len(_keys(rows))
    if not spot.group:
        return figure.records
    groups = spot.group.split(" ")
    if figure.unit == "events":
        return round(sum(figure.by_group.get(one, 0) for one in groups))
    return len(_keys(row for row in rows if row.group in groups))


def _keys(rows: Iterable[Row]) -> set[tuple[str, str]]:
    """Return the records of a figure's rows, each once."""
    return {(row.ring, row.record_id) for row in rows}
