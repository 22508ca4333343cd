"""Admin, Forms in words: the rows of the table, where a problem is, what a change means. No Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from leadapp.core.problems import Place, Problem, Severity, Value
from leadapp.core.words import Words
from leadapp.forms.differences import text_of
from leadapp.forms.model import Definition
from leadapp.services import forms_in_use
from leadapp.services.forms_in_use import Candidate, Change, FormLine
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.ui.days import say_moment
from leadapp.ui.kit.cells import Cell, Row, band
from leadapp.ui.role_words import role_words
from leadapp.ui.words import tr

_MOST_ROLES = 2


def rows(
    lines: Sequence[FormLine], bad: Mapping[str, Candidate], rivals: frozenset[str]
) -> list[Row]:
    """Return the table: what has problems, what waits, what is in use, what is retired."""
    parts = {state: [one for one in lines if one.state == state] for state in _STATES}
    found: list[Row] = []
    if bad:
        found.append(
            band("bad", tr("Cannot be used yet \u00b7 {count}", count=len(bad)), tone="err")
        )
        found += [_bad_row(key, one) for key, one in bad.items()]
    for state, words in (("waits", tr("To approve")), ("in_use", tr("In use")), ("retired", "")):
        here = parts[state]
        heading = words or tr("Retired, kept for old records")
        if here and (state != "in_use" or found):
            found.append(band(state, f"{heading} \u00b7 {len(here)}"))
        found += [_row(one, rivals) for one in here]
    return found


_STATES = ("waits", "in_use", "retired")


def badge_of(line: FormLine, rivals: frozenset[str]) -> Cell:
    """Return the state of a version as a badge."""
    if line.state == "waits":
        return Cell(tr("To approve"), badge="warn")
    if line.state == "retired":
        return Cell(tr("Retired"), badge="neutral")
    if line.source.form not in rivals:
        return Cell(tr("In use"), badge="ok")
    return (
        Cell(tr("In use"), badge="warn") if line.shown else Cell(tr("Approved too"), badge="warn")
    )


def used_by(roles: frozenset[Role]) -> str:
    """Return who may write a form, in few words."""
    if roles >= LAW_ROLES and roles - LAW_ROLES:
        return tr("Everyone")
    held = [role_words(role) for role in Role if role in roles]
    more = len(held) - _MOST_ROLES
    said = ", ".join([held[0], *(one.lower() for one in held[1:_MOST_ROLES])]) if held else ""
    return tr("{roles} and {count} more", roles=said, count=more) if more > 0 else said


def said_when(iso: str, now: datetime) -> str:
    """Return a moment as people say it, "" for none."""
    return say_moment(datetime.fromisoformat(iso), now) if iso else ""


def where(place: Place) -> str:
    """Return where a problem is: sheet, row and column, as far as they are known."""
    parts = []
    if place.sheet:
        parts.append(tr("sheet {sheet}", sheet=place.sheet))
    if place.row:
        parts.append(tr("row {row}", row=place.row))
    if place.column:
        parts.append(tr("column {column}", column=place.column))
    if not parts and place.path:
        parts.append(place.path)
    return ", ".join(parts)


def counted(problems: Iterable[Problem]) -> dict[Severity, list[Problem]]:
    """Return the problems by how much they stop."""
    found: dict[Severity, list[Problem]] = {severity: [] for severity in Severity}
    for problem in problems:
        found[problem.severity].append(problem)
    return found


def extent(definition: Definition) -> str:
    """Return how large a form is, in words."""
    asked = [control for top in definition.body for control in top.walk() if control.is_question]
    sections = [one for one in definition.body if not one.is_question]
    rules = sum(node.bind.relevant is not None for node in definition.data.walk())
    said = [tr("1 question") if len(asked) == 1 else tr("{n} questions", n=len(asked))]
    if sections:
        said.append(tr("1 section") if len(sections) == 1 else tr("{n} sections", n=len(sections)))
    if rules:
        one, many = tr("1 rule that hides or shows"), tr("{n} rules that hide or show", n=rules)
        said.append(one if rules == 1 else many)
    return ", ".join(said)


def change_words(change: Change, words: Words, answered: int) -> str:
    """Return what a change means for old answers."""
    values: dict[str, Value] = {
        "question": change.label or change.key,
        "choice": change.choice,
        "aspect": change.aspect,
        "old": change.old or tr("nothing"),
        "new": change.new or tr("nothing"),
        "records": answered,
    }
    return words.say(f"services.change_{change.effect}", values)


def group_of(change: Change, definition: Definition | None) -> str:
    """Return the heading of the group a changed question stands in."""
    if definition is None:
        return ""
    steps = change.key.split("/")[:-1]
    for length in range(len(steps), 0, -1):
        names = (definition.data.name, *steps[:length])
        control = definition.controls.get(names)
        if control is not None and control.label is not None:
            return text_of(definition, control.label)
    return ""


def _row(line: FormLine, rivals: frozenset[str]) -> Row:
    source = line.source
    cells = (
        Cell(source.title, bold=True),
        Cell(used_by(forms_in_use.writers(source))),
        Cell(source.version),
        Cell("" if line.state == "waits" else f"{line.records:,}"),
        badge_of(line, rivals),
    )
    return Row(line.record, cells, muted=line.state == "retired")


def _bad_row(key: str, candidate: Candidate) -> Row:
    blocking = sum(problem.blocks for problem in candidate.problems)
    version = candidate.source.version if candidate.source else ""
    words = tr("1 problem") if blocking == 1 else tr("{count} problems", count=blocking)
    cells = (
        Cell(candidate.name, bold=True),
        Cell(),
        Cell(version),
        Cell(),
        Cell(words, badge="err"),
    )
    return Row(key, cells)
