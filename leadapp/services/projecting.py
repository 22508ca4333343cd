"""From the forms kept in ``shared`` to the projector that computes records by them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Bug, Damage, LeadappError, Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms.entities import entity_of
from leadapp.forms.model import Definition
from leadapp.forms.recalculation import recalculate
from leadapp.forms.session import FormSession
from leadapp.journal.entry import FOLDED_OPS, Entry
from leadapp.journal.fold import fold
from leadapp.journal.rings import SHARED
from leadapp.kinds import KINDS
from leadapp.services.converting import apart
from leadapp.services.shelf import FORMS_CACHE, FormSource, Shelf, source_of
from leadapp.store.connection import open_file
from leadapp.store.folder import ProgramFolder
from leadapp.store.journal_table import JournalTable
from leadapp.store.projector import Definition as Projectable
from leadapp.store.projector import Projector
from leadapp.store.queries import RecordQuery
from leadapp.store.reader import Reader

FORM = FormId("_form")
_BROKEN = "forms.answer_breaks_rule"
_OTHER_TYPE = "forms.answer_not_"
"""How the codes begin of answers that a question of their type cannot hold."""
_HIDDEN = "services.hidden_answer"
_NOT_ASKED = "services.answer_not_asked"
_MOST_FORMS = 10_000


def form_sources(folder: ProgramFolder, key: bytes) -> list[FormSource]:
    """Return every version of every form kept in ``shared``, before the archive opens."""
    try:
        found = _from_projections(folder, key)
    except LeadappError:
        # The file's shape is older than this program: go by its entries, which never change.
        found = _from_journal(folder, key)
    sources = []
    for answers in found:
        if answers.get("state") == "draft":  # added, but nobody has approved it
            continue
        with contextlib.suppress(KeyError, ValueError):
            sources.append(source_of(answers))
    return sources


def _from_projections(folder: ProgramFolder, key: bytes) -> list[dict[str, str]]:
    reader = Reader.open(folder, {SHARED: key})
    try:
        lines = reader.records(RecordQuery(forms=(FORM,), limit=_MOST_FORMS))
        records = [reader.record(SHARED, line.record) for line in lines]
    finally:
        reader.close()
    return [dict(one.answers) for one in records if one is not None]


def _from_journal(folder: ProgramFolder, key: bytes) -> list[dict[str, str]]:
    connection = open_file(folder.ring_file(SHARED), key)
    try:
        entries: dict[RecordId, list[Entry]] = {}
        for entry in JournalTable(connection, SHARED).everything():
            if entry.form == FORM and entry.op in FOLDED_OPS:
                entries.setdefault(entry.record, []).append(entry)
    finally:
        connection.close()
    return [dict(fold(of_record).values) for of_record in entries.values()]


def projector_of(shelf: Shelf, sources: Iterable[FormSource]) -> Projector:
    """Return a projector for ``sources``; a form that cannot be read is left out.

    Its records are then listed with their typed answers and say so themselves.
    """
    known: dict[tuple[str, str], Definition] = {}
    with apart() as convert:
        for source in sources:
            with contextlib.suppress(Refusal, Damage):
                definition = shelf.definition(source.form, source.hash, convert)
                known[source.form, source.hash] = definition
                if source.in_use or (source.form, source.version) not in known:
                    known[source.form, source.version] = definition
    return Projector(known, KINDS, _computed, _examined, entity_of)


def _computed(
    definition: Projectable, answers: Mapping[str, str], finished_at: str
) -> dict[str, str]:
    assert isinstance(definition, Definition)  # noqa: S101 - only such are put in above
    return recalculate(definition, answers, datetime.fromisoformat(finished_at))


def _examined(
    definition: Projectable, answers: Mapping[str, str], finished_at: str
) -> list[Problem]:
    """Return what a merge may have broken: rules, answers whose questions do not show, types.

    Two who edit on two versions of a form meet under one key, whose type may have changed;
    and what only the other version asks has no question here.

    A record is there, so nothing blocks: everything is a warning on it.
    """
    assert isinstance(definition, Definition)  # noqa: S101 - only such are put in above
    moment = datetime.fromisoformat(finished_at)
    session = FormSession(
        definition, clock=SteppingClock(moment), ids=_no_ids, answers=dict(answers), as_of=moment
    )
    broken = [
        problem
        for problem in session.problems()
        if problem.code == _BROKEN or problem.code.startswith(_OTHER_TYPE)
    ]
    hidden = [Problem(_HIDDEN, place=Place(path=key)) for key in session.hidden_answers()]
    other = [
        Problem(_NOT_ASKED, {"question": key.rpartition("/")[2]}, Place(path=key))
        for key, text in answers.items()
        if text and not session.asks(key) and not key.rpartition("/")[2].startswith("_")
    ]
    return [replace(problem, severity=Severity.WARNING) for problem in (*broken, *hidden, *other)]


def _no_ids() -> str:
    raise Bug("services.examining_makes_nothing")


def shelf_for(sources: Iterable[FormSource], cache: Path) -> Shelf:
    """Return the shelf with ``sources``; ``cache`` holds what reading them once gave."""
    return Shelf(cache / FORMS_CACHE, sources)
