"""How a crisis contact ended: the full list with its classes, and the few quick endings.

The list is the kind's; a county may word it otherwise but keeps the codes.
"""

from __future__ import annotations

from leadapp.kinds.cit_contact import DISPOSITIONS

ARREST = "arrest"
INVOLUNTARY = frozenset({"custody_order", "emergency_hold"})

QUICK_ENDINGS: dict[str, tuple[str, ...]] = {
    "scene": (
        "resolved_on_scene", "resources_declined", "referred", "mobile_crisis", "left_with_family",
    ),
    "care": ("voluntary_transport",),
    "hold": ("custody_order", "emergency_hold"),
    "lead": ("diverted",),
    "arrest": ("arrest", "citation"),
    "other": ("medical_emergency", "unable_to_locate", "deceased", "unfounded"),
}  # fmt: skip
"""The few endings a page shows first, each with the codes of the full list it opens."""


def class_of(code: str) -> str:
    """Return what an ending counts as: scene, services or arrest; "" for an unknown code."""
    return DISPOSITIONS.get(code, "")


def quick_ending_of(code: str) -> str:
    """Return the quick ending that ``code`` lies under, "" when it is not in the list."""
    return next((quick for quick, codes in QUICK_ENDINGS.items() if code in codes), "")


def disposition_of(quick: str, detail: str) -> str:
    """Return the ending that a quick one and its detail stand for, "" while it is not settled."""
    codes = QUICK_ENDINGS.get(quick, ())
    if len(codes) == 1:
        return codes[0]
    return detail if detail in codes else ""
