"""Computers in memory, with everything real between them: roster, acceptance, fold, exchange.

In place of age and Ed25519 stand tagged envelopes, in place of SQLCipher a dictionary whose
changes are whole or not at all.
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Collection, Iterator, Mapping, Sequence

from leadapp.core.attachments import Attachment
from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Damage
from leadapp.core.ids import DeviceId, EntryHash, FormId, LogId, RecordId, RingId, UserId
from leadapp.core.seams import Sealer, Signer, Verifier
from leadapp.exchange.bundle import Batch, Blob, Bundle
from leadapp.exchange.compacting import Compacted, Compaction, compacting
from leadapp.exchange.fetching import FileRead, fetch
from leadapp.exchange.parties import Audience, Ledger, Opener
from leadapp.exchange.pushing import push
from leadapp.exchange.turns import Work, finish
from leadapp.journal.accept import accept, trusted_entries
from leadapp.journal.attached import Attached, attached, blob_name
from leadapp.journal.entry import DELETED, FOLDED_OPS, Entry, write_entry
from leadapp.journal.fold import fold
from leadapp.journal.log import log_id
from leadapp.journal.roster import Roster
from leadapp.journal.seal import Seal, sign_seal
from leadapp.journal.statement import (
    Statement,
    device_id,
    program_id,
    statement_of,
    write_statement,
)
from leadapp.staff.rights import shipped_rights
from leadapp.staff.writing import may_write_form
from tests.exchange.held import CARE, REFER, RINGS, SYS, Held
from tests.exchange.sticks import Crash, Plug, Stick
from tests.exchange.tagged import TaggedSealer, TaggedSigner, TaggedVerifier

FORMS = {REFER: FormId("referral"), CARE: FormId("note")}
KINDS = {FormId("referral"): "referral", FormId("note"): "contact_note"}
MAY_WRITE = may_write_form(shipped_rights(), KINDS)
_ROSTERS: dict[frozenset[str], Roster] = {}


class Machine:
    """One computer and the person at it. The first two may be coordinators'."""

    root_key: Signer = TaggedSigner("root")

    @property
    def program(self) -> str:
        return program_id(self.root_key.public_key)

    def __init__(
        self, n: int, *, office: bool, coordinator: bool, chance: random.Random, plug: Plug
    ) -> None:
        self.n, self.office, self.coordinator = n, office, coordinator
        self.chance, self.plug = chance, plug
        self.signer = self.make_signer()
        self.device = device_id(self.signer.public_key)
        self.user = UserId(f"user-{n}")
        self.rings = RINGS if office else (SYS, REFER)
        self.clock_off = 0
        self.heeds = True
        """Whether it stops once it is shut out; who stole it does not."""
        self.forks = 0
        self.carries = coordinator
        self.sealer: Sealer = TaggedSealer(chance)
        self.verifier: Verifier = TaggedVerifier()
        self._roster: tuple[tuple[int, int], Mapping[str, Statement], Roster] | None = None
        self._judged: dict[RingId, tuple[tuple[object, ...], list[Entry]]] = {}
        self.held: Mapping[RingId, Held] = {}
        self.begin()

    def make_signer(self) -> Signer:
        return TaggedSigner(f"machine {self.n}")

    def begin(self) -> None:
        """Make the files of a new computer."""
        self.held = {ring: Held() for ring in self.rings}
        for ring in self.rings:
            self.new_log(ring)

    def identity(self, ring: RingId) -> str:
        return f"key-{self.n}-{ring}"

    def key(self, ring: RingId) -> str:
        """Return what others seal to."""
        return self.identity(ring)

    def opens(self, ring: RingId, data: bytes) -> bytes | None:
        """Return what a file says, ``None`` when it is not for this computer or not whole."""
        try:
            return self.sealer.open(data, self.identity(ring))
        except Damage:
            return None

    def view(self, ring: RingId) -> Ledger:
        return View(self, ring)

    # -- roster ----------------------------------------------------------------------------------

    @property
    def statements(self) -> Mapping[str, Statement]:
        return self._read_roster()[0]

    @property
    def roster(self) -> Roster:
        return self._read_roster()[1]

    def _read_roster(self) -> tuple[Mapping[str, Statement], Roster]:
        """Return the statements held and what they make; worked out anew where any came."""
        held = self.held[SYS]
        if self._roster is None or self._roster[0] != (id(held), len(held.entries)):
            said = [statement_of(e.values) for e in held.entries.values() if e.op == "roster"]
            known = {one.id: one for one in said}
            names = frozenset(known)
            if names not in _ROSTERS:
                if len(_ROSTERS) > 500:
                    _ROSTERS.clear()
                _ROSTERS[names] = Roster.of(known.values(), self.verifier, program=self.program)
            self._roster = ((id(held), len(held.entries)), known, _ROSTERS[names])
        return self._roster[1:]

    def say(self, kind: str, body: dict[str, object], *, root: bool = False) -> Statement:
        signer = self.root_key if root else self.signer
        nonce = str(self.chance.random())
        made = write_statement(kind, body, program=self.program, signer=signer, nonce=nonce)
        self.append(SYS, "roster", made.values())
        return made

    @property
    def enrolled(self) -> bool:
        me = self.roster.devices.get(self.device)
        return me is not None and not (me.revoked and self.heeds)

    # -- writing ---------------------------------------------------------------------------------

    def salt(self) -> bytes:
        return self.chance.randbytes(16)

    def new_log(self, ring: RingId) -> None:
        held = self.held[ring]
        held.nonce, held.last, held.head = self.salt(), 0, ""
        held.sealed, held.sealed_head = 0, ""

    def log(self, ring: RingId) -> LogId:
        return log_id(self.signer.public_key, self.held[ring].nonce)

    def append(
        self, ring: RingId, op: str, values: dict[str, str], record: str = "", t: int = 0,
        parents: tuple[str, ...] = (), author: UserId | None = None,
    ) -> Entry:  # fmt: skip
        held = self.held[ring]
        entry = write_entry(
            ring=ring, log=self.log(ring), seq=held.last + 1, prev=held.head, t_ms=t,
            author=author or self.user, record=RecordId(record),
            form=FORMS[ring] if record else FormId(""), form_version="1",
            parents=parents, op=op, values=values, salt=self.salt(),
        )  # fmt: skip
        held.entries[entry.hash] = entry
        held.last, held.head = entry.seq, entry.hash
        return entry

    def write(
        self, ring: RingId, record: str, op: str, values: dict[str, str], t: int,
        author: UserId | None = None,
    ) -> Entry:  # fmt: skip
        """Save, void or restore a record as it is seen here."""
        here = [one for one in self.counting(ring) if one.record == record and one.op in FOLDED_OPS]
        parents = fold(here).heads if here else ()
        if op != "save":
            values = {**values, DELETED: "1" if op == "void" else ""}
        return self.append(ring, op, values, record, t + self.clock_off, parents, author)

    def attach(self, ring: RingId, record: str, data: bytes, t: int) -> Entry:
        salt = self.salt()
        name = blob_name(salt, data)
        self.held[ring].blobs[name] = data
        text = Attachment(name, to_base64url(salt), len(data), "image/png", "a.png").text
        return self.write(ring, record, "save", {"paper": text}, t)

    def redact(self, ring: RingId, entry: Entry) -> Entry:
        files = " ".join(file.name for file in attached(entry.values))
        made = self.append(ring, "redact", {"entries": entry.hash, "blobs": files, "_reason": "x"})
        self.obey(ring)
        return made

    def seal(self, ring: RingId) -> None:
        held = self.held[ring]
        if held.sealed == held.last:
            return
        seen: dict[str, int] = {}
        for one in held.entries.values():
            seen[one.log] = max(seen.get(one.log, 0), one.seq)
        bare = Seal(
            ring=ring, log=self.log(ring), first=held.sealed + 1, last=held.last,
            prev=held.sealed_head, head=EntryHash(held.head), device=self.signer.public_key,
            nonce=held.nonce, roster=self.roster.fingerprint, seen=seen,
        )  # fmt: skip
        made = sign_seal(bare, self.signer)
        held.seals[made.signature] = made
        held.sealed, held.sealed_head = held.last, held.head

    # -- what counts -----------------------------------------------------------------------------

    def counting(self, ring: RingId) -> list[Entry]:
        """Return the entries that count, by the roster known here."""
        held = self.held[ring]
        mark = (len(held.entries), len(held.emptied), len(held.seals), self.roster.fingerprint)
        if self._judged.get(ring, ((), []))[0] != mark:
            self._judged[ring] = (mark, self._judge(ring))
        return self._judged[ring][1]

    def _judge(self, ring: RingId) -> list[Entry]:
        held, roster = self.held[ring], self.roster
        writers = {seal.log: device_id(seal.device) for seal in held.seals.values()}
        writers[self.log(ring)] = self.device
        trusted = trusted_entries(roster, {one.hash: one.prev for one in held.entries.values()})
        return [
            one
            for one in held.entries.values()
            if one.log in writers
            and accept(one, DeviceId(writers[one.log]), roster, MAY_WRITE, trusted).accepted
        ]

    def obey(self, ring: RingId) -> None:
        """Empty what counting orders say, also what is still to come."""
        held = self.held[ring]
        for order in [one for one in self.counting(ring) if one.op == "redact"]:
            held.emptied |= set(order.values.get("entries", "").split())
            for name in order.values.get("blobs", "").split():
                held.blobs.pop(name, None)
        for name in held.emptied & held.entries.keys():
            one = held.entries[EntryHash(name)]
            held.entries[one.hash] = one.without_payload()

    # -- exchanging ------------------------------------------------------------------------------

    def audience(self, ring: RingId) -> Audience:
        roster = self.roster
        members = [one for one in roster.members(ring) if one.recipients.get(ring)]
        keys = sorted({key for one in members for key in one.recipients[ring]})
        mine = self.signer.public_key
        return Audience(
            frozenset(one.id for one in members),
            tuple(keys),
            lambda made: self.carries or made.device == mine,
        )

    def opener(self, ring: RingId) -> Opener:
        mark = f"{self.key(ring)} {self.roster.fingerprint}"
        return Opener(self.identity(ring), self.sealer, self.verifier, mark, "1")

    def sync(self, stick: Stick, now: int, *, most_loose: int = 1 << 30) -> list[FileRead]:
        """Exchange as the program does; return what was read."""
        stick.who = self.device
        for ring in self.rings:
            self.seal(ring)
        read = fetch(stick, SYS, self.view(SYS), self.opener(SYS))
        if not self.enrolled:
            return read
        self.name_keys()
        rings = [one for one in self.rings if one == SYS or self.key_named(one)]
        for ring in rings:
            self.obey(ring)
            if ring != SYS:
                read += fetch(stick, ring, self.view(ring), self.opener(ring))
                self.obey(ring)
        for ring in rings:
            self.seal(ring)
            push(stick, ring, self.view(ring), self.audience(ring), self.sealer)
            if self.coordinator and not self.roster.devices[self.device].revoked:
                self.compact(stick, ring, now, most_loose)
        return read

    def compact(self, stick: Stick, ring: RingId, now: int, most_loose: int) -> None:
        finish(self.compacting(stick, ring, now, most_loose))

    def compacting(self, stick: Stick, ring: RingId, now: int, most_loose: int) -> Work[Compacted]:
        members = {one.id for one in self.roster.members(ring)}
        gone = frozenset(self.roster.devices) - members
        audience = dataclasses.replace(self.audience(ring), sends=lambda _: True)
        one = Compaction(
            stick, ring, self.view(ring), audience, gone, self.sealer, now + self.clock_off,
            most_loose,
        )  # fmt: skip
        return (yield from compacting(one))

    def name_keys(self) -> None:
        """State the own key of each ring the roster allows, once."""
        me = self.roster.devices[self.device]
        for ring in self.rings:
            if self.roster.may_have(me, ring) and self.key(ring) not in me.recipients.get(ring, ()):
                body = {"device": self.device, "ring": ring, "recipient": self.key(ring)}
                self.say("recipient", dict(body))

    def key_named(self, ring: RingId) -> bool:
        return self.roster.may_have(self.roster.devices[self.device], ring)

    def backup(self) -> dict[RingId, Held]:
        return {ring: held.copy() for ring, held in self.held.items()}

    def after_crash(self) -> None:
        """Start again after the power went."""

    def restore(self, kept: dict[RingId, Held], *, noticed: bool) -> None:
        """Go back to a backup; ``noticed`` where the note outside the folder tells of it."""
        self.held = {ring: held.copy() for ring, held in kept.items()}
        self._judged.clear()
        self._roster = None
        for ring in self.rings if noticed else ():
            self.seal(ring)
            self.new_log(ring)


