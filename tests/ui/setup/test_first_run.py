"""Set-up by keys alone: from an empty folder to the unlock screen, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from leadapp.core.clock import SteppingClock
from leadapp.services import unlock
from leadapp.staff.roles import Role
from leadapp.ui.setup.wizard import SetupScreen
from leadapp.ui.unlock.screen import UnlockScreen
from tests.ui.front import ADA, MORNING, NORA, PASSWORDS, County, Window

CTRL = Qt.KeyboardModifier.ControlModifier


def _screen(window: Window) -> SetupScreen:
    window.wait(lambda: isinstance(window.cover, SetupScreen))
    window.wait(lambda: QApplication.focusWidget() is not None)
    assert isinstance(window.cover, SetupScreen)
    return window.cover


def _new_window(home: Path, open_window: Callable[[County], Window]) -> Window:
    return open_window(County(home / "new", SteppingClock(MORNING), {}))


def _go_on(window: Window, screen: SetupScreen, step: int) -> None:
    window.press(Qt.Key.Key_S, CTRL)
    window.wait(lambda: screen.step == step)
    window.wait(lambda: screen.isAncestorOf(window.focused()) and not screen.busy)


def _tab_to_button(window: Window, words: str) -> None:
    for _ in range(60):
        at = window.focused()
        if isinstance(at, QPushButton) and at.text() == words:
            return
        window.press(Qt.Key.Key_Tab)
    raise AssertionError(words)


def _to_people(window: Window, screen: SetupScreen) -> None:
    window.type("Alder County")
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_2)
    _go_on(window, screen, 1)
    window.wait(lambda: window.focused() is screen.person.name)
    window.type(ADA)
    window.press(Qt.Key.Key_Return)
    window.type(PASSWORDS[ADA])
    window.press(Qt.Key.Key_Return)
    window.type(PASSWORDS[ADA])
    _go_on(window, screen, 2)
    assert screen.pages is not None
    founding = screen.founding
    assert founding is not None
    name, group = founding.result.asked
    page = next(one for one in founding.pages if one.name == name)
    while window.focused() is not screen.pages.boxes[name]:
        window.press(Qt.Key.Key_Tab)
    window.type(page.groups[group - 1])
    window.press(Qt.Key.Key_Return)
    window.wait(lambda: screen.step == 3 and screen.people is not None and not screen.busy)


def test_a_program_is_made_by_keys_alone(
    home: Path, open_window: Callable[[County], Window]
) -> None:
    window = _new_window(home, open_window)
    screen = _screen(window)
    _to_people(window, screen)
    people = screen.people
    assert people is not None
    window.wait(lambda: window.focused() is people.form.name)
    window.type(NORA)
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Tab)
    window.type(PASSWORDS[NORA])
    window.press(Qt.Key.Key_Return)
    window.type(PASSWORDS[NORA])
    _tab_to_button(window, "Add this person")
    window.press(Qt.Key.Key_Return)
    window.wait(lambda: people.form.name.text() == "" and not screen.busy)
    window.press(Qt.Key.Key_S, CTRL)
    window.wait(lambda: isinstance(window.cover, UnlockScreen) and window.cover.ready)
    desk = unlock.unlock(
        home / "new", name=NORA, password=PASSWORDS[NORA], clock=SteppingClock(MORNING)
    )
    assert desk.roles == {Role.CASE_MANAGER}
    desk.close()


def test_no_program_stands_before_a_part_is_typed_back(
    home: Path, open_window: Callable[[County], Window]
) -> None:
    window = _new_window(home, open_window)
    screen = _screen(window)
    window.type("Alder County")
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_2)
    _go_on(window, screen, 1)
    screen.person.name.setText(ADA)
    screen.person.password.first.setText(PASSWORDS[ADA])
    screen.person.password.again.setText(PASSWORDS[ADA])
    _go_on(window, screen, 2)
    window.press(Qt.Key.Key_S, CTRL)
    assert screen.step == 2
    assert not (home / "new" / "device.json").exists()
    again = _new_window(home, open_window)
    assert _screen(again).step == 0


def test_what_is_missing_is_said_at_its_question(
    home: Path, open_window: Callable[[County], Window]
) -> None:
    window = _new_window(home, open_window)
    screen = _screen(window)
    window.press(Qt.Key.Key_S, CTRL)
    assert screen.step == 0
    assert screen.county.county_field.error
    assert screen.county.device_field.error
    assert window.focused() is screen.county.county


def test_a_law_computer_needs_its_agency(
    home: Path, open_window: Callable[[County], Window]
) -> None:
    window = _new_window(home, open_window)
    screen = _screen(window)
    window.type("Alder County")
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_1)
    window.press(Qt.Key.Key_S, CTRL)
    assert window.focused() is screen.county.agency
    window.type("Sheriff's Office")
    _go_on(window, screen, 1)
    assert screen.county.agency_id() == "sheriffsoffice"


def test_a_weak_password_is_told_while_it_is_typed(
    home: Path, open_window: Callable[[County], Window]
) -> None:
    window = _new_window(home, open_window)
    screen = _screen(window)
    window.type("Alder County")
    window.press(Qt.Key.Key_Return)
    window.press(Qt.Key.Key_2)
    _go_on(window, screen, 1)
    window.wait(lambda: window.focused() is screen.person.name)
    window.press(Qt.Key.Key_Return)
    window.type("alder county")
    window.wait(lambda: "15" in screen.person.password.field.error)
    window.press(Qt.Key.Key_S, CTRL)
    assert screen.step == 1
