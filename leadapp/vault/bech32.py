"""Bech32, the spelling of age's keys: a word, a 1, and 5 bits a letter with a checksum.

Only what age needs (BIP 173 without its length limit).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from leadapp.core.errors import Damage

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECK = 6


def encode(word: str, data: bytes) -> str:
    """Return ``data`` spelled with the human-readable ``word`` before it, lower case."""
    values = regroup(data, 8, 5)
    checksum = _polymod([*_expand(word), *values, *[0] * _CHECK]) ^ 1
    check = [(checksum >> 5 * (_CHECK - 1 - n)) & 31 for n in range(_CHECK)]
    return f"{word}1{''.join(_LETTERS[value] for value in (*values, *check))}"


def decode(word: str, text: str) -> bytes:
    """Return the bytes ``text`` spells; Damage when word, letters or checksum are wrong."""
    lowered = text.lower()
    start, one, letters = lowered.rpartition("1")
    if not one or start != word or text not in (lowered, text.upper()):
        raise Damage("vault.bad_key")
    values = [_LETTERS.find(letter) for letter in letters]
    if min(values, default=-1) < 0 or _polymod([*_expand(word), *values]) != 1:
        raise Damage("vault.bad_key")
    return bytes(regroup(values[:-_CHECK], 5, 8, pad=False))


def regroup(values: Iterable[int], old: int, new: int, *, pad: bool = True) -> list[int]:
    """Return ``values`` of ``old`` bits each as values of ``new`` bits each."""
    held, bits = 0, 0
    found: list[int] = []
    for value in values:
        held, bits = held << old | value, bits + old
        while bits >= new:
            bits -= new
            found.append(held >> bits & (1 << new) - 1)
            held &= (1 << bits) - 1
    if pad and bits:
        found.append(held << new - bits & (1 << new) - 1)
    elif held:
        raise Damage("vault.bad_key")
    return found


def _expand(word: str) -> list[int]:
    return [*(ord(letter) >> 5 for letter in word), 0, *(ord(letter) & 31 for letter in word)]


def _polymod(values: Sequence[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for n, term in enumerate(_GENERATOR):
            checksum ^= term if top >> n & 1 else 0
    return checksum
