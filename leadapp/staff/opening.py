"""Which rings a user may open on a device.

Two things decide: the role, and the device's class. A law device opens no
``care`` and no ``supply`` for anyone; an administrator opens no ring with
records anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from leadapp.core.ids import RingId
from leadapp.journal.rings import EVERYWHERE, DeviceClass, agency_of, device_may_have, family_of
from leadapp.staff.roles import BY_GRANT_ONLY, LAW_ROLES, Role

AUTOMATIC = frozenset({"sys", "shared", "law", "refer", "supply"})
"""Families that are sealed at once to every user whose role opens them; ``care`` is asked."""

_OFFICE = {
    Role.CASE_MANAGER: frozenset({"refer", "care", "supply"}),
    Role.COORDINATOR: frozenset({"refer", "care", "supply"}),
    Role.STOCK_MANAGER: frozenset({"supply"}),
}
_IF_GRANTED = {
    Role.COORDINATOR: frozenset({"law"}),
    Role.REPORT_CLERK: frozenset({"law", "refer", "supply", "care"}),
    Role.AUDITOR: frozenset({"law", "refer", "supply", "care"}),
}


@dataclass(frozen=True, slots=True)
class Seat:
    """Who sits where: what decides which rings open.

    ``admitted`` are the rings the county lets this device have (``law`` on an office
    device, ``care``); ``granted`` those it opened to this user by name.
    """

    roles: frozenset[Role]
    agency: str
    device_class: DeviceClass
    device_agency: str = ""
    admitted: frozenset[RingId] = frozenset()
    granted: frozenset[RingId] = frozenset()


def opens(seat: Seat, ring: RingId) -> bool:
    """Return whether this seat may open ``ring``."""
    if family_of(ring) in EVERYWHERE:
        return True
    allowed = device_may_have(
        ring, seat.device_class, seat.device_agency, admitted=ring in seat.admitted
    )
    if not allowed:
        return False
    return any(_role_opens(role, seat, ring) for role in seat.roles)


def _role_opens(role: Role, seat: Seat, ring: RingId) -> bool:
    family = family_of(ring)
    if role in LAW_ROLES:
        return _law_role_opens(seat, ring)
    if seat.device_class == "law":
        return False
    if family in _OFFICE.get(role, frozenset()):
        return True
    return ring in seat.granted and family in _IF_GRANTED.get(role, frozenset())


def _law_role_opens(seat: Seat, ring: RingId) -> bool:
    if family_of(ring) not in ("law", "refer") or agency_of(ring) != seat.agency:
        return False
    if seat.device_class == "law":
        return True
    return RingId(f"law-{seat.agency}") in seat.admitted


def rings_of(seat: Seat, agencies: Iterable[str]) -> frozenset[RingId]:
    """Return every ring this seat may open, given the program's agencies."""
    rings = [RingId(name) for name in ("sys", "shared", "supply", "care")]
    for agency in {*agencies, seat.agency} - {""}:
        rings += [RingId(f"law-{agency}"), RingId(f"refer-{agency}")]
    return frozenset(ring for ring in rings if opens(seat, ring))


def may_make(seat: Seat, ring: RingId) -> bool:
    """Return whether ``ring``'s file is made on this device when this user first unlocks.

    Clerks and auditors, who open a ring by grant only, never make one.
    """
    return opens(replace(seat, roles=seat.roles - BY_GRANT_ONLY), ring)


def sealed_at_once(ring: RingId) -> bool:
    """Return whether a holder seals ``ring`` to entitled users without being asked."""
    return family_of(ring) in AUTOMATIC
