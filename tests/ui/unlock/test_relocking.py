"""Locking and coming back: what is open, what is typed, who may go on with it."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from leadapp.core.ids import DraftId
from leadapp.ui.entry.page import EntryPage
from leadapp.ui.kit.line import Line
from leadapp.ui.unlock.screen import UnlockScreen
from tests.ui.front import ADA, NORA, PASSWORDS, Window


def _lock(window: Window) -> None:
    window.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    window.unlock_screen()
    window.wait(lambda: not window.app.files_open)


def _again(window: Window) -> None:
    window.type(PASSWORDS[NORA])
    window.press(Qt.Key.Key_Return)
    window.wait(lambda: not window.app.locked)
    while window.cover is not None:
        go_on = getattr(window.cover, "try_to_go_on", None)
        if go_on is not None:
            go_on()
        window.qtbot.wait(20)


def test_ctrl_l_hides_everything_and_forgets_the_keys(window: Window) -> None:
    window.unlock(ADA)
    window.app.shell.go("admin")
    QGuiApplication.clipboard().setText("copied")
    desk = window.app.open_desk
    _lock(window)
    assert isinstance(window.cover, UnlockScreen)
    assert QGuiApplication.clipboard().text() == ""
    assert not desk.holding.rings


def test_the_focus_is_in_the_password_of_who_locked(window: Window) -> None:
    window.unlock(NORA)
    window.app.shell.go("people")
    _lock(window)
    screen = window.unlock_screen()
    assert screen.chosen == window.app.open_desk.user
    window.wait(lambda: window.focused() is screen.entrance.password)


def test_the_same_person_finds_the_page_as_it_was(window: Window) -> None:
    window.unlock(NORA)
    page = window.app.shell.go("people")
    window.type("osg")
    _lock(window)
    _again(window)
    assert window.app.shell.current_page() is page
    assert window.app.open_desk.reader.rings  # the pages' own desk reads again


def test_another_person_finds_nothing_of_it(window: Window) -> None:
    window.unlock(NORA)
    window.app.shell.go("people")
    _lock(window)
    window.unlock(ADA)
    page = window.app.shell.current_page()
    assert page is not None
    assert page.name == "admin"
    assert window.app.shell.page("people") is None
    assert window.app.open_desk.name == ADA


def test_twelve_hours_after_the_password_it_is_asked_for_again(window: Window) -> None:
    window.unlock(ADA)
    for _ in range(12 * 60 * 2):
        window.app.clock.step(timedelta(seconds=30))  # type: ignore[attr-defined] # a SteppingClock
        window.app.look_at_clock()
    assert window.app.locked


def test_a_lid_that_was_closed_locks(window: Window) -> None:
    window.unlock(ADA)
    window.app.look_at_clock()
    assert not window.app.locked
    window.app.clock.step(timedelta(minutes=3))  # type: ignore[attr-defined] # a SteppingClock
    window.app.look_at_clock()
    assert window.app.locked


def test_what_is_typed_is_kept_before_the_keys_go(window: Window) -> None:
    window.unlock(NORA)
    window.press(Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    window.wait(lambda: isinstance(window.app.shell.current_page(), EntryPage))
    form = window.app.shell.current_page()
    assert isinstance(form, EntryPage)
    minutes = next(
        one for one in form.findChildren(Line) if one.accessibleName().startswith("Minutes")
    )
    minutes.setFocus()
    window.type("25")
    _lock(window)
    assert form.autosave.is_safe
    _again(window)
    assert window.app.shell.current_page() is form
    assert window.focused() is minutes
    kept = window.app.open_desk.drafts.load(DraftId(form.door.record))
    assert kept is not None
    assert "25" in kept.answers.values()
