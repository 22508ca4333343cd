"""A person's unfinished forms. Drafts lane."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import DraftId, FormId
from leadapp.services.desk import Desk


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An unfinished form: what, how far, since when."""

    draft: DraftId
    form: FormId
    title: str
    about: str
    answers: int
    changed_ms: int
    correcting: bool


def my_drafts(desk: Desk) -> list[DraftLine]:
    """Return this person's unfinished forms, last touched first. Drafts lane."""
    found = []
    for draft in desk.drafts.mine(desk.user):
        try:
            title = desk.shelf.source(draft.form, draft.hash).title
        except Refusal:
            title = draft.form
        answers = sum(
            bool(text) and not name.rpartition("/")[2].startswith("_")
            for name, text in draft.answers.items()
        )
        found.append(
            DraftLine(
                draft.id, draft.form, title, draft.title, answers, draft.changed_ms,
                draft.correcting,
            )
        )  # fmt: skip
    return found
