"""Calculated answers derived again from stored ones: what folding a record needs.

``today()`` and ``now()`` are the finishing moment. Stored results (``once()``, ``uuid()``,
lookups) come from the answers and are never made anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Bug, Refusal
from leadapp.forms import answers as answers_
from leadapp.forms.engine import Engine
from leadapp.forms.expressions.environment import LookupPending
from leadapp.forms.expressions.references import Reference
from leadapp.forms.graph import Job, Plan, plan_of
from leadapp.forms.live import LiveNode, Record, live_below
from leadapp.forms.model import Definition
from leadapp.forms.renaming import to_present
from leadapp.forms.storing import as_stored
from leadapp.forms.surroundings import Surroundings


def recalculate(
    definition: Definition, answers: Mapping[str, str], finished_at: datetime
) -> dict[str, str]:
    """Return every calculated answer that shows, by key."""
    plan = plan_of(definition)
    answers = to_present(definition, answers)
    if not plan.needed:
        return {}
    if plan.soft_circles or _touches_repeats(plan, definition):
        return _by_engine(definition, answers, finished_at)
    spare = definition.kept.setdefault("spare", [])
    assert isinstance(spare, list)  # noqa: S101 - made one line above
    try:
        straight: _Straight = spare.pop()  # a list, so that threads take one each
    except IndexError:
        straight = _Straight(definition, finished_at)
    found = straight.run(answers, finished_at)
    spare.append(straight)
    return found


def _touches_repeats(plan: Plan, definition: Definition) -> bool:
    """Return whether anything that must be computed lies in a repeat or reads one."""
    if not definition.repeats:
        return False
    known = definition.kept.get("touches_repeats")
    if known is None:
        known = any(
            job.names in definition.repeated
            or any(_reaches(reference, definition) for reference in job.reads)
            for job in plan.needed
        )
        definition.kept["touches_repeats"] = known
    return bool(known)


def _reaches(reference: Reference, definition: Definition) -> bool:
    size = len(reference.names)
    below = reference.below and any(r[:size] == reference.names for r in definition.repeats)
    return reference.names in definition.repeated or below


def _no_ids() -> str:
    raise Bug("forms.recalculation_asks_for_chance")


class _Straight:
    """One pass through the jobs of a form without repeats, over a tree used again and again."""

    def __init__(self, definition: Definition, moment: datetime) -> None:
        self._record = Record(definition)
        self._clock = SteppingClock(moment)
        self._env = Surroundings(
            self._record, self._clock.now, _no_ids, None, definition.default_language
        )
        self._jobs: list[tuple[Job, LiveNode]] = [
            (job, node)
            for job in plan_of(definition).needed
            for node in self._record.nodes_at(job.names)
        ]
        self._results = [node for job, node in self._jobs if job.kind == "calculate"]
        self._leaves = {
            node.key: node for node in live_below(self._record.top) if node.is_leaf and node.key
        }
        self._constants = [
            (node, node.spec.default)
            for node in self._leaves.values()
            if node.kind == "attribute" and node.spec.default
        ]
        self._written: list[LiveNode] = []

    def run(self, answers: Mapping[str, str], moment: datetime) -> dict[str, str]:
        """Return the calculated answers of one record."""
        self._clock.set(moment)
        self._env.zone = moment.tzinfo or self._env.zone
        self._clear()
        leaves, written = self._leaves, self._written
        for node, text in self._constants:
            node.value = text
        for key, text in answers.items():
            leaf = leaves.get(key)
            if leaf is not None:
                leaf.value = text
                written.append(leaf)
        env = self._env
        for job, place in self._jobs:
            try:
                if job.kind == "calculate":
                    text = job.expression.stored(place, env)
                    place.value = as_stored(text, place.spec.bind.type, env.zone)
                elif not job.expression.truth(place, env):
                    _hide(place)
            except (Refusal, LookupPending):
                continue  # the session leaves such a place as it is, too
        return {node.key: node.value for node in self._results if node.value and not node.hidden}

    def _clear(self) -> None:
        for node in self._written:
            node.value = ""
        self._written.clear()
        for node in self._results:
            node.value = ""
        for job, place in self._jobs:
            if job.kind != "calculate" and place.hidden:
                for inner in live_below(place):
                    inner.hidden = False


def _hide(node: LiveNode) -> None:
    for inner in live_below(node):
        inner.hidden = True


def _by_engine(
    definition: Definition, answers: Mapping[str, str], moment: datetime
) -> dict[str, str]:
    record = Record(definition)
    env = Surroundings(record, lambda: moment, _no_ids, None, definition.default_language)
    engine = Engine(record, env, lambda _node, _before: None)
    engine.acting = False
    answers_.load(engine, answers)
    engine.push_jobs(plan_of(definition).needed)
    engine.run_only(frozenset(plan_of(definition).needed))
    return {
        node.key: node.value
        for node in live_below(record.top)
        if node.value and not node.hidden and node.is_leaf and answers_.is_calculated(record, node)
    }
