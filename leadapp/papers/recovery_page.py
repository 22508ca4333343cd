"""The page that opens what nobody else can: a recovery code on paper, for one keeper.

It is printed once and never written to disk by this program; whoever prints it
gets bytes and sends them to a printer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Part, Row, baseline, line_of, text_parts
from leadapp.papers.finish import About, finish
from leadapp.papers.headings import heading_row
from leadapp.papers.pages import WIDTH, Furniture, Sheet
from leadapp.papers.pen import Pen
from leadapp.papers.press import Press
from leadapp.papers.strips import tinted_row
from leadapp.papers.tags import Node
from leadapp.papers.wrapping import printable

_GROUPS_A_LINE = 4
_CODE_LINE = 40.0
_STEPS = 5


@dataclass(frozen=True, slots=True)
class RecoveryPaper:
    """One code for one keeper. ``opens`` names the ring ("people in care") or the program."""

    program_name: str
    sort: Literal["ring", "root"]
    """A ring's recovery identity, or the root key that vouches for the program's computers."""
    opens: str
    code_groups: tuple[str, ...]
    printed_by: str
    printed_at: datetime
    keeper: str = ""
    """Who keeps it, where already known; else a line to write on."""
    watermark: str | None = None


def render_recovery(paper: RecoveryPaper, press: Press) -> bytes:
    """Return the PDF of ``paper``: one page. It holds a secret."""
    title = press.say(f"recovery_{paper.sort}_title", opens=paper.opens)
    furniture = Furniture(
        program_name=paper.program_name,
        title=title,
        right_lines=(press.say("only_copy"),),
        copy_words=press.say("recovery_copy"),
        printed_by=paper.printed_by,
        printed_at=paper.printed_at,
        foot_words=(title,),
        watermark=paper.watermark,
    )
    sheet = Sheet(press, furniture)
    sheet.rows.append(
        tinted_row(sheet, press.say("recovery_lock"), press.say(f"recovery_{paper.sort}_why"))
    )
    sheet.rows += _keeper(sheet, paper)
    sheet.rows += _code(sheet, paper)
    sheet.rows += _steps(sheet, paper)
    pen = sheet.draw()
    about = About(title, paper.program_name, title, paper.printed_at, press.language)
    return finish(pen, sheet.root, about)


def _keeper(sheet: Sheet, paper: RecoveryPaper) -> list[Row]:
    press = sheet.press
    label = sheet.style(faces.SEMIBOLD, 8.5, press.inks.ink2, 12)
    value = sheet.style(faces.SEMIBOLD, 11, leading=15)
    half = (WIDTH - 22) / 2
    cells = []
    for number, (asked, said) in enumerate(
        ((press.say("keeper"), paper.keeper), (press.say("kept_where"), ""))
    ):
        parts = list(text_parts(sheet.body.add("P"), asked, label, half))
        parts += text_parts(sheet.body.add("P"), printable(said), value, half)

        def paint(pen: Pen, x: float, top: float) -> None:
            pen.line(x, top - 4, x + half, top - 4, press.inks.ink2, 0.7)

        cells.append(Cell(number * (half + 22), (*parts, Part(6, paint))))
    return [Row(tuple(cells), above=18)]


def _code(sheet: Sheet, paper: RecoveryPaper) -> list[Row]:
    press = sheet.press
    found = [heading_row(sheet, sheet.body, press.say("recovery_code"), above=22)]
    node = sheet.body.add("P")
    wide = (WIDTH + 10) / _GROUPS_A_LINE
    for start in range(0, len(paper.code_groups), _GROUPS_A_LINE):
        cells = tuple(
            Cell(number * wide, (_group(sheet, node, start + number + 1, text, wide),))
            for number, text in enumerate(paper.code_groups[start : start + _GROUPS_A_LINE])
        )
        found.append(Row(cells, above=6))
    return found


def _group(sheet: Sheet, node: Node, number: int, text: str, wide: float) -> Part:
    inks = sheet.press.inks
    small = sheet.style(faces.REGULAR, 8, inks.ink2, 10)
    room = wide - 44
    size = min(17.0, 17 * room / max(1, faces.width(text, faces.FIGURE_BOLD, 17)))
    large = sheet.style(faces.FIGURE_BOLD, size, leading=_CODE_LINE)

    def paint(pen: Pen, x: float, top: float) -> None:
        box = (x, top - _CODE_LINE + 4, wide - 10, _CODE_LINE - 8)
        pen.box(box, fill="#ffffff", edge=inks.rule, radius=4)
        pen.text(None, x + 8, baseline(top - _CODE_LINE / 2 + 5, small), str(number), small)
        pen.text(node, x + 26, baseline(top, large), f"{printable(text)} ", large)

    return Part(_CODE_LINE, paint)


def _steps(sheet: Sheet, paper: RecoveryPaper) -> list[Row]:
    press = sheet.press
    found = [heading_row(sheet, sheet.body, press.say("recovery_steps"), above=22)]
    listed = sheet.body.add("L")
    style = sheet.style(faces.REGULAR, 10, leading=14)
    bold = sheet.style(faces.BOLD, 10, press.inks.head, 14)
    for number in range(1, _STEPS + 1):
        item = listed.add("LI")
        words = press.say(f"recovery_{paper.sort}_{number}", opens=paper.opens)
        said = text_parts(item.add("LBody"), printable(words), style, WIDTH - 20)
        mark = line_of(item.add("Lbl"), f"{number}. ", bold)
        found.append(Row((Cell(0, (mark,)), Cell(20, said)), above=5))
    return found
