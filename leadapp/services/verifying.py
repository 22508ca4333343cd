"""Checking everything that can be checked without another copy of the program."""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Problem
from leadapp.naloxone.movements import movement_from
from leadapp.naloxone.stock import balances, problems_with_stock
from leadapp.services.desk import Desk
from leadapp.vault.signing import Ed25519Verifier

_MOVEMENTS = "SELECT record_id, lot_id, from_place, to_place, doses FROM movement"
_BOOKS = "SELECT lot_id, place, doses FROM balance WHERE doses <> 0"


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found. ``closed`` are rings with a file here that this person cannot open."""

    problems: tuple[Problem, ...]
    rings: tuple[RingId, ...]
    closed: tuple[RingId, ...]
    entries: int

    @property
    def line(self) -> str:
        """Return one line of figures."""
        found = len(self.problems)
        state = "all good" if not found else "1 problem" if found == 1 else f"{found} problems"
        closed = f" Not opened: {', '.join(self.closed)}." if self.closed else ""
        return (
            f"Verified {', '.join(self.rings)}: {self.entries:,} entries, chains, seals, "
            f"rebuild and naloxone sums checked, {state}.{closed}"
        )


def verify(desk: Desk) -> Verified:
    """Check chains, seals, accesses, sums and that a rebuild equals what is live. Writer lane."""
    verifier = Ed25519Verifier()
    problems: list[Problem] = []
    entries = 0
    for ring in desk.rings:
        problems += desk.archive.verify(ring, verifier)
        entries += sum(log.last for log in desk.reader.logs(ring))
    problems += _ledger_problems(desk)
    closed = tuple(ring for ring in desk.folder.rings() if ring not in desk.rings)
    return Verified(tuple(problems), desk.rings, closed, entries)


def _ledger_problems(desk: Desk) -> list[Problem]:
    """Add naloxone up movement by movement: the books must say the same, and none be below zero."""
    columns = ("record_id", "lot_id", "from_place", "to_place", "doses")
    moved = (
        movement_from(RecordId(str(row[0])), dict(zip(columns, row, strict=True)))
        for row in desk.reader.rows(_MOVEMENTS, {})
    )
    replayed = balances(moved)
    books = {
        (RecordId(str(lot)), str(place)): int(doses)
        for lot, place, doses in desk.reader.rows(_BOOKS, {})
        if doses
    }
    wrong = sum(replayed.get(key) != books.get(key) for key in replayed.keys() | books.keys())
    found = [Problem("services.books_differ", {"shelves": wrong})] if wrong else []
    return found + problems_with_stock(replayed)
