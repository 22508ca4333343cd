"""One person's open program: what every use case is handed.

Built by ``services.unlock`` and gone at lock. A desk knows who sits at it, which
rings are open, and the four things that work on them: the archive (writer
lane), the reader (reader lane), the drafts (drafts lane) and the forms in use.
It decides nothing but rights.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from leadapp.casework.doubles import LastFound
from leadapp.core.clock import Clock
from leadapp.core.errors import Refusal
from leadapp.core.ids import IdSource, RecordId, RingId, UserId
from leadapp.journal.rings import SHARED
from leadapp.journal.statement import device_id
from leadapp.kinds import KINDS
from leadapp.kinds.contract import Kind
from leadapp.services.holding import Holding
from leadapp.services.lists import DirectLookup
from leadapp.services.shelf import Shelf
from leadapp.staff.rights import Reach, may_program, reach
from leadapp.staff.roles import Role
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo
from leadapp.store.drafts import DraftStore
from leadapp.store.folder import ProgramFolder
from leadapp.store.reader import Reader
from leadapp.store.writing import Access

LAW_ROLES = frozenset({Role.DEPUTY, Role.LAW_SUPERVISOR})


@dataclass(slots=True)
class Desk:
    """A program folder with the rings this user may open."""

    folder: ProgramFolder
    device: DeviceInfo
    user: UserId
    name: str
    roles: frozenset[Role]
    agency: str
    archive: Archive
    reader: Reader
    drafts: DraftStore
    shelf: Shelf
    clock: Clock
    ids: IdSource
    holding: Holding
    """The keys this person holds, and what can be done with them."""
    doubles: LastFound = field(default_factory=LastFound)
    """Who may be recorded twice, as found last. Reader lane."""
    close_keys: Callable[[], None] = field(default=lambda: None)
    """Forgets the keys and lets go of the folder; called once, by ``close``."""

    @property
    def rings(self) -> tuple[RingId, ...]:
        """Return the open rings, ``sys`` included."""
        return self.archive.rings

    @property
    def root(self) -> Path:
        """Return the program folder's path."""
        return self.folder.root

    @property
    def side(self) -> str:
        """Return ``law`` or ``office``: which of a form's rings this person writes."""
        return "law" if self.roles & LAW_ROLES else "office"

    def may(self, action: str, kind: str, family: str) -> bool:
        """Return whether one of this person's roles may do ``action``."""
        return self.reach(action, kind, family) is not Reach.NONE

    def reach(self, action: str, kind: str, family: str) -> Reach:
        """Return whose records of ``kind`` this person may do ``action`` to."""
        return max((reach(role, action, kind, family) for role in self.roles), default=Reach.NONE)

    def require(self, action: str, kind: str, family: str) -> None:
        """Refuse what no role of this person may do."""
        if not self.may(action, kind, family):
            raise Refusal("services.not_allowed", action=action, kind=kind)

    def require_program(self, action: str) -> None:
        """Refuse what no role of this person may do to the program itself."""
        if not any(may_program(role, action) for role in self.roles):
            raise Refusal("services.not_allowed", action=action, kind="program")

    def ring_of_family(self, family: str) -> RingId | None:
        """Return the open ring of ``family``; of several agencies', this person's own."""
        own = RingId(f"{family}-{self.agency}")
        if own in self.rings:
            return own
        for ring in self.rings:
            if family_of(ring) == family:
                return ring
        return None

    def lookup(self, family: str) -> DirectLookup:
        """Return the lists that forms of ring ``family`` may ask. Reader lane."""
        families = {family_of(ring) for ring in self.rings}
        open_rings = {one: self.ring_of_family(one) for one in families}
        rings = {one: ring for one, ring in open_rings.items() if ring is not None}
        return DirectLookup(self.reader, rings, family)

    def computer_called(self, reader: Reader, device: bytes) -> str:
        """Return what people call a computer: who uses it, else the first letters of its id."""
        name = device_id(device)
        users = [one.id for one in self.holding.roster.users.values() if name in one.devices]
        stored = [reader.record(SHARED, RecordId(user)) for user in sorted(users)]
        names = [one.answers.get("name", "") for one in stored if one is not None]
        return ", ".join(filter(None, names)) or name[:8]

    def note(self, act: str, ring: RingId, record: RecordId | None = None) -> None:
        """Log an access (view, search, print, export); refuses when it cannot be logged.

        Accesses by someone who holds ``care`` go to ``care``, so that no ring on a
        law device carries what the office looked at. Writer lane.
        """
        care = RingId("care")
        where = care if care in self.rings else ring
        access = Access(user=self.user, act=act, at=self.clock.now(), record=record or "")
        self.archive.note_access(where, access)

    def close(self) -> None:
        """Seal, close every file and forget the keys, also where sealing fails.

        What could not be sealed (a full disk) is sealed at the next close.
        """
        with ExitStack() as closing:
            for close in (self.close_keys, self.archive.close, self.reader.close):
                closing.callback(close)
            closing.callback(self.drafts.close)
            self.archive.seal(self.holding.roster.fingerprint)


def family_of(ring: RingId) -> str:
    """Return ``law`` for ``law-sheriff``; other rings are their own family."""
    return ring.split("-", 1)[0]


def kind_named(name: str) -> Kind:
    """Return the kind called ``name``."""
    kind = KINDS.get(name)
    if kind is None:
        raise Refusal("services.no_such_kind", kind=name)
    return kind
