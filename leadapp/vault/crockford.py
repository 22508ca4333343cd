"""Secrets as groups of letters a person can copy from paper, each group with its own check.

Crockford's alphabet has no I, L, O or U; what looks like 1 or 0 is read so. A group
is some letters of data and one check letter, computed over GF(32) from the letters
and the group's place: one wrong letter, two letters swapped or a group in the wrong
place are found, and the group is named.
"""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.core.errors import Refusal
from leadapp.vault.bech32 import regroup

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = {"O": "0", "I": "1", "L": "1"}
_FIELD = 0b100101  # x^5 + x^2 + 1
_BITS = 5
DATA_LETTERS = 4


def spell(data: bytes) -> str:
    """Return ``data`` in Crockford's letters, without checks."""
    return "".join(LETTERS[value] for value in regroup(data, 8, _BITS))


def group(letters: str) -> list[str]:
    """Return ``letters`` (a multiple of four) in groups, each with its check letter behind."""
    starts = range(0, len(letters), DATA_LETTERS)
    parts = [letters[start : start + DATA_LETTERS] for start in starts]
    return [part + _check(part, place) for place, part in enumerate(parts)]


def ungroup(groups: Sequence[str]) -> str:
    """Return the data letters of typed groups; Refusal names the first that is mistyped."""
    return "".join(check_group(text, place) for place, text in enumerate(groups))


def check_group(text: str, place: int) -> str:
    """Return the data letters of the group at ``place`` (from 0)."""
    letters = normal(text)
    wrong = [letter for letter in letters if letter not in LETTERS]
    whole = len(letters) == DATA_LETTERS + 1
    if wrong or not whole or _check(letters[:-1], place) != letters[-1]:
        raise Refusal("vault.group_mistyped", group=place + 1)
    return letters[:-1]


def unspell(letters: str, length: int) -> bytes:
    """Return the ``length`` bytes that ``letters`` spell."""
    values = [LETTERS.index(letter) for letter in letters]
    held = 0
    for value in values:
        held = held << _BITS | value
    spare = len(values) * _BITS - length * 8
    if spare < 0 or spare >= 8 or held & (1 << spare) - 1:
        raise Refusal("vault.code_incomplete")
    return (held >> spare).to_bytes(length, "big")


def normal(text: str) -> str:
    """Return typed letters as they are printed: upper case, no gaps, O as 0, I and L as 1."""
    letters = (letter for letter in text.upper() if not letter.isspace() and letter not in "-.,")
    return "".join(_READ_AS.get(letter, letter) for letter in letters)


def _check(letters: str, place: int) -> str:
    """Return sum of x^(n+1) * letter_n, plus the place: every weight differs and none is 0."""
    total = place % (1 << _BITS)
    weight = 0b10
    for letter in letters:
        total ^= _multiply(weight, LETTERS.index(letter))
        weight = _multiply(weight, 0b10)
    return LETTERS[total]


def _multiply(left: int, right: int) -> int:
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left <<= 1
        left ^= _FIELD if left >> _BITS else 0
        right >>= 1
    return product
