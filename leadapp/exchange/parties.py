"""Who takes part in one ring's exchange, as interfaces: this package knows no disk and no database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from leadapp.core.ids import DeviceId, RingId
from leadapp.core.seams import Sealer, Verifier
from leadapp.exchange.bundle import Batch, Blob, Bundle
from leadapp.journal.attached import Attached
from leadapp.journal.entry import Entry
from leadapp.journal.seal import Seal


class Place(Protocol):
    """A dumb place both sides can reach. Names are flat; a folder is one ring's."""

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        """Return the files of ``folder`` and their sizes; none when there is no such folder."""
        ...

    def get(self, folder: str, name: str, most: int) -> bytes:
        """Return a file, at most ``most`` bytes of it. Refusal when it cannot be read now."""
        ...

    def put(self, folder: str, name: str, data: bytes) -> None:
        """Add a file; one of that name is never replaced. Refusal when it cannot be written."""
        ...

    def delete(self, folder: str, name: str) -> None:
        """Remove a file; harmless when it is gone."""
        ...


class Ledger(Protocol):
    """What this device holds of one ring, and remembers of files it met."""

    @property
    def ring(self) -> RingId:
        """Return the ring."""
        ...

    def recall(self, name: str) -> str:
        """Return what was remembered under ``name``, "" when nothing was."""
        ...

    def remember(self, name: str, value: str) -> None:
        """Remember ``value``; it lasts as long as the ring's own file."""
        ...

    def take(self, batches: Sequence[Batch]) -> Iterator[int]:
        """Merge genuine batches, a short stretch a step; yields how many entries are through.

        Each batch comes in whole and with its seal, or not at all.
        """
        ...

    def enough(self, bundle: Bundle) -> bool:
        """Return whether this exchange has taken so much of its writers that it waits for the next.

        What one member floods a place with must not keep the others from ending.
        """
        ...

    def seals(self) -> Sequence[Seal]:
        """Return every seal held, each log's in order."""
        ...

    def entries(self, seal: Seal) -> Sequence[Entry]:
        """Return the entries of the log with the numbers of ``seal``, forks side by side."""
        ...

    def named_blobs(self) -> Sequence[tuple[Attached, bytes]]:
        """Return the attached files that counting entries name, each with the device that did."""
        ...

    def blob_names(self) -> Collection[str]:
        """Return the names of the attached files that are here."""
        ...

    def blob(self, name: str) -> bytes | None:
        """Return an attached file, ``None`` when it is not here."""
        ...

    def take_blobs(self, blobs: Sequence[Blob]) -> int:
        """Store attached files that counting entries name; return how many were new."""
        ...

    def redacted_blobs(self) -> Collection[str]:
        """Return the names of the attached files that were removed by order."""
        ...

    def redactions(self) -> int:
        """Return how much was emptied by order: more with each order that does something."""
        ...


class Written(Protocol):
    """What a device has written, as far as it matters for who hands it on."""

    @property
    def device(self) -> bytes:
        """Return the device's public key."""
        ...


@dataclass(frozen=True, slots=True)
class Opener:
    """What reading needs. ``mark`` changes when a file not for this device may open after all."""

    identity: str = field(repr=False)
    sealer: Sealer
    verifier: Verifier
    mark: str
    version: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom what is written is for. ``recipients`` includes the ring's recovery key."""

    members: frozenset[DeviceId]
    recipients: tuple[str, ...]
    sends: Callable[[Written], bool]
    """Whether this device hands that on: its own, or anyone's where it carries for others."""
