"""Keeps a record true to its form: evaluates what depends on a change, in order.

The engine knows jobs and nodes; what a person did, and undoing it, is the session's.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterable

from leadapp.core.errors import Refusal
from leadapp.forms.expressions.environment import LookupPending
from leadapp.forms.expressions.syntax import calls_in
from leadapp.forms.expressions.values import text_number, to_number
from leadapp.forms.graph import Job, plan_of
from leadapp.forms.live import LiveNode, Range, Record, live_below
from leadapp.forms.model import DataNode, SetValue
from leadapp.forms.naming import Names, common
from leadapp.forms.storing import as_stored, misfit
from leadapp.forms.surroundings import MOST_ROWS, Surroundings
from leadapp.forms.tree import Node

MOST_COPIES = 10_000
_ROUNDS = 100
"""How often one job may run for one node within a change, before the circle is cut."""
_CHECKS = frozenset({"readonly", "required", "constraint", "choices", "label"})


class Engine:
    """The running rules of one record."""

    def __init__(
        self, record: Record, env: Surroundings, on_write: Callable[[LiveNode, str], None]
    ) -> None:
        self.record = record
        self.env = env
        self._plan = plan_of(record.definition)
        self._on_write = on_write
        self._queue: list[tuple[int, int, Job, LiveNode]] = []
        self._queued: set[tuple[int, int]] = set()
        self._serial = 0
        self._rounds: Counter[tuple[int, int]] = Counter()
        self.touched: set[str] = set()
        self.waiting_for: dict[str, dict[tuple[int, int], tuple[Job, LiveNode]]] = {}
        """List name -> what waits for a page of it."""
        self.waiting_actions: dict[str, list[tuple[SetValue, LiveNode | None]]] = {}
        self._only: frozenset[Job] | None = None
        self.acting = True
        """Whether setvalue actions fire (not while undoing or loading)."""
        self._triggers: dict[Names, list[SetValue]] = {}
        for action in record.definition.actions:
            if action.trigger is not None and "xforms-value-changed" in action.events:
                self._triggers.setdefault(action.trigger, []).append(action)

    def push(self, job: Job, node: LiveNode) -> None:
        """Ask for ``job`` to run at ``node``."""
        mark = (job.rank, id(node))
        if mark in self._queued:
            return
        self._queued.add(mark)
        self._serial += 1
        heapq.heappush(self._queue, (job.rank, self._serial, job, node))

    def push_all(self, *, keep_stored: bool = False) -> None:
        """Ask for every job everywhere."""
        for job in self._plan.jobs:
            for node in self._places(job, None):
                if keep_stored and self._is_kept(job, node):
                    continue
                self.push(job, node)

    def _is_kept(self, job: Job, node: LiveNode) -> bool:
        return job.kind == "calculate" and job.names in self._plan.stored and node.value != ""

    def push_jobs(self, jobs: Iterable[Job]) -> None:
        """Ask for ``jobs`` everywhere."""
        for job in jobs:
            for node in self._places(job, None):
                self.push(job, node)

    def run_only(self, jobs: frozenset[Job]) -> None:
        """Run, but of what depends on a result only what is among ``jobs``."""
        self._only = jobs
        try:
            self.run()
        finally:
            self._only = None

    def push_calls(self, functions: frozenset[str]) -> None:
        """Ask for every job that calls one of ``functions``."""
        for job in self._plan.jobs:
            if any(call.name in functions for call in calls_in(job.expression.tree)):
                for node in self._places(job, None):
                    self.push(job, node)

    def push_inside(self, top: LiveNode) -> None:
        """Ask for every job of the nodes below ``top``, a new copy."""
        for node in live_below(top):
            for job in self._plan.at.get(node.names_, {}).values():
                if job.kind != "count":
                    self.push(job, node)
        for inner in self.record.ranges_in(top):
            counted = self._plan.at.get(inner.names_, {}).get("count")
            if counted is not None:
                self.push(counted, inner)

    def _places(self, job: Job, inside: LiveNode | None) -> Iterable[LiveNode]:
        if job.kind == "count":
            return self.record.ranges_at(job.names, inside)
        return self.record.nodes_at(job.names, inside)

    def run(self) -> None:
        """Evaluate what was asked for, and what depends on the results, until all is still."""
        self._rounds.clear()
        while self._queue:
            rank, _, job, node = heapq.heappop(self._queue)
            mark = (rank, id(node))
            self._queued.discard(mark)
            self._rounds[mark] += 1
            if self._rounds[mark] > _ROUNDS:
                continue
            wanted = self._only is None or job in self._only
            if wanted and self.record.is_attached(node):
                self._evaluate(job, node)

    def _evaluate(self, job: Job, node: LiveNode) -> None:
        try:
            self._do(job, node)
            if job.kind in node.waiting:
                node.waiting.discard(job.kind)
                for jobs in self.waiting_for.values():
                    jobs.pop((job.rank, id(node)), None)
        except LookupPending as pending:
            node.waiting.add(job.kind)
            self.waiting_for.setdefault(pending.list_name, {})[job.rank, id(node)] = (job, node)
            self.touched.add(node.key)
        except Refusal:
            # an expression that cannot be answered leaves things as they are; the checker
            # has named it, and a form must not stop because of one rule
            self.touched.add(node.key)

    def _do(self, job: Job, node: LiveNode) -> None:
        match job.kind:
            case "calculate":
                self.write(node, job.expression.stored(node, self.env))
            case "relevant":
                self._set_relevant(node, relevant=job.expression.truth(node, self.env))
            case "readonly":
                self._set_readonly(node, readonly=job.expression.truth(node, self.env))
            case "required":
                self._set_required(node, required=job.expression.truth(node, self.env))
            case "constraint":
                self._check(job, node)
            case "choices":
                self._choose(node)
            case "label":
                self.touched.add(node.key)
            case "count":
                if isinstance(node, Range):
                    self._count(job, node)

    def write(self, node: LiveNode, text: str) -> None:
        """Store ``text`` in ``node`` as its type wants it, and ask for what reads it."""
        kind = node.spec.bind.type
        text = as_stored(text, kind, self.env.zone)
        if text == node.value:
            return
        self._on_write(node, node.value)
        node.value = text
        self.value_changed(node)

    def value_changed(self, node: LiveNode) -> None:
        """Ask for what depends on the value of ``node``."""
        node.misfit = misfit(node.value, node.spec.bind.type, self.env.zone)
        self.touched.add(node.key)
        self._push_readers(node)
        constraint = self._plan.at.get(node.names_, {}).get("constraint")
        if constraint is not None:
            self.push(constraint, node)
        choices = self._plan.at.get(node.names_, {}).get("choices")
        if choices is not None:
            self.push(choices, node)
        if self.acting:
            for action in self._triggers.get(node.names_, ()):
                self.act(action, node)

    def _push_readers(self, node: LiveNode) -> None:
        names = node.names_
        for job, bound in self._plan.readers.get(names, ()):
            if job.names not in self.record.definition.repeated:
                for place in self._places(job, None):
                    self.push(job, place)
                continue
            depth = min(bound, common(names, job.names))
            for place in self._places(job, _up_to(node, depth)):
                self.push(job, place)

    def act(self, action: SetValue, around: LiveNode | None) -> None:
        """Do ``action`` as seen from ``around`` (the trigger, the new copy, or nothing)."""
        for target in self._targets(action, around):
            text = action.text
            if action.value is not None:
                try:
                    text = action.value.stored(target, self.env)
                except LookupPending as pending:
                    self.waiting_actions.setdefault(pending.list_name, []).append((action, around))
                    return
                except Refusal:
                    continue  # the checker has named it; the answer stays as it is
            self.write(target, text)

    def _targets(self, action: SetValue, around: LiveNode | None) -> list[LiveNode]:
        if action.path is not None:
            found = action.path.nodes(around or self.record.top, self.env)
            return [node for node in found if isinstance(node, LiveNode)]
        inside = None
        if around is not None:
            inside = _up_to(around, common(around.names_, action.target))
        return self.record.nodes_at(action.target, inside)

    def _set_relevant(self, node: LiveNode, *, relevant: bool) -> None:
        if relevant == node.relevant:
            return
        node.relevant = relevant
        parent = node.parent
        self._hide(node, hidden=(parent is not None and parent.hidden) or not relevant)

    def _hide(self, node: LiveNode, *, hidden: bool) -> None:
        if hidden == node.hidden:
            return
        node.hidden = hidden
        self.touched.add(node.key)
        if node.copy:
            node.skipped = hidden
            self.push_jobs(self._plan.counters.get(node.names_, ()))
        if node.value or node.spec.is_repeat or node.spec.children:
            self._push_readers(node)
        if not hidden:
            self._push_checks(node)
        for inner in (*node.attributes, *node.children):
            if isinstance(inner, LiveNode):
                self._hide(inner, hidden=hidden or not inner.relevant)
        for spec in node.spec.children:
            if spec.is_repeat:
                self.push_jobs(self._plan.counters.get(spec.names, ()))

    def _push_checks(self, node: LiveNode) -> None:
        for kind, job in self._plan.at.get(node.names_, {}).items():
            if kind in _CHECKS:
                self.push(job, node)

    def _set_readonly(self, node: LiveNode, *, readonly: bool) -> None:
        if readonly != node.readonly:
            node.readonly = readonly
            self.touched.update(inner.key for inner in live_below(node))

    def _set_required(self, node: LiveNode, *, required: bool) -> None:
        if required != node.required:
            node.required = required
            self.touched.add(node.key)

    def _check(self, job: Job, node: LiveNode) -> None:
        if node.hidden:
            return
        broken = node.value != "" and not job.expression.truth(node, self.env)
        if broken != node.broken:
            node.broken = broken
        self.touched.add(node.key)

    def _choose(self, node: LiveNode) -> None:
        """Ask a list again; take away an answer it no longer offers, give back one it does."""
        control = self.record.definition.controls.get(node.names_)
        if control is None or control.itemset is None or node.hidden:
            return
        self.touched.add(node.key)
        if not node.value and not node.taken:
            node.choices = None
            return
        itemset = control.itemset
        own = self.env.is_own_list(itemset.list_name)
        if not own and not itemset.is_filtered:
            return  # a list of the program is long and grows; an answer from it stays
        node.choices = itemset.nodes.nodes(node, self.env)
        if not own and (len(node.choices) >= MOST_ROWS or not self.env.has_list(itemset.list_name)):
            return  # only a part of the list was seen
        offered = {itemset.value.text(item, self.env) for item in node.choices}
        many = control.kind in ("select", "rank")
        if node.taken and not node.value:
            words = node.taken.split() if many else [node.taken]
            if all(word in offered for word in words):
                taken, node.taken = node.taken, ""
                self.write(node, taken)
            return
        words = node.value.split() if many else [node.value]
        kept = [word for word in words if word in offered]
        if len(kept) < len(words):
            node.taken = node.value
            self.write(node, " ".join(kept))

    def _count(self, job: Job, where: Range) -> None:
        value = job.expression.value(where, self.env)
        if isinstance(value, list):
            number = text_number(value[0].text(), self.env.zone) if value else math.nan
        else:
            number = to_number(value, self.env.zone)
        wanted = int(number) if math.isfinite(number) else 0
        where.misfit = "forms.too_many_copies" if wanted > MOST_COPIES else ""
        self.set_count(where, max(0, min(wanted, MOST_COPIES)))

    def set_count(self, where: Range, wanted: int) -> None:
        """Make ``where`` have ``wanted`` copies; those taken away come back with a larger count."""
        before = len(where.copies)
        while len(where.copies) > wanted:
            where.parked.append(where.copies[-1])
            self.touched.add(where.copies[-1].key)
            self.record.detach(where, where.copies[-1])
        while len(where.copies) < wanted and where.parked:
            self.restore(where, where.parked.pop(), len(where.copies), announce=False)
        while len(where.copies) < wanted:
            self.add(where, str(len(where.copies) + 1), announce=False)
        if len(where.copies) != before:
            self.structure_changed(where)

    def add(self, where: Range, copy: str, *, announce: bool = True) -> LiveNode:
        """Add a copy, fill in its defaults and (``announce``) tell those who count."""
        node = self.record.add_copy(where, copy)
        where.highest += 1
        node.order = where.highest
        self.fill(node, where.spec)
        self._inherit(node)
        if announce:
            self.structure_changed(where)
        self.push_inside(node)
        self._new_copy_actions(where, node)
        return node

    def _new_copy_actions(self, where: Range, node: LiveNode) -> None:
        for action in self.record.definition.actions:
            if "odk-new-repeat" not in action.events:
                continue
            if action.target[: len(where.names_)] == where.names_ or action.within == where.names_:
                self.act(action, node)

    def fill(self, node: LiveNode, spec: DataNode) -> None:
        """Write the form's defaults into ``node`` and below, and make its first copies."""
        if spec.default:
            self.set_default(node, spec.default)
        for attribute, inner in zip(node.attributes, spec.attributes, strict=False):
            if isinstance(attribute, LiveNode) and inner.default:
                self.set_default(attribute, inner.default)
        by_name = {child.name: child for child in node.children}
        for inner in spec.children:
            child = by_name.get(inner.name)
            if isinstance(child, LiveNode) and not inner.is_repeat:
                self.fill(child, inner)
            elif inner.is_repeat:
                self._first_copies(node, inner)

    def set_default(self, node: LiveNode, text: str) -> None:
        """Put ``text`` in without telling anyone: all is evaluated afterwards."""
        node.value = as_stored(text, node.spec.bind.type, self.env.zone)
        node.misfit = misfit(node.value, node.spec.bind.type, self.env.zone)

    def _first_copies(self, parent: LiveNode, spec: DataNode) -> None:
        where = self.record.ranges[f"{parent.key}/{spec.name}" if parent.key else spec.name]
        control = self.record.definition.controls.get(spec.names)
        if control is not None and control.count is not None:
            return
        copies = spec.initial
        if not copies and control is not None and control.fixed:
            copies = (spec,)
        for number, shape in enumerate(copies, 1):
            copy = self.record.add_copy(where, str(number))
            copy.order = where.highest = float(number)
            self.fill(copy, shape)

    def _inherit(self, node: LiveNode) -> None:
        parent = node.parent
        if parent is not None and parent.hidden:
            for inner in live_below(node):
                inner.hidden = True
                inner.skipped = bool(inner.copy)

    def remove(self, where: Range, node: LiveNode) -> int:
        """Take a copy out and return its place."""
        at = self.record.detach(where, node)
        self.structure_changed(where)
        self.touched.add(node.key)
        return at

    def restore(self, where: Range, node: LiveNode, at: int, *, announce: bool = True) -> None:
        """Put a removed copy back."""
        self.record.attach(where, node, at)
        if announce:
            self.structure_changed(where)
        self.push_inside(node)

    def structure_changed(self, where: Range) -> None:
        """Ask for what notices that a copy came or went."""
        self.touched.add(where.key)
        for copy in where.copies:
            self.touched.add(copy.key)
        self.push_jobs(self._plan.counters.get(where.names_, ()))

    def arrived(self, list_name: str) -> None:
        """Run again what waited for a page of ``list_name``."""
        for job, node in self.waiting_for.pop(list_name, {}).values():
            self.push(job, node)
        for action, around in self.waiting_actions.pop(list_name, []):
            self.act(action, around)
        for names, control in self.record.definition.controls.items():
            if control.itemset is not None and control.itemset.list_name == list_name:
                self.touched.update(node.key for node in self.record.nodes_at(names))


def _up_to(node: LiveNode, depth: int) -> LiveNode | None:
    """Return the ancestor of ``node`` with ``depth`` names."""
    up: Node | None = node
    while isinstance(up, LiveNode):
        if len(up.names_) <= depth:
            return up
        up = up.parent_live
    return None
