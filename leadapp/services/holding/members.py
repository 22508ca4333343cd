"""Who is in the program, by the signed roster, and what decides which rings they open."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import UserId
from leadapp.journal.entry import Entry
from leadapp.journal.roster import Roster, User
from leadapp.journal.statement import Statement, statement_of
from leadapp.staff.opening import Seat
from leadapp.staff.roles import roles_of
from leadapp.store.device import DeviceInfo
from leadapp.vault.signing import Ed25519Verifier

_LONGEST_AGENCY = 20
"""As the form of an agency asks for it: it stands in names of rings and files."""


def check_agency(agency: str) -> None:
    """Refuse an agency's id that would not do in a ring's name and a file's; "" is the office."""
    fits = agency.isascii() and agency.isalnum() and agency == agency.lower()
    if agency and not (fits and len(agency) <= _LONGEST_AGENCY):
        raise Refusal("services.agency_id", agency=agency)


def is_active(user: User | None) -> bool:
    """Return whether a user is in the program now: known, not revoked, with a role."""
    return user is not None and not user.revoked and bool(user.roles)


def seat_of(roster: Roster, device: DeviceInfo, user: UserId) -> Seat:
    """Return the seat of ``user`` at this device.

    The signed roster and the plain device file must agree to be an office: an edited
    file opens nothing.
    """
    known, here = roster.users.get(user), roster.devices.get(device.device_id)
    signed = here.device_class if here else device.device_class
    office = signed == "office" and device.device_class == "office"
    return Seat(
        roles=roles_of(known.roles) if known else frozenset(),
        agency=known.agency if known else "",
        device_class="office" if office else "law",
        device_agency=here.agency if here else device.agency,
        admitted=here.admitted if here else frozenset(),
        granted=known.grants if known else frozenset(),
    )


def roster_of(statements: Iterable[Statement], program: str) -> Roster:
    """Return the roster that ``statements`` make."""
    return Roster.of(statements, Ed25519Verifier(), program=program)


def statements_in(entries: Iterable[Entry]) -> list[Statement]:
    """Return the statements that entries of ``sys`` carry; what is none is passed over."""
    found = []
    for entry in entries:
        with contextlib.suppress(Damage):
            found.append(statement_of(entry.values))
    return found
