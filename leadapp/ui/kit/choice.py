"""One answer of a choice question, and the words its group is asked with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leadapp.core.text import fold


@dataclass(frozen=True, slots=True)
class Choice:
    """``name`` is stored, ``label`` is shown."""

    name: str
    label: str


def choice_for_key(choices: Sequence[Choice], typed: str, chosen: int | None) -> int | None:
    """Return which choice a digit or first letter means; letters go round those that share one."""
    if typed.isdigit():
        at = int(typed) - 1
        return at if 0 <= at < len(choices) else None
    letter = fold(typed)
    if not letter:
        return None
    hits = [at for at, choice in enumerate(choices) if fold(choice.label).startswith(letter)]
    if not hits:
        return None
    return next((at for at in hits if chosen is not None and at > chosen), hits[0])
