"""A list of records as a table on paper, such as the accesses of a month or a search's result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Row, text_parts
from leadapp.papers.finish import About, finish
from leadapp.papers.pages import WIDTH, Furniture, Sheet
from leadapp.papers.press import Press
from leadapp.papers.report_input import Copy
from leadapp.papers.strips import tinted_row
from leadapp.papers.text_tables import text_table


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column; ``weight`` is its share of the width."""

    label: str
    weight: float = 1


@dataclass(frozen=True, slots=True)
class ListPaper:
    """A list; each row has one text a column."""

    program_name: str
    title: str
    copy: Copy
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    printed_by: str
    printed_at: datetime
    right_lines: tuple[str, ...] = ()
    """At most two lines beside the title: what was searched for, until when."""
    has_names: bool = True
    part2: bool = False
    watermark: str | None = None


def render_list(paper: ListPaper, press: Press) -> bytes:
    """Return the PDF of ``paper``; the same paper and press give the same bytes."""
    furniture = Furniture(
        program_name=paper.program_name,
        title=paper.title,
        right_lines=paper.right_lines,
        copy_words=press.say(f"copy_{paper.copy}"),
        printed_by=paper.printed_by,
        printed_at=paper.printed_at,
        foot_words=(paper.title, press.say("rows", count=f"{len(paper.rows):,}")),
        notice=press.part2_notice if paper.part2 else "",
        watermark=paper.watermark,
    )
    sheet = Sheet(press, furniture)
    handling = press.say("has_names" if paper.has_names else "no_names")
    sheet.rows.append(tinted_row(sheet, handling, press.say(f"copy_{paper.copy}_is")))
    if paper.rows:
        labels = [column.label for column in paper.columns]
        weights = [column.weight for column in paper.columns]
        head, *rows = text_table(sheet, labels, paper.rows, weights=weights)
        sheet.rows += [replace(head, above=10), *rows]
    else:
        style = sheet.style(faces.ITALIC, 9, press.inks.ink2)
        none = text_parts(sheet.body.add("P"), press.say("no_rows"), style, WIDTH)
        sheet.rows.append(Row((Cell(0, none),), above=12))
    pen = sheet.draw()
    about = About(paper.title, paper.program_name, paper.title, paper.printed_at, press.language)
    return finish(pen, sheet.root, about)
