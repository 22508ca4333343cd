"""What is wrong with a form that could be read: references, functions, circles."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms.expressions.compiler import Expression, complaint_about
from leadapp.forms.expressions.syntax import Call, Quoted, calls_in
from leadapp.forms.graph import Job, plan_of
from leadapp.forms.model import Bind, Definition
from leadapp.forms.naming import Names
from leadapp.forms.rows import RowIndex

_VENDORS = {
    "difference-in-months": "CHT",
    "add-date": "CHT",
    "cht": "CHT",
    "parse-timestamp-to-date": "CHT",
    "to-bikram-sambat": "CHT",
    "z-score": "CHT",
    "version": "Enketo",
    "extract-signed": "a later release",
}


def examine(definition: Definition, rows: RowIndex) -> list[Problem]:
    """Return every problem of ``definition``; errors mean that it cannot be used."""
    found: list[Problem] = []
    for job in plan_of(definition).jobs:
        place = rows.place("/".join(job.names[1:]), job.kind)
        if job.kind != "label":  # a label may hold several expressions: they come below
            found.extend(
                Problem(code, values, place) for code, values in _functions(job.expression)
            )
        found.extend(_missing_problem(job, names, place) for names in _missing(job, definition))
    found.extend(_labels(definition, rows))
    found.extend(_renamed(definition, rows))
    found.extend(_circles(definition, rows))
    found.extend(_actions(definition, rows))
    return found


def _functions(expression: Expression) -> Iterator[tuple[str, dict[str, str | int | float | None]]]:
    for call in calls_in(expression.tree):
        wrong = complaint_about(call)
        if wrong is not None and wrong.code == "forms.function_unknown":
            vendor = _vendor(call)
            values = {**wrong.values, "expression": expression.source[:200], "vendor": vendor}
            yield ("forms.function_of_vendor" if vendor else wrong.code), values
        elif wrong is not None:
            yield wrong.code, {**wrong.values, "expression": expression.source[:200]}
        elif call.name == "pulldata" and _is_script(call):
            yield (
                "forms.function_of_vendor",
                {"function": "pulldata('@...')", "vendor": "Survey123"},
            )


def _renamed(definition: Definition, rows: RowIndex) -> Iterator[Problem]:
    """An earlier key that a question still has would mix two questions' answers."""
    present = {node.key for node in definition.data.walk()}
    for node in definition.data.walk():
        if node.bind.was in present and node.bind.was != node.key and node.bind.was:
            place = rows.place(node.key, "bind::leadapp:was")
            yield Problem("forms.was_in_use", {"key": node.bind.was}, place)


def _labels(definition: Definition, rows: RowIndex) -> Iterator[Problem]:
    for top in definition.body:
        for control in top.walk():
            bind = definition.at[control.names].bind if control.names in definition.at else Bind()
            for text, column in (
                (control.label, "label"),
                (control.hint, "hint"),
                (control.guidance, "guidance_hint"),
                (bind.constraint_message, "constraint_message"),
                (bind.required_message, "required_message"),
            ):
                place = rows.place(control.key, column)
                for expression in text.expressions() if text is not None else ():
                    yield from (Problem(c, v, place) for c, v in _functions(expression))


def _vendor(call: Call) -> str:
    prefix, _, name = call.name.rpartition(":")
    return _VENDORS.get(prefix) or _VENDORS.get(name, "")


def _is_script(call: Call) -> bool:
    first = call.arguments[0] if call.arguments else None
    return isinstance(first, Quoted) and first.value.startswith("@")


def _missing_problem(job: Job, names: Names, place: Place) -> Problem:
    """A path that leads nowhere is an error; a bare word is most likely a text without quotes."""
    if len(names) == len(job.names) + 1 and names[:-1] == job.names:
        return Problem("forms.word_without_quotes", {"word": names[-1]}, place, Severity.WARNING)
    severity = Severity.WARNING if job.kind == "label" else Severity.ERROR
    return Problem("forms.reference_missing", {"path": "/" + "/".join(names)}, place, severity)


def _missing(job: Job, definition: Definition) -> list[Names]:
    root = definition.data.names[0]
    found: list[Names] = []
    for reference in job.reads:
        names = reference.names
        known = names in definition.at or not names or names == (root,)
        if not known and len(names) > 1 and names[0] == root and not reference.below:
            found.append(names)
    return found


def _circles(definition: Definition, rows: RowIndex) -> list[Problem]:
    plan = plan_of(definition)
    found: list[Problem] = []
    for circles, code, severity in (
        (plan.circles, "forms.circle", Severity.ERROR),
        (plan.soft_circles, "forms.circle_of_relevance", Severity.WARNING),
    ):
        for circle in circles:
            names = list(dict.fromkeys(job.names[-1] for job in circle))
            place = rows.place("/".join(circle[0].names[1:]), circle[0].kind)
            values = {"questions": ", ".join([*names, names[0]])}
            found.append(Problem(code, values, place, severity))
    return found


def _actions(definition: Definition, rows: RowIndex) -> list[Problem]:
    found: list[Problem] = []
    for action in definition.actions:
        if action.value is None:
            continue
        place = rows.place("/".join(action.target[1:]), "default")
        found.extend(Problem(code, values, place) for code, values in _functions(action.value))
    return found
