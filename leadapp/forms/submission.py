"""A finished form: the answers that are kept, and those that can be computed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leadapp.core.problems import Problem
from leadapp.forms.answers import ORDER, Answers, composed, holds_answer, is_calculated, lost_copies
from leadapp.forms.expressions.values import number_text
from leadapp.forms.live import LiveNode, Record, live_below
from leadapp.forms.renaming import to_stored


@dataclass(frozen=True, slots=True)
class Submission:
    """What finishing a form gives."""

    form_id: str
    version: str
    definition_hash: str
    answers: Answers
    """Typed and once-only answers that show, with ``_order`` and ``_removed`` of copies.

    Keys are those of the first version of the form that had them (``was``).
    """
    calculated: Answers
    """Answers the form computes; never stored, ``recalculate`` gives them again."""
    finished_at: datetime
    dropped: int
    """Answers left out because their questions do not show."""
    warnings: tuple[Problem, ...] = ()
    """What waits ("finish later") or is worth a look; it did not block."""


def make_submission(
    record: Record, loaded: Mapping[str, str], moment: datetime, warnings: tuple[Problem, ...]
) -> Submission:
    """Return the submission of ``record`` as it stands."""
    definition = record.definition
    typed: Answers = {}
    calculated: Answers = {}
    dropped = 0
    for node in live_below(record.top):
        own = is_calculated(record, node)
        if node.hidden:
            if node.copy and _holds_a_place(record, node):
                typed[f"{node.key}/{ORDER}"] = number_text(node.order)
            dropped += int(bool(node.value) and node.is_leaf and not own)
            continue
        if node.copy:
            typed[f"{node.key}/{ORDER}"] = number_text(node.order)
        if node.value and holds_answer(record, node):
            (calculated if own else typed)[node.key] = composed(node.value)
    typed.update(lost_copies(record, loaded))
    return Submission(
        form_id=definition.id,
        version=definition.version,
        definition_hash=definition.hash,
        answers=to_stored(definition, typed),
        calculated=calculated,
        finished_at=moment,
        dropped=dropped,
        warnings=warnings,
    )


def _holds_a_place(record: Record, copy: LiveNode) -> bool:
    """Return whether a hidden copy is kept, blank, so that those after it keep their place."""
    return any(not other.hidden for other in record.range_of(copy).copies)
