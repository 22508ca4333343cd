"""What depends on what in a form, and the order in which to evaluate.

A job is one expression of one place (``relevant`` of ``/data/a``). Its rank is its turn
in a full evaluation: after everything it reads, circles aside.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from leadapp.forms.circles import strong_components
from leadapp.forms.expressions.compiler import Expression
from leadapp.forms.expressions.references import Reference, references
from leadapp.forms.expressions.syntax import calls_in
from leadapp.forms.model import Control, Definition, Text
from leadapp.forms.naming import Names, common

JobKind = Literal[
    "count", "relevant", "calculate", "readonly", "required", "constraint", "choices", "label"
]
_DRIVING = frozenset({"count", "relevant", "calculate"})
STORED_FUNCTIONS = frozenset({"once", "uuid", "random", "pulldata"})
"""Results that cannot be computed again later, so they are stored like typed answers."""


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """One expression to evaluate at one place (in every copy of it)."""

    names: Names
    kind: JobKind
    expression: Expression
    reads: frozenset[Reference]
    rank: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """All jobs in order, and who must run when something changes."""

    jobs: tuple[Job, ...]
    readers: Mapping[Names, tuple[tuple[Job, int], ...]]
    """Names read -> jobs that read them, each with the names bound to its own copies."""
    counters: Mapping[Names, tuple[Job, ...]]
    """Repeat -> jobs that notice when a copy comes or goes."""
    at: Mapping[Names, Mapping[JobKind, Job]]
    circles: tuple[tuple[Job, ...], ...]
    """Jobs that wait for each other without end."""
    soft_circles: tuple[tuple[Job, ...], ...]
    """Relevance that waits for relevance: evaluated, and worth a warning."""
    needed: tuple[Job, ...]
    """What must run, in order, to compute every answer that is not stored."""
    stored: frozenset[Names]
    """Calculated places whose results are stored like typed answers."""


def plan_of(definition: Definition) -> Plan:
    """Return the plan of ``definition``, made once."""
    plan = definition.kept.get("plan")
    if not isinstance(plan, Plan):
        plan = definition.kept["plan"] = make_plan(definition)
    return plan


def make_plan(definition: Definition) -> Plan:
    """Return the plan of ``definition``."""
    jobs = _jobs(definition)
    by_place: dict[Names, dict[JobKind, Job]] = defaultdict(dict)
    for job in jobs:
        by_place[job.names][job.kind] = job
    edges = {job: _before(job, by_place, hard=False) for job in jobs}
    ordered = _ordered(jobs, edges)
    at: dict[Names, dict[JobKind, Job]] = defaultdict(dict)
    for job in ordered:
        at[job.names][job.kind] = job
    hard = {job: _before(job, at, hard=True) for job in ordered}
    circles, soft = _circles(ordered, hard)
    stored = frozenset(
        job.names for job in ordered if job.kind == "calculate" and is_stored(job, definition)
    )
    return Plan(
        jobs=ordered,
        readers=_readers(ordered, definition),
        counters=_counters(ordered, definition),
        at=at,
        circles=circles,
        soft_circles=soft,
        needed=_needed(ordered, at, stored),
        stored=stored,
    )


def _needed(
    ordered: Iterable[Job], at: Mapping[Names, Mapping[JobKind, Job]], stored: frozenset[Names]
) -> tuple[Job, ...]:
    found: dict[Job, None] = {}
    waiting = [job for job in ordered if job.kind == "calculate" and job.names not in stored]
    while waiting:
        job = waiting.pop()
        if job in found or job.kind == "count" or (job.kind == "calculate" and job.names in stored):
            continue
        found[job] = None
        waiting.extend(_before(job, at, hard=False))
        for depth in range(1, len(job.names) + 1):
            relevant = at.get(job.names[:depth], {}).get("relevant")
            if relevant is not None:
                waiting.append(relevant)
    return tuple(sorted(found, key=lambda job: job.rank))


def is_stored(job: Job, definition: Definition) -> bool:
    """Return whether the result of ``job`` cannot be computed again later."""
    lists = {file.instance for file in definition.attached if not file.found}
    for call in calls_in(job.expression.tree):
        if call.name in STORED_FUNCTIONS:
            return True
        if call.name == "instance" and call.arguments:
            name = getattr(call.arguments[0], "value", "")
            if name in lists or name not in definition.instances:
                return True
    return False


def _jobs(definition: Definition) -> list[Job]:
    found: list[Job] = []

    def add(names: Names, kind: JobKind, expression: Expression | None) -> None:
        if expression is not None:
            found.append(Job(names, kind, expression, references(expression.tree, names)))

    for node in definition.data.walk():
        bind = node.bind
        add(node.names, "relevant", bind.relevant)
        add(node.names, "calculate", bind.calculate)
        add(node.names, "readonly", bind.readonly)
        add(node.names, "required", bind.required)
        add(node.names, "constraint", bind.constraint)
    for top in definition.body:
        for control in top.walk():
            _control_jobs(control, definition, found)
    return found


def _control_jobs(control: Control, definition: Definition, found: list[Job]) -> None:
    names = control.names
    if names not in definition.at:
        return
    if control.count is not None:
        # jr:count is asked at the repeat's parent, where its references stand
        reads = references(control.count.tree, names)
        found.append(Job(names, "count", control.count, reads))
    if control.itemset is not None:
        reads = references(control.itemset.nodes.tree, names)
        found.append(Job(names, "choices", control.itemset.nodes, reads))
    texts: list[Text | None] = [control.label, control.hint, control.guidance]
    texts.extend(choice.label for choice in control.choices)
    bind = definition.at[names].bind
    texts.extend((bind.constraint_message, bind.required_message))
    inside = [part for text in texts if text is not None for part in text.expressions()]
    if inside:
        reads = frozenset(ref for part in inside for ref in references(part.tree, names))
        found.append(Job(names, "label", inside[0], reads))


def _before(job: Job, at: Mapping[Names, Mapping[JobKind, Job]], *, hard: bool) -> list[Job]:
    """Return the jobs whose results ``job`` reads."""
    found: list[Job] = []
    for reference in job.reads:
        if hard and reference.bound < common(reference.names, job.names):
            continue  # reads another copy, which is no circle
        places = [reference.names]
        if reference.below:
            places = [names for names in at if names[: len(reference.names)] == reference.names]
        for names in places:
            here = at.get(names, {})
            if "calculate" in here and here["calculate"].names != job.names:
                found.append(here["calculate"])
            found.extend(_relevance_before(job, names, at, hard=hard))
    for depth in range(2, len(job.names)):
        counted = at.get(job.names[:depth], {}).get("count")
        if counted is not None and not hard:
            found.append(counted)
    return found


def _relevance_before(
    job: Job, names: Names, at: Mapping[Names, Mapping[JobKind, Job]], *, hard: bool
) -> Iterable[Job]:
    for depth in range(1, len(names) + 1):
        place = names[:depth]
        here = at.get(place)
        if here is None:
            continue
        if "count" in here and not hard:
            yield here["count"]
        relevant = here.get("relevant")
        if relevant is None or (hard and job.names[:depth] == place):
            continue
        if relevant.names != job.names or relevant.kind != job.kind:
            yield relevant


def _ordered(jobs: list[Job], edges: Mapping[Job, list[Job]]) -> tuple[Job, ...]:
    """Return ``jobs`` ranked: depth first, so that what is read comes before its reader."""
    done: dict[Job, Job] = {}
    state: dict[Job, int] = {}
    order: list[Job] = []
    for kinds in (_DRIVING, None):
        for job in jobs:
            if kinds is None or job.kind in kinds:
                _visit(job, edges, state, order)
    for rank, job in enumerate(order):
        done[job] = Job(job.names, job.kind, job.expression, job.reads, rank)
    return tuple(done[job] for job in order)


def _visit(
    first: Job, edges: Mapping[Job, list[Job]], state: dict[Job, int], order: list[Job]
) -> None:
    if first in state:
        return
    state[first] = 1
    path = [(first, iter(edges[first]))]
    while path:
        job, waiting = path[-1]
        following = next((other for other in waiting if other not in state), None)
        if following is None:
            path.pop()
            order.append(job)
        else:
            state[following] = 1
            path.append((following, iter(edges[following])))


def _readers(
    jobs: Iterable[Job], definition: Definition
) -> dict[Names, tuple[tuple[Job, int], ...]]:
    found: dict[Names, dict[Job, int]] = defaultdict(dict)
    for job in jobs:
        for reference in job.reads:
            if reference.below:
                size = len(reference.names)
                places = [n for n in definition.at if n[:size] == reference.names]
            else:
                places = [reference.names]
            for names in places:
                bound = min(reference.bound, found[names].get(job, len(names)))
                found[names][job] = bound
    return {names: tuple(readers.items()) for names, readers in found.items()}


def _counters(jobs: Iterable[Job], definition: Definition) -> dict[Names, tuple[Job, ...]]:
    found: dict[Names, dict[Job, None]] = {repeat: {} for repeat in definition.repeats}
    for job in jobs:
        for reference in job.reads:
            for repeat in definition.repeats:
                if _notices(reference, repeat):
                    found[repeat][job] = None
    return {repeat: tuple(readers) for repeat, readers in found.items()}


def _notices(reference: Reference, repeat: Names) -> bool:
    """Return whether what is read changes when a copy of ``repeat`` comes or goes."""
    depth = len(repeat)
    inside = reference.names[:depth] == repeat
    above = reference.below and repeat[: len(reference.names)] == reference.names
    return (inside or above) and (len(reference.names) == depth or reference.bound < depth)


def _circles(
    jobs: Iterable[Job], edges: Mapping[Job, list[Job]]
) -> tuple[tuple[tuple[Job, ...], ...], tuple[tuple[Job, ...], ...]]:
    real: list[tuple[Job, ...]] = []
    soft: list[tuple[Job, ...]] = []
    driving = {
        job: [o for o in edges[job] if o.kind in _DRIVING] for job in jobs if job.kind in _DRIVING
    }
    for circle in strong_components(driving):
        (real if any(job.kind == "calculate" for job in circle) else soft).append(circle)
    real.extend(
        (job,)
        for job in driving
        if job.kind == "relevant" and any(ref.names == job.names for ref in job.reads)
    )
    return tuple(real), tuple(soft)
