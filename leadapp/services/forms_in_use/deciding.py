"""What a coordinator decides about a form: let it wait, put it in use, take it out, choose.

Every act is an entry on the form's own record in ``shared``, so it travels with an exchange and
two computers' acts meet like any two entries on one record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.journal.rings import SHARED
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use.candidates import APPROVE, STANDING, Candidate, inspected
from leadapp.services.forms_in_use.writing_in import written_in
from leadapp.services.projecting import projector_of
from leadapp.services.shelf import FORM_RECORDS, FormSource, source_of
from leadapp.store.writing import RecordWrite

_NO_NAMES: Mapping[str, str] = {}
_KEPT = "SELECT record_id, form, hash, state FROM definition"


def keep(desk: Desk, candidate: Candidate) -> Candidate:
    """Keep a checked form until it is approved; it is not in use. Writer lane.

    It takes the place of another version of the form that waits.
    """
    desk.require_program(APPROVE)
    source = _sound(candidate)
    _refuse_in_use(desk, source)
    if candidate.record is not None:
        return candidate
    record = RecordId(desk.ids())
    writes = [_write(desk, record, {**source.answers(), "state": "draft"})]
    for other, one in _kept(desk).items():
        if one.form == source.form and one.state == "draft":
            writes.append(_write(desk, other, {"_reason": "replaced"}, op="void"))
    desk.archive.write(SHARED, writes)
    return replace(candidate, record=record)


def send_back(desk: Desk, record: RecordId, why: str) -> None:
    """Let a form wait no longer; ``take_back`` undoes it. Writer lane."""
    desk.require_program(APPROVE)
    kept = _kept(desk).get(record)
    if kept is not None and kept.state == "draft":
        desk.archive.write(SHARED, [_write(desk, record, {"_reason": why.strip()}, op="void")])


def take_back(desk: Desk, record: RecordId) -> None:
    """Let a form that was sent back wait again. Writer lane."""
    desk.require_program(APPROVE)
    desk.archive.write(SHARED, [_write(desk, record, {}, op="restore")])


def approve(
    desk: Desk,
    candidate: Candidate,
    why: str,
    *,
    rings: str = "",
    was: Mapping[str, str] = _NO_NAMES,
) -> FormSource:
    """Put ``candidate`` in use instead of the version that is. Writer lane; some seconds.

    Where other lanes are at work, ``decide`` on the reader lane first, and say nothing here.

    ``rings`` say where its records lie, if the form does not; ``was`` are questions that
    had another key before (present key -> earlier key): answers follow the name. Names and
    rings of the version in use are carried on. Records are computed again where it matters.
    """
    desk.require_program(APPROVE)
    if not why.strip():
        raise Refusal("services.reason_needed")
    decided = decide(desk, candidate, rings=rings, was=was)
    source = replace(_sound(decided), in_use=True, approved_at=desk.clock.now().isoformat())
    _refuse_used_version(desk, source)
    _refuse_other_ring(desk, source)
    known = _kept(desk)
    here = candidate.record or _record_of(known, source.hash) or RecordId(desk.ids())
    said = {"approved_by": desk.user, "why": why.strip()}
    writes = [_write(desk, here, {**source.answers(), **said})]
    before = [one for one in desk.shelf.versions() if one.form == source.form and one.in_use]
    for record, one in known.items():
        if _used(one, source.form) and record != here:
            writes.append(_write(desk, record, {"state": "retired"}))
    desk.archive.write(SHARED, writes)
    _use(desk, [*(replace(one, in_use=False) for one in before), source])
    return source


def choose(desk: Desk, form: str, definition_hash: str, why: str) -> FormSource:
    """Settle which of several approved versions of ``form`` is used. Writer lane.

    The others are retired; what was written with them stays as it is.
    """
    desk.require_program(APPROVE)
    if not why.strip():
        raise Refusal("services.reason_needed")
    known = {record: one for record, one in _kept(desk).items() if _used(one, form)}
    if _record_of(known, definition_hash) is None:
        raise Refusal("services.no_such_form", form=form)
    now = desk.clock.now().isoformat()
    writes, sources = [], []
    for record, one in known.items():
        # The chosen one is written too: of two choices made apart, the later one holds whole.
        chosen = one.hash == definition_hash
        said = {"state": "in_use" if chosen else "retired", "approved_by": desk.user}
        said |= {"why": why.strip(), "approved_at": now} if chosen else {}
        writes.append(_write(desk, record, said))
        sources.append(source_of({**desk.archive.answers(SHARED, record), **said}))
    desk.archive.write(SHARED, writes)
    _use(desk, sources)
    return next(one for one in sources if one.in_use)


def retire(desk: Desk, form: str, why: str) -> None:
    """Take a form out of use; its records stay and open as before. Writer lane."""
    desk.require_program(APPROVE)
    if not why.strip():
        raise Refusal("services.reason_needed")
    used = [one for one in desk.shelf.versions() if one.form == form and one.in_use]
    if not used:
        raise Refusal("services.no_such_form", form=form)
    said = {"state": "retired", "why": why.strip(), "approved_by": desk.user}
    writes = [_write(desk, record, said) for record, one in _kept(desk).items() if _used(one, form)]
    desk.archive.write(SHARED, writes)
    _use(desk, [replace(one, in_use=False) for one in used])


def decide(
    desk: Desk,
    candidate: Candidate,
    *,
    rings: str = "",
    was: Mapping[str, str] = _NO_NAMES,
) -> Candidate:
    """Return the candidate with what was decided written into it, checked again. Reader lane."""
    desk.require_program(APPROVE)
    source, definition, against = _sound(candidate), candidate.definition, candidate.against
    data = written_in(desk, source, definition, against, rings=rings, was=was)
    if data == source.source:
        decided = candidate
    else:
        decided = replace(inspected(desk, replace(source, source=data)), record=candidate.record)
    if not _sound(decided).families:
        raise Refusal("services.form_needs_ring", form=source.title)
    return decided


def _sound(candidate: Candidate) -> FormSource:
    if candidate.source is None or candidate.blocked:
        found = tuple(problem for problem in candidate.problems if problem.blocks)
        if found and all(one.code in STANDING for one in found):
            raise Refusal(found[0].code, problems=found, **found[0].values)
        raise Refusal("services.form_not_good", problems=found, form=candidate.name)
    return candidate.source


def _refuse_used_version(desk: Desk, source: FormSource) -> None:
    """A version's name stands for one text for ever: records name the version that made them."""
    _refuse_in_use(desk, source)
    for known in desk.shelf.versions():
        if known.form != source.form:
            continue
        if known.version == source.version and known.hash != source.hash:
            raise Refusal("services.form_version_used", version=source.version)