class View:
    """One ring of a machine as its exchange sees it. ``exchange.parties.Ledger``."""

    def __init__(self, machine: Machine, ring: RingId) -> None:
        self.machine, self.ring = machine, ring

    @property
    def held(self) -> Held:
        return self.machine.held[self.ring]

    def recall(self, name: str) -> str:
        return self.held.remembered.get(name, "")

    def remember(self, name: str, value: str) -> None:
        going = self.machine.plug.step()
        self.held.remembered[name] = value
        if going:
            raise Crash

    def take(self, batches: Sequence[Batch]) -> Iterator[int]:
        through = self.machine.chance.randint(0, len(batches))
        for piece in (batches[:through], batches[through:]):
            going = self.machine.plug.step()
            self._merge([entry for batch in piece for entry in batch.entries])
            self.held.seals |= {batch.seal.signature: batch.seal for batch in piece}
            if going:
                raise Crash
            yield len(piece)

    def _merge(self, piece: Sequence[Entry]) -> None:
        machine, held = self.machine, self.held
        new = [one for one in piece if one.hash not in held.entries]
        if any(one.log == machine.log(self.ring) for one in new):
            machine.seal(self.ring)
            machine.new_log(self.ring)
            machine.forks += 1
        for one in new:
            held.entries[one.hash] = one.without_payload() if one.hash in held.emptied else one

    def seals(self) -> Sequence[Seal]:
        return sorted(self.held.seals.values(), key=lambda one: (one.log, one.last, one.head))

    def entries(self, seal: Seal) -> Sequence[Entry]:
        return [
            one
            for one in self.held.entries.values()
            if one.log == seal.log and seal.first <= one.seq <= seal.last
        ]

    def named_blobs(self) -> Sequence[tuple[Attached, bytes]]:
        devices = {seal.log: seal.device for seal in self.held.seals.values()}
        gone = self.redacted_blobs()
        return [
            (file, devices.get(entry.log, b""))
            for entry in self.machine.counting(self.ring)
            if b'{\\"blob\\":' in entry.payload
            for file in attached(entry.values)
            if file.name not in gone
        ]

    def blob_names(self) -> Collection[str]:
        return set(self.held.blobs)

    def blob(self, name: str) -> bytes | None:
        return self.held.blobs.get(name)

    def take_blobs(self, blobs: Sequence[Blob]) -> int:
        going = self.machine.plug.step()
        named = {file for file, _ in self.named_blobs()}
        new = {one.file.name: one.data for one in blobs if one.file in named}
        self.held.blobs |= new
        if going:
            raise Crash
        return len(new)

    def enough(self, _bundle: Bundle) -> bool:
        return False

    def redacted_blobs(self) -> Collection[str]:
        orders = [one for one in self.machine.counting(self.ring) if one.op == "redact"]
        return {name for one in orders for name in one.values.get("blobs", "").split()}

    def redactions(self) -> int:
        return len(self.held.emptied)
