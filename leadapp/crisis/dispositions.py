"""How a crisis contact ended: the full list, its three classes, and the few quick endings.

The list is the one the shipped form offers and measures count by; a county may word
it otherwise but keeps the codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DispositionClass = Literal["scene", "services", "arrest"]


@dataclass(frozen=True, slots=True)
class Disposition:
    """One ending: its code, its place in the list, and what it counts as."""

    code: str
    number: int
    counts_as: DispositionClass
    involuntary: bool = False


_LIST = (
    Disposition("resolved", 1, "scene"),
    Disposition("resources_declined", 2, "scene"),
    Disposition("referred", 3, "services"),
    Disposition("mobile_crisis", 4, "services"),
    Disposition("voluntary_transport", 5, "services"),
    Disposition("custody_order", 6, "services", involuntary=True),
    Disposition("emergency_hold", 7, "services", involuntary=True),
    Disposition("arrest", 8, "arrest"),
    Disposition("citation", 9, "arrest"),
    Disposition("diverted", 10, "services"),
    Disposition("left_with_family", 11, "scene"),
    Disposition("medical", 12, "services"),
    Disposition("not_located", 13, "scene"),
    Disposition("deceased", 14, "scene"),
    Disposition("unfounded", 15, "scene"),
)
DISPOSITIONS = {disposition.code: disposition for disposition in _LIST}

QUICK_ENDINGS: dict[str, tuple[str, ...]] = {
    "settled": ("resolved", "resources_declined", "referred", "left_with_family"),
    "to_care": ("voluntary_transport", "mobile_crisis", "medical"),
    "to_lead": ("diverted",),
    "hold": ("emergency_hold", "custody_order"),
    "arrest_or_citation": ("arrest", "citation"),
    "other": ("not_located", "deceased", "unfounded"),
}
"""The few endings a page shows first, each with the codes it opens, the commonest first."""


def class_of(code: str) -> DispositionClass | None:
    """Return what an ending counts as; ``None`` for a code that is not in the list."""
    found = DISPOSITIONS.get(code)
    return found.counts_as if found else None


def quick_ending_of(code: str) -> str:
    """Return the quick ending that ``code`` lies under, "" when it is not in the list."""
    return next((quick for quick, codes in QUICK_ENDINGS.items() if code in codes), "")
