"""Filling and finishing a form in one go, with answers given as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem, Severity
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling.finishing import Saved, gather, ready, save
from leadapp.services.filling.placing import placed_at
from leadapp.services.filling.work import Filling, begin, where

_CHOICES = ("select1", "select", "rank")


def submit(desk: Desk, form: str, answers: Mapping[str, str]) -> Saved:
    """Fill and finish ``form`` in one go with answers by path or question name."""
    family = family_of(where(desk, desk.shelf.source(form)))
    filling = begin(desk, form, lookup=desk.lookup(family))
    placed = put_answers(desk, filling, answers)
    not_taken = _not_taken(filling, placed)
    if not_taken:
        problems = tuple(not_taken)
        raise Refusal("services.answers_to_fix", problems=problems, count=len(problems))
    result = ready(desk, filling)
    if isinstance(result, list):
        raise Refusal("services.answers_to_fix", problems=tuple(result), count=len(result))
    not_asked = _not_asked(filling, placed)
    saved = save(desk, filling, result, gather(desk, filling, result))
    return replace(saved, warnings=(*saved.warnings, *not_asked))


def put_answers(desk: Desk, filling: Filling, answers: Mapping[str, str]) -> dict[str, str]:
    """Put ``answers`` into a filling, making the repeat copies they name; return them by key."""
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
    return placed


def _not_taken(filling: Filling, placed: Mapping[str, str]) -> list[Problem]:
    """Return the choices that the form does not offer: on screen nobody can choose them."""
    session, found = filling.session, []
    for key, text in placed.items():
        if not text.strip() or not session.is_relevant(key):
            continue
        state = session.state(key)
        if state.kind not in _CHOICES or state.pending:
            continue
        given = {text.strip()} if state.kind == "select1" else set(text.split())
        if given - {offer.name for offer in state.choices}:
            values = {"label": state.label}
            found.append(Problem("services.not_a_choice", values, Place(path=key)))
    return found


def _not_asked(filling: Filling, placed: Mapping[str, str]) -> list[Problem]:
    """Return what was given for questions that do not show; a record never holds it."""
    session = filling.session
    hidden = [key for key, text in placed.items() if text.strip() and not session.is_relevant(key)]
    return [
        Problem(
            "services.not_asked",
            {"label": session.state(key).label},
            Place(path=key),
            Severity.WARNING,
        )
        for key in hidden
    ]
