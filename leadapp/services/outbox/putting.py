"""Putting a PDF into the outbox: into which ring, for whom, sealed to whom."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

from leadapp.core.attachments import Attachment
from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId, UserId
from leadapp.core.text import tidy
from leadapp.journal.roster import Roster, User
from leadapp.services.desk import Desk, family_of
from leadapp.services.holding import RING_IDENTITY
from leadapp.services.outbox.basis import check_basis
from leadapp.services.outbox.listing import Receiver
from leadapp.services.outbox.writing import DOCUMENT, hash_of, write
from leadapp.services.outgoing import emptied, keys_of
from leadapp.staff.opening import Seat, opens
from leadapp.staff.roles import roles_of
from leadapp.store.reader import Reader
from leadapp.vault.sealing import AgeSealer, identity_of

_SEALED_TYPE = "application/age"
_NEUTRAL = "document.age"
_STRICTEST = ("care", "supply", "law", "refer", "shared")


def ring_for(desk: Desk, families: Iterable[str]) -> RingId:
    """Return the ring a paper with facts of ``families`` belongs to: the strictest of them."""
    wanted = set(families)
    strictest = next((family for family in _STRICTEST if family in wanted), "")
    ring = desk.ring_of_family(strictest) if strictest else None
    if ring is None:  # never a wider ring instead: what is in the paper would reach more people
        raise Refusal("services.document_without_ring")
    return ring


def receivers(desk: Desk, ring: RingId) -> list[Receiver]:
    """Return the users who see ``ring`` and whose computers can open what is sealed for it."""
    roster = desk.holding.roster
    rows = desk.reader.rows("SELECT record_id, name FROM user", {})
    found = [
        Receiver(str(name), UserId(str(user)))
        for user, name in rows
        if user in roster.users
        and user != desk.user
        and _sees(roster, roster.users[UserId(str(user))], ring)
        and keys_of(desk, UserId(str(user)), ring)
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def _sees(roster: Roster, user: User, ring: RingId) -> bool:
    """Return whether the user's role opens ``ring`` at one of their computers: else no paper shows."""
    roles = roles_of(user.roles)
    devices = (device for device in roster.devices.values() if device.id in user.devices)
    seats = (
        Seat(
            roles=roles,
            agency=user.agency,
            device_class="office" if one.device_class == "office" else "law",
            device_agency=one.agency,
            admitted=one.admitted,
            granted=user.grants,
        )
        for one in devices
    )
    return any(opens(seat, ring) for seat in seats)


def put(
    desk: Desk,
    pdf: bytes,
    *,
    what: str,
    copy: str,
    ring: RingId,
    to: Receiver,
    person: RecordId | None = None,
    record: RecordId | None = None,
    basis: RecordId | None = None,
) -> RecordId:
    """Put a PDF into the outbox. Writer lane; who may print it was asked before.

    A paper of a part2 ring about a ``person`` leaves the program on a consent in force
    alone: ``basis``. That it was made for this receiver is logged with it. ``record`` is what
    it was printed from: where that is emptied by order, the document goes too.
    """
    if not tidy(to.name):
        raise Refusal("services.document_for_whom")
    if person and not to.user and desk.holding.roster.is_part2(ring):
        check_basis(desk, ring, person, basis)
    keys = keys_of(desk, to.user, ring) if to.user else []
    if to.user and not keys:
        raise Refusal("services.receiver_cannot_open", name=to.name)
    sealed = AgeSealer().seal(pdf, sorted({_own_key(desk, ring), *keys}))
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        gone = emptied(desk, reader, record or "", person or "")
    blob = desk.archive.put_blob(ring, sealed)
    named = Attachment(blob.name, blob.salt, blob.size, _SEALED_TYPE, _NEUTRAL)
    made = RecordId(desk.ids())
    answers = {
        "what": tidy(what),
        "copy": copy,
        "to_user": to.user,
        "to_party": "" if to.user else tidy(to.name),
        "sealed": named.text,
        "size": str(len(pdf)),
        "hash": hash_of(pdf),
        "person": person or "",
        "record": record or "",
        "basis": basis or "",
        "emptied": str(gone or ""),
        "keys": " ".join(sorted(set(keys))),
    }
    # Logged first: nothing leaves that was not logged.
    desk.note("export", ring, person or made)
    write(desk, ring, made, DOCUMENT, answers)
    return made


def _own_key(desk: Desk, ring: RingId) -> str:
    identity = desk.archive.kept(ring, RING_IDENTITY)
    if not identity:
        raise Refusal("services.ring_not_open", ring=family_of(ring))
    return identity_of(identity).recipient
