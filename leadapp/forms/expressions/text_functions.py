"""Functions on text."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math

from leadapp.core.errors import Refusal
from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.library import MANY, Function, of_node, of_texts, of_values, texts_in
from leadapp.forms.expressions.patterns import matches_whole
from leadapp.forms.expressions.values import Value, to_number, to_text
from leadapp.forms.tree import Node


def _before(text: str, mark: str) -> str:
    head, found, _ = text.partition(mark) if mark else ("", "", "")
    return head if found else ""


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _translate(text: str, old: str, new: str) -> str:
    table: dict[str, str] = {}
    for place, letter in enumerate(old):
        table.setdefault(letter, new[place] if place < len(new) else "")
    return "".join(table.get(letter, letter) for letter in text)


def _half_up(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _substring(env: Environment, values: list[Value]) -> Value:
    text = to_text(values[0])
    first = _half_up(to_number(values[1], env.zone))
    if len(values) == 2:
        last = math.inf
    else:
        last = first + _half_up(to_number(values[2], env.zone))
    return "".join(
        letter for place, letter in enumerate(text, 1) if place >= first and place < last
    )


def _substr(env: Environment, values: list[Value]) -> Value:
    text = to_text(values[0])
    first = to_number(values[1], env.zone)
    last = to_number(values[2], env.zone) if len(values) > 2 else float(len(text))
    if not (math.isfinite(first) and math.isfinite(last)):
        return ""
    return text[int(first) : int(last)]


def _string(_env: Environment, node: Node, values: list[Value]) -> Value:
    return to_text(values[0]) if values else node.text()


def _length(_env: Environment, node: Node, values: list[Value]) -> Value:
    return float(len(to_text(values[0]) if values else node.text()))


def _normalize(_env: Environment, node: Node, values: list[Value]) -> Value:
    return " ".join((to_text(values[0]) if values else node.text()).split())


def _concat(_env: Environment, values: list[Value]) -> Value:
    return "".join(texts_in(values))


def _join(_env: Environment, values: list[Value]) -> Value:
    return to_text(values[0]).join(texts_in(values[1:]))


_DIGESTS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}


def _digest(text: str, algorithm: str, encoding: str = "base64") -> str:
    name = _DIGESTS.get(algorithm.upper())
    if name is None or encoding not in ("hex", "base64"):
        raise Refusal("forms.digest_unknown", algorithm=algorithm, encoding=encoding)
    made = hashlib.new(name, text.encode(), usedforsecurity=False)
    return made.hexdigest() if encoding == "hex" else base64.b64encode(made.digest()).decode()


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


FUNCTIONS: dict[str, Function] = {
    "string": of_node(0, 1, _string),
    "concat": of_values(0, MANY, _concat),
    "join": of_values(1, MANY, _join),
    "contains": of_texts(2, 2, lambda text, part: part in text),
    "starts-with": of_texts(2, 2, lambda text, part: text.startswith(part)),
    "ends-with": of_texts(2, 2, lambda text, part: text.endswith(part)),
    "substring-before": of_texts(2, 2, _before),
    "substring-after": of_texts(2, 2, _after),
    "substring": of_values(2, 3, _substring),
    "substr": of_values(2, 3, _substr),
    "string-length": of_node(0, 1, _length),
    "normalize-space": of_node(0, 1, _normalize),
    "translate": of_texts(3, 3, _translate),
    "regex": of_texts(2, 2, matches_whole),
    "digest": of_texts(2, 3, _digest),
    "base64-decode": of_texts(1, 1, _from_base64),
}
