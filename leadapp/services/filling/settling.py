"""Settling what people changed side by side: one entry that names every contested answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leadapp.core.errors import Refusal
from leadapp.core.seams import Lookup
from leadapp.forms.session import Submission
from leadapp.services.desk import Desk
from leadapp.services.filling.work import Filling, correct
from leadapp.store.queries import StoredRecord


def settle(
    desk: Desk, stored: StoredRecord, choices: Mapping[str, str], *, lookup: Lookup
) -> tuple[Filling, Submission]:
    """Return what ``save`` writes so that ``stored`` holds ``choices`` and nothing is contested.

    ``choices`` are by answer key; a contested answer that is not among them stays as it is
    shown. Nothing else is written, and nothing else the record lacks stands in the way.
    The entry descends from all sides, so it settles the matter everywhere. To settle a
    void against an edit by the void, void the record instead. Reader lane.
    """
    if not stored.conflicts or set(choices) - set(stored.conflicts):
        raise Refusal("services.nothing_to_settle")
    filling = correct(desk, stored, lookup=lookup)
    for key, value in choices.items():
        here = filling.session.present(key)
        if filling.session.has(here):
            filling.session.set_answer(here, value)
    shown = {key: candidates[0].value for key, candidates in stored.conflicts.items()}
    filling = replace(filling, settles={**shown, **choices})
    return filling, filling.session.as_it_stands(desk.clock.now())
