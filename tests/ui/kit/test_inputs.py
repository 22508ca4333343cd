"""Lines, numbers, dates, searches and the field around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.note import Note
from leadapp.ui.kit.number import NumberBox, read_number
from leadapp.ui.kit.search_choose import Found, SearchChoose
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.kit.typed_dates import Direction, Part, Typed, Wants
from leadapp.ui.theme import Density, Theme, set_density

OnScreen = Callable[[QWidget], None]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("900", 900),
        (" 1,013 ", 1013),
        ("$900", 900),
        ("-3", -3),
        ("\N{MINUS SIGN}3", -3),
        ("about 900", None),
        ("", None),
        ("9.5", None),
        ("nan", None),
        ("1_000", None),
        ("1e400", None),
    ],
)
def test_a_whole_number_is_read_as_written(text: str, number: int | None) -> None:
    found = read_number(text)
    assert found == number if text != "1e400" else found is None or found == Decimal(text)


def test_decimals_are_read_where_they_are_asked_for() -> None:
    assert read_number("9.5", decimals=True) == Decimal("9.5")


@given(st.integers(-(10**9), 10**9))
def test_any_number_with_thousands_commas_is_read(number: int) -> None:
    assert read_number(f"{number:,}") == number


def test_a_date_is_said_back_while_typed_and_made_normal_on_leaving(
    on_screen: OnScreen, clock: SteppingClock, qtbot: QtBot
) -> None:
    box, other = DateBox(clock), Line()
    grid = FormGrid()
    field = Field("Date moved in", box)
    grid.add(field)
    grid.add(other)
    on_screen(grid)
    echoes: list[str] = []
    box.echo_changed.connect(echoes.append)
    box.setFocus()
    QTest.keyClicks(box, "t-1")
    assert echoes[-1] == "Yesterday, Sun Nov 2"
    assert box.text() == "t-1"
    other.setFocus()
    assert box.text() == "11/2/2025"
    assert box.typed() == Typed(Part.DAY, date(2025, 11, 2))


def test_up_and_down_move_a_day_and_the_page_keys_a_month(
    on_screen: OnScreen, clock: SteppingClock, qtbot: QtBot
) -> None:
    box = DateBox(clock)
    on_screen(box)
    box.set_typed(Typed(Part.DAY, date(2025, 10, 31)))
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.text() == "11/1/2025"
    QTest.keyClick(box, Qt.Key.Key_PageDown)
    assert box.text() == "10/1/2025"


def test_up_moves_the_minute_when_the_cursor_stands_on_the_time(
    on_screen: OnScreen, clock: SteppingClock, qtbot: QtBot
) -> None:
    box = DateBox(clock, wants=Wants.MOMENT)
    on_screen(box)
    box.set_typed(Typed(Part.MOMENT, date(2025, 11, 3), time(23, 59)))
    box.setCursorPosition(len(box.text()))
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.typed() == Typed(Part.MOMENT, date(2025, 11, 4), time(0, 0))


def test_a_day_without_its_time_is_not_yet_right(
    on_screen: OnScreen, clock: SteppingClock, qtbot: QtBot
) -> None:
    box = DateBox(clock, wants=Wants.MOMENT, direction=Direction.PAST)
    on_screen(box)
    QTest.keyClicks(box, "11/2")
    assert not box.is_right()
    assert box.echo() == "Yesterday, Sun Nov 2, and the time?"
    QTest.keyClicks(box, " 8p")
    assert box.is_right()


def test_the_calendar_opens_by_key_and_has_a_named_button(
    on_screen: OnScreen, clock: SteppingClock, qtbot: QtBot
) -> None:
    box = DateBox(clock)
    on_screen(box)
    QTest.keyClick(box, Qt.Key.Key_F4)
    assert box._popup is not None
    assert box._popup.isVisible()
    QTest.keyClick(box._popup._month, Qt.Key.Key_Return)
    box._popup._take(box._popup._month.selectedDate())
    assert box.text() == "11/3/2025"
    assert [action.text() for action in box.actions()] == ["Open calendar"]


def test_a_field_names_its_control_and_says_what_is_wrong(
    on_screen: OnScreen, qtbot: QtBot
) -> None:
    line = Line()
    field = Field("Monthly income", line, needed=True, hint="Before tax")
    on_screen(field)
    assert line.accessibleName() == "Monthly income, needed"
    field.set_error("Enter a number, like 900")
    assert line.accessibleDescription() == "Enter a number, like 900. Before tax"
    assert line.property("state") == "err"
    field.set_error("")
    assert line.accessibleDescription() == "Before tax"
    assert line.property("state") == ""


def test_an_error_moves_no_edge_of_the_box(on_screen: OnScreen, qtbot: QtBot) -> None:
    line = Line()
    field = Field("Date", line)
    on_screen(field)
    before = line.height()
    field.set_error("Enter a date, like 11/3 or t")
    qtbot.wait(20)
    assert line.height() == before


def test_a_field_of_a_group_describes_each_choice(qtbot: QtBot) -> None:
    group = Segments(yes_no())
    field = Field("Safe to stay?", group)
    qtbot.addWidget(field)
    field.set_error("Choose one")
    assert group.buttons[0].accessibleDescription() == "Safe to stay?. Choose one"


def test_enter_goes_to_the_next_question(on_screen: OnScreen, qtbot: QtBot) -> None:
    grid = FormGrid()
    first, second, note = Line(), Line(), Note()
    for label, control in (("One", first), ("Two", second), ("Note", note)):
        grid.add(Field(label, control), 6)
    on_screen(grid)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert second.hasFocus()
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert note.hasFocus()
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert note.value() == "\n"


def test_a_narrow_form_gives_each_field_its_own_row(on_screen: OnScreen, qtbot: QtBot) -> None:
    grid = FormGrid()
    one, two = Field("One", Line()), Field("Two", Line())
    grid.add(one, 6)
    grid.add(two, 6)
    on_screen(grid)
    grid.resize(900, 300)
    qtbot.waitUntil(lambda: one.y() == two.y() and two.x() > one.x())
    grid.resize(500, 300)
    qtbot.waitUntil(lambda: one.x() == two.x() and two.y() > one.y())


def test_a_hidden_field_leaves_no_hole(on_screen: OnScreen, qtbot: QtBot) -> None:
    grid = FormGrid()
    fields = [Field(str(at), Line()) for at in range(3)]
    for field in fields:
        grid.add(field, 6)
    on_screen(grid)
    grid.resize(900, 300)
    fields[0].hide()
    grid.relay()
    qtbot.waitUntil(lambda: fields[1].x() == 0 and fields[2].y() == fields[1].y())


def test_patrol_controls_are_at_least_44_high(
    on_screen: OnScreen, qtbot: QtBot, clock: SteppingClock
) -> None:
    grid = FormGrid()
    controls: list[QWidget] = [Line(), DateBox(clock), NumberBox(), Segments(yes_no())]
    for control in controls:
        grid.add(Field("Asked", control))
    set_density(grid, Density.PATROL)
    on_screen(grid)
    assert all(control.height() >= 44 for control in controls)


def test_text_size_makes_controls_grow(on_screen: OnScreen, qtbot: QtBot, look: Theme) -> None:
    line = Line()
    on_screen(line)
    look.set_text_size(150)
    assert line.sizeHint().height() == 51


Answers = Callable[[Sequence[Found]], None]
PEOPLE = [Found("51", "Lund, Randy", "AC-0051"), Found("77", "Lundgren, Paul", "AC-0077")]


class _Asked:
    """Answers when told to, as a thread would."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, Answers]] = []

    def __call__(self, text: str, done: Answers) -> None:
        self.waiting.append((text, done))


