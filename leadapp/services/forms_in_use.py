"""Forms: whether one can be used, what a change means, and putting a version in use.

    candidate = add(desk, file)             # read and checked, not in use, nothing written
    candidate.problems, candidate.changes   # what is wrong; what is different, and old answers
    keep(desk, candidate)                   # waits for who may approve; ``waiting`` finds it
    approve(desk, candidate, "Asks about the weather", was={"scene/sky": "scene/weather"})

A record is read, printed and exported in the version that made it, for ever: putting a
version in use changes no record. Drafts are finished in the version they were begun in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import FormId, RecordId
from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms.checking import inspect
from leadapp.forms.differences import Change, differences
from leadapp.forms.model import Definition
from leadapp.forms.reading import read_markdown, read_spreadsheet, write_markdown, write_spreadsheet
from leadapp.forms.reading.amending import amend
from leadapp.forms.reading.loading import form_file
from leadapp.journal.rings import SHARED
from leadapp.kinds import KINDS
from leadapp.services.converting import apart
from leadapp.services.desk import Desk
from leadapp.services.lists import LISTS
from leadapp.services.projecting import projector_of
from leadapp.services.shelf import FORM_RECORDS, FormSource, source_from, source_of
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite

__all__ = [
    "Candidate",
    "Change",
    "add",
    "approve",
    "check_file",
    "convert_file",
    "keep",
    "problems",
    "retire",
    "waiting",
]

_APPROVE = "approve_form"
_NO_NAMES: Mapping[str, str] = {}
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that was read and checked. ``source`` and ``definition`` are there when it reads.

    ``against`` is the version in use now, ``answered`` how many records this form has.
    ``record`` is where it is kept once it waits or is in use.
    """

    name: str
    problems: tuple[Problem, ...]
    source: FormSource | None = None
    definition: Definition | None = None
    against: FormSource | None = None
    changes: tuple[Change, ...] = ()
    answered: int = 0
    record: RecordId | None = None

    @property
    def blocked(self) -> bool:
        """Return whether something must be mended before it can be put in use."""
        return self.source is None or any(problem.blocks for problem in self.problems)

    @property
    def needs_ring(self) -> bool:
        """Return whether whoever approves it must say which ring its records lie in."""
        known = self.against.rings if self.against else ""
        return self.source is not None and not (self.source.rings or known)


def check_file(file: Path) -> list[Problem]:
    """Return everything wrong with a form file, and what is worth a look. Any lane."""
    return inspect(file, KINDS, lists=LISTS)[1]


def convert_file(source: Path, target: Path) -> None:
    """Write the form in ``source`` (.md or .xlsx) as the other of the two. Any lane."""
    data, made = _read(source), target.suffix.lower()
    match source.suffix.lower():
        case ".md":
            workbook = read_markdown(_text(data, source.name), source.name)
        case ".xlsx" | ".xlsm":
            workbook = read_spreadsheet(data, source.name)
        case other:
            raise Refusal("services.cannot_convert", suffix=other)
    match made:
        case ".md":
            written = write_markdown(workbook).encode()
        case ".xlsx":
            written = write_spreadsheet(workbook)
        case _:
            raise Refusal("services.cannot_convert", suffix=made)
    write_whole(target.absolute(), written)


def add(desk: Desk, file: Path) -> Candidate:
    """Read and check a form's file (or folder); nothing is written. Reader lane."""
    desk.require_program(_APPROVE)
    path = form_file(file) if file.is_dir() else file
    with apart() as convert:
        definition, problems = inspect(path, KINDS, lists=LISTS, convert=convert)
    if definition is None:
        return Candidate(path.name, tuple(problems))
    lists = {one.file: _read(path.parent / one.file) for one in definition.attached if one.found}
    made = source_from(definition, _read(path), path.suffix.lower(), lists=lists)
    return _candidate(desk, path.name, replace(made, in_use=False), definition, problems)


