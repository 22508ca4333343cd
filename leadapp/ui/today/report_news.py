"""Whether last month's report is worth a card on Today. Reader lane."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.clock import today
from leadapp.measures.periods import month
from leadapp.services import browsing, questions, reporting
from leadapp.services.desk import Desk, family_of

_BOXES = 3
_NOTHING = frozenset({"", "0", "\N{EN DASH}", "\N{EM DASH}", "-"})


@dataclass(frozen=True, slots=True)
class ReportNews:
    """A month's report in one sentence, and how many records want a look first."""

    month: str
    label: str
    title: str
    text: str
    to_fix: int


def reports_wanted(desk: Desk) -> bool:
    """Return whether this person has to do with reports here."""
    return any(desk.may("open_figure", "*", family_of(ring)) for ring in desk.rings)


def last_month(desk: Desk) -> str:
    """Return the last full month: "2026-10"."""
    first = today(desk.clock).replace(day=1)
    before = month(f"{first:%Y-%m}").previous()
    return f"{before.start:%Y-%m}"


def report_news(desk: Desk) -> ReportNews | None:
    """Return last month's report in short; ``None`` where there is nothing to report."""
    which = last_month(desk)
    report = reporting.monthly(desk, which, part="boxes")
    said = [
        f"{figure.text} {_inside(box.label)}"
        for box in report.layout.boxes
        if (figure := report.figures[box.measure, "this"]).text not in _NOTHING
    ]
    if not said:
        return None
    return ReportNews(
        month=which,
        label=report.period.label,
        title=report.layout.title,
        text=", ".join(said[:_BOXES]) + ".",
        to_fix=browsing.count(desk, questions.to_fix(report.period)),
    )


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence; "LEAD" and "CIT" stay."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]
