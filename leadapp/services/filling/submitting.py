"""Filling and finishing a form in one go, with answers given as a table."""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.core.errors import Refusal
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling.finishing import Saved, gather, ready, save
from leadapp.services.filling.placing import placed_at
from leadapp.services.filling.work import Filling, begin, where


def submit(desk: Desk, form: str, answers: Mapping[str, str]) -> Saved:
    """Fill and finish ``form`` in one go with answers by path or question name."""
    family = family_of(where(desk, desk.shelf.source(form)))
    filling = begin(desk, form, lookup=desk.lookup(family))
    put_answers(desk, filling, answers)
    result = ready(desk, filling)
    if isinstance(result, list):
        raise Refusal("services.answers_to_fix", problems=tuple(result), count=len(result))
    return save(desk, filling, result, gather(desk, filling, result))


def put_answers(desk: Desk, filling: Filling, answers: Mapping[str, str]) -> None:
    """Put ``answers`` into a filling, making the repeat copies they name."""
    session, keys = filling.session, desk.shelf.keys(filling.source)
    copies: dict[tuple[str, str], str] = {}
    placed = {
        placed_at(session, keys, copies, name): text
        for name, text in answers.items()
        if not name.endswith(("/_order", "/_removed"))
    }
    unknown = [name for name in placed if not session.has(name)]
    if unknown:
        raise Refusal(
            "services.no_such_question",
            question=unknown[0],
            count=len(unknown),
        )
    order = {key: place for place, key in enumerate(keys.values())}
    for key in sorted(placed, key=lambda one: order.get(one, len(order))):
        session.set_answer(key, placed[key])
