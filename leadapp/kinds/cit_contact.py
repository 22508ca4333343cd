"""A crisis contact written by an officer: one person, one incident.

Short answers of page one stand for longer ones: "no injury or force" means no force
and no injury. The list of endings is in three classes for reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import (
    answers,
    codes,
    event_day,
    joined,
    minutes_between,
    spoken,
    texts,
    whole,
    wholes,
)
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

DISPOSITIONS: dict[str, str] = {
    "resolved_on_scene": "scene",
    "resources_declined": "scene",
    "referred": "services",
    "mobile_crisis": "services",
    "voluntary_transport": "services",
    "custody_order": "services",
    "emergency_hold": "services",
    "arrest": "arrest",
    "citation": "arrest",
    "diverted": "services",
    "left_with_family": "scene",
    "medical_emergency": "services",
    "unable_to_locate": "scene",
    "deceased": "scene",
    "unfounded": "scene",
}
"""Each ending and its class."""

YES_NO = ("yes", "no")
YES_NO_UNKNOWN = ("yes", "no", "unknown")
_AS_ASKED = (
    "agency", "officer", "county", "place_type", "origin", "found_type", "call_type",
    "cit_requested", "cit_dispatched", "cit_arrived", "disposition",
    "veteran", "unhoused", "age_band", "sex", "race", "main_problem",
    "weapon", "threatened_violence", "behaviours", "substances",
    "naloxone_given", "follow_up", "follow_up_by", "follow_up_due",
)  # fmt: skip
_FORCE = ("force_level", "reportable_force", "handcuffed")
_INJURIES = ("injury_person", "injury_officer", "injury_other")
_NUMBERS = ("officers", "minutes", "officer_minutes", "miles", "naloxone_doses")
_SPANS = {
    "response_minutes": ("dispatched_at", "when"),
    "transfer_minutes": ("facility_arrived_at", "facility_released_at"),
}
"""Minutes between two moments of the contact."""


def rows(record: Record) -> Iterator[Row]:
    """Give the contact's row, and one row for each way a clinician took part."""
    disposition = record.answer("disposition")
    cells = answers(record, _AS_ASKED)
    cells["person_id"] = record.answer("person")
    cells["disposition_class"] = DISPOSITIONS.get(disposition, "")
    cells["offence"] = record.answer("offence")
    for name in _FORCE + _INJURIES:
        cells[name] = record.answer(name) or _when_none(record, name)
    for name in _NUMBERS:
        cells[name] = whole(record.answer(name))
    for name, (start, end) in _SPANS.items():
        cells[name] = minutes_between(record.answer(start), record.answer(end))
    yield "cit_contact", cells
    for mode in codes(record.answer("clinicians")):
        if mode != "none":
            yield "cit_clinician", {"mode": mode}


def summary(record: Record) -> Summary:
    """Give why the officer was there and how it ended."""
    return Summary(
        title="CIT contact",
        line=joined(spoken(record.answer("found_type")), spoken(record.answer("disposition"))),
        day=event_day(record, "when"),
        person=record.answer("person"),
        status=record.answer("disposition"),
    )


def _when_none(record: Record, name: str) -> str:
    """Return what "no injury or force" on page one says about a later question."""
    if record.answer("injury_or_force") != "no" or name == "handcuffed":
        return ""
    return "no" if name == "reportable_force" else "none"


KIND = Kind(
    name="cit_contact",
    title="CIT contact",
    rings=("law",),
    needs=(
        Need("when", ("dateTime",), why="Every report asks on what day it was."),
        Need("person", ("select_one",), why="Repeat contacts are counted by person."),
        Need(
            "found_type", ("select_one", "calculate"), ("suicide", "overdose"), "Reports list it."
        ),
        Need("weapon", ("select_one",), YES_NO_UNKNOWN, "The share with a weapon is reported."),
        Need("injury_or_force", ("select_one",), YES_NO, "Force and injury rates need it."),
        Need("disposition", ("select_one", "calculate"), why="Reports show how contacts ended."),
        Need("naloxone_given", ("select_one",), YES_NO, "A yes takes doses out of stock."),
        Need("follow_up", ("select_one",), YES_NO, "A yes offers a LEAD referral."),
        Need("minutes", ("integer", "calculate"), why="Officer time is reported."),
        Need("officers", ("integer",), why="Officer time is reported."),
        Need("officer_minutes", ("integer", "calculate"), why="Officer time is reported."),
        Need("cit_requested", ("select_one",), YES_NO, "The CIT response rate needs it."),
        Need("cit_dispatched", ("select_one",), YES_NO, "The CIT response rate needs it."),
        Need("cit_arrived", ("select_one",), YES_NO, "The CIT response rate needs it."),
        Need("offence", ("select_one",), YES_NO_UNKNOWN, "The diversion rate needs it."),
        Need("clinicians", ("select_multiple",), ("none",), "Clinician involvement is reported."),
    ),
    tables=(
        Table(
            "cit_contact",
            texts("person_id", "disposition_class", "offence", *_AS_ASKED, *_FORCE, *_INJURIES)
            + wholes(*_NUMBERS, *_SPANS),
            indexes=(("person_id",), ("agency",)),
        ),
        Table("cit_clinician", texts("mode"), child=True),
    ),
    rows=rows,
    summary=summary,
    correction_needs_reason=True,
)