def test_a_person_is_found_and_chosen_by_keys(on_screen: OnScreen, qtbot: QtBot) -> None:
    asked = _Asked()
    box = SearchChoose(asked)
    on_screen(box)
    box.setFocus()
    heard: list[Found | None] = []
    box.chosen.connect(heard.append)
    QTest.keyClicks(box, "lun")
    qtbot.waitUntil(lambda: bool(asked.waiting))
    text, done = asked.waiting[-1]
    assert text == "lun"
    done(PEOPLE)
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert heard == [PEOPLE[1]]
    assert box.text() == "Lundgren, Paul"
    QTest.keyClick(box, Qt.Key.Key_Backspace)
    assert heard[-1] is None
    assert box.choice() is None


def test_an_answer_to_an_older_question_is_not_shown(on_screen: OnScreen, qtbot: QtBot) -> None:
    asked = _Asked()
    box = SearchChoose(asked)
    on_screen(box)
    box.setFocus()
    QTest.keyClicks(box, "l")
    qtbot.waitUntil(lambda: len(asked.waiting) == 1)
    QTest.keyClicks(box, "u")
    qtbot.waitUntil(lambda: len(asked.waiting) == 2)
    asked.waiting[1][1](PEOPLE[:1])
    asked.waiting[0][1](PEOPLE)
    assert box._list is not None
    assert box._list._rows == tuple(PEOPLE[:1])


def test_no_match_is_said_with_what_to_do(on_screen: OnScreen, qtbot: QtBot) -> None:
    asked = _Asked()
    box = SearchChoose(asked)
    on_screen(box)
    box.setFocus()
    QTest.keyClicks(box, "osg")
    qtbot.waitUntil(lambda: bool(asked.waiting))
    asked.waiting[-1][1]([])
    assert box._list is not None
    assert box._list.isVisible()
    assert box._list._none.startswith("No one matches 'osg'.")
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not box._list.isVisible()
