"""A folded record made into what lists, searches and measures read; a pure function.

Calculated answers come from the form's definition, rows and summaries from its kind.
Nothing here touches a file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from leadapp.core.errors import Bug, Damage, Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Place, Problem, Severity
from leadapp.core.text import fold as folded_text
from leadapp.forms.entities import EntitySave
from leadapp.journal.fold import Folded
from leadapp.kinds.contract import Cell, Kind, Record, Summary

OWN_KINDS = {
    "_user": "user",
    "_form": "definition",
    "_setting": "setting",
    "_document": "document",
    "_receipt": "receipt",
    "_same_person": "same_person",
}
"""Forms of the app's own, which have no definition: their answers are used as they are."""

WAITS = "_waits"
"""What an entry says of itself: how many needed answers were left to be finished later."""

_SEARCH_COLUMN = "search"
_ODD_ANSWERS = (ValueError, LookupError, ArithmeticError, TypeError)


class Definition(Protocol):
    """What projecting needs to know of a form's definition."""

    @property
    def id(self) -> str:
        """Return the form's id."""
        ...

    @property
    def version(self) -> str:
        """Return the form's version."""
        ...

    @property
    def hash(self) -> str:
        """Return the hash of the form's bytes."""
        ...

    @property
    def kind(self) -> str:
        """Return the name of its kind, "" for none."""
        ...

    @property
    def title(self) -> str:
        """Return what people call the form."""
        ...


# Any: the definitions and these functions come from one package, whose class is no one else's.
Recalculate = Callable[[Any, Mapping[str, str], str], dict[str, str]]
"""Gives the calculated answers of a definition, typed answers and a finishing moment (ISO)."""
Examine = Callable[[Any, Mapping[str, str], str], Sequence[Problem]]
"""Gives what is wrong with the answers of a merged record."""
Enlist = Callable[[Any, Mapping[str, str]], EntitySave | None]
"""Gives what all answers of a record say of an entry of a list."""


@dataclass(frozen=True, slots=True)
class Projected:
    """Everything computed from one folded record.

    ``definition`` is the hash of the definition it was computed with ("" for none),
    ``wanted`` the one its author used. ``rows`` are empty for a void record.
    """

    record: RecordId
    folded: Folded
    calculated: Mapping[str, str]
    summary: Summary
    listed: Summary
    """The summary for lists outside the record: a protected kind's says no more than a day."""
    kind: str
    wanted: str
    definition: str
    problems: tuple[Problem, ...]
    rows: tuple[tuple[str, dict[str, Cell]], ...]
    search: str
    entity: EntitySave | None = None
    """What it says of an entry of a list."""