def keep(desk: Desk, candidate: Candidate) -> Candidate:
    """Keep a checked form until it is approved; it is not in use. Writer lane."""
    desk.require_program(_APPROVE)
    source = _sound(candidate)
    if candidate.record is not None:
        return candidate
    record = RecordId(desk.ids())
    desk.archive.write(SHARED, [_write(desk, record, {**source.answers(), "state": "draft"})])
    return replace(candidate, record=record)


def waiting(desk: Desk) -> list[Candidate]:
    """Return the forms that wait to be approved, checked again. Reader lane."""
    desk.require_program(_APPROVE)
    found = []
    for record, answers in _kept(desk).items():
        if answers.get("state") == "draft":
            source = replace(source_of(answers), in_use=False)
            found.append(replace(_inspected(desk, source), record=record))
    return found


def approve(
    desk: Desk,
    candidate: Candidate,
    why: str,
    *,
    rings: str = "",
    was: Mapping[str, str] = _NO_NAMES,
) -> FormSource:
    """Put ``candidate`` in use instead of the version that is. Writer lane; some seconds.

    ``rings`` say where its records lie, if the form does not; ``was`` are questions that
    had another key before (present key -> earlier key): answers follow the name. Names and
    rings of the version in use are carried on. Records are computed again where it matters.
    """
    desk.require_program(_APPROVE)
    if not why.strip():
        raise Refusal("services.reason_needed")
    decided = _decided(desk, candidate, rings, was)
    source = replace(_sound(decided), in_use=True, approved_at=desk.clock.now().isoformat())
    _refuse_used_version(desk, source)
    known = _kept(desk)
    here = candidate.record or _record_of(known, source.hash) or RecordId(desk.ids())
    said = {"approved_by": desk.user, "why": why.strip()}
    writes = [_write(desk, here, {**source.answers(), **said})]
    before = [one for one in desk.shelf.versions() if one.form == source.form and one.in_use]
    for record, answers in known.items():
        same = answers.get("form") == source.form and answers.get("state") == "in_use"
        if same and record != here:
            writes.append(_write(desk, record, {"state": "retired"}))
    desk.archive.write(SHARED, writes)
    _use(desk, [*(replace(one, in_use=False) for one in before), source])
    return source


def retire(desk: Desk, form: str, why: str) -> None:
    """Take a form out of use; its records stay and open as before. Writer lane."""
    desk.require_program(_APPROVE)
    if not why.strip():
        raise Refusal("services.reason_needed")
    used = [one for one in desk.shelf.versions() if one.form == form and one.in_use]
    if not used:
        raise Refusal("services.no_such_form", form=form)
    said = {"state": "retired", "why": why.strip(), "approved_by": desk.user}
    writes = [
        _write(desk, record, said)
        for record, answers in _kept(desk).items()
        if answers.get("form") == form and answers.get("state") == "in_use"
    ]
    desk.archive.write(SHARED, writes)
    _use(desk, [replace(one, in_use=False) for one in used])


def problems(desk: Desk) -> list[Problem]:
    """Return the forms in use that cannot be read, and what stands in for them. Any lane."""
    found = []
    for source, why in desk.shelf.broken():
        stands_in = desk.shelf.source(source.form)
        values = {
            "form": source.title,
            "version": source.version,
            "stands_in": stands_in.version if stands_in.hash != source.hash else "",
            "why": why.code,
        }
        code = "services.form_stands_in" if values["stands_in"] else "services.form_unreadable"
        found.append(Problem(code, values, Place(file=source.form), Severity.WARNING))
    return found


# -- what both ways share --------------------------------------------------------------------


def _candidate(
    desk: Desk, name: str, source: FormSource, definition: Definition, found: list[Problem]
) -> Candidate:
    against = desk.shelf.source(source.form) if desk.shelf.knows(source.form) else None
    return Candidate(
        name=name,
        problems=tuple(found),
        source=source,
        definition=definition,
        against=against,
        changes=_changes(desk, against, definition),
        answered=desk.reader.count(RecordQuery(forms=(source.form,), voided=None)),
    )


def _changes(desk: Desk, against: FormSource | None, definition: Definition) -> tuple[Change, ...]:
    if against is None:
        return ()
    try:
        return differences(desk.shelf.definition(against.form, against.hash), definition)
    except LeadappError:  # the version in use cannot be read: there is nothing to compare with
        return ()


