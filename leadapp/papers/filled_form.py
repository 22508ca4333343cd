"""A record on paper in the screen's twelve columns, or the blank form to write on.

Nothing is ever cut: an answer of any length goes on over the page, a word wider
than its column breaks, a long repeat takes as many pages as it needs.
"""

from __future__ import annotations

from collections.abc import Sequence

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Part, Row, line_of, space, text_parts
from leadapp.papers.finish import About, finish
from leadapp.papers.form_input import (
    FormPaper,
    PaperGroup,
    PaperNode,
    PaperQuestion,
    PaperRepeat,
)
from leadapp.papers.form_questions import GAP, answer_parts, asked_parts
from leadapp.papers.headings import heading_row, small_heading_row
from leadapp.papers.pages import WIDTH, Furniture, Sheet
from leadapp.papers.press import Press
from leadapp.papers.strips import tinted_row
from leadapp.papers.tags import Node
from leadapp.papers.text_tables import text_table
from leadapp.papers.wrapping import printable

__all__ = ["FormPaper", "PaperGroup", "PaperNode", "PaperQuestion", "PaperRepeat", "render_form"]

_COLUMNS = 12
_TABLE_COLUMNS = 6
_TABLE_TEXT = 60
"""A repeat with a longer answer than this is printed as blocks, not as a table."""
_ROW_TO_WRITE = 22.0
_ALIGNED_LABELS = 60.0
"""Labels up to this height push all answers of their line to one level."""


def render_form(paper: FormPaper, press: Press) -> bytes:
    """Return the PDF of ``paper``; the same paper and press give the same bytes."""
    sheet = Sheet(press, _furniture(paper, press))
    sheet.rows.append(tinted_row(sheet, *_strip_words(paper, press)))
    sheet.rows += _problems(sheet, paper.problems)
    sheet.rows += _nodes(sheet, paper.nodes, sheet.body, level=0, blank=paper.blank)
    sheet.rows += _stand_ins(sheet, paper.nodes)
    pen = sheet.draw()
    about = About(
        paper.title, paper.program_name, paper.form_version, paper.printed_at, press.language
    )
    return finish(pen, sheet.root, about)


def _furniture(paper: FormPaper, press: Press) -> Furniture:
    return Furniture(
        program_name=paper.program_name,
        title=paper.title,
        right_lines=paper.record_lines,
        copy_words=press.say("blank_form" if paper.blank else f"copy_{paper.copy}"),
        printed_by=paper.printed_by,
        printed_at=paper.printed_at,
        foot_words=(press.say("version", name=paper.title, version=paper.form_version),),
        notice=press.part2_notice if paper.part2 else "",
        watermark=paper.watermark,
    )


def _strip_words(paper: FormPaper, press: Press) -> tuple[str, str]:
    if paper.blank:
        return press.say("blank_form"), press.say("needed_mark")
    handling = press.say("has_names") if paper.has_names else press.say("no_names")
    return handling, press.say(f"copy_{paper.copy}_is")


def _problems(sheet: Sheet, problems: tuple[str, ...]) -> list[Row]:
    if not problems:
        return []
    node = sheet.body.add("Sect")
    found = [heading_row(sheet, node, sheet.press.say("open_in_record"))]
    listed = node.add("L")
    style = sheet.style(faces.REGULAR, 9, leading=12.4)
    for problem in problems:
        item = listed.add("LI")
        bullet = line_of(item.add("Lbl"), "• ", style)
        words = text_parts(item.add("LBody"), printable(problem), style, WIDTH - 10)
        found.append(Row((Cell(0, (bullet,)), Cell(10, words)), pad=1))
    return found


def _nodes(
    sheet: Sheet, nodes: Sequence[PaperNode], parent: Node, *, level: int, blank: bool
) -> list[Row]:
    found: list[Row] = []
    line: list[PaperQuestion] = []
    for node in nodes:
        if isinstance(node, PaperQuestion):
            if line and sum(_span(each) for each in line) + _span(node) > _COLUMNS:
                found.append(_grid_row(sheet, parent, line, blank=blank))
                line = []
            line.append(node)
            continue
        if line:
            found.append(_grid_row(sheet, parent, line, blank=blank))
            line = []
        if isinstance(node, PaperGroup):
            found += _group(sheet, node, parent, level=level, blank=blank)
        else:
            found += _repeat(sheet, node, parent, level=level, blank=blank)
    if line:
        found.append(_grid_row(sheet, parent, line, blank=blank))
    return found


def _span(question: PaperQuestion) -> int:
    return min(max(question.width, 1), _COLUMNS)


def _grid_row(sheet: Sheet, parent: Node, line: list[PaperQuestion], *, blank: bool) -> Row:
    unit = (WIDTH + GAP) / _COLUMNS
    placed, column = [], 0
    for question in line:
        wide = _span(question) * unit - GAP
        starred = blank and question.required
        asked = asked_parts(sheet, parent, question, wide, starred=starred)
        answer = answer_parts(sheet, parent, question, wide)
        placed.append((column * unit, asked, answer))
        column += _span(question)
    deepest = max(_height(asked) for _, asked, _ in placed)
    if deepest > _ALIGNED_LABELS:
        return Row(tuple(Cell(x, (*asked, *answer)) for x, asked, answer in placed), above=9)
    return Row(
        tuple(
            Cell(x, (*asked, space(deepest - _height(asked)), *answer))
            for x, asked, answer in placed
        ),
        above=9,
    )


