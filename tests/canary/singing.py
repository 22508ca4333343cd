"""Canary words, and finding them in files however they are written."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

STEM = "Vraxqolb"
"""Begins every canary word; long and odd enough never to stand in a file by chance."""
_LETTERS = "bcdfghjklm"
_numbers = count()


def word() -> str:
    """Return a canary word never used before."""
    return STEM + "".join(_LETTERS[int(digit)] for digit in f"{next(_numbers):05d}")


def find(folders: Iterable[Path]) -> list[str]:
    """Return the files below ``folders`` that hold a canary word, in their name or bytes."""
    found = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if STEM.casefold() in path.name.casefold():
                found.append(f"{path} (name)")
            if path.is_file():
                found += [f"{path} ({form})" for form in sings(path.read_bytes())]
    return found


def sings(data: bytes) -> list[str]:
    """Return in which forms ``data`` holds a canary word."""
    small = data.lower()
    return [name for name, needle, exact in _needles() if needle in (data if exact else small)]


def _needles() -> Iterator[tuple[str, bytes, bool]]:
    """Return each way to write the stem: its name, its bytes, whether case matters."""
    small = STEM.casefold()
    yield "text", small.encode(), False
    yield "UTF-16", small.encode("utf-16-le"), False
    yield "UTF-16 big end first", small.encode("utf-16-be"), False
    yield "hexadecimal", small.encode().hex().encode(), False
    yield "hexadecimal", STEM.encode().hex().encode(), False
    for text in (STEM, small, STEM.upper()):
        for before in range(3):
            yield "base64", _inside_base64(text.encode(), before), True


def _inside_base64(text: bytes, before: int) -> bytes:
    """Return the letters of base64 that ``text`` alone decides, ``before`` bytes into three."""
    whole = base64.b64encode(bytes(before) + text)
    start = -(-before * 8 // 6)
    return whole[start : (before + len(text)) * 8 // 6]
