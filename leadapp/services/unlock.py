"""Who is here, unlocking and locking: from a folder and a password to a desk.

Opens exactly the rings this person may open on this device, makes those that are
missing, gives rings to colleagues who should have them, and puts what went wrong
since the last unlock into the journal. Slow parts run on the crypto lane.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.core.errors import Refusal
from leadapp.core.ids import IdSource, RecordId, RingId, UserId, derive_id, new_id
from leadapp.core.paths import cache_folder, state_folder
from leadapp.core.problems import Problem, Severity
from leadapp.journal.entry import SALT_BYTES
from leadapp.journal.rings import SHARED, SYS
from leadapp.services.desk import Desk
from leadapp.services.holding import (
    Holding,
    check_device,
    finish_files,
    is_active,
    read_sys,
)
from leadapp.services.projecting import form_sources, projector_of, shelf_for
from leadapp.staff.opening import may_make
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo, load_device
from leadapp.store.drafts import DraftStore
from leadapp.store.folder import ProgramFolder
from leadapp.store.reader import Reader
from leadapp.store.writing import Access, Progress
from leadapp.vault import release
from leadapp.vault.attempts import Attempts
from leadapp.vault.door import knock
from leadapp.vault.keyring import Keyring
from leadapp.vault.passwords import problems_with, require_good
from leadapp.vault.rings import KEY_BYTES
from leadapp.vault.slots import Slot, UserKeys

Told = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account here. ``name`` is "" where tiles are off."""

    user: UserId
    name: str
    locked: bool
    second_factor: bool
    challenge: str
    """What a locked screen shows for the one-time code, "" when none is prepared."""


@dataclass(frozen=True, slots=True)
class People:
    """What the unlock screen shows before anyone unlocks."""

    device: DeviceInfo
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class _Parts:
    folder: ProgramFolder
    device: DeviceInfo
    keyring: Keyring
    attempts: Attempts


def people_here(root: Path, *, clock: Clock) -> People:
    """Return the county, the notice and the people of this computer. Opens nothing."""
    parts = _parts(root, clock)
    shown = parts.keyring.users() if parts.device.tiles else ()
    return People(parts.device, tuple(_person(parts.attempts, slot) for slot in shown))


def person_called(root: Path, name: str, *, clock: Clock) -> Person:
    """Return the person who typed their name, where tiles are off."""
    parts = _parts(root, clock)
    return _person(parts.attempts, _slot(parts, name, None))


def _person(attempts: Attempts, slot: Slot) -> Person:
    locked = attempts.of(slot.number).locked
    challenge = release.shown_challenge(attempts, slot.number) if locked else ""
    return Person(slot.user, slot.name, locked, slot.second_factor, challenge)


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
        parts = _parts(root, clock)
        parts.folder.check_place()
        stack.enter_context(parts.folder.lock())
        slot = _slot(parts, name, user)
        keys = knock(parts.keyring, parts.attempts, slot.user, password, code=code)
        holding = _hold(parts, keys, ids)
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


def _parts(root: Path, clock: Clock) -> _Parts:
    folder = ProgramFolder(root)
    device = load_device(folder)
    return _Parts(
        folder, device, Keyring.load(folder.keyring), Attempts.load(folder.attempts, clock)
    )


def _slot(parts: _Parts, name: str, user: UserId | None) -> Slot:
    if user is not None:
        return parts.keyring.slot(user)
    found = parts.keyring.find(name)
    if found is None:
        raise Refusal("services.no_such_name")
    return found


# -- keys ----------------------------------------------------------------------------------


def _hold(parts: _Parts, keys: UserKeys, ids: IdSource) -> Holding:
    """Open the keys this person may use here, new ones where a removed user knew the old."""
    sys_key = _finish_begun(parts, keys, SYS)
    signer, statements = read_sys(parts.folder, sys_key)
    check_device(parts.device, signer, statements)
    holding = Holding(
        parts.folder, parts.device, parts.keyring, parts.attempts, keys, {}, signer, statements, ids
    )
    known = holding.roster.users.get(keys.user)
    if known is not None and not is_active(known):
        raise Refusal("services.account_removed")
    holding.check_keyring()
    for ring in sorted(parts.keyring.rings_of(keys.user) & holding.entitled(keys.user)):
        holding.rings[ring] = sys_key if ring == SYS else _finish_begun(parts, keys, ring)
    if holding.keyring_good:
        _give_new_keys(holding)
    return holding


