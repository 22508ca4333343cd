"""A form offers what other forms registered, in the window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.ui.entry.opening import Opening
from leadapp.ui.entry.page import EntryPage
from leadapp.ui.work import Work
from tests.services.made_county import new_desk
from tests.services.test_entities import FOLLOW_UP, REGISTER, dogs, register
from tests.services.test_exporting import use


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    use(desk, tmp_path, REGISTER)
    use(desk, tmp_path, FOLLOW_UP)
    yield desk
    desk.close()


def test_a_form_offers_what_another_registered_and_reads_it(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    for number in range(30):
        register(office, f"Rex {number:02}", "Alder")
    opening = Opening(office, work, words, lambda *_args, **_more: None, lambda: False)
    with qtbot.waitSignal(opening.opened, timeout=20_000) as asked:
        opening.start("dog_again")
    page: EntryPage = asked.args[0]
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: len(page.session.state("dog").choices) == 30, timeout=10_000)
    row = page.view.row("dog")
    assert row is not None
    assert row.editor is not None
    row.editor.answered.emit(dogs(office)[7].name, False)
    qtbot.waitUntil(lambda: page.session.value("before") == "Alder", timeout=10_000)
