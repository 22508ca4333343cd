"""Where the made-up county's records are collected and written, many in one transaction.

Forms give answers by path; what a form makes beside it comes from the same rules as when
a person finishes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time

from leadapp.core.clock import to_milliseconds
from leadapp.core.errors import Bug
from leadapp.core.ids import RecordId, RingId, UserId
from leadapp.kinds.companion import CompanionPlan
from leadapp.kinds.contract import Record
from leadapp.services import rules
from leadapp.services.demo.chance import Chance
from leadapp.services.desk import Desk
from leadapp.services.shelf import FormSource
from leadapp.store.writing import RecordWrite

INSTANCE_ID = "meta/instanceID"
BATCH = 5000
_NOON = time(12)
Answers = dict[str, str]
Watch = Callable[[str, RecordId, Answers, datetime], None]
"""Told of every form written: its id, its record, its answers, when. For tests."""


class Book:
    """Records on their way into the rings of an open desk."""

    def __init__(self, desk: Desk, chance: Chance, watch: Watch | None = None) -> None:
        self._desk = desk
        self._chance = chance
        self._watch = watch
        self._waiting: dict[RingId, list[RecordWrite]] = {}
        self._sources: dict[str, FormSource] = {}
        self._rings: dict[str, RingId] = {}
        self.written = 0

    def save(
        self,
        form: str,
        family: str,
        answers: Answers,
        *,
        author: UserId,
        at: datetime,
        record: RecordId | None = None,
    ) -> RecordId:
        """Take a finished form; the id is returned at once."""
        record = record or RecordId(self._chance.fresh_id())
        answers = {**answers, INSTANCE_ID: self._chance.fresh_uuid()}
        self._put(form, family, record, answers, author=author, at=at)
        if self._watch is not None:
            self._watch(form, record, answers, at)
        return record

    def correct(
        self,
        form: str,
        family: str,
        record: RecordId,
        changes: Answers,
        *,
        author: UserId,
        at: datetime,
        reason: str = "",
    ) -> None:
        """Take a correction: only what changed, and why."""
        said = {"_reason": reason} if reason else {}
        self._put(form, family, record, changes | said, author=author, at=at)

    def void(
        self,
        form: str,
        family: str,
        record: RecordId,
        *,
        author: UserId,
        at: datetime,
        reason: str,
    ) -> None:
        """Take a void."""
        source = self._source(form)
        values = {"_deleted": "1", "_reason": reason, "_at": at.isoformat()}
        self._add(
            family, RecordWrite(record, source.form, source.version, "void", values, author, at)
        )

    def companions(
        self, plans: Iterable[CompanionPlan], *, author: UserId, at: datetime
    ) -> list[CompanionPlan]:
        """Take what a form makes beside it; movements carry noon of their day."""
        taken = list(plans)
        for plan in taken:
            keys = self._desk.shelf.keys(self._source(plan.form))
            answers = {keys.get(name, name): text for name, text in plan.answers.items() if text}
            moment = _noon(plan.answers.get("day", ""), at) if plan.ring_family == "shared" else at
            self._put(plan.form, plan.ring_family, plan.record, answers, author=author, at=moment)
        return taken

    def seen(
        self, form: str, record: RecordId, answers: Mapping[str, str], at: datetime
    ) -> tuple[str, Record]:
        """Return the kind of a form's record and the record as the rules see it."""
        source = self._source(form)
        now = to_milliseconds(at)
        return source.kind, Record(
            id=record,
            ring=RingId(""),
            form=source.form,
            form_version=source.version,
            author=UserId(""),
            created_ms=now,
            changed_ms=now,
            finished_at=at.isoformat(),
            conflicted=False,
            answers=answers,
        )

    def made_beside(
        self,
        form: str,
        record: RecordId,
        answers: Mapping[str, str],
        known: rules.Known,
        *,
        author: UserId,
        at: datetime,
    ) -> list[CompanionPlan]:
        """Plan and take what finishing a form makes beside it."""
        kind, seen = self.seen(form, record, answers, at)
        return self.companions(rules.companions(kind, seen, known), author=author, at=at)

    def flush(self) -> None:
        """Write what waits."""
        for ring in self._waiting:
            self._flush(ring)

    def _put(
        self,
        form: str,
        family: str,
        record: RecordId,
        answers: Mapping[str, str],
        *,
        author: UserId,
        at: datetime,
    ) -> None:
        source = self._source(form)
        values = {**answers, "_at": at.isoformat(), "_hash": source.hash}
        self._add(
            family, RecordWrite(record, source.form, source.version, "save", values, author, at)
        )

    def _add(self, family: str, write: RecordWrite) -> None:
        ring = self._ring(family)
        waiting = self._waiting.setdefault(ring, [])
        waiting.append(write)
        if len(waiting) >= BATCH:
            self._flush(ring)

    def _flush(self, ring: RingId) -> None:
        waiting, self._waiting[ring] = self._waiting[ring], []
        if waiting:
            self._desk.archive.write(ring, waiting)
            self.written += len(waiting)

    def _source(self, form: str) -> FormSource:
        if form not in self._sources:
            self._sources[form] = self._desk.shelf.source(form)
        return self._sources[form]

    def _ring(self, family: str) -> RingId:
        if family not in self._rings:
            ring = self._desk.ring_of_family(family)
            if ring is None:
                raise Bug("services.ring_not_open", ring=family)
            self._rings[family] = ring
        return self._rings[family]


def _noon(day: str, at: datetime) -> datetime:
    return datetime.combine(date.fromisoformat(day) if day else at.date(), _NOON, at.tzinfo)
