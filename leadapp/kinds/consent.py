"""A consent: who may be told what about a person, from when and until when."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, spoken, texts, within
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

TYPES = (
    "general", "part2_specific", "part2_tpo", "part2_legal", "counselling_notes",
    "lead_multiparty",
)  # fmt: skip
CATEGORIES = (
    "status", "attendance", "progress", "referrals", "assessment", "treatment", "overdose_risk",
    "documents",
)  # fmt: skip
_DAYS = ("signed_day", "expires_day", "revoked_day")


def rows(record: Record) -> Iterator[Row]:
    """Give the consent's row, and one row for each party named in it."""
    cells = answers(record, ("type", "expires_kind", "expires_event", "way"))
    cells["person_id"] = record.answer("person")
    for name in _DAYS:
        cells[name] = day(record.answer(name))
    yield "consent", cells
    for copy in record.copies("parties"):
        yield "consent_party", within(copy, ("party", "agency", "categories"))


def summary(record: Record) -> Summary:
    """Give the type and when it ends."""
    revoked = day(record.answer("revoked_day"))
    expires = day(record.answer("expires_day"))
    return Summary(
        title="Consent",
        line=joined(spoken(record.answer("type")), f"ends {expires}" if expires else ""),
        day=event_day(record, "signed_day"),
        person=record.answer("person"),
        status="revoked" if revoked else "",
    )


KIND = Kind(
    name="consent",
    title="Consent",
    rings=("care",),
    needs=(
        Need("person", ("select_one",), why="It is one person's consent."),
        Need("type", ("select_one",), TYPES, "What may be told depends on it."),
        Need("signed_day", ("date",), why="It begins on this day."),
        Need("expires_day", ("date",), why="It ends on this day."),
        Need("revoked_day", ("date",), why="Telling stops on this day."),
        Need("parties", ("repeat",), why="Only who is named may be told."),
        Need("party", ("select_one",), why="Only who is named may be told."),
        Need("agency", ("select_one",), why="Only who is named may be told."),
        Need("categories", ("select_multiple",), CATEGORIES, "Only what is named may be told."),
    ),
    tables=(
        Table(
            "consent",
            texts("person_id", "type", "expires_kind", "expires_event", "way", *_DAYS),
            indexes=(("person_id",),),
        ),
        Table("consent_party", texts("party", "agency", "categories"), child=True),
    ),
    rows=rows,
    summary=summary,
    protected=True,
)
