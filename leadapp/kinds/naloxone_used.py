"""Naloxone used on one or several people at one event. No names, by design."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from leadapp.kinds.cells import (
    answers,
    event_day,
    joined,
    spoken,
    texts,
    whole,
    wholes,
    within,
)
from leadapp.kinds.contract import Cell, Column, Kind, Need, Record, Row, Summary, Table

SURVIVED = ("yes", "no", "unknown")
_AS_ASKED = ("reporter", "agency", "county", "place_type", "called_911", "kit_left", "from_place")
_OF_PERSON = (
    "survived", "sex", "age_band", "race", "state_before", "response", "next_step",
    "referral_offered",
)  # fmt: skip
_OF_ADMINISTRATION = ("giver", "product")
MG_PER_DOSE = {"nasal_3": 3.0, "nasal_4": 4.0, "nasal_8": 8.0, "im_vial": 0.4, "syringe_2": 2.0}
"""Products that ship whose dose is one amount; an average dose leaves the others out."""


def rows(record: Record) -> Iterator[Row]:
    """Give the event's row, and rows for its people and their administrations."""
    people = record.copies("people")
    cells = answers(record, _AS_ASKED)
    cells["people"] = len(people)
    given: dict[str, list[int]] = {}
    administrations: list[dict[str, Cell]] = []
    for copy in record.copies("administrations"):
        doses = whole(copy.get("doses", ""))
        given.setdefault(copy["_within"], []).append(doses or 0)
        administrations.append(
            {
                **within(copy, _OF_ADMINISTRATION),
                "lot_id": copy.get("lot", ""),
                "doses": doses,
                "mg": _milligrams(copy, doses),
            }
        )
    cells["doses"] = sum(map(sum, given.values())) if given else None
    yield "naloxone_used", cells
    for copy in people:
        doses_given = given.get(copy["_copy"])
        yield (
            "naloxone_person",
            {**within(copy, _OF_PERSON), "doses": sum(doses_given) if doses_given else None},
        )
    for administration in administrations:
        yield "naloxone_administration", administration


def _milligrams(copy: Mapping[str, str], doses: int | None) -> float | None:
    """Return what was given in all, by what the county's list said of the product then."""
    try:
        each: float | None = float(copy.get("mg_each", ""))
    except ValueError:
        each = MG_PER_DOSE.get(copy.get("product", ""))
    return None if each is None or doses is None else each * doses


def summary(record: Record) -> Summary:
    """Give who reported and how many people."""
    people = len(record.copies("people"))
    return Summary(
        title="Naloxone used",
        line=joined(
            spoken(record.answer("reporter")), f"{people} people" if people != 1 else "1 person"
        ),
        day=event_day(record, "day"),
        person="",
    )


KIND = Kind(
    name="naloxone_used",
    title="Naloxone used",
    rings=("law", "supply"),
    needs=(
        Need("day", ("date",), why="Reversals are counted by month."),
        Need("reporter", ("select_one",), why="Reports count by who reported."),
        Need("county", ("text", "select_one"), why="Reports count by county."),
        Need("people", ("repeat",), why="One event may have several people."),
        Need("survived", ("select_one",), SURVIVED, "Survival is reported."),
        Need("administrations", ("repeat",), why="One person may get several doses."),
        Need("giver", ("select_one",), why="Reports count by who gave it."),
        Need("product", ("select_one",), why="Doses differ between products."),
        Need("lot", ("select_one",), why="The doses leave this lot."),
        Need("doses", ("integer",), why="Doses are reported."),
    ),
    tables=(
        Table("naloxone_used", texts(*_AS_ASKED) + wholes("people", "doses")),
        Table("naloxone_person", texts(*_OF_PERSON) + wholes("doses"), child=True),
        Table(
            "naloxone_administration",
            (*texts(*_OF_ADMINISTRATION, "lot_id"), *wholes("doses"), Column("mg", "real")),
            indexes=(("lot_id",),),
            child=True,
        ),
    ),
    rows=rows,
    summary=summary,
    correction_needs_reason=True,
)
