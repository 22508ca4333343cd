"""Which reports a person may count here, for whom one is, and what its file is called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leadapp.measures.definitions import Measures
from leadapp.services.desk import Desk
from leadapp.services.reporting.copies import submission
from leadapp.services.reporting.run import (
    REPORTS,
    Report,
    countable,
    shipped_layout,
    shipped_measures,
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A report of the list: its name, its title, the rings it needs that are not open here."""

    name: str
    title: str
    missing: tuple[str, ...]


def offered(desk: Desk) -> tuple[Offered, ...]:
    """Return the reports of which this person may count at least one big number. Any lane."""
    open_families, measures = countable(desk), shipped_measures()
    found = []
    for name in REPORTS:
        layout = shipped_layout(name)
        boxes = [set(measures.rings(box.measure)) for box in layout.boxes]
        if any(rings <= open_families for rings in boxes):
            needed = _rings(measures, layout.measures)
            missing = tuple(ring for ring in needed if ring not in open_families)
            found.append(Offered(name, layout.title, missing))
    return tuple(found)


def for_funder(report: Report, funder: str) -> Report:
    """Return the exact copy for one funder; Refusal when none is named."""
    return replace(report, copy=submission(funder))


def file_name(report: Report) -> str:
    """Return what the file is called: "monthly-summary-2026-10-publication.pdf"."""
    title = report.title.lower().replace(" ", "-")
    copy = "" if report.copy.sort == "internal" else f"-{report.copy.sort}"
    days = report.period.name.replace("..", "-to-").lower()
    return f"{title}-{days}{copy}.pdf"


def _rings(measures: Measures, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ring for name in names for ring in measures.rings(name)))
