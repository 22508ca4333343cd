"""A form that was read and checked: what is wrong with it, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem, Value
from leadapp.forms.checking import inspect
from leadapp.forms.differences import Change, differences
from leadapp.forms.model import Definition
from leadapp.forms.reading.loading import definition_hash, form_file
from leadapp.kinds import KINDS
from leadapp.services.converting import apart
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use.files import form_id_of, read_bytes, settings_place
from leadapp.services.forms_in_use.writing_in import written_in
from leadapp.services.lists import LISTS
from leadapp.services.shelf import FormSource, Shelf, source_from
from leadapp.store.queries import RecordQuery

APPROVE = "approve_form"
_NO_NAMES: Mapping[str, str] = {}
STANDING = frozenset(
    {
        "services.form_in_use_already",
        "services.form_version_used",
        "services.form_ring_changed",
    }
)
"""Problems that come and go with what is in use, not with the file."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A form that was read and checked. ``source`` and ``definition`` are there when it reads.

    ``against`` is the version in use now, ``answered`` how many records this form has.
    ``record`` is where it is kept once it waits or is in use; ``data`` is the file itself.
    """

    name: str
    problems: tuple[Problem, ...]
    source: FormSource | None = None
    definition: Definition | None = None
    against: FormSource | None = None
    changes: tuple[Change, ...] = ()
    answered: int = 0
    record: RecordId | None = None
    data: bytes = b""

    @property
    def blocked(self) -> bool:
        """Return whether something must be mended before it can be put in use."""
        return self.source is None or any(problem.blocks for problem in self.problems)

    @property
    def needs_ring(self) -> bool:
        """Return whether whoever approves it must say which ring its records lie in."""
        known = self.against.rings if self.against else ""
        return self.source is not None and not (self.source.rings or known)


def examine(file: Path) -> Candidate:
    """Read and check a form's file or folder, without a desk. Any lane but the window's.

    What stands in the way is a problem of the candidate, never an exception.
    """
    try:
        path = form_file(file) if file.is_dir() else file
    except Refusal as refusal:
        return Candidate(file.name, (refusal.problem,))
    with apart() as convert:
        definition, problems = inspect(path, KINDS, lists=LISTS, convert=convert)
    try:
        data = b"" if definition is None and _too_large(problems) else read_bytes(path)
        if definition is None:
            return Candidate(path.name, tuple(problems), data=data)
        lists = {
            one.file: read_bytes(path.parent / one.file) for one in definition.attached if one.found
        }
    except Refusal as refusal:  # it went away while it was being read
        return Candidate(path.name, (refusal.problem,))
    made = source_from(definition, data, path.suffix.lower(), lists=lists)
    source = replace(made, in_use=False)
    return Candidate(path.name, tuple(problems), source, definition, data=data)


def compare(desk: Desk, candidate: Candidate, was: Mapping[str, str] = _NO_NAMES) -> Candidate:
    """Return ``candidate`` beside the version in use. Reader lane.

    ``was`` (present key -> earlier key) are names decided now.
    """
    desk.require_program(APPROVE)
    source, definition = candidate.source, candidate.definition
    if source is None or definition is None:
        form = form_id_of(candidate.data, candidate.name)
        stays = desk.shelf.source(form) if form and desk.shelf.knows(form) else None
        return replace(candidate, against=stays)
    against = desk.shelf.source(source.form) if desk.shelf.knows(source.form) else None
    standing = _standing(desk, candidate, source, against)
    kept = [one for one in candidate.problems if one.code not in STANDING]
    return replace(
        candidate,
        problems=(*standing, *kept),
        against=against,
        changes=_changes(desk, against, definition, was),
        answered=desk.reader.count(RecordQuery(forms=(source.form,), voided=None)),
    )


def add(desk: Desk, file: Path) -> Candidate:
    """Read, check and compare a form's file (or folder); nothing is written. Reader lane."""
    desk.require_program(APPROVE)
    return compare(desk, examine(file))


def inspected(desk: Desk, source: FormSource) -> Candidate:
    """Return a kept source, checked and compared again; quick where it was read here before."""
    name = f"{source.form}{source.source_type}"
    with apart() as convert:
        definition, found = inspect(
            source.source,
            KINDS,
            name=name,
            lists=LISTS,
            attached=source.lists,
            cache=desk.shelf.cache,
            convert=convert,
        )
    if definition is None:
        return Candidate(name, tuple(found), data=source.source)
    made = source_from(definition, source.source, source.source_type, lists=source.lists)
    read = Candidate(
        name, tuple(found), replace(made, in_use=False), definition, data=source.source
    )
    return compare(desk, read)


def beside(desk: Desk, candidate: Candidate) -> Desk:
    """Return the desk as if ``candidate`` alone were on its shelf: to print it before approval."""
    sources = [candidate.source] if candidate.source is not None else []
    return replace(desk, shelf=Shelf(desk.shelf.cache, sources))


def _changes(
    desk: Desk, against: FormSource | None, definition: Definition, was: Mapping[str, str]
) -> tuple[Change, ...]:
    if against is None:
        return ()
    try:
        return differences(desk.shelf.definition(against.form, against.hash), definition, was)
    except LeadappError:  # the version in use cannot be read: there is nothing to compare with
        return ()


def _standing(
    desk: Desk, candidate: Candidate, source: FormSource, against: FormSource | None
) -> list[Problem]:
    """Return what the versions known here say against this one, at its settings row.

    A version's name stands for one text for ever, and where a form's records lie never changes.
    """
    found: dict[str, Problem] = {}
    data, name = candidate.data, candidate.name
    values: Mapping[str, Value]
    for known in desk.shelf.versions():
        if known.form != source.form:
            continue
        if known.version == source.version:
            place = settings_place(data, name, "version")
            if _is(desk, candidate, source, known, against):
                if not known.in_use:  # an earlier version is put in use again
                    return []
                values = {"form": source.title}
                return [Problem("services.form_in_use_already", values, place)]
            values = {"version": source.version}
            found["version"] = Problem("services.form_version_used", values, place)
        if source.rings and known.families != source.families:
            place = settings_place(data, name, "attribute::leadapp:ring")
            values = {"was": known.rings, "now": source.rings}
            found["ring"] = Problem("services.form_ring_changed", values, place)
    return list(found.values())


def _is(
    desk: Desk,
    candidate: Candidate,
    source: FormSource,
    known: FormSource,
    against: FormSource | None,
) -> bool:
    """Return whether ``source`` is what ``known`` was before approval wrote into it."""
    if known.hash == source.hash:
        return True
    try:
        rings = "" if source.rings else known.rings
        data = written_in(desk, source, candidate.definition, against, rings=rings, was={})
    except LeadappError:
        return False
    return definition_hash(data, source.lists) == known.hash


def _too_large(problems: list[Problem]) -> bool:
    return any(problem.code == "forms.workbook_too_large" for problem in problems)
