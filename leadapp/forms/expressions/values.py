"""What an expression's value can be, and how one kind becomes another.

Numbers are floats; node sets are lists; days and moments are dates. ISO dates in text
become numbers where a number is wanted, as ODK demands.
"""

from __future__ import annotations

import math
import re
from datetime import date, tzinfo
from decimal import Decimal

from leadapp.forms.expressions import dates
from leadapp.forms.tree import Node

Value = float | str | bool | date | list[Node]

NAN = math.nan
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_LARGEST_WHOLE = 1e15


def to_text(value: Value) -> str:
    """Return ``value`` as text: the first node of a set, ISO for dates, ``NaN`` for no number."""
    if type(value) is str:
        return value
    if type(value) is list:
        return value[0].text() if value else ""
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is float:
        return number_text(value)
    return dates.write(value) if isinstance(value, date) else str(value)


def number_text(number: float) -> str:
    """Return ``number`` without an exponent and without a needless ``.0``."""
    if number != number:
        return "NaN"
    if number in (math.inf, -math.inf):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number) and abs(number) < _LARGEST_WHOLE:
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def to_number(value: Value, zone: tzinfo) -> float:
    """Return ``value`` as a number; NaN where it is none."""
    if type(value) is float:
        return value
    if type(value) is bool:
        return 1.0 if value else 0.0
    if isinstance(value, date):
        return dates.days_of(value)
    return text_number(to_text(value), zone)


def text_number(text: str, zone: tzinfo) -> float:
    """Return the number, day or moment that ``text`` is, as a number."""
    text = text.strip()
    if _NUMBER.fullmatch(text) is not None:
        return float(text)
    found = dates.read_any(text, zone)
    return NAN if found is None else dates.days_of(found)


def to_truth(value: Value) -> bool:
    """Return ``value`` as a truth: not blank, not zero, not NaN, not an empty set."""
    if type(value) is bool:
        return value
    if type(value) is float:
        return value == value and value != 0
    if type(value) is date or isinstance(value, date):
        return True
    return bool(value)


def is_blank(value: Value) -> bool:
    """Return whether ``value`` stored into a question leaves it blank."""
    if type(value) is float:
        return value != value
    return to_text(value) == ""


def to_stored(value: Value) -> str:
    """Return what is written into a question: text, and nothing for NaN."""
    if type(value) is float and value != value:
        return ""
    return to_text(value)


def as_date(value: Value, zone: tzinfo) -> date | None:
    """Return the day or moment that ``value`` is; a whole number is a day."""
    if isinstance(value, date):
        return value
    if type(value) is list:
        value = to_text(value)
    if type(value) is str:
        found = dates.read_any(value, zone)
        if found is not None:
            return found
    if type(value) is bool:
        return None
    number = to_number(value, zone)
    if number != number:
        return None
    whole = math.isfinite(number) and number == math.floor(number)
    return dates.day_from(number) if whole else dates.moment_from(number, zone)
