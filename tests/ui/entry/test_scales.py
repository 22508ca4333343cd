"""Questions with one scale of answers share a heading."""

from __future__ import annotations

from PySide6.QtCore import Qt

from leadapp.forms.reading import read_markdown_form
from leadapp.ui.entry.scale import Dots
from leadapp.ui.entry.scale_head import ScaleHead
from tests.ui.entry.conftest import Filled, Open

FORM = read_markdown_form("""
| survey |
| | type | name | label | appearance | relevant | required |
| | begin group | one | Over two weeks | | | |
| | select_one often | q1 | Little interest | likert | | yes |
| | select_one often | q2 | Feeling down | likert | | |
| | select_one yn | other | Anything else? | likert | | |
| | text | what | What? | | | |
| | end group | | | | | |
| | begin group | two | Then | | ${q1} = 'daily' | |
| | select_one often | heads | How often | label | | |
| | select_one often | q3 | Trouble sleeping | list-nolabel | | |
| | end group | | | | | |
| choices |
| | list_name | name | label |
| | often | never | Never |
| | often | some | Some days |
| | often | daily | Every day |
| | yn | yes | Yes |
| | yn | no | No |
""")


def heads(form: Filled) -> list[ScaleHead]:
    return [head for head in form.page.findChildren(ScaleHead) if head.isVisible()]


def test_questions_of_one_scale_stand_under_one_heading(open_form: Open) -> None:
    form = open_form(FORM)
    (head,) = heads(form)
    assert head.labels == ["Never", "Some days", "Every day"]
    assert [row.key for row in head.rows] == ["one/q1", "one/q2"]
    other = form.page.view.row("one/other")
    assert other is not None
    assert other.editor is not None
    assert not isinstance(other.editor.control, Dots)


def test_dots_stand_under_their_headings_also_beside_a_wrong_answer(open_form: Open) -> None:
    form = open_form(FORM)
    form.page.view.check_all()
    form.page.grab()
    (head,) = heads(form)
    for row in head.rows:
        assert row.editor is not None
        assert isinstance(row.editor.control, Dots)
        dots = row.editor.control.buttons
        for place, dot in enumerate(dots):
            here = dot.mapTo(form.page, dot.rect().center()).x()
            share = head.width() * 3 / 5 / 3
            left = head.mapTo(form.page, head.rect().topLeft()).x() + head.width() * 2 / 5
            assert abs(here - (left + share * (place + 0.5))) < 12


def test_a_scale_is_answered_by_keys(open_form: Open) -> None:
    form = open_form(FORM)
    form.go_to("q1")
    form.press(Qt.Key.Key_3)
    assert form.session.value("one/q1") == "daily"
    form.tab()
    assert form.question() == "one/q2"


def test_the_heading_of_a_table_comes_and_goes_with_its_questions(open_form: Open) -> None:
    form = open_form(FORM)
    form.go_to("q1")
    form.press(Qt.Key.Key_3)
    assert len(heads(form)) == 2
    form.press(Qt.Key.Key_1)
    assert len(heads(form)) == 1
