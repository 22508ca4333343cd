"""A folded record made for a test."""

from leadapp.core.ids import FormId, RecordId, RingId, UserId
from leadapp.kinds.contract import Record


def record(answers, ring="care"):
    return Record(
        id=RecordId("r" * 22),
        ring=RingId(ring),
        form=FormId("form"),
        form_version="1",
        author=UserId("u" * 22),
        created_ms=0,
        changed_ms=0,
        finished_at="2026-10-05T14:00:00-04:00",
        conflicted=False,
        answers=answers,
    )
