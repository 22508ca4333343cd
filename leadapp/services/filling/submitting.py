"""Filling and finishing a form in one go, with answers given as a table."""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.core.errors import Refusal
from leadapp.forms.session import FormSession
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling.finishing import Saved, gather, ready, save
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
        _placed(session, keys, copies, name): text
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


def _placed(
    session: FormSession, keys: Mapping[str, str], copies: dict[tuple[str, str], str], name: str
) -> str:
    """Return the session's key for ``name``.

    What stands in brackets only tells copies apart: each new label takes the next copy of
    its repeat, one is added where there is none. ``copies`` remembers which it was.
    """
    if "[" not in name:
        return keys.get(name, name)
    path = ""
    for step in name.split("/"):
        bare, bracket, label = step.partition("[")
        path = f"{path}/{bare}" if path else bare
        if not bracket:
            continue
        if (path, label) not in copies:
            taken = sum(repeat == path for repeat, _ in copies)
            copies[path, label] = _copy(session, path, taken)
        path = copies[path, label]
    return path


def _copy(session: FormSession, repeat: str, place: int) -> str:
    """Return the key of a repeat's copy, adding it; what is no repeat is returned as it is."""
    generic = tuple(step.partition("[")[0] for step in repeat.split("/"))
    if not any(names[1:] == generic for names in session.definition.repeats):
        return repeat
    while len(session.copies(repeat)) <= place:
        if not session.add_copy(repeat):
            return repeat
    return session.copies(repeat)[place]
