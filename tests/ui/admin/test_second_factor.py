"""Digits from a phone, set up and dropped by keys under My password."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.errors import Refusal
from leadapp.core.words import Words
from leadapp.services import accounts
from leadapp.services.desk import Desk
from leadapp.ui.admin.own import OwnSection
from leadapp.ui.admin.page import AdminPage
from leadapp.ui.work import Work
from leadapp.vault.totp import code_at, step_of
from tests.services.made_county import PASSWORD, new_desk, sit
from tests.ui.rest import rest


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


class Hands:
    """Types and presses in My password."""

    def __init__(self, desk: Desk, work: Work, words: Words, qtbot: QtBot) -> None:
        self.said: list[str] = []
        self._qtbot, self._work = qtbot, work
        self.page = AdminPage(desk, work=work, words=words, say=self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(1170, 606)
        self.page.show()
        self.page.show_section("own")
        section = self.page.section()
        assert isinstance(section, OwnSection)
        self.card = section.phone

    def type(self, box: QWidget, text: str) -> None:
        self._qtbot.keyClicks(box, text)

    def press(self, button: QWidget) -> None:
        assert button.isVisible()
        self._qtbot.keyClick(button, Qt.Key.Key_Space)
        rest(self._work, self.page)


def digits(desk: Desk, secret: str) -> str:
    return code_at(secret, step_of(desk.clock.now()))


def test_digits_are_asked_for_once_they_have_fitted_and_no_longer_when_dropped(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    hands = Hands(office, work, words, qtbot)
    card = hands.card
    hands.press(card.begin)
    secret = card.key.text().replace(" ", "")
    assert card.digits.hasFocus() or hands.page.focusWidget() is card.digits
    hands.type(card.digits, digits(office, secret))
    hands.type(card.password, PASSWORD)
    hands.press(card.use)
    assert hands.said == ["The digits are asked for from the next unlock on."]
    assert accounts.has_second_factor(office)
    assert card.password.text() == ""
    own = hands.page.section()
    assert isinstance(own, OwnSection)
    assert own.new.field._hint.startswith("8 letters")
    hands.type(own.new.first, "otr kite")
    own.new._check()
    rest(work, hands.page)
    assert own.new.field.error == ""
    hands.type(card.password, PASSWORD)
    hands.press(card.drop)
    assert not accounts.has_second_factor(office)
    assert card.begin.isVisible()


def test_digits_that_do_not_fit_change_nothing_and_are_said_beside_them(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    hands = Hands(office, work, words, qtbot)
    card = hands.card
    hands.press(card.begin)
    secret = card.key.text().replace(" ", "")
    hands.press(card.use)
    assert card._digits_field.error == "Type the six digits."
    wrong = str((int(digits(office, secret)) + 1) % 1_000_000).zfill(6)
    hands.type(card.digits, wrong)
    hands.type(card.password, PASSWORD)
    hands.press(card.use)
    assert card._digits_field.error.startswith("Those six digits do not fit")
    assert not accounts.has_second_factor(office)


def test_a_wrong_password_is_said_beside_the_password(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    hands = Hands(office, work, words, qtbot)
    card = hands.card
    hands.press(card.begin)
    hands.type(card.digits, digits(office, card.key.text().replace(" ", "")))
    hands.type(card.password, "not the password at all")
    hands.press(card.use)
    assert card._password_field.error.startswith("That password does not match")
    assert not accounts.has_second_factor(office)


def test_esc_forgets_a_key_that_was_not_used(
    office: Desk, work: Work, words: Words, qtbot: QtBot
) -> None:
    hands = Hands(office, work, words, qtbot)
    hands.press(hands.card.begin)
    assert hands.page.leave()
    assert hands.card.key.text() == ""
    assert hands.card.begin.isVisible()
    assert not hands.page.leave()


def test_the_next_unlock_asks_for_them(
    tmp_path: Path, work: Work, words: Words, qtbot: QtBot
) -> None:
    desk = new_desk(tmp_path / "office")
    hands = Hands(desk, work, words, qtbot)
    hands.press(hands.card.begin)
    hands.type(hands.card.digits, digits(desk, hands.card.key.text().replace(" ", "")))
    hands.type(hands.card.password, PASSWORD)
    hands.press(hands.card.use)
    clock = desk.clock
    desk.close()
    clock.step(timedelta(minutes=5))  # type: ignore[attr-defined] # a clock of tests
    with pytest.raises(Refusal) as caught:
        sit(tmp_path / "office" / "program", "Nora Ellison", clock)  # type: ignore[arg-type]
    assert caught.value.code == "vault.code_needed"
