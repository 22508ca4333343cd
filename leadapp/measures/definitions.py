"""Measures as files: read from ``resources/reports/measures/*.toml`` and checked whole.

A measure's SELECT returns ``record_id, ring, person_id, group_name, amount`` of the
records it counts; a ratio names two other measures instead. Nothing is run here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.errors import Refusal
from leadapp.core.problems import Place, Problem
from leadapp.measures.periods import PARAMETERS
from leadapp.measures.selects import problems_with_select

UNITS = frozenset(
    "events persons people doses kits milligrams minutes share months contacts".split()  # noqa: SIM905 - a list to read
)
ROW_VALUES = frozenset({"records", "persons", "sum", "mean", "median"})
RATIO = "ratio"
PARTS = frozenset({"", "numerator", "denominator"})
SUPPRESSED = frozenset({"", "always", "never"})
_TEXTS = ("id", "title", "words", "unit", "how", "source", "select", "numerator", "denominator", "group", "opens", "suppress")  # fmt: skip
_NEEDED = ("id", "title", "words", "unit", "how", "source")


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is counted, and how it is said."""

    id: str
    title: str
    words: str
    """The definition, as printed and as shown on drill-down."""
    unit: str
    how: str
    """``records``, ``persons``, ``sum``, ``mean``, ``median`` of the rows, or ``ratio``."""
    source: str
    version: int = 1
    rings: tuple[str, ...] = ()
    """Ring families that must be open for the figure to be whole."""
    select: str = ""
    numerator: str = ""
    denominator: str = ""
    group: str = ""
    """What the rows are grouped by, in words; blank when they are not."""
    opens: str = ""
    """Which part of a ratio it opens: ``numerator``; blank for the denominator."""
    suppress: str = ""
    """In a published copy small values are hidden ``always`` or ``never``; blank goes by the unit."""

    @property
    def opened(self) -> str:
        """Return the measure whose rows it opens: of a ratio, one of its two parts."""
        if not self.is_ratio:
            return self.id
        return self.numerator if self.opens == "numerator" else self.denominator

    @property
    def is_ratio(self) -> bool:
        """Return whether two other measures make this one."""
        return self.how == RATIO


class Measures(Mapping[str, Measure]):
    """All measures by id."""

    def __init__(self, found: Mapping[str, Measure]) -> None:
        self._found = dict(found)

    def __getitem__(self, measure_id: str) -> Measure:
        """Return the measure; KeyError when there is none."""
        return self._found[measure_id]

    def __iter__(self) -> Iterator[str]:
        """Iterate over ids in the order of the files."""
        return iter(self._found)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def needs(self, measure_id: str) -> tuple[str, ...]:
        """Return the measures whose SELECT must be run for ``measure_id``."""
        measure = self[measure_id]
        if not measure.is_ratio:
            return (measure_id,)
        found = (*self.needs(measure.numerator), *self.needs(measure.denominator))
        return tuple(dict.fromkeys(found))

    def rings(self, measure_id: str) -> tuple[str, ...]:
        """Return the ring families ``measure_id`` rests on."""
        found = [ring for needed in self.needs(measure_id) for ring in self[needed].rings]
        return tuple(dict.fromkeys(found))


def load_measures(folder: Path) -> Measures:
    """Read and check every measure; Refusal with all problems at once."""
    texts = {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.toml"))}
    return read_measures(texts)


def read_measures(texts: Mapping[str, str]) -> Measures:
    """Return the measures of files given as text by name; Refusal with all problems at once."""
    problems: list[Problem] = []
    found: dict[str, Measure] = {}
    for file, text in texts.items():
        for table in _tables(file, text, problems):
            measure = _measure(table)
            problems += _own_problems(measure, file)
            if measure.id in found:
                problems.append(_problem("measures.same_id_twice", file, measure.id))
            found[measure.id] = measure
    problems += _link_problems(found)
    if problems:
        raise Refusal("measures.not_usable", problems=tuple(problems), count=len(problems))
    return Measures(found)


def _tables(file: str, text: str, problems: list[Problem]) -> list[dict[str, object]]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        problems.append(Problem("measures.file_not_readable", place=Place(file=file)))
        return []
    tables = content.get("measure", [])
    return [table for table in tables if isinstance(table, dict)] if _is_list(tables) else []


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _measure(table: Mapping[str, object]) -> Measure:
    texts = {name: str(table.get(name, "")).strip() for name in _TEXTS}
    rings = table.get("rings", [])
    version = table.get("version", 1)
    return Measure(
        **texts,
        version=version if isinstance(version, int) else 0,
        rings=tuple(str(ring) for ring in rings) if isinstance(rings, list) else (),
    )


def _problem(code: str, file: str, measure: str, **more: str) -> Problem:
    return Problem(code, {"measure": measure, **more}, Place(file=file))


def _own_problems(measure: Measure, file: str) -> list[Problem]:
    problems = [
        _problem("measures.blank", file, measure.id, name=name)
        for name in _NEEDED
        if not getattr(measure, name)
    ]
    if measure.unit not in UNITS:
        problems.append(_problem("measures.unknown_unit", file, measure.id))
    if measure.suppress not in SUPPRESSED:
        problems.append(_problem("measures.unknown_suppress", file, measure.id))
    if measure.version < 1:
        problems.append(_problem("measures.no_version", file, measure.id))
    if measure.is_ratio:
        if measure.select or not (measure.numerator and measure.denominator):
            problems.append(_problem("measures.ratio_needs_two", file, measure.id))
        if measure.opens not in PARTS:
            problems.append(_problem("measures.unknown_opens", file, measure.id))
    elif measure.how not in ROW_VALUES:
        problems.append(_problem("measures.unknown_how", file, measure.id))
    else:
        problems += [
            Problem(found.code, {"measure": measure.id, **found.values}, Place(file=file))
            for found in problems_with_select(measure.select, parameters=PARAMETERS)
        ]
    return problems


def _link_problems(found: Mapping[str, Measure]) -> list[Problem]:
    problems = []
    for measure in found.values():
        for part in (measure.numerator, measure.denominator):
            target = found.get(part)
            if part and (target is None or target.is_ratio):
                problems.append(
                    Problem("measures.unknown_part", {"measure": measure.id, "part": part})
                )
    return problems
