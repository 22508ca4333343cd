"""What can be asked of the lists, and the answers; values of the reading side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from leadapp.core.ids import EntryHash, FormId, LogId, RecordId, RingId, UserId
from leadapp.core.problems import Problem
from leadapp.core.text import fold
from leadapp.journal.fold import Candidate
from leadapp.journal.history import Change
from leadapp.kinds.contract import Summary

Order = Literal["day", "changed", "title"]
"""Newest day first, last changed first, or by title."""


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """Which records, in which order, which page.

    Empty fields ask for everything; ``rings`` empty means all open ones. Days are ISO, both
    ends included. ``text`` is matched by the beginnings of words. ``voided``: ``False``
    leaves void records out, ``True`` gives only them, ``None`` both.
    """

    kinds: tuple[str, ...] = ()
    forms: tuple[FormId, ...] = ()
    versions: tuple[str, ...] = ()
    """Versions of the forms asked for."""
    rings: tuple[RingId, ...] = ()
    text: str = ""
    first_day: str = ""
    last_day: str = ""
    author: UserId | None = None
    persons: tuple[RecordId, ...] = ()
    without: tuple[RecordId, ...] = ()
    """Records that are left out."""
    statuses: tuple[str, ...] = ()
    voided: bool | None = False
    conflicted: bool | None = None
    with_problems: bool | None = None
    full: bool = False
    """Whether protected kinds show their summary instead of the kind and the day."""
    order: Order = "day"
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record in a list or timeline."""

    ring: RingId
    record: RecordId
    form: FormId
    form_version: str
    kind: str
    author: UserId
    created_ms: int
    changed_ms: int
    day: str
    title: str
    line: str
    person: str
    status: str
    voided: bool
    conflicted: bool
    waiting: bool
    problems: int


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person found by name or phone."""

    ring: RingId
    record: RecordId
    title: str
    line: str
    status: str
    changed_ms: int


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A whole record as it is computed now.

    ``answers`` are what was typed (a blank one was emptied), ``calculated`` what follows
    from it. ``author`` and ``created_ms`` are the first entry's, ``changed_by`` and
    ``changed_ms`` the last one's. ``heads`` go into the next save as its parents.
    """

    ring: RingId
    record: RecordId
    form: FormId
    form_version: str
    definition_hash: str
    kind: str
    answers: Mapping[str, str]
    calculated: Mapping[str, str]
    conflicts: Mapping[str, tuple[Candidate, ...]]
    problems: tuple[Problem, ...]
    summary: Summary
    author: UserId
    created_ms: int
    finished_at: str
    changed_by: UserId
    changed_ms: int
    voided: bool
    waiting: bool
    heads: tuple[str, ...]
    entries: int
    about: Mapping[str, str] = field(default_factory=dict)
    """What the entries say of themselves: ``_late``, ``_reason`` of the last one, ..."""


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One entry of a record: who did what when, and what it changed."""

    entry: EntryHash
    log: LogId
    author: UserId
    t_ms: int
    at: str
    op: str
    form_version: str
    reason: str
    changes: tuple[Change, ...]
    contested: bool
    redacted: bool


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One line of the access log. ``entry`` is "" until the next seal."""

    ring: RingId
    entry: str
    at_ms: int
    user: UserId
    act: str
    record: str
    why: str
    detail: str


def search_words(text: str) -> str:
    """Return ``text`` as a query of the search index: each word's beginning; "" for nothing."""
    return " ".join(f'"{word}"*' for word in fold(text).split())
