"""One exchange over one target: ``sys`` first, then ring by ring what came and what goes.

Harmless to break off anywhere and to do again; a second one with nothing new reads and
writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from leadapp import __version__
from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId, RingId
from leadapp.core.problems import Problem, Severity
from leadapp.exchange.fetching import FileRead, check_again, fetch
from leadapp.exchange.naming import ring_folder
from leadapp.exchange.parties import Audience, Opener, Place
from leadapp.exchange.pushing import Pushed, push
from leadapp.journal.rings import SHARED, SYS
from leadapp.journal.roster import Device
from leadapp.journal.seal import Seal
from leadapp.services.desk import Desk
from leadapp.services.holding import RING_IDENTITY
from leadapp.services.projecting import form_sources, projector_of
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.places import (
    KeptTarget,
    check_neighbours,
    place,
    require_sync,
    rings_at,
)
from leadapp.services.syncing.report import RingReport, SyncReport, unread
from leadapp.store.queries import RecordQuery
from leadapp.store.reader import Reader
from leadapp.vault.sealing import AgeSealer, identity_of
from leadapp.vault.signing import Ed25519Verifier

Told = Callable[[RingId], None]
_MOST_CONFLICTS = 500


def sync(desk: Desk, kept: KeptTarget, told: Told | None = None) -> SyncReport:
    """Exchange everything that may lie at a target. Writer lane."""
    require_sync(desk)
    there = place(kept)
    there.prepare()
    check_neighbours(desk, kept)
    rings = rings_at(desk, kept)
    made = sync_over(desk, there, kept.name, rings, carries=kept.carries, told=told)
    # Who has just been let in learns it from ``sys``, and may then have the rest.
    later = [ring for ring in rings_at(desk, kept) if ring not in rings]
    if not later or not _enrolled(desk):
        return made
    return made + sync_over(desk, there, kept.name, later, carries=kept.carries, told=told)


def sync_over(
    desk: Desk,
    there: Place,
    name: str,
    rings: Sequence[RingId],
    *,
    carries: bool = False,
    told: Told | None = None,
) -> SyncReport:
    """Exchange ``rings`` over any place; ``rings_at`` says which may go there."""
    before = desk.holding.entitled(desk.user), desk.holding.seat(desk.user)
    # Sealed before anything is taken: should a copy of this computer have gone on in the
    # own log, what was written here lies under a seal of its own.
    desk.archive.seal(desk.holding.roster.fingerprint)
    reader = Reader.open(desk.folder, desk.holding.rings)
    reports: list[RingReport] = []
    problems: list[Problem] = []
    try:
        for ring in rings:
            if told is not None:
                told(ring)
            ledger = RingLedger(desk, reader, ring)
            reports.append(_exchange(desk, there, ledger, reader, carries=carries))
            if ring == SYS:
                problems += _about_me(desk)
                if not _enrolled(desk):
                    break
    finally:
        reader.close()
    after = desk.holding.entitled(desk.user), desk.holding.seat(desk.user)
    return SyncReport(name, tuple(reports), tuple(problems), unlock_again=before != after)


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test of a target found. ``changed`` files are sent again by the next exchange."""

    files: int
    changed: int


def test(desk: Desk, kept: KeptTarget) -> Tested:
    """See that a target can be reached and written, and read every file again. Writer lane."""
    require_sync(desk)
    there = place(kept)
    there.prepare()
    check_neighbours(desk, kept)
    files = changed = 0
    reader = Reader.open(desk.folder, desk.holding.rings)
    try:
        for ring in rings_at(desk, kept):
            folder = ring_folder(desk.device.program_id, ring)
            files += len(there.list_sizes(folder))
            changed += check_again(there, folder, RingLedger(desk, reader, ring))
    finally:
        reader.close()
    return Tested(files, changed)


