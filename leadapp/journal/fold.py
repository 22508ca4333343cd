"""What a record's entries add up to: values, and the conflicts a person must settle.

Causality decides. A value stands until an entry that knew of it writes another; two
that did not know of each other are both kept and listed. Order, doubles and batches
of arrival change nothing. What counts as an entry here was decided before (``accept``).

>>> folded = fold(entries)  # doctest: +SKIP
>>> folded.values["phone"], folded.conflicts.keys()  # doctest: +SKIP
('555-0134', {'address'})
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leadapp.core.errors import Bug
from leadapp.core.ids import EntryHash, FormId, UserId
from leadapp.journal.entry import DELETED, FOLDED_OPS, Entry
from leadapp.journal.past import Past, past_of


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry's outside: who wrote it, when and on which form.

    ``at`` is the finishing moment with its offset (``_at``), "" where none was written.
    """

    hash: EntryHash
    author: UserId
    t_ms: int
    form: FormId
    form_version: str
    at: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several values an answer may have, and who wrote it."""

    value: str
    entry: EntryHash
    author: UserId
    t_ms: int


@dataclass(frozen=True, slots=True)
class Folded:
    """A record. ``conflicts`` lists the candidates of an answer, the shown one first.

    ``heads`` are short hashes, what the next entry names as parents. ``first`` is the
    earliest entry with nothing before it, ``last`` the latest head. A record is
    ``voided`` only when no one wrote on it without knowing of the void. While
    ``waiting`` (a parent has not arrived) conflicts are not announced. It is ``branched``
    when somebody wrote without knowing all that was written before, settled since or not:
    then no author may have seen what it adds up to.
    """

    values: Mapping[str, str]
    conflicts: Mapping[str, tuple[Candidate, ...]]
    heads: tuple[str, ...]
    first: Mark
    last: Mark
    voided: bool
    waiting: bool
    branched: bool
    size: int

    @property
    def conflicted(self) -> bool:
        """Return whether a person has something to settle."""
        return bool(self.conflicts)


def fold(entries: Iterable[Entry]) -> Folded:
    """Return the record that ``entries`` (all of one record, at least one) make."""
    found = list(entries)
    only = begin(found[0], found[0].values) if len(found) == 1 else None
    return only or _fold(past_of(found))


def _fold(past: Past) -> Folded:
    if not past.entries:
        raise Bug("journal.nothing_to_fold")
    written = [entry.values for entry in past.entries]
    plain = None if past.waiting else _plain(past, written)
    if plain is not None:
        return plain
    _say_not_deleted(past, written)
    candidates = _candidates(past, written)
    heads = past.heads()
    first = min((n for n, mask in enumerate(past.before) if not mask), key=past.rank)
    last = max(heads, key=past.rank)
    return Folded(
        values={key: found[0].value for key, found in candidates.items()},
        conflicts={} if past.waiting else _conflicts(candidates),
        heads=tuple(sorted(past.entries[n].short for n in heads)),
        first=_mark(past.entries[first], written[first]),
        last=_mark(past.entries[last], written[last]),
        voided=_is_void(candidates.get(DELETED, ())),
        waiting=past.waiting,
        branched=True,
        size=len(past.entries),
    )


def extend(folded: Folded, entry: Entry, values: Mapping[str, str]) -> Folded | None:
    """Return ``fold`` of one more entry without reading the others, where that is plain.

    It is plain when the new entry knew of everything: its parents are the heads.
    ``None`` asks for the whole fold. ``values`` are the entry's own.
    """
    if folded.waiting or entry.op not in FOLDED_OPS:
        return None
    if set(entry.parents) != set(folded.heads) or entry.short in folded.heads:
        return None
    conflicts = folded.conflicts
    if conflicts:
        conflicts = {key: found for key, found in conflicts.items() if key not in values}
    return Folded(
        values={**folded.values, **values},
        conflicts=conflicts,
        heads=(entry.short,),
        first=folded.first,
        last=_mark(entry, values),
        voided=values[DELETED] == "1" if DELETED in values else folded.voided,
        waiting=False,
        branched=folded.branched,
        size=folded.size + 1,
    )


def begin(entry: Entry, values: Mapping[str, str]) -> Folded | None:
    """Return ``fold`` of a record's first entry; ``None`` when it has parents."""
    if entry.parents or entry.op not in FOLDED_OPS:
        return None
    mark = _mark(entry, values)
    shown = {DELETED: "", **values}
    return Folded(
        values=shown,
        conflicts={},
        heads=(entry.short,),
        first=mark,
        last=mark,
        voided=shown[DELETED] == "1",
        waiting=False,
        branched=False,
        size=1,
    )


def _plain(past: Past, written: list[dict[str, str]]) -> Folded | None:
    """Return the fold of entries that each knew of all before them; ``None`` for others."""
    folded = begin(past.entries[0], written[0])
    for n, entry in enumerate(past.entries[1:], start=1):
        folded = None if folded is None else extend(folded, entry, written[n])
    return folded


def _say_not_deleted(past: Past, written: list[dict[str, str]]) -> None:
    """Let an entry whose author knew of no void say so.

    That makes a void against an edit an ordinary conflict, and the record stays visible.
    """
    voids = 0
    writers: list[int] = []
    for n, values in enumerate(written):
        mask = past.before[n]
        if DELETED not in values and not (mask & voids and _void_in(past, written, writers, mask)):
            values[DELETED] = ""
        if DELETED in values:
            writers.append(n)
            voids |= (values[DELETED] == "1") << n


def _void_in(past: Past, written: list[dict[str, str]], writers: list[int], mask: int) -> bool:
    """Return whether a void stands, contested or not, in the past ``mask``."""
    standing: list[int] = []
    for n in writers:
        if mask >> n & 1:
            standing = [m for m in standing if not past.before[n] >> m & 1]
            standing.append(n)
    return any(written[n][DELETED] == "1" for n in standing)


def _candidates(past: Past, written: list[dict[str, str]]) -> dict[str, list[Candidate]]:
    """Return, by answer, the writers no other writer descends from, latest first."""
    standing: dict[str, list[int]] = {}
    for n, values in enumerate(written):
        mask = past.before[n]
        for key in values:
            kept = [m for m in standing.get(key, ()) if not mask >> m & 1]
            kept.append(n)
            standing[key] = kept
    found: dict[str, list[Candidate]] = {}
    for key, places in standing.items():
        latest_first = sorted(places, key=past.rank, reverse=True)
        found[key] = [_candidate(past.entries[n], written[n][key]) for n in latest_first]
    return found


def _conflicts(
    candidates: Mapping[str, list[Candidate]],
) -> dict[str, tuple[Candidate, ...]]:
    return {
        key: tuple(found)
        for key, found in candidates.items()
        if len(found) > 1 and _can_conflict(key) and len({one.value for one in found}) > 1
    }


def _can_conflict(key: str) -> bool:
    """Return whether people can differ over ``key``; what an entry says of itself they cannot."""
    return key == DELETED or not key.startswith("_")


def _is_void(candidates: Iterable[Candidate]) -> bool:
    found = {candidate.value for candidate in candidates}
    return found == {"1"}


def _candidate(entry: Entry, value: str) -> Candidate:
    return Candidate(value, entry.hash, entry.author, entry.t_ms)


def _mark(entry: Entry, values: Mapping[str, str]) -> Mark:
    at = values.get("_at", "")
    return Mark(entry.hash, entry.author, entry.t_ms, entry.form, entry.form_version, at)
