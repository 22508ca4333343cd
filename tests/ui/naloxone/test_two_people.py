"""Two people by keys: a loss, a count that differs, a recall. A wrong password counts as a try."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from leadapp.core.ids import UserId
from leadapp.services import stock
from leadapp.services.desk import Desk
from leadapp.services.stock import LedgerQuery
from leadapp.ui.naloxone.second_person import SecondPerson
from tests.services import made_county as county
from tests.ui.naloxone.counter import Counter, Keys, Shelves, held
from tests.ui.naloxone.test_record_panel import focused

WRONG = "not her password at all"


def tries_left(desk: Desk, user: str) -> int:
    slot = desk.holding.keyring.slot(UserId(user))
    return desk.holding.attempts.left(slot.number)


def in_second(second: SecondPerson) -> str:
    focus = QApplication.focusWidget()
    assert focus is not None
    return next(name for name, field in second.fields.items() if field.isAncestorOf(focus))


def save(counter: Counter) -> None:
    counter.page.main_action()
    counter.settle()


def test_a_loss_is_confirmed_by_keys_with_the_second_persons_password(
    lena: str,
    keys: Keys,
    counter: Counter,
    shelves: Shelves,
    office: Desk,
) -> None:
    panel = counter.page.panel
    panel.start("lost", shelves.late, shelves.car)
    counter.settle()
    keys.enter()
    assert focused(panel) == "reason"
    keys.type("Missing")
    keys.enter()
    assert focused(panel) == "approver"
    keys.type("Lena")
    keys.enter()
    assert focused(panel) == "password"
    keys.type("not her password at all")
    keys.enter()
    keys.enter()
    assert "does not match" in panel.foot.against.text()
    assert held(office)[shelves.late, shelves.car] == 4
    assert (focused(panel), panel.second.password.text()) == ("password", "")
    keys.type(county.PASSWORD)
    keys.enter()
    keys.enter()
    assert counter.toasts == ["Recorded: Lost"]
    assert held(office)[shelves.late, shelves.car] == 2
    assert stock.ledger(office, LedgerQuery(moves=("lost",)))[0].approver == lena


def test_a_count_that_differs_is_confirmed_by_keys(
    lena: str, keys: Keys, counter: Counter, shelves: Shelves, office: Desk
) -> None:
    page, second = counter.page, counter.page.count.second
    page.start_count(shelves.cabinet)
    counter.settle()
    assert not second.isVisible()
    keys.type("4")
    for _ in range(4):
        keys.enter()
    assert in_second(second) == "approver"
    keys.type("Lena")
    keys.enter()
    save(counter)
    assert second.fields["password"].error == "The second person types their own password"
    assert in_second(second) == "password"
    before = tries_left(office, lena)
    keys.type(WRONG)
    save(counter)
    assert "does not match" in page.count.problem.text()
    assert tries_left(office, lena) == before - 1
    assert (in_second(second), second.password.text()) == ("password", "")
    assert held(office)[shelves.soon, shelves.cabinet] == 10
    keys.type(county.PASSWORD)
    save(counter)
    assert counter.toasts == ["The count was recorded"]
    assert held(office)[shelves.soon, shelves.cabinet] == 8
    assert stock.ledger(office, LedgerQuery(moves=("adjusted",)))[0].approver == lena


def test_a_recall_is_confirmed_by_keys_shelf_by_shelf(
    lena: str, keys: Keys, counter: Counter, shelves: Shelves, office: Desk
) -> None:
    page, second = counter.page, counter.page.recall.second
    page.start_recall(shelves.late)
    counter.settle()
    assert page.recall.held.hasFocus()
    page.recall.held.go_to_first()
    save(counter)
    assert second.fields["approver"].error == "Choose who else saw it"
    keys.type("Lena")
    keys.enter()
    before = tries_left(office, lena)
    save(counter)
    keys.type(WRONG)
    save(counter)
    assert "does not match" in page.recall.problem.text()
    assert tries_left(office, lena) == before - 1
    assert sum(doses for (lot, _), doses in held(office).items() if lot == shelves.late) == 28
    keys.type(county.PASSWORD)
    save(counter)
    assert page.recall.held.paged.rowCount() == 1
    assert second.password.text() == ""
    assert tries_left(office, lena) == before


def test_a_password_typed_is_gone_once_the_task_is_left(
    lena: str, keys: Keys, counter: Counter, shelves: Shelves
) -> None:
    page, second = counter.page, counter.page.count.second
    page.start_count(shelves.cabinet)
    counter.settle()
    keys.type("4")
    second.approver.set_value(lena)
    second.approver.changed.emit(lena)
    second.password.setFocus()
    keys.type("something")
    QTest.keyClick(second.password, Qt.Key.Key_Escape)
    page.leave()
    assert second.password.text() == ""
    assert all(SECRET not in box.text() for box in page.findChildren(QLineEdit))


SECRET = "something"
