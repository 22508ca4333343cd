"""What a report is made of: figures already computed, put into words by whoever asks.

Values only. Which records a figure counts and what may be shown is decided before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from leadapp.papers.charts import BarChart, ColumnChart
from leadapp.papers.pen import HotSpot

Copy = Literal["internal", "submission", "publication"]


@dataclass(frozen=True, slots=True)
class BoxFigure:
    """One of the large figures: label, number, a line to compare with."""

    measure_id: str
    label: str
    value: str
    compare: str = ""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A line of a table; ``values`` are as printed, one a column."""

    measure_id: str
    label: str
    values: tuple[str, ...]
    bold: bool = False
    rule_above: bool = False
    group: str = ""
    """Which group of the measure the line counts, where it is not all of it."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A titled table; ``columns`` name the value columns, this period first."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """How a number is counted, in the words the drill-down shows."""

    measure_id: str
    title: str
    words: str
    unit: str
    source: str
    version: int


@dataclass(frozen=True, slots=True)
class MergedDevice:
    """A computer whose entries are in the figures, and until when: "Unit 9", "Fri Oct 31, 4:52 pm".

    ``until`` says so in words where nothing of it has come yet.
    """

    name: str
    until: str


@dataclass(frozen=True, slots=True)
class FigureValue:
    """A figure as data, for adding up many reports; ``value`` is ``None`` where hidden."""

    measure_id: str
    version: int
    unit: str
    value: float | None
    shown: str
    starts: date
    ends: date
    """The last day counted."""
    group: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class ReportPaper:
    """Everything on a report. Strings are shown as they are."""

    program_name: str
    report_id: str
    """Which layout: "monthly-summary"."""
    report_version: int
    title: str
    """With its period: "Monthly summary: October 2025"."""
    report_name: str
    """Without it, for the foot: "Monthly summary"."""
    period_label: str
    starts: date
    ends: date
    prepared_at: datetime
    prepared_by: str
    cutoff_label: str
    """Until when records were taken in: "Records synced through Fri Oct 31, 4:52 pm"."""
    copy: Copy
    small_counts: str
    """The rule for small counts, in words, for the strip under the head."""
    watermark: str | None = None
    boxes: tuple[BoxFigure, ...] = ()
    charts: tuple[BarChart | ColumnChart, ...] = ()
    tables: tuple[FigureTable, ...] = ()
    """Page one: small tables, two beside each other."""
    further: tuple[FigureTable, ...] = ()
    """The pages after it."""
    cautions: tuple[str, ...] = ()
    definitions: tuple[Definition, ...] = ()
    rings_open: tuple[str, ...] = ()
    """The audiences whose records are counted, in words."""
    devices: tuple[MergedDevice, ...] = ()
    values: tuple[FigureValue, ...] = ()
    data_json: Mapping[str, object] = field(default_factory=dict)
    """More for the embedded file, under "more"; JSON values only."""


@dataclass(frozen=True, slots=True)
class RenderedPaper:
    """A finished PDF and where its figures stand."""

    pdf: bytes
    hot_spots: tuple[HotSpot, ...]
    check_code: str
