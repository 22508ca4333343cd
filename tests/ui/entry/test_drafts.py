"""What is typed is safe within a second, and said in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.entry.conftest import Open


def test_typing_is_kept_and_said(open_form: Open, qtbot: QtBot) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("where")
    form.keys("Main St")
    qtbot.waitUntil(lambda: bool(form.door.kept))
    qtbot.waitUntil(lambda: form.page.save_state.words == "Saved 2:41 pm")
    assert form.door.kept[-1]["scene/where"] == "Main St"


def test_leaving_keeps_the_last_letter(open_form: Open, qtbot: QtBot) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("where")
    form.keys("Main")
    with qtbot.waitSignal(form.page.closed):
        form.press(Qt.Key.Key_Escape)
    assert form.door.kept[-1]["scene/where"] == "Main"


def test_a_draft_opens_as_it_was_left(open_form: Open, qtbot: QtBot) -> None:
    first = open_form("lead_intake")
    first.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    first.go_to("nights_homeless")
    first.keys("12")
    first.page.copies.add_here()
    with qtbot.waitSignal(first.page.closed):
        first.press(Qt.Key.Key_Escape)
    again = open_form("lead_intake", answers=first.door.kept[-1])
    assert again.session.value("daily/home/nights_homeless") == "12"
    assert len(again.session.copies("daily/household")) == 2


def test_a_full_disk_is_said_and_tried_again(open_form: Open, qtbot: QtBot) -> None:
    form = open_form("cit_contact", patrol=True)
    form.door.full = True
    form.go_to("where")
    form.keys("Main")
    qtbot.waitUntil(lambda: form.page.save_state.words.startswith("Not saved"))
    form.door.full = False
    form.keys(" St")
    form.page.autosave.flush()
    qtbot.waitUntil(lambda: form.page.autosave.is_safe)
    assert form.door.kept[-1]["scene/where"] == "Main St"


def test_a_burst_of_keys_is_one_save(open_form: Open, qtbot: QtBot) -> None:
    form = open_form("cit_contact", patrol=True)
    form.go_to("where")
    form.keys("A long street name")
    qtbot.waitUntil(lambda: form.page.autosave.is_safe and bool(form.door.kept))
    assert len(form.door.kept) <= 3
