"""Self-made codes are the coordinator's to turn on, and off at first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from leadapp.services import stock
from leadapp.ui.admin.computer import ComputerSection
from leadapp.ui.admin.page import AdminPage
from tests.ui.front import ADA, TYLER, Window


def section(window: Window) -> ComputerSection:
    window.app.shell.go("admin")
    page = window.app.shell.page("admin")
    assert isinstance(page, AdminPage)
    page.show_section("computer")
    found = page.section()
    assert isinstance(found, ComputerSection)
    idle(window)
    return found


def idle(window: Window) -> None:
    """Wait until no lane reads: two threads never read at once."""
    window.wait(lambda: not window.app.work._under_way)


def test_a_coordinator_turns_codes_on_by_keys(window: Window) -> None:
    window.unlock(TYLER)
    card = section(window).codes
    assert card is not None
    desk = window.app.open_desk
    assert not stock.codes_on(desk)
    card.choice.buttons[1].setFocus()
    QTest.keyClicks(window.focused(), "y")
    window.press(Qt.Key.Key_Tab)
    assert card.save.hasFocus()
    window.press(Qt.Key.Key_Return)
    said = window.app.shell.toast
    window.wait(said.isVisible)
    idle(window)
    assert stock.codes_on(desk)
    assert stock.view(desk).self_made


def test_an_administrator_has_no_say_in_them(window: Window) -> None:
    window.unlock(ADA)
    assert section(window).codes is None
