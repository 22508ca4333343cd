"""Who is in the program: devices, users, rings, grants and revocations.

A roster is a pure function of a set of signed statements: any order, any
doubles, same roster. The root key enrols and revokes coordinator devices;
coordinator devices sign the rest; a device may state its own ring recipients.
Statements that lack the authority are kept apart in ``refused`` and have no effect.

Bodies of the statements, final::

    device     device, class (law|office), agency, public, coordinator (bool), rings [admitted]
    admit      device, rings                     a device may have these rings
    recipient  device, ring, recipient           a device's age key for a ring
    ring       ring, part2 (bool), recovery, replaces [recipients that were lost]
    user       user, roles, agency, devices, keys {device: age key}, replaces [statement ids]
    grant      ring, user                        a ring opened to a user by name
    revoke     what (device|user|grant), id, cuts [entry hashes], kept [statement ids], reason

Revoked stays revoked. ``cuts`` are the last trusted entries; ``kept`` the
statements of a revoked coordinator device that stay good.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leadapp.core.encoding import from_base64url, to_base64url
from leadapp.core.ids import DeviceId, EntryHash, RingId, UserId
from leadapp.core.seams import Verifier
from leadapp.journal.bodies import Body, well_formed
from leadapp.journal.rings import device_may_have, family_of, is_part2
from leadapp.journal.statement import Statement, device_id, program_id


@dataclass(frozen=True, slots=True)
class Device:
    """An installation that was ever enrolled."""

    id: DeviceId
    device_class: str
    agency: str
    public: bytes
    coordinator: bool
    revoked: bool
    admitted: frozenset[RingId]
    recipients: Mapping[RingId, tuple[str, ...]]
    cuts: frozenset[EntryHash]

    def may_have(self, ring: RingId) -> bool:
        """Return whether this device may have ``ring``'s file, whoever sits at it."""
        return device_may_have(ring, self.device_class, self.agency, admitted=ring in self.admitted)


@dataclass(frozen=True, slots=True)
class User:
    """A person by pseudonym. ``roles`` hold now; ``ever`` judges what was written before."""

    id: UserId
    roles: frozenset[str]
    ever: frozenset[str]
    agencies: frozenset[str]
    agency: str
    devices: frozenset[DeviceId]
    devices_ever: frozenset[DeviceId]
    keys: Mapping[DeviceId, tuple[str, ...]]
    grants: frozenset[RingId]
    revoked: bool
    cuts: frozenset[EntryHash]
    statements: tuple[str, ...]
    """Ids of the statements that hold now: what a change must name in ``replaces``."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring with its recovery recipients (one, unless two coordinators made it at once)."""

    id: RingId
    part2: bool
    recovery: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """A statement without effect, and why."""

    statement: Statement
    cause: str


@dataclass(frozen=True, slots=True)
class Roster:
    """The program's members as far as the known statements tell."""

    program: str
    devices: Mapping[DeviceId, Device] = field(default_factory=dict)
    users: Mapping[UserId, User] = field(default_factory=dict)
    rings: Mapping[RingId, Ring] = field(default_factory=dict)
    proposals: Mapping[RingId, tuple[str, ...]] = field(default_factory=dict)
    """Recovery recipients named by devices that may not decide; a coordinator confirms one."""
    grants: Mapping[tuple[RingId, UserId], tuple[str, ...]] = field(default_factory=dict)
    """The statements by which a ring was granted and is still; a withdrawal names each."""
    refused: tuple[Refused, ...] = ()
    fingerprint: str = ""
    """A hash over the statements that have effect: what a seal says its author knew."""

    @classmethod
    def of(cls, statements: Iterable[Statement], verifier: Verifier, *, program: str) -> Roster:
        """Return the roster that ``statements`` make for the program of this id."""
        return _Reading(statements, verifier, program).roster()

    def is_part2(self, ring: RingId) -> bool:
        """Return whether ``ring`` is part2, by its name or by any statement."""
        known = self.rings.get(ring)
        return is_part2(ring) or (known is not None and known.part2)

    def members(self, ring: RingId) -> tuple[Device, ...]:
        """Return the devices that may have ``ring`` now; never a law device in a part2 ring."""
        return tuple(
            device
            for _, device in sorted(self.devices.items())
            if self.may_have(device, ring) and (not device.revoked or family_of(ring) == "sys")
        )

    def may_have(self, device: Device, ring: RingId) -> bool:
        """Return whether ``device`` may have ``ring``, whatever statements say of part2."""
        if self.is_part2(ring) and device.device_class != "office":
            return False
        return device.may_have(ring)

    def recipients(self, ring: RingId) -> tuple[str, ...]:
        """Return every age key a file of ``ring`` is sealed to, recovery included.

        ``sys`` goes to every device ever enrolled, so that a revoked one learns of it.
        """
        keys = {key for device in self.members(ring) for key in device.recipients.get(ring, ())}
        known = self.rings.get(ring)
        return tuple(sorted(keys | set(known.recovery if known else ())))


