"""Running a report: every measure of its layout, for each of its periods.

Figures are computed over the rings open at this desk. A measure whose ring is not
open has no figure, and the report says so.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from typing import Literal

from leadapp.core.clock import today
from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.measures.definitions import Measure, Measures, load_measures
from leadapp.measures.figures import Figure, Row, combine, figure, read_rows
from leadapp.measures.layouts import Layout, cautions_of, load_layout, periods_of
from leadapp.measures.periods import FISCAL, Period, named
from leadapp.measures.sums import can_be_summed, figure_from_sums, summing
from leadapp.measures.suppression import THRESHOLD
from leadapp.services.by_person import ByPerson
from leadapp.services.desk import Desk, family_of
from leadapp.services.reporting.copies import INTERNAL, CopyOf
from leadapp.store.merged import merged
from leadapp.store.queries import RecordQuery

COUNTING = "count"
THIS_COMPUTER = "This computer"
MANY_RECORDS = 30_000
MOST_TROUBLED = 5_000
"""More records with problems than this are said as so many."""
REPORTS = ("monthly", "naloxone")
"""The layouts the program ships with."""
Part = Literal["boxes", "first_page", "all"]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as run: figures and rows by measure and column, months by chart's measure."""

    layout: Layout
    measures: Measures
    period: Period
    periods: Mapping[str, Period]
    figures: Mapping[tuple[str, str], Figure]
    months: Mapping[str, tuple[tuple[Period, Figure], ...]]
    cautions: tuple[str, ...]
    families: tuple[str, ...]
    """The ring families whose records are counted."""
    missing: tuple[str, ...]
    """The families the layout needs that are not open here."""
    devices: tuple[tuple[str, datetime | None], ...]
    """Each computer of the program, and until when its records are in; ``None``: none is."""
    made_at: datetime
    part: Part = "all"
    """How much of the report was counted."""
    copy: CopyOf = INTERNAL
    hidden: frozenset[str] = frozenset()
    """The numbers this copy does not show, as ``copies.cell`` names them."""
    threshold: int = THRESHOLD
    """From how many on a guarded number is shown in a published copy."""
    told: Mapping[str, int] = field(default_factory=dict)
    """The guarded numbers a published copy shows."""
    gives_away: bool = False
    """Whether what was published before and this copy tell a small count together."""
    quiet: tuple[str, ...] = ()
    """The cautions without numbers."""

    @property
    def title(self) -> str:
        """Return what it is called: "Quarterly summary"."""
        return self.layout.title_of(self.period)

    @property
    def data(self) -> dict[str, object]:
        """Return the figures as JSON values: what ``leadapp report --json`` prints."""
        return {
            "report": self.layout.id,
            "version": self.layout.version,
            "title": self.title,
            "period": {
                "label": self.period.label,
                "starts": self.period.start.isoformat(),
                "ends": self.period.last_day.isoformat(),
            },
            "figures": [_figure_data(key, found) for key, found in self.figures.items()],
            "cautions": list(self.cautions),
            "rings": list(self.families),
            "not_open": list(self.missing),
        }


def _figure_data(key: tuple[str, str], found: Figure) -> dict[str, object]:
    measure, column = key
    return {
        "measure": measure,
        "column": column,
        "value": found.value,
        "text": found.text,
        "unit": found.unit,
        "records": found.records,
        "persons": found.persons,
        "unknown": found.unknown,
        "by_group": dict(found.by_group),
    }


@cache
def shipped_measures() -> Measures:
    """Return the measures the program ships with, read once."""
    return load_measures(resources() / "reports" / "measures")


@cache
def shipped_layout(name: str) -> Layout:
    """Return a layout the program ships with, read once."""
    return load_layout(resources() / "reports" / f"{name}.toml", shipped_measures())


def monthly(desk: Desk, period: str, *, part: Part = "all") -> Report:
    """Run the monthly summary for ``period`` (``2026-10``). Reader lane."""
    return run_report(desk, "monthly", period, part=part)


def run_report(desk: Desk, name: str, period: str, *, part: Part = "all") -> Report:
    """Run one of ``REPORTS`` for ``period``, as ``measures.periods.named`` reads it. Reader lane.

    A ``part`` is counted sooner: the big numbers, or what stands on page one.
    """
    if name not in REPORTS:
        raise Refusal("services.no_such_report", name=name)
    layout = shipped_layout(name)
    if part == "boxes":
        layout = layout.boxes_only()
    elif part == "first_page":
        layout = layout.first_page()
    return replace(_run(desk, layout, named(period)), part=part)


def soonest_part(desk: Desk) -> Part:
    """Return what to count first: page one where there are many records. Reader lane."""
    many = desk.reader.count(RecordQuery(voided=None)) > MANY_RECORDS
    return "first_page" if many else "all"


def _run(desk: Desk, layout: Layout, period: Period) -> Report:
    measures = shipped_measures()
    counting = _Counting(desk, measures)
    periods = periods_of(period, first_month=_year_starts_in(desk))
    found = {
        (name, column): counting.figure(name, of_column)
        for name in layout.measures
        for column, of_column in periods.items()
    }
    months = {
        chart.measure: tuple(
            (one, counting.figure(chart.measure, one)) for one in period.months_up_to(chart.months)
        )
        for chart in layout.charts
        if chart.by == "months"
    }
    missing = tuple(dict.fromkeys(counting.missing))
    facts = _facts(desk, counting, period, missing)
    this = {name: found[name, "this"] for name in layout.measures}
    return Report(
        layout=layout,
        measures=measures,
        period=period,
        periods=periods,
        figures=found,
        months=months,
        cautions=tuple(cautions_of(layout, this, facts)),
        families=tuple(dict.fromkeys(counting.counted)),
        missing=missing,
        devices=tuple(_devices(desk)),
        made_at=desk.clock.now(),
        quiet=tuple(cautions_of(layout, this, facts, numbers=False)),
    )