def _inspected(desk: Desk, source: FormSource) -> Candidate:
    name = f"{source.form}{source.source_type}"
    with apart() as convert:
        definition, found = inspect(
            source.source, KINDS, name=name, lists=LISTS, attached=source.lists, convert=convert
        )
    if definition is None:
        return Candidate(name, tuple(found))
    made = source_from(definition, source.source, source.source_type, lists=source.lists)
    return _candidate(desk, name, replace(made, in_use=False), definition, found)


def _decided(desk: Desk, candidate: Candidate, rings: str, was: Mapping[str, str]) -> Candidate:
    """Return the candidate with what was decided written into the form, checked again."""
    source, definition = _sound(candidate), candidate.definition
    against = candidate.against
    earlier = _earlier_keys(desk, against, definition, was)
    needs_kind = against is not None and not source.kind
    data = amend(
        source.source,
        source.source_type,
        rings=rings or ("" if source.rings or against is None else against.rings),
        kind=against.kind if needs_kind and against is not None else "",
        was=earlier,
    )
    if data == source.source:
        decided = candidate
    else:
        decided = _inspected(desk, replace(source, source=data))
    if not _sound(decided).families:
        raise Refusal("services.form_needs_ring", form=source.title)
    return decided


def _earlier_keys(
    desk: Desk,
    against: FormSource | None,
    definition: Definition | None,
    was: Mapping[str, str],
) -> dict[str, str]:
    """Return present key -> the key answers are stored by, where the form does not say it.

    A name given before is carried on: answers stay under the first name they ever had.
    """
    if against is None or definition is None:
        return dict(was)
    old = desk.shelf.definition(against.form, against.hash)
    stored = {node.key: node.bind.was for node in old.data.walk() if node.bind.was}
    unknown = [key for key in was.values() if key not in {node.key for node in old.data.walk()}]
    if unknown:
        raise Refusal("services.no_such_question", question=unknown[0])
    here = {node.key: node.bind.was for node in definition.data.walk()}
    carried = {key: name for key, name in stored.items() if key in here and not here[key]}
    return carried | {key: stored.get(name, name) for key, name in was.items()}


def _sound(candidate: Candidate) -> FormSource:
    if candidate.source is None or candidate.blocked:
        found = tuple(problem for problem in candidate.problems if problem.blocks)
        raise Refusal("services.form_not_good", problems=found, form=candidate.name)
    return candidate.source


def _refuse_used_version(desk: Desk, source: FormSource) -> None:
    """A version's name stands for one text for ever: records name the version that made them."""
    for known in desk.shelf.versions():
        if known.form != source.form:
            continue
        if known.hash == source.hash and known.in_use:
            raise Refusal("services.form_in_use_already", form=source.title)
        if known.version == source.version and known.hash != source.hash:
            raise Refusal("services.form_version_used", version=source.version)


def _kept(desk: Desk) -> dict[RecordId, Mapping[str, str]]:
    """Return every form kept in ``shared``, by record."""
    query = RecordQuery(forms=(FORM_RECORDS,), rings=(SHARED,), limit=_MOST)
    stored = (desk.reader.record(SHARED, line.record) for line in desk.reader.records(query))
    return {one.record: one.answers for one in stored if one is not None}


def _record_of(known: Mapping[RecordId, Mapping[str, str]], form_hash: str) -> RecordId | None:
    return next((record for record, one in known.items() if one.get("hash") == form_hash), None)


def _write(desk: Desk, record: RecordId, values: dict[str, str]) -> RecordWrite:
    form = FormId(FORM_RECORDS)
    return RecordWrite(record, form, "1", "save", values, desk.user, desk.clock.now())


def _use(desk: Desk, sources: list[FormSource]) -> None:
    """Let the shelf and the archive go by these versions; records are computed again."""
    desk.shelf.learn(sources)
    desk.archive.use(projector_of(desk.shelf, desk.shelf.versions()))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise Refusal("forms.file_unreadable", file=path.name) from cause


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise Refusal("forms.text_not_utf8", file=name) from cause
