"""The second person confirms with their own password; a wrong one counts like any other."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import UserId
from leadapp.services import filling, stock, unlock
from leadapp.staff.roles import Role
from tests.services.made_county import PASSWORD, day, new_desk
from tests.services.test_stock import another, lot, move, on_hand, place, refused

WRONG = "wrong otter drives nine kites"


@pytest.fixture
def desk(tmp_path):
    desk = new_desk(tmp_path, roles=frozenset({Role.COORDINATOR, Role.STOCK_MANAGER}))
    yield desk
    unlock.lock(desk)


@pytest.fixture
def second(desk):
    return another(desk, "Lena Marsh", Role.STOCK_MANAGER)


@pytest.fixture
def stock_of(desk):
    """Return a lot and the place that holds ten doses of it."""
    one, store = lot(desk), place(desk)
    move(desk, "received", one, "", store, 10)
    return one, store


def lose(desk, one, store, approver, password):
    more = {"reason": "missing", "approver": approver, "password": password}
    return move(desk, "lost", one, store, "", 2, **more)


def left(desk, user):
    number = desk.holding.keyring.slot(UserId(user)).number
    return desk.holding.attempts.left(number)


@pytest.mark.parametrize(
    ("password", "code"),
    [("", "naloxone.second_password_needed"), (WRONG, "vault.wrong_password")],
)
def test_nothing_is_written_without_the_second_persons_own_password(
    desk, second, stock_of, password, code
):
    one, store = stock_of
    assert refused(lose, desk, one, store, second, password) == {code}
    assert on_hand(desk, one, store) == 10


def test_a_wrong_password_counts_and_the_right_one_starts_the_count_anew(desk, second, stock_of):
    one, store = stock_of
    before = left(desk, second)
    refused(lose, desk, one, store, second, WRONG)
    assert left(desk, second) == before - 1
    lose(desk, one, store, second, PASSWORD)
    assert (left(desk, second), on_hand(desk, one, store)) == (before, 8)


def test_guessing_locks_the_second_persons_account_and_not_ones_own(desk, second, stock_of):
    one, store = stock_of
    codes = [refused(lose, desk, one, store, second, WRONG).pop() for _ in range(5)]
    assert codes == ["vault.wrong_password"] * 4 + ["vault.now_locked"]
    assert refused(lose, desk, one, store, second, PASSWORD) == {"vault.locked"}
    assert left(desk, desk.user) > 0


def test_what_is_wrong_with_the_movement_is_said_before_a_password_is_tried(desk, second, stock_of):
    one, store = stock_of
    before = left(desk, second)
    with pytest.raises(Refusal):
        move(desk, "lost", one, store, "", 99, reason="", approver=second, password=WRONG)
    assert left(desk, second) == before


def test_a_hand_out_in_the_field_asks_for_nobody(desk, stock_of):
    one, store = stock_of
    for what in ("given", "left_behind", "used"):
        move(desk, what, one, store, "", 9)
    assert on_hand(desk, one, store) == -17


def test_a_count_and_a_recall_take_the_password_too(desk, second, stock_of):
    one, store = stock_of
    count = {"approver": second, "reason": "", "day": day(0)}
    told = refused(stock.record_count, desk, store, {one: 7}, password=WRONG, **count)
    assert told == {"vault.wrong_password"}
    stock.record_count(desk, store, {one: 7}, password=PASSWORD, **count)
    off = {"approver": second, "day": day(0)}
    told = refused(stock.record_recall, desk, one, store, password=WRONG, **off)
    assert (told, on_hand(desk, one, store)) == ({"vault.wrong_password"}, 7)
    stock.record_recall(desk, one, store, password=PASSWORD, **off)
    assert on_hand(desk, one, store) == 0


def test_a_loss_typed_on_the_movement_form_is_sent_to_the_page_that_asks_two_people(
    desk, second, stock_of
):
    one, store = stock_of
    answers = {
        "day": day(0), "move": "lost", "lot": one, "from_place": store, "to_place": "lost",
        "doses": "2", "kits": "1", "reason": "missing", "approver": second,
    }  # fmt: skip
    assert refused(filling.submit, desk, "stock_movement", answers) == {
        "naloxone.second_person_on_page"
    }
