"""Adding to a place what it lacks for some member of the ring; nothing is ever replaced.

There is no cursor and no state at the place: what a file that lies there now was seen to
carry, and for whom, decides. A new member, a lost file, a folder set back to an old state
and an empty new stick are therefore one case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId, EntryHash
from leadapp.core.problems import Problem
from leadapp.core.seams import Sealer
from leadapp.exchange.bundle import Batch, Blob, Bundle, batch_name, write_bundle
from leadapp.exchange.memory import Verdict, good, recall, remember
from leadapp.exchange.naming import bundle_name
from leadapp.exchange.packing import blobs_together, bundles_of, fits
from leadapp.exchange.parties import Audience, Ledger, Place
from leadapp.exchange.reading import MOST_FILE_BYTES
from leadapp.exchange.turns import Stopped, Turn, Work, finish, never
from leadapp.journal.attached import Attached, attached
from leadapp.journal.entry import Entry
from leadapp.journal.seal import Seal

Cover = Mapping[str, set[DeviceId]]
"""By batch and attached file, whom what lies there is addressed to."""
_LOOKS = 2000
"""Files asked after in one stretch."""


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was added. ``sent`` is, by log, the last number that now lies there for everyone."""

    files: int
    entries: int
    sent: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


def push(place: Place, folder: str, ledger: Ledger, audience: Audience, sealer: Sealer) -> Pushed:
    """Add bundles until every batch this device hands on lies there for every member."""

    def work() -> Work[Pushed]:
        put = yield from pushing(place, folder, ledger, audience, sealer)
        return (yield from checking(place, folder, ledger, audience, put))

    return finish(work())


@dataclass(frozen=True, slots=True)
class Put:
    """What was put at a place and is still to be looked for there."""

    files: Mapping[str, Verdict]
    entries: Mapping[str, int]
    """How many entries each file carries."""
    present: Mapping[str, int]
    """What lay there before."""
    problems: tuple[Problem, ...] = ()


def pushing(
    place: Place,
    folder: str,
    ledger: Ledger,
    audience: Audience,
    sealer: Sealer,
    stopped: Stopped = never,
) -> Work[Put]:
    """Put the bundles that are lacking, until ``stopped`` or until the place takes no more."""
    yield Turn("away")
    present = place.list_sizes(folder)
    yield Turn("writer")
    cover = yield from covered(ledger, present)
    lacking = lacking_in(cover, ledger, audience)
    problems: list[Problem] = []
    put: dict[str, Verdict] = {}
    entries: dict[str, int] = {}
    through = 0
    if lacking:
        yield Turn("away")
    try:
        for bundle in bundles(ledger, lacking, audience, problems):
            data = write_bundle(bundle, sealer, audience.recipients)
            name = bundle_name(data)
            place.put(folder, name, data)
            put[name], entries[name] = good(bundle, len(data)), bundle.entries
            through += len(bundle.names)
            yield Turn("away", len(put), 0, through / len(lacking))
            if stopped():
                break
    except Refusal as refusal:
        problems.append(refusal.problem)
    if lacking:
        yield Turn("writer", len(put), len(put), 1.0)
    return Put(put, entries, present, tuple(problems))


