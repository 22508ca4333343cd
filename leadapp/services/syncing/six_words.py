"""A fingerprint as six words that can be said over the phone: 96 bits of a SHA-256.

Each word is five letters, consonants and vowels in turn, so no list of words is needed and
each can also be spelled.
"""

from __future__ import annotations

import hashlib

_CONSONANTS = "bdfghjklmnprstvz"
_VOWELS = "aiou"
_WORDS = 6


def six_words(data: bytes) -> str:
    """Return the words of ``data``."""
    digest = hashlib.sha256(b"dv-words-1\0" + data).digest()
    parts = (digest[2 * n : 2 * n + 2] for n in range(_WORDS))
    return " ".join(_word(int.from_bytes(part, "big")) for part in parts)


def same_words(one: str, other: str) -> bool:
    """Return whether two people read out the same words, however written."""
    return _plain(one) == _plain(other)


def _plain(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalpha())


def _word(bits: int) -> str:
    letters = ""
    for kind, width in ((_CONSONANTS, 4), (_VOWELS, 2)) * 2 + ((_CONSONANTS, 4),):
        letters += kind[bits & ((1 << width) - 1)]
        bits >>= width
    return letters
