"""Forms filled by keys alone, as in a car or all day at a desk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leadapp.ui.kit.search_choose import SearchChoose
from tests.ui.entry.conftest import Filled, Open

CTRL = Qt.KeyboardModifier.ControlModifier


def fill_contact(form: Filled, qtbot: QtBot) -> None:
    """Type a whole CIT contact."""
    form.press(Qt.Key.Key_A, CTRL)
    form.keys("t 1:15p")
    form.tab()
    form.keys("Hwy 12 pullout, mile 41")
    form.press(Qt.Key.Key_Return)
    assert form.question() == "scene/person"
    form.keys("lund")
    box = form.focus()
    assert isinstance(box, SearchChoose)
    qtbot.waitUntil(lambda: box._list is not None and box._list.isVisible())
    form.press(Qt.Key.Key_Return)
    form.tab()
    form.keys("w")
    form.tab()
    form.keys("1")
    form.press(Qt.Key.Key_Right)
    form.press(Qt.Key.Key_Space)
    form.go_to("minutes_choice")
    form.keys("3")
    form.go_to("weapon")
    form.keys("n")
    form.go_to("injury_or_force")
    form.keys("n")
    form.go_to("ending")
    form.keys("2")
    form.go_to("naloxone_given")
    form.keys("n")
    form.go_to("follow_up")
    form.keys("n")


def test_a_contact_is_filled_and_finished_by_keys_alone(open_form: Open, qtbot: QtBot) -> None:
    form = open_form("cit_contact", patrol=True)
    assert form.question() == "scene/when"
    fill_contact(form, qtbot)
    form.go_to("taken_to_other")
    form.keys("Valley Health")
    with qtbot.waitSignal(form.page.finished):
        form.press(Qt.Key.Key_S, CTRL)
    answers = form.door.saved[0].answers
    assert answers["scene/when"].startswith("2026-11-22T13:15")
    assert answers["scene/where"] == "Hwy 12 pullout, mile 41"
    assert answers["scene/person"] == "p1"
    assert answers["scene/reason"] == "welfare_check"
    assert answers["scene/seen"] == "disoriented hallucination"
    assert answers["scene/minutes_choice"] == "45"
    assert answers["result/ending"] == "care"
    assert form.door.gone


def test_finishing_with_gaps_puts_the_focus_on_the_summary(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    form.press(Qt.Key.Key_S, CTRL)
    assert form.page.summary.isVisible()
    assert form.page.summary.isAncestorOf(form.focus())
    labels = [fix.label for fix in form.page.summary.items]
    assert labels[0] == "Where"
    form.press(Qt.Key.Key_F8)
    assert form.question() == "scene/where"
    form.press(Qt.Key.Key_F8)
    assert form.question() == "scene/reason"
    form.press(Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert form.question() == "scene/where"


def test_an_answer_is_checked_when_left_and_then_at_each_key(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("officers")
    form.press(Qt.Key.Key_A, CTRL)
    form.keys("0")
    row = form.page.view.row("scene/officers")
    assert row is not None
    assert row.field is not None
    assert row.field.error == ""
    form.tab()
    assert row.field.error == "Enter a number from 1 to 99"
    row.focus_control()
    form.press(Qt.Key.Key_A, CTRL)
    form.keys("3")
    assert row.field.error == ""


def test_what_is_no_number_is_kept_and_said(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("officers")
    form.press(Qt.Key.Key_A, CTRL)
    form.keys("two")
    form.tab()
    assert form.session.value("scene/officers") == "two"
    row = form.page.view.row("scene/officers")
    assert row is not None
    assert row.field is not None
    assert row.field.error


def test_questions_come_and_go_in_place(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    row = form.page.view.row("scene/reason_detail")
    assert row is not None
    assert not row.isVisible()
    form.go_to("reason")
    form.keys("o")
    form.keys("o")
    assert form.session.value("scene/reason") in ("overdose", "other")
    form.keys("6")
    assert row.isVisible()
    form.tab()
    assert form.question() == "scene/reason_detail"


def test_none_of_these_clears_the_others_and_undo_brings_them_back(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("seen")
    form.keys("12")
    form.keys("6")
    assert form.session.value("scene/seen") == "none"
    assert form.shell.toast.can_undo
    form.press(Qt.Key.Key_Z, CTRL)
    assert form.session.value("scene/seen") == "disoriented hallucination"


def test_undo_takes_back_a_whole_word_and_redo_gives_it_again(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("where")
    form.keys("Main")
    form.tab()
    form.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    form.keys(" Street")
    form.press(Qt.Key.Key_Z, CTRL)
    first = form.session.value("scene/where")
    form.press(Qt.Key.Key_Z, CTRL)
    assert form.session.value("scene/where") == ""
    assert first in ("Main", "")
    form.press(Qt.Key.Key_Y, CTRL)
    form.press(Qt.Key.Key_Y, CTRL)
    assert form.session.value("scene/where") != ""


def test_tab_follows_the_rows_and_a_choice_group_is_one_stop(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    seen = [form.question()]
    for _ in range(12):
        form.tab()
        seen.append(form.question())
    assert seen[:7] == [
        "scene/when",
        "scene/where",
        "scene/person",
        "scene/reason",
        "scene/seen",
        "scene/minutes_choice",
        "scene/officers",
    ]
    assert len(set(seen)) == len(seen)


def test_what_may_wait_is_folded_and_does_not_stop_finishing(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    assert "Finish later" in form.page.foot.later.text()
    assert not form.page.view.page.later_shown
    form.page.foot.later.setFocus()
    form.press(Qt.Key.Key_Space)
    QTest.qWait(30)
    assert form.page.view.page.later_shown
    assert form.question().startswith("incident/")
    row = form.page.view.row("incident/agency")
    assert row is not None
    assert row.field is not None
    assert not row.field.error


def test_the_contact_fits_the_worst_laptop_without_scrolling(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True, size=(1366, 690))
    assert form.page.view.page.verticalScrollBar().maximum() == 0
    assert form.shell.minimumSizeHint().height() <= 540
