"""Unlocking by the command line: what a window would have shown is said."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.main import main
from leadapp.services import setup
from leadapp.staff.roles import Role
from leadapp.vault.derivation import Argon2

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
