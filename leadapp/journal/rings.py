"""What a ring's name says, and which device may have a ring at all.

These rules hold whatever any statement or setting says: a law device never has a
part2 ring, and never another agency's.
"""

from __future__ import annotations

from typing import Literal

from leadapp.core.ids import RingId

DeviceClass = Literal["law", "office"]

SYS = RingId("sys")
SHARED = RingId("shared")
SUPPLY = RingId("supply")
CARE = RingId("care")

PART2_FAMILIES = frozenset({"care"})
EVERYWHERE = frozenset({"sys", "shared"})
_OFFICE = frozenset({"refer", "supply"})
_ADMITTED_ONLY = frozenset({"law", "care"})
_OF_AN_AGENCY = frozenset({"law", "refer"})


def family_of(ring: RingId) -> str:
    """Return ``law`` for ``law-sheriff``; a ring without an agency is its own family."""
    return ring.partition("-")[0]


def agency_of(ring: RingId) -> str:
    """Return ``sheriff`` for ``law-sheriff``, "" for a ring without an agency."""
    return ring.partition("-")[2]


def is_part2(ring: RingId) -> bool:
    """Return whether ``ring`` holds care facts by its name alone."""
    return family_of(ring) in PART2_FAMILIES


def device_may_have(
    ring: RingId, device_class: str, device_agency: str, *, admitted: bool = False
) -> bool:
    """Return whether a device of this class may have ``ring``'s file, key or slot.

    ``admitted`` is the county's word that this office device may have ``law`` or
    ``care``; it changes nothing for a law device.
    """
    family = family_of(ring)
    if family in _OF_AN_AGENCY and not agency_of(ring):
        return False
    if family in EVERYWHERE:
        return True
    if device_class == "law":
        return family in _OF_AN_AGENCY and agency_of(ring) == device_agency
    if device_class != "office":
        return False
    return family in _OFFICE or (admitted and family in _ADMITTED_ONLY)
