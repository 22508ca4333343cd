"""Reads tokens into a syntax tree by recursive descent (the grammar of XPath 1.0)."""

from __future__ import annotations

from typing import cast

from leadapp.core.errors import Refusal
from leadapp.forms.expressions.lexer import tokens
from leadapp.forms.expressions.syntax import (
    Axis,
    Binary,
    Call,
    Expr,
    Filter,
    Negate,
    Number,
    Path,
    Quoted,
    Step,
    Token,
)

DEEPEST = 120
"""Brackets within brackets an expression may have."""

_LEVELS: tuple[tuple[str, ...], ...] = (
    ("or",),
    ("and",),
    ("=", "!="),
    ("<", "<=", ">", ">="),
    ("+", "-"),
    ("*", "div", "mod"),
)
_AXES = frozenset(
    {
        "child",
        "descendant",
        "descendant-or-self",
        "parent",
        "ancestor",
        "ancestor-or-self",
        "self",
        "attribute",
        "following",
        "following-sibling",
        "preceding",
        "preceding-sibling",
    }
)
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_ANY_BELOW = Step("descendant-or-self", "node()")


def parse(text: str) -> Expr:
    """Return the syntax tree of ``text``; Refusal that names the place where it stops."""
    if not text.strip():
        raise Refusal("forms.expression_empty")
    try:
        parser = _Parser(tokens(text))
        tree = parser.expression()
        parser.expect_end()
    except RecursionError as cause:
        raise Refusal("forms.expression_too_deep", most=DEEPEST) from cause
    return tree


class _Parser:
    def __init__(self, found: list[Token]) -> None:
        self._tokens = found
        self._at = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._tokens[self._at]

    def _take(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _is(self, *texts: str) -> bool:
        token = self._next
        return token.kind in ("symbol", "operator") and token.text in texts

    def _expect(self, text: str) -> None:
        if not self._is(text):
            raise self._stopped(text)
        self._take()

    def _stopped(self, wanted: str = "") -> Refusal:
        token = self._next
        if token.kind == "end":
            return Refusal("forms.expression_ends", wanted=wanted)
        return Refusal("forms.expression_stops", found=token.text, at=token.at + 1)

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise self._stopped()

    def expression(self, level: int = 0) -> Expr:
        if level == len(_LEVELS):
            return self._unary()
        if level == 0:
            self._depth += 1
            if self._depth > DEEPEST:
                raise Refusal("forms.expression_too_deep", most=DEEPEST)
        left = self.expression(level + 1)
        while self._next.kind == "operator" and self._next.text in _LEVELS[level]:
            operator = self._take().text
            left = Binary(operator, left, self.expression(level + 1))
        if level == 0:
            self._depth -= 1
        return left

    def _unary(self) -> Expr:
        minuses = 0
        while self._is("-"):
            self._take()
            minuses += 1
        operand = self._union()
        if not minuses:
            return operand
        return Negate(operand) if minuses % 2 else Negate(Negate(operand))

    def _union(self) -> Expr:
        left = self._path()
        while self._is("|"):
            self._take()
            left = Binary("|", left, self._path())
        return left

    def _path(self) -> Expr:
        at = self._next.at
        if self._starts_primary():
            start = self._filter()
            if not self._is("/", "//"):
                return start
            return Path(absolute=False, steps=tuple(self._more_steps()), start=start, at=at)
        if self._is("/"):
            self._take()
            steps = self._relative() if self._starts_step() else []
            return Path(absolute=True, steps=tuple(steps), at=at)
        if self._is("//"):
            self._take()
            return Path(absolute=True, steps=(_ANY_BELOW, *self._relative()), at=at)
        return Path(absolute=False, steps=tuple(self._relative()), at=at)

    def _starts_primary(self) -> bool:
        token = self._next
        if token.kind in ("number", "literal") or self._is("("):
            return True
        following = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        return (
            token.kind == "name"
            and following.kind == "symbol"
            and following.text == "("
            and token.text not in _NODE_TYPES
        )

    def _starts_step(self) -> bool:
        return self._next.kind == "name" or self._is(".", "..", "@")

    def _filter(self) -> Expr:
        primary = self._primary()
        predicates = self._predicates()
        return Filter(primary, predicates) if predicates else primary

    def _primary(self) -> Expr:
        token = self._take()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "literal":
            return Quoted(token.text)
        if token.kind == "name":
            return self._call(token)
        inner = self.expression()
        self._expect(")")
        return inner

    def _call(self, name: Token) -> Call:
        self._expect("(")
        arguments: list[Expr] = []
        if not self._is(")"):
            arguments.append(self.expression())
            while self._is(","):
                self._take()
                arguments.append(self.expression())
        self._expect(")")
        return Call(name.text, tuple(arguments), name.at)

    def _relative(self) -> list[Step]:
        return [self._step(), *self._more_steps()]

    def _more_steps(self) -> list[Step]:
        steps: list[Step] = []
        while self._is("/", "//"):
            if self._take().text == "//":
                steps.append(_ANY_BELOW)
            steps.append(self._step())
        return steps

    def _step(self) -> Step:
        if self._is("."):
            self._take()
            return Step("self", "node()", self._predicates())
        if self._is(".."):
            self._take()
            return Step("parent", "node()", self._predicates())
        axis: Axis = "child"
        if self._is("@"):
            self._take()
            axis = "attribute"
        elif self._next.kind == "name" and self._tokens[self._at + 1].text == "::":
            word = self._take()
            if word.text not in _AXES:
                raise Refusal("forms.expression_stops", found=word.text, at=word.at + 1)
            axis = cast("Axis", word.text)  # the set above holds exactly the words of Axis
            self._take()
        return Step(axis, self._node_test(), self._predicates())

    def _node_test(self) -> str:
        if self._next.kind != "name":
            raise self._stopped()
        name = self._take().text
        if name in _NODE_TYPES and self._is("("):
            self._take()
            if not self._is(")"):  # processing-instruction('name')
                self._take()
            self._expect(")")
            return f"{name}()"
        return name

    def _predicates(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        while self._is("["):
            self._take()
            found.append(self.expression())
            self._expect("]")
        return tuple(found)
