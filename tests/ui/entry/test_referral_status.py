"""A referral's status in the window, held to what the desk knows of the referral."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from pytestqt.qtbot import QtBot

from leadapp.core.ids import RecordId
from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.ui.entry.opening import Opening, told_after
from leadapp.ui.shell.shell import Shell
from leadapp.ui.work import Work
from tests.services.made_county import CARE, day, new_desk, person, put, referral
from tests.ui.entry.conftest import Filled
from tests.ui.rest import rest

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


@pytest.fixture
def shell(office: Desk) -> Iterator[Shell]:
    made = Shell()
    made.resize(1366, 690)
    made.show()
    yield made
    made.close_all()
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def enrolled(office: Desk) -> RecordId:
    """Return a referral whose person enrolled ten days ago."""
    of = person(office, CARE, "Lund", "Randy")
    made = referral(office, "Lund", "Randy", 20)
    answers = {"referral": made, "person": of, "status": "enrolled", "status_day": day(10)}
    put(office, CARE, "referral_status", answers | {"screening": "eligible"}, days_ago=10)
    return made


def opened(office: Desk, work: Work, words: Words, shell: Shell, qtbot: QtBot, made: str) -> Filled:
    opening = Opening(office, work, words, shell.say, lambda: False, shell)
    with qtbot.waitSignal(opening.opened, timeout=20_000) as asked:
        opening.start("referral_status", prefill={"referral": made, "screening": "eligible"})
    page = asked.args[0]
    shell.open_page(page)
    rest(work, page)
    return Filled(page, shell, page.door)


def test_an_enrolled_referral_is_not_set_back_and_the_question_says_why(
    office: Desk, work: Work, words: Words, shell: Shell, qtbot: QtBot, enrolled: RecordId
) -> None:
    form = opened(office, work, words, shell, qtbot, enrolled)
    form.go_to("status")
    form.keys("Rec")
    form.tab()
    assert form.session.value("about/status") == "received"
    form.press(Qt.Key.Key_S, CTRL)
    rest(work, form.page)
    (fix,) = form.page.summary.items
    assert fix.label == "Status"
    assert fix.message.startswith("This referral is enrolled already")
    assert form.page.summary.isAncestorOf(form.focus())
    form.press(Qt.Key.Key_F8)
    assert form.question() == "about/status"
    assert office.reader.rows("SELECT status FROM referral_status", {}) == [("enrolled",)]


def test_another_status_then_finishes_it(
    office: Desk, work: Work, words: Words, shell: Shell, qtbot: QtBot
) -> None:
    made = referral(office, "Lund", "Randy", 20, status="screening")
    form = opened(office, work, words, shell, qtbot, made)
    form.go_to("status")
    form.keys("Rec")
    with qtbot.waitSignal(form.page.finished, timeout=20_000) as asked:
        form.press(Qt.Key.Key_S, CTRL)
    assert [one.code for one in told_after(asked.args[0])] == ["casework.referral_step_odd"]
