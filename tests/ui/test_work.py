"""Work is done off the GUI thread, in order, and its answer and its error come back to it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from leadapp.core.errors import Bug, LeadappError, Refusal
from leadapp.ui.work import Lane, Work


@pytest.fixture
def errors() -> list[LeadappError]:
    return []


@pytest.fixture
def work(errors: list[LeadappError]) -> Iterator[Work]:
    lanes = Work(errors.append)
    yield lanes
    lanes.stop()


def test_the_job_runs_elsewhere_and_its_answer_comes_back_here(work: Work, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    work.run(
        Lane.READER,
        threading.get_ident,
        lambda there: seen.append((there, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    there, here = seen[0]
    assert here == threading.get_ident()
    assert there != here


def test_jobs_of_one_lane_are_done_in_the_order_asked(work: Work, qtbot: QtBot) -> None:
    order: list[int] = []
    answers: list[int] = []

    def job(number: int) -> int:
        order.append(number)
        return number

    for number in range(30):
        work.run(Lane.WRITER, partial(job, number), answers.append)
    qtbot.waitUntil(lambda: len(answers) == 30)
    assert order == answers == list(range(30))


def test_a_refusal_goes_to_the_one_who_asked(
    work: Work, errors: list[LeadappError], qtbot: QtBot
) -> None:
    mine: list[LeadappError] = []

    def refuse() -> None:
        raise Refusal("ui.example")

    work.run(Lane.WRITER, refuse, failed=mine.append)
    qtbot.waitUntil(lambda: bool(mine))
    assert mine[0].code == "ui.example"
    assert errors == []


@pytest.mark.expects_log("a job failed")
def test_any_other_error_comes_back_as_a_bug_without_its_words(
    work: Work, errors: list[LeadappError], qtbot: QtBot
) -> None:
    def break_down() -> None:
        raise ValueError("Osgood, Terri-Lynn")

    work.run(Lane.READER, break_down)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], Bug)
    assert "Osgood" not in str(errors[0])
    assert errors[0].values == {"kind": "ValueError"}


def test_a_dropped_answer_is_not_delivered(work: Work, qtbot: QtBot) -> None:
    gate = threading.Event()
    got: list[str] = []
    work.run(Lane.READER, gate.wait)
    ticket = work.run(Lane.READER, lambda: "unwanted", got.append)
    work.run(Lane.READER, lambda: "wanted", got.append)
    ticket.drop()
    gate.set()
    qtbot.waitUntil(lambda: got == ["wanted"])


def test_an_answer_for_a_closed_page_is_not_delivered(work: Work, qtbot: QtBot) -> None:
    gate = threading.Event()
    got: list[str] = []
    owner = QObject()
    work.run(Lane.READER, gate.wait)
    work.run(Lane.READER, lambda: "for nobody", got.append, owner=owner)
    work.run(Lane.READER, lambda: "last", got.append)
    import shiboken6

    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: got == ["last"])


def test_a_slow_job_on_one_lane_holds_up_no_other(work: Work, qtbot: QtBot) -> None:
    gate = threading.Event()
    got: list[str] = []
    work.run(Lane.WRITER, gate.wait, lambda _: got.append("slow"))
    work.run(Lane.READER, lambda: "quick", got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got == ["quick"]
    gate.set()
    qtbot.waitUntil(lambda: len(got) == 2)
