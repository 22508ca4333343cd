"""Where an answer goes that is named from outside: by question name, or into a repeat's copy."""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.forms.session import FormSession


def placed_at(
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
