"""Cuts an expression into tokens, by the disambiguation rules of XPath 1.0 (3.7)."""

from __future__ import annotations

import re

from leadapp.core.errors import Refusal
from leadapp.forms.expressions.syntax import Token

LONGEST = 20_000
"""Characters an expression may have; a form's longest seen in the wild has under 6,000."""

_NCNAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+)
  | (?P<column>\d+(?!(?:and|or|mod|div)(?![a-z_]))[^\W\d][\w\-]*)
  | (?P<number>\d+(?:\.\d*)?|\.\d+)
  | (?P<literal>"[^"]*"|'[^']*')
  | (?P<symbol>::|\.\.|//|!=|<=|>=|[()\[\].@,/|+\-=<>*$])
  | (?P<name>{_NCNAME}(?::(?!:)(?:{_NCNAME}|\*))?)
    """,
    re.VERBOSE,
)
_WORD_OPERATORS = frozenset({"and", "or", "mod", "div"})
_SIGN_OPERATORS = frozenset({"/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "*"})
_NO_OPERAND = frozenset({"@", "::", "(", "[", ","})


def tokens(text: str) -> list[Token]:
    """Return the tokens of ``text``, an ``end`` last; Refusal where a sign is not known."""
    if len(text) > LONGEST:
        raise Refusal("forms.expression_too_long", length=len(text), most=LONGEST)
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _unknown_sign(text, at)
        kind = match.lastgroup
        if kind != "space":
            found.append(_token(str(kind), match.group(), at, found[-1] if found else None))
        at = match.end()
        if kind == "name" and found[-1].kind == "operator":  # "or1" is "or" and "1"
            at = found[-1].at + len(found[-1].text)
    found.append(Token("end", "", len(text)))
    return found


def _token(kind: str, text: str, at: int, before: Token | None) -> Token:
    operand_before = before is not None and not (
        before.kind == "operator" or (before.kind == "symbol" and before.text in _NO_OPERAND)
    )
    match kind:
        case "number":
            return Token("number", text, at)
        case "literal":
            return Token("literal", text[1:-1], at)
        case "column":  # a list's column may begin with a digit, which no XML name may
            return Token("name", text, at)
        case "name":
            word = text.rstrip("0123456789.")
            if operand_before and word in _WORD_OPERATORS:
                return Token("operator", word, at)
            return Token("name", text, at)
        case _:
            if text == "*" and not operand_before:
                return Token("name", text, at)
            return Token("operator" if text in _SIGN_OPERATORS else "symbol", text, at)


_SMART_QUOTES = "“”‘’„‚«»"


def _unknown_sign(text: str, at: int) -> Refusal:
    sign = text[at]
    if sign in _SMART_QUOTES:
        return Refusal("forms.expression_smart_quote", sign=sign, at=at + 1)
    if sign in "\"'":
        return Refusal("forms.expression_open_quote", at=at + 1)
    return Refusal("forms.expression_sign", sign=sign, at=at + 1)
