"""The publication copy: one ended period, with what could point to somebody hidden.

Hidden are counts of 1 to 10 of people or of what happened to them, and whatever would give
one away: in this report, together with what was published before, or as a share. What has
been published is kept as a setting of the program, so every computer goes by it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from leadapp.core.clock import today
from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, RingId, derive_id
from leadapp.journal.rings import SHARED
from leadapp.measures import disclosure
from leadapp.measures.disclosure import Members, is_guarded, members
from leadapp.measures.figures import Figure
from leadapp.measures.layouts import bars_of
from leadapp.measures.periods import Period
from leadapp.measures.suppression import THRESHOLD, Sum, may_show_rate
from leadapp.services.desk import Desk
from leadapp.services.reporting.copies import PUBLICATION, cell
from leadapp.services.reporting.run import Report, number_set, rows_of
from leadapp.staff.rights import may_program
from leadapp.store.writing import RecordWrite

THIS = "this"
THRESHOLDS = (5, 6, 10, 11)
"""From how many on a count may be shown, as the setting ``publication_threshold`` says."""
_NAME = "published "
_FORM = FormId("_setting")
_KEPT = "SELECT name, value FROM setting WHERE name LIKE 'published %' AND value <> ''"


@dataclass(frozen=True, slots=True)
class Released:
    """Numbers anybody has read already: of which report and days, each by its cell."""

    name: str
    start: date
    end: date
    cells: Mapping[str, int]

    def covers(self, start: date, end: date) -> bool:
        """Return whether these days are among its own."""
        return self.start <= start and end <= self.end


def may_publish(desk: Desk) -> bool:
    """Return whether this person may let a publication copy out. Any lane."""
    return any(may_program(role, "settings") for role in desk.roles)


def check_period(period: Period, day: date) -> None:
    """Refusal where ``period`` cannot be published on ``day``."""
    if not period.is_standard:
        raise Refusal("services.publication_not_standard")
    if not period.has_ended(day):
        raise Refusal("services.publication_not_over", period=period.label)


def published(desk: Desk, report: Report) -> Report:
    """Return the publication copy of a whole report: its period alone. Reader lane."""
    check_period(report.period, today(desk.clock))
    charts = tuple(chart for chart in report.layout.charts if chart.by != "months")
    copy = replace(
        report,
        copy=PUBLICATION,
        layout=replace(report.layout, charts=charts),
        periods={THIS: report.period},
        figures={key: found for key, found in report.figures.items() if key[1] == THIS},
        months={},
        cautions=report.quiet,
        threshold=number_set(desk, "publication_threshold", THRESHOLDS, THRESHOLD),
    )
    counted = _counted(desk, copy)
    sums = [*_sums(copy, counted), *disclosure.refinements(counted, _groups(copy, counted))]
    values = _values(counted)
    again, known = _against(values, copy, released(desk))
    found = disclosure.hide(
        counted, sums, released=known - again, also=again, threshold=copy.threshold
    )
    hidden = found.cells | _rates(copy, found.cells)
    return replace(
        copy,
        hidden=hidden | _along(copy, hidden),
        told={name: value for name, value in values.items() if name not in found.cells},
        gives_away=bool(found.given_away),
    )


def released(desk: Desk) -> list[Released]:
    """Return what has been published. Reader lane."""
    return [_read(str(name), str(value)) for name, value in desk.reader.rows(_KEPT)]


def release(desk: Desk, report: Report, act: str, *, reviewed: bool = False) -> None:
    """Log that a copy leaves; of a publication copy, keep which numbers it tells. Writer lane.

    Refusal where a publication copy was not read first, or may not leave.
    """
    if report.copy.is_published:
        if not may_publish(desk):
            raise Refusal("services.publication_by_whom")
        if not reviewed:
            raise Refusal("services.publication_not_read")
        if report.gives_away:
            raise Refusal("services.publication_gives_away")
        _keep(desk, report)
    desk.note(act, RingId("shared"))


def _keep(desk: Desk, report: Report) -> None:
    name = f"{_NAME}{report.layout.id} {report.period.name}"
    record = RecordId(derive_id(desk.device.program_id, "setting", name))
    told = {
        "start": report.period.start.isoformat(),
        "end": report.period.end.isoformat(),
        "cells": dict(sorted(report.told.items())),
    }
    values = {"name": name, "value": canonical_json(told).decode()}
    write = RecordWrite(record, _FORM, "1", "save", values, desk.user, desk.clock.now())
    desk.archive.write(SHARED, [write])


def _read(name: str, value: str) -> Released:
    told = json.loads(value)
    return Released(
        name.removeprefix(_NAME),
        date.fromisoformat(told["start"]),
        date.fromisoformat(told["end"]),
        told["cells"],
    )


# -- what is counted ---------------------------------------------------------------------------


def _shown(report: Report) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every number on the paper: its measure and groups."""
    layout = report.layout
    for name in layout.measures:
        yield name, ()
    for chart in layout.charts:
        for bar, _value in bars_of(chart, report.figures[chart.measure, THIS]):
            yield chart.measure, bar.groups
    for table in layout.tables:
        for line in table.lines:
            if line.groups:
                yield line.measure, line.groups


