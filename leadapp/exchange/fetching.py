"""Taking what is new at a place into one ring: list, read, check, merge, remember.

A crash anywhere is harmless: what was merged but not remembered is read again and is
found to be here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from leadapp.core.errors import Damage, Refusal
from leadapp.exchange.bundle import Bundle
from leadapp.exchange.memory import (
    Verdict,
    forget,
    good,
    recall,
    recall_copy,
    remember,
    remember_copy,
)
from leadapp.exchange.naming import bundle_name, is_bundle_name, may_be_a_bundle
from leadapp.exchange.parties import Ledger, Opener, Place
from leadapp.exchange.reading import MOST_FILE_BYTES, NotForMe, open_bundle
from leadapp.exchange.turns import Stopped, Turn, Work, finish, never, within

_LOOKS = 2000
"""Files asked after in one stretch."""
Outcome = Literal[
    "taken", "known", "torn", "not_for_me", "too_new", "refused", "unreachable", "later"
]


@dataclass(frozen=True, slots=True)
class FileRead:
    """One file that was looked at, and what came of it. ``cause`` is a code, or ""."""

    name: str
    outcome: Outcome
    cause: str = ""
    entries: int = 0


def fetch(place: Place, folder: str, ledger: Ledger, opener: Opener) -> list[FileRead]:
    """Take every file of ``folder`` that is new here. Returns what was read of it."""
    return finish(fetching(place, folder, place.list_sizes(folder), ledger, opener))


def fetching(
    place: Place,
    folder: str,
    sizes: Mapping[str, int],
    ledger: Ledger,
    opener: Opener,
    stopped: Stopped = never,
) -> Work[list[FileRead]]:
    """Take every file of ``sizes`` that is new here, until ``stopped``: the file in hand ends first."""
    wanted: list[tuple[str, int]] = []
    for number, (name, size) in enumerate(sorted(sizes.items()), start=1):
        if may_be_a_bundle(name) and not _is_settled(ledger, name, size, opener):
            wanted.append((name, size))
        if number % _LOOKS == 0:
            yield Turn("writer")
    wanted.sort(key=lambda one: one[1])  # what was typed before what was scanned
    read: list[FileRead] = []
    whole, through = sum(size for _, size in wanted) or 1, 0
    for number, (name, size) in enumerate(wanted):
        if stopped():
            break
        yield Turn("away", number, len(wanted), through / whole)
        seen = _look(place, folder, name, size, ledger, opener)
        yield Turn("writer", number, len(wanted), through / whole)
        if isinstance(seen, _Seen) and isinstance(seen.found, Bundle) and ledger.enough(seen.found):
            read.append(FileRead(name, "later"))  # not remembered: the next exchange reads it
            continue
        keeping = _keep(name, size, seen, ledger, opener)
        read.append((yield from within(keeping, through / whole, size / whole)))
        through += size
    if not stopped():
        yield from _fill_up(place, folder, sizes, ledger, opener)
    return read


def _fill_up(
    place: Place, folder: str, sizes: Mapping[str, int], ledger: Ledger, opener: Opener
) -> Work[None]:
    """Read files again for what is attached and not here: they came before their entries did."""
    lacking = {file.name for file, _ in ledger.named_blobs()}.difference(ledger.blob_names())
    for name, size in sorted(sizes.items()) if lacking else ():
        known = recall(ledger, name)
        if known is None or known.size != size or not lacking.intersection(known.names):
            continue
        yield Turn("away")
        seen = _look(place, folder, name, size, ledger, opener)
        yield Turn("writer")
        if isinstance(seen, _Seen) and isinstance(seen.found, Bundle):
            ledger.take_blobs(seen.found.blobs)


def _is_settled(ledger: Ledger, name: str, size: int, opener: Opener) -> bool:
    """Return whether reading the file again would change nothing."""
    right = name if is_bundle_name(name) else recall_copy(ledger, name, size)
    known = recall(ledger, right) if right else None
    return known is not None and known.size == size and is_settled(known, opener)


def is_settled(known: Verdict, opener: Opener) -> bool:
    """Return whether a verdict still stands with these keys, this roster and this program."""
    if known.word == "not_for_me":
        return known.cause == opener.mark
    if known.word == "too_new":
        return known.cause == opener.version
    return True


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file that was read: its right name, how long it is, and what it carries."""

    right: str
    size: int
    found: Bundle | Verdict


