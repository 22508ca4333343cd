"""Every report, period and copy by keys, in the window; what has to be said before one leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leadapp.papers.reading import figures_of, text_of_pages
from leadapp.services import reporting
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.ui.outbox.put_card import PutCard
from leadapp.ui.reports.page import ReportsPage
from leadapp.ui.shell import Place, Shell
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.work import Work
from tests.services import made_county as county

Keys = Qt.Key


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    county.people_of_care(desk)
    county.shelf_stock(desk)
    yield desk
    desk.close()


@pytest.fixture
def window(qtbot, office, work, words, tmp_path):
    """Return the shell with Reports in view; what is saved goes to ``report.pdf``."""
    page = ReportsPage(office, work, words, choose_file=lambda *_: str(tmp_path / "report.pdf"))
    shell = Shell()
    qtbot.addWidget(shell)
    shell.add_place(Place("reports", "Reports", "chart-column", lambda: page))
    shell.resize(1366, 690)
    shell.show()
    shell.activateWindow()
    shell.go("reports")
    settle(qtbot, work)
    return shell


def settle(qtbot: QtBot, work: Work) -> None:
    qtbot.waitUntil(lambda: not work._under_way, timeout=20_000)


def page_of(shell: Shell) -> ReportsPage:
    page = shell.findChild(ReportsPage)
    assert page is not None
    return page


def tab_to(qtbot: QtBot, shell: Shell, name: str) -> None:
    """Tab until the control of that name has the focus."""
    for _ in range(200):
        focused = shell.focusWidget()
        if focused is not None and focused.accessibleName().startswith(name):
            return
        qtbot.keyClick(focused or shell, Keys.Key_Tab)
    raise AssertionError(name)


def choose(qtbot: QtBot, shell: Shell, name: str, downs: int, work: Work) -> None:
    tab_to(qtbot, shell, name)
    for _ in range(downs):
        qtbot.keyClick(shell.focusWidget(), Keys.Key_Down)
    settle(qtbot, work)


def test_the_list_holds_what_may_be_counted_and_is_walked_by_keys(qtbot, window, work):
    page = page_of(window)
    assert list(page.side.buttons) == ["monthly", "naloxone"]
    assert window.focusWidget() is page.side.buttons["monthly"]
    qtbot.keyClick(window.focusWidget(), Keys.Key_Down)
    qtbot.keyClick(window.focusWidget(), Keys.Key_Space)
    settle(qtbot, work)
    assert page.title == "Naloxone report"
    assert "naloxone_people" in {button.spot.measure for button in page.view.spots}


def test_a_period_of_each_sort_is_shown(qtbot, window, work):
    page, seen = page_of(window), []
    tab_to(qtbot, window, "Period")
    for _ in range(8):
        qtbot.keyClick(window.focusWidget(), Keys.Key_Down)
        settle(qtbot, work)
        seen.append((page.title, page.aside))
    assert [title for title, _ in seen] == [
        "Quarterly summary", *["Yearly summary"] * 3, *["Summary of the year so far"] * 3, "Summary",
    ]  # fmt: skip
    assert [aside for _, aside in seen] == [
        "July to September 2026", "2025", "fiscal year to June 2026",
        "fiscal year to September 2026", "January 1, 2026 to October 31, 2026",
        "July 1, 2026 to October 31, 2026", "October 1, 2026 to October 31, 2026",
        "October 1, 2026 to October 31, 2026",
    ]  # fmt: skip


def test_any_days_are_typed(qtbot, window, work):
    page = page_of(window)
    choose(qtbot, window, "Period", 8, work)
    for box, text in (("From", "11/2/2026"), ("Through", "11/5/2026")):
        tab_to(qtbot, window, box)
        window.focusWidget().selectAll()
        qtbot.keyClicks(window.focusWidget(), text)
        qtbot.keyClick(window.focusWidget(), Keys.Key_Return)
    settle(qtbot, work)
    assert page.aside == "November 2, 2026 to November 5, 2026"
    assert page._report is not None
    assert reporting.file_name(page._report) == "summary-2026-11-02-to-2026-11-05.pdf"
    tab_to(qtbot, window, "From")
    window.focusWidget().selectAll()
    qtbot.keyClicks(window.focusWidget(), "11/9/2026")
    qtbot.keyClick(window.focusWidget(), Keys.Key_Tab)
    settle(qtbot, work)
    assert page.side.period._last.error == "The last day is before the first"
    assert page.aside == "November 2, 2026 to November 5, 2026"


def test_a_publication_leaves_once_it_was_read(qtbot, window, work, office, tmp_path):
    page = page_of(window)
    choose(qtbot, window, "Copy", 2, work)
    report = page._report
    assert report is not None
    assert report.copy.is_published
    assert not page.side.save_button.isEnabled()
    assert page.side.why.text() == "Read every page, then tick it."
    with qtbot.waitSignal(page.said):
        page.main_action()
    assert not (tmp_path / "report.pdf").exists()
    tab_to(qtbot, window, "I have read every page")
    qtbot.keyClick(window.focusWidget(), Keys.Key_Space)
    assert page.side.save_button.isEnabled()
    with qtbot.waitSignal(page.said, timeout=5000):
        page.main_action()
    figures = figures_of((tmp_path / "report.pdf").read_bytes())
    shown = {one["measure"]: one for one in figures["values"] if not one["group"]}
    assert shown["lead_active"]["shown"] == "*"
    assert shown["lead_active"]["value"] is None
    assert [one.name for one in reporting.released(office)] == ["monthly 2026-10"]
    assert reporting.file_name(report) == "monthly-summary-2026-10-publication.pdf"


def test_the_tick_goes_with_the_page_it_was_set_for(qtbot, window, work):
    page = page_of(window)
    choose(qtbot, window, "Copy", 2, work)
    tab_to(qtbot, window, "I have read every page")
    qtbot.keyClick(window.focusWidget(), Keys.Key_Space)
    page.reload()
    settle(qtbot, work)
    assert page.side.copy.reviewed
    choose(qtbot, window, "Which", 1, work)
    assert not page.side.copy.reviewed
    assert not page.side.print_button.isEnabled()


def test_a_hidden_number_still_opens_its_records_here(qtbot, window, work):
    page = page_of(window)
    choose(qtbot, window, "Copy", 2, work)
    hidden = next(one for one in page.view.spots if one.spot.measure == "lead_active")
    assert hidden.accessibleName() == "Active LEAD clients, *"
    qtbot.keyClick(hidden, Keys.Key_Return)
    settle(qtbot, work)
    assert page.pane.badge.accessibleName() == "4 of 4 match the page"


def test_what_has_not_ended_is_not_published(qtbot, window, work):
    page = page_of(window)
    choose(qtbot, window, "Which", 0, work)
    qtbot.keyClick(window.focusWidget(), Keys.Key_Up)
    choose(qtbot, window, "Copy", 2, work)
    assert page._stack.currentWidget() is page._nothing
    assert not page.side.print_button.isEnabled()
    assert not page.paper_out(lambda _paper: None)


def test_a_submission_names_its_funder(qtbot, window, work, tmp_path):
    page = page_of(window)
    choose(qtbot, window, "Copy", 1, work)
    assert page.side.why.text() == "Write for which funder it is."
    tab_to(qtbot, window, "For which funder")
    qtbot.keyClicks(window.focusWidget(), "State block grant")
    qtbot.keyClick(window.focusWidget(), Keys.Key_Tab)
    settle(qtbot, work)
    with qtbot.waitSignal(page.said, timeout=5000):
        page.main_action()
    text = text_of_pages((tmp_path / "report.pdf").read_bytes())[0]
    assert "For State block grant alone." in text
    assert "Submission copy" in text


def test_the_outbox_knows_which_copy_it_is_and_for_whom(qtbot, window, work):
    page = page_of(window)
    given: list[PaperOut] = []
    choose(qtbot, window, "Copy", 1, work)
    tab_to(qtbot, window, "For which funder")
    qtbot.keyClicks(window.focusWidget(), "State block grant")
    qtbot.keyClick(window.focusWidget(), Keys.Key_Tab)
    settle(qtbot, work)
    assert page.paper_out(given.append)
    paper = given[0]
    assert (paper.what, paper.copy) == ("Monthly summary, October 2026", "submission")
    card = PutCard()
    qtbot.addWidget(card)
    card.ask(paper.what, (), None, copy=paper.copy, party=paper.party)
    assert (card.copy_of.value(), card.copy_of.isEnabled()) == ("submission", False)
    assert card.party.text() == "State block grant"
    card.ask("A record", (), None)
    assert (card.copy_of.value(), card.copy_of.isEnabled()) == ("internal", True)


def test_only_who_may_publish_lets_a_publication_out(qtbot, window, work, office):
    page = page_of(window)
    office.roles = frozenset({Role.CASE_MANAGER})
    choose(qtbot, window, "Copy", 2, work)
    assert page.side.why.text().startswith("Publishing is for the coordinator.")
    assert not page.side.print_button.isEnabled()
