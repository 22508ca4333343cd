"""Marks of a person in the free text of a form that must stay anonymous.

A warning, never a block, and it never repeats what it found. It will flag some place
names and miss some nicknames: the sentence asks the writer to look.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from leadapp.core.problems import Place, Problem, Severity

_PHONE = re.compile(r"(?<!\d)(?:\+?1[-. ]?)?(?:\(\d{3}\)\s?|\d{3}[-. ]?)?\d{3}[-. ]?\d{4}(?!\d)")
_PHONE_NEEDS = 7
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_BIRTH = re.compile(
    rf"\b(?:d\.?o\.?b\b|born\b|birth)|\b\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})\b"
    rf"|\b(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}\b|\b{_MONTH}\s+\d{{1,2}},?\s+(?:19|20)\d{{2}}\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
_ADDRESS = re.compile(r"\S+@\S+\.\w+")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr)\.?\s+[A-Z]\w+")
_CALLED = re.compile(r"\b(?:named|name is|name was|called|aka)\s+[A-Z]\w+", re.IGNORECASE)
_CALLED_CAPITAL = re.compile(r"[A-Z]\w+$")
_PAIR = re.compile(r"\b([A-Z][a-z'\u2019-]+)\s+(?:[A-Z]\.\s+)?([A-Z][a-z'\u2019-]+)\b")
_NOT_WRITTEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?|\d{2}:\d{2}[\d:.]*\S*|[A-Za-z0-9_-]{22}"
)
"""Whole answers nobody wrote as text: days, moments, times, ids of records."""
_NOT_A_NAME = frozenset(
    {
        "avenue", "center", "church", "clinic", "college", "county", "court", "creek", "deputies",
        "deputy", "drive", "ems", "fire", "health", "high", "highway", "hospital", "jail", "lake",
        "lane", "library", "motel", "mount", "narcan", "naloxone", "north", "office", "park",
        "police", "river", "road", "route", "school", "sheriff", "south", "station", "street",
        "beach", "black", "city", "falls", "hill", "mountain", "ridge", "springs", "town", "valley",
        "west", "east", "the", "new", "after", "before", "then", "when", "gave", "left", "said",
    }
)  # fmt: skip


def problems_with_text(answers: Mapping[str, str]) -> list[Problem]:
    """Return a warning for each answer (by path) and each sort of trace in it."""
    return [
        Problem(code, place=Place(path=path), severity=Severity.WARNING)
        for path, text in answers.items()
        if not _NOT_WRITTEN.fullmatch(text)
        for code in _traces(text)
    ]


def _traces(text: str) -> list[str]:
    found = []
    if _has_name(text):
        found.append("naloxone.text_may_name")
    without_dates = _BIRTH.sub(" ", text)
    if any(_digits(match[0]) >= _PHONE_NEEDS for match in _PHONE.finditer(without_dates)):
        found.append("naloxone.text_may_have_phone")
    if _BIRTH.search(text):
        found.append("naloxone.text_may_have_birth_date")
    if _NUMBER.search(text) or _ADDRESS.search(text):
        found.append("naloxone.text_may_have_number")
    return found


def _digits(text: str) -> int:
    return sum(letter.isdigit() for letter in text)


def _has_name(text: str) -> bool:
    if _TITLED.search(text):
        return True
    if any(_CALLED_CAPITAL.search(match[0]) for match in _CALLED.finditer(text)):
        return True
    return any(
        first.lower() not in _NOT_A_NAME and last.lower() not in _NOT_A_NAME
        for first, last in _PAIR.findall(text)
    )
