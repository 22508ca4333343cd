"""The window: places, history, keys, the palette, the toast, the cover, the ring."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.errors import Bug
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.shell import Page, Place, Shell
from leadapp.ui.shell.history import History
from leadapp.ui.shell.keys_sheet import KeysSheet
from leadapp.ui.shell.matching import fit
from leadapp.ui.shell.page import Crumb
from leadapp.ui.shell.palette import Hit
from leadapp.ui.theme import Theme

OnScreen = Callable[[QWidget], None]
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Notes(Page):
    """A page with two panes that remembers what it was told."""

    def __init__(self, name: str) -> None:
        super().__init__(name, name.title())
        self.told: list[str] = []
        column = QVBoxLayout(self)
        self.left, self.right = Line(), Line()
        self.left.setAccessibleName("Left")
        self.right.setAccessibleName("Right")
        column.addWidget(self.left)
        column.addWidget(self.right)

    def on_shown(self) -> None:
        self.told.append("shown")

    def on_left(self) -> None:
        self.told.append("left")

    def main_action(self) -> None:
        self.told.append("main")

    def focus_search(self) -> None:
        self.left.setFocus()

    def panes(self) -> Sequence[QWidget]:
        return (self.left, self.right)


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def shell(on_screen: OnScreen, made: list[str]) -> Shell:
    window = Shell()

    def maker(name: str) -> Callable[[], Page]:
        def make() -> Page:
            made.append(name)
            return Notes(name)

        return make

    for name in ("today", "people", "forms"):
        window.add_place(Place(name, name.title(), "house", maker(name)))
    window.resize(1366, 768)
    on_screen(window)
    window.go("today")
    return window


def told(shell: Shell, name: str) -> list[str]:
    page = shell.page(name)
    assert isinstance(page, Notes)
    return page.told


def test_a_page_is_made_on_the_first_visit_and_kept(shell: Shell, made: list[str]) -> None:
    assert made == ["today"]
    shell.go("people")
    shell.go("today")
    shell.go("people")
    assert made == ["today", "people"]
    assert told(shell, "people") == ["shown", "left", "shown"]


def test_alt_and_a_number_go_to_a_place_and_alt_left_goes_back(shell: Shell) -> None:
    QTest.keyClick(shell, Qt.Key.Key_2, ALT)
    QTest.keyClick(shell, Qt.Key.Key_3, ALT)
    QTest.keyClick(shell, Qt.Key.Key_Left, ALT)
    assert shell.current_page() is shell.page("people")
    QTest.keyClick(shell, Qt.Key.Key_Right, ALT)
    assert shell.current_page() is shell.page("forms")


def test_an_opened_page_comes_and_goes_and_is_freed(shell: Shell, qtbot: QtBot) -> None:
    page = Notes("person:41")
    with qtbot.waitSignal(page.destroyed):
        shell.open_page(page)
        assert shell.current_page() is page
        shell.close_page(page)
    assert shell.current_page() is shell.page("today")
    assert shell.page("person:41") is None


def test_a_page_may_close_while_it_has_the_focus_or_lies_under_the_palette(
    shell: Shell, qtbot: QtBot
) -> None:
    for under_palette in (False, True):
        page = Notes("person:41")
        shell.open_page(page)
        page.right.setFocus()
        if under_palette:
            shell.open_palette()
        with qtbot.waitSignal(page.destroyed):
            shell.close_page(page)
        shell.palette_box.close_palette()
        shell.nav.items[0].setFocus()
        QApplication.processEvents()
        assert shell.ring.target is shell.nav.items[0]


def test_another_person_finds_no_page_of_the_one_before(shell: Shell, made: list[str]) -> None:
    shell.go("people")
    shell.cover(QLabel("Unlock"))
    shell.close_all()
    shell.uncover()
    assert shell.page("people") is None
    shell.go("today")
    assert made == ["today", "people", "today"]
    QTest.keyClick(shell, Qt.Key.Key_Left, ALT)
    assert shell.current_page() is shell.page("today")


def test_ctrl_s_and_ctrl_f_belong_to_the_page(shell: Shell) -> None:
    QTest.keyClick(shell, Qt.Key.Key_S, CONTROL)
    QTest.keyClick(shell, Qt.Key.Key_F, CONTROL)
    page = shell.current_page()
    assert isinstance(page, Notes)
    assert page.told == ["shown", "main"]
    assert page.left.hasFocus()


def test_f6_goes_round_the_panes_and_back(shell: Shell) -> None:
    page = shell.current_page()
    assert isinstance(page, Notes)
    page.left.setFocus()
    QTest.keyClick(shell, Qt.Key.Key_F6)
    assert page.right.hasFocus()
    QTest.keyClick(shell, Qt.Key.Key_F6)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert shell.nav.isAncestorOf(focused)
    QTest.keyClick(shell, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert page.right.hasFocus()


def test_a_place_that_may_not_be_opened_is_not_shown(on_screen: OnScreen) -> None:
    window = Shell()
    allowed: list[bool] = []
    window.add_place(Place("today", "Today", "house", lambda: Notes("today")))
    window.add_place(
        Place("admin", "Admin", "settings", lambda: Notes("admin"), allowed=lambda: bool(allowed))
    )
    on_screen(window)
    assert not window.nav.items[1].isVisible()
    assert window.go("admin") is None
    allowed.append(True)
    window.refresh_places()
    assert window.nav.items[1].isVisible()
    assert window.go("admin") is not None


def test_ctrl_z_undoes_what_the_toast_offers_also_from_a_text_box(shell: Shell) -> None:
    page = shell.current_page()
    assert isinstance(page, Notes)
    page.left.setFocus()
    QTest.keyClicks(page.left, "abc")
    undone: list[str] = []
    shell.say("Row removed", undo=lambda: undone.append("row"))
    QTest.keyClick(page.left, Qt.Key.Key_Z, CONTROL)
    assert undone == ["row"]
    assert page.left.text() == "abc"
    QTest.keyClick(page.left, Qt.Key.Key_Z, CONTROL)
    assert page.left.text() != "abc"


def test_the_cover_hides_all_turns_keys_off_and_gives_the_page_back(shell: Shell) -> None:
    page = shell.current_page()
    assert isinstance(page, Notes)
    page.left.setText("half written")
    page.right.setFocus()
    QGuiApplication.clipboard().setText("a name")
    cover = QLabel("Unlock")
    shell.cover(cover)
    assert not page.isVisible()
    assert QGuiApplication.clipboard().text() == ""
    QTest.keyClick(shell, Qt.Key.Key_2, ALT)
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    assert shell.current_page() is page
    assert not shell.palette_box.isVisible()
    shell.uncover()
    assert page.isVisible()
    assert page.left.text() == "half written"
    assert page.right.hasFocus()
    assert shell.actions_.get("go_people").isEnabled()


def test_the_cover_hides_open_dialogs_and_lists_and_gives_dialogs_back(
    shell: Shell, qtbot: QtBot
) -> None:
    dialog, menu = QDialog(shell), QMenu(shell)
    menu.addAction("Osgood, Terri-Lynn")
    dialog.open()
    menu.popup(shell.pos())
    assert menu.isVisible()
    shell.cover(QLabel("Unlock"))
    assert not menu.isVisible()
    assert not dialog.isVisible()
    shell.uncover()
    assert dialog.isVisible()
    dialog.close()


def test_night_still_works_behind_the_cover(shell: Shell, look: Theme) -> None:
    shell.cover(QLabel("Unlock"))
    QTest.keyClick(shell, Qt.Key.Key_F9)
    assert look.night


def test_ctrl_l_and_standing_idle_ask_for_the_lock(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.lock_requested):
        QTest.keyClick(shell, Qt.Key.Key_L, CONTROL)
    with qtbot.waitSignal(shell.lock_requested):
        shell.lock_after(0.001)


def test_typing_puts_the_lock_off(shell: Shell, qtbot: QtBot) -> None:
    shell.lock_after(10)
    shell.idle._clock.setInterval(600_000)
    qtbot.wait(30)
    before = shell.idle._clock.remainingTime()
    QTest.keyClick(shell.windowHandle(), Qt.Key.Key_A)
    assert shell.idle._clock.remainingTime() > before


def test_the_palette_finds_by_initials_and_does_what_enter_says(shell: Shell) -> None:
    done: list[str] = []
    shell.actions_.add("record", "Record naloxone", lambda: done.append("rn"), keys="Ctrl+4")
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    line = shell.palette_box.line
    assert line.hasFocus()
    QTest.keyClicks(line, "rn")
    found = shell.palette_box.current()
    assert found is not None
    assert (found.words, found.caps) == ("Record naloxone", "Ctrl+4")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert done == ["rn"]
    assert not shell.palette_box.isVisible()


def test_the_palette_shows_people_between_doing_and_going(shell: Shell, qtbot: QtBot) -> None:
    shell.set_find_people(
        lambda _text, answer: answer([Hit("Peoples, Ann", key="41", icon="user")])
    )
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(shell.palette_box.line, "peop")
    qtbot.waitUntil(lambda: any(hit.key == "41" for hit in shell.palette_box.hits()))
    heads = [hit.words for hit in shell.palette_box.hits() if hit.head]
    assert heads == ["People", "Go to"]
    QTest.keyClick(shell.palette_box.line, Qt.Key.Key_Up)
    with qtbot.waitSignal(shell.person_chosen) as chosen:
        QTest.keyClick(shell.palette_box.line, Qt.Key.Key_Return)
    assert chosen.args == ["41"]


def test_escape_closes_the_palette_and_the_focus_is_where_it_was(shell: Shell) -> None:
    page = shell.current_page()
    assert isinstance(page, Notes)
    page.right.setFocus()
    QTest.keyClick(shell, Qt.Key.Key_K, CONTROL)
    QTest.keyClick(shell.palette_box.line, Qt.Key.Key_Escape)
    assert not shell.palette_box.isVisible()
    assert page.right.hasFocus()


def test_every_action_has_words_and_its_own_keys_and_is_in_f1(shell: Shell) -> None:
    everyone = shell.actions_.all()
    assert all(one.words for one in everyone)
    assert shell.actions_.clashes() == []
    sheet = KeysSheet(shell.actions_.here(), shell)
    words = {line[1] for line in sheet.lines}
    assert {
        one.words for one in shell.actions_.here() if one.shortcuts() and one.action.isEnabled()
    } <= words
    sheet.close()


def test_the_same_keys_may_mean_other_things_on_other_pages(shell: Shell) -> None:
    done: list[str] = []
    shell.actions_.add("a", "Done", lambda: done.append("today"), keys="Ctrl+D", context="today")
    shell.actions_.add("b", "Copy", lambda: done.append("forms"), keys="Ctrl+D", context="forms")
    assert shell.actions_.clashes() == []
    QTest.keyClick(shell, Qt.Key.Key_D, CONTROL)
    shell.go("forms")
    QTest.keyClick(shell, Qt.Key.Key_D, CONTROL)
    assert done == ["today", "forms"]


def test_two_actions_of_one_name_are_our_fault(shell: Shell) -> None:
    with pytest.raises(Bug):
        shell.actions_.add("lock", "Lock", lambda: None)


def test_the_heading_shows_trail_badges_and_the_pages_own_actions(shell: Shell) -> None:
    page = Notes("person:41")
    button = Button("Print")
    went: list[str] = []
    page.set_heading(
        "Osgood, Terri-Lynn",
        trail=[Crumb("People", lambda: went.append("people"))],
        top_actions=[button],
    )
    shell.open_page(page)
    assert button.isVisible()
    link = next(one for one in shell.top.findChildren(QWidget) if one.accessibleName() == "People")
    QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert went == ["people"]
    shell.go("today")
    assert not button.isVisible()


def test_below_1200_the_navigation_is_a_rail(shell: Shell) -> None:
    assert shell.nav.width() == 196
    shell.resize(1100, 700)
    assert shell.nav.width() == 72
    shell.resize(1366, 768)
    page = Notes("cit:1")
    page.rail = True
    shell.open_page(page)
    assert shell.nav.width() == 72


def test_at_the_smallest_window_no_fact_is_cut_and_the_save_state_stays(shell: Shell) -> None:
    shell.status.set_saved("All changes saved 2:41 pm")
    shell.status.set_offline("Working offline")
    shell.status.set_synced("Last sync Fri Oct 31, 4:52 pm")
    shell.status.set_outbox("3 files in outbox")
    shell.status.set_who("Dep. R. Halvorsen, unit 14")
    shell.lock_after(10)
    shell.resize(900, 480)
    QApplication.processEvents()
    assert shell.width() == 900
    assert shell.height() == 480
    assert shell.status.saved.isVisible()
    shown = [one for one in shell.status.findChildren(QWidget) if one.isVisible()]
    assert all(one.width() >= one.sizeHint().width() for one in shown)


def test_the_ring_is_around_the_focus_and_clipped_to_what_is_scrolled(
    shell: Shell, qtbot: QtBot
) -> None:
    page = Page("long", "Long")
    column = QVBoxLayout(page)
    scroll = Scroll()
    lines = [Line() for _ in range(40)]
    for line in lines:
        scroll.body.addWidget(line)
    column.addWidget(scroll)
    shell.open_page(page)
    lines[2].setFocus()
    QApplication.processEvents()
    assert shell.ring.target is lines[2]
    corner = lines[2].mapTo(shell, lines[2].rect().topLeft())
    assert shell.ring.geometry().contains(corner)
    assert shell.ring.width() == lines[2].width() + 8
    lines[30].setFocus()
    QApplication.processEvents()
    view = scroll.viewport()
    top = view.mapTo(shell, view.rect().topLeft()).y()
    at = lines[30].mapTo(shell, lines[30].rect().topLeft()).y()
    assert top <= at <= top + view.height() - lines[30].height()
    scroll.verticalScrollBar().setValue(0)
    QApplication.processEvents()
    assert not shell.ring.isVisible()


def test_history_goes_back_and_forward_and_forgets_closed_pages() -> None:
    history = History()
    for name in ("today", "people", "person:1", "people"):
        history.visit(name)
    history.forget("person:1")
    assert history.here == "people"
    assert history.back() == "today"
    assert history.back() is None
    assert history.forward() == "people"


@pytest.mark.parametrize(
    ("typed", "words", "better_than"),
    [
        ("rn", "Record naloxone", "Return"),
        ("nal", "Naloxone", "Record naloxone"),
        ("rec nal", "Record naloxone", "Print naloxone log"),
        ("loxo", "Naloxone", "Today"),
    ],
)
def test_a_better_fit_comes_first(typed: str, words: str, better_than: str) -> None:
    assert fit(typed, words) > fit(typed, better_than)
