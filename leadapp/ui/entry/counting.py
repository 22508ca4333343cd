"""How far a form is: per section what is answered, what is still needed, what is to fix. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from leadapp.core.problems import Problem
from leadapp.forms.session import FormSession
from leadapp.forms.state import Item


@dataclass(frozen=True, slots=True)
class Count:
    """Of one section, or of all."""

    asked: int = 0
    answered: int = 0
    needed: int = 0
    """Needed answers that are not there and block."""
    needed_all: int = 0
    """Needed answers, there or not."""
    wrong: int = 0
    """Answers that are there and not right."""
    later: int = 0
    """Needed answers that may come later today."""

    def __add__(self, other: Count) -> Count:
        return Count(
            self.asked + other.asked,
            self.answered + other.answered,
            self.needed + other.needed,
            self.needed_all + other.needed_all,
            self.wrong + other.wrong,
            self.later + other.later,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by top-level key, and their sum."""

    by_key: dict[str, Count]
    total: Count

    def of(self, key: str) -> Count:
        """Return the count of one section."""
        return self.by_key.get(key, Count()) if key else self.total


def tally(session: FormSession) -> Tally:
    """Count the form as it stands; some milliseconds for hundreds of questions."""
    problems = {problem.place.path: problem for problem in session.problems()}
    by_key = {item.key: _count(session, problems, _questions((item,))) for item in session.items()}
    total = Count()
    for one in by_key.values():
        total = total + one
    return Tally(by_key, total)


def _count(
    session: FormSession, problems: dict[str | None, Problem], items: Iterable[Item]
) -> Count:
    asked = answered = needed = wrong = later = full = 0
    at = session.definition.at
    for item in items:
        node = at.get(item.control.names)
        if node is None or (node.bind.readonly is not None and item.control.kind == "input"):
            continue  # notes and shown results are not asked
        value = session.value(item.key)
        problem = problems.get(item.key)
        asked += 1
        answered += bool(value)
        later += problem is not None and problem.code == "forms.answer_waits"
        blocks = problem is not None and problem.blocks
        needed += blocks and not value
        wrong += blocks and bool(value)
        full += (blocks and not value) or (bool(value) and node.bind.required is not None)
    return Count(asked, answered, needed, full, wrong, later)


def _questions(items: Iterable[Item]) -> Iterable[Item]:
    for item in items:
        if item.kind == "question":
            yield item
        else:
            yield from _questions(item.children)
