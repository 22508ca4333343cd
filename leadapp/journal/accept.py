"""Whether an entry counts: the same answer on every device, whenever it arrived.

A pure function of the entry, the device that wrote it, the roster and the table
of rights. What is not accepted is kept and shown, never dropped. The chain and
the seal are checked elsewhere (``log``, ``seal``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from leadapp.core.ids import DeviceId, EntryHash, FormId, RingId
from leadapp.journal.entry import Entry
from leadapp.journal.rings import SYS, agency_of, family_of
from leadapp.journal.roster import Device, Roster, User

MayWrite = Callable[[str, str, FormId, RingId], bool]
"""Role, op, form, ring: whether the role may write that. From ``staff.rights``."""

_OF_AN_AGENCY = frozenset({"law", "refer"})
_LAW_ROLES = frozenset({"deputy", "law_supervisor"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Accepted, or held with a code that says why."""

    accepted: bool
    cause: str = ""


ACCEPTED = Verdict(accepted=True)


@dataclass(frozen=True, slots=True)
class Trusted:
    """The entries that stay good although their device or author was revoked.

    Held by subject (a device's or a user's id), so that one revocation's cut never
    lets through what another cuts off.
    """

    by_subject: Mapping[str, frozenset[EntryHash]]

    def holds(self, subject: str, entry: EntryHash) -> bool:
        """Return whether ``entry`` is reachable backwards from ``subject``'s cuts."""
        return entry in self.by_subject.get(subject, frozenset())


def trusted_entries(roster: Roster, prev_of: Mapping[EntryHash, str]) -> Trusted:
    """Walk back from every revocation's cuts; ``prev_of`` gives the entry before, "" for a log's first."""
    subjects: list[Device | User] = [*roster.devices.values(), *roster.users.values()]
    return Trusted({str(one.id): _before(one.cuts, prev_of) for one in subjects if one.revoked})


def _before(cuts: Iterable[EntryHash], prev_of: Mapping[EntryHash, str]) -> frozenset[EntryHash]:
    found: set[EntryHash] = set()
    for cut in cuts:
        here = cut
        while here and here not in found:
            found.add(here)
            here = EntryHash(prev_of.get(here, ""))
    return frozenset(found)


def accept(
    entry: Entry, device: DeviceId, roster: Roster, may_write: MayWrite, trusted: Trusted
) -> Verdict:
    """Judge ``entry``, written in a log of ``device``."""
    writer, author = roster.devices.get(device), roster.users.get(entry.author)
    cause = _against_device(entry, writer, roster, trusted)
    if not cause and not _by_the_device(entry):
        cause = _against_author(entry, device, author, may_write, trusted)
    return Verdict(accepted=False, cause=cause) if cause else ACCEPTED


def _by_the_device(entry: Entry) -> bool:
    """A statement carries its own authority (``roster``); accesses name their users inside."""
    return entry.op == "accesses" or (entry.op == "roster" and entry.ring == SYS)


def _against_device(entry: Entry, device: Device | None, roster: Roster, trusted: Trusted) -> str:
    if device is None:
        return "journal.unknown_device"
    if not roster.may_have(device, entry.ring):
        return "journal.ring_not_for_device"
    if device.revoked and not trusted.holds(device.id, entry.hash):
        return "journal.device_revoked"
    return ""


def _against_author(
    entry: Entry, device: DeviceId, author: User | None, may_write: MayWrite, trusted: Trusted
) -> str:
    if author is None or device not in author.devices_ever:
        return "journal.author_not_bound"
    if author.revoked and not trusted.holds(author.id, entry.hash):
        return "journal.author_revoked"
    roles = _roles_for(author, entry.ring)
    if not any(may_write(role, entry.op, entry.form, entry.ring) for role in sorted(roles)):
        return "journal.role_may_not_write"
    return ""


def _roles_for(author: User, ring: RingId) -> frozenset[str]:
    """Return the roles that count in ``ring``: law roles only in rings of their agency."""
    if family_of(ring) in _OF_AN_AGENCY and agency_of(ring) not in author.agencies:
        return author.ever - _LAW_ROLES
    return author.ever