def _look(
    place: Place, folder: str, name: str, size: int, ledger: Ledger, opener: Opener
) -> FileRead | _Seen:
    """Read and open a file; nothing here is asked or changed."""
    if size > MOST_FILE_BYTES:
        return FileRead(name, "refused", "exchange.too_large")
    try:
        data = place.get(folder, name, MOST_FILE_BYTES + 1)
    except Refusal as refusal:
        return FileRead(name, "unreachable", refusal.code)
    right = bundle_name(data)
    if is_bundle_name(name) and right != name:
        return FileRead(name, "torn", "exchange.torn")
    return _Seen(right, len(data), read_or_refuse(data, ledger, opener))


def _keep(
    name: str, size: int, seen: FileRead | _Seen, ledger: Ledger, opener: Opener
) -> Work[FileRead]:
    """Merge what a file carries, and remember the file."""
    if isinstance(seen, FileRead):
        return seen
    outcome = yield from _take(seen, ledger, opener)
    if seen.right != name:
        remember_copy(ledger, name, size, seen.right)
    return FileRead(name, *outcome)


def _take(seen: _Seen, ledger: Ledger, opener: Opener) -> Work[tuple[Outcome, str, int]]:
    known = recall(ledger, seen.right)
    if known is not None and is_settled(known, opener):
        return "known", "", 0
    found = seen.found
    if isinstance(found, Verdict):
        remember(ledger, seen.right, found)
        return _outcome(found)
    for merged in taking(ledger, found):
        yield Turn("writer", merged, found.entries, merged / max(found.entries, 1))
    remember(ledger, seen.right, good(found, seen.size))
    return "taken", "", found.entries


def taking(ledger: Ledger, bundle: Bundle) -> Iterator[int]:
    """Merge what a bundle carries, a short stretch a step; yields how many entries are through."""
    if bundle.batches:
        yield from ledger.take(bundle.batches)
    if bundle.blobs:
        ledger.take_blobs(bundle.blobs)


def _outcome(verdict: Verdict) -> tuple[Outcome, str, int]:
    match verdict.word:
        case "not_for_me":
            return "not_for_me", "exchange.not_for_this_device", 0
        case "too_new":
            return "too_new", "exchange.too_new", 0
        case _:
            return "refused", verdict.cause, 0


def read_or_refuse(data: bytes, ledger: Ledger, opener: Opener) -> Bundle | Verdict:
    """Return what a file carries, or the verdict to remember."""
    try:
        return open_bundle(
            data,
            ring=ledger.ring,
            identity=opener.identity,
            sealer=opener.sealer,
            verifier=opener.verifier,
        )
    except NotForMe:
        return Verdict("not_for_me", opener.mark, size=len(data))
    except Refusal:
        return Verdict("too_new", opener.version, size=len(data))
    except Damage as damage:
        return Verdict("refused", damage.code, size=len(data))


def check_again(place: Place, folder: str, ledger: Ledger) -> int:
    """Do ``checking_again`` here and now."""
    return finish(checking_again(place, folder, ledger))


def checking_again(place: Place, folder: str, ledger: Ledger) -> Work[int]:
    """Read every file again and forget those that changed since: the next exchange mends them.

    Returns how many. An exchange reads a file once only, so a bit that turns later at the
    place is found by this alone.
    """
    yield Turn("away")
    names = sorted(name for name in place.list_sizes(folder) if is_bundle_name(name))
    yield Turn("writer")
    known = [name for name in names if recall(ledger, name) is not None]
    changed = 0
    for done, name in enumerate(known):
        yield Turn("away", done, len(known))
        same = bundle_name(place.get(folder, name, MOST_FILE_BYTES + 1)) == name
        yield Turn("writer", done + 1, len(known))
        if not same:
            forget(ledger, name)
            changed += 1
    return changed
