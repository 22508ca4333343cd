"""Opening a figure: its definition and exactly the records it counts."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.services.desk import Desk, family_of
from leadapp.services.reporting.run import Report, rows_of

SHOWN_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class OpenedLine:
    """A record behind a figure; only its number where the reader may not see more."""

    record: RecordId
    ring: RingId
    title: str
    line: str
    day: str
    may_open: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure opened. ``lines`` are the first of ``records``."""

    measure_id: str
    title: str
    words: str
    text: str
    records: int
    lines: tuple[OpenedLine, ...]


def open_figure(
    desk: Desk, report: Report, measure_id: str, column: str = "this", group: str | None = None
) -> Opened:
    """Return what ``measure_id`` counts in ``column``; ``group`` narrows it. Reader lane."""
    measure = report.measures.get(measure_id)
    if measure is None or (measure_id, column) not in report.figures:
        raise Refusal("services.no_such_figure")
    for family in report.measures.rings(measure_id):
        if family in report.families:
            desk.require("open_figure", "*", family)
    rows = rows_of(desk, report, measure_id, column)
    if group is not None:
        groups = set(group.split(" "))
        rows = [row for row in rows if row.group in groups]
    keys = list(dict.fromkeys((RingId(row.ring), RecordId(row.record_id)) for row in rows))
    return Opened(
        measure_id=measure_id,
        title=measure.title,
        words=measure.words,
        text=report.figures[measure_id, column].text,
        records=len(keys),
        lines=tuple(_lines(desk, keys[:SHOWN_AT_MOST])),
    )


def _lines(desk: Desk, keys: list[tuple[RingId, RecordId]]) -> list[OpenedLine]:
    found = []
    for ring, record in keys:
        stored = desk.reader.record(ring, record)
        if stored is None:
            continue
        family = family_of(ring)
        listed = desk.may("list", stored.kind, family)
        found.append(
            OpenedLine(
                record=record,
                ring=ring,
                title=stored.summary.title if listed else record[:8],
                line=stored.summary.line if listed else "",
                day=stored.summary.day,
                may_open=desk.may("view", stored.kind, family),
            )
        )
    return found
