"""A report as a tagged PDF: the monthly summary and its relatives.

Page one is what a sheriff or a board reads: five figures, two charts, small tables,
what to know before relying on them. Then further tables, what the figures rest on,
and how each is counted, in the words of the drill-down.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leadapp.papers import faces
from leadapp.papers.blocks import Cell, Part, Row, baseline, space, text_parts, whole
from leadapp.papers.charts import BarChart, ColumnChart, chart_height, draw_chart
from leadapp.papers.figure_tables import fits, panel, quiet_parts, wide_rows
from leadapp.papers.figures_json import check_code, figures_json
from leadapp.papers.finish import About, finish
from leadapp.papers.headings import heading_parts, heading_row
from leadapp.papers.pages import WIDTH, Furniture, Sheet
from leadapp.papers.pen import Pen, Spot, Style
from leadapp.papers.press import Press
from leadapp.papers.report_input import (
    BoxFigure,
    Copy,
    Definition,
    FigureRow,
    FigureTable,
    FigureValue,
    MergedDevice,
    RenderedPaper,
    ReportPaper,
)
from leadapp.papers.strips import tinted_row
from leadapp.papers.tags import Node
from leadapp.papers.text_tables import hairline, text_table
from leadapp.papers.wrapping import printable, wrap

__all__ = [
    "BoxFigure",
    "Copy",
    "Definition",
    "FigureRow",
    "FigureTable",
    "FigureValue",
    "MergedDevice",
    "RenderedPaper",
    "ReportPaper",
    "render_report",
]

_GUTTER = 22.0
_HALF = (WIDTH - _GUTTER) / 2
_BOX_GAP = 8.0
_BOX_PAD = 8.5
_PAIR = 2
_BOXES_A_ROW = 5
_PANEL_ROWS = 18
"""A table longer than this takes the whole width, where it can be cut."""


def render_report(paper: ReportPaper, press: Press) -> RenderedPaper:
    """Return the PDF of ``paper``, where its figures stand, and its check code.

    The same paper and press give the same bytes.
    """
    code = check_code(paper)
    sheet = Sheet(press, _furniture(paper, press, code))
    sheet.rows.append(_strip(sheet, paper))
    sheet.rows += _boxes(sheet, paper.boxes)
    sheet.rows += _charts(sheet, paper.charts)
    sheet.rows += _panels(sheet, paper)
    sheet.rows += _further(sheet, paper.further)
    sheet.rows += _basis(sheet, paper)
    sheet.rows += _definitions(sheet, paper.definitions)
    pen = sheet.draw()
    about = About(
        paper.title, paper.program_name, paper.period_label, paper.prepared_at, press.language
    )
    pdf = finish(pen, sheet.root, about, figures_json(paper))
    return RenderedPaper(pdf, tuple(pen.spots), code)


def _furniture(paper: ReportPaper, press: Press, code: str) -> Furniture:
    prepared = press.say("prepared", when=press.moment(paper.prepared_at), who=paper.prepared_by)
    return Furniture(
        program_name=paper.program_name,
        title=paper.title,
        right_lines=(prepared, paper.cutoff_label),
        copy_words=press.say(f"copy_{paper.copy}"),
        printed_by=paper.prepared_by,
        printed_at=paper.prepared_at,
        foot_words=(
            press.say("version", name=paper.report_name, version=paper.report_version),
            press.say("check_code", code=code),
        ),
        watermark=paper.watermark,
        pinned=_sign_off(press),
    )


def _strip(sheet: Sheet, paper: ReportPaper) -> Row:
    copy = sheet.press.say(f"copy_{paper.copy}_is")
    return tinted_row(sheet, sheet.press.say("counts_only"), f"{paper.small_counts} {copy}".strip())


def _boxes(sheet: Sheet, boxes: tuple[BoxFigure, ...]) -> list[Row]:
    if not boxes:
        return []
    across = min(_BOXES_A_ROW, len(boxes))
    wide = (WIDTH - (across - 1) * _BOX_GAP) / across
    listed = sheet.body.add("L")
    found = []
    for start in range(0, len(boxes), across):
        row = [_BoxWords(sheet, box, wide) for box in boxes[start : start + across]]
        labels = max(len(words.label) for words in row)
        compares = max(len(words.compare) for words in row)
        cells = tuple(
            Cell(number * (wide + _BOX_GAP), (words.part(listed, labels, compares),))
            for number, words in enumerate(row)
        )
        found.append(Row(cells, above=13 if start == 0 else _BOX_GAP))
    return found


class _BoxWords:
    """A large figure broken into lines, so that boxes beside each other are of one height."""

    def __init__(self, sheet: Sheet, box: BoxFigure, wide: float) -> None:
        inks = sheet.press.inks
        self._box, self._wide, self._rule = box, wide, inks.rule
        self._label = sheet.style(faces.SEMIBOLD, 8.2, inks.ink2, 10.5)
        self._small = sheet.style(faces.REGULAR, 8, inks.ink2, 10.5)
        self._number = sheet.style(faces.BOLD, 25, inks.head, 27)
        room = wide - 2 * _BOX_PAD
        self.label = wrap(printable(box.label), faces.SEMIBOLD, 8.2, room)
        self.compare = wrap(printable(box.compare), faces.REGULAR, 8, room)
        value = printable(box.value)
        if self._number.width(value) > room:
            size = 25 * room / self._number.width(value)
            self._number = sheet.style(faces.BOLD, size, inks.head, 27)

    def part(self, listed: Node, labels: int, compares: int) -> Part:
        """Return the box with room for so many lines over and under its number."""
        item = listed.add("LI").add("LBody")
        label, number, compare = item.add("P"), item.add("P"), item.add("P")
        high = 2 * 7.5 + (labels + compares) * 10.5 + 26

        def paint(pen: Pen, x: float, top: float) -> None:
            box = self._box
            pen.box((x, top - high, self._wide, high), fill="#ffffff", edge=self._rule, radius=4)
            pen.hot(
                Spot(box.measure_id, "", "", f"{box.label}, {box.value}"), x, top, self._wide, high
            )
            y = top - 7.5
            for line in self.label:
                pen.text(label, x + _BOX_PAD, baseline(y, self._label), line, self._label)
                y -= 10.5
            y = top - 7.5 - labels * 10.5
            pen.text(number, x + _BOX_PAD, y - 22, printable(box.value), self._number)
            y -= 26.5
            for line in self.compare:
                pen.text(compare, x + _BOX_PAD, baseline(y, self._small), line, self._small)
                y -= 10.5

        return Part(high, paint)


def _charts(sheet: Sheet, charts: tuple[BarChart | ColumnChart, ...]) -> list[Row]:
    found = []
    for start in range(0, len(charts), 2):
        pair = charts[start : start + 2]
        cells = []
        for number, chart in enumerate(pair):
            tallest = max(chart_height(each, _HALF) for each in pair)
            cells.append(Cell(number * (_HALF + _GUTTER), _chart(sheet, chart, tallest)))
        found.append(Row(tuple(cells), above=14))
    return found


def _chart(sheet: Sheet, chart: BarChart | ColumnChart, tallest: float) -> tuple[Part, ...]:
    picture = draw_chart(chart, sheet.press.inks, _HALF, tallest)
    title = heading_parts(sheet, sheet.body, chart.title, chart.note, _HALF)
    node = sheet.body.add("Figure", alt=picture.alt)
    high = picture.drawing.height

    def paint(pen: Pen, x: float, top: float) -> None:
        pen.picture(node, picture.drawing, x, top - high)
        for (left, low, wide, tall), spot in picture.spots:
            pen.hot(spot, x + left, top - high + low + tall, wide, tall)

    return (*title, space(3), Part(high, paint))


def _panels(sheet: Sheet, paper: ReportPaper) -> list[Row]:
    """Return the tables of page one in pairs, with the cautions as the last of them."""
    small = [table for table in paper.tables if _fits_half(table)]
    long = [table for table in paper.tables if not _fits_half(table)]
    made = [partial(_whole_panel, sheet, table) for table in small]
    if paper.cautions:
        made.append(partial(_cautions, sheet, paper.cautions))
    found = []
    for start in range(0, len(made), 2):
        cells = tuple(
            Cell(number * (_HALF + _GUTTER), make())
            for number, make in enumerate(made[start : start + 2])
        )
        found.append(Row(cells, above=12))
    for table in long:
        found += wide_rows(sheet, table)
    return found


def _whole_panel(sheet: Sheet, table: FigureTable) -> tuple[Part, ...]:
    return whole(panel(sheet, table, _HALF))


def _fits_half(table: FigureTable) -> bool:
    return len(table.rows) <= _PANEL_ROWS and fits(table, _HALF)


def _cautions(sheet: Sheet, cautions: tuple[str, ...]) -> tuple[Part, ...]:
    parts = [*heading_parts(sheet, sheet.body, sheet.press.say("cautions"), "", _HALF), space(3)]
    listed = sheet.body.add("L")
    style = sheet.style(faces.REGULAR, 9, leading=12.4)
    bullet = sheet.style(faces.BOLD, 9, sheet.press.inks.head, 12.4)
    for caution in cautions:
        item = listed.add("LI")
        label, node = item.add("Lbl"), item.add("LBody")
        first, *rest = text_parts(node, printable(caution), style, _HALF - 14, 9.5)

        def paint(pen: Pen, x: float, top: float, label: Node = label, first: Part = first) -> None:
            pen.text(label, x + 1, baseline(top, bullet), "• ", bullet)
            first.paint(pen, x, top)

        parts += [Part(first.height, paint), *rest, space(4.6)]
    return tuple(parts)


def _further(sheet: Sheet, tables: tuple[FigureTable, ...]) -> list[Row]:
    found: list[Row] = []
    waiting: list[FigureTable] = []
    for table in (*tables, None):
        if table is not None and _fits_half(table):
            waiting.append(table)
        if table is None or not _fits_half(table) or len(waiting) == _PAIR:
            found += _pair(sheet, waiting)
            waiting = []
        if table is not None and not _fits_half(table):
            found += wide_rows(sheet, table)
    return found


def _pair(sheet: Sheet, tables: list[FigureTable]) -> list[Row]:
    if not tables:
        return []
    cells = tuple(
        Cell(number * (_HALF + _GUTTER), _whole_panel(sheet, table))
        for number, table in enumerate(tables)
    )
    return [Row(cells, above=18)]


def _basis(sheet: Sheet, paper: ReportPaper) -> list[Row]:
    """Return what the figures rest on: audiences opened, computers merged and until when."""
    if not paper.rings_open and not paper.devices:
        return []
    press = sheet.press
    found = [heading_row(sheet, sheet.body, press.say("basis"), paper.cutoff_label)]
    if not paper.further:
        found[0] = replace(found[0], new_page=True)
    rings = ", ".join(paper.rings_open)
    words = press.say("rings_open", rings=rings)
    found.append(Row((Cell(0, quiet_parts(sheet, sheet.body.add("P"), words, WIDTH)),), pad=2))
    if paper.devices:
        columns = (press.say("device"), press.say("merged_until"))
        rows = tuple((device.name, device.until) for device in paper.devices)
        found += text_table(sheet, columns, rows, weights=(2, 3))
    return found


def _definitions(sheet: Sheet, definitions: tuple[Definition, ...]) -> list[Row]:
    if not definitions:
        return []
    found = [heading_row(sheet, sheet.body, sheet.press.say("definitions"), above=20)]
    listed = sheet.body.add("L")
    for start in range(0, len(definitions), _PAIR):
        cells = tuple(
            Cell(number * (_HALF + _GUTTER), _definition(sheet, listed, definition))
            for number, definition in enumerate(definitions[start : start + _PAIR])
        )
        found.append(Row(cells, pad=3.2, backdrop=hairline(sheet)))
    return found


def _definition(sheet: Sheet, listed: Node, definition: Definition) -> tuple[Part, ...]:
    body = listed.add("LI").add("LBody")
    name = sheet.style(faces.SEMIBOLD, 8.5, leading=11)
    words = sheet.style(faces.REGULAR, 8.5, leading=11)
    quiet = sheet.style(faces.REGULAR, 8, sheet.press.inks.ink2, 10)
    about = sheet.press.say(
        "definition_about",
        unit=definition.unit,
        source=definition.source,
        version=definition.version,
    )
    parts = (
        *text_parts(body.add("P"), printable(definition.title), name, _HALF),
        *text_parts(body.add("P"), printable(definition.words), words, _HALF),
        *text_parts(body.add("P"), printable(about), quiet, _HALF),
    )
    return whole(parts)


def _sign_off(press: Press) -> Row:
    """Return the line to sign, pinned to the foot of page one; blanks, so an artifact."""

    def paint(pen: Pen, x: float, top: float) -> None:
        style = Style(faces.SEMIBOLD, 8.5, 12, press.inks.ink2)
        y = top - 16
        reviewed, date = press.say("reviewed_by"), press.say("date")
        pen.text(None, x, y, reviewed, style)
        pen.line(x + style.width(reviewed) + 5, y - 2, x + 300, y - 2, press.inks.ink2, 0.7)
        pen.text(None, x + 316, y, date, style)
        pen.line(x + 316 + style.width(date) + 5, y - 2, x + WIDTH, y - 2, press.inks.ink2, 0.7)

    return Row((Cell(0, (Part(30, paint),)),))