def number_set(desk: Desk, name: str, allowed: Container[int], otherwise: int) -> int:
    """Return a setting of the program, where it is one of those allowed. Reader lane."""
    rows = desk.reader.rows("SELECT value FROM setting WHERE name = :name", {"name": name})
    said = [str(value) for (value,) in rows]
    number = int(said[0]) if said and said[0].isdecimal() else otherwise
    return number if number in allowed else otherwise


def _year_starts_in(desk: Desk) -> int:
    return number_set(desk, "year_starts_in", FISCAL, 1)


def rows_of(desk: Desk, report: Report, measure_id: str, column: str) -> list[Row]:
    """Return the rows a figure opens: of a ratio, those of one of its parts. Reader lane."""
    measure = report.measures[report.measures[measure_id].opened]
    if any(family in report.missing for family in measure.rings):
        return []
    asking = ByPerson(desk)
    parameters = report.periods[column].parameters()
    return read_rows(measure, asking.rows(measure.select, parameters))


class _Counting:
    """Counts each measure once a period; the store sums, rows are read only for medians."""

    def __init__(self, desk: Desk, measures: Measures) -> None:
        self._asking = ByPerson(desk)
        self._measures = measures
        self._figures: dict[tuple[str, Period], Figure] = {}
        self._open = countable(desk)
        self.missing: list[str] = []
        self.counted: list[str] = []

    def figure(self, name: str, period: Period) -> Figure:
        """Return a measure's figure; one without a value where a ring it needs is closed."""
        needed = self._measures.rings(name)
        closed = [family for family in needed if family not in self._open]
        if closed:
            self.missing += closed
            return Figure(name, None, self._measures[name].unit, 0, 0, 0)
        self.counted += needed
        parts = {part: self._part(part, period) for part in self._measures.needs(name)}
        return combine(self._measures, name, parts)

    def _part(self, name: str, period: Period) -> Figure:
        known = self._figures.get((name, period))
        if known is None:
            known = self._figures[name, period] = self._count(self._measures[name], period)
        return known

    def _count(self, measure: Measure, period: Period) -> Figure:
        asked = replace(measure, select=self._asking.sql(measure.select))
        parameters = period.parameters()
        if can_be_summed(asked):
            return figure_from_sums(asked, self._asking.rows_of(summing(asked), parameters))
        return figure(asked, read_rows(asked, self._asking.rows_of(asked.select, parameters)))

    def touched(self, records: set[tuple[str, str]], period: Period) -> int:
        """Return how many of ``records`` (record and ring) are counted in ``period``."""
        if not records:
            return 0
        named = canonical_json(sorted({record for record, _ in records})).decode()
        counted: set[tuple[str, str]] = set()
        for name, of_period in self._figures:
            if of_period == period:
                sql = _AMONG.format(select=self._asking.sql(self._measures[name].select))
                parameters = period.parameters() | {"records": named}
                rows = self._asking.rows_of(sql, parameters)
                counted.update((str(record), str(ring)) for record, ring in rows)
        return len(counted & records)


_AMONG = """
WITH picked (record_id, ring, person_id, group_name, amount) AS ({select}
) SELECT DISTINCT record_id, ring FROM picked
WHERE record_id IN (SELECT value FROM json_each(:records))
"""


def countable(desk: Desk) -> set[str]:
    """Return the families this person may count, of the rings that are open."""
    open_families = {family_of(ring) for ring in desk.rings}
    return {family for family in open_families if desk.may(COUNTING, "*", family)}


def _facts(
    desk: Desk, counting: _Counting, period: Period, missing: tuple[str, ...]
) -> dict[str, int]:
    day = today(desk.clock)
    if period.start > day:
        raise Refusal("services.period_not_begun", period=period.label)
    return {
        "conflicts": counting.touched(_found(desk, RecordQuery(conflicted=True)), period),
        "problems": counting.touched(_found(desk, _with_problems(period)), period),
        "rings_closed": len(missing),
        "days_left": 0 if period.has_ended(day) else (period.end - day).days,
    }


def _with_problems(period: Period) -> RecordQuery:
    first, last = period.start.isoformat(), period.last_day.isoformat()
    return RecordQuery(with_problems=True, first_day=first, last_day=last)


def _found(desk: Desk, query: RecordQuery) -> set[tuple[str, str]]:
    """Return every record the query finds, and its ring."""
    lines = desk.reader.records(replace(query, limit=MOST_TROUBLED))
    return {(line.record, line.ring) for line in lines}


def _devices(desk: Desk) -> list[tuple[str, datetime | None]]:
    """Return the computers whose entries are counted, until when, and those that sent none yet."""
    zone = desk.clock.now().tzinfo
    known = {one.device: one for one in merged(desk.reader, seen=False) if one.until_ms}
    others = {
        one.public
        for one in desk.holding.roster.devices.values()
        if not one.revoked and one.id != desk.device.device_id
    }
    found: list[tuple[str, datetime | None]] = []
    for device in sorted(known.keys() | others):
        one = known.get(device)
        own = one is not None and one.own
        name = THIS_COMPUTER if own else desk.computer_called(desk.reader, device)
        until = datetime.fromtimestamp(one.until_ms / 1000, zone) if one is not None else None
        found.append((name, until))
    return sorted(found, key=lambda row: (row[0], row[1] is None, str(row[1])))
