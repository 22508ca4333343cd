"""The Naloxone page as tests use it, and the stock they put on its shelves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.journal.rings import SHARED
from leadapp.services import stock
from leadapp.services.desk import Desk
from leadapp.services.stock import NewLot, NewMovement
from leadapp.ui.naloxone.page import NaloxonePage
from leadapp.ui.work import Work
from tests.services import made_county as county
from tests.ui.rest import rest


@dataclass
class Counter:
    """The page, and what it said."""

    qtbot: QtBot
    work: Work
    desk: Desk
    page: NaloxonePage
    toasts: list[str] = field(default_factory=list)
    undo: list[Callable[[], None]] = field(default_factory=list)

    def settle(self) -> None:
        rest(self.work, self.page)

    def save(self) -> None:
        self.page.main_action()
        self.settle()

    def rows(self) -> list[list[str]]:
        table = self.page.stock.table
        assert table is not None
        rows = [table.paged.row(at) for at in range(table.paged.rowCount())]
        return [[cell.text for cell in row.cells] for row in rows if row is not None]

    def ledger(self) -> list[list[str]]:
        model = self.page.ledger.table.paged
        rows = [model.row(at) for at in range(model.rowCount())]
        return [[cell.text for cell in row.cells] for row in rows if row is not None]

    def figures(self) -> list[str]:
        return [one.accessibleName() for one in self.page.figures]


class Keys:
    """Presses keys where the focus is, and counts them."""

    def __init__(self, counter: Counter) -> None:
        self.counter, self.pressed = counter, 0

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(self._focus(), letter)
            self.pressed += 1
        self.counter.settle()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self._focus(), key)
        self.pressed += 1
        self.counter.settle()

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def _focus(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        widget = popup or QApplication.focusWidget()
        assert widget is not None
        return widget


def place(desk: Desk, name: str, minimum: int = 0) -> str:
    answers = {"name": name, "place_kind": "vehicle", "minimum": str(minimum), "active": "yes"}
    return county.put(desk, SHARED, "place", answers)


def lot(desk: Desk, number: str, days: int) -> str:
    new = NewLot("nasal_4", number, county.day(-days), 2, "settlement")
    return stock.add_lot(desk, new)[0]


def receive(desk: Desk, of: str, where: str, doses: int) -> None:
    stock.record(desk, NewMovement("received", of, "", where, doses, doses // 2, county.day(30)))


@dataclass
class Shelves:
    """A cabinet with two lots, a car with little, a car with none."""

    cabinet: str
    car: str
    empty: str
    soon: str
    late: str


def opened(qtbot: QtBot, work: Work, desk: Desk, width: int = 1366) -> Counter:
    said: list[str] = []
    undos: list[Callable[[], None]] = []

    def say(text: str, *, undo: Callable[[], None] | None = None) -> None:
        said.append(text)
        if undo is not None:
            undos.append(undo)

    words = load_words(resources() / "words")
    page = NaloxonePage(desk, work, words, say)
    qtbot.addWidget(page)
    page.resize(width, 606)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    page.on_shown()
    counter = Counter(qtbot, work, desk, page, said, undos)
    counter.settle()
    return counter


def held(desk: Desk) -> dict[tuple[str, str], int]:
    return {(one.lot, one.place): one.doses for one in stock.view(desk).held}
