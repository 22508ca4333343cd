"""An exchange beside the work: saves go in between, and nothing it shows is without a name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leadapp.services import syncing
from leadapp.services.syncing import KeptTarget
from leadapp.ui.sync.runner import Ended, Runner
from leadapp.ui.work import Lane, Work
from tests.journeys.hands import CTRL
from tests.services.two_computers import Computer
from tests.ui.sync.conftest import Seat

Both = tuple[Computer, Computer]


def test_what_is_saved_meanwhile_waits_for_a_slice_and_not_for_the_exchange(
    computers: Both, work: Work, qtbot: QtBot
) -> None:
    order: list[str] = []
    with computers[0].desk() as desk:
        runner = Runner(work)
        runner.ended.connect(lambda _ended: order.append("ended"))
        runner.start(desk, KeptTarget("stick", computers[0].stick))
        work.run(Lane.WRITER, lambda: None, lambda _: order.append("saved"))
        qtbot.waitUntil(lambda: len(order) == 2, timeout=20_000)
    assert order == ["saved", "ended"]


def test_a_second_one_is_not_begun_beside_the_first(
    computers: Both, work: Work, qtbot: QtBot
) -> None:
    ended: list[Ended] = []
    with computers[0].desk() as desk:
        runner = Runner(work)
        runner.ended.connect(ended.append)
        for name in ("first", "second"):
            runner.start(desk, KeptTarget(name, computers[0].stick))
        qtbot.waitUntil(lambda: not runner.running, timeout=20_000)
        work.run(Lane.WRITER, lambda: None)
    assert [one.report.target for one in ended] == ["first"]


def test_every_control_has_a_name_and_room_for_a_finger(office: Seat, computers: Both) -> None:
    office.add_stick(computers[0].stick)
    office.sync()
    office.key(Qt.Key.Key_N, CTRL)
    office.settle()
    wrong = [
        type(one).__name__
        for one in office.app.shell.findChildren(QWidget)
        if one.isVisible()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and (not one.accessibleName() or min(one.width(), one.height()) < 24)
    ]
    assert wrong == []
    assert syncing.targets(office.app.open_desk)