@dataclass(frozen=True, slots=True)
class _Revocation:
    cuts: frozenset[str]
    kept: frozenset[str]


class _Reading:
    """One reading of a set of statements: who had the authority to say what."""

    def __init__(self, statements: Iterable[Statement], verifier: Verifier, program: str) -> None:
        self.program = program
        self.refused: dict[tuple[bytes, bytes], Refused] = {}
        self.root: list[Statement] = []
        self.others: list[Statement] = []
        unique = {(one.line, one.signature): one for one in statements}
        for _, statement in sorted(unique.items()):
            self._sort(statement, verifier)
        self.coordinators = {
            device_id(from_base64url(Body(one.body).text("public")))
            for one in self.root
            if one.kind == "device" and Body(one.body).flag("coordinator")
        }
        self.good = list(self.root)
        self.by_devices: list[Statement] = []
        self._judge_coordinators()
        self.public = {
            device: from_base64url(Body(one.body).text("public"))
            for device, one in self._enrolments("device")
        }
        self._judge_devices()

    # -- who may say what -----------------------------------------------------------------

    def _sort(self, statement: Statement, verifier: Verifier) -> None:
        if statement.program != self.program:
            self._refuse(statement, "journal.other_program")
        elif not well_formed(statement):
            self._refuse(statement, "journal.not_a_statement")
        elif not statement.genuine(verifier):
            self._refuse(statement, "journal.bad_signature")
        elif program_id(statement.signer) == self.program:
            self.root.append(statement)
        else:
            self.others.append(statement)

    def _refuse(self, statement: Statement, cause: str) -> None:
        self.refused[statement.line, statement.signature] = Refused(statement, cause)

    def _judge_coordinators(self) -> None:
        """Let coordinator devices speak, as far as the root key has not cut them off."""
        cut = _revocations(self.root, "device")
        for one in self.others:
            signer = device_id(one.signer)
            if signer not in self.coordinators:
                self.by_devices.append(one)
            elif signer in cut and one.id not in cut[signer].kept:
                self._refuse(one, "journal.signer_revoked")
            elif self._root_only(one):
                self._refuse(one, "journal.root_only")
            else:
                self.good.append(one)

    def _root_only(self, one: Statement) -> bool:
        body = Body(one.body)
        if one.kind == "device":
            return body.flag("coordinator") or body.text("device") in self.coordinators
        return (
            one.kind == "revoke"
            and body.text("what") == "device"
            and body.text("id") in self.coordinators
        )

    def _judge_devices(self) -> None:
        """Let an enrolled device speak of its own recipients, and propose a ring's recovery."""
        cut = _revocations(self.good, "device")
        self.own: list[Statement] = []
        self.proposed: list[Statement] = []
        for one in self.by_devices:
            signer = device_id(one.signer)
            if signer not in self.public:
                self._refuse(one, "journal.signer_unknown")
            elif one.kind == "recipient" and Body(one.body).text("device") == signer:
                # Also a revoked device's: ``sys`` still goes to it, nothing else does.
                self.own.append(one)
            elif signer in cut and one.id not in cut[signer].kept:
                self._refuse(one, "journal.signer_revoked")
            elif one.kind == "ring":
                self.proposed.append(one)
            else:
                self._refuse(one, "journal.not_authorised")

    def _enrolments(self, kind: str) -> list[tuple[str, Statement]]:
        return [(Body(one.body).text("device"), one) for one in self.good if one.kind == kind]

    # -- what they said ---------------------------------------------------------------------

    def roster(self) -> Roster:
        withdrawn = _revocations(self.good, "grant")
        grants: dict[tuple[RingId, UserId], list[str]] = {}
        for one in self._said("grant"):
            if one.id not in withdrawn:
                body = Body(one.body)
                key = (RingId(body.text("ring")), UserId(body.text("user")))
                grants.setdefault(key, []).append(one.id)
        return Roster(
            program=self.program,
            devices={found.id: found for found in self._devices()},
            users={found.id: found for found in self._users(grants)},
            rings={found.id: found for found in self._rings()},
            proposals=self._proposals(),
            grants={key: tuple(sorted(ids)) for key, ids in sorted(grants.items())},
            refused=tuple(self.refused[key] for key in sorted(self.refused)),
            fingerprint=self._fingerprint(),
        )

    def _fingerprint(self) -> str:
        said = sorted(one.id for one in (*self.good, *self.own, *self.proposed))
        return to_base64url(hashlib.sha256("\n".join(said).encode()).digest())

    def _said(self, kind: str) -> list[Statement]:
        return [one for one in self.good if one.kind == kind]

    def _devices(self) -> Iterable[Device]:
        cut = _revocations(self.good, "device")
        for device in sorted(self.public):
            said = [one for owner, one in self._enrolments("device") if owner == device]
            bodies = [Body(one.body) for one in said]
            agencies = {body.text("agency", empty=True) for body in bodies}
            revoked = cut.get(device)
            yield Device(
                id=DeviceId(device),
                # The stricter class wins where two coordinators disagree.
                device_class=min(body.text("class") for body in bodies),
                agency=agencies.pop() if len(agencies) == 1 else "",
                public=self.public[device],
                coordinator=device in self.coordinators,
                revoked=revoked is not None,
                admitted=self._admitted(device, bodies),
                recipients=self._recipients(device),
                cuts=_hashes(revoked),
            )

    def _admitted(self, device: str, bodies: list[Body]) -> frozenset[RingId]:
        named = {ring for body in bodies for ring in body.texts("rings")}
        for one in self._said("admit"):
            if Body(one.body).text("device") == device:
                named |= Body(one.body).texts("rings")
        return frozenset(RingId(ring) for ring in named)

    def _recipients(self, device: str) -> dict[RingId, tuple[str, ...]]:
        found: dict[RingId, set[str]] = {}
        for one in (*self._said("recipient"), *self.own):
            body = Body(one.body)
            if body.text("device") == device:
                found.setdefault(RingId(body.text("ring")), set()).add(body.text("recipient"))
        return {ring: tuple(sorted(keys)) for ring, keys in sorted(found.items())}

    def _users(self, grants: Mapping[tuple[RingId, UserId], list[str]]) -> Iterable[User]:
        gone = _revocations(self.good, "user")
        said: dict[str, list[Statement]] = {}
        for one in self._said("user"):
            said.setdefault(Body(one.body).text("user"), []).append(one)
        for user, everything in sorted(said.items()):
            granted = frozenset(ring for ring, owner in grants if owner == user)
            yield _user(user, everything, granted, gone.get(user))

    def _rings(self) -> Iterable[Ring]:
        said: dict[str, list[Body]] = {}
        for one in self._said("ring"):
            body = Body(one.body)
            said.setdefault(body.text("ring"), []).append(body)
        for ring, bodies in sorted(said.items()):
            part2 = is_part2(RingId(ring)) or any(body.flag("part2") for body in bodies)
            recovery = {body.text("recovery") for body in bodies}
            recovery -= {lost for body in bodies for lost in body.texts("replaces")}
            yield Ring(RingId(ring), part2, tuple(sorted(recovery)))

    def _proposals(self) -> dict[RingId, tuple[str, ...]]:
        found: dict[RingId, set[str]] = {}
        for one in self.proposed:
            body = Body(one.body)
            found.setdefault(RingId(body.text("ring")), set()).add(body.text("recovery"))
        return {ring: tuple(sorted(keys)) for ring, keys in sorted(found.items())}


