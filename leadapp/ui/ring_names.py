"""What a ring is called on screen and on its recovery page."""

from __future__ import annotations

from leadapp.core.ids import RingId
from leadapp.ui.words import tr


def ring_words(ring: RingId | str) -> str:
    """Return a ring's name in words; the agency's id stays as it is."""
    family, _, agency = str(ring).partition("-")
    match family:
        case "root":
            return tr("the program itself")
        case "sys":
            return tr("computers and people (sys)")
        case "shared":
            return tr("shared lists and stock (shared)")
        case "care":
            return tr("people in care (care)")
        case "supply":
            return tr("naloxone forms (supply)")
        case "law":
            return tr("law contacts of {agency} (law-{agency})", agency=agency)
        case "refer":
            return tr("referrals of {agency} (refer-{agency})", agency=agency)
        case _:
            return str(ring)
