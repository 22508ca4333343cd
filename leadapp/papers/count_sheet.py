"""The sheet a shelf is counted with: every lot that should be there, and room to write.

The expected doses may be left out, so that the person counts and does not copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from leadapp.papers.press import Press
from leadapp.papers.stock_frame import (
    Stamp,
    Table,
    end,
    number,
    open_sheet,
    quiet_row,
    sign_rows,
    table_rows,
)

_ROW = 25.0
_SPARE = 4
"""Empty rows for lots that are on the shelf and not on the books."""


@dataclass(frozen=True, slots=True)
class CountSheetLine:
    """A lot that should be on the shelf; ``expected`` doses are ``None`` where not told."""

    lot_number: str
    product: str
    last_day: str
    doses_per_kit: int
    expected: int | None


@dataclass(frozen=True, slots=True)
class CountSheet:
    """One place to count."""

    stamp: Stamp
    place: str
    books_until: str
    """Until when the expected doses were computed, in words."""
    lines: tuple[CountSheetLine, ...]
    blind: bool = False
    """Whether the expected doses are kept from the person who counts."""


def render_count_sheet(sheet: CountSheet, press: Press) -> bytes:
    """Return the PDF of a count sheet."""
    title = press.say("count_sheet", place=sheet.place)
    told = press.say("count_blind" if sheet.blind else "count_told")
    paper = open_sheet(sheet.stamp, press, title, (sheet.books_until,), told)
    columns = ["lot", "product", "last_day", "doses_in_kit", "kits_counted", "doses_counted"]
    weights = [1.5, 1.9, 1.4, 0.8, 1.2, 1.2]
    if not sheet.blind:
        columns += ["expected", "difference"]
        weights += [0.9, 1.0]
    rows = [_row(line, blind=sheet.blind) for line in sheet.lines]
    rows += [("",) * len(columns)] * _SPARE
    table = Table(
        tuple(press.say(f"col_{name}") for name in columns),
        tuple(weights),
        tuple(rows),
        figures=frozenset({3, 4, 5, 6, 7}),
        least=_ROW,
    )
    paper.rows += table_rows(paper, table)
    paper.rows.append(quiet_row(paper, press.say("count_how")))
    paper.rows += sign_rows(paper, (press.say("counted_by"), press.say("second_person")))
    return end(paper, sheet.stamp, title)


def _row(line: CountSheetLine, *, blind: bool) -> tuple[str, ...]:
    row = (line.lot_number, line.product, line.last_day, str(line.doses_per_kit or ""), "", "")
    if blind:
        return row
    return (*row, "" if line.expected is None else number(line.expected), "")