def _counted(desk: Desk, report: Report) -> dict[str, Members]:
    """Return every guarded count, shown or part of a share, and its groups one by one."""
    together: dict[str, set[tuple[str, ...]]] = {}
    for name, groups in _shown(report):
        for needed in report.measures.needs(name):
            together.setdefault(needed, set()).add(groups if needed == name else ())
    found: dict[str, Members] = {}
    for name, wanted in together.items():
        measure = report.measures[name]
        if not is_guarded(measure):
            continue
        rows = rows_of(desk, report, name, THIS)
        alone = {(row.group,) for row in rows} if measure.group else set()
        for groups in sorted(wanted | alone | {()}):
            among = [row for row in rows if row.group in groups] if groups else rows
            found[cell(name, groups)] = members(measure, among)
    return found


def _values(counted: Mapping[str, Members]) -> dict[str, int]:
    return {name: round(sum(found.values())) for name, found in counted.items()}


def _groups(report: Report, counted: Mapping[str, Members]) -> list[list[str]]:
    """Return the cells of each grouped measure's single groups."""
    found: dict[str, list[str]] = {}
    for name in counted:
        measure, bar, groups = name.partition("|")
        if bar and len(groups.split(" ")) == 1:
            found.setdefault(measure, []).append(name)
    return [cells for measure, cells in found.items() if report.measures[measure].group]


def _sums(report: Report, counted: Mapping[str, Members]) -> Iterator[Sum]:
    """Yield the sums within a measure: the whole and groups together, of single groups."""
    values = _values(counted)
    for cells in _groups(report, counted):
        measure = cells[0].partition("|")[0]
        whole = [name for name in counted if name.partition("|")[0] == measure]
        for total in whole:
            wanted = set(total.partition("|")[2].split(" ")) if "|" in total else None
            parts = tuple(
                one
                for one in cells
                if one != total and (wanted is None or one.partition("|")[2] in wanted)
            )
            if parts and sum(values[part] for part in parts) == values[total]:
                yield Sum(total, parts)


# -- what must not be told ---------------------------------------------------------------------


def _rates(report: Report, hidden: frozenset[str]) -> frozenset[str]:
    """Return shares, means and medians that rest on few, or on what is hidden."""
    found = set()
    for name in report.layout.measures:
        measure, figure = report.measures[name], report.figures[name, THIS]
        if not measure.is_ratio:
            few = measure.how in ("mean", "median") and 0 < figure.records < report.threshold
            found |= {name} if few else set()
            continue
        parts = (measure.numerator, measure.denominator)
        guarded = [is_guarded(report.measures[part]) for part in parts]
        if any(part in hidden for part in parts) or not _may_show(
            figure, guarded, report.threshold
        ):
            found |= {name, *(cell(name, (group,)) for group in figure.by_group)}
    return frozenset(found)


def _may_show(figure: Figure, guarded: Sequence[bool], threshold: int) -> bool:
    if not all(guarded) or figure.denominator is None:
        return True
    return may_show_rate(
        numerator=round(figure.numerator or 0),
        denominator=round(figure.denominator),
        threshold=threshold,
    )


def _along(report: Report, hidden: frozenset[str]) -> frozenset[str]:
    """Return the rows that are hidden beside one that could else be worked out from them."""
    return frozenset(
        line.measure
        for table in report.layout.tables
        if table.adds_up and any(line.measure in hidden for line in table.lines)
        for line in table.lines
        if line.hides_along
    )


def _against(
    values: Mapping[str, int], report: Report, before: Sequence[Released]
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the cells that what was published would give away, and those it has told already."""
    again, known, period = set(), set(), report.period
    for name, value in values.items():
        told = [one for one in before if name in one.cells]
        same = {one.cells[name] for one in told if (one.start, one.end) == _days(period)}
        if value in same:
            known.add(name)
        if any(0 < rest < report.threshold for rest in _rests(name, value, period, told)):
            again.add(name)
    return frozenset(again), frozenset(known)


def _rests(name: str, value: int, period: Period, told: Sequence[Released]) -> Iterator[int]:
    """Yield what is left when published counts are taken from each other."""
    start, end = _days(period)
    this = Released("", start, end, {name: value})
    for whole in [this, *(one for one in told if one.covers(start, end))]:
        inside = [one for one in told if whole.covers(one.start, one.end) and one is not whole]
        first = [] if whole is this else [this]
        apart = sorted((one for one in inside if _apart(one, first)), key=lambda one: one.start)
        for taken in _choices(apart):
            if first or taken:
                yield abs(whole.cells[name] - sum(one.cells[name] for one in (*first, *taken)))


def _choices(pieces: Sequence[Released]) -> Iterator[tuple[Released, ...]]:
    """Yield every choice of pieces that do not overlap; pieces come by their start."""
    yield ()
    for at, piece in enumerate(pieces):
        after = [one for one in pieces[at + 1 :] if one.start >= piece.end]
        for rest in _choices(after):
            yield (piece, *rest)


def _apart(one: Released, others: Iterable[Released]) -> bool:
    return all(one.end <= other.start or other.end <= one.start for other in others)


def _days(period: Period) -> tuple[date, date]:
    return period.start, period.end
