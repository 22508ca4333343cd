"""A charge held back while its person does an intake, and what the prosecutor decided."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, spoken, texts
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

STATUSES = (
    "held", "not_filed_intake_done", "not_filed_other", "filed_no_intake", "filed_other",
    "filed_then_dismissed", "filed_then_convicted", "referred_to_recovery_court",
    "limitation_expired", "unknown",
)  # fmt: skip
CATEGORIES = (
    "drug_possession", "paraphernalia", "subsistence_sale", "larceny", "trespass", "sex_work",
    "disorderly", "public_intoxication", "park_transit", "other_nonviolent",
)  # fmt: skip
_AS_ASKED = ("status", "category", "stage", "decision", "condition", "outcome", "notice")
_DAYS = ("status_day", "due_day", "extended_day")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    cells = answers(record, _AS_ASKED)
    cells["person_id"] = record.answer("person")
    cells["referral_id"] = record.answer("referral")
    for name in _DAYS:
        cells[name] = day(record.answer(name))
    yield "diverted_charge", cells


def summary(record: Record) -> Summary:
    """Give the charge and its status."""
    status = record.answer("status")
    return Summary(
        title="Diverted charge",
        line=joined(spoken(record.answer("category")), spoken(status)),
        day=event_day(record, "status_day"),
        person=record.answer("person"),
        status=status,
    )


KIND = Kind(
    name="diverted_charge",
    title="Diverted charge",
    rings=("care",),
    needs=(
        Need("person", ("select_one",), why="It is one person's charge."),
        Need("referral", ("select_one",), why="Its clock runs from the referral."),
        Need("status", ("select_one",), STATUSES, "Charges are counted by status."),
        Need("status_day", ("date",), why="Charges decided are counted by period."),
        Need("category", ("select_one",), CATEGORIES, "Charges are counted by category."),
    ),
    tables=(
        Table(
            "diverted_charge",
            texts("person_id", "referral_id", *_DAYS, *_AS_ASKED),
            indexes=(("person_id",), ("referral_id",)),
        ),
    ),
    rows=rows,
    summary=summary,
    protected=True,
)
