"""A report as run, put into words and figures for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache

from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.journal.rings import SHARED
from leadapp.measures.figures import Figure, number_text
from leadapp.measures.layouts import Bar, Box, Chart, Figures, Line, bars_of, heads_of
from leadapp.papers.charts import BarChart, BarFigure, ColumnChart, ColumnFigure
from leadapp.papers.press import Press, open_press
from leadapp.papers.report import render_report
from leadapp.papers.report_input import (
    BoxFigure,
    Definition,
    FigureRow,
    FigureTable,
    FigureValue,
    MergedDevice,
    RenderedPaper,
    ReportPaper,
)
from leadapp.services.desk import Desk
from leadapp.services.lists import DirectLookup
from leadapp.services.reporting.copies import cell
from leadapp.services.reporting.run import Report
from leadapp.store.reader import Reader

THIS, PREVIOUS = "this", "previous"
NOT_RECORDED = "Not recorded"
HIDDEN = "*"
"""Stands for a number of 1 to 10, and for one that would give such a number away."""


@cache
def press() -> Press:
    """Return what every paper is printed with, opened once."""
    return open_press(resources(), load_words(resources() / "words"))


def print_paper(desk: Desk, report: Report) -> RenderedPaper:
    """Return the report's copy as PDF, with its hot spots."""
    return render_report(paper_of(desk, report), press())


def paper_of(desk: Desk, report: Report) -> ReportPaper:
    """Return everything on the report's copy."""
    layout, period, ink = report.layout, report.period, press()
    names = _group_names(desk, _groups_named(report))
    first = [_table(report, table, names) for table in layout.tables if table.first]
    further = [_table(report, table, names) for table in layout.tables if not table.first]
    return ReportPaper(
        program_name=desk.device.county,
        report_id=layout.id,
        report_version=layout.version,
        title=f"{report.title}: {period.label}",
        report_name=report.title,
        period_label=period.label,
        starts=period.start,
        ends=period.last_day,
        prepared_at=report.made_at,
        prepared_by=desk.name,
        cutoff_label=ink.say("cutoff", moment=ink.moment(report.made_at)),
        copy=report.copy.sort,
        small_counts=ink.say(
            f"small_counts_{report.copy.sort}",
            funder=report.copy.funder,
            most=report.threshold - 1,
        ),
        watermark=ink.say("made_up") if desk.device.made_up else None,
        boxes=tuple(_boxes(report)),
        charts=tuple(_charts(report)),
        tables=tuple(first),
        further=tuple(further),
        cautions=report.cautions,
        definitions=tuple(_definitions(report)),
        rings_open=tuple(ink.say(f"ring_{family}") for family in report.families),
        devices=tuple(
            MergedDevice(name, ink.moment(until) if until else ink.say("merged_never"))
            for name, until in report.devices
        ),
        values=tuple(_values(report)),
    )


def _boxes(report: Report) -> Iterator[BoxFigure]:
    for box in report.layout.boxes:
        yield BoxFigure(box.measure, box.label, _text(report, box.measure), _compared(report, box))


def _compared(report: Report, box: Box) -> str:
    """Return the line under a big number: another measure's, or the period before's."""
    if box.beside:
        return box.words.format(value=_text(report, box.beside))
    if PREVIOUS not in report.periods:
        return ""
    before = report.periods[PREVIOUS]
    named = before.month_name if before.is_standard else press().say("period_before")
    return box.words.format(value=_text(report, box.measure, column=PREVIOUS), period=named)


def _text(report: Report, measure: str, groups: tuple[str, ...] = (), column: str = THIS) -> str:
    """Return a number as this copy prints it; a dash for groups where there is no number."""
    found = report.figures[measure, column]
    if cell(measure, groups) in report.hidden:
        return HIDDEN
    if not groups or found.value is None:
        return found.text
    return number_text(sum(found.by_group.get(group, 0) for group in groups))


def _charts(report: Report) -> Iterator[BarChart | ColumnChart]:
    for chart in report.layout.charts:
        yield _columns(report, chart) if chart.by == "months" else _bars(report, chart)


def _bars(report: Report, chart: Chart) -> BarChart:
    found = report.figures[chart.measure, THIS]
    return BarChart(
        title=chart.title,
        note=chart.note.format(value=_text(report, chart.measure)),
        bars=tuple(_bar(report, chart, bar, value) for bar, value in bars_of(chart, found)),
        column=THIS,
    )


