"""A referral to LEAD, by any of its three doors.

An officer's referral lies where officers can read it, so it knows nothing of what
came of it: that is a ``referral_status`` record of the care side.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import (
    answers,
    day,
    event_day,
    joined,
    minutes_between,
    spoken,
    texts,
    whole,
    wholes,
    within,
)
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

DOORS = ("arrest", "social", "community")
PATHWAYS = (
    "self", "outreach", "post_overdose", "officer_no_charge", "officer_charge",
    "community_response",
)  # fmt: skip
STATUSES = (
    "draft", "received", "screening", "ineligible", "waitlisted", "outreach",
    "declined_by_person", "unable_to_locate", "duplicate", "enrolled", "withdrawn",
)  # fmt: skip
OFFERS = ("accepted", "declined", "undecided")
SCREENINGS = ("eligible", "ineligible", "needs_prosecutor")
_AS_ASKED = (
    "door", "pathway", "agency", "officer", "offer", "screening", "status", "urgency", "sex",
    "race", "ethnicity", "handoff", "ok_to_contact", "how_began", "referrer_type", "incident_number",
)  # fmt: skip


def rows(record: Record) -> Iterator[Row]:
    """Give the referral's row, and one row for each diverted offence."""
    cells = answers(record, _AS_ASKED)
    cells["person_id"] = record.answer("person")
    cells["due_day"] = day(record.answer("due_day"))
    cells["officer_minutes"] = whole(record.answer("officer_minutes"))
    cells["naloxone_kits"] = whole(record.answer("naloxone_kits"))
    cells["response_minutes"] = minutes_between(
        record.answer("manager_called"), record.answer("manager_arrived")
    )
    yield "referral", cells
    for copy in record.copies("offences"):
        yield "referral_offence", within(copy, ("category", "charge_class", "drug"))


def summary(record: Record) -> Summary:
    """Give the name as it was written, and the door."""
    name = joined(record.answer("last_name") or record.answer("alias"), record.answer("first_name"))
    return Summary(
        title=name or "LEAD referral",
        line=joined(f"{spoken(record.answer('door'))} referral".strip(), _offer(record)),
        day=event_day(record, "when"),
        person=record.answer("person"),
        status=record.answer("status"),
    )


def _offer(record: Record) -> str:
    offer = record.answer("offer")
    return f"offer {offer}" if offer else ""


KIND = Kind(
    name="referral",
    title="LEAD referral",
    rings=("refer", "care"),
    needs=(
        Need("when", ("dateTime",), why="Referrals are counted by month."),
        Need("door", ("select_one",), DOORS, "Referrals are counted by door."),
        Need("pathway", ("select_one", "calculate"), why="Funders count by pathway."),
        Need("agency", ("select_one",), why="Referrals are counted by agency."),
        Need("officer", ("select_one",), why="The share of officers who refer is reported."),
        Need("last_name", ("text",), why="Outreach must know whom to look for."),
        Need("first_name", ("text",), why="Outreach must know whom to look for."),
        Need("offer", ("select_one",), OFFERS, "The acceptance rate needs it."),
        Need("screening", ("select_one",), SCREENINGS, "The eligibility rate needs it."),
        Need("status", ("select_one",), ("received", "withdrawn"), "Open referrals are listed."),
        Need("due_day", ("date", "calculate"), why="The intake clock runs to this day."),
        Need("urgency", ("select_one",), why="Urgent referrals come first."),
        Need("ok_to_contact", ("select_one",), ("written", "verbal", "no"), "Staff must know."),
    ),
    tables=(
        Table(
            "referral",
            texts("person_id", "due_day", *_AS_ASKED)
            + wholes("officer_minutes", "naloxone_kits", "response_minutes"),
            indexes=(("person_id",), ("agency",), ("due_day",)),
        ),
        Table("referral_offence", texts("category", "charge_class", "drug"), child=True),
    ),
    rows=rows,
    summary=summary,
)
