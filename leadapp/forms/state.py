"""What a screen or a page shows of a record: rows, choices, problems, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem, Severity
from leadapp.forms.expressions.environment import LookupPending
from leadapp.forms.live import LiveNode, Range, Record
from leadapp.forms.model import Control
from leadapp.forms.naming import Names
from leadapp.forms.offers import Offer, offers_of
from leadapp.forms.surroundings import Surroundings

ItemKind = Literal["question", "group", "repeat", "copy"]


@dataclass(frozen=True, slots=True)
class State:
    """One question, group, repeat or copy, ready to show."""

    key: str
    kind: str
    """The control's kind; ``copy`` for a copy of a repeat, ``data`` for what has no control."""
    type: str
    label: str
    hint: str
    guidance: str
    value: str
    relevant: bool
    required: bool
    readonly: bool
    problem: Problem | None
    choices: tuple[Offer, ...]
    pending: bool
    """An expression of it waits for a list."""
    control: Control | None
    image: str = ""

    def chosen(self) -> tuple[Offer, ...]:
        """Return the offers that the value names, in the order of the value."""
        offers = {offer.name: offer for offer in self.choices}
        words = self.value.split() if self.kind in ("select", "rank") else [self.value]
        return tuple(offers.get(word, Offer(word, word)) for word in words if word)


@dataclass(frozen=True, slots=True)
class Item:
    """A place in the form as it shows now."""

    kind: ItemKind
    key: str
    control: Control
    children: tuple[Item, ...] = ()


def state_of(
    record: Record, env: Surroundings, node: LiveNode, *, search: str | None = None, limit: int = 0
) -> State:
    """Return the state of ``node``; ``search`` narrows its choices."""
    control = record.definition.controls.get(node.names_)
    is_range = isinstance(node, Range)
    shows = _range_shows(env, node) if isinstance(node, Range) else not node.hidden
    choices, pending = offers_of(env, control, node, search, limit) if control else ((), False)
    kind = "data" if control is None else ("copy" if node.copy else control.kind)
    return State(
        key=node.key,
        kind=kind,
        type=node.spec.bind.type,
        label=env.words(control.label, node) if control else "",
        hint=env.words(control.hint, node) if control else "",
        guidance=env.words(control.guidance, node) if control else "",
        value=node.value,
        relevant=shows,
        required=node.required,
        readonly=is_readonly(node) or (control is not None and control.is_external),
        problem=None if is_range else problem_of(record, env, node),
        choices=choices,
        pending=bool(node.waiting) or pending,
        control=control,
        image=env.words(control.media.get("image"), node) if control else "",
    )


def state_of_loose(record: Record, env: Surroundings, around: LiveNode, steps: str) -> State | None:
    """Return the state of a group that stands for nothing in the record: it has only words.

    ``steps`` lead to it from what is ``around`` it: ``#2#0`` is the first part of the third.
    """
    outer = record.definition.controls.get(around.names_)
    bodies = (outer.children if outer is not None else (), record.definition.body)
    control = next((one for body in bodies if (one := _control_at(body, steps))), None)
    if control is None:
        return None
    return State(
        key=f"{around.key}{steps}",
        kind=control.kind,
        type="",
        label=env.words(control.label, around),
        hint=env.words(control.hint, around),
        guidance=env.words(control.guidance, around),
        value="",
        relevant=not around.hidden,
        required=False,
        readonly=is_readonly(around),
        problem=None,
        choices=(),
        pending=False,
        control=control,
    )


def _control_at(body: tuple[Control, ...], steps: str) -> Control | None:
    """Return the group without a place in the record that ``steps`` lead to."""
    found: Control | None = None
    for step in steps.split("#")[1:]:
        place = int(step) if step.isdigit() else len(body)
        if place >= len(body) or body[place].names:
            return None
        found = body[place]
        body = found.children
    return found


def is_readonly(node: LiveNode) -> bool:
    """Return whether ``node`` or anything around it is read-only."""
    up: LiveNode | None = node
    while up is not None:
        if up.readonly:
            return True
        up = up.parent_live
    return False


