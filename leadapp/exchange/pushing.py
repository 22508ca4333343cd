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
from leadapp.exchange.bundle import Batch, Bundle, batch_name, write_bundle
from leadapp.exchange.memory import good, recall, remember
from leadapp.exchange.naming import bundle_name
from leadapp.exchange.packing import bundles_of, fits
from leadapp.exchange.parties import Audience, Ledger, Place
from leadapp.journal.entry import Entry
from leadapp.journal.seal import Seal


@dataclass(frozen=True, slots=True)
class Pushed:
    """What was added. ``sent`` is, by log, the last number that now lies there for everyone."""

    files: int
    entries: int
    sent: Mapping[str, int]
    problems: tuple[Problem, ...] = ()


def push(place: Place, folder: str, ledger: Ledger, audience: Audience, sealer: Sealer) -> Pushed:
    """Add bundles until every batch this device hands on lies there for every member."""
    seals = [seal for seal in ledger.seals() if audience.sends(seal)]
    cover = _cover(ledger, place.list_sizes(folder))
    lacking = [seal for seal in seals if not audience.members <= cover.get(batch_name(seal), set())]
    problems: list[Problem] = []
    put: dict[str, tuple[int, Bundle]] = {}
    try:
        for bundle in _bundles(ledger, lacking, audience, problems):
            data = write_bundle(bundle, sealer, audience.recipients)
            name = bundle_name(data)
            place.put(folder, name, data)
            put[name] = (len(data), bundle)
    except Refusal as refusal:
        problems.append(refusal.problem)
    there = place.list_sizes(folder) if put else {}
    arrived = [(name, bundle) for name, (size, bundle) in put.items() if there.get(name) == size]
    for name, bundle in arrived:
        remember(ledger, name, good(bundle, there[name]))
        _add(cover, bundle.to, (batch.name for batch in bundle.batches))
    if len(arrived) < len(put):
        problems.append(Problem("exchange.did_not_stay", {"files": len(put) - len(arrived)}))
    return Pushed(
        len(arrived),
        sum(bundle.entries for _, bundle in arrived),
        _sent(seals, cover, audience.members),
        tuple(problems),
    )


def as_bundles(ledger: Ledger, seals: Sequence[Seal], audience: Audience) -> list[Bundle]:
    """Return the batches under ``seals`` as bundles to hand over by other means."""
    return list(_bundles(ledger, seals, audience, []))


def _bundles(
    ledger: Ledger, seals: Sequence[Seal], audience: Audience, problems: list[Problem]
) -> Iterator[Bundle]:
    to = tuple(sorted(audience.members))
    for batches in bundles_of(_batches(ledger, seals, problems)):
        yield Bundle(ledger.ring, to, batches)


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


def _cover(ledger: Ledger, present: Mapping[str, int]) -> dict[str, set[DeviceId]]:
    """Return, by batch, whom the files that lie there now are addressed to."""
    cover: dict[str, set[DeviceId]] = {}
    for name, size in present.items():
        known = recall(ledger, name)
        if known is not None and known.word == "good" and known.size == size:
            _add(cover, known.to, known.batches)
    return cover


def _add(cover: dict[str, set[DeviceId]], to: Iterable[DeviceId], batches: Iterable[str]) -> None:
    for name in batches:
        cover.setdefault(name, set()).update(to)


def _sent(
    seals: Iterable[Seal], cover: Mapping[str, set[DeviceId]], members: frozenset[DeviceId]
) -> dict[str, int]:
    sent: dict[str, int] = {}
    stopped: set[str] = set()
    for seal in sorted(seals, key=lambda one: (one.log, one.last)):
        if seal.log in stopped or not members <= cover.get(batch_name(seal), set()):
            stopped.add(seal.log)
        else:
            sent[seal.log] = seal.last
    return sent
