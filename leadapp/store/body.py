"""A record's body: everything folded and calculated of it, as one JSON text in its ring's file."""

from __future__ import annotations

import json
import zlib
from dataclasses import astuple, dataclass
from typing import Any  # JSON values are of any type by nature

from leadapp.core.errors import Damage
from leadapp.core.ids import EntryHash, FormId, UserId
from leadapp.core.problems import Place, Problem, Severity
from leadapp.journal.fold import Candidate, Folded, Mark
from leadapp.kinds.contract import Summary
from leadapp.store.projector import Projected

_QUICKEST = 1
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Body:
    """What the body of a record holds."""

    folded: Folded
    calculated: dict[str, str]
    problems: tuple[Problem, ...]
    summary: Summary


def write_body(one: Projected) -> bytes:
    """Return a record's body: one JSON text, deflated so that several share a page."""
    folded = one.folded
    said: list[Any] = [
        folded.values,
        one.calculated,
        {key: [astuple(each) for each in found] for key, found in folded.conflicts.items()},
        folded.heads,
        _mark_fields(folded.first),
        _mark_fields(folded.last),
        [int(folded.voided), int(folded.waiting), int(folded.branched), folded.size],
        [_problem_fields(problem) for problem in one.problems],
        [
            one.summary.title,
            one.summary.line,
            one.summary.day,
            one.summary.person,
            one.summary.status,
        ],
    ]
    return zlib.compress(_PLAIN.encode(said).encode(), _QUICKEST)


def read_body(written: bytes) -> Body:
    """Return what ``write_body`` wrote; Damage where another version wrote it."""
    try:
        return _body(json.loads(zlib.decompress(written)))
    except (TypeError, ValueError, LookupError, AttributeError, zlib.error) as cause:
        raise Damage("store.body_unreadable") from cause


def _body(said: list[Any]) -> Body:
    values, calculated, conflicts, heads, first, last, flags, problems, summary = said
    voided, waiting, branched, size = flags
    folded = Folded(
        values=values,
        conflicts={
            key: tuple(
                Candidate(value, EntryHash(entry), UserId(author), t_ms)
                for value, entry, author, t_ms in found
            )
            for key, found in conflicts.items()
        },
        heads=tuple(heads),
        first=_mark(first),
        last=_mark(last),
        voided=bool(voided),
        waiting=bool(waiting),
        branched=bool(branched),
        size=size,
    )
    return Body(folded, calculated, tuple(_problem(one) for one in problems), Summary(*summary))


def _mark_fields(mark: Mark) -> list[Any]:
    return [mark.hash, mark.author, mark.t_ms, mark.form, mark.form_version, mark.at]


def _mark(fields: list[Any]) -> Mark:
    name, author, t_ms, form, version, at = fields
    return Mark(EntryHash(name), UserId(author), t_ms, FormId(form), version, at)


def _problem_fields(problem: Problem) -> list[Any]:
    return [problem.code, dict(problem.values), problem.place.path, problem.severity.value]


def _problem(fields: list[Any]) -> Problem:
    code, values, path, severity = fields
    return Problem(code, values, Place(path=path), Severity(severity))
