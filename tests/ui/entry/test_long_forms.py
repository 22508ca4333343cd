"""Sections, repeats, corrections and languages of long forms."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from leadapp.ui.entry.repeats import TableRepeat
from tests.ui.entry.conftest import Filled, Open

CTRL = Qt.KeyboardModifier.ControlModifier


def in_household(form: Filled) -> TableRepeat:
    """Go to the section with the household table."""
    form.press(Qt.Key.Key_PageDown, CTRL)
    QTest.qWait(10)
    found = form.page.view.findChild(TableRepeat)
    assert found is not None
    return found


def test_sections_are_made_when_first_shown_and_keys_go_through_them(open_form: Open) -> None:
    form = open_form("lead_intake")
    assert form.page.view.title(0) == "Person"
    assert form.page.view.row("daily/home/housing") is None
    form.press(Qt.Key.Key_PageDown, CTRL)
    assert form.page.view.title(form.page.view.here) == "Needs"
    assert form.question() == "daily/home/housing"
    form.press(Qt.Key.Key_PageUp, CTRL)
    assert form.page.view.here == 0


def test_rows_are_added_typed_and_removed_by_keys(open_form: Open) -> None:
    form = open_form("lead_intake")
    table = in_household(form)
    table.stops()[0].setFocus()
    form.press(Qt.Key.Key_Delete, CTRL)
    form.tab()
    form.keys("Etta")
    form.tab()
    form.keys("Mother")
    form.tab()
    form.keys("61")
    form.press(Qt.Key.Key_R, CTRL)
    form.keys("Lon")
    copies = form.session.copies("daily/household")
    assert [form.session.value(f"{key}/member_name") for key in copies] == ["Etta", "Lon"]
    assert form.session.value(f"{copies[0]}/member_age") == "61"
    form.press(Qt.Key.Key_Delete, CTRL)
    assert len(form.session.copies("daily/household")) == 1
    form.press(Qt.Key.Key_Z, CTRL)
    restored = form.session.copies("daily/household")
    assert form.session.value(f"{restored[1]}/member_name") == "Lon"


def test_a_wrong_cell_is_named_in_the_summary(open_form: Open) -> None:
    form = open_form("lead_intake")
    table = in_household(form)
    table.stops()[0].setFocus()
    form.press(Qt.Key.Key_R, CTRL)
    form.tab(2)
    form.keys("200")
    form.tab()
    assert [fix.message for fix in form.page.summary.items][-1] == "Enter an age from 0 to 120"


def test_finishing_checks_sections_that_were_never_opened(open_form: Open) -> None:
    form = open_form("lead_intake")
    form.press(Qt.Key.Key_S, CTRL)
    keys = {fix.key for fix in form.page.summary.items}
    assert "goals/want_first" in keys
    form.page.summary.chosen.emit("goals/want_first")
    assert form.question() == "goals/want_first"
    row = form.page.view.row("goals/want_first")
    assert row is not None
    assert row.field is not None
    assert row.field.error


def test_protected_sections_say_so(open_form: Open) -> None:
    form = open_form("lead_intake")
    protected = [part.key for part in form.page.view.parts if part.protected]
    assert protected == ["substance_use", "health"]


def test_the_language_changes_while_filling_and_answers_stay(open_form: Open) -> None:
    form = open_form("cit_contact")
    form.go_to("where")
    form.keys("Main St")
    form.page.next_language()
    row = form.page.view.row("scene/where")
    assert row is not None
    assert row.field is not None
    assert row.field.label == "Dónde"
    assert form.session.value("scene/where") == "Main St"
    assert form.question() == "scene/where"


def test_a_correction_asks_why_in_place(open_form: Open, qtbot: QtBot) -> None:
    form = open_form(
        "person_law",
        answers={"name/last_name": "Lund", "name/first_name": "Randy"},
        corrects=True,
    )
    reason = form.page.reason
    assert reason is not None
    assert reason.box.hasFocus()
    form.press(Qt.Key.Key_S, CTRL)
    assert form.page.summary.items[0].label == "Why is this corrected?"
    reason.box.setFocus()
    form.keys("Misspelled")
    assert not reason.field.error


def test_names_say_what_is_needed(open_form: Open) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("where")
    assert form.focus().accessibleName() == "Where, needed"
    form.press(Qt.Key.Key_S, CTRL)
    row = form.page.view.row("scene/where")
    assert row is not None
    assert row.editor is not None
    assert row.editor.control.accessibleDescription() != ""


def test_nothing_is_cut_at_the_smallest_screen(open_form: Open) -> None:
    form = open_form("lead_intake", size=(1024, 540))
    view = form.page.view
    for _ in range(len(view.parts)):
        page = view.page
        inside = page.widget()
        assert inside is not None
        assert inside.minimumSizeHint().width() <= page.viewport().width()
        form.press(Qt.Key.Key_PageDown, CTRL)
