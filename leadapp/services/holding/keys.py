"""The keys of one unlocked person, and what can be done with them. Writer lane."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from leadapp.core.encoding import from_base64url
from leadapp.core.errors import Refusal
from leadapp.core.ids import EntryHash, FormId, IdSource, RecordId, RingId, UserId, derive_id
from leadapp.core.problems import Problem, Severity
from leadapp.core.seams import Signer
from leadapp.journal.accept import Verdict, accept, trusted_entries
from leadapp.journal.entry import Entry
from leadapp.journal.rings import SHARED, SYS, family_of, is_part2
from leadapp.journal.roster import Roster
from leadapp.journal.statement import Statement, device_id, write_statement
from leadapp.services.holding.files import set_orphan_aside
from leadapp.services.holding.members import is_active, roster_of, seat_of
from leadapp.staff.opening import Seat, opens, rings_of, sealed_at_once
from leadapp.staff.rights import shipped_rights
from leadapp.staff.writing import may_write_form
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo
from leadapp.store.folder import ProgramFolder
from leadapp.store.journal_table import Log
from leadapp.vault.attempts import Attempts
from leadapp.vault.keyring import Keyring
from leadapp.vault.recovery import Page, ring_page
from leadapp.vault.rings import KEY_BYTES
from leadapp.vault.sealing import identity_of, new_identity
from leadapp.vault.signing import Ed25519Verifier
from leadapp.vault.slots import UserKeys

RING_IDENTITY = "identity"
"""The name under which each ring keeps the device's age identity for it."""
RELEASE_SETTING = "release_key"
"""The setting of ``shared`` that codes read over the phone are made with."""
_OWN_RINGS = frozenset({"recipient", "ring"})
"""Statements any enrolled device may make of itself; the rest is for coordinators' devices."""

_NARROWEST_FIRST = ("care", "supply", "law", "refer", "shared")

Random = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Request:
    """Someone whose role opens ``ring`` and who waits for a holder's yes."""

    ring: RingId
    user: UserId
    name: str


