"""A bundle: batches of one ring as text, and that text packed, padded and sealed.

Format, final::

    {"dv":1,"ring":..,"to":[device ids]} and "pack":n in a pack
    per batch: {"dev","first","last","log","nonce","prev","roster","seen","sig"}
               then each entry's header line and payload line (blank once redacted)

    or, instead of batches, attached files: "blobs":[[name,salt,size]] in the first line,
    and after it their bytes, one after the other

    file = age(gzip(text), zero bytes up to the PADME size, 4096 at least)

The head of a batch is the hash of its last entry. ``age -d | gunzip`` reads a file.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from leadapp.core.encoding import canonical_json, to_base64url
from leadapp.core.ids import DeviceId, RingId
from leadapp.core.seams import Sealer
from leadapp.journal.attached import Attached
from leadapp.journal.entry import Entry
from leadapp.journal.seal import Seal

FORMAT = 1
LEAST_BYTES = 4096
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Batch:
    """The entries between two seals of a log, in order, and the later seal."""

    seal: Seal
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """Return what tells this batch from every other."""
        return batch_name(self.seal)


@dataclass(frozen=True, slots=True)
class Blob:
    """An attached file on its way."""

    file: Attached
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Bundle:
    """What one file carries, and the devices it is addressed to: batches of a ring, or blobs.

    ``pack`` is above 0 in a file that stands for many others (``compacting``).
    """

    ring: RingId
    to: tuple[DeviceId, ...]
    batches: tuple[Batch, ...]
    blobs: tuple[Blob, ...] = ()
    pack: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of what it carries: what lies at a place is known by these."""
        return (*(one.name for one in self.batches), *(one.file.name for one in self.blobs))

    @property
    def entries(self) -> int:
        """Return how many entries it carries."""
        return sum(len(batch.entries) for batch in self.batches)


def batch_name(seal: Seal) -> str:
    """Return the name of the batch under ``seal``: its head, and where it begins."""
    return f"{seal.head}{seal.prev[:22]}"


def write_bundle(bundle: Bundle, sealer: Sealer, recipients: Sequence[str]) -> bytes:
    """Return the file of ``bundle``, readable by each of ``recipients``."""
    packed = gzip.compress(as_text(bundle), _LEVEL, mtime=0)
    return sealer.seal(packed + bytes(padded_size(len(packed)) - len(packed)), recipients)


def as_text(bundle: Bundle) -> bytes:
    """Return the lines of a bundle, or its first line and the bytes of its attached files."""
    head = {"dv": FORMAT, "ring": bundle.ring, "to": sorted(bundle.to)}
    if bundle.pack:
        head["pack"] = bundle.pack
    if bundle.blobs:
        said = [[one.file.name, one.file.salt, one.file.size] for one in bundle.blobs]
        first = canonical_json({**head, "blobs": said})
        return b"".join((first, b"\n", *(one.data for one in bundle.blobs)))
    lines = [canonical_json(head)]
    for batch in bundle.batches:
        lines.append(_batch_line(batch.seal))
        lines += entry_lines(batch.entries)
    return b"\n".join(lines) + b"\n"


def entry_lines(entries: Iterable[Entry]) -> list[bytes]:
    """Return two lines an entry, as they were written."""
    return [line for one in entries for line in (one.header, one.payload)]


def _batch_line(seal: Seal) -> bytes:
    return canonical_json(
        {
            "log": seal.log,
            "first": seal.first,
            "last": seal.last,
            "prev": seal.prev,
            "dev": to_base64url(seal.device),
            "nonce": to_base64url(seal.nonce),
            "seen": dict(seal.seen),
            "roster": seal.roster,
            "sig": to_base64url(seal.signature),
        }
    )


def padded_size(size: int) -> int:
    """Return the size ``size`` bytes are padded to: 12 % more at most, and few sizes in all."""
    if size <= LEAST_BYTES:
        return LEAST_BYTES
    exponent = size.bit_length() - 1
    kept = exponent.bit_length()
    mask = (1 << (exponent - kept)) - 1
    return (size + mask) & ~mask
