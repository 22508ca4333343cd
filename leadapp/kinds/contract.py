"""What a kind is: the interface the app's rules, lists and measures need of a form of that sort.

A county may change a form as it likes while the questions its kind needs keep
their names and answers. Nothing here knows how a form is asked or stored.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from leadapp.core.ids import FormId, RecordId, RingId, UserId

Cell = str | int | float | None
"""What a column may hold; ``None`` is a number nobody gave."""

ColumnType = Literal["text", "integer", "real"]
Row = tuple[str, dict[str, Cell]]
"""A table's name and one row for it."""

_COPY = re.compile(r"([^/\[\]]+)\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Need:
    """A question the kind cannot do without: its name, allowed types and answers.

    ``choices`` are the codes the app counts on; a form may offer more. ``why`` is
    one short sentence for the person who left it out.
    """

    name: str
    types: tuple[str, ...]
    choices: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A declared column; ``words`` explain it to a reader of an exported table."""

    name: str
    type: ColumnType
    words: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """How a row goes into a total: which columns give its keys, and with which sign.

    The key column ``month`` stands for the month of the row's day. ``counts`` says whether
    the row is counted in the total's ``lines`` here (once a row, however many legs it has).
    """

    keys: tuple[str, ...]
    sign: Literal[1, -1]
    counts: bool = False


@dataclass(frozen=True, slots=True)
class Total:
    """Running sums of a table's integer columns, by key: computed, as all tables are.

    The store keeps them with the rows, in the same transaction, as a table called
    ``name`` with a column for each key, for each amount, and ``lines``.
    """

    name: str
    keys: tuple[str, ...]
    amounts: tuple[str, ...]
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A declared table; a ``child`` has one row a copy of a repeat."""

    name: str
    columns: tuple[Column, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    child: bool = False
    totals: tuple[Total, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """A folded record: what ``rows`` and ``summary`` get to see.

    The index by question name is built once, when the record is made.
    """

    id: RecordId
    ring: RingId
    form: FormId
    form_version: str
    author: UserId
    created_ms: int
    changed_ms: int
    finished_at: str
    """ISO with offset, the first finishing moment."""
    conflicted: bool
    answers: Mapping[str, str]
    """Typed and calculated answers, by path."""
    _plain: dict[str, str] = field(init=False, repr=False, compare=False)
    _copies: dict[str, list[dict[str, str]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Sort the answers into plain ones and those of repeat copies."""
        plain, copies = _index(self.answers)
        object.__setattr__(self, "_plain", plain)
        object.__setattr__(self, "_copies", copies)

    def answer(self, name: str) -> str:
        """Return the answer to the question ``name`` outside repeats, "" if there is none."""
        return self._plain.get(name, "")

    def copies(self, repeat_name: str) -> list[Mapping[str, str]]:
        """Return the copies of a repeat in their order, removed ones left out.

        Each maps question names to answers; besides, ``_copy`` is the copy's id and
        ``_within`` the id of the copy it lies in ("" when it lies in none).
        """
        return list(self._copies.get(repeat_name, ()))


@dataclass(frozen=True, slots=True)
class Summary:
    """A record in lists and timelines. ``day`` is ISO or ""; ``person`` a record id or ""."""

    title: str
    line: str
    day: str
    person: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of form: where it may lie, what it needs, what it is counted by."""

    name: str
    rings: tuple[str, ...]
    """Ring families: ``law``, ``refer``, ``supply``, ``care``, ``shared``."""
    needs: tuple[Need, ...]
    tables: tuple[Table, ...]
    rows: Callable[[Record], Iterable[Row]]
    summary: Callable[[Record], Summary]
    correction_needs_reason: bool = False
    protected: bool = False
    """Whether lists outside the record show ``neutral`` instead of ``summary``."""
    title: str = ""
    """What a neutral line calls it: "Intake"."""

    def neutral(self, record: Record) -> Summary:
        """Return a summary that says no more than the kind and the day."""
        full = self.summary(record)
        return Summary(title=self.title or self.name, line="", day=full.day, person=full.person)


def _index(
    answers: Mapping[str, str],
) -> tuple[dict[str, str], dict[str, list[dict[str, str]]]]:
    plain: dict[str, str] = {}
    found: dict[str, dict[str, str]] = {}
    for path, value in answers.items():
        if "[" in path:
            copy, closed, inner = path.rpartition("]/")
            if closed:
                found.setdefault(f"{copy}]", {})[inner.rpartition("/")[2]] = value
        elif path[:1] != "_":
            name = path.rpartition("/")[2]
            if name not in plain:
                plain[name] = value
    return plain, _sorted_copies(found) if found else {}


def _sorted_copies(found: dict[str, dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Return the copies by repeat name; a copy inside a removed one is removed too."""
    keyed: dict[str, list[tuple[tuple[tuple[float, str], ...], dict[str, str]]]] = {}
    for prefix, values in found.items():
        steps = list(_COPY.finditer(prefix))
        if not steps:
            continue
        around = [found.get(prefix[: step.end()], {}) for step in steps]
        if any(copy.get("_removed") == "1" for copy in around):
            continue
        place = tuple(
            (_decimal(copy.get("_order", "")), step[2])
            for copy, step in zip(around, steps, strict=True)
        )
        within = steps[-2][2] if len(steps) > 1 else ""
        shown = {**values, "_copy": steps[-1][2], "_within": within}
        keyed.setdefault(steps[-1][1], []).append((place, shown))
    return {
        name: [values for _, values in sorted(rows, key=lambda row: row[0])]
        for name, rows in keyed.items()
    }


def _decimal(text: str) -> float:
    """Return an ``_order`` as a number; a copy without one comes last."""
    try:
        number = float(text)
    except ValueError:
        return float("inf")
    return number if number == number else float("inf")  # NaN sorts nowhere
