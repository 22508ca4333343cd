"""What became of a referral, as the care side knows it: screening, waiting, enrolled.

It points to the referral; the referral never points back, since officers can read it.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, spoken, texts, written
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table
from leadapp.kinds.referral import SCREENINGS, STATUSES

_AS_ASKED = ("status", "screening", "ineligible_reason", "declined_reason", "priority")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    cells = answers(record, _AS_ASKED)
    cells["referral_id"] = record.answer("referral")
    cells["person_id"] = record.answer("person")
    cells["status_day"] = day(record.answer("status_day"))
    cells["first_contact_day"] = day(record.answer("first_contact_day"))
    cells["written"] = written(record)
    yield "referral_status", cells


def summary(record: Record) -> Summary:
    """Give the status and the screening."""
    status = record.answer("status")
    return Summary(
        title="Referral status",
        line=joined(spoken(status), spoken(record.answer("screening"))),
        day=event_day(record, "status_day"),
        person=record.answer("person"),
        status=status,
    )


KIND = Kind(
    name="referral_status",
    title="Referral status",
    rings=("care",),
    needs=(
        Need("referral", ("select_one",), why="It is about one referral."),
        Need("person", ("select_one",), why="Referred people are counted once."),
        Need("status", ("select_one",), STATUSES[1:], "Referrals are counted by status."),
        Need("status_day", ("date",), why="Reports ask since when."),
        Need("screening", ("select_one",), SCREENINGS, "The eligibility rate needs it."),
    ),
    tables=(
        Table(
            "referral_status",
            texts(
                "referral_id", "person_id", "status_day", "first_contact_day", "written", *_AS_ASKED
            ),
            indexes=(("referral_id",), ("person_id",)),
        ),
    ),
    rows=rows,
    summary=summary,
    protected=True,
)
