"""Writing a hand-out from the record panel: the form NX-2 filled and finished in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from leadapp.core.errors import LeadappError, Refusal
from leadapp.services import filling
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Saved
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
        desk.shelf.definition(FORM)
        family = family_of(filling.where(desk, desk.shelf.source(FORM)))
        begun = filling.begin(desk, FORM, lookup=desk.lookup(family))
        filling.put_answers(desk, begun, answers)
        result = filling.ready(desk, begun)
        if isinstance(result, list):
            raise Refusal("services.answers_to_fix", problems=tuple(result), count=len(result))
        known = filling.gather(desk, begun, result)
        return lambda: filling.save(desk, begun, result, known)

    def filled(save: Callable[[], Saved]) -> None:
        work.run(Lane.WRITER, save, done, failed, owner=owner)

    work.run(Lane.READER, fill, filled, failed, owner=owner)
