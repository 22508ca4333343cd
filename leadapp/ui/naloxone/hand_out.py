"""Writing a hand-out from the record panel: the form NX-2 filled and finished in one go.

A self-made code becomes its mark before anything is filled in; what comes back is how
often it was there before, and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.problems import Problem, Severity
from leadapp.services import filling, stock
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Saved
from leadapp.ui.naloxone.moving import SELF_MADE
from leadapp.ui.work import Lane, Work

FORM = "naloxone_given"


def write_hand_out(
    desk: Desk,
    work: Work,
    answers: Mapping[str, str],
    done: Callable[[Saved], None],
    failed: Callable[[LeadappError], None],
    owner: QObject,
) -> None:
    """Fill it on the reader's lane, where its lists are, and write it on the writer's."""

    def fill() -> Callable[[], Saved]:
        said, seen = _marked(desk, answers)
        desk.shelf.definition(FORM)
        family = family_of(filling.where(desk, desk.shelf.source(FORM)))
        begun = filling.begin(desk, FORM, lookup=desk.lookup(family))
        filling.put_answers(desk, begun, said)
        result = filling.ready(desk, begun)
        if isinstance(result, list):
            raise Refusal("services.answers_to_fix", problems=tuple(result), count=len(result))
        known = filling.gather(desk, begun, result)
        return lambda: _told(filling.save(desk, begun, result, known), seen)

    def filled(save: Callable[[], Saved]) -> None:
        work.run(Lane.WRITER, save, done, failed, owner=owner)

    work.run(Lane.READER, fill, filled, failed, owner=owner)


def _marked(desk: Desk, answers: Mapping[str, str]) -> tuple[dict[str, str], int | None]:
    """Return the answers with the code as its mark, and how often that was there before."""
    said = dict(answers)
    code = said.pop(SELF_MADE, "")
    if not code:
        return said, None
    said["code_mark"] = stock.mark_of(desk, code)
    return said, stock.times_before(desk, said["code_mark"])


def _told(saved: Saved, seen: int | None) -> Saved:
    if seen is None:
        return saved
    times = Problem("naloxone.code_seen", {"times": seen + 1}, severity=Severity.WARNING)
    return replace(saved, warnings=(*saved.warnings, times))
