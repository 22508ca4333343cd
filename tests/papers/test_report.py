"""The monthly summary: the same each time, tagged, readable, with its figures inside."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from leadapp.papers.press import Press
from leadapp.papers.reading import figures_of, structure, text_of_pages
from leadapp.papers.report import FigureRow, FigureTable, RenderedPaper, render_report
from tests.papers import schema
from tests.papers.looking import smallest_letter, squeezed, words_at
from tests.papers.made_up import BY_MONTH, CONTACTS, ENDINGS, PRINTED, definitions, october

_GOLDEN = Path(__file__).parent.parent / "golden"
_SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "report-figures.schema.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def rendered(press: Press) -> RenderedPaper:
    return render_report(october(), press)


def test_same_report_gives_same_bytes(rendered: RenderedPaper, press: Press) -> None:
    assert render_report(october(), press) == rendered


def test_who_prints_and_when_change_the_bytes_but_not_the_check_code(
    rendered: RenderedPaper, press: Press
) -> None:
    later = render_report(
        october(prepared_at=PRINTED + timedelta(hours=1), prepared_by="R. Moss"), press
    )
    assert later.pdf != rendered.pdf
    assert later.check_code == rendered.check_code


def test_any_figure_changes_the_check_code(rendered: RenderedPaper, press: Press) -> None:
    first = CONTACTS.rows[0]
    changed = replace(
        CONTACTS, rows=(replace(first, values=("55", "47", "464")), *CONTACTS.rows[1:])
    )
    paper = october(further=(changed,))
    assert (
        render_report(paper, press).check_code
        != render_report(october(further=(CONTACTS,)), press).check_code
    )


def test_text_reads_in_order_as_kept(rendered: RenderedPaper) -> None:
    pages = [page.replace("\r\n", "\n") for page in text_of_pages(rendered.pdf)]
    read = "\n\n--- page ---\n\n".join(pages) + "\n"
    kept = _GOLDEN / "monthly-summary.txt"
    assert read == kept.read_text("utf-8")


def test_embedded_figures_are_as_kept_and_as_the_schema_says(rendered: RenderedPaper) -> None:
    figures = figures_of(rendered.pdf)
    assert figures == json.loads((_GOLDEN / "monthly-summary.json").read_text("utf-8"))
    assert schema.faults(figures, _SCHEMA, _SCHEMA) == []


def test_schema_refuses_a_value_that_is_a_text(rendered: RenderedPaper) -> None:
    figures = figures_of(rendered.pdf)
    figures["values"][0]["value"] = "54"
    figures["extra"] = 1
    assert len(schema.faults(figures, _SCHEMA, _SCHEMA)) == 2


def test_embedded_figures_are_those_on_the_paper(rendered: RenderedPaper) -> None:
    figures = figures_of(rendered.pdf)
    text = squeezed("".join(text_of_pages(rendered.pdf)))
    for table in figures["printed"]["tables"]:
        for row in table["rows"]:
            assert squeezed(row["label"] + "".join(row["values"])) in text
    assert figures["check_code"] in text


def test_file_is_embedded_as_associated_data(rendered: RenderedPaper, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(rendered.pdf)
    with pikepdf.open(file) as opened:
        (associated,) = opened.Root.AF
        assert associated.AFRelationship == "/Data"
        assert list(opened.attachments) == ["figures.json"]


def test_document_says_title_language_and_that_it_is_tagged(
    rendered: RenderedPaper, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(rendered.pdf)
    with pikepdf.open(file) as opened:
        assert opened.Root.Lang == "en"
        assert opened.Root.MarkInfo.Marked
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert opened.docinfo.Title == "Monthly summary: October 2025"
        with opened.open_metadata() as xmp:
            assert xmp["dc:title"] == "Monthly summary: October 2025"
        with opened.open_outline() as outline:
            (top,) = outline.root
            assert top.title == "Monthly summary: October 2025"
            sections = [item.title for item in top.children]
    assert sections[:3] == ["How CIT contacts ended", "CIT contacts by month", "CIT contacts"]
    assert sections[-1] == "How each number is counted"


def test_tags_say_headings_lists_tables_and_charts(rendered: RenderedPaper) -> None:
    elements = [e for page in structure(rendered.pdf)[:1] for top in page for e in top.walk()]
    kinds = [element.kind for element in elements]
    assert kinds[0] == "Document"
    assert kinds.count("H1") == 1
    assert kinds.count("Table") == 3
    assert kinds.count("Figure") == 2
    assert "LBody" in kinds


def test_every_table_row_is_named_by_a_scoped_head(rendered: RenderedPaper) -> None:
    elements = [e for page in structure(rendered.pdf) for top in page for e in top.walk()]
    rows = [element for element in elements if element.kind == "TR"]
    assert rows
    for row in rows:
        first, *rest = row.kids
        assert first.kind == "TH"
        assert first.scope in {"Row", "Column"}
        if first.scope == "Column":
            assert all(kid.scope == "Column" for kid in rest)
        else:
            assert all(kid.kind == "TD" for kid in rest)


def test_charts_say_their_numbers(rendered: RenderedPaper) -> None:
    (first, *_) = structure(rendered.pdf)
    figures = [e for top in first for e in top.walk() if e.kind == "Figure"]
    assert [all(bar.text in f.alt for bar in ENDINGS.bars) for f in figures[:1]] == [True]
    assert all(f"{column.name} {column.text}" in figures[1].alt for column in BY_MONTH.columns)


def test_every_hot_spot_lies_on_its_number(rendered: RenderedPaper) -> None:
    for spot in rendered.hot_spots:
        number = squeezed(spot.name.rpartition(", ")[2])
        seen = words_at(rendered.pdf, spot.page, spot.rect)
        if spot.measure_id != BY_MONTH.measure_id or spot.column == "":
            assert number in seen, (spot, seen)
    assert {spot.measure_id for spot in rendered.hot_spots} >= {"cit-contacts", "cit-endings"}


def test_hot_spots_do_not_overlap(rendered: RenderedPaper) -> None:
    spots = list(rendered.hot_spots)
    for number, one in enumerate(spots):
        for other in spots[number + 1 :]:
            if one.page == other.page:
                assert not _overlap(one.rect, other.rect), (one, other)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    slack = 0.1
    beside = one[0] + one[2] <= other[0] + slack or other[0] + other[2] <= one[0] + slack
    above = one[1] + one[3] <= other[1] + slack or other[1] + other[3] <= one[1] + slack
    return not (beside or above)


@pytest.mark.parametrize(
    ("copy", "words"),
    [
        ("internal", "Internal copy"),
        ("submission", "Submission copy"),
        ("publication", "Publication copy"),
    ],
)
def test_class_printer_and_page_stand_on_every_page(press: Press, copy: str, words: str) -> None:
    pages = text_of_pages(render_report(october(copy=copy), press).pdf)
    for number, text in enumerate(pages, 1):
        assert words in text
        assert "Printed by N. Ellison, Mon Nov 3, 2025, 2:41 pm" in text
        assert f"Page {number} of {len(pages)}" in text


def test_nothing_is_set_under_eight_points(rendered: RenderedPaper) -> None:
    assert smallest_letter(rendered.pdf) >= 8


def test_a_full_monthly_summary_takes_six_pages_at_most(press: Press) -> None:
    full = october(definitions=definitions(45), further=(CONTACTS,) * 6)
    assert len(text_of_pages(render_report(full, press).pdf)) <= 6


def test_made_up_data_says_so_on_every_page(press: Press) -> None:
    assert all("Made-up data" in t for t in text_of_pages(render_report(october(), press).pdf))
    real = render_report(october(watermark=None), press)
    assert not any("Made-up data" in text for text in text_of_pages(real.pdf))


def test_a_hidden_number_is_drawn_as_its_words_and_embedded_as_nothing(press: Press) -> None:
    bars = (replace(ENDINGS.bars[0], value=None, text="<11"), *ENDINGS.bars[1:])
    paper = october(copy="publication", charts=(replace(ENDINGS, bars=bars),))
    rendered = render_report(paper, press)
    point = figures_of(rendered.pdf)["printed"]["charts"][0]["points"][0]
    assert (point["value"], point["shown"]) == (None, "<11")
    assert "<11" in text_of_pages(rendered.pdf)[0]


def test_a_table_longer_than_a_page_repeats_its_head(press: Press) -> None:
    rows = tuple(FigureRow("m", f"Line {n}", (str(n), str(n * 2))) for n in range(90))
    table = FigureTable("Long", "", ("This month", "Before"), rows)
    pages = text_of_pages(render_report(october(further=(table,)), press).pdf)
    with_lines = [text for text in pages if "Line " in text]
    assert len(with_lines) > 1
    assert all("This month" in text for text in with_lines)


def test_a_report_with_nothing_in_it_still_prints(press: Press) -> None:
    bare = october(
        boxes=(), charts=(), tables=(), further=(), cautions=(), definitions=(), devices=(),
        rings_open=(), values=(),
    )  # fmt: skip
    rendered = render_report(bare, press)
    assert "Monthly summary: October 2025" in text_of_pages(rendered.pdf)[0]
    assert rendered.hot_spots == ()


def test_crowded_columns_wrap_and_do_not_run_into_each_other(press: Press) -> None:
    values = ("1,234,567 of 2,345,678",) * 7
    row = FigureRow("m", "Personas atendidas una o más veces durante el período", values)
    columns = tuple(f"Octubre de {year}" for year in range(2018, 2025))
    table = FigureTable("Wide", "", columns, (row,))
    rendered = render_report(october(further=(table,)), press)
    spots = [spot for spot in rendered.hot_spots if spot.measure_id == "m"]
    assert len(spots) == 7
    for spot in spots:
        assert words_at(rendered.pdf, spot.page, spot.rect) == "1,234,567of2,345,678"
