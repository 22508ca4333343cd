"""What is asked to be written, and what came of it: the archive's values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # JSON values are of any type by nature

from leadapp.core.ids import EntryHash, FormId, RecordId, RingId, UserId


@dataclass(frozen=True, slots=True)
class RecordWrite:
    """One save, void or restore of a record.

    ``values`` are the changed typed answers and what the entry says of itself (keys that
    begin with ``_``; the finishing moment ``_at`` is taken from ``at`` when missing, and
    ``_deleted`` from ``op``). ``parents`` are the heads the author saw, as a draft kept
    them; ``None`` means the heads as they are now.
    """

    record: RecordId
    form: FormId
    form_version: str
    op: str
    values: dict[str, str]
    author: UserId
    at: datetime
    parents: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PendingWrite:
    """Companions of a submission in another ring, written after it. Record ids are fixed."""

    ring: RingId
    writes: tuple[RecordWrite, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """What was touched. ``still_to_write`` counts companions that could not follow yet."""

    entries: tuple[EntryHash, ...] = ()
    records: frozenset[tuple[RingId, RecordId]] = frozenset()
    kinds: frozenset[str] = frozenset()
    still_to_write: int = 0

    def __add__(self, other: Written) -> Written:
        """Return both together; the other one was later."""
        return Written(
            self.entries + other.entries,
            self.records | other.records,
            self.kinds | other.kinds,
            other.still_to_write,
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What a merge did. ``conflicts`` are the records in conflict after it.

    ``emptied`` are the records that an order to redact, which came in, reached.
    """

    new: int = 0
    held: int = 0
    records: frozenset[tuple[RingId, RecordId]] = frozenset()
    kinds: frozenset[str] = frozenset()
    conflicts: frozenset[tuple[RingId, RecordId]] = frozenset()
    emptied: frozenset[tuple[RingId, RecordId]] = frozenset()


@dataclass(frozen=True, slots=True)
class Access:
    """Someone looked at, searched, printed or took out something. Ids only, never content.

    ``act`` is a word such as ``view``, ``search``, ``print``, ``export``, ``unlock``;
    ``detail`` may carry a count or a code.
    """

    user: UserId
    act: str
    at: datetime
    record: str = ""
    why: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long work is."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class OnlyHere:
    """What would be lost with this computer: own entries not handed on, and drafts."""

    entries: int = 0
    unsealed: int = 0
    oldest_ms: int | None = None
    drafts: int = 0
    by_ring: Mapping[RingId, int] = field(default_factory=dict)


def writes_as_text(writes: tuple[RecordWrite, ...]) -> str:
    """Return writes as JSON, for the rows that are still to write."""
    said = [
        [
            one.record,
            one.form,
            one.form_version,
            one.op,
            one.values,
            one.author,
            one.at.isoformat(),
            one.parents,
        ]
        for one in writes
    ]
    return json.dumps(said, ensure_ascii=False)


def writes_of_text(text: str) -> tuple[RecordWrite, ...]:
    """Return what ``writes_as_text`` wrote."""
    return tuple(_write(fields) for fields in json.loads(text))


def _write(fields: list[Any]) -> RecordWrite:
    record, form, version, op, values, author, at, parents = fields
    return RecordWrite(
        RecordId(record),
        FormId(form),
        version,
        op,
        values,
        UserId(author),
        datetime.fromisoformat(at),
        None if parents is None else tuple(parents),
    )
