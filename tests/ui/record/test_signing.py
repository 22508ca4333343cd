"""A form signed, left, taken up again and finished at a real desk; then typed in from paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leadapp.core.attachments import read_attachment
from leadapp.core.ids import DraftId
from leadapp.core.words import Words
from leadapp.services import browsing, filling
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from leadapp.services.kept import StoredRecord
from leadapp.ui.entry.opening import Opening
from leadapp.ui.entry.page import EntryPage
from leadapp.ui.entry.signature_editor import SignatureEditor
from leadapp.ui.work import Work
from tests.services.made_county import CARE, new_desk
from tests.services.test_attached import PLEDGE
from tests.services.test_exporting import use


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    use(desk, tmp_path, PLEDGE)
    yield desk
    desk.close()


@pytest.fixture
def opening(office: Desk, work: Work, words: Words) -> Opening:
    return Opening(office, work, words, lambda *_args, **_more: None, lambda: False)


def shown(qtbot: QtBot, opening: Opening, how: str, what: str) -> EntryPage:
    with qtbot.waitSignal(opening.opened, timeout=20_000) as asked:
        getattr(opening, how)(what)
    page: EntryPage = asked.args[0]
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    return page


def signature(page: EntryPage) -> SignatureEditor:
    row = page.view.row("sign")
    assert row is not None
    assert isinstance(row.editor, SignatureEditor)
    return row.editor


def finished(qtbot: QtBot, desk: Desk, page: EntryPage) -> StoredRecord:
    with qtbot.waitSignal(page.finished, timeout=20_000) as asked:
        page.finish()
    saved: Saved = asked.args[0]
    return browsing.record(desk, saved.record, saved.ring)


def test_a_signature_is_there_again_after_the_form_was_left_and_is_stored(
    office: Desk, opening: Opening, qtbot: QtBot
) -> None:
    page = shown(qtbot, opening, "start", "pledge")
    pad = signature(page).pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    QTest.mouseMove(pad, QPoint(160, 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(160, 30))
    with qtbot.waitSignal(page.closed, timeout=20_000):
        page.leave()
    again = shown(qtbot, opening, "resume", DraftId(page.door.record))
    qtbot.waitUntil(lambda: not signature(again).pad.is_blank, timeout=10_000)
    stored = finished(qtbot, office, again)
    named = read_attachment(stored.answers["sign"])
    assert named is not None
    data = filling.stored(office, CARE, named)
    assert data is not None
    assert data.startswith(b"\x89PNG")
    assert office.drafts.load(DraftId(page.door.record)) is None


def test_the_number_of_the_paper_is_kept_with_draft_and_record(
    office: Desk, opening: Opening, qtbot: QtBot
) -> None:
    page = shown(qtbot, opening, "start", "pledge")
    page.toggle_paper()
    QTest.keyClicks(page.paper.box, "A-17")
    with qtbot.waitSignal(page.closed, timeout=20_000):
        page.leave()
    again = shown(qtbot, opening, "resume", DraftId(page.door.record))
    assert again.paper.isVisible()
    assert again.paper.box.text() == "A-17"
    assert finished(qtbot, office, again).about["_paper"] == "A-17"