@dataclass(slots=True)
class Holding:
    """The keys of one unlocked person, and what can be done with them."""

    folder: ProgramFolder
    device: DeviceInfo
    keyring: Keyring
    attempts: Attempts
    keys: UserKeys
    rings: dict[RingId, bytes]
    signer: Signer
    statements: list[Statement]
    ids: IdSource
    random: Random = secrets.token_bytes
    problems: list[Problem] = field(default_factory=list)
    """What the person should know at once: an edited keyring, a password that is too weak now."""
    pages: list[Page] = field(default_factory=list)
    """Recovery pages of rings this person has just made: to print now, kept nowhere."""
    keyring_good: bool = True
    """Whether ``keyring.json`` is as this device last signed it; if not, nothing is granted."""
    roster: Roster = field(init=False)

    def __post_init__(self) -> None:
        """Work out the roster."""
        self.reread()

    @property
    def user(self) -> UserId:
        """Return who unlocked."""
        return self.keys.user

    def reread(self) -> None:
        """Work out the roster again, after a statement was said or merged."""
        self.roster = roster_of(self.statements, self.device.program_id)

    def save(self) -> None:
        """Sign and write the keyring; refuses while an edit by a stranger stands in it."""
        if not self.keyring_good:
            raise Refusal("vault.keyring_edited")
        self.keyring.sign(self.signer)
        self.keyring.save()

    def check_keyring(self) -> None:
        """Note whether ``keyring.json`` is as this device last signed it."""
        self.keyring_good = self.keyring.signed_by(self.signer.public_key, Ed25519Verifier())
        if not self.keyring_good:
            self.problems.append(Problem("vault.keyring_edited", severity=Severity.WARNING))

    def forget(self) -> None:
        """Drop the keys. (Python may keep copies until the memory is used again.)"""
        self.rings.clear()
        self.pages.clear()

    def key(self, ring: RingId) -> bytes:
        """Return the key of an open ring; Refusal when this person does not hold it."""
        found = self.rings.get(ring)
        if found is None:
            raise Refusal("vault.not_a_holder", ring=ring)
        return found

    @property
    def release_record(self) -> RecordId:
        """Return the record of ``shared`` that codes read over the phone are made with."""
        return RecordId(derive_id(self.device.program_id, "setting", RELEASE_SETTING))

    def release_key(self, archive: Archive) -> bytes:
        """Return what codes read over the phone are made with; empty where nothing says it."""
        value = archive.answers(SHARED, self.release_record).get("value", "")
        return from_base64url(value) if value else b""

    def narrowest(self) -> RingId:
        """Return the open ring that fewest others read: where a person's doings are logged.

        So nothing on a law device tells what an office user did.
        """
        for family in _NARROWEST_FIRST:
            for ring in sorted(self.rings):
                if family_of(ring) == family:
                    return ring
        return SYS

    def is_coordinators(self) -> bool:
        """Return whether this computer may enrol people and devices."""
        known = self.roster.devices.get(self.device.device_id)
        return known is not None and known.coordinator and not known.revoked

    def stop_writing_where_shut_out(self, archive: Archive) -> None:
        """Let no record be written on a computer that was shut out: nobody would count it."""
        known = self.roster.devices.get(self.device.device_id)
        if known is not None and known.revoked:
            archive.refuses = "services.device_revoked"

    def say(self, archive: Archive, kind: str, body: dict[str, object]) -> Statement:
        """Sign a statement and put it into ``sys``.

        Refusal on a computer that is no coordinator's, but for what a device may say of itself.
        """
        if kind not in _OWN_RINGS and not self.is_coordinators():
            raise Refusal("services.not_a_coordinators_computer")
        made = write_statement(
            kind, body, program=self.device.program_id, signer=self.signer, nonce=self.ids()
        )
        archive.append(SYS, "roster", made.values(), author=self.user)
        self.statements.append(made)
        self.reread()
        return made

    def judgement(
        self, logs: Iterable[Log], before: Mapping[EntryHash, str], kinds: Mapping[FormId, str]
    ) -> Callable[[Entry], Verdict]:
        """Return what says of each entry whether it counts, and if not, why.

        ``logs`` say which device writes in which log, ``before`` gives the entry before in
        its log, ``kinds`` each form's kind. The same answer on every device.
        """
        writers = {log.log: device_id(log.device) for log in logs}
        trusted = trusted_entries(self.roster, before)
        may_write, roster = may_write_form(shipped_rights(), kinds), self.roster

        def judged(entry: Entry) -> Verdict:
            device = writers.get(entry.log)
            if device is None:
                return Verdict(accepted=False, cause="journal.unknown_device")
            return accept(entry, device, roster, may_write, trusted)

        return judged

    # -- rings ---------------------------------------------------------------------------------

    def make_ring(self, archive: Archive, ring: RingId, *, keeper: str = "") -> Page | None:
        """Make the file of ``ring`` here; return its recovery page when the program had none.

        The file comes first and its key's slots after: cut off in between, the file is one
        nobody can open, and it is moved aside at the next try.
        """
        if not self.roster_allows(ring):
            raise Refusal("vault.ring_not_for_device", ring=ring)
        set_orphan_aside(self.folder, self.keyring, ring)
        known = self.roster.rings.get(ring)
        recovery = known.recovery[0] if known and known.recovery else ""
        page = None
        if not recovery:
            identity = new_identity()
            recovery, page = identity.recipient, ring_page(ring, identity)
        key = self.random(KEY_BYTES)
        archive.create_ring(ring, key)
        self.keyring.add_ring(ring, key, recovery=recovery, users=[self.user], keeper=keeper)
        self.rings[ring] = key
        self.save()
        if page is not None:
            self.pages.append(page)
            body: dict[str, object] = {
                "ring": ring,
                "part2": is_part2(ring),
                "recovery": recovery,
                "replaces": [],
            }
            self.say(archive, "ring", body)
        self.name_recipient(archive, ring)
        return page

    def name_recipient(self, archive: Archive, ring: RingId) -> None:
        """Give this device its age identity for ``ring``, once, and say its public half."""
        secret = archive.kept(ring, RING_IDENTITY)
        if not secret:
            secret = new_identity().secret
            archive.keep(ring, RING_IDENTITY, secret)
        recipient = identity_of(secret).recipient
        known = self.roster.devices.get(self.device.device_id)
        if known is not None and recipient not in known.recipients.get(ring, ()):
            body: dict[str, object] = {
                "device": self.device.device_id,
                "ring": ring,
                "recipient": recipient,
            }
            self.say(archive, "recipient", body)

    def roster_allows(self, ring: RingId) -> bool:
        """Return whether this device may have ``ring`` by the signed roster and the plain file."""
        known = self.roster.devices.get(self.device.device_id)
        if known is None or not self.roster.may_have(known, ring):
            return False
        return not (self.device.device_class == "law" and is_part2(ring))

    # -- people --------------------------------------------------------------------------------

    def seat(self, user: UserId) -> Seat:
        """Return what decides which rings ``user`` opens here."""
        return seat_of(self.roster, self.device, user)

    def entitled(self, user: UserId) -> frozenset[RingId]:
        """Return the rings that ``user``'s role and grants open on this device."""
        return rings_of(self.seat(user), self.agencies())

    def agencies(self) -> frozenset[str]:
        """Return the law agencies the roster and this computer's rings know."""
        found = {one.agency for one in self.roster.users.values()}
        found |= {one.agency for one in self.roster.devices.values()}
        return frozenset(found) - {""}

    def grant_what_needs_no_asking(self) -> list[tuple[RingId, UserId]]:
        """Seal held rings to every user here whose role opens them; ``care`` waits for a yes.

        Takes rings from those whose role opens them no longer. Nothing is done while the
        keyring is not as this device signed it: a stranger's key may stand in it.
        """
        if not self.keyring_good:
            return []
        self._disable_the_removed()
        given: list[tuple[RingId, UserId]] = []
        for ring, key in self.rings.items():
            missing = self._missing(ring) if sealed_at_once(ring) else []
            self.keyring.seal_ring_key(ring, key, missing)
            given += [(ring, user) for user in missing]
        self._take_what_is_no_longer_theirs()
        return given

    def requests(self) -> list[Request]:
        """Return who waits for an explicit yes to a ring this person holds."""
        return [
            Request(ring, user, self.keyring.slot(user).name)
            for ring in sorted(self.rings)
            if not sealed_at_once(ring)
            for user in self._missing(ring)
        ]

    def _missing(self, ring: RingId) -> list[UserId]:
        holders = self.keyring.holders(ring)
        return [
            slot.user
            for slot in self.keyring.users()
            if slot.user not in holders and self.opens(slot.user, ring)
        ]

    def opens(self, user: UserId, ring: RingId) -> bool:
        """Return whether ``user`` is in the program and their role opens ``ring`` here."""
        known = self.roster.users.get(user)
        return is_active(known) and opens(self.seat(user), ring)

    def _disable_the_removed(self) -> None:
        for slot in self.keyring.users():
            known = self.roster.users.get(slot.user)
            if known is not None and not is_active(known) and slot.user != self.user:
                self.keyring.disable_user(slot.user)
                self.attempts.forget(slot.number)

    def _take_what_is_no_longer_theirs(self) -> None:
        for ring in self.keyring.rings():
            for user in self.keyring.holders(ring):
                if user in self.roster.users and not self.opens(user, ring):
                    self.keyring.take_ring(ring, user)
