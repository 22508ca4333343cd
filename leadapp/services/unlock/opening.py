"""Unlocking for one person, and locking again."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.core.ids import IdSource, RecordId, UserId, derive_id, new_id
from leadapp.core.paths import cache_folder, state_folder
from leadapp.core.problems import Problem, Severity
from leadapp.journal.entry import SALT_BYTES
from leadapp.journal.rings import SHARED
from leadapp.services.desk import Desk
from leadapp.services.holding import Holding
from leadapp.services.projecting import form_sources, projector_of, shelf_for
from leadapp.services.unlock.front import parts_of, slot_of
from leadapp.services.unlock.ring_keys import hold
from leadapp.staff.opening import may_make
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo
from leadapp.store.drafts import DraftStore
from leadapp.store.reader import Reader
from leadapp.store.writing import Access, Progress
from leadapp.vault import release
from leadapp.vault.door import knock
from leadapp.vault.passwords import problems_with
from leadapp.vault.slots import Slot

Told = Callable[[Progress], None]


def unlock(
    root: Path,
    *,
    password: str,
    clock: Clock,
    name: str = "",
    user: UserId | None = None,
    code: str = "",
    ids: IdSource = new_id,
    anchors: Path | None = None,
    cache: Path | None = None,
    progress: Told | None = None,
) -> Desk:
    """Open the program for one person, chosen by ``user`` or typed ``name``.

    ``desk.holding`` then says what is to be told: recovery pages to print (``pages``),
    ``problems``, and who waits for a yes (``requests()``). Refusal as ``vault.door`` says.
    """
    with ExitStack() as stack:
        parts = parts_of(root, clock)
        parts.folder.check_place()
        stack.enter_context(parts.folder.lock())
        slot = slot_of(parts, name, user)
        keys = knock(parts.keyring, parts.attempts, slot.user, password, code=code)
        holding = hold(parts, keys, ids)
        _judge_password(holding, password, slot)
        desk = _desk(holding, clock, anchors, cache, progress, stack)
        _tell_the_journal(desk, holding, slot)
        _prepare_releases(desk, holding)
        kept = stack.pop_all()

    def close_keys() -> None:
        holding.forget()
        kept.close()

    desk.close_keys = close_keys
    return desk


def lock(desk: Desk) -> None:
    """Seal, close every file and forget the keys. Drafts were flushed by who held them."""
    desk.close()


def _judge_password(holding: Holding, password: str, slot: Slot) -> None:
    """Ask the rules again: the list of common passwords may have grown."""
    context = (holding.device.county, holding.device.agency, slot.name)
    found = problems_with(password, context, second_factor=slot.second_factor)
    holding.problems += [Problem(one.code, one.values, severity=Severity.WARNING) for one in found]


def _desk(
    holding: Holding,
    clock: Clock,
    anchors: Path | None,
    cache: Path | None,
    progress: Told | None,
    stack: ExitStack,
) -> Desk:
    sources = form_sources(holding.folder, holding.key(SHARED))
    shelf = shelf_for(sources, cache or cache_folder())
    archive = Archive.open(
        holding.folder,
        holding.rings,
        device=holding.device,
        signer=holding.signer,
        projector=projector_of(shelf, sources),
        clock=clock,
        ids=holding.ids,
        salts=lambda: secrets.token_bytes(SALT_BYTES),
        anchors=anchors or state_folder(),
        progress=progress,
    )
    stack.callback(archive.close)
    holding.stop_writing_where_shut_out(archive)
    _bring_rings_up_to_date(holding, archive)
    reader = Reader.open(holding.folder, holding.rings)
    stack.callback(reader.close)
    drafts = DraftStore.open(holding.folder, holding.rings, clock=clock)
    stack.callback(drafts.close)
    seat = holding.seat(holding.user)
    return Desk(
        folder=holding.folder,
        device=holding.device,
        user=holding.user,
        name=_name(reader, holding),
        roles=seat.roles,
        agency=seat.agency,
        archive=archive,
        reader=reader,
        drafts=drafts,
        shelf=shelf,
        clock=clock,
        ids=holding.ids,
        holding=holding,
    )


def _bring_rings_up_to_date(holding: Holding, archive: Archive) -> None:
    """Make the rings this person is the first to open, and give colleagues theirs."""
    archive.write_pending()
    if not holding.keyring_good:
        return
    for ring in archive.rings:
        holding.name_recipient(archive, ring)
    seat = holding.seat(holding.user)
    for ring in sorted(holding.entitled(holding.user) - holding.keyring.rings()):
        if may_make(seat, ring) and holding.roster_allows(ring):
            holding.make_ring(archive, ring)
    holding.grant_what_needs_no_asking()
    holding.save()


def _name(reader: Reader, holding: Holding) -> str:
    stored = reader.record(SHARED, RecordId(holding.user))
    known = stored.answers.get("name", "") if stored else ""
    return known or holding.keyring.slot(holding.user).name


def _tell_the_journal(desk: Desk, holding: Holding, slot: Slot) -> None:
    """Log this unlock and the wrong passwords before it, in the narrowest ring that is open."""
    ring = holding.narrowest()
    for moment in holding.attempts.take_unlogged(slot.number):
        at = datetime.fromtimestamp(moment / 1000, UTC)
        desk.archive.note_access(ring, Access(desk.user, "unlock_failed", at))
    at = desk.clock.now()
    desk.archive.note_access(ring, Access(desk.user, "unlock", at, detail=_version(desk.device)))


def _version(device: DeviceInfo) -> str:
    """Return which use-notice was agreed to by unlocking."""
    return f"notice {derive_id(device.notice)}" if device.notice else ""


def _prepare_releases(desk: Desk, holding: Holding) -> None:
    """Make ready that each account here can be released by phone once it locks."""
    key = holding.release_key(desk.archive)
    for slot in holding.keyring.users() if key else ():
        release.prepare(holding.attempts, slot.number, key=key)