def _refuse_in_use(desk: Desk, source: FormSource) -> None:
    for known in desk.shelf.versions():
        if known.form == source.form and known.hash == source.hash and known.in_use:
            raise Refusal("services.form_in_use_already", form=source.title)


def _refuse_other_ring(desk: Desk, source: FormSource) -> None:
    """Where a form's records lie never changes: who could read them would change with it."""
    for known in desk.shelf.versions():
        if known.form == source.form and known.families != source.families:
            raise Refusal("services.form_ring_changed", was=known.rings, now=source.rings)


@dataclass(frozen=True, slots=True)
class _Version:
    """A version that is kept, as the writer's own connection knows it."""

    form: str
    hash: str
    state: str


def _kept(desk: Desk) -> dict[RecordId, _Version]:
    """Return what is kept, by record. On the writer lane nothing may ask the reader."""
    rows = desk.archive.rows(SHARED, _KEPT)
    return {RecordId(record): _Version(*rest) for record, *rest in rows}


def _used(version: _Version, form: str) -> bool:
    return version.form == form and version.state == "in_use"


def _record_of(known: Mapping[RecordId, _Version], form_hash: str) -> RecordId | None:
    return next((record for record, one in known.items() if one.hash == form_hash), None)


def _write(
    desk: Desk, record: RecordId, values: dict[str, str], *, op: str = "save"
) -> RecordWrite:
    form = FormId(FORM_RECORDS)
    return RecordWrite(record, form, "1", op, values, desk.user, desk.clock.now())


def _use(desk: Desk, sources: list[FormSource]) -> None:
    """Let the shelf and the archive go by these versions; records are computed again."""
    desk.shelf.learn(sources)
    desk.archive.use(projector_of(desk.shelf, desk.shelf.versions()))
