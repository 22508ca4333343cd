"""Companions: what a save has still to write to other rings.

They are noted in the ring the save went to, in its transaction, and noted as written in
the ring they belong to, so that a crash between the two leaves nothing out and writes
nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.core.ids import RingId
from leadapp.store.connection import Connection
from leadapp.store.writing import PendingWrite, RecordWrite, writes_as_text, writes_of_text


class Companions:
    """What one ring's open file notes of them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, name: str, one: PendingWrite, now_ms: int) -> None:
        """Note what is to be written to another ring."""
        self._connection.execute(
            "INSERT INTO pending VALUES (?, ?, ?, ?)",
            (name, one.ring, writes_as_text(one.writes), now_ms),
        )

    def waiting(self) -> list[tuple[str, RingId, Sequence[RecordWrite]]]:
        """Return what is still to write, in the order it was noted: name, ring, writes."""
        rows = self._connection.rows("SELECT id, ring, writes FROM pending ORDER BY created_ms, id")
        return [(name, RingId(ring), writes_of_text(text)) for name, ring, text in rows]

    def settle(self, name: str) -> None:
        """Forget what was written."""
        self._connection.execute("DELETE FROM pending WHERE id = ?", (name,))

    def is_here(self, name: str) -> bool:
        """Return whether it was written to this ring before."""
        return bool(self._connection.one("SELECT 1 FROM pending_done WHERE id = ?", (name,)))

    def came(self, name: str) -> None:
        """Note that it was written to this ring."""
        self._connection.execute("INSERT INTO pending_done VALUES (?)", (name,))
