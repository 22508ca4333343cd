"""The way in, by keys: who, password, wrong passwords, a locked account, two windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from leadapp.services import accounts
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.trouble import TroublePage
from leadapp.ui.unlock.code_box import CodeBox
from leadapp.ui.unlock.hall import Hall
from leadapp.ui.unlock.notices import backup_words
from leadapp.ui.unlock.password_box import PasswordBox
from leadapp.ui.unlock.ways_back import ForgottenPanel, LockedPanel
from tests.ui.front import ADA, NORA, PASSWORDS, TYLER, County, Window, make_county

WRONG = "not the password at all"


def test_a_name_by_arrows_and_the_password_open_the_work(window: Window) -> None:
    window.unlock(ADA)
    assert window.app.desk is not None
    assert window.app.desk.name == ADA
    assert window.app.shell.current_page() is not None


def test_nothing_of_the_work_is_seen_or_pressed_before(window: Window) -> None:
    window.unlock_screen()
    assert window.app.shell.covered
    assert not window.app.shell.actions_.get("palette").isEnabled()
    assert window.app.shell.actions_.get("night").isEnabled()


def test_the_notice_and_the_last_backup_stand_beside_the_password(window: Window) -> None:
    screen = window.unlock_screen()
    said = " ".join(label.text() for label in screen.band.findChildren(Label))
    assert "Alder County" in said
    assert "By unlocking you agree" in said
    assert "No backup has been made yet" in said


def test_a_wrong_password_says_how_many_tries_are_left(window: Window) -> None:
    window.enter(NORA, WRONG)
    entrance = window.unlock_screen().entrance
    window.wait(lambda: "locks: 4" in entrance.password.accessibleDescription())
    assert window.app.locked
    assert window.focused() is entrance.password


def test_after_five_wrong_ones_the_three_ways_are_shown(window: Window) -> None:
    _lock_out(window, NORA)
    panel = _panel(window)
    assert panel is not None
    assert not window.unlock_screen().entrance.password.isVisible()


def test_a_code_read_out_by_phone_opens_a_locked_account(
    county: County, open_window: Callable[[County], Window]
) -> None:
    county.desk(NORA).close()  # an unlock makes every account here ready for a code
    window = open_window(county)
    _lock_out(window, NORA)
    panel = _panel(window)
    desk = county.desk(ADA)
    code = accounts.code_to_read_out(desk, panel.challenge.text())
    desk.close()
    panel.code_typed.emit(code)
    password = window.unlock_screen().entrance.password
    window.wait(lambda: QApplication.focusWidget() is password)
    assert not password.text()
    window.unlock(NORA)
    assert window.app.desk is not None


def test_a_forgotten_password_asks_for_the_two_pages_nobody_can_do_without_then_for_others(
    county: County, open_window: Callable[[County], Window]
) -> None:
    county.desk(NORA).close()  # makes the files of the rings she opens
    window = open_window(county)
    window.choose(NORA)
    screen = window.unlock_screen()
    QTest.mouseClick(
        next(one for one in screen.findChildren(Button) if one.text() == "Forgot the password"),
        Qt.MouseButton.LeftButton,
    )
    window.wait(lambda: bool(screen.findChildren(ForgottenPanel)))
    panel = screen.findChildren(ForgottenPanel)[-1]
    for _ in range(2):
        QTest.mouseClick(
            next(one for one in panel.findChildren(Button) if one.text() == "Add another page"),
            Qt.MouseButton.LeftButton,
        )
    rings = [box.ring() for box in panel.findChildren(CodeBox)]
    assert rings[:2] == ["sys", "shared"]
    assert sorted(rings[2:]) == ["care", "supply"]


def test_where_names_are_hidden_one_types_the_name(
    home: Path, open_window: Callable[[County], Window]
) -> None:
    county = make_county(home / "hidden", tiles=False)
    window = open_window(county)
    screen = window.unlock_screen()
    assert screen.entrance.tiles is None
    window.wait(lambda: window.focused() is screen.entrance.name)
    window.type(ADA)
    window.press(Qt.Key.Key_Tab)
    window.type(PASSWORDS[ADA])
    window.press(Qt.Key.Key_Return)
    window.wait(lambda: window.cover is None)


def test_the_first_holder_of_a_ring_is_shown_its_page_and_types_a_part_back(
    window: Window,
) -> None:
    window.enter(NORA)
    window.wait(lambda: isinstance(window.cover, Hall))
    hall = window.cover
    assert isinstance(hall, Hall)
    assert hall.pages is not None
    assert window.app.desk is not None
    pages = {page.name: page for page in window.app.desk.holding.pages}
    assert set(pages) == {"care", "supply"}
    for name, box in hall.pages.boxes.items():
        box.setFocus()
        window.type(pages[name].groups[_group_asked(box) - 1])
        window.press(Qt.Key.Key_Return)
    window.wait(lambda: hall.pages is not None and hall.pages.all_back)
    window.press(Qt.Key.Key_Return)  # the button to go on has the focus now
    window.wait(lambda: window.cover is None)


def _group_asked(box: QLineEdit) -> int:
    return int("".join(letter for letter in box.accessibleName() if letter.isdigit()))


def test_going_on_without_the_page_takes_a_second_press(window: Window) -> None:
    window.enter(NORA)
    window.wait(lambda: isinstance(window.cover, Hall))
    assert isinstance(window.cover, Hall)
    window.cover.try_to_go_on()
    assert isinstance(window.cover, Hall)
    window.cover.try_to_go_on()
    window.wait(lambda: window.cover is None)


def test_care_is_given_only_by_a_yes(window: Window, county: County) -> None:
    window.enter(NORA)
    window.wait(lambda: isinstance(window.cover, Hall))
    hall = window.cover
    assert isinstance(hall, Hall)
    desk = window.app.open_desk
    assert [one.name for one in desk.holding.requests()] == [TYLER]
    hall.answers[county.users[TYLER]].click()
    window.wait(lambda: not desk.holding.requests())


def test_a_second_window_is_told_that_the_folder_is_in_use(
    window: Window, county: County, open_window: Callable[[County], Window]
) -> None:
    window.unlock(ADA)
    second = open_window(county)
    second.wait(lambda: isinstance(second.cover, TroublePage))
    assert isinstance(second.cover, TroublePage)
    assert "store.in_use" not in second.cover.said.text()
    assert len(second.cover.said.text()) > 20


def test_unlocking_leaves_no_password_in_the_window(window: Window) -> None:
    window.unlock(ADA)
    window.app.lock()
    screen = window.unlock_screen()
    assert all(not box.text() for box in screen.findChildren(PasswordBox))
    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.parametrize(
    ("key", "shift", "caps"),
    [("a", False, False), ("A", True, False), ("A", False, True), ("a", True, True)],
)
def test_caps_lock_is_judged_by_the_letters(
    window: Window, key: str, shift: bool, caps: bool
) -> None:
    screen = window.unlock_screen()
    box = screen.entrance.password
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    QTest.sendKeyEvent(QTest.KeyAction.Click, box, Qt.Key.Key_A, key, held)
    assert box.caps is caps


def test_the_clock_decides_how_the_last_backup_is_said(county: County) -> None:
    now = county.clock.now()
    assert backup_words(None, county.clock) == "No backup has been made yet"
    assert backup_words(now - timedelta(hours=3), county.clock).startswith("Last backup")


def _lock_out(window: Window, name: str) -> None:
    window.choose(name)
    screen = window.unlock_screen()
    for _ in range(5):
        screen.entrance.password.setFocus()
        screen.entrance.password.clear()
        window.type(WRONG)
        window.press(Qt.Key.Key_Return)
        window.wait(lambda: screen.ready)
    window.wait(lambda: bool(screen.findChildren(LockedPanel)))


def _panel(window: Window) -> LockedPanel:
    return window.unlock_screen().findChildren(LockedPanel)[0]