def checking(
    place: Place,
    folder: str,
    ledger: Ledger,
    audience: Audience,
    put: Put,
    *,
    read_back: bool = False,
) -> Work[Pushed]:
    """See that what was put stayed whole, and remember it; ``read_back`` reads its bytes too."""
    there = put.present
    if put.files:
        yield Turn("away", 0, len(put.files))
        there = place.list_sizes(folder)
    arrived = {name: one for name, one in put.files.items() if there.get(name) == one.size}
    if read_back:
        for number, name in enumerate(list(arrived), start=1):
            if bundle_name(place.get(folder, name, MOST_FILE_BYTES + 1)) != name:
                del arrived[name]
            yield Turn("away", number, len(put.files), number / len(put.files))
    yield Turn("writer", len(arrived), len(put.files), 1.0)
    problems = list(put.problems)
    for name, verdict in arrived.items():
        remember(ledger, name, verdict)
    if len(arrived) < len(put.files):
        problems.append(Problem("exchange.did_not_stay", {"files": len(put.files) - len(arrived)}))
    cover = yield from covered(ledger, there)
    return Pushed(
        len(arrived),
        sum(put.entries[name] for name in arrived),
        _sent(_seals(ledger, audience), cover, audience),
        tuple(problems),
    )


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is to be written: batches by their seals, and attached files."""

    seals: Sequence[Seal]
    blobs: Sequence[Attached] = ()

    def __len__(self) -> int:
        """Return how many there are of both."""
        return len(self.seals) + len(self.blobs)


def lacking_in(cover: Cover, ledger: Ledger, audience: Audience) -> Lacking:
    """Return what this device hands on and does not lie there for every member."""
    return Lacking(
        [one for one in _seals(ledger, audience) if not _lies(cover, batch_name(one), audience)],
        [one for one in _blobs(ledger, audience) if not _lies(cover, one.name, audience)],
    )


def as_bundles(ledger: Ledger, seals: Sequence[Seal], audience: Audience) -> list[Bundle]:
    """Return the batches under ``seals``, and files they name, to hand over by other means."""
    made = list(bundles(ledger, Lacking(seals), audience, []))
    entries = [one for bundle in made for batch in bundle.batches for one in batch.entries]
    wanted = {file.name for one in entries for file in attached(one.values)}
    blobs = [one for one in _blobs(ledger, audience) if one.name in wanted]
    return made + list(bundles(ledger, Lacking((), blobs), audience, []))


def bundles(
    ledger: Ledger, lacking: Lacking, audience: Audience, problems: list[Problem], pack: int = 0
) -> Iterator[Bundle]:
    """Yield bundles with all of ``lacking`` that is whole here: entries first, files after."""
    to = tuple(sorted(audience.members))
    for batches in bundles_of(_batches(ledger, lacking.seals, problems)):
        yield Bundle(ledger.ring, to, batches, (), pack)
    for files in blobs_together(lacking.blobs):
        held = [(one, ledger.blob(one.name)) for one in files]
        if blobs := tuple(Blob(one, data) for one, data in held if data is not None):
            yield Bundle(ledger.ring, to, (), blobs, pack)


def _seals(ledger: Ledger, audience: Audience) -> list[Seal]:
    return [seal for seal in ledger.seals() if audience.sends(seal)]


@dataclass(frozen=True, slots=True)
class _Naming:
    """That a device has named a file in an entry."""

    device: bytes


def _blobs(ledger: Ledger, audience: Audience) -> list[Attached]:
    """Return the attached files that are here and that this device hands on, each once."""
    here = ledger.blob_names()
    chosen = [
        file
        for file, device in ledger.named_blobs()
        if file.name in here and audience.sends(_Naming(device))
    ]
    return list({one.name: one for one in chosen}.values())


def _lies(cover: Cover, name: str, audience: Audience) -> bool:
    return audience.members <= cover.get(name, set())


def _batches(ledger: Ledger, seals: Sequence[Seal], problems: list[Problem]) -> Iterator[Batch]:
    for seal in seals:
        entries = chain_of(seal, ledger.entries(seal))
        batch = Batch(seal, entries)
        if not entries:
            problems.append(Problem("exchange.batch_incomplete", {"log": seal.log}))
        elif not fits(batch):
            problems.append(Problem("exchange.batch_too_large", {"log": seal.log}))
        else:
            yield batch


def chain_of(seal: Seal, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that ``seal`` is about, out of those that share their numbers.

    Nothing when some are not here.
    """
    by_hash = {one.hash: one for one in entries}
    found: list[Entry] = []
    here = by_hash.get(seal.head)
    while here is not None and here.seq >= seal.first:
        found.append(here)
        here = by_hash.get(EntryHash(here.prev))
    found.reverse()
    whole = len(found) == seal.last - seal.first + 1 and found[0].prev == seal.prev
    return tuple(found) if whole else ()


def covered(ledger: Ledger, present: Mapping[str, int]) -> Work[dict[str, set[DeviceId]]]:
    """Return, by batch and attached file, whom what lies there now is addressed to."""
    cover: dict[str, set[DeviceId]] = {}
    for number, (name, size) in enumerate(present.items(), start=1):
        known = recall(ledger, name)
        if known is not None and known.word == "good" and known.size == size:
            _add(cover, known.to, known.names)
        if number % _LOOKS == 0:
            yield Turn("writer")
    return cover


def _add(cover: dict[str, set[DeviceId]], to: Iterable[DeviceId], names: Iterable[str]) -> None:
    for name in names:
        cover.setdefault(name, set()).update(to)


def _sent(seals: Iterable[Seal], cover: Cover, audience: Audience) -> dict[str, int]:
    sent: dict[str, int] = {}
    stopped: set[str] = set()
    for seal in sorted(seals, key=lambda one: (one.log, one.last)):
        if seal.log in stopped or not _lies(cover, batch_name(seal), audience):
            stopped.add(seal.log)
        else:
            sent[seal.log] = seal.last
    return sent
