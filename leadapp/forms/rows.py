"""Where in the sheet a question was written, so that messages can say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from leadapp.core.problems import Place

COLUMNS = {
    "calculate": "calculation",
    "relevant": "relevant",
    "constraint": "constraint",
    "required": "required",
    "readonly": "read_only",
    "count": "repeat_count",
    "choices": "choice_filter",
    "label": "label",
    "hint": "hint",
    "default": "default",
}


@dataclass(frozen=True, slots=True)
class RowIndex:
    """Key of a question or group -> its row in the survey sheet."""

    rows: Mapping[str, int] = field(default_factory=dict)
    file: str | None = None

    def row(self, key: str) -> int | None:
        """Return the row where ``key`` is written."""
        return self.rows.get(key)

    def place(self, key: str, column: str | None = None) -> Place:
        """Return where ``key`` is written, and the column of that rule."""
        row = self.rows.get(key)
        return Place(
            file=self.file,
            sheet="survey" if row is not None else None,
            row=row,
            column=COLUMNS.get(column or "", column),
            path=key,
        )
