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
from leadapp.journal.rings import SHARED
from leadapp.services import filling, stock
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Saved
from leadapp.services.stock import NewMovement
from leadapp.ui.naloxone import said
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
    """Fill it on the reader's lane, where its lists are, and write it on the writer's.

    Where its form has no ring open, the movement is written alone.
    """

    def fill() -> Callable[[], Saved]:
        if not stock.has_hand_out_form(desk):
            return lambda: _bare(desk, answers)
        given, seen = _marked(desk, answers)
        desk.shelf.definition(FORM)
        family = family_of(filling.where(desk, desk.shelf.source(FORM)))
        begun = filling.begin(desk, FORM, lookup=desk.lookup(family))
        filling.put_answers(desk, begun, given)
        result = filling.ready(desk, begun)
        if isinstance(result, list):
            raise Refusal("services.answers_to_fix", problems=tuple(result), count=len(result))
        known = filling.gather(desk, begun, result)
        return lambda: _told(filling.save(desk, begun, result, known), seen)

    def filled(save: Callable[[], Saved]) -> None:
        work.run(Lane.WRITER, save, done, failed, owner=owner)

    work.run(Lane.READER, fill, filled, failed, owner=owner)


def _bare(desk: Desk, answers: Mapping[str, str]) -> Saved:
    move = "left_behind" if answers.get("setting") == "leave_behind" else "given"
    new = NewMovement(
        move=move,
        lot=answers.get("lot", ""),
        from_place=answers.get("from_place", ""),
        to_place="",
        doses=int(answers.get("doses", "0")),
        kits=int(answers.get("kits", "0")),
        day=answers.get("day", ""),
    )
    written = stock.record(desk, new)
    made = tuple(record for _ring, record in written.records)
    words = said.move_words(move)
    return Saved(made[0], SHARED, words, 0, made, (), (), written)


def _marked(desk: Desk, answers: Mapping[str, str]) -> tuple[dict[str, str], int | None]:
    """Return the answers with the code as its mark, and how often that was there before."""
    given = dict(answers)
    code = given.pop(SELF_MADE, "")
    if not code:
        return given, None
    given["code_mark"] = stock.mark_of(desk, code)
    return given, stock.times_before(desk, given["code_mark"])


def _told(saved: Saved, seen: int | None) -> Saved:
    if seen is None:
        return saved
    times = Problem("naloxone.code_seen", {"times": seen + 1}, severity=Severity.WARNING)
    return replace(saved, warnings=(*saved.warnings, times))