def problem_of(record: Record, env: Surroundings, node: LiveNode) -> Problem | None:
    """Return what is wrong with the answer at ``node``."""
    if node.hidden or not node.is_leaf:
        return None
    bind = node.spec.bind
    place = Place(path=node.key)
    if not node.value:
        return _missing(record, env, node, place)
    if node.misfit and bind.calculate is None:
        return Problem(node.misfit, _label(record, env, node), place)
    if node.broken:
        values = {**_label(record, env, node), "message": env.words(bind.constraint_message, node)}
        severity = Severity.WARNING if bind.warn else Severity.ERROR
        return Problem("forms.answer_breaks_rule", values, place, severity)
    return None


def _missing(record: Record, env: Surroundings, node: LiveNode, place: Place) -> Problem | None:
    bind = node.spec.bind
    control = record.definition.controls.get(node.names_)
    if control is None or control.is_external or not (node.required or bind.later):
        return None
    values = {**_label(record, env, node), "message": env.words(bind.required_message, node)}
    if _is_later(node):
        return Problem("forms.answer_waits", values, place, Severity.WARNING)
    return Problem("forms.answer_missing", values, place)


def _is_later(node: LiveNode) -> bool:
    up: LiveNode | None = node
    while up is not None:
        if up.spec.bind.later:
            return True
        up = up.parent_live
    return False


def _label(record: Record, env: Surroundings, node: LiveNode) -> dict[str, str]:
    control = record.definition.controls.get(node.names_)
    label = env.words(control.label, node) if control is not None else ""
    return {"label": label or node.name}


def _range_shows(env: Surroundings, where: Range) -> bool:
    parent = where.parent_live
    if parent is None or parent.hidden:
        return False
    if where.copies:
        return any(not copy.hidden for copy in where.copies)
    relevant = where.spec.bind.relevant
    try:
        return relevant is None or relevant.truth(where, env)
    except (LookupPending, Refusal):
        return False


def items_of(
    record: Record, env: Surroundings, *, everything: bool, only: Range | None = None
) -> tuple[Item, ...]:
    """Return what shows as a tree; with ``only`` just that repeat."""
    walker = _Walker(record, env, everything=everything)
    if only is not None:
        return walker.repeat(record.definition.controls[only.names_], only)
    return walker.inside(record.definition.body, record.top)


class _Walker:
    def __init__(self, record: Record, env: Surroundings, *, everything: bool) -> None:
        self._record = record
        self._env = env
        self._everything = everything

    def inside(
        self, controls: tuple[Control, ...], around: LiveNode, loose: str = ""
    ) -> tuple[Item, ...]:
        found: list[Item] = []
        for place, control in enumerate(controls):
            found.extend(self._one(control, around, f"{loose}#{place}"))
        return tuple(found)

    def _one(self, control: Control, around: LiveNode, loose: str) -> tuple[Item, ...]:
        if not control.names:
            inner = self.inside(control.children, around, loose)
            key = f"{around.key}{loose}"
            return (Item("group", key, control, inner),) if inner else ()
        if control.kind == "repeat":
            where = self._range(control.names, around)
            return self.repeat(control, where) if where is not None else ()
        node = self._node(control.names, around)
        if node is None or (node.hidden and not self._everything):
            return ()
        if control.is_question:
            return (Item("question", node.key, control),)
        return (Item("group", node.key, control, self.inside(control.children, node)),)

    def _node(self, names: Names, around: LiveNode) -> LiveNode | None:
        found = self._record.nodes_at(
            names, around if names[: len(around.names_)] == around.names_ else None
        )
        return found[0] if found else None

    def _range(self, names: Names, around: LiveNode) -> Range | None:
        found = self._record.ranges_at(names, around)
        return found[0] if found else None

    def repeat(self, control: Control, where: Range) -> tuple[Item, ...]:
        if not self._everything and not _range_shows(self._env, where):
            return ()
        copies = tuple(
            Item("copy", copy.key, control, self.inside(control.children, copy))
            for copy in where.copies
            if self._everything or not copy.hidden
        )
        return (Item("repeat", where.key, control, copies),)
