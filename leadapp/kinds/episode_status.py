"""A change in how a person takes part: active, inactive, exited, and so on."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, spoken, texts, written
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

STATUSES = (
    "pending_intake", "active", "inactive", "in_the_wind", "institution", "transferred", "exited",
    "deceased",
)  # fmt: skip
_AS_ASKED = ("status", "exit_kind", "gpra_code", "set_by")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    cells = answers(record, _AS_ASKED)
    cells["person_id"] = record.answer("person")
    cells["status_day"] = event_day(record, "status_day")
    cells["last_contact_day"] = day(record.answer("last_contact_day"))
    cells["written"] = written(record)
    yield "episode_status", cells


def summary(record: Record) -> Summary:
    """Give the new status."""
    status = record.answer("status")
    return Summary(
        title="Status",
        line=joined(spoken(status), spoken(record.answer("exit_kind"))),
        day=event_day(record, "status_day"),
        person=record.answer("person"),
        status=status,
    )


KIND = Kind(
    name="episode_status",
    title="Status change",
    rings=("care",),
    needs=(
        Need("person", ("select_one",), why="It is one person's status."),
        Need("status", ("select_one",), STATUSES, "People are counted by status."),
        Need("status_day", ("date",), why="Counts are as of a day."),
        Need("exit_kind", ("select_one",), why="Exits are counted by kind."),
    ),
    tables=(
        Table(
            "episode_status",
            texts("person_id", "status_day", "last_contact_day", "written", *_AS_ASKED),
            indexes=(("person_id",),),
        ),
    ),
    rows=rows,
    summary=summary,
    protected=True,
)