class Projector:
    """Knows the definitions in use and the kinds.

    ``definitions`` are found by (form id, hash) and by (form id, version). A record whose
    definition is not known is still listed and counted, with its typed answers, by the
    kind its form has in any version, and carries a problem that says so.
    """

    def __init__(
        self,
        definitions: Mapping[tuple[str, str], Definition],
        kinds: Mapping[str, Kind],
        recalculate: Recalculate,
        examine: Examine | None = None,
        enlist: Enlist | None = None,
    ) -> None:
        self._definitions = dict(definitions)
        self.kinds = kinds
        self._recalculate = recalculate
        self._examine = examine
        self._enlist = enlist
        self._kind_of_form = {form: one.kind for (form, _), one in self._definitions.items()}
        self._titles = {form: one.title for (form, _), one in self._definitions.items()}
        self._declared = {
            kind.name: {
                table.name: {column.name for column in table.columns} for table in kind.tables
            }
            for kind in kinds.values()
        }

    def definition_of(self, form: str, wanted: str, version: str) -> Definition | None:
        """Return the definition a record was written on, by hash or else by version."""
        return self._definitions.get((form, wanted)) or self._definitions.get((form, version))

    def mark(self, form: str, wanted: str, version: str) -> str:
        """Return what a record's projection depends on besides its entries."""
        definition = self.definition_of(form, wanted, version)
        if definition is not None:
            return definition.hash
        kind = OWN_KINDS.get(form) or self._kind_of_form.get(form, "")
        return f"kind {kind}" if kind else ""

    def project(self, ring: RingId, record: RecordId, folded: Folded) -> Projected:
        """Return what lists, searches and measures read of a record."""
        form, version = folded.last.form, folded.last.form_version
        wanted = folded.values.get("_hash", "")
        typed = typed_answers(folded)
        answers: Mapping[str, str] = typed
        finished = _finished(folded)
        definition = self.definition_of(form, wanted, version)
        problems: list[Problem] = []
        calculated: dict[str, str] = {}
        if definition is not None:
            calculated = self._calculated(definition, typed, finished, problems)
            answers = {**typed, **calculated} if calculated else typed
            if self._examine is not None and folded.branched:
                problems += self._examine(definition, answers, finished)
            kind_name = definition.kind
        else:
            kind_name = OWN_KINDS.get(form) or self._kind_of_form.get(form, "")
            if form not in OWN_KINDS:
                problems.append(_note("store.form_not_here", form=form, version=version))
        if folded.waiting:
            problems.append(_note("store.more_is_coming"))
        if folded.values.get(WAITS, "0") not in ("", "0"):
            problems.append(_note("store.answers_wait", count=folded.values[WAITS]))
        kind = self.kinds.get(kind_name)
        seen = Record(
            id=record,
            ring=ring,
            form=folded.last.form,
            form_version=version,
            author=folded.first.author,
            created_ms=folded.first.t_ms,
            changed_ms=folded.last.t_ms,
            finished_at=finished,
            conflicted=folded.conflicted,
            answers=answers,
        )
        summary, listed = self._summaries(kind, seen, form, finished)
        rows = self._rows(kind, seen, problems) if kind is not None and not folded.voided else ()
        return Projected(
            record=record,
            folded=folded,
            calculated=calculated,
            summary=summary,
            listed=listed,
            kind=kind_name,
            wanted=wanted,
            definition=self.mark(form, wanted, version),
            problems=tuple(problems),
            rows=rows,
            search=_search_text(listed, rows),
            entity=self._entity(definition, answers),
        )

    def _rows(
        self, kind: Kind, seen: Record, problems: list[Problem]
    ) -> tuple[tuple[str, dict[str, Cell]], ...]:
        """Return the kind's rows; answers nobody foresaw cost the rows, not the merge."""
        try:
            found = tuple(kind.rows(seen))
        except _ODD_ANSWERS:
            problems.append(_note("store.not_counted", form=seen.form))
            return ()
        declared = self._declared[kind.name]
        for table, row in found:
            if not row.keys() <= declared.get(table, set()):
                raise Bug("store.undeclared_column", table=table)
        return found

    def _entity(
        self, definition: Definition | None, answers: Mapping[str, str]
    ) -> EntitySave | None:
        if definition is None or self._enlist is None:
            return None
        return self._enlist(definition, answers)

    def _calculated(
        self,
        definition: Definition,
        typed: Mapping[str, str],
        finished: str,
        problems: list[Problem],
    ) -> dict[str, str]:
        """Calculate; what a form cannot compute costs its calculations, not the merge."""
        try:
            return self._recalculate(definition, typed, finished)
        except (Refusal, Damage, *_ODD_ANSWERS):
            problems.append(_note("store.not_calculated", form=definition.id))
            return {}

    def _summaries(
        self, kind: Kind | None, seen: Record, form: str, finished: str
    ) -> tuple[Summary, Summary]:
        if kind is None:
            bare = Summary(self._titles.get(form) or form, "", finished[:10], "")
            return bare, bare
        summary = kind.summary(seen)
        if not kind.protected:
            return summary, summary
        return summary, replace(kind.neutral(seen), status=summary.status)


def typed_answers(folded: Folded) -> dict[str, str]:
    """Return the answers, without what entries say of themselves."""
    return {key: value for key, value in folded.values.items() if key[:1] != "_"}


def declarations(kinds: Mapping[str, Kind]) -> str:
    """Return a fingerprint of all declared tables; another one means: rebuild them."""
    said = [
        [
            kind.name,
            kind.rings,
            [
                [
                    table.name,
                    table.child,
                    [[c.name, c.type] for c in table.columns],
                    table.indexes,
                    [
                        [t.name, t.keys, t.amounts, [astuple(g) for g in t.legs]]
                        for t in table.totals
                    ],
                ]
                for table in kind.tables
            ],
        ]
        for kind in sorted(kinds.values(), key=lambda one: one.name)
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32]


def _search_text(listed: Summary, rows: Iterable[tuple[str, dict[str, Cell]]]) -> str:
    parts = [listed.title, listed.line]
    parts += [str(row.get(_SEARCH_COLUMN) or "") for _, row in rows if _SEARCH_COLUMN in row]
    words = folded_text(" ".join(parts)).split(" ")
    return " ".join(dict.fromkeys(words))


def _note(code: str, **values: str) -> Problem:
    return Problem(code, values, Place(), Severity.WARNING)


def _finished(folded: Folded) -> str:
    """Return the first finishing moment with its offset; the entry's own where none is written."""
    try:
        moment = datetime.fromisoformat(folded.first.at)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        moment = datetime.fromtimestamp(folded.first.t_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds")
