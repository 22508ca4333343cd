"""Looking at records: lists, one record, its history, people and their timeline.

Everything here is on the reader lane, but for ``viewed``: opening a record is
logged before it is shown, on the writer lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.kinds import KINDS
from leadapp.services.desk import Desk, family_of
from leadapp.services.reread import is_emptied
from leadapp.staff.rights import Reach
from leadapp.store.queries import HistoryItem, PersonLine, RecordLine, RecordQuery, StoredRecord

WITHOUT_KIND = ""
"""The kind of a county's own form that no rule or report counts on; it may lie in any ring."""


def records(desk: Desk, query: RecordQuery) -> list[RecordLine]:
    """Return a page of what this person may list. Reader lane."""
    allowed = narrowed(desk, query)
    return [] if allowed is None else desk.reader.records(allowed)


def count(desk: Desk, query: RecordQuery) -> int:
    """Return how many records the query finds among those this person may list."""
    allowed = narrowed(desk, query)
    return 0 if allowed is None else desk.reader.count(allowed)


def narrowed(desk: Desk, query: RecordQuery) -> RecordQuery | None:
    """Return the query over what this person may list; ``None`` when that is nothing.

    A kind that some ring lets them list only their own of is narrowed to their own.
    """
    rings = query.rings or tuple(ring for ring in desk.rings if family_of(ring) != "sys")
    wanted = query.kinds or (*KINDS, WITHOUT_KIND)
    reach: dict[Reach, list[str]] = {Reach.ALL: [], Reach.OWN: [], Reach.NONE: []}
    for kind in wanted:
        families = {family_of(ring) for ring in rings}
        if kind:
            families &= set(KINDS[kind].rings)
        reaches = [desk.reach("list", kind, family) for family in families]
        # What may lie in any ring is listed no further than the strictest of them allows.
        widest = max(reaches, default=Reach.NONE) if kind else min(reaches, default=Reach.NONE)
        reach[widest].append(kind)
    if reach[Reach.ALL]:
        return replace(query, rings=rings, kinds=tuple(reach[Reach.ALL] + reach[Reach.OWN]))
    if reach[Reach.OWN]:
        return replace(query, rings=rings, kinds=tuple(reach[Reach.OWN]), author=desk.user)
    return None


def record(desk: Desk, name: RecordId, ring: RingId | None = None) -> StoredRecord:
    """Return a record this person may view; say ``viewed`` before showing it. Reader lane.

    Absent and not allowed are answered alike, so that nobody learns what exists.
    """
    found = desk.reader.record(ring, name) if ring else desk.reader.find(name)
    if found is None or not may_view(desk, found):
        raise Refusal("services.no_such_record")
    return found


def viewed(desk: Desk, stored: StoredRecord) -> None:
    """Log that ``stored`` is looked at, where that is logged. Writer lane."""
    if is_protected(stored):
        desk.note("view", stored.ring, stored.record)


def may_view(desk: Desk, stored: StoredRecord) -> bool:
    """Return whether this person may read ``stored``."""
    reach = desk.reach("view", stored.kind or "*", family_of(stored.ring))
    return reach is Reach.ALL or (reach is Reach.OWN and stored.author == desk.user)


def is_protected(stored: StoredRecord) -> bool:
    """Return whether viewing ``stored`` is logged."""
    kind = KINDS.get(stored.kind)
    return family_of(stored.ring) != "shared" or bool(kind and kind.protected)


def history(desk: Desk, stored: StoredRecord) -> list[HistoryItem]:
    """Return every entry of a record, the first one first. Reader lane."""
    return desk.reader.history(stored.ring, stored.record)


def people(desk: Desk, text: str, limit: int = 50) -> list[PersonLine]:
    """Return people whose names, phones or birth dates begin with the words typed."""
    rings = [
        ring for ring in desk.rings if desk.reach("search", "person", family_of(ring)) is Reach.ALL
    ]
    return desk.reader.search_people(text, limit, rings) if rings else []


def timeline(
    desk: Desk, persons: Sequence[RecordId], offset: int = 0, limit: int = 50
) -> list[RecordLine]:
    """Return what points to a person, newest first; protected lines say kind and day only."""
    lines = desk.reader.timeline(persons, offset, limit)
    return [line for line in lines if desk.may("list", line.kind, family_of(line.ring))]


def as_data(stored: StoredRecord) -> dict[str, object]:
    """Return a record as JSON values: what ``leadapp show --json`` prints."""
    return {
        "record": stored.record,
        "ring": stored.ring,
        "form": stored.form,
        "version": stored.form_version,
        "kind": stored.kind,
        "title": stored.summary.title,
        "author": stored.author,
        "finished_at": stored.finished_at,
        "emptied": is_emptied(stored),
        "voided": stored.voided,
        "answers": dict(stored.answers),
        "calculated": dict(stored.calculated),
        "conflicts": {
            key: [candidate.value for candidate in candidates]
            for key, candidates in stored.conflicts.items()
        },
        "problems": [problem.code for problem in stored.problems],
        "heads": list(stored.heads),
        "entries": stored.entries,
    }


def as_text(stored: StoredRecord) -> str:
    """Return a record as lines of text: its title, then an answer a line."""
    lines = [stored.summary.title, stored.summary.line]
    lines += [f"  {key}: {text}" for key, text in stored.answers.items() if text]
    lines += [f"  {key} = {text}" for key, text in stored.calculated.items() if text]
    return "\n".join(line for line in lines if line)
