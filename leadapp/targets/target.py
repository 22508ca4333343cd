"""What every target can do. ``folder``, ``sftp`` and ``s3`` each have a class that does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class Target(Protocol):
    """A dumb place. One thread uses it at a time; any thread may ``cancel``.

    Everything may take long and may end with a Refusal, which says what a person can do.
    """

    def prepare(self) -> None:
        """See that the place is there and answers; explain it to whoever opens it."""
        ...

    def folders(self) -> frozenset[str]:
        """Return the names of the folders that lie here."""
        ...

    def list_sizes(self, folder: str) -> Mapping[str, int]:
        """Return the files of ``folder`` with their sizes; none where there is no such folder."""
        ...

    def get(self, folder: str, name: str, most: int) -> bytes:
        """Return a file, at most ``most`` bytes."""
        ...

    def put(self, folder: str, name: str, data: bytes) -> None:
        """Add a file, whole when this returns; one that is there stays as it is."""
        ...

    def delete(self, folder: str, name: str) -> None:
        """Remove a file; harmless when it is gone."""
        ...

    def cancel(self) -> None:
        """End what is going on, from any thread, and all that would follow."""
        ...

    def close(self) -> None:
        """Let go of lines. A further use takes them up again."""
        ...
