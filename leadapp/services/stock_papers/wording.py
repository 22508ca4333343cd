"""What stock papers have in common: the press, the stamp, days in words, the file's name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.papers.press import Press, open_press
from leadapp.papers.stock_frame import Stamp
from leadapp.services.desk import Desk


@dataclass(frozen=True, slots=True)
class StockPaper:
    """A PDF and what to call it; the name holds no person."""

    pdf: bytes
    name: str


@cache
def press() -> Press:
    """Return what every paper is printed with, opened once."""
    return open_press(resources(), load_words(resources() / "words"))


def stamp(desk: Desk) -> Stamp:
    """Return whose paper it is; a made-up county's carries its watermark."""
    return Stamp(
        desk.device.county,
        desk.name,
        desk.clock.now(),
        watermark=press().say("made_up") if desk.device.made_up else None,
    )


def day_words(day: str) -> str:
    """Return an ISO day as "Oct 3, 2026"; what is none is said as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    months = press().say("months").split()
    return f"{months[found.month - 1]} {found.day}, {found.year}"


def short_day(day: str) -> str:
    """Return an ISO day as "Oct 3", for a table that is of one year."""
    return day_words(day).split(",", maxsplit=1)[0]
