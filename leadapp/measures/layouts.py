"""A report's layout as a file: boxes, charts, tables and cautions, each naming measures.

A layout says what stands where and in which words; ``papers`` draws it, ``services``
fetches the figures.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any  # TOML values are of any type until they are checked

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem
from leadapp.measures.definitions import Measures
from leadapp.measures.figures import Figure, number_text
from leadapp.measures.periods import Period

COLUMNS = ("this", "previous", "so_far")
"""A table's columns: this period, the one before, the year to date."""
SOME = "some"
BEFORE = "Before"
"""The head of the period before where its own would be that of another column."""


@dataclass(frozen=True, slots=True)
class Box:
    """One big number; below it the previous period's, or another measure's, in words."""

    measure: str
    label: str
    beside: str = ""
    """A second measure said in ``words`` instead of the previous period."""
    words: str = "{value} in {period}"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart by groups: its label and the group codes it adds up."""

    label: str
    groups: tuple[str, ...]
    missing: bool = False
    """Drawn grey: what was not recorded."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a measure by ``groups`` or by ``months``; ``note`` stands at its right."""

    title: str
    measure: str
    by: str
    note: str = ""
    bars: tuple[Bar, ...] = ()
    rest: str = ""
    """The label for groups no bar names."""
    months: int = 12


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; ``total`` stands bold between rules."""

    measure: str
    label: str
    total: bool = False
    groups: tuple[str, ...] = ()
    """Only these groups of the measure, added up."""
    each: bool = False
    """A row for every group there is, labelled by its name."""
    hides_along: bool = False
    """Hidden in a published copy where a row of the table is that must not be worked out."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures: its title, a note, its rows; ``adds_up`` where they sum to the last.

    ``first`` tables stand on page one.
    """

    title: str
    lines: tuple[Line, ...]
    note: str = ""
    adds_up: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Caution:
    """A sentence said when a count is above 0: a measure's unknowns, or a fact of the run.

    Or one said when a ratio has nothing to divide by: ``without`` names it.
    """

    one: str
    many: str
    unknown_of: str = ""
    fact: str = ""
    without: str = ""

    @property
    def always(self) -> bool:
        """Return whether it is said in every report."""
        return not (self.unknown_of or self.fact or self.without)


@dataclass(frozen=True, slots=True)
class Layout:
    """A report: everything that stands in it, in order."""

    id: str
    title: str
    version: int
    boxes: tuple[Box, ...]
    charts: tuple[Chart, ...]
    tables: tuple[Figures, ...]
    cautions: tuple[Caution, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    """The title of a period that is no month, by its span."""

    def title_of(self, period: Period) -> str:
        """Return what the report of ``period`` is called."""
        return self.titles.get(period.span, self.title)

    def first_page(self) -> Layout:
        """Return what stands on page one: enough to look at while the rest is counted."""
        return replace(self, tables=tuple(table for table in self.tables if table.first))

    def boxes_only(self) -> Layout:
        """Return the big numbers alone."""
        return replace(self, charts=(), tables=(), cautions=())

    @property
    def measures(self) -> tuple[str, ...]:
        """Return every measure it names, once, in order."""
        named = [
            *(name for box in self.boxes for name in (box.measure, box.beside)),
            *(chart.measure for chart in self.charts),
            *(line.measure for table in self.tables for line in table.lines),
            *(caution.unknown_of or caution.without for caution in self.cautions),
        ]
        return tuple(dict.fromkeys(name for name in named if name))


def load_layout(file: Path, measures: Measures) -> Layout:
    """Read a layout and check that its measures exist; Refusal with all problems."""
    return read_layout(file.read_text("utf-8"), measures, file=file.name)


def read_layout(text: str, measures: Measures, *, file: str = "") -> Layout:
    """Return the layout written in ``text``; Refusal with all problems."""
    try:
        layout = _layout(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as cause:
        raise Refusal("measures.layout_not_readable", file=file) from cause
    problems = [
        Problem("measures.layout_names_nothing", {"measure": name}, Place(file=file))
        for name in layout.measures
        if name not in measures
    ]
    problems += _wording_problems(layout, file)
    if problems:
        raise Refusal("measures.layout_not_usable", problems=tuple(problems), count=len(problems))
    return layout


def periods_of(period: Period, *, first_month: int = 1) -> dict[str, Period]:
    """Return the period of each table column, in order; a year is its own year to date.

    ``first_month`` is the month in which the county's years start.
    """
    found = (period, period.previous(), period.so_far(first_month))
    columns = dict(zip(COLUMNS, found, strict=True))
    if period.span in ("year", "year_to_date"):
        del columns["so_far"]
    return columns


def heads_of(periods: Mapping[str, Period]) -> dict[str, str]:
    """Return what stands over each column, every one another."""
    heads = {column: period.short for column, period in periods.items()}
    if len(set(heads.values())) < len(heads):
        heads["previous"] = BEFORE
    return heads


def bars_of(chart: Chart, found: Figure) -> list[tuple[Bar, float]]:
    """Return the bars with their values; every group of ``found`` is in exactly one."""
    named = {group for bar in chart.bars for group in bar.groups}
    left = tuple(group for group in found.by_group if group not in named)
    bars = list(chart.bars)
    if left:
        place = next((at for at, bar in enumerate(bars) if bar.missing), len(bars))
        bars.insert(place, Bar(chart.rest or "Other", left))
    return [(bar, sum(found.by_group.get(group, 0) for group in bar.groups)) for bar in bars]


def cautions_of(
    layout: Layout,
    figures: Mapping[str, Figure],
    facts: Mapping[str, int],
    *,
    numbers: bool = True,
) -> list[str]:
    """Return the sentences to say, in the layout's order; without ``numbers``, "some"."""
    said = []
    for caution in layout.cautions:
        if caution.always or _divides_by_nothing(figures.get(caution.without)):
            said.append(caution.many)
            continue
        known = figures.get(caution.unknown_of)
        count = known.unknown if known else facts.get(caution.fact, 0)
        if count > 0:
            sentence = caution.one if numbers and count == 1 else caution.many
            filled = sentence.format(count=number_text(count) if numbers else SOME)
            said.append(filled[:1].upper() + filled[1:])
    return said