def _finish_begun(parts: _Parts, keys: UserKeys, ring: RingId) -> bytes:
    """Return the ring's key; where giving it a new one was cut off, complete that first."""
    key, coming = parts.keyring.open_ring_key(ring, keys), parts.keyring.coming_key(ring, keys)
    if coming is None:
        return key
    finish_files(parts.folder, ring, key, coming)
    return coming


def _give_new_keys(holding: Holding) -> None:
    """Encrypt anew each file whose key a removed user may have kept."""
    keyring = holding.keyring
    for ring in sorted(keyring.rings_to_rekey() & holding.rings.keys()):
        if keyring.ring(ring).coming is None:
            key = secrets.token_bytes(KEY_BYTES)
            keyring.begin_rekey(ring, key)
            holding.save()
            finish_files(holding.folder, ring, holding.rings[ring], key)
            holding.rings[ring] = key
        keyring.finish_rekey(ring)
        holding.save()


def _judge_password(holding: Holding, password: str, slot: Slot) -> None:
    """Ask the rules again: the list of common passwords may have grown."""
    context = (holding.device.county, holding.device.agency, slot.name)
    found = problems_with(password, context, second_factor=slot.second_factor)
    holding.problems += [Problem(one.code, one.values, severity=Severity.WARNING) for one in found]


# -- the desk ------------------------------------------------------------------------------


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


# -- a locked account ------------------------------------------------------------------------


def release_with_code(root: Path, user: UserId, typed: str, *, clock: Clock) -> None:
    """Open a locked account with the one-time code a supervisor read out. Crypto lane."""
    parts = _parts(root, clock)
    release.release_with_code(parts.attempts, parts.keyring.slot(user).number, typed)


def release_with_page(root: Path, user: UserId, ring: RingId, typed: str, *, clock: Clock) -> None:
    """Open a locked account with the code on a ring's recovery page. Crypto lane."""
    parts = _parts(root, clock)
    parts.keyring.open_with_recovery(ring, typed)
    parts.attempts.release(parts.keyring.slot(user).number)


def recover(
    root: Path,
    *,
    user: UserId,
    password: str,
    typed: Mapping[RingId, str],
    clock: Clock,
    ids: IdSource = new_id,
) -> frozenset[RingId]:
    """Give ``user`` a new password and the rings whose recovery pages were typed. Crypto lane.

    The page of ``sys`` must be among them: it proves the right to act for the device. Only
    rings the person's role opens here are given. Returns those.
    """
    with ExitStack() as stack:
        parts = _parts(root, clock)
        stack.enter_context(parts.folder.lock())
        slot = parts.keyring.slot(user)
        context = (parts.device.county, parts.device.agency, slot.name)
        require_good(password, context)
        opened = {
            ring: parts.keyring.open_with_recovery(ring, text) for ring, text in typed.items()
        }
        if SYS not in opened:
            raise Refusal("services.sys_page_needed")
        return _reset_by_pages(parts, user, password, opened, clock, ids)


def _reset_by_pages(
    parts: _Parts,
    user: UserId,
    password: str,
    opened: Mapping[RingId, bytes],
    clock: Clock,
    ids: IdSource,
) -> frozenset[RingId]:
    signer, statements = read_sys(parts.folder, opened[SYS])
    check_device(parts.device, signer, statements)
    parts.keyring.reset_password(user, password, at=clock.now())
    keys = parts.keyring.unlock(user, password)
    holding = Holding(
        parts.folder, parts.device, parts.keyring, parts.attempts, keys, {}, signer, statements, ids
    )
    given = frozenset(ring for ring in opened if holding.opens(user, ring))
    for ring in given:
        parts.keyring.seal_ring_key(ring, opened[ring], [user])
    parts.keyring.sign(signer)
    parts.keyring.save()
    parts.attempts.release(parts.keyring.slot(user).number)
    return given
