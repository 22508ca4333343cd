"""When a question is asked, read out of its relevance rule in parts a person can follow.

Only rules that paper can carry are read: comparisons of one question with one answer, joined
by ``and`` or by ``or``. Of any other rule it is only said that there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leadapp.forms.differences import choices_of, text_of
from leadapp.forms.expressions.references import references
from leadapp.forms.expressions.syntax import Binary, Call, Expr, Negate, Number, Path, Quoted
from leadapp.forms.model import Definition
from leadapp.forms.naming import Names

Says = Literal[
    "is", "is_not", "one_of", "none_of", "includes", "leaves_out", "over", "at_least", "under",
    "at_most", "answered", "blank",
]  # fmt: skip
_OPPOSITE: dict[Says, Says] = {
    "is": "is_not",
    "is_not": "is",
    "one_of": "none_of",
    "none_of": "one_of",
    "includes": "leaves_out",
    "leaves_out": "includes",
    "over": "at_most",
    "at_most": "over",
    "under": "at_least",
    "at_least": "under",
    "answered": "blank",
    "blank": "answered",
}
_SIGNS: dict[str, Says] = {
    "=": "is", "!=": "is_not", ">": "over", ">=": "at_least", "<": "under", "<=": "at_most",
}  # fmt: skip
_TURNED = {">": "<", ">=": "<=", "<": ">", "<=": ">="}


@dataclass(frozen=True, slots=True)
class Condition:
    """One question and what its answer must be; both in the form's words."""

    question: str
    says: Says
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """When something is asked: all (``and``) or one (``or``) of the conditions hold.

    Without conditions the rule is more than paper can say.
    """

    conditions: tuple[Condition, ...] = ()
    joined_by: Literal["and", "or"] = "and"


def skip_rule(definition: Definition, names: Names) -> Skip | None:
    """Return when what stands at ``names`` is asked; ``None`` where it always is."""
    node = definition.at.get(names)
    if node is None or node.bind.relevant is None:
        return None
    tree = node.bind.relevant.tree
    joined: Literal["and", "or"] = "or" if _joins(tree, "or") else "and"
    found = tuple(_condition(definition, part, names) for part in _parts(tree, joined))
    simple = tuple(one for one in found if one is not None)
    return Skip(simple, joined) if len(simple) == len(found) else Skip()


def _joins(tree: Expr, operator: str) -> bool:
    return isinstance(tree, Binary) and tree.operator == operator


def _parts(tree: Expr, operator: str) -> list[Expr]:
    waiting, found = [tree], list[Expr]()
    while waiting:
        part = waiting.pop()
        if isinstance(part, Binary) and part.operator == operator:
            waiting += [part.right, part.left]
        else:
            found.append(part)
    return found


def _condition(definition: Definition, tree: Expr, here: Names) -> Condition | None:
    if isinstance(tree, Call) and tree.name == "not" and len(tree.arguments) == 1:
        inner = _condition(definition, tree.arguments[0], here)
        return inner and Condition(inner.question, _OPPOSITE[inner.says], inner.answer)
    if isinstance(tree, Call) and tree.name == "selected" and len(tree.arguments) == 2:
        first, second = tree.arguments
        if isinstance(first, Quoted):  # is the answer one of these words?
            return _compared(definition, second, "one_of", first, here)
        return _compared(definition, first, "includes", second, here)
    if isinstance(tree, Binary) and tree.operator in _SIGNS:
        if isinstance(tree.left, Path):
            return _compared(definition, tree.left, _SIGNS[tree.operator], tree.right, here)
        turned = _TURNED.get(tree.operator, tree.operator)
        return _compared(definition, tree.right, _SIGNS[turned], tree.left, here)
    return None


def _compared(
    definition: Definition, path: Expr, says: Says, against: Expr, here: Names
) -> Condition | None:
    names = _question(path, here)
    text = _text(against)
    control = definition.controls.get(names) if names else None
    if control is None or text is None or not control.is_question:
        return None
    label = " ".join(text_of(definition, control.label).split())
    if not label or "${" in label:
        return None
    if text == "" and says in ("is", "is_not"):
        return Condition(label, "blank" if says == "is" else "answered")
    if control.kind != "select" and says == "includes":
        says = "is"
    offered = choices_of(definition, control)
    words = text.split() if says in ("one_of", "none_of") else [text]
    return Condition(label, says, " / ".join(offered.get(word) or word for word in words))


def _question(path: Expr, here: Names) -> Names | None:
    """Return the one question a plain path leads to."""
    if not isinstance(path, Path) or path.start is not None:
        return None
    if any(step.predicates for step in path.steps):
        return None
    found = references(path, here)
    return next(iter(found)).names if len(found) == 1 else None


def _text(tree: Expr) -> str | None:
    match tree:
        case Quoted(value=text):
            return text
        case Number(value=number):
            return f"{number:g}"
        case Negate(operand=Number(value=number)):
            return f"-{number:g}"
        case _:
            return None