def _exchange(
    desk: Desk, there: Place, ledger: RingLedger, reader: Reader, *, carries: bool
) -> RingReport:
    folder = ring_folder(desk.device.program_id, ledger.ring)
    problems: list[Problem] = []
    read: list[FileRead] = []
    pushed = Pushed(0, 0, {})
    try:
        read = fetch(there, folder, ledger, opener(desk, ledger.ring))
        settle(desk, ledger)
        if _enrolled(desk):
            to = audience(desk, ledger.ring, carries=carries)
            pushed = push(there, folder, ledger, to, AgeSealer())
            for log, last in pushed.sent.items():
                desk.archive.mark_sent(ledger.ring, log, last)
    except Refusal as refusal:
        problems.append(refusal.problem)
    problems += [*pushed.problems, *_problems_of(ledger, read)]
    return report_of(desk, ledger, reader, read, pushed, problems)


def settle(desk: Desk, ledger: RingLedger) -> None:
    """Make what came in count: by the roster, and by the forms that came with it."""
    if ledger.ring == SHARED and "definition" in ledger.kinds:
        _use_new_forms(desk)
    if _me(desk) is not None:  # until it is enrolled, not even its own entries would count
        ledger.judge()


def _use_new_forms(desk: Desk) -> None:
    sources = form_sources(desk.folder, desk.holding.key(SHARED))
    desk.shelf.learn(sources)
    desk.archive.use(projector_of(desk.shelf, sources))


def opener(desk: Desk, ring: RingId) -> Opener:
    """Return what opens files of ``ring`` here."""
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

    def sends(seal: Seal) -> bool:
        return everyone or seal.device == mine

    return Audience(frozenset(one.id for one in members), tuple(sorted(keys)), sends)


def members_of(desk: Desk, ring: RingId) -> list[Device]:
    """Return the devices a file of ``ring`` may be for."""
    roster = desk.holding.roster
    part2 = roster.is_part2(ring)
    return [one for one in roster.members(ring) if not part2 or one.device_class == "office"]


def report_of(
    desk: Desk,
    ledger: RingLedger,
    reader: Reader,
    read: Collection[FileRead],
    pushed: Pushed,
    problems: Collection[Problem],
) -> RingReport:
    """Return what is told of one ring."""
    lines = reader.records(
        RecordQuery(rings=(ledger.ring,), conflicted=True, voided=None, limit=_MOST_CONFLICTS)
    )
    members = members_of(desk, ledger.ring)
    return RingReport(
        ring=ledger.ring,
        files_read=len(read),
        files_written=pushed.files,
        entries_in=ledger.new,
        entries_out=pushed.entries,
        records=len(ledger.records),
        held=ledger.held,
        only_here=ledger.only_here,
        unaddressed=sum(not one.recipients.get(ledger.ring) for one in members),
        conflicts=tuple(line.record for line in lines),
        not_read=unread(read),
        problems=tuple(problems),
    )


def _problems_of(ledger: RingLedger, read: Collection[FileRead]) -> list[Problem]:
    found = [
        Problem(one.cause, {"file": one.name}, severity=_weight(one))
        for one in read
        if one.cause and one.outcome != "not_for_me"
    ]
    if ledger.copied:
        found.append(Problem("services.copied_computer", {"ring": ledger.ring}))
    return found


def _weight(one: FileRead) -> Severity:
    return Severity.ERROR if one.outcome == "refused" else Severity.WARNING


def _me(desk: Desk) -> Device | None:
    return desk.holding.roster.devices.get(DeviceId(desk.device.device_id))


def _revoked(desk: Desk) -> bool:
    me = _me(desk)
    return me is not None and me.revoked


def _enrolled(desk: Desk) -> bool:
    me = _me(desk)
    return me is not None and not me.revoked


def _about_me(desk: Desk) -> list[Problem]:
    if _me(desk) is None:
        return [Problem("services.not_enrolled_yet", severity=Severity.WARNING)]
    if _revoked(desk):
        return [Problem("services.device_revoked")]
    return []
