"""Tables fetch what is looked at, stay answerable with very many rows, and work by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from leadapp.ui.kit.cells import Cell, Column, Row, band
from leadapp.ui.kit.paged_model import PAGE, PagedModel
from leadapp.ui.kit.table import Table

COLUMNS = (Column("what", "What", stretch=True), Column("kits", "Kits", 60, number=True))
Answer = Callable[[Sequence[Row], int], None]


def row(at: int) -> Row:
    return Row(str(at), (Cell(f"Row {at}", "below"), Cell(str(at))))


class Source:
    """A long list that answers at once, or when told to."""

    def __init__(self, total: int, *, at_once: bool = True) -> None:
        self.total = total
        self.at_once = at_once
        self.asked: list[int] = []
        self.waiting: list[Callable[[], None]] = []

    def __call__(self, offset: int, limit: int, done: Answer) -> None:
        self.asked.append(offset)
        rows = [row(at) for at in range(offset, min(offset + limit, self.total))]
        total = self.total
        if self.at_once:
            done(rows, total)
        else:
            self.waiting.append(lambda: done(rows, total))


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = PagedModel(COLUMNS, Source(250))
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.refresh()
    for at in (0, 120, 249):
        model.data(model.index(at, 0))
    qtbot.wait(20)
    assert model.data(model.index(249, 0)) == "Row 249"


def test_a_hundred_thousand_rows_cost_one_page_until_scrolled_to(qtbot: QtBot) -> None:
    source = Source(100_000)
    table = Table(COLUMNS, source, name="All")
    qtbot.addWidget(table)
    table.resize(500, 400)
    table.show()
    qtbot.waitExposed(table)
    assert source.asked == [0]
    table.scrollToBottom()
    qtbot.waitUntil(lambda: table.paged.holds(99_999))
    assert len(source.asked) <= 5


def test_pages_far_away_are_forgotten(qtbot: QtBot) -> None:
    model = PagedModel(COLUMNS, Source(100_000))
    model.refresh()
    for page in range(200):
        model.row(page * PAGE)
        QApplication.processEvents()
    assert sum(model.holds(page * PAGE) for page in range(200)) <= 60


def test_a_row_not_yet_here_is_blank_and_then_comes(qtbot: QtBot) -> None:
    source = Source(300)
    model = PagedModel(COLUMNS, source)
    model.refresh()
    source.at_once = False
    assert model.data(model.index(150, 0)) == ""
    qtbot.waitUntil(lambda: bool(source.waiting))
    with qtbot.waitSignal(model.dataChanged):
        source.waiting.pop()()
    assert model.data(model.index(150, 0)) == "Row 150"


def test_an_answer_to_an_older_question_is_dropped(qtbot: QtBot) -> None:
    old, new = Source(5, at_once=False), Source(7)
    model = PagedModel(COLUMNS, old)
    model.refresh()
    model.set_fetch(new)
    old.waiting.pop()()
    assert model.rowCount() == 7


def test_a_list_that_became_shorter_is_asked_for_anew(qtbot: QtBot) -> None:
    source = Source(300)
    model = PagedModel(COLUMNS, source)
    model.refresh()
    source.total = 120
    model.row(200)
    qtbot.waitUntil(lambda: model.rowCount() == 120)


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table(COLUMNS, name="Due work", two_lines=True)
    made.show_rows(
        [
            band("late", "Overdue"),
            Row("a", (Cell("Renew consent", "Ended Oct 31"), Cell("1")), ticked=False),
            Row("b", (Cell("Call"), Cell("2")), ticked=True),
            band("today", "Today"),
            Row("c", (Cell("Ride"), Cell("3")), ticked=False),
        ]
    )
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def test_the_first_row_is_chosen_and_bands_are_stepped_over(table: Table) -> None:
    assert table.current_key() == "a"
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_key() == "c"
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.current_key() == "b"
    QTest.keyClick(table, Qt.Key.Key_Home)
    QTest.keyClick(table, Qt.Key.Key_Up)
    assert table.current_key() == "a"
    QTest.keyClick(table, Qt.Key.Key_End)
    assert table.current_key() == "c"


def test_keys_open_tick_remove_copy_and_jump(table: Table, qtbot: QtBot) -> None:
    heard: list[object] = []
    table.opened.connect(heard.append)
    table.ticked.connect(lambda key, on: heard.append((key, on)))
    table.remove_wanted.connect(lambda key: heard.append(f"remove {key}"))
    table.letters_typed.connect(heard.append)
    QTest.keyClick(table, Qt.Key.Key_Return)
    QTest.keyClick(table, Qt.Key.Key_Space)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    QTest.keyClick(table, Qt.Key.Key_K)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["a", ("a", True), "remove a", "k"]
    assert QGuiApplication.clipboard().text() == "Renew consent, Ended Oct 31\t1"


def test_tab_leaves_the_table(table: Table) -> None:
    assert not table.tabKeyNavigation()


def test_the_chosen_row_stays_after_a_refresh(table: Table) -> None:
    table.go_to("b")
    table.refresh()
    assert table.current_key() == "b"


def test_all_words_of_a_cell_are_there_for_a_screen_reader(table: Table) -> None:
    index = table.paged.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Renew consent, Ended Oct 31"


def test_bands_are_lower_than_rows(table: Table) -> None:
    assert table.rowHeight(0) == 28
    assert table.rowHeight(1) == 45


def test_a_click_on_the_tick_box_ticks_and_beside_it_does_not(table: Table) -> None:
    heard: list[object] = []
    table.ticked.connect(lambda key, on: heard.append((key, on)))
    cell = table.visualRect(table.paged.index(1, 0))
    box = cell.center()
    box.setX(cell.left() + 18)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=cell.center())
    assert heard == []
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert heard == [("a", True)]
