"""What every stock paper has around its tables: who made it, its head and foot, lines to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Part, Row, baseline, text_parts
from leadapp.papers.finish import About, finish
from leadapp.papers.pages import WIDTH, Furniture, Sheet
from leadapp.papers.pen import Pen
from leadapp.papers.press import Press
from leadapp.papers.report_input import Copy
from leadapp.papers.strips import tinted_row
from leadapp.papers.text_tables import text_table
from leadapp.papers.wrapping import printable

_GUTTER = 22.0
_DATE_SHARE = 0.32


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose paper it is, who printed it and when, and which copy it is."""

    program_name: str
    printed_by: str
    printed_at: datetime
    copy: Copy = "internal"
    watermark: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a stock paper, words and numbers; ``weights`` are shares of the width."""

    columns: tuple[str, ...]
    weights: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: frozenset[int] = frozenset()
    """The columns of numbers."""
    total: bool = False
    """Whether the last row adds up the others."""
    least: float = 0
    """Height of a row to write in."""


def open_sheet(
    stamp: Stamp, press: Press, title: str, right_lines: Sequence[str], told: str
) -> Sheet:
    """Return a paper with its head, its foot and the strip that says what is in it."""
    furniture = Furniture(
        program_name=stamp.program_name,
        title=title,
        right_lines=tuple(right_lines),
        copy_words=press.say(f"copy_{stamp.copy}"),
        printed_by=stamp.printed_by,
        printed_at=stamp.printed_at,
        foot_words=(title,),
        watermark=stamp.watermark,
    )
    sheet = Sheet(press, furniture)
    copy = press.say(f"copy_{stamp.copy}_is")
    sheet.rows.append(tinted_row(sheet, press.say("no_people"), f"{told} {copy}".strip()))
    return sheet


def end(sheet: Sheet, stamp: Stamp, title: str) -> bytes:
    """Return the PDF; the same paper gives the same bytes."""
    pen = sheet.draw()
    about = About(title, stamp.program_name, title, stamp.printed_at, sheet.press.language)
    return finish(pen, sheet.root, about)


def table_rows(sheet: Sheet, table: Table, above: float = 8) -> list[Row]:
    """Return a table, or the sentence that there is nothing to list."""
    if not table.rows:
        return [quiet_row(sheet, sheet.press.say("no_rows"), above=above)]
    head, *rows = text_table(
        sheet,
        table.columns,
        table.rows,
        weights=table.weights,
        least=table.least,
        figures=table.figures,
        total=table.total,
    )
    return [replace(head, above=above), *rows]


def quiet_row(sheet: Sheet, words: str, above: float = 8) -> Row:
    """Return a paragraph in the second ink over the whole width."""
    style = sheet.style(faces.REGULAR, 8.5, sheet.press.inks.ink2, 11.5)
    return Row((Cell(0, text_parts(sheet.body.add("P"), printable(words), style, WIDTH)),), above)


def sign_rows(sheet: Sheet, who: Sequence[str], above: float = 30) -> list[Row]:
    """Return lines to sign: for each of ``who`` a name and a date, two side by side."""
    half = (WIDTH - _GUTTER) / 2
    found = []
    for start in range(0, len(who), 2):
        cells = tuple(
            Cell(at * (half + _GUTTER), (_line_to_sign(sheet, words, half),))
            for at, words in enumerate(who[start : start + 2])
        )
        found.append(Row(cells, above=above))
    return found


def _line_to_sign(sheet: Sheet, words: str, wide: float) -> Part:
    ink = sheet.press.inks.ink2
    style = sheet.style(faces.SEMIBOLD, 8.5, ink, 11)
    signed, dated = sheet.body.add("P"), sheet.body.add("P")
    name_wide = wide * (1 - _DATE_SHARE) - 8
    date_at = wide * (1 - _DATE_SHARE)

    def paint(pen: Pen, x: float, top: float) -> None:
        y = top - 18
        pen.line(x, y, x + name_wide, y, ink, 0.7)
        pen.line(x + date_at, y, x + wide, y, ink, 0.7)
        pen.text(signed, x, baseline(y - 1.5, style), printable(words), style)
        pen.text(dated, x + date_at, baseline(y - 1.5, style), sheet.press.say("date"), style)

    return Part(31, paint)


def number(count: int) -> str:
    """Return a count as a page says it: thousands, a true minus."""
    return f"{count:,}".replace("-", "\N{MINUS SIGN}")