def _user(
    user: str, said: list[Statement], granted: frozenset[RingId], gone: _Revocation | None
) -> User:
    replaced = {old for one in said for old in Body(one.body).texts("replaces") if old != one.id}
    holding = [one for one in said if one.id not in replaced]
    now, ever = [Body(one.body) for one in holding], [Body(one.body) for one in said]
    agencies = frozenset(body.text("agency", empty=True) for body in ever) - {""}
    current = {body.text("agency", empty=True) for body in now} - {""}
    return User(
        id=UserId(user),
        roles=frozenset().union(*(body.texts("roles") for body in now)),
        ever=frozenset().union(*(body.texts("roles") for body in ever)),
        agencies=agencies,
        agency=current.pop() if len(current) == 1 else "",
        devices=_device_ids(now),
        devices_ever=_device_ids(ever),
        keys=_user_keys(now),
        grants=granted,
        revoked=gone is not None,
        cuts=_hashes(gone),
        statements=tuple(sorted(one.id for one in holding)),
    )


def _device_ids(bodies: list[Body]) -> frozenset[DeviceId]:
    return frozenset(DeviceId(name) for body in bodies for name in body.texts("devices"))


def _user_keys(bodies: list[Body]) -> dict[DeviceId, tuple[str, ...]]:
    found: dict[DeviceId, set[str]] = {}
    for body in bodies:
        for device, key in body.pairs("keys").items():
            found.setdefault(DeviceId(device), set()).add(key)
    return {device: tuple(sorted(keys)) for device, keys in sorted(found.items())}


def _hashes(revocation: _Revocation | None) -> frozenset[EntryHash]:
    return frozenset(EntryHash(cut) for cut in revocation.cuts) if revocation else frozenset()


def _revocations(statements: Iterable[Statement], what: str) -> dict[str, _Revocation]:
    """Return what was revoked, with the union of the cuts of all who revoked it."""
    found: dict[str, _Revocation] = {}
    for one in statements:
        body = Body(one.body)
        if one.kind != "revoke" or body.text("what") != what:
            continue
        old = found.get(body.text("id"), _Revocation(frozenset(), frozenset()))
        found[body.text("id")] = _Revocation(
            old.cuts | body.texts("cuts"), old.kept | body.texts("kept")
        )
    return found
