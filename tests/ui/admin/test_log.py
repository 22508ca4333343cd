"""The log of accesses in Admin: shown by keys, printed, and logged itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leadapp.core.words import Words
from leadapp.papers.reading import text_of_pages
from leadapp.services import access_log, browsing
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.ui.admin.log import LogSection
from leadapp.ui.admin.page import AdminPage
from leadapp.ui.work import Work
from tests.services.made_county import CARE, new_desk, person
from tests.ui.rest import rest


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


def shown(desk: Desk, work: Work, words: Words, qtbot: QtBot) -> tuple[AdminPage, LogSection]:
    page = AdminPage(desk, work=work, words=words, say=lambda *_args, **_more: None)
    qtbot.addWidget(page)
    page.resize(1170, 606)
    page.show()
    page.show_section("log")
    section = page.section()
    assert isinstance(section, LogSection)
    section.ring.set_value(CARE)
    return page, section


def rows(section: LogSection) -> list[list[str]]:
    model = section.table.paged
    found = [model.row(at) for at in range(model.rowCount())]
    return [[cell.text for cell in row.cells] for row in found if row is not None]


def test_what_was_opened_is_shown_newest_first_and_showing_it_is_logged(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    record = person(office, CARE, "Lund", "Randy")
    browsing.viewed(office, browsing.record(office, record))
    page, section = shown(office, work, words, qtbot)
    assert rows(section) == []
    qtbot.keyClick(section.show_button, Qt.Key.Key_Space)
    rest(work, page)
    (view,) = [row for row in rows(section) if row[2] == "View"]
    assert view[:4] == ["Nov 22, 2026, 2:41 pm", "Nora Ellison", "View", record]
    assert page.window().focusWidget() is section.table
    page.main_action()
    rest(work, page)
    assert "Read log" in {row[2] for row in rows(section)}


def test_the_log_is_printed_and_that_is_logged_first(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    page, section = shown(office, work, words, qtbot)
    with qtbot.waitSignal(page.pdf_wanted, timeout=10_000) as asked:
        qtbot.keyClick(section.print_button, Qt.Key.Key_Space)
    assert "Accesses: care" in " ".join(text_of_pages(asked.args[0].pdf))
    assert office.reader.accesses(CARE)[0].act == "print_log"


def test_a_deputy_has_no_log_and_an_administrator_none_of_contacts(
    tmp_path: Path, work: Work, words: Words, qtbot: QtBot
) -> None:
    car = new_desk(tmp_path / "car", law=True, roles=frozenset({Role.DEPUTY}))
    assert set(access_log.readable(car)) == {"sys"}  # as its administrator
    car.roles = frozenset({Role.DEPUTY})
    page = AdminPage(car, work=work, words=words, say=lambda *_args, **_more: None)
    qtbot.addWidget(page)
    assert not [one for one in page._sections.values() if isinstance(one, LogSection)]
    car.close()
