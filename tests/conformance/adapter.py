"""Lets the conformance runner talk to the form engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from leadapp.core.clock import SteppingClock
from leadapp.forms import xml
from leadapp.forms.expressions.compiler import compile_expression
from leadapp.forms.expressions.environment import Reach
from leadapp.forms.expressions.values import to_number, to_text, to_truth
from leadapp.forms.live import LiveNode, live_below
from leadapp.forms.reading import load_definition, read_markdown_form
from leadapp.forms.session import FormSession
from leadapp.forms.tree import Node
from leadapp.forms.xform import read_xform

_STEP = re.compile(r"(@?)([^\[\]/]+)(?:\[(\d+)\])?")


class Adapter:
    """What the runner asks for."""

    def xpath(self, document, context, root, expression, want, timezone, now, language, namespaces):
        """Evaluate ``expression`` over ``document``."""
        top = xml.read_xml(document)
        tree = xml.to_tree(top)
        zone = ZoneInfo(timezone)
        moment = datetime.fromisoformat(now).replace(tzinfo=zone)
        start = find(tree, root) if root else tree
        env = PlainSurroundings(tree, start, moment, namespaces, language or "")
        ready = compile_expression(expression)
        node = find(tree, context)
        value = ready.value(node, env)
        if want == "any":
            want = "nodes" if isinstance(value, list) else "any"
        match want:
            case "number":
                return to_number(value, env.zone)
            case "string":
                return to_text(value)
            case "boolean":
                return to_truth(value)
            case "nodes" | "first-node":
                assert isinstance(value, list)
                return [(path_of(n), n.text()) for n in value if isinstance(n, Node)]
            case _:
                return value if isinstance(value, bool | float) else to_text(value)

    def load(self, text, timezone):
        """Return a running form."""
        zone = ZoneInfo(timezone)
        clock = SteppingClock(datetime(2026, 1, 2, 3, 4, 5, tzinfo=zone))
        numbers = count()
        definition = read_xform(text)
        session = FormSession(definition, clock=clock, ids=lambda: f"{next(numbers):022d}"[::-1])
        return Running(session)

    def load_file(self, path):
        """Return the number of controls of the form in the file."""
        definition = load_definition(Path(path))
        FormSession(
            definition, clock=SteppingClock(datetime(2026, 1, 2, tzinfo=UTC)), ids=lambda: "x" * 22
        )
        return sum(1 for top in definition.body for c in top.walk() if c.is_question)

    def load_markdown(self, text):
        """Return the number of controls of the form in a Markdown workbook."""
        definition = read_markdown_form(text)
        FormSession(
            definition, clock=SteppingClock(datetime(2026, 1, 2, tzinfo=UTC)), ids=lambda: "x" * 22
        )
        return sum(1 for top in definition.body for c in top.walk() if c.is_question)


class Running:
    """A session under the names the runner knows."""

    def __init__(self, session: FormSession) -> None:
        self.session = session
        self._record = session._record

    def _find(self, ref: str) -> LiveNode:
        node = find(self._record.document, _plain(ref))
        assert isinstance(node, LiveNode)
        return node

    def answer(self, ref, value):
        self.session.set_answer(self._find(ref).key, value)

    def add_copy(self, ref):
        parent, _, name = _plain(ref).rstrip("/").rpartition("/")
        parent_key = self._find(parent).key
        name = name.partition("[")[0]
        self.session.add_copy(f"{parent_key}/{name}" if parent_key else name)

    def remove_copy(self, ref):
        self.session.remove_copy(self._find(ref).key)

    def set_language(self, name):
        self.session.set_language(name)

    def state(self):
        found = {}
        for node in live_below(self._record.top):
            found[self._ref(node)] = self._row(node)
        for where in self._record.ranges.values():
            if self._record.is_attached(where):
                ref = f"{self._ref(where.parent_live)}/{where.name}[*]"
                found[ref] = {"copies": len(where.copies)}
        return found

    def _ref(self, node):
        steps = []
        while isinstance(node, LiveNode):
            if node.kind == "attribute":
                steps.append(f"@{node.name}")
            elif node.copy:
                where = self._record.range_of(node)
                steps.append(f"{node.name}[{where.copies.index(node) + 1}]")
            else:
                steps.append(node.name)
            node = node.parent_live
        return "/" + "/".join(reversed(steps))

    def _row(self, node):
        state = self.session.state(node.key)
        row = {
            "value": state.value if state.relevant else "",
            "relevant": state.relevant,
            "required": state.required,
            "readonly": state.readonly,
            "label": state.label,
            "choices": [[o.name, o.label] for o in state.choices],
            "violation": None,
        }
        problem = state.problem
        if problem is not None:
            kind = "required" if problem.code == "forms.answer_missing" else "constraint"
            row["violation"] = [kind, problem.values.get("message") or None]
        return row


class PlainSurroundings:
    """Expressions over any document, without a form; most of what a form answers is blank."""

    # ruff: noqa: ARG002 - the methods are those of Environment

    def __init__(self, tree: Node, start: Node, now: datetime, namespaces, language: str) -> None:
        self._tree = tree
        self._start = start
        self._now = now
        self._namespaces = namespaces
        self._language = language
        self.current: Node = tree
        self.zone: tzinfo = now.tzinfo or UTC

    def now(self) -> datetime:
        return self._now

    def root(self, node: Node) -> Node:
        return self._start

    def absolute(self, names: tuple[str, ...], node: Node, reach: Reach) -> list[Node]:
        start = self._start.names()
        names = names[len(start) :] if names[: len(start)] == start else names
        nodes = [self._start]
        for name in names:
            nodes = [child for up in nodes for child in up.children if child.name == name]
        return nodes

    def instance(self, name: str) -> Node | None:
        for node in self._tree.descendants():
            if node.name == "instance" and any(
                a.name == "id" and a.value == name for a in node.attributes
            ):
                return node
        return None

    def keyed(self, name: str, column: str, value: str) -> list[Node] | None:
        return None

    def translation(self, identifier: str) -> str:
        languages = [n for n in self._tree.descendants() if n.name == "translation"]
        chosen = [n for n in languages if _attribute(n, "lang") == self._language]
        chosen = chosen or [n for n in languages if _attribute(n, "default")] or languages
        for text in chosen[0].children if chosen else []:
            if _attribute(text, "id") == identifier:
                return text.children[0].text()
        return ""

    def choice_label(self, value: str, path: str, node: Node) -> str:
        return value

    def fresh_uuid(self) -> str:
        return "00000000-0000-4000-8000-000000000000"

    def random(self) -> float:
        return 0.5

    def is_repeat(self, names: tuple[str, ...]) -> bool:
        return False

    def namespaces(self) -> dict[str, str]:
        return dict(self._namespaces)

    def pull(self, arguments: Sequence[str]) -> str:
        return ""


def _attribute(node: Node, name: str) -> str:
    return next((a.value for a in node.attributes if a.name == name), "")


def _plain(ref: str) -> str:
    return re.sub(r"/(@?)[\w-]+:", r"/\1", ref)


def find(tree: Node, path: str) -> Node:
    """Return the node at ``/a[1]/b[2]/@c``."""
    node = tree
    for step in filter(None, _plain(path).split("/")):
        match = _STEP.fullmatch(step)
        assert match is not None
        if match[1]:
            node = next(a for a in node.attributes if a.name == match[2])
            continue
        same = [child for child in node.children if child.name == match[2]]
        node = same[int(match[3] or 1) - 1]
    return node


def path_of(node: Node) -> str:
    """Return ``/a[1]/b[2]/@c``."""
    steps = []
    while node.parent is not None:
        if node.kind == "attribute":
            steps.append(f"@{node.name}")
        elif node.kind == "text":
            steps.append("text()")
        else:
            same = [child for child in node.parent.children if child.name == node.name]
            place = next(i for i, child in enumerate(same, 1) if child is node)
            prefix = f"{node.prefix}:" if node.prefix else ""
            steps.append(f"{prefix}{node.name}[{place}]")
        node = node.parent
    return "/" + "/".join(reversed(steps))
