"""Room to write in for the repeats of a blank form."""

from __future__ import annotations

from leadapp.forms.session import FormSession, Item

_DEEPEST = 3
"""Repeats in repeats that get copies on blank paper."""


def give_copies(session: FormSession) -> None:
    """Give every repeat of a blank form copies to write in: one where it holds another, else two."""
    for _ in range(_DEEPEST):
        for repeat in _repeats(session.items(everything=True)):
            if not repeat.children:
                session.add_copy(repeat.key)
    for repeat in _repeats(session.items(everything=True)):
        if len(repeat.children) == 1 and not any(_repeats(repeat.children)):
            session.add_copy(repeat.key)


def _repeats(items: tuple[Item, ...]) -> list[Item]:
    """Return every repeat, the inner ones after those around them."""
    own = [item for item in items if item.kind == "repeat"]
    return own + [inner for item in items for inner in _repeats(item.children)]
