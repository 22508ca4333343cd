"""Typing a form in from paper, and why a question is asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from leadapp.forms.reading import read_markdown_form
from leadapp.ui.entry.repeats import TableRepeat
from leadapp.ui.kit.icon_button import IconButton
from tests.ui.entry.conftest import Filled, Open

FORM = read_markdown_form("""
| survey |
| | type | name | label | relevant | hint | guidance_hint |
| | begin group | one | One | | | |
| | select_one yn | housed | Housed? | | Tonight | To count people without a roof. |
| | text | where | Where? | ${housed} = 'no' | | |
| | end group | | | | | |
| | begin group | two | Two | ${housed} = 'no' | | |
| | text | since | Since? | | | |
| | end group | | | | | |
| | begin repeat | stay | Stay | ${housed} = 'no' | | |
| | text | street | Street | | | |
| | text | weeks | Weeks | | | |
| | end repeat | | | | | |
| | begin group | three | Three | | | |
| | text | remark | Remark | | | |
| | end group | | | | | |
| choices |
| | list_name | name | label |
| | yn | yes | Yes |
| | yn | no | No |
| settings |
| | style |
| | pages |
""")
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def on_paper(open_form: Open) -> Filled:
    form = open_form(FORM)
    form.press(Qt.Key.Key_T, CTRL_SHIFT)
    return form


def row(form: Filled, key: str):
    found = form.page.view.row(key)
    assert found is not None
    return found


def test_from_paper_asks_everything_in_one_flow_and_takes_the_number(open_form: Open) -> None:
    form = open_form(FORM)
    assert len(form.page.view.parts) > 1
    form.press(Qt.Key.Key_T, CTRL_SHIFT)
    assert len(form.page.view.parts) == 1
    assert form.page.sections is not None
    assert not form.page.sections.isVisible()
    assert form.focus() is form.page.paper.box
    form.keys("A-17")
    assert form.page.paper._kept.paper == "A-17"
    form.tab()
    form.tab()
    assert form.question() == "one/housed"


def test_what_is_not_asked_stands_there_dimmed_and_is_left_out(open_form: Open) -> None:
    form = on_paper(open_form)
    assert row(form, "two/since").isVisible()
    assert not row(form, "two/since").isEnabled()
    row(form, "one/housed").editor.answered.emit("no", False)
    assert row(form, "two/since").isEnabled()
    form.go_to("since")
    form.keys("May")
    row(form, "one/housed").editor.answered.emit("yes", False)
    assert not row(form, "two/since").isEnabled()
    form.page.finish()
    QTest.qWait(50)
    assert "two/since" not in form.door.saved[-1].answers


def test_rows_that_are_not_asked_stand_there_dimmed_too(open_form: Open) -> None:
    form = on_paper(open_form)
    (rows,) = form.page.findChildren(TableRepeat)
    assert rows.isVisible()
    assert not rows.isEnabled()
    row(form, "one/housed").editor.answered.emit("no", False)
    assert rows.isEnabled()


def test_asked_as_usual_again_it_is_no_paper(open_form: Open) -> None:
    form = on_paper(open_form)
    form.page.paper.leave.click()
    assert len(form.page.view.parts) > 1
    assert form.page.paper._kept.paper is None
    assert not form.page.paper.isVisible()


def test_shift_f1_says_why_a_question_is_asked_and_stops_saying_it(open_form: Open) -> None:
    form = open_form(FORM)
    form.go_to("housed")
    field = row(form, "one/housed").field
    form.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert field._hint == "Tonight\nTo count people without a roof."
    form.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert field._hint == "Tonight"


def test_the_mark_beside_a_question_says_why_it_is_asked(open_form: Open) -> None:
    form = open_form(FORM)
    row(form, "one/housed").findChildren(IconButton)[0].click()
    assert "count people" in row(form, "one/housed").field._hint
    form.page.next_section()
    assert row(form, "three/remark").findChildren(IconButton) == []
