"""Fewer files at a place, never less there for anyone: the only part that ever deletes.

Above many files a coordinator's device writes *packs* of everything that its own packs do
not hold yet, reads them back, and waits a day. Then it deletes what they fully stand for:
each batch and attached file of a deleted file lies, for each device it was addressed to, in
a pack of this device's that was read again just now.

A pack itself gives way only to packs that come before it, by rank and then by name. So of
any number of coordinators who compact at once each batch keeps, for each device, the first
of the packs that hold it. Only own packs count: whom a file says it is for is not signed.

Broken off anywhere it is harmless: what was put is found again, what was not deleted is
deleted later.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId
from leadapp.core.problems import Problem
from leadapp.core.seams import Sealer
from leadapp.exchange.bundle import write_bundle
from leadapp.exchange.memory import Verdict, good, recall, remember
from leadapp.exchange.naming import bundle_name, is_bundle_name
from leadapp.exchange.parties import Audience, Ledger, Place
from leadapp.exchange.pushing import Cover, bundles, lacking_in
from leadapp.exchange.reading import MOST_FILE_BYTES
from leadapp.exchange.turns import Stopped, Turn, Work, never

MOST_LOOSE = 500
"""Files in a ring's folder before packs are written."""
WAIT_MS = 24 * 3600 * 1000
_TEMPORARY_MS, _TORN_MS = 7 * WAIT_MS, 30 * WAIT_MS
_MOST_RANK = 1 << 20
_LOOKS = 1000
"""Files asked after in one stretch."""
_PACKS, _REDACTED, _STRAYS = "packs", "packed redactions", "strays"


@dataclass(frozen=True, slots=True)
class Compacted:
    """What was done: packs written, and files deleted."""

    packs: int = 0
    deleted: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Compaction:
    """What compacting one ring's folder needs. ``audience`` must hand on everyone's entries.

    ``gone`` are the devices that are members no longer: what only they lack is not kept.
    """

    place: Place
    folder: str
    ledger: Ledger
    audience: Audience
    gone: frozenset[DeviceId]
    sealer: Sealer
    now_ms: int
    most_loose: int = MOST_LOOSE


def compacting(one: Compaction, stopped: Stopped = never) -> Work[Compacted]:
    """Write packs where there are too many files; delete what earlier packs stand for."""
    yield Turn("away")
    sizes = one.place.list_sizes(one.folder)
    yield Turn("writer")
    files = yield from _good(one.ledger, sizes)
    deleted = written = 0
    problems: list[Problem] = []
    try:
        deleted = yield from _delete(one, files, stopped)
        deleted += yield from _sweep(one, sizes, stopped)
        if not stopped() and _is_due(one, files):
            written = yield from _pack(one, files, problems, stopped)
    except Refusal as refusal:
        problems.append(refusal.problem)
    return Compacted(written, deleted, tuple(problems))


def _good(ledger: Ledger, sizes: Mapping[str, int]) -> Work[dict[str, Verdict]]:
    """Return what is known of the files that lie there as they were read or written."""
    found = {}
    for number, (name, size) in enumerate(sizes.items(), start=1):
        known = recall(ledger, name)
        if known is not None and known.word == "good" and known.size == size:
            found[name] = known
        if number % _LOOKS == 0:
            yield Turn("writer")
    return found


# -- writing -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Own:
    """A pack of this device: since when it lies there, and what was redacted at the time."""

    since_ms: int
    redactions: int


def _is_due(one: Compaction, files: Mapping[str, Verdict]) -> bool:
    redactions = one.ledger.redactions()
    if files and redactions and one.ledger.recall(_REDACTED) != str(redactions):
        return True
    cover = _cover(files[name] for name in _current(one.ledger, files))
    emptied = one.ledger.redacted_blobs()
    loose = [name for name in files if not _stands_for(cover, files[name], one.gone, emptied)]
    return len(loose) > one.most_loose


def _pack(
    one: Compaction, files: Mapping[str, Verdict], problems: list[Problem], stopped: Stopped
) -> Work[int]:
    """Write packs of what own packs lack; of everything where something was redacted since."""
    ledger, redactions = one.ledger, one.ledger.redactions()
    cover = _cover(files[name] for name in _current(ledger, files))
    lacking = lacking_in(cover, ledger, one.audience)
    ranks = [file.pack for file in files.values() if file.pack < _MOST_RANK]
    rank, written = 1 + max(ranks, default=0), 0
    yield Turn("away")
    for bundle in bundles(ledger, lacking, one.audience, problems, rank):
        data = write_bundle(bundle, one.sealer, one.audience.recipients)
        name = bundle_name(data)
        one.place.put(one.folder, name, data)
        whole = _is_whole(one, name)
        yield Turn("writer", written)
        if whole:
            remember(ledger, name, good(bundle, len(data)))
            _note_own(ledger, name, _Own(one.now_ms, redactions))
            written += 1
        if stopped():
            return written
        yield Turn("away", written)
    yield Turn("writer")
    ledger.remember(_REDACTED, str(redactions))
    return written


