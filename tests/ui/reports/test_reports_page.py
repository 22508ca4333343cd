"""Reports by keys: the page, its numbers, pages and zoom, printing and saving."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from leadapp.papers.preview import Preview
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.ui import printer as printing
from leadapp.ui.reports.page import ReportsPage
from leadapp.ui.reports.sheet import SpotButton
from leadapp.ui.shell import Page, Place, Shell
from leadapp.ui.theme import theme
from leadapp.ui.work import Work
from tests.services import made_county as county


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    county.people_of_care(desk)
    county.shelf_stock(desk)
    yield desk
    desk.close()


def settle(qtbot: QtBot, work: Work) -> None:
    qtbot.waitUntil(lambda: not work._under_way, timeout=20_000)


def shown(qtbot, work, page, width=1366):
    qtbot.addWidget(page)
    page.resize(width, 606)
    page.show()
    page.on_shown()
    settle(qtbot, work)
    return page


def spot(page: ReportsPage, measure: str) -> SpotButton:
    return next(one for one in page.view.spots if one.spot.measure == measure)


def test_the_last_full_month_is_shown_first(qtbot, office, work, words):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    assert page.side.period.value().name == "2026-10"
    assert page.aside == "October 2026"
    assert not page.view._sheet.pixmap.isNull()


def test_a_number_opens_its_definition_and_exactly_its_records(qtbot, office, work, words):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    button = spot(page, "lead_active")
    assert button.accessibleName() == "Active LEAD clients, 4"
    qtbot.keyClick(button, Qt.Key.Key_Return)
    settle(qtbot, work)
    assert page.pane.number.text() == "4"
    assert page.pane.badge.accessibleName() == "4 of 4 match the page"
    assert page.pane.words.text().startswith("People whose newest status")
    assert page.pane.table.paged.rowCount() == 4


def test_enter_on_a_record_opens_it(qtbot, office, work, words):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    qtbot.keyClick(spot(page, "lead_active"), Qt.Key.Key_Return)
    settle(qtbot, work)
    with qtbot.waitSignal(page.record_wanted) as asked:
        qtbot.keyClick(page.pane.table, Qt.Key.Key_Return)
    assert asked.args[0] == "care"


def test_numbers_are_stops_of_the_tab_key_in_the_order_of_the_page(qtbot, office, work, words):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    first, second = page.view.spots[:2]
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in page.view.spots)
    assert all(one.accessibleName() for one in page.view.spots)
    assert first.nextInFocusChain() is second


def test_a_month_of_the_chart_opens_that_month(qtbot, office, work, words):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    september = next(one for one in page.view.spots if one.spot.column == "September 2026")
    september.click()
    settle(qtbot, work)
    assert page.aside == "September 2026"
    assert page.side.period.value().name == "2026-09"


def test_pages_turn_and_zoom_by_keys(qtbot, office, work, words):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    button = spot(page, "lead_active")
    fitted = page.view.scale
    qtbot.keyClick(button, Qt.Key.Key_Plus)
    assert page.view.scale > fitted
    qtbot.keyClick(button, Qt.Key.Key_0)
    assert page.view.scale == fitted
    qtbot.keyClick(button, Qt.Key.Key_PageDown)
    settle(qtbot, work)
    assert page.tools.where.text().startswith("Page 2 of")
    qtbot.keyClick(page, Qt.Key.Key_PageUp)
    assert page.tools.where.text().startswith("Page 1 of")


def test_at_night_the_page_is_dimmed_and_says_so(qtbot, office, work, words):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    assert not page.tools._dimmed.isVisible()
    theme().set_night(True)
    assert page.tools._dimmed.isVisible()
    corner = page.view._sheet.grab().toImage().pixelColor(6, 6)
    assert corner.lightnessF() < 0.8 < QColor("white").lightnessF()


def test_saving_writes_the_pdf_and_logs_it(qtbot, office, work, words, tmp_path):
    target = tmp_path / "october.pdf"
    page = ReportsPage(office, work, words, choose_file=lambda _parent, _name: str(target))
    shown(qtbot, work, page)
    with qtbot.waitSignal(page.said, timeout=5000) as said:
        page.save_pdf()
    assert said.args == ["Saved october.pdf"]
    shown_paper = page._paper
    assert shown_paper is not None
    with Preview(target.read_bytes()) as saved:
        assert saved.pages == len(shown_paper.sizes)
    assert "export" in {line.act for line in office.reader.accesses(county.CARE)}


def test_nothing_is_saved_when_nobody_says_where(qtbot, office, work, words):
    page = ReportsPage(office, work, words, choose_file=lambda _parent, _name: "")
    shown(qtbot, work, page)
    page.save_pdf()
    settle(qtbot, work)
    assert "export" not in {line.act for line in office.reader.accesses(county.CARE)}


def test_every_page_goes_to_the_printer(qtbot, office, work, words, tmp_path):
    page = shown(qtbot, work, ReportsPage(office, work, words))
    printer = printing.letter(QPrinter())
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    pages = printing.print_on(page._paper.pdf, printer, "Monthly summary")
    with Preview((tmp_path / "printed.pdf").read_bytes()) as printed:
        assert printed.pages == pages == len(page._paper.sizes)


def test_print_is_asked_for_from_today(qtbot, office, work, words, monkeypatch):
    page = ReportsPage(office, work, words)
    pressed: list[str] = []
    monkeypatch.setattr(page, "print_now", lambda: pressed.append(page.side.period.value().name))
    qtbot.addWidget(page)
    page.resize(1366, 606)
    page.show()
    page.show_month("2026-09", print_now=True)
    settle(qtbot, work)
    assert pressed == ["2026-09"]


def test_a_report_clerk_sees_numbers_only(qtbot, tmp_path, work, words):
    desk = county.new_desk(tmp_path, roles=frozenset({Role.COORDINATOR}))
    try:
        county.people_of_care(desk)
        desk.roles = frozenset({Role.REPORT_CLERK})
        page = shown(qtbot, work, ReportsPage(desk, work, words))
        qtbot.keyClick(spot(page, "lead_active"), Qt.Key.Key_Return)
        settle(qtbot, work)
        cells = [page.pane.table.paged.row(at).cells for at in range(4)]
        assert all(row[1].text == row[0].text for row in cells)
        assert not page.pane.open_button.isVisible()
        assert page.pane.why.text() == "You see record numbers only."
    finally:
        desk.close()


def test_ctrl_p_belongs_to_the_window_while_reports_are_shown(qtbot, office, work, words):
    page = ReportsPage(office, work, words)
    shell = Shell()
    qtbot.addWidget(shell)
    shell.add_place(Place("today", "Today", "house", lambda: Page("today", "Today")))
    shell.add_place(Place("reports", "Reports", "chart-column", lambda: page))
    shell.show()
    for _ in range(2):  # coming back gives no action twice
        shell.go("reports")
        assert shell.actions_.get("report_print").isEnabled()
        shell.go("today")
        assert not shell.actions_.get("report_print").isEnabled()
    assert not shell.actions_.clashes()
    settle(qtbot, work)
