"""Whom a ring's files are for, what opens them here, and whether this computer is in."""

from __future__ import annotations

from leadapp import __version__
from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId, RingId
from leadapp.core.problems import Problem, Severity
from leadapp.exchange.parties import Audience, Opener, Written
from leadapp.journal.roster import Device
from leadapp.services.desk import Desk
from leadapp.services.holding import RING_IDENTITY
from leadapp.vault.sealing import AgeSealer, identity_of
from leadapp.vault.signing import Ed25519Verifier


def opener(desk: Desk, ring: RingId) -> Opener:
    """Return what opens files of ``ring`` here. Writer lane."""
    identity = desk.archive.kept(ring, RING_IDENTITY)
    if not identity:
        raise Refusal("services.ring_not_exchanged", ring=ring)
    recipient = identity_of(identity).recipient
    mark = f"{recipient} {desk.holding.roster.fingerprint}"
    return Opener(identity, AgeSealer(), Ed25519Verifier(), mark, __version__)


def audience(desk: Desk, ring: RingId, *, carries: bool) -> Audience:
    """Return whom files of ``ring`` are for; never a law device where the ring is part2."""
    roster = desk.holding.roster
    members = [one for one in members_of(desk, ring) if one.recipients.get(ring)]
    known = roster.rings.get(ring)
    keys = {key for one in members for key in one.recipients[ring]}
    keys |= set(known.recovery if known else ())
    mine = desk.holding.signer.public_key
    everyone = carries or desk.holding.is_coordinators()

    def sends(one: Written) -> bool:
        return everyone or one.device == mine

    return Audience(frozenset(one.id for one in members), tuple(sorted(keys)), sends)


def members_of(desk: Desk, ring: RingId) -> list[Device]:
    """Return the devices a file of ``ring`` may be for."""
    roster = desk.holding.roster
    part2 = roster.is_part2(ring)
    return [one for one in roster.members(ring) if not part2 or one.device_class == "office"]


def this_device(desk: Desk) -> Device | None:
    """Return this computer as the roster knows it, ``None`` until it is let in."""
    return desk.holding.roster.devices.get(DeviceId(desk.device.device_id))


def is_revoked(desk: Desk) -> bool:
    """Return whether this computer was shut out."""
    me = this_device(desk)
    return me is not None and me.revoked


def is_enrolled(desk: Desk) -> bool:
    """Return whether this computer is in the program now."""
    me = this_device(desk)
    return me is not None and not me.revoked


def about_me(desk: Desk) -> list[Problem]:
    """Return what stands in the way of this computer's exchanging anything but ``sys``."""
    if this_device(desk) is None:
        return [Problem("services.not_enrolled_yet", severity=Severity.WARNING)]
    if is_revoked(desk):
        return [Problem("services.device_revoked")]
    return []
