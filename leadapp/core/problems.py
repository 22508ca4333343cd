"""A thing a person should know about, as data: a code, values, a place.

Problems are returned in lists, all at once, and put into words by whoever shows
them (``core.words``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Value = str | int | float | None
"""What a sentence can be filled with; never what a record holds."""


class Severity(Enum):
    """How much a problem stops: an error blocks finishing, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem is: in a file's sheet, row and column, or at a question's path."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing found. ``code`` names the sentence in ``resources/words``."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    place: Place = Place()
    severity: Severity = Severity.ERROR

    @property
    def blocks(self) -> bool:
        """Return whether this must be mended before going on."""
        return self.severity is Severity.ERROR
