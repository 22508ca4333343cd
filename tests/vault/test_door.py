from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import UserId
from leadapp.vault.attempts import Attempts
from leadapp.vault.derivation import Argon2
from leadapp.vault.door import knock
from leadapp.vault.keyring import Keyring
from leadapp.vault.release import (
    code_for,
    new_release_key,
    prepare,
    release_with_code,
    shown_challenge,
)
from leadapp.vault.totp import code_at, new_secret, step_of

TINY = Argon2(memory_kib=32, passes=1, lanes=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANA = UserId("ana")
PASSWORD = "purple otter drives nine kites"


@pytest.fixture
def clock():
    return SteppingClock(NOON)


@pytest.fixture
def keyring(tmp_path):
    made = Keyring.create(tmp_path / "keyring.json", device_class="office", cost=TINY)
    made.add_user(ANA, "Ana Ruiz", PASSWORD, at=NOON)
    return made


@pytest.fixture
def attempts(tmp_path, clock):
    return Attempts.load(tmp_path / "attempts.json", clock)


def wrong(keyring, attempts, times):
    """Try a wrong password some times; return the last refusal."""
    for _ in range(times):
        with pytest.raises(Refusal) as caught:
            knock(keyring, attempts, ANA, "wrong")
    return caught.value


def restarted(attempts):
    return Attempts.load(attempts.path, attempts.clock)


def test_a_wrong_password_says_how_many_tries_are_left(keyring, attempts):
    refusal = wrong(keyring, attempts, 2)
    assert (refusal.code, refusal.values) == ("vault.wrong_password", {"left": 3})


def test_the_fifth_wrong_password_locks_also_for_the_right_one(keyring, attempts):
    assert wrong(keyring, attempts, 5).code == "vault.now_locked"
    with pytest.raises(Refusal, match=r"vault\.locked"):
        knock(keyring, restarted(attempts), ANA, PASSWORD)


def test_a_good_password_starts_the_count_again(keyring, attempts):
    wrong(keyring, attempts, 4)
    knock(keyring, attempts, ANA, PASSWORD)
    assert wrong(keyring, attempts, 1).values == {"left": 4}


def test_a_restart_does_not_start_the_count_again(keyring, attempts):
    wrong(keyring, attempts, 3)
    assert wrong(keyring, restarted(attempts), 1).values == {"left": 1}


@pytest.mark.parametrize("days", [-400, 400])
def test_a_lock_outlives_any_change_of_the_clock(keyring, attempts, clock, days):
    wrong(keyring, attempts, 5)
    clock.step(timedelta(days=days))
    with pytest.raises(Refusal, match=r"vault\.locked"):
        knock(keyring, restarted(attempts), ANA, PASSWORD)


def test_a_clock_set_back_hides_no_try(keyring, attempts, clock):
    wrong(keyring, attempts, 4)
    clock.step(timedelta(days=-400))
    assert wrong(keyring, attempts, 1).code == "vault.now_locked"


def test_tries_far_apart_do_not_lock_until_there_are_twenty(keyring, attempts, clock):
    for _ in range(19):
        assert wrong(keyring, attempts, 1).code == "vault.wrong_password"
        clock.step(timedelta(minutes=16))
    assert wrong(keyring, attempts, 1).code == "vault.now_locked"


def test_ending_the_program_during_a_try_does_not_undo_it(keyring, attempts):
    for _ in range(4):
        attempts.begin(1)
    assert restarted(attempts).left(1) == 1


def test_wrong_tries_join_the_journal_once(keyring, attempts):
    wrong(keyring, attempts, 2)
    knock(keyring, attempts, ANA, PASSWORD)
    assert len(restarted(attempts).take_unlogged(1)) == 2
    assert restarted(attempts).take_unlogged(1) == ()


def test_an_administrator_opens_a_locked_account(keyring, attempts):
    wrong(keyring, attempts, 5)
    attempts.release(1)
    assert knock(keyring, restarted(attempts), ANA, PASSWORD).user == ANA


@pytest.fixture
def key(attempts):
    made = new_release_key()
    prepare(attempts, 1, key=made, cost=TINY)
    return made


def test_a_code_read_over_the_phone_opens_once(keyring, attempts, key):
    wrong(keyring, attempts, 5)
    shown = shown_challenge(restarted(attempts), 1)
    code = code_for(key, shown)
    release_with_code(restarted(attempts), 1, code.lower(), TINY)
    again = restarted(attempts)
    knock(keyring, again, ANA, PASSWORD)
    wrong(keyring, again, 5)
    with pytest.raises(Refusal, match=r"vault\.no_challenge"):
        release_with_code(again, 1, code, TINY)


def test_a_code_for_another_slot_or_of_another_program_does_not_open(attempts, key):
    prepare(attempts, 2, key=key, cost=TINY)
    others = [
        code_for(key, shown_challenge(attempts, 2)),
        code_for(new_release_key(), shown_challenge(attempts, 1)),
    ]
    for code in others:
        with pytest.raises(Refusal, match=r"vault\.wrong_release_code"):
            release_with_code(attempts, 1, code, TINY)


def test_half_a_challenge_gives_no_code(key):
    with pytest.raises(Refusal, match=r"vault\.challenge_incomplete"):
        code_for(key, "ABCD")


def test_five_wrong_release_codes_use_the_challenge_up(attempts, key):
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(Refusal) as caught:
            release_with_code(restarted(attempts), 1, "00000 00000", TINY)
        assert caught.value.values == {"left": left}
    code = code_for(key, shown_challenge(attempts, 1))
    with pytest.raises(Refusal, match=r"vault\.no_challenge"):
        release_with_code(restarted(attempts), 1, code, TINY)


def test_the_file_holds_neither_the_key_nor_the_code(attempts, key):
    code = code_for(key, shown_challenge(attempts, 1))
    text = attempts.path.read_text()
    assert code.replace(" ", "") not in text
    assert key.hex() not in text


@pytest.fixture
def secret(tmp_path, keyring):
    made = new_secret()
    keyring.change_password(ANA, PASSWORD, PASSWORD, at=NOON, totp=made)
    return made


def test_the_second_factor_opens_with_its_digits_and_only_once(keyring, attempts, secret):
    digits = code_at(secret, step_of(NOON))
    knock(keyring, attempts, ANA, PASSWORD, code=digits)
    with pytest.raises(Refusal, match=r"vault\.wrong_code"):
        knock(keyring, restarted(attempts), ANA, PASSWORD, code=digits)


def test_being_asked_for_the_digits_counts_for_nothing(keyring, attempts, secret):
    with pytest.raises(Refusal, match=r"vault\.code_needed"):
        knock(keyring, attempts, ANA, PASSWORD)
    assert attempts.left(1) == 5


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_phones_clock_may_be_off_by_one_step(keyring, attempts, secret, steps, opens):
    digits = code_at(secret, step_of(NOON) + steps)
    if opens:
        assert knock(keyring, attempts, ANA, PASSWORD, code=digits).user == ANA
    else:
        with pytest.raises(Refusal, match=r"vault\.wrong_code"):
            knock(keyring, attempts, ANA, PASSWORD, code=digits)


@pytest.mark.parametrize("text", ['{"slots":[]}', '{"slots":{"1":{}}}', '{"slots":{"x":{}}}', "{}"])
def test_a_damaged_count_says_so(attempts, text):
    attempts.path.write_text(text)
    with pytest.raises(Damage, match=r"vault\.attempts_unreadable"):
        restarted(attempts)


def test_a_removed_users_tries_are_forgotten(keyring, attempts):
    wrong(keyring, attempts, 5)
    attempts.forget(1)
    assert restarted(attempts).left(1) == 5