def _divides_by_nothing(figure: Figure | None) -> bool:
    """Return whether a ratio has no value because its denominator is 0, its rings being open."""
    return figure is not None and figure.value is None and figure.denominator is not None


def _layout(content: Mapping[str, Any]) -> Layout:
    return Layout(
        id=content["id"],
        title=content["title"],
        version=content["version"],
        boxes=tuple(Box(**box) for box in content.get("box", ())),
        charts=tuple(_chart(chart) for chart in content.get("chart", ())),
        tables=tuple(_table(table) for table in content.get("table", ())),
        cautions=tuple(Caution(**caution) for caution in content.get("caution", ())),
        titles=content.get("titles", {}),
    )


def _chart(chart: Mapping[str, Any]) -> Chart:
    bars = tuple(_bar(bar) for bar in chart.get("bars", ()))
    return Chart(**{**chart, "bars": bars})


def _bar(bar: Mapping[str, Any]) -> Bar:
    return Bar(bar["label"], tuple(bar["groups"]), bar.get("missing", False))


def _table(table: Mapping[str, Any]) -> Figures:
    return Figures(**{**table, "lines": tuple(_line(line) for line in table["lines"])})


def _line(line: Mapping[str, Any]) -> Line:
    return Line(**{**line, "groups": tuple(line.get("groups", ()))})


def _wording_problems(layout: Layout, file: str) -> Iterable[Problem]:
    for chart in layout.charts:
        groups = [group for bar in chart.bars for group in bar.groups]
        if len(groups) != len(set(groups)):
            yield Problem("measures.group_in_two_bars", {"chart": chart.title}, Place(file=file))
