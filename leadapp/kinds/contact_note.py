"""A contact note: that a case manager met, called or looked for a person, and for how long."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import (
    answers,
    codes,
    day,
    event_day,
    joined,
    spoken,
    texts,
    whole,
    wholes,
    written,
)
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

MADE = ("contact", "attempted")
_AS_ASKED = ("made", "mode", "contact_place", "direction", "fund")


def rows(record: Record) -> Iterator[Row]:
    """Give the note's row, and one row for each activity."""
    cells = answers(record, _AS_ASKED)
    cells["person_id"] = record.answer("person")
    cells["with_person"] = with_person(record)
    cells["next_day"] = day(record.answer("next_day"))
    for name in ("minutes", "travel_minutes", "miles"):
        cells[name] = whole(record.answer(name))
    cells["written"] = written(record)
    yield "contact_note", cells
    for activity in codes(record.answer("activities")):
        yield "contact_activity", {"activity": activity}


def with_person(record: Record) -> str:
    """Return whether the participant was among those met, "" where it was not asked."""
    met = codes(record.answer("with_whom"))
    if not met:
        return ""
    return "yes" if "participant" in met else "no"


def summary(record: Record) -> Summary:
    """Give the brief line its writer chose to be safe for lists."""
    made = record.answer("made")
    return Summary(
        title="Contact note" if made != "attempted" else "Contact attempted",
        line=joined(spoken(record.answer("mode")), record.answer("brief")),
        day=event_day(record, "when"),
        person=record.answer("person"),
        status=made,
    )


KIND = Kind(
    name="contact_note",
    title="Contact note",
    rings=("care",),
    needs=(
        Need("person", ("select_one",), why="Contacts are counted by person."),
        Need("when", ("dateTime",), why="Contacts are counted by month."),
        Need("made", ("select_one",), MADE, "Contacts and attempts are counted apart."),
        Need("with_whom", ("select_multiple",), ("participant",), "Meetings are counted."),
        Need("minutes", ("integer",), why="Time spent is reported."),
        Need("mode", ("select_one",), why="Contacts in person are reported."),
        Need("contact_place", ("select_one",), why="The share in the field is reported."),
        Need("activities", ("select_multiple",), why="What was done is reported."),
        Need("next_day", ("date",), why="It brings the next contact to Today."),
    ),
    tables=(
        Table(
            "contact_note",
            texts("person_id", "with_person", "next_day", "written", *_AS_ASKED)
            + wholes("minutes", "travel_minutes", "miles"),
            indexes=(("person_id",), ("next_day",)),
        ),
        Table("contact_activity", texts("activity"), child=True),
    ),
    rows=rows,
    summary=summary,
    correction_needs_reason=True,
    protected=True,
)
