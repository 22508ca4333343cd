"""A stock of naloxone by keys alone: received, moved, left behind, used, counted, recalled, printed.

Two lots of 24 kits come in. Every sum below is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.papers.reading import text_of_pages
from leadapp.services import stock
from leadapp.services.stock import LedgerQuery
from leadapp.ui.application import Application
from leadapp.ui.kit.table import Table
from leadapp.ui.theme import Density, Theme
from tests.county import NOW, County, county_home, empty_county, founded_county
from tests.journeys.desk_work import finish, lock, place, start
from tests.journeys.hands import CTRL, Hands

__all__ = ["county_home", "empty_county", "founded_county"]

NALOXONE = 4
CABINET, UNIT_9, UNIT_14 = "Front desk cabinet", "Unit 9", "Unit 14"
GIVEN, LEFT, USED, RECEIVED, MOVED = "1", "2", "3", "4", "5"
S = Qt.Key.Key_S


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()

    def answer(_parent: object, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        return str(folder / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return folder


@pytest.fixture
def hands(qapp: QApplication, qtbot: QtBot, empty_county: County) -> Iterator[Hands]:
    look = qapp.findChild(Theme) or Theme(qapp)
    look.apply()
    look.set_density(Density.OFFICE)
    app = Application(qapp, empty_county.folder, clock=SteppingClock(NOW))
    app.shell.resize(1366, 690)
    hands = Hands(app)
    with qtbot.waitActive(app.shell):
        app.begin()
        app.shell.activateWindow()
    hands.settle()
    yield hands
    app.shell.close()
    app.end()
    app.shell.deleteLater()


def unlock(hands: Hands, county: County, user: str) -> None:
    hands.until_seen("I agree, unlock")
    hands.tab_to("Who is using this computer?", back=True)
    for _ in range(12):
        if hands.names()[0] == user:
            break
        hands.key(Qt.Key.Key_Right)
    hands.answer("Password", county.password(user))
    hands.enter()
    hands.until(lambda: not hands.app.shell.covered, "locked")
    hands.settle()


def add_place(hands: Hands, name: str, kind: str, minimum: str) -> None:
    start(hands, "Place")
    hands.answer("Name", name)
    hands.answer("Kind", kind)
    hands.answer("Doses it should hold", minimum)
    finish(hands, "Place")


def choose(hands: Hands, question: str, typed: str) -> None:
    """Type over what stands in a list and take what it means."""
    hands.tab_to(question)
    hands.rewrite(typed)
    hands.enter()


def happened(hands: Hands, which: str) -> None:
    hands.key(Qt.Key.Key_N, CTRL)
    hands.tab_to("What happened")
    hands.write(which)


def number(hands: Hands, question: str, typed: str) -> None:
    hands.tab_to(question)
    hands.rewrite(typed)


def record(hands: Hands, says: str) -> None:
    hands.settle()
    hands.key(S, CTRL)
    hands.until(lambda: says in hands.app.shell.toast.words, f"never said {says!r}")
    hands.settle()


def receive(hands: Hands, lot: str, expiry: str, kits: str) -> None:
    happened(hands, RECEIVED)
    choose(hands, "To", CABINET)
    hands.press_button("New lot")
    hands.tab_to("Lot number")
    hands.rewrite(lot)
    hands.tab_to("Printed expiry")
    hands.rewrite(expiry)
    choose(hands, "Paid by", "Settlement")
    record(hands, f"Lot {lot} is on the books")
    number(hands, "Kits", kits)
    record(hands, "Recorded: Received")


def move(hands: Hands, lot: str, to: str, kits: str) -> None:
    happened(hands, MOVED)
    choose(hands, "From", CABINET)
    choose(hands, "To", to)
    hands.tab_to("Lot")
    hands.rewrite(lot)
    hands.until_seen("Answers")
    hands.enter()
    number(hands, "Kits", kits)
    record(hands, "Recorded: Moved")


def leave_behind(hands: Hands) -> None:
    """One kit from the car; the lot is suggested."""
    happened(hands, LEFT)
    choose(hands, "From", UNIT_9)
    hands.settle()
    number(hands, "Kits", "1")
    choose(hands, "Given by", "Deputy")
    choose(hands, "Received by", "Family")
    hands.answer("Showed how to use it?", "y")
    hands.until_seen("Unit 9 will have 5 kits of this lot")
    record(hands, "Recorded: Naloxone given")


def use_two(hands: Hands) -> None:
    """Two doses on one person; the report asks for what the panel does not."""
    happened(hands, USED)
    choose(hands, "From", UNIT_14)
    hands.key(S, CTRL)
    hands.until_seen("Finish Naloxone used")
    hands.answer("Reported by", "Staff")
    hands.answer("Town or ZIP", "Cedar")
    hands.answer("Kit left behind?", "2")
    hands.answer("Responder exposed or hurt?", "2")
    hands.answer("Replacement wanted?", "2")
    hands.answer("Survived?", "1")
    hands.answer("State before naloxone", "Drowsy")
    hands.answer("By", "Program")
    hands.answer("Product", "Nasal 4")
    hands.tab_to("Doses")
    hands.rewrite("2")
    hands.choose("Agency", "Sher")
    finish(hands, "Naloxone used")


def confirm(hands: Hands, county: County, question: str) -> None:
    """The second person is chosen and types their own password."""
    choose(hands, question, "supervisor")
    hands.answer("Their password", county.password("supervisor"))


def count_cabinet(hands: Hands, county: County) -> None:
    """17 kits and one loose dose where the books say 18 kits; the other lot is as they say."""
    hands.press_button("Count stock")
    choose(hands, "Place", CABINET)
    hands.settle()
    hands.tab_to("Kits counted of NX4102")
    hands.write("17")
    hands.key(Qt.Key.Key_Return)
    hands.write("1")
    hands.key(Qt.Key.Key_Return)
    hands.write("20")
    hands.until_seen("1 dose fewer")
    confirm(hands, county, "Counted with")
    record(hands, "The count was recorded")


def in_focus(hands: Hands) -> Table:
    """Return the table the keys go to."""
    widget = hands.app.shell.focusWidget()
    assert isinstance(widget, Table)
    return widget


def choose_line(hands: Hands, lot: str, where: str) -> None:
    """Go to a line of the stock by its words."""
    hands.tab_to("Stock by lot and place")
    hands.key(Qt.Key.Key_Home)
    for _ in range(12):
        row = in_focus(hands).current_row()
        if row is not None and lot in row.words() and where in row.words():
            return
        hands.key(Qt.Key.Key_Down)
    raise AssertionError(f"no line of {lot} at {where}")


def act(hands: Hands, words: str) -> None:
    """Open the actions of the line chosen, and take one by its first letters."""
    hands.press_button("Actions for this lot")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        if menu.activeAction() is not None and menu.activeAction().text().startswith(words):
            break
        hands.key(Qt.Key.Key_Down)
    assert menu.activeAction().text().startswith(words)
    hands.enter()


def extend(hands: Hands) -> None:
    choose_line(hands, "NX4102", CABINET)
    act(hands, "Change expiry")
    hands.tab_to("New last day")
    hands.rewrite("12/31/2027")
    hands.answer("Notice", "Maker's letter 7")
    hands.answer("Date of the notice", "11/20")
    record(hands, "last day was changed")


def recall(hands: Hands, county: County) -> None:
    """The other lot is recalled: what the car still has comes off its shelf."""
    choose_line(hands, "NX4390", UNIT_14)
    act(hands, "Recall")
    hands.until_seen("46 doses on our shelves, 0 handed out, 2 used on people")
    hands.tab_to("Places that hold it")
    hands.key(Qt.Key.Key_Home)
    row = in_focus(hands).current_row()
    if row is None or UNIT_14 not in row.words():
        hands.key(Qt.Key.Key_Down)
    confirm(hands, county, "Confirmed by")
    record(hands, "Taken off the shelf: 6 doses")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()


def print_reconciliation(hands: Hands) -> None:
    hands.key(Qt.Key.Key_K, CTRL)
    hands.write("Save counts")
    hands.enter()
    hands.until(lambda: QApplication.activePopupWidget() is not None, "no papers to choose from")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        if menu.activeAction() is not None and "November" in menu.activeAction().text():
            break
        hands.key(Qt.Key.Key_Down)
    hands.enter()
    hands.until(lambda: "Saved" in hands.app.shell.toast.words, "no paper was saved")


def test_a_stock_by_keys(hands: Hands, empty_county: County, papers: Path) -> None:
    unlock(hands, empty_county, "coordinator")
    start(hands, "Agency")
    hands.answer("Name", "Cedar County Sheriff")
    hands.answer("Kind", "Sheriff")
    finish(hands, "Agency")
    for name, kind, minimum in (
        (CABINET, "Store", "24"),
        (UNIT_9, "Veh", "4"),
        (UNIT_14, "Veh", "8"),
    ):
        add_place(hands, name, kind, minimum)
    place(hands, NALOXONE)
    hands.until_seen("No stock on the books")
    receive(hands, "NX4102", "12/31/2026", "24")
    receive(hands, "NX4390", "8/2028", "24")
    assert hands.sees("Kits on hand, 48, 96 doses")
    move(hands, "NX4102", UNIT_9, "6")
    move(hands, "NX4390", UNIT_14, "4")
    assert hands.sees("Kits on hand, 48, 96 doses")
    leave_behind(hands)
    use_two(hands)
    # 96 - 2 left behind - 2 used; unit 14 should hold 8 and has 6.
    assert hands.sees("Kits on hand, 46, 92 doses")
    assert hands.sees("Unit 14 is low")
    count_cabinet(hands, empty_county)
    # One dose was missing: a kit is not whole any more.
    assert hands.sees("Kits on hand, 45, 91 doses")
    extend(hands)
    recall(hands, empty_county)
    assert hands.sees("Kits on hand, 42, 85 doses")
    print_reconciliation(hands)
    lock(hands)
    assert_by_hand(empty_county)
    assert_on_paper((papers / "naloxone-ledger-2026-11.pdf").read_bytes())


def assert_by_hand(county: County) -> None:
    with county.desk("coordinator") as desk:
        view = stock.view(desk)
        names = {one.place: one.name for one in view.places}
        numbers = {one.lot: one.lot_number for one in view.lots}
        held = {(numbers[one.lot], names[one.place]): one.doses for one in view.held}
        assert held == {
            ("NX4102", CABINET): 48 - 12 - 1,
            ("NX4102", UNIT_9): 12 - 2,
            ("NX4390", CABINET): 48 - 8,
        }
        extended = next(one for one in view.lots if one.lot_number == "NX4102")
        assert (extended.expiry, extended.extended_from) == ("2027-12-31", "2026-12-31")
        lines = stock.ledger(desk, LedgerQuery())
        assert sum(one.change for one in lines) == 85
        assert sorted(one.move for one in lines) == [
            "adjusted", "left_behind", "recalled", "received", "received", "transferred",
            "transferred", "used",
        ]  # fmt: skip


def assert_on_paper(pdf: bytes) -> None:
    text = " ".join(" ".join(text_of_pages(pdf)).split())
    assert "NX4102" in text
    assert "NX4390" in text
    assert "85" in text
