"""People and roles by keys: adding, a new password, release, a yes, removal."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from leadapp.core.errors import Refusal
from leadapp.services import accounts, unlock
from leadapp.staff.roles import Role
from leadapp.ui.admin.account_form import AccountForm, agency_id
from leadapp.ui.admin.account_panel import AccountPanel
from leadapp.ui.admin.page import AdminPage
from leadapp.ui.admin.people import PeopleSection
from leadapp.ui.kit.label import Label
from tests.ui.front import ADA, NORA, PASSWORDS, TYLER, County, Window

CTRL = Qt.KeyboardModifier.ControlModifier
NEW = "brave pencils over the wet field"


def _people(window: Window) -> PeopleSection:
    window.unlock(ADA)
    page = window.app.shell.go("admin")
    assert isinstance(page, AdminPage)
    section = page.section()
    assert isinstance(section, PeopleSection)
    window.wait(lambda: section.table.paged.rowCount() == 3)
    section.table.setFocus()
    return section


def _choose(window: Window, section: PeopleSection, name: str) -> AccountPanel:
    window.press(Qt.Key.Key_Home)
    for _ in range(5):
        panel = section.panel
        if isinstance(panel, AccountPanel) and panel.account.name == name:
            return panel
        window.press(Qt.Key.Key_Down)
    raise AssertionError(name)


def _button(inside: QWidget, words: str) -> QPushButton:
    return next(
        one for one in inside.findChildren(QPushButton) if one.text() == words and one.isVisible()
    )


def _press(window: Window, inside: QWidget, words: str) -> None:
    _button(inside, words).setFocus()
    window.press(Qt.Key.Key_Return)


def test_a_person_is_added_by_keys(window: Window, county: County) -> None:
    section = _people(window)
    window.press(Qt.Key.Key_N, CTRL)
    form = section.findChildren(AccountForm)[0]
    assert window.focused() is form.name
    window.type("R. Halvorsen")
    window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Tab)
    window.press(Qt.Key.Key_Space)
    window.press(Qt.Key.Key_Tab)
    window.type(NEW)
    window.press(Qt.Key.Key_Tab)
    window.type(NEW)
    window.press(Qt.Key.Key_S, CTRL)
    window.wait(lambda: section.table.paged.rowCount() == 4)
    window.app.lock()
    window.wait(lambda: not window.app.files_open)
    desk = unlock.unlock(county.root, name="R. Halvorsen", password=NEW, clock=county.clock)
    assert desk.roles == {Role.CASE_MANAGER}
    desk.close()


def test_a_name_that_is_taken_is_said_at_the_name(window: Window) -> None:
    section = _people(window)
    window.press(Qt.Key.Key_N, CTRL)
    form = section.findChildren(AccountForm)[0]
    form.name.setText(NORA)
    form.roles.set_value([Role.CASE_MANAGER])
    form.password.first.setText(NEW)
    form.password.again.setText(NEW)
    window.press(Qt.Key.Key_S, CTRL)
    window.wait(lambda: bool(form.name_field.error))
    window.wait(form.name.hasFocus)


def test_a_deputy_needs_an_agency(window: Window) -> None:
    section = _people(window)
    window.press(Qt.Key.Key_N, CTRL)
    form = section.findChildren(AccountForm)[0]
    assert not form.agency_field.isVisible()
    form.roles.set_value([Role.DEPUTY])
    form.roles.changed.emit([Role.DEPUTY])
    assert form.agency_field.isVisible()
    form.name.setText("R. Halvorsen")
    assert form.wish() is None
    assert form.agency_field.error


def test_a_new_password_opens_and_the_old_one_no_longer(window: Window, county: County) -> None:
    section = _people(window)
    panel = _choose(window, section, NORA)
    _press(window, panel, "Give a new password")
    assert panel.password is not None
    window.type(NEW)
    window.press(Qt.Key.Key_Tab)
    window.type(NEW)
    _press(window, panel, "Give this password")
    window.wait(lambda: "new password" in window.app.shell.toast.words)
    window.app.lock()
    window.wait(lambda: not window.app.files_open)
    unlock.unlock(county.root, name=NORA, password=NEW, clock=county.clock).close()


def test_a_locked_account_is_released(window: Window, county: County) -> None:
    window.unlock_screen()  # it has looked at the folder: two at once would be refused
    for _ in range(5):
        try:
            unlock.unlock(county.root, name=TYLER, password="no", clock=county.clock)
        except Refusal as refusal:
            code = refusal.code
    assert code == "vault.now_locked"
    section = _people(window)
    panel = _choose(window, section, TYLER)
    assert panel.account.locked
    _press(window, panel, "Release")
    window.wait(lambda: not section.account(TYLER).locked)


def test_removing_is_asked_first_and_the_safe_answer_has_the_focus(window: Window) -> None:
    section = _people(window)
    panel = _choose(window, section, TYLER)
    _press(window, panel, "Remove this person")
    assert window.focused() is _button(panel, "Keep")
    _press(window, panel, "Remove")
    window.wait(lambda: not section.account(TYLER).active)


def test_nobody_removes_themselves(window: Window) -> None:
    section = _people(window)
    panel = _choose(window, section, ADA)
    words = [one.text() for one in panel.findChildren(QPushButton)]
    assert "Remove this person" not in words


def test_a_code_is_shown_for_the_letters_of_a_locked_screen(window: Window) -> None:
    section = _people(window)
    section.leave()
    section.code.letters.setFocus()
    window.type("abc")
    window.press(Qt.Key.Key_Return)
    window.wait(lambda: bool(section.code.field.error))
    section.code.letters.clear()
    window.type("ABCD EFGH")
    window.press(Qt.Key.Key_Return)
    window.wait(lambda: section.code.code.isVisible())
    expected = accounts.code_to_read_out(window.app.open_desk, "ABCD EFGH")
    assert section.code.code.text() == expected


def test_the_notice_is_shown_at_the_next_unlock(window: Window) -> None:
    window.unlock(ADA)
    page = window.app.shell.go("admin")
    assert isinstance(page, AdminPage)
    page.show_section("computer")
    section = page.section()
    section.notice_text.set_value("Only for county staff.")  # type: ignore[attr-defined] # this one
    window.press(Qt.Key.Key_S, CTRL)
    window.wait(lambda: window.app.open_desk.device.notice == "Only for county staff.")
    window.app.lock()
    screen = window.unlock_screen()
    said = [label.text() for label in screen.band.findChildren(Label)]
    assert "Only for county staff." in said


def test_names_can_be_hidden_and_shown_again(window: Window, county: County) -> None:
    window.unlock(ADA)
    page = window.app.shell.go("admin")
    assert isinstance(page, AdminPage)
    page.show_section("computer")
    section = page.section()
    section.tiles.set_value("no")  # type: ignore[attr-defined] # this section has it
    section.main_action()
    window.wait(lambda: not window.app.open_desk.device.tiles)
    assert not unlock.people_here(county.root, clock=county.clock).people
    assert NORA not in (county.root / "keyring.json").read_text()
    section.tiles.set_value("yes")  # type: ignore[attr-defined] # this section has it
    section.main_action()
    window.wait(lambda: window.app.open_desk.device.tiles)
    here = unlock.people_here(county.root, clock=county.clock).people
    assert {one.name for one in here} == {ADA, NORA, TYLER}


def test_ones_own_password_is_changed(window: Window, county: County) -> None:
    window.unlock(ADA)
    page = window.app.shell.go("admin")
    assert isinstance(page, AdminPage)
    page.show_section("own")
    section = page.section()
    section.old.setFocus()  # type: ignore[attr-defined] # this section has it
    window.type(PASSWORDS[ADA])
    window.press(Qt.Key.Key_Tab)
    window.type(NEW)
    window.press(Qt.Key.Key_Tab)
    window.type(NEW)
    window.press(Qt.Key.Key_S, CTRL)
    window.wait(lambda: "changed" in window.app.shell.toast.words)
    window.app.lock()
    window.wait(lambda: not window.app.files_open)
    unlock.unlock(county.root, name=ADA, password=NEW, clock=county.clock).close()


def test_a_case_manager_sees_no_accounts(window: Window) -> None:
    window.unlock(NORA)
    page = window.app.shell.go("admin")
    assert isinstance(page, AdminPage)
    assert not isinstance(page.section(), PeopleSection)


def test_an_agencys_short_name_keeps_letters_and_digits() -> None:
    assert agency_id("Alder PD 2") == "alderpd2"
