"""Cutting batches that are to be sent into bundles of a size that a poor line can carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leadapp.exchange.bundle import Batch
from leadapp.exchange.reading import MOST_BLOBS, MOST_ENTRIES, MOST_TEXT_BYTES
from leadapp.journal.attached import Attached

BUNDLE_TEXT = 12 << 20
"""Text a bundle; packed this is 2 to 4 MiB."""
BUNDLE_BATCHES = 2000
BUNDLE_BLOB_BYTES = 4 << 20
"""Attached files a bundle, unless one alone is larger: they hardly pack."""
_BATCH_LINE = 4096


def text_size(batch: Batch) -> int:
    """Return about how much text a batch makes."""
    size = sum(len(one.header) + len(one.payload) + 2 for one in batch.entries)
    return size + _BATCH_LINE + 40 * len(batch.seal.seen)


def fits(batch: Batch) -> bool:
    """Return whether a reader would take a bundle with this batch alone."""
    return len(batch.entries) <= MOST_ENTRIES and text_size(batch) < MOST_TEXT_BYTES


def bundles_of(batches: Iterable[Batch]) -> Iterator[tuple[Batch, ...]]:
    """Yield the batches in their order, as many together as a bundle holds."""
    together: list[Batch] = []
    size = 0
    for batch in batches:
        more = text_size(batch)
        if together and (size + more > BUNDLE_TEXT or len(together) >= BUNDLE_BATCHES):
            yield tuple(together)
            together, size = [], 0
        together.append(batch)
        size += more
    if together:
        yield tuple(together)


def blobs_together(blobs: Iterable[Attached]) -> Iterator[tuple[Attached, ...]]:
    """Yield attached files in their order, as many together as a bundle holds."""
    together: list[Attached] = []
    size = 0
    for blob in blobs:
        if together and (size + blob.size > BUNDLE_BLOB_BYTES or len(together) >= MOST_BLOBS):
            yield tuple(together)
            together, size = [], 0
        together.append(blob)
        size += blob.size
    if together:
        yield tuple(together)
