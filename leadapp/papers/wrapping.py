"""Text broken into lines that fit a width, with every letter kept.

Lines break at spaces; a word wider than the line breaks inside. A line broken at a
space keeps it, so that the text read back from the page has its words apart.
"""

from __future__ import annotations

import re
import unicodedata

from leadapp.papers import faces

_PIECES = re.compile(r"[^ ]+ *| +")
_TAB = "    "
_DROPPED = frozenset({"Cc", "Cf"})


def printable(text: str) -> str:
    """Return ``text`` in NFC with one kind of line break and without control marks."""
    flat = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    flat = flat.replace("\u2028", "\n").replace("\u2029", "\n").replace("\t", _TAB)
    if flat.isascii() and flat.replace("\n", "").isprintable():
        return flat
    return "".join(_kept(letter) for letter in flat)


def _kept(letter: str) -> str:
    if letter == "\n":
        return letter
    category = unicodedata.category(letter)
    if category in _DROPPED:
        return ""
    if category == "Cs":  # half of a pair: no file format can hold it
        return "\ufffd"
    return " " if category == "Zs" else letter


def wrap(text: str, face: str, size: float, room: float) -> list[str]:
    """Return the lines of ``text`` (as ``printable`` gives it); no line is wider than ``room``."""
    return [
        line for paragraph in text.split("\n") for line in _paragraph(paragraph, face, size, room)
    ]


def _paragraph(text: str, face: str, size: float, room: float) -> list[str]:
    if faces.width(text, face, size) <= room:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for piece in _PIECES.findall(text):
        seen = faces.width(piece.rstrip(" "), face, size)
        if line and used + seen > room:
            lines.append(line)
            line, used = "", 0.0
        if seen > room:
            *whole, piece_left = _broken(piece, face, size, room)
            lines.extend(whole)
            line = piece_left
        else:
            line += piece
        used = faces.width(line, face, size)
    lines.append(line)
    return lines


def _broken(word: str, face: str, size: float, room: float) -> list[str]:
    chunks: list[str] = []
    chunk, used = "", 0.0
    for letter in word:
        wide = faces.width(letter, face, size)
        joins = letter == " " or unicodedata.combining(letter)
        if chunk and used + wide > room and not joins:
            chunks.append(chunk)
            chunk, used = "", 0.0
        chunk += letter
        used += wide
    chunks.append(chunk)
    return chunks
