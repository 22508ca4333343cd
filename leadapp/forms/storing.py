"""How a text is written into a question of a type, and whether it fits that type."""

from __future__ import annotations

import re
from datetime import datetime, tzinfo

from leadapp.forms.expressions import dates
from leadapp.forms.expressions.values import number_text, text_number

_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")


def as_stored(text: str, kind: str, zone: tzinfo) -> str:
    """Return ``text`` as a question of type ``kind`` stores it; as it is where it does not fit."""
    if not text:
        return ""
    match kind:
        case "int" | "integer":
            return _whole(text, zone)
        case "date":
            return _day(text, zone)
        case "geopoint":
            return _place(text)
        case _:
            return text


def _whole(text: str, zone: tzinfo) -> str:
    bare = text.strip()
    if _WHOLE.fullmatch(bare):
        return bare.removeprefix("+")
    number = text_number(bare, zone)
    if number != number or number in (float("inf"), float("-inf")):
        return text
    return str(int(number)) if abs(number) >= 1e15 else number_text(float(int(number)))


def _day(text: str, zone: tzinfo) -> str:
    found = dates.read_any(text.strip(), zone)
    if found is None:
        number = text_number(text, zone)
        found = dates.day_from(number) if number == number and abs(number) < 1e9 else None
        if found is None:
            return text
    if isinstance(found, datetime):
        return found.astimezone(zone).date().isoformat()
    return found.isoformat()


def _place(text: str) -> str:
    """Return latitude, longitude, altitude and accuracy, the last two 0 where not given."""
    words = text.split()
    if not 2 <= len(words) <= 4 or not all(_NUMBER.fullmatch(word) for word in words):
        return text
    return " ".join(repr(float(word)) for word in [*words, "0", "0"][:4])


def misfit(text: str, kind: str, zone: tzinfo) -> str:
    """Return the code of the problem ``text`` has as an answer of type ``kind``, or nothing."""
    if not text:
        return ""
    match kind:
        case "int" | "integer":
            return "" if _WHOLE.fullmatch(text) else "forms.answer_not_whole"
        case "decimal":
            return "" if _NUMBER.fullmatch(text.strip()) else "forms.answer_not_number"
        case "date":
            return "" if dates.read_day(text) else "forms.answer_not_day"
        case "dateTime":
            return "" if dates.read_any(text, zone) else "forms.answer_not_moment"
        case "time":
            return "" if dates.read_time(text) else "forms.answer_not_time"
        case _:
            return ""
