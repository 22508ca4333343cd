"""An officer on an agency's roster, with when the person served and was CIT-trained."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, spoken, texts
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

_AS_ASKED = ("name", "agency", "badge", "user_id", "officer_role")
_DAYS = (
    "active_from", "active_to", "cit_from", "cit_to", "lead_trained_day", "cit_refreshed_day",
    "naloxone_trained_day",
)  # fmt: skip


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    cells = answers(record, _AS_ASKED)
    for name in _DAYS:
        cells[name] = day(record.answer(name))
    yield "officer", cells


def summary(record: Record) -> Summary:
    """Give the name and badge."""
    badge = record.answer("badge")
    return Summary(
        title=record.answer("name") or "Officer",
        line=joined(f"badge {badge}" if badge else "", spoken(record.answer("officer_role"))),
        day=event_day(record, "active_from"),
        person="",
        status="left" if day(record.answer("active_to")) else "",
    )


KIND = Kind(
    name="officer",
    title="Officer",
    rings=("shared",),
    needs=(
        Need("name", ("text",), why="The officer is chosen by name."),
        Need("agency", ("select_one",), why="Reports count by agency."),
        Need("badge", ("text",), why="Two officers may share a name."),
        Need("active_from", ("date",), why="Officers employed are a denominator."),
        Need("active_to", ("date",), why="Officers employed are a denominator."),
        Need("cit_from", ("date",), why="CIT officers are counted as of the day."),
        Need("cit_to", ("date",), why="CIT officers are counted as of the day."),
        Need("user_id", ("text", "hidden"), why="It tells which user is this officer."),
    ),
    tables=(Table("officer", texts(*_AS_ASKED, *_DAYS), indexes=(("agency",),)),),
    rows=rows,
    summary=summary,
)
