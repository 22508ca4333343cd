"""A law computer and an office computer, two windows and one stick, by keys alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from leadapp.core.ids import RecordId
from leadapp.papers.reading import figures_of, text_of_pages
from leadapp.services.desk import Desk
from leadapp.store.queries import RecordQuery, StoredRecord
from leadapp.ui.review.tab import ReviewTab
from leadapp.ui.theme import Theme
from tests.journeys.conftest import saves_to
from tests.journeys.desk_work import finish, place, start
from tests.journeys.hands import CTRL, SHIFT
from tests.services.made_county import REFER
from tests.services.two_computers import Computer
from tests.ui.sync.conftest import Open, Seat, computers, open_at  # noqa: F401 - fixtures

S, R, L = Qt.Key.Key_S, Qt.Key.Key_R, Qt.Key.Key_L
FORMS, REPORTS = 3, 5


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> None:
    """The look is there before the first window."""
    (qapp.findChild(Theme) or Theme(qapp)).apply()


def test_both_write_meet_in_one_referral_choose_and_end_alike(
    computers: tuple[Computer, Computer],  # noqa: F811 - the fixture
    open_at: Open,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office, law = computers
    papers = tmp_path / "papers"
    papers.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", saves_to(papers))
    car = open_at(law)
    car.unlock()
    car.add_stick(law.stick)
    desk = open_at(office)
    desk.unlock()
    desk.add_stick(office.stick)

    # Both write with no connection; the referral reaches the office.
    write_referral(at(car))
    for seat in (car, desk):
        at(seat).sync()
    assert names(desk) == ["Hollis, Wren"]

    # Both change the same referral, neither knowing of the other.
    change_worries(at(car), "Prefers mornings")
    change_worries(at(desk), "Ask for her sister")

    # A shift change at the office: what was begun is found first by whoever began it.
    begin_and_leave(desk)
    desk.unlock()
    place(desk, 1)
    assert desk.sees("LEAD referral")
    for seat in (car, desk, car):
        at(seat).sync()
    assert conflicts(car) == conflicts(desk) == 1

    review(at(desk))
    assert conflicts(desk) == 0
    for seat in (desk, car, desk):
        at(seat).sync()
    assert conflicts(car) == 0
    assert worries(car) == worries(desk) == "Ask for her sister; Prefers mornings"

    # The laptop writes once more and does not sync: the report says until when it is merged.
    write_referral(at(car), first="June", last="Whitcomb")
    figures = report(at(desk), papers)
    assert figures["lead_referrals"] == 1
    assert "Dan Halvorsen" in "\n".join(
        text_of_pages((papers / "monthly-summary-2026-11.pdf").read_bytes())
    )


def at(seat: Seat) -> Seat:
    """Turn to one of the two windows."""
    shell = seat.app.shell
    shell.activateWindow()
    seat.until(lambda: QApplication.activeWindow() is shell, "the window never came to the front")
    return seat


def write_referral(seat: Seat, first: str = "Wren", last: str = "Hollis") -> None:
    """Write a referral by the community door."""
    start(seat, "LEAD referral")
    seat.answer("Door", "3")
    seat.answer("Referred by", "Self")
    seat.answer("First name", first)
    seat.answer("Last name", last)
    seat.answer("On probation or parole?", "2")
    seat.answer("Agrees to be contacted?", "1")
    finish(seat, "LEAD referral")


def change_worries(seat: Seat, words: str) -> None:
    """Correct the one referral under Forms."""
    place(seat, FORMS)
    seat.tab_to("Start a form")
    seat.key(Qt.Key.Key_Home)
    for _ in range(30):
        seat.settle()
        if seat.sees("Start LEAD referral"):
            break
        seat.key(Qt.Key.Key_Down)
    seat.tab_to("Records")
    seat.key(Qt.Key.Key_Home)
    seat.enter()
    seat.until_seen("Correct")
    seat.press_button("Correct")
    seat.until_seen("Stop, keep draft")
    seat.answer("Needs or worries, in words", words)
    finish(seat, "LEAD referral")


def begin_and_leave(seat: Seat) -> None:
    """Begin a second referral, and lock in the middle of it."""
    start(seat, "LEAD referral")
    seat.answer("Door", "3")
    seat.answer("First name", "Terri")
    seat.key(L, CTRL)
    seat.until_seen("I agree, unlock")


def review(seat: Seat) -> None:
    """Ctrl+Shift+R, both texts of the one answer, Ctrl+S."""
    seat.key(R, CTRL | SHIFT)
    seat.settle()
    tab = seat.app.shell.findChildren(ReviewTab)[0]
    seat.until(lambda: tab.sheet is not None, "nothing to review")
    seat.tab_to("To review")
    seat.enter()
    seat.key(Qt.Key.Key_Right, times=2)
    assert seat.names()[0] == "Keep both"
    seat.key(S, CTRL)
    seat.until(lambda: tab.count == 0, "it was not settled")
    seat.settle()


def report(seat: Seat, papers: Path) -> dict[str, object]:
    """Save this month's summary; return its figures."""
    place(seat, REPORTS)
    seat.settle()
    seat.tab_to("Which")
    seat.key(Qt.Key.Key_Home)
    seat.enter()
    seat.until_seen("November 2026")
    seat.until(lambda: seat.sees("Page 1 of"), "no page")
    seat.settle()
    seat.key(S, CTRL)
    file = papers / "monthly-summary-2026-11.pdf"
    seat.until(file.exists, "not saved")
    seat.settle()
    values = figures_of(file.read_bytes())["values"]
    return {
        one["measure"]: one["value"]
        for one in values
        if one["column"] == "this" and not one["group"]
    }


def at_desk(seat: Seat) -> Desk:
    return seat.app.open_desk


def referral(seat: Seat) -> StoredRecord:
    desk = at_desk(seat)
    lines = [
        one for one in desk.reader.records(RecordQuery(rings=(REFER,))) if one.kind == "referral"
    ]
    first = min(lines, key=lambda one: one.created_ms)
    stored = desk.reader.record(REFER, RecordId(first.record))
    assert stored is not None
    return stored


def names(seat: Seat) -> list[str]:
    return [referral(seat).summary.title]


def worries(seat: Seat) -> str:
    desk = at_desk(seat)
    keys = desk.shelf.keys(desk.shelf.source("lead_referral"))
    return referral(seat).answers[keys["worries"]]


def conflicts(seat: Seat) -> int:
    return at_desk(seat).reader.count(RecordQuery(rings=(REFER,), conflicted=True, voided=None))
