"""What was said of persons on two records: who counts as one, who was said to be two.

Here it is only read; ``same_people`` is where it is said. Reader lane, but for what
ends in ``_now``: that is the writer lane's, as it stands at the moment of writing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from leadapp.casework.joined import Joined, join
from leadapp.core.ids import RecordId, RingId
from leadapp.services.desk import Desk, family_of

Verdict = Literal["same", "different", ""]
"""What was said; "" was taken back."""

PEOPLE_IN = ("law", "care")
"""The families of rings that hold persons."""
_JUDGED = "SELECT record_id, ring, person, other, verdict, conflicted FROM same_person"
_SAME = "SELECT person, other FROM same_person WHERE verdict = 'same'"


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said of two persons, the smaller id first.

    ``contested`` says that two computers judged them differently.
    """

    record: RecordId
    ring: RingId
    one: RecordId
    other: RecordId
    verdict: Verdict
    contested: bool


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Who counts as one, and of which of those it was said that they are not one."""

    joined: Joined
    _apart: frozenset[frozenset[RecordId]]

    @classmethod
    def of(cls, judged: Iterable[Judged]) -> Verdicts:
        """Return what all of ``judged`` say together."""
        found = list(judged)
        one = join((pair.one, pair.other) for pair in found if pair.verdict == "same")
        apart = frozenset(
            frozenset((one.head(pair.one), one.head(pair.other)))
            for pair in found
            if pair.verdict == "different" or pair.contested
        )
        return cls(one, apart)

    def settled(self, one: RecordId, other: RecordId) -> bool:
        """Return whether something was said of the two, or of others they are one with."""
        both = frozenset((self.joined.head(one), self.joined.head(other)))
        return len(both) == 1 or both in self._apart


def joined(desk: Desk) -> Joined:
    """Return who counts as one, by the rings open here."""
    return join((RecordId(str(a)), RecordId(str(b))) for a, b in desk.reader.rows(_SAME, {}))


def judged(desk: Desk) -> list[Judged]:
    """Return every pair somebody judged and did not take back, and those in conflict."""
    found = [_judged(row) for row in desk.reader.rows(_JUDGED, {})]
    return [one for one in found if one.verdict or one.contested]


def verdicts(desk: Desk) -> Verdicts:
    """Return everything that was said, to ask of any two."""
    return Verdicts.of(judged(desk))


def judged_now(desk: Desk) -> list[Judged]:
    """Return what ``judged`` does."""
    rings = [ring for ring in desk.rings if family_of(ring) in PEOPLE_IN]
    rows = [row for ring in rings for row in desk.archive.rows(ring, _JUDGED)]
    return [one for one in map(_judged, rows) if one.verdict or one.contested]


def same_now(desk: Desk) -> list[tuple[RecordId, RecordId]]:
    """Return the pairs said to be one."""
    return [(one.one, one.other) for one in judged_now(desk) if one.verdict == "same"]


def verdict_of(said: object) -> Verdict:
    """Return the verdict that stands in a row."""
    return "same" if said == "same" else "different" if said == "different" else ""


def _judged(row: Sequence[object]) -> Judged:
    record, ring, one, other, verdict, conflicted = row
    return Judged(
        RecordId(str(record)), RingId(str(ring)), RecordId(str(one)), RecordId(str(other)),
        verdict_of(verdict), bool(conflicted),
    )  # fmt: skip
