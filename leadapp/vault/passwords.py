"""Which passwords are good ones: long, not common, not made of names known here.

No rule about capitals, digits or signs, and no upper limit: length and not being
guessable are what counts. Every problem is told at once.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.problems import Problem
from leadapp.core.text import fold

SHORTEST = 15
SHORTEST_WITH_CODE = 8
_LEAST_OWN = 8
_LEAST_OWN_WITH_CODE = 5
_LEAST_DIFFERENT = 5
_SHORTEST_WORD = 4
_LOOKS_LIKE = str.maketrans("0134578@$!|", "oieastbasil")
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
_RUN = 4


def require_good(
    password: str, context_words: Iterable[str] = (), *, second_factor: bool = False
) -> None:
    """Refuse a password with ``problems_with`` it."""
    if found := problems_with(password, context_words, second_factor=second_factor):
        raise Refusal("vault.password_not_good", problems=tuple(found))


def problems_with(
    password: str,
    context_words: Iterable[str] = (),
    *,
    second_factor: bool = False,
    blocklist: Collection[str] | None = None,
) -> list[Problem]:
    """Return what speaks against ``password``; an empty list when it is good.

    ``context_words`` are names a guesser would try here: the county, the agency, the
    program, the person. ``blocklist`` is the shipped one unless another is given.
    """
    known = shipped_blocklist() if blocklist is None else frozenset(blocklist)
    text = unicodedata.normalize("NFC", password)
    least = SHORTEST_WITH_CODE if second_factor else SHORTEST
    found = []
    if len(text) < least:
        found.append(Problem("vault.password_short", {"least": least, "given": len(text)}))
    if text and len(set(text.casefold())) < _LEAST_DIFFERENT:
        found.append(Problem("vault.password_repeats"))
        return found
    return found + _guessable(text, context_words, known, second_factor=second_factor)


def _guessable(
    text: str, context_words: Iterable[str], known: frozenset[str], *, second_factor: bool
) -> list[Problem]:
    own = _LEAST_OWN_WITH_CODE if second_factor else _LEAST_OWN
    flat = _flat(text)
    bare, used = _without(flat, _words(context_words))
    if used and len(bare) < own:
        return [Problem("vault.password_names", {"word": used[0]})]
    rest = _without_runs(_without(flat, known)[0])
    signs = sum(1 for letter in text if not letter.isascii() and not letter.isalnum())
    if len(rest) < len(flat) and len(rest) + signs < own:
        return [Problem("vault.password_common")]
    return []


def _flat(text: str) -> str:
    """Return the letters as a guesser's rules see them: no case, signs or look-alikes."""
    lowered = text.casefold().translate(_LOOKS_LIKE)
    return "".join(letter for letter in lowered if letter.isalnum())


def _words(names: Iterable[str]) -> frozenset[str]:
    parts = {part for name in names for part in fold(name).split()}
    wholes = {fold(name).replace(" ", "") for name in names}
    flat = {_flat(word) for word in parts | wholes}
    return frozenset(word for word in flat if len(word) >= _SHORTEST_WORD)


def _without(text: str, words: Collection[str]) -> tuple[str, list[str]]:
    """Return ``text`` with the longest words cut out first, and the words found."""
    longest = max(map(len, words), default=0)
    used: list[str] = []
    for size in range(min(longest, len(text)), _SHORTEST_WORD - 1, -1):
        start = 0
        while start + size <= len(text):
            if text[start : start + size] in words:
                used.append(text[start : start + size])
                text = text[:start] + text[start + size :]
            else:
                start += 1
    return text, used


def _without_runs(text: str) -> str:
    """Return ``text`` with runs along the alphabet, the digits or a keyboard row cut to one.

    Digits were read as letters before, so rows are read the same way.
    """
    rows = [_flat(row) for row in _ROWS]
    rows += [row[::-1] for row in rows]
    return "".join(letter for place, letter in enumerate(text) if not _runs_on(text, place, rows))


def _runs_on(text: str, place: int, rows: list[str]) -> bool:
    """Return whether the letter at ``place`` repeats the last one or carries on a run."""
    if place and text[place - 1] == text[place]:
        return True
    tail = text[max(0, place - _RUN + 1) : place + 1]
    return len(tail) == _RUN and any(tail in row for row in rows)


def load_blocklist(path: Path) -> frozenset[str]:
    """Read a list of common passwords and words, one a line; # starts a remark."""
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    words = {line.casefold() for line in lines if line and not line.startswith("#")}
    flat = {_flat(word) for word in words}
    return frozenset(word for word in words | flat if len(word) >= _SHORTEST_WORD)


@cache
def shipped_blocklist() -> frozenset[str]:
    """Return the list the program ships with, read once."""
    return load_blocklist(resources() / "passwords" / "blocklist.txt")
