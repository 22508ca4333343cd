"""One record for reading: its files seen small and opened, where it was typed from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from leadapp.core.attachments import Attachment
from leadapp.core.words import Words
from leadapp.services import filling
from leadapp.services.desk import Desk
from leadapp.services.filling import Filling
from leadapp.store.queries import StoredRecord
from leadapp.ui.entry import pictures
from leadapp.ui.entry.file_window import FileWindow
from leadapp.ui.people.record_page import RecordPage
from leadapp.ui.record.answers import AttachedAnswer
from leadapp.ui.shell import Shell
from leadapp.ui.work import Work
from tests.services.made_county import CARE, new_desk
from tests.services.test_attached import PLEDGE, begun, finish
from tests.services.test_exporting import use


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    use(desk, tmp_path, PLEDGE)
    yield desk
    desk.close()


def with_scan(desk: Desk, form: Filling) -> StoredRecord:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    data = pictures.written(image, "PNG")
    answer = filling.attach(desk, form, data, "image/png", "scan.png")
    form.session.set_answer("letter", answer.text)
    return finish(desk, form)


def opened(desk: Desk, work: Work, words: Words, qtbot: QtBot, stored: StoredRecord) -> RecordPage:
    page = RecordPage(desk, work, words, stored.ring, stored.record)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    page.on_shown()
    qtbot.waitUntil(lambda: page.view.opened is not None)
    return page


def test_a_file_is_seen_small_and_opens_in_our_own_window(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    page = opened(office, work, words, qtbot, with_scan(office, begun(office)))
    shown = page.findChildren(AttachedAnswer)[0]
    qtbot.waitUntil(lambda: shown.picture._image is not None)
    shown.open.click()
    window = page.findChildren(FileWindow)[0]
    qtbot.waitUntil(lambda: len(window.sheets) == 1)
    window.reject()


def test_a_file_that_has_not_come_here_says_so(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    form = begun(office)
    elsewhere = Attachment("A" * 43, "c2FsdA", 10, "image/png", "scan.png")
    form.session.set_answer("letter", elsewhere.text)
    page = opened(office, work, words, qtbot, finish(office, form))
    shown = page.findChildren(AttachedAnswer)[0]
    qtbot.waitUntil(lambda: "next exchange" in shown._said.text())
    assert shown.open.isHidden()


def test_a_record_typed_from_paper_says_so(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    form = begun(office)
    form.paper = "A-17"
    page = opened(office, work, words, qtbot, finish(office, form))
    assert page.view.opened is not None
    assert "Typed from paper A-17, entered late" in page.view.opened.facts
    assert page.view.opened.stored.ring == CARE


def test_ctrl_p_prints_the_record_that_is_shown(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    stored = finish(office, begun(office))
    shell = Shell()
    qtbot.addWidget(shell)
    shell.show()
    page = RecordPage(office, work, words, stored.ring, stored.record)
    shell.open_page(page)
    qtbot.waitUntil(lambda: page.view.opened is not None)
    with qtbot.waitSignal(page.print_wanted) as asked:
        shell.actions_.get("record_print").trigger()
    assert asked.args == [stored.ring, stored.record]
    assert not shell.actions_.clashes()
