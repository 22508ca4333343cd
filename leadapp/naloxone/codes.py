"""GS1 codes on cartons: what a scanner types, or a person reads off the label.

A DataMatrix holds a trade item number (01), a lot (10), a last day (17) and a serial
number (21). Scanners send the separator after a lot or serial as the control character
29, some as another sign; people read ``(01)0...(17)...(10)...``.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from leadapp.core.errors import Refusal

SEPARATOR = "\x1d"
_GTIN, _LOT, _EXPIRY, _SERIAL = "01", "10", "17", "21"
_FIXED = {
    "00": 18, _GTIN: 14, "02": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, _EXPIRY: 6, "20": 2,
}  # fmt: skip
"""Identifiers whose value has a fixed length: no separator follows."""
_LONGEST = 20
_VALUE = re.compile(r"[!-~]{1,20}")
_SYMBOLOGY = re.compile(r"^\](?:d2|C1|Q3|e0|J1)")
_SEPARATORS = re.compile(r"\x1d|<GS>|\{GS\}|\[GS\]|\\x1d|\\u001d|\\F|<FNC1>|\{FNC1\}|~1", re.I)
_READ_OUT = re.compile(r"\((\d{2})\)")
_WITHOUT_CHECK = (12, 13)


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code says; blank where it says nothing. ``expiry`` is an ISO last day."""

    gtin: str = ""
    lot_number: str = ""
    expiry: str = ""
    serial: str = ""


def read_code(text: str) -> Scanned:
    """Return what a GS1 code says. Refusal when it is none, or its check digit is wrong.

    A bare trade item number of 8, 12, 13 or 14 figures is one too: a carton's bar code.
    """
    code = _SYMBOLOGY.sub("", text.strip())
    if code.isascii() and code.isdigit() and len(code) in {8, 13, 14, 12} and _checks(code):
        return Scanned(gtin=code.zfill(14))
    parts = _read_out(code) if code.startswith("(") else _scanned(_SEPARATORS.sub(SEPARATOR, code))
    if not parts.keys() & {_GTIN, _LOT, _EXPIRY}:
        raise Refusal("naloxone.code_not_read")
    gtin = parts.get(_GTIN, "")
    if gtin and not _checks(gtin):
        raise Refusal("naloxone.code_mistyped")
    return Scanned(gtin, parts.get(_LOT, ""), _day(parts.get(_EXPIRY, "")), parts.get(_SERIAL, ""))


def _scanned(code: str) -> dict[str, str]:
    """Cut a code into its parts; an identifier we do not use runs to the next separator."""
    parts: dict[str, str] = {}
    rest = code.lstrip(SEPARATOR)
    while rest:
        name, rest = rest[:2], rest[2:]
        if not name.isdigit():
            raise Refusal("naloxone.code_not_read")
        length = _FIXED.get(name)
        if length is None:
            value, _, rest = rest.partition(SEPARATOR)
        else:
            value, rest = rest[:length], rest[length:].removeprefix(SEPARATOR)
        _keep(parts, name, value)
    return parts


def _read_out(code: str) -> dict[str, str]:
    """Cut the form with brackets, as printed below the code."""
    pieces = _READ_OUT.split(code)
    if pieces[0]:
        raise Refusal("naloxone.code_not_read")
    parts: dict[str, str] = {}
    for name, value in zip(pieces[1::2], pieces[2::2], strict=True):
        _keep(parts, name, value.strip())
    return parts


def _keep(parts: dict[str, str], name: str, value: str) -> None:
    length = _FIXED.get(name)
    fits = len(value) == length and value.isdigit() if length else bool(_VALUE.fullmatch(value))
    known = name in {_GTIN, _LOT, _EXPIRY, _SERIAL}
    if known and (not fits or parts.get(name, value) != value):
        raise Refusal("naloxone.code_not_read")
    parts[name] = value


def _day(text: str) -> str:
    """Return YYMMDD as an ISO day; day 00 is the month's last. Years are of this century."""
    if not text:
        return ""
    year, month, day = 2000 + int(text[:2]), int(text[2:4]), int(text[4:])
    try:
        return date(year, month, day or calendar.monthrange(year, month)[1]).isoformat()
    except (ValueError, calendar.IllegalMonthError) as error:
        raise Refusal("naloxone.code_not_read") from error


def _checks(gtin: str) -> bool:
    """Return whether the last figure is the check digit of those before it."""
    total = sum(int(n) * (3 if at % 2 else 1) for at, n in enumerate(reversed(gtin)))
    return total % 10 == 0
