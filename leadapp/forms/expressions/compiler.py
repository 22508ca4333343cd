"""Expressions made ready: parsed once, compiled to closures, asked many times.

ready = compile_expression("../age >= 18")
ready.truth(node, environment)
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from leadapp.core.errors import Refusal
from leadapp.forms.expressions import (
    choice_functions,
    date_functions,
    node_functions,
    number_functions,
    place_functions,
    text_functions,
)
from leadapp.forms.expressions.comparing import compare_equal, compare_order
from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.indexed import compile_indexed, index_complaint
from leadapp.forms.expressions.library import Closure, Function
from leadapp.forms.expressions.node_functions import WantsNodesError
from leadapp.forms.expressions.parser import parse
from leadapp.forms.expressions.paths import NotNodesError, compile_path, compile_predicate
from leadapp.forms.expressions.syntax import (
    Binary,
    Call,
    Expr,
    Filter,
    Negate,
    Number,
    Path,
    Quoted,
    depth_of,
)
from leadapp.forms.expressions.values import (
    NAN,
    Value,
    to_number,
    to_stored,
    to_text,
    to_truth,
)
from leadapp.forms.tree import Node, document_order

FUNCTIONS: dict[str, Function] = {
    **text_functions.FUNCTIONS,
    **number_functions.FUNCTIONS,
    **date_functions.FUNCTIONS,
    **choice_functions.FUNCTIONS,
    **place_functions.FUNCTIONS,
    **node_functions.FUNCTIONS,
}
DEEPEST = 300
"""Operators in a row, or calls within calls; far from what Python's own stack bears."""


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as written, its tree, and the closure that answers."""

    source: str
    tree: Expr = field(compare=False, repr=False)
    ask: Closure = field(compare=False, repr=False)

    def value(self, node: Node, env: Environment) -> Value:
        """Return the value seen from ``node``."""
        before = env.current
        env.current = node
        try:
            return self.ask(node, 1, 1, env)
        except RecursionError as cause:
            raise Refusal("forms.expression_too_deep") from cause
        except (NotNodesError, WantsNodesError) as cause:
            raise Refusal("forms.expression_wants_nodes", expression=self.source) from cause
        finally:
            env.current = before

    def truth(self, node: Node, env: Environment) -> bool:
        """Return the value as a truth."""
        return to_truth(self.value(node, env))

    def text(self, node: Node, env: Environment) -> str:
        """Return the value as it is shown and compared."""
        return to_text(self.value(node, env))

    def stored(self, node: Node, env: Environment) -> str:
        """Return the value as it is stored: NaN is blank."""
        return to_stored(self.value(node, env))

    def nodes(self, node: Node, env: Environment) -> list[Node]:
        """Return the nodes; none where the value is not a set of nodes."""
        found = self.value(node, env)
        return found if isinstance(found, list) else []


@lru_cache(maxsize=4096)
def compile_expression(source: str) -> Expression:
    """Return ``source`` ready to ask; Refusal when it does not parse.

    An unknown function is a Refusal only when it is reached: the checker finds it before.
    """
    tree = parse(source)
    if depth_of(tree) > DEEPEST:
        raise Refusal("forms.expression_too_deep", most=DEEPEST)
    try:
        return Expression(source, tree, _compile(tree))
    except RecursionError as cause:
        raise Refusal("forms.expression_too_deep") from cause


def complaint_about(call: Call) -> Refusal | None:
    """Return what is wrong with ``call``, if anything."""
    if call.name == "indexed-repeat":
        if index_complaint(call.arguments):
            return Refusal(
                "forms.function_arguments", function=call.name, count=len(call.arguments)
            )
        return None
    function = FUNCTIONS.get(call.name)
    if function is None:
        return Refusal("forms.function_unknown", function=call.name)
    if not function.least <= len(call.arguments) <= function.most:
        return Refusal("forms.function_arguments", function=call.name, count=len(call.arguments))
    return None


def _compile(tree: Expr) -> Closure:
    match tree:
        case Number(value=number):
            return lambda _node, _position, _size, _env: number
        case Quoted(value=text):
            return lambda _node, _position, _size, _env: text
        case Call():
            return _call(tree)
        case Path():
            return compile_path(tree, _compile)
        case Negate(operand=operand):
            return _negate(_compile(operand))
        case Filter():
            return _filter(tree)
        case Binary():
            return _binary(tree)


def _call(call: Call) -> Closure:
    wrong = complaint_about(call)
    if wrong is not None:
        return _raising(wrong)
    if call.name == "indexed-repeat":
        return compile_indexed(call, _compile)
    return FUNCTIONS[call.name].build([_compile(part) for part in call.arguments])


def _raising(wrong: Refusal) -> Closure:
    def run(_node: Node, _position: int, _size: int, _env: Environment) -> Value:
        raise Refusal(wrong.code, problems=(), **wrong.values)

    return run


def _negate(part: Closure) -> Closure:
    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        return -to_number(part(node, position, size, env), env.zone)

    return run


def _filter(tree: Filter) -> Closure:
    primary = _compile(tree.primary)
    filters = [compile_predicate(part, _compile) for part in tree.predicates]

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        nodes = primary(node, position, size, env)
        if not isinstance(nodes, list):
            raise NotNodesError
        for keep in filters:
            nodes = keep(nodes, env)
        return nodes

    return run


def _binary(tree: Binary) -> Closure:
    left, right = _compile(tree.left), _compile(tree.right)
    match tree.operator:
        case "and":
            return _and(left, right)
        case "or":
            return _or(left, right)
        case "=" | "!=":
            return _equal(left, right, same=tree.operator == "=")
        case "|":
            return _union(left, right)
        case "<" | "<=" | ">" | ">=":
            return _order(left, right, tree.operator)
        case _:
            return _arithmetic(left, right, _ARITHMETIC[tree.operator])


def _and(left: Closure, right: Closure) -> Closure:
    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        return to_truth(left(node, position, size, env)) and to_truth(
            right(node, position, size, env)
        )

    return run


def _or(left: Closure, right: Closure) -> Closure:
    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        return to_truth(left(node, position, size, env)) or to_truth(
            right(node, position, size, env)
        )

    return run


def _equal(left: Closure, right: Closure, *, same: bool) -> Closure:
    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        return compare_equal(
            left(node, position, size, env), right(node, position, size, env), env.zone, same=same
        )

    return run


_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _order(left: Closure, right: Closure, sign: str) -> Closure:
    holds = _ORDERS[sign]

    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        return compare_order(
            left(node, position, size, env), right(node, position, size, env), env.zone, holds
        )

    return run


def _union(left: Closure, right: Closure) -> Closure:
    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        first, second = left(node, position, size, env), right(node, position, size, env)
        if not (isinstance(first, list) and isinstance(second, list)):
            raise NotNodesError
        return document_order([*first, *second])

    return run


def _divide(left: float, right: float) -> float:
    if right == 0:
        if left == 0 or left != left:
            return NAN
        return float("inf") if (left > 0) == (str(right)[0] != "-") else float("-inf")
    return left / right


def _modulo(left: float, right: float) -> float:
    if right == 0 or left != left or right != right or left in (float("inf"), float("-inf")):
        return NAN
    if right in (float("inf"), float("-inf")):
        return left
    made = abs(left) % abs(right)
    return -made if left < 0 else made


_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": _divide,
    "mod": _modulo,
}


def _arithmetic(left: Closure, right: Closure, work: Callable[[float, float], float]) -> Closure:
    def run(node: Node, position: int, size: int, env: Environment) -> Value:
        zone = env.zone
        return work(
            to_number(left(node, position, size, env), zone),
            to_number(right(node, position, size, env), zone),
        )

    return run
