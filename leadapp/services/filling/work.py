"""A form being filled, on the window's own thread: begun, resumed, corrected, kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadapp.core.clock import to_milliseconds
from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Refusal
from leadapp.core.ids import DraftId, RecordId, RingId, derive_id
from leadapp.core.seams import Lookup
from leadapp.forms.session import FormSession
from leadapp.services.desk import Desk, family_of, kind_named
from leadapp.services.filling.placing import placed_at
from leadapp.services.shelf import FormSource
from leadapp.store.draft_files import NewFile
from leadapp.store.drafts import Draft
from leadapp.store.queries import StoredRecord

INSTANCE_NAME = "meta/instanceName"
_BASE = "base"
_PAPER = "paper"


@dataclass(slots=True)
class Filling:
    """A form being filled: its session, and where it will be written."""

    source: FormSource
    ring: RingId
    session: FormSession
    draft: DraftId
    record: RecordId
    started_ms: int
    corrects: StoredRecord | None = None
    """The record that is corrected; ``None`` for a new one."""
    base: Mapping[str, str] = field(default_factory=dict)
    """Its answers when correcting began: only what differs from them is written."""
    parents: tuple[str, ...] = ()
    """Its heads then: what its author saw."""
    settles: Mapping[str, str] = field(default_factory=dict)
    """Answers chosen among those that people gave side by side: these alone are written."""
    title: str = ""
    touched: bool = False
    files: dict[str, NewFile] = field(default_factory=dict)
    """What was attached and is in no ring yet, by name."""
    paper: str | None = None
    """The number on the paper it is typed from, "" for one without; ``None``: not from paper."""

    @property
    def kind(self) -> str:
        """Return the name of the form's kind, "" for a form without one."""
        return self.source.kind

    @property
    def needs_reason(self) -> bool:
        """Return whether finishing must say why the record is corrected."""
        if self.corrects is None or not self.kind:
            return False
        return kind_named(self.kind).correction_needs_reason


def where(desk: Desk, source: FormSource) -> RingId:
    """Return the ring this person writes ``source`` to; refuses what they may not write."""
    family = source.family(desk.side)
    ring = desk.ring_of_family(family) if family else None
    if ring is None or family is None:
        raise Refusal("services.form_not_here", form=source.title)
    desk.require("write", source.kind, family)
    return ring


def writable(desk: Desk) -> list[FormSource]:
    """Return the forms this person may start here, by title."""
    found = []
    for source in desk.shelf:
        family = source.family(desk.side)
        if family and desk.ring_of_family(family) and desk.may("write", source.kind, family):
            found.append(source)
    return found


def begin(
    desk: Desk,
    form: str,
    *,
    lookup: Lookup,
    prefill: Mapping[str, str] | None = None,
    language: str | None = None,
) -> Filling:
    """Start a new record of ``form``; ``prefill`` is by path or question name,
    ``people[1]/survived`` for a copy of a repeat.

    Window's thread, once ``desk.shelf.definition`` has read the form.
    """
    source = desk.shelf.source(form)
    ring = where(desk, source)
    session = _session(desk, source, lookup, language, None)
    keys = desk.shelf.keys(source)
    copies: dict[tuple[str, str], str] = {}
    for name, text in (prefill or {}).items():
        if text and (name in keys or "[" in name):
            key = placed_at(session, keys, copies, name)
            if session.has(key):
                session.set_answer(key, text)
    record = RecordId(desk.ids())
    return Filling(
        source=source,
        ring=ring,
        session=session,
        draft=DraftId(record),
        record=record,
        started_ms=to_milliseconds(desk.clock.now()),
    )


def resume(desk: Desk, draft: Draft, *, lookup: Lookup, stored: StoredRecord | None) -> Filling:
    """Go on with a draft in the form version it was begun in. Window's thread."""
    if draft.owner != desk.user:
        raise Refusal("services.not_your_draft")
    source = desk.shelf.source(draft.form, draft.hash)
    session = _session(desk, source, lookup, None, draft.answers)
    return Filling(
        source=source,
        ring=draft.ring,
        session=session,
        draft=draft.id,
        record=draft.record,
        started_ms=draft.started_ms,
        corrects=stored if draft.correcting else None,
        base=read_json(draft.notes[_BASE]) if _BASE in draft.notes else {},
        parents=draft.parents,
        title=draft.title,
        touched=True,
        files={file.name: file for file in draft.files},
        paper=draft.notes.get(_PAPER),
    )


def correct(desk: Desk, stored: StoredRecord, *, lookup: Lookup) -> Filling:
    """Open a finished record to be corrected. Window's thread."""
    source = desk.shelf.source(stored.form, stored.definition_hash)
    desk.require("correct", source.kind, family_of(stored.ring))
    if source.kind == "movement":
        raise Refusal("naloxone.movement_stays")
    if stored.voided:
        raise Refusal("services.record_is_void")
    session = _session(desk, source, lookup, None, stored.answers)
    return Filling(
        source=source,
        ring=stored.ring,
        session=session,
        draft=DraftId(derive_id("correction", stored.record, desk.user)),
        record=stored.record,
        started_ms=to_milliseconds(desk.clock.now()),
        corrects=stored,
        base=stored.answers,
        parents=stored.heads,
        title=stored.summary.title,
    )


def as_draft(desk: Desk, filling: Filling) -> Draft:
    """Return the filling as it stands, to be kept on the drafts lane. Window's thread."""
    session = filling.session
    return Draft(
        id=filling.draft,
        record=filling.record,
        form=filling.source.form,
        version=filling.source.version,
        hash=filling.source.hash,
        owner=desk.user,
        ring=filling.ring,
        answers=session.draft(),
        started_ms=filling.started_ms,
        changed_ms=to_milliseconds(desk.clock.now()),
        title=title_of(session) or filling.title,
        correcting=filling.corrects is not None,
        parents=filling.parents,
        notes=_notes(filling),
        files=tuple(filling.files.values()),
    )


def _notes(filling: Filling) -> dict[str, str]:
    notes = {}
    if filling.corrects:
        notes[_BASE] = canonical_json(dict(filling.base)).decode()
    if filling.paper is not None:
        notes[_PAPER] = filling.paper
    return notes


def keep(desk: Desk, draft: Draft) -> None:
    """Make a draft durable. Drafts lane."""
    desk.drafts.save(draft)


def forget(desk: Desk, draft: DraftId) -> None:
    """Discard a draft; it stays for 30 days under Forms. Drafts lane."""
    desk.drafts.discard(draft)


def title_of(session: FormSession) -> str:
    """Return what the form calls this record (its instance name), "" where it says nothing."""
    return session.value(INSTANCE_NAME) if session.has(INSTANCE_NAME) else ""


def _session(
    desk: Desk,
    source: FormSource,
    lookup: Lookup,
    language: str | None,
    answers: Mapping[str, str] | None,
) -> FormSession:
    return FormSession(
        desk.shelf.definition(source.form, source.hash),
        clock=desk.clock,
        ids=desk.ids,
        lookup=lookup,
        language=language,
        answers=None if answers is None else dict(answers),
        user=desk.name,
        device=desk.device.device_id,
    )
