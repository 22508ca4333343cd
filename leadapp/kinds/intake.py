"""An intake: the minimum that stops the clock, and what the assessment adds."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, codes, day, event_day, texts
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

OUD = ("diagnosed", "screened_positive", "self_reported", "no", "unknown")
_AS_ASKED = (
    "housing", "employment", "insurance", "income_source", "oud", "opioids_now", "moud", "veteran",
    "transport", "warrants", "has_naloxone",
)  # fmt: skip
_DAYS = ("started_day", "minimum_day", "full_day", "oud_day", "next_court_day")


def rows(record: Record) -> Iterator[Row]:
    """Give the intake's row, and one row for each need and each barrier."""
    cells = answers(record, _AS_ASKED)
    cells["person_id"] = record.answer("person")
    cells["referral_id"] = record.answer("referral")
    for name in _DAYS:
        cells[name] = day(record.answer(name))
    yield "intake", cells
    urgent = codes(record.answer("needs_urgent"))
    for need in dict.fromkeys(codes(record.answer("needs")) + urgent):
        yield "intake_need", {"need": need, "level": "urgent" if need in urgent else "some"}
    for barrier in codes(record.answer("barriers")):
        yield "intake_barrier", {"barrier": barrier}


def summary(record: Record) -> Summary:
    """Give how far the intake is."""
    return Summary(
        title="LEAD intake",
        line=_progress(record),
        day=event_day(record, "started_day"),
        person=record.answer("person"),
        status="full" if day(record.answer("full_day")) else _minimum(record),
    )


def _progress(record: Record) -> str:
    if full := day(record.answer("full_day")):
        return f"Full intake done {full}"
    if minimum := day(record.answer("minimum_day")):
        return f"Minimum intake done {minimum}"
    return "Begun"


def _minimum(record: Record) -> str:
    return "minimum" if day(record.answer("minimum_day")) else "begun"


KIND = Kind(
    name="intake",
    title="LEAD intake",
    rings=("care",),
    needs=(
        Need("person", ("select_one",), why="People served are counted once."),
        Need("referral", ("select_one",), why="The clock of the referral stops with it."),
        Need("started_day", ("date",), why="Days to intake are reported."),
        Need("minimum_day", ("date",), why="The intake clock stops on this day."),
        Need("full_day", ("date",), why="Full intakes are counted."),
        Need("housing", ("select_one",), why="Housing is compared over time."),
        Need("employment", ("select_one",), why="Employment is compared over time."),
        Need("insurance", ("select_one",), why="Being uninsured is a barrier reported."),
        Need("oud", ("select_one",), OUD, "State measures count this group."),
        Need("opioids_now", ("select_one",), ("yes", "no", "unknown"), "State measures need it."),
        Need("needs", ("select_multiple",), why="The most common needs are reported."),
        Need("barriers", ("select_multiple",), why="The most common barriers are reported."),
    ),
    tables=(
        Table(
            "intake",
            texts("person_id", "referral_id", *_DAYS, *_AS_ASKED),
            indexes=(("person_id",), ("referral_id",)),
        ),
        Table("intake_need", texts("need", "level"), child=True),
        Table("intake_barrier", texts("barrier"), child=True),
    ),
    rows=rows,
    summary=summary,
    protected=True,
)