def _own(ledger: Ledger, files: Collection[str]) -> dict[str, _Own]:
    """Return the packs of this device that lie there."""
    said = ledger.recall(_PACKS)
    known: dict[str, list[int]] = read_json(said) if said else {}
    return {name: _Own(*one) for name, one in known.items() if name in files}


def _current(ledger: Ledger, files: Collection[str]) -> list[str]:
    """Return the own packs that hold nothing which was redacted since."""
    redactions = ledger.redactions()
    return [name for name, one in _own(ledger, files).items() if one.redactions == redactions]


def _note_own(ledger: Ledger, name: str, own: _Own) -> None:
    said = ledger.recall(_PACKS)
    known: dict[str, list[int]] = read_json(said) if said else {}
    known[name] = [own.since_ms, own.redactions]
    ledger.remember(_PACKS, canonical_json(known).decode())


# -- deleting ------------------------------------------------------------------------------------


def _delete(one: Compaction, files: Mapping[str, Verdict], stopped: Stopped) -> Work[int]:
    """Delete what own packs stand for that have lain there for a day and are whole now."""
    own = _own(one.ledger, files)
    ripe = [name for name, pack in own.items() if pack.since_ms + WAIT_MS <= one.now_ms]
    emptied = one.ledger.redacted_blobs()
    chosen = _stood_for(files, ripe, one.gone, emptied)
    if not chosen:
        return 0
    whole: list[str] = []
    for number, name in enumerate(ripe):
        yield Turn("away", number, len(ripe))
        if _is_whole(one, name):
            whole.append(name)
    deleted = 0
    for name in _stood_for(files, whole, one.gone, emptied):
        if stopped():
            break
        one.place.delete(one.folder, name)
        deleted += 1
        yield Turn("away", deleted, len(chosen))
    yield Turn("writer")
    return deleted


def _stood_for(
    files: Mapping[str, Verdict],
    packs: Collection[str],
    gone: frozenset[DeviceId],
    emptied: Collection[str],
) -> list[str]:
    """Return the files that ``packs`` stand for. A pack gives way only to those before it."""
    everything = _cover(files[name] for name in packs)
    chosen = []
    for name, file in sorted(files.items()):
        cover = everything
        if file.pack:
            before = [pack for pack in packs if _order(pack, files[pack]) < _order(name, file)]
            cover = _cover(files[pack] for pack in before)
        if _stands_for(cover, file, gone, emptied):
            chosen.append(name)
    return chosen


def _order(name: str, file: Verdict) -> tuple[int, str]:
    """Return what orders packs: the later made before the earlier, then by name."""
    return (-file.pack, name)


def _stands_for(
    cover: Cover, file: Verdict, gone: frozenset[DeviceId], emptied: Collection[str]
) -> bool:
    """Return whether all a file brings its devices lies under ``cover`` too."""
    needed = file.to - gone
    names = [name for name in file.names if name not in emptied]
    return all(name in cover and needed <= cover[name] for name in names)


def _cover(files: Iterable[Verdict]) -> dict[str, set[DeviceId]]:
    cover: dict[str, set[DeviceId]] = {}
    for file in files:
        for name in file.names:
            cover.setdefault(name, set()).update(file.to)
    return cover


def _is_whole(one: Compaction, name: str) -> bool:
    return bundle_name(one.place.get(one.folder, name, MOST_FILE_BYTES + 1)) == name


# -- sweeping ------------------------------------------------------------------------------------


def _sweep(one: Compaction, sizes: Mapping[str, int], stopped: Stopped) -> Work[int]:
    """Delete pieces of writing that were cut long ago; since when they lie there is noted here."""
    said = one.ledger.recall(_STRAYS)
    known: dict[str, list[int]] = read_json(said) if said else {}
    strays: dict[str, list[int]] = {}
    old: list[str] = []
    for name, size in sizes.items():
        most = _keeping(one.ledger, name)
        if not most:
            continue
        before = known.get(name)
        since = before[1] if before is not None and before[0] == size else one.now_ms
        strays[name] = [size, since]
        if since + most <= one.now_ms:
            old.append(name)
    deleted = 0
    for name in old:
        yield Turn("away")
        if not stopped() and (name.endswith(".tmp") or _never_fits(one, name, sizes[name])):
            one.place.delete(one.folder, name)
            deleted += 1
            del strays[name]
        yield Turn("writer")
    if strays != known:
        one.ledger.remember(_STRAYS, canonical_json(strays).decode())
    return deleted


def _keeping(ledger: Ledger, name: str) -> int:
    """Return how long a file stays that is none yet; 0 for one that is none of our business."""
    if name.endswith(".tmp"):
        return _TEMPORARY_MS
    if is_bundle_name(name) and recall(ledger, name) is None:
        return _TORN_MS
    return 0


def _never_fits(one: Compaction, name: str, size: int) -> bool:
    """Return whether a file's bytes are still not its name's; one that cannot be read stays."""
    if size > MOST_FILE_BYTES:
        return True
    try:
        return not _is_whole(one, name)
    except Refusal:
        return False
