"""How well what was typed fits words: start, word starts, initials, inside. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.core.text import fold


def fit(typed: str, words: str, also: Sequence[str] = ()) -> int:
    """Return 0 for no fit, more for a better one; ``rn`` fits "Record naloxone"."""
    wanted = fold(typed)
    if not wanted:
        return 1
    best = _fit_one(wanted, fold(words))
    if best:
        return best
    return 30 if any(_fit_one(wanted, fold(other)) for other in also) else 0


def _fit_one(wanted: str, text: str) -> int:
    if text.startswith(wanted):
        return 100
    parts = text.split()
    if all(any(part.startswith(piece) for part in parts) for piece in wanted.split()):
        return 80
    if "".join(part[0] for part in parts).startswith(wanted.replace(" ", "")):
        return 70
    return 50 if wanted in text else 0
