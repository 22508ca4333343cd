"""Unlocking by the command line: what a window would have shown is said."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadapp.core.clock import SteppingClock, SystemClock
from leadapp.main import main
from leadapp.services import accounts, setup
from leadapp.staff.roles import Role
from leadapp.vault.derivation import Argon2
from leadapp.vault.totp import code_at, step_of
from tests.services import made_county
from tests.services.made_county import new_desk

PASSWORD = "seven quiet lanterns hum"


def test_a_recovery_page_that_only_a_window_prints_is_said_to_be_nobodys(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program, file = tmp_path / "program", tmp_path / "password"
    file.write_text(PASSWORD, "utf-8")
    wanted = setup.Wanted(
        county="Pine County",
        device_class="office",
        name="Cora Coord",
        password=PASSWORD,
        roles=frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
        cost=Argon2(memory_kib=32, passes=1, lanes=1),
    )
    made = setup.create_program(
        program, wanted, clock=SteppingClock(datetime(2026, 11, 2, 8, 30, tzinfo=UTC))
    )
    name, group = made.asked
    page = next(one for one in made.pages if one.name == name)
    setup.confirm(made, page=name, group=group, typed=page.groups[group - 1])
    listing = [
        "forms", str(program), "list", "--user", "Cora Coord", "--password-file", str(file),
    ]  # fmt: skip

    assert main(listing) == 0
    assert "Nobody has a recovery page of" in capsys.readouterr().err
    assert main(listing) == 0
    assert "recovery page" not in capsys.readouterr().err


def test_a_phones_digits_are_asked_for_where_an_account_has_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path)
    secret, _ = accounts.new_second_factor(desk)
    begun = code_at(secret, step_of(desk.clock.now()))
    accounts.use_second_factor(desk, made_county.PASSWORD, secret, begun)
    desk.close()
    file = tmp_path / "password"
    file.write_text(made_county.PASSWORD, "utf-8")
    listing = [
        "forms", str(tmp_path / "program"), "list", "--user", desk.name,
        "--password-file", str(file),
    ]  # fmt: skip
    now = code_at(secret, step_of(SystemClock().now()))
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{now}\n"))
    assert main(listing) == 0
    assert "Six digits from your phone" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert main(listing) == 1
    assert "Type the six digits" in capsys.readouterr().err