def _height(parts: Sequence[Part]) -> float:
    return sum(part.height for part in parts)


def _group(sheet: Sheet, group: PaperGroup, parent: Node, *, level: int, blank: bool) -> list[Row]:
    section = parent.add("Sect")
    found = _title(sheet, section, group.label, level)
    found += _skip_row(sheet, section, group.skip_note)
    return found + _nodes(sheet, group.children, section, level=level + 1, blank=blank)


def _title(sheet: Sheet, section: Node, label: str, level: int, note: str = "") -> list[Row]:
    if not label:
        return []
    if level == 0:
        return [heading_row(sheet, section, label, note)]
    return [small_heading_row(sheet, section, f"{label} ({note})" if note else label)]


def _skip_row(sheet: Sheet, section: Node, note: str) -> list[Row]:
    """Return when a whole section is asked, under its title."""
    if not note:
        return []
    style = sheet.style(faces.ITALIC, 8.5, sheet.press.inks.ink2, 11.5)
    return [Row((Cell(0, text_parts(section.add("P"), printable(note), style, WIDTH)),), above=3)]


def _repeat(
    sheet: Sheet, repeat: PaperRepeat, parent: Node, *, level: int, blank: bool
) -> list[Row]:
    section = parent.add("Sect")
    count = "" if blank else str(len(repeat.copies))
    found = _title(sheet, section, repeat.label, level, count)
    found += _skip_row(sheet, section, repeat.skip_note)
    if not repeat.copies:
        style = sheet.style(faces.ITALIC, 9, sheet.press.inks.ink2, 12)
        none = text_parts(section.add("P"), sheet.press.say("no_one_added"), style, WIDTH)
        return [*found, Row((Cell(0, none),), above=4)]
    columns = _as_table(repeat)
    if columns is not None:
        rows = [tuple(_said(question) for question in copy) for copy in _questions(repeat)]
        least = _ROW_TO_WRITE if blank else 0
        weights = [_span(question) for question in columns]
        labels = [question.label for question in columns]
        return found + text_table(
            sheet, labels, rows, weights=weights, parent=section, least=least, name_first=False
        )
    for number, copy in enumerate(repeat.copies, 1):
        part = section.add("Sect")
        title = sheet.press.say(
            "copy_of", label=repeat.label, number=number, count=len(repeat.copies)
        )
        found.append(small_heading_row(sheet, part, title))
        found += _nodes(sheet, copy, part, level=level + 2, blank=blank)
    return found


def _questions(repeat: PaperRepeat) -> list[tuple[PaperQuestion, ...]]:
    return [
        tuple(node for node in copy if isinstance(node, PaperQuestion)) for copy in repeat.copies
    ]


def _as_table(repeat: PaperRepeat) -> tuple[PaperQuestion, ...] | None:
    """Return the questions that head a table, where the copies fit into one."""
    copies = _questions(repeat)
    first = copies[0]
    labels = [question.label for question in first]
    alike = all(
        len(questions) == len(nodes) and [q.label for q in questions] == labels
        for questions, nodes in zip(copies, repeat.copies, strict=True)
    )
    if not alike or not 1 < len(first) <= _TABLE_COLUMNS:
        return None
    return first if all(_short(question) for copy in copies for question in copy) else None


def _short(question: PaperQuestion) -> bool:
    no_more = not (question.multiline or question.hint or question.skip_note or question.code)
    if question.signs or question.picture:
        return False
    blank_choices = question.choices and not any(chosen for _, chosen in question.choices)
    return no_more and not blank_choices and len(_said(question)) <= _TABLE_TEXT


def _said(question: PaperQuestion) -> str:
    if question.choices:
        chosen = [label for label, is_chosen in question.choices if is_chosen]
        return ", ".join([*chosen, *([question.value] if question.value else [])])
    return question.value


def _stand_ins(sheet: Sheet, nodes: Sequence[PaperNode]) -> list[Row]:
    """Return a note where letters have no picture in the typeface."""
    count = _unseen(nodes)
    if not count:
        return []
    style = sheet.style(faces.ITALIC, 8.5, sheet.press.inks.ink2, 11.5)
    words = sheet.press.say("stand_ins", count=count)
    return [Row((Cell(0, text_parts(sheet.body.add("P"), words, style, WIDTH)),), above=14)]


def _unseen(nodes: Sequence[PaperNode]) -> int:
    total = 0
    for node in nodes:
        if isinstance(node, PaperQuestion):
            texts = (
                node.label,
                node.value,
                node.hint,
                node.skip_note,
                *(c for c, _ in node.choices),
            )
            total += sum(faces.without_picture(printable(text)) for text in texts)
        elif isinstance(node, PaperGroup):
            total += faces.without_picture(printable(node.label)) + _unseen(node.children)
        else:
            total += faces.without_picture(printable(node.label))
            total += sum(_unseen(copy) for copy in node.copies)
    return total