def _bar(report: Report, chart: Chart, bar: Bar, value: float) -> BarFigure:
    hidden = cell(chart.measure, bar.groups) in report.hidden
    return BarFigure(
        label=bar.label,
        value=None if hidden else value,
        text=HIDDEN if hidden else number_text(value),
        measure_id=chart.measure,
        group=" ".join(bar.groups),
        unrecorded=bar.missing,
    )


def _columns(report: Report, chart: Chart) -> ColumnChart:
    columns = []
    year = 0
    for period, figure in report.months[chart.measure]:
        under = "" if period.start.year == year else str(period.start.year)
        year = period.start.year
        columns.append(
            ColumnFigure(period.short[0], figure.value, figure.text, period.label, under)
        )
    return ColumnChart(chart.title, chart.note, chart.measure, tuple(columns))


def _table(report: Report, table: Figures, names: Mapping[str, str]) -> FigureTable:
    return FigureTable(
        title=table.title,
        note=table.note,
        columns=tuple(heads_of(report.periods).values()),
        rows=tuple(row for line in table.lines for row in _rows(report, line, names)),
    )


def _rows(report: Report, line: Line, names: Mapping[str, str]) -> Iterator[FigureRow]:
    if not line.each:
        yield _row(report, line)
        return
    columns = [report.figures[line.measure, column].by_group for column in report.periods]
    groups = {group for found in columns for group in found}
    named = [
        (names.get(group) or group.replace("_", " ").capitalize() or NOT_RECORDED, group)
        for group in groups
    ]
    for label, group in sorted(named, key=lambda one: (not one[1], one[0].casefold(), one[1])):
        yield _row(report, Line(line.measure, label, groups=(group,)))


def _groups_named(report: Report) -> set[str]:
    """Return the groups that get a row each, of every line that asks so."""
    lines = [line for table in report.layout.tables for line in table.lines if line.each]
    found = (report.figures[line.measure, column] for line in lines for column in report.periods)
    return {group for figure in found for group in figure.by_group if group}


def _row(report: Report, line: Line) -> FigureRow:
    return FigureRow(
        line.measure,
        line.label,
        tuple(_text(report, line.measure, line.groups, column) for column in report.periods),
        bold=line.total,
        rule_above=line.total,
        group=" ".join(line.groups),
    )


def _group_names(desk: Desk, groups: Iterable[str]) -> dict[str, str]:
    """Return the names of what measures group by that are records: agencies, products.

    With a reader of its own: papers are laid out beside the desk's.
    """
    wanted = set(groups)
    if not wanted:
        return {}
    with closing(Reader.open(desk.folder, {SHARED: desk.holding.rings[SHARED]})) as reader:
        lists = DirectLookup(reader, {SHARED: SHARED}, SHARED)
        agencies = {row.name: row.label for row in lists.search("agencies", "")}
        products = (lists.row("products", group) for group in wanted - agencies.keys())
        return agencies | {row.name: row.label for row in products if row is not None}


def _definitions(report: Report) -> Iterator[Definition]:
    said: dict[str, str] = {}
    for name in report.layout.measures:
        said.setdefault(report.measures[name].title, name)
    for name in said.values():
        found = report.measures[name]
        yield Definition(name, found.title, found.words, found.unit, found.source, found.version)


def _values(report: Report) -> Iterator[FigureValue]:
    for (name, column), found in report.figures.items():
        yield _value(report, found, column, found.value, _text(report, name, column=column))
        for group, value in found.by_group.items():
            if group:
                shown = _text(report, name, (group,), column)
                yield _value(report, found, column, value, shown, group)


def _value(
    report: Report, found: Figure, column: str, value: float | None, shown: str, group: str = ""
) -> FigureValue:
    period = report.periods[column]
    groups = (group,) if group else ()
    return FigureValue(
        measure_id=found.measure_id,
        version=report.measures[found.measure_id].version,
        unit=found.unit,
        value=None if cell(found.measure_id, groups) in report.hidden else value,
        shown=shown,
        starts=period.start,
        ends=period.last_day,
        group=group,
        column=column,
    )
