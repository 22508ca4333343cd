"""Rules that can be computed but hardly say what their author meant."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms.checking.kind_needs import choice_names
from leadapp.forms.expressions.references import references
from leadapp.forms.expressions.syntax import Binary, Call, Expr, Path, Quoted, parts_of
from leadapp.forms.graph import Job, plan_of
from leadapp.forms.model import Control, Definition
from leadapp.forms.naming import Names
from leadapp.forms.rows import RowIndex

APPEARANCES = frozenset(
    """autocomplete bearing columns columns-pack compact compact-n counter dr draw field-list fill
    hidden horizontal horizontal-compact image-map image-map-button label likert list list-nolabel
    list-no-label maps masked minimal month-year multiline new new-front new-rear no-buttons no-calendar
    no-collapse no-ticks numbers picker placement-map printed quick quickcompact rating search signature
    summary table-list thousands-sep thousand-sep url vertical year annotate ethiopian coptic islamic
    bikram-sambat myanmar persian buddhist distress numbers""".split()  # noqa: SIM905 - one a word reads better
)
_PREFIXES = ("columns-", "compact-", "quickcompact-", "w", "hide-input", "print")
_ADDING = frozenset({"+", "-", "*"})
_EXTERNAL = ("ex:", "intent", "printer:")


def check_meaning(definition: Definition, rows: RowIndex) -> list[Problem]:
    """Return what is likely a mistake in ``definition``."""
    found: list[Problem] = []
    for job in plan_of(definition).jobs:
        place = rows.place("/".join(job.names[1:]), job.kind)
        if job.kind == "calculate":
            found.extend(_blanks(job, definition, place))
        found.extend(_unknown_choices(job, definition, place))
    for top in definition.body:
        for control in top.walk():
            found.extend(_appearance(control, rows))
    return found


def _blanks(job: Job, definition: Definition, place: Place) -> Iterator[Problem]:
    """Adding a blank gives no number; ``coalesce(x, 0)`` says what was meant."""
    for name in _added(job.expression.tree, job.names):
        node = definition.at.get(name)
        control = definition.controls.get(name)
        if node is None or control is None or node.bind.required is not None:
            continue
        values = {"question": name[-1]}
        yield Problem("forms.sum_over_blank", values, place, Severity.WARNING)


def _added(tree: Expr, here: Names) -> Iterator[Names]:
    if isinstance(tree, Call) and tree.name in ("coalesce", "if", "once"):
        return
    adds = isinstance(tree, Binary) and tree.operator in _ADDING
    sums = isinstance(tree, Call) and tree.name == "sum"
    for part in parts_of(tree):
        if (adds or sums) and isinstance(part, Path):
            yield from (reference.names for reference in references(part, here))
        else:
            yield from _added(part, here)


def _unknown_choices(job: Job, definition: Definition, place: Place) -> Iterator[Problem]:
    for path, text in _compared(job.expression.tree):
        for reference in references(path, job.names):
            offered = choice_names(definition, definition.controls.get(reference.names))
            if offered is not None and text and text not in offered:
                values = {"question": reference.names[-1], "choice": text}
                yield Problem("forms.choice_unknown", values, place, Severity.WARNING)


def _compared(tree: Expr) -> Iterator[tuple[Path, str]]:
    if isinstance(tree, Binary) and tree.operator in ("=", "!="):
        for path, text in ((tree.left, tree.right), (tree.right, tree.left)):
            if isinstance(path, Path) and isinstance(text, Quoted) and path.start is None:
                yield path, text.value
    if isinstance(tree, Call) and tree.name == "selected" and len(tree.arguments) == 2:
        path, text = tree.arguments
        if isinstance(path, Path) and isinstance(text, Quoted) and path.start is None:
            yield path, text.value
    for part in parts_of(tree):
        yield from _compared(part)


def _appearance(control: Control, rows: RowIndex) -> Iterator[Problem]:
    for word in control.appearance:
        place = rows.place(control.key, "appearance")
        if word.startswith("search("):
            yield Problem("forms.search_not_done", {}, place)
            return
        if word.startswith(_EXTERNAL):
            values = {"question": control.names[-1] if control.names else ""}
            yield Problem("forms.external_app", values, place, Severity.WARNING)
            return
        if word not in APPEARANCES and not word.startswith(_PREFIXES):
            yield Problem("forms.appearance_unknown", {"word": word}, place, Severity.NOTE)
