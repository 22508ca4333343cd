"""Making a program again where the first try was never ended, and where something else lies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.services import setup
from leadapp.services.setup import SetupResult, Wanted
from leadapp.staff.roles import Role
from leadapp.vault.derivation import Argon2
from tests.forms_once import CACHE
from tests.services.made_county import NOW, PASSWORD, sit

CHEAP = Argon2(memory_kib=32, passes=1, lanes=1)


def make(root: Path, county: str) -> SetupResult:
    roles = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})
    wanted = Wanted(county, "office", "Nora Ellison", PASSWORD, roles=roles, cost=CHEAP)
    clock = SteppingClock(NOW - timedelta(days=1))
    return setup.create_program(
        root, wanted, clock=clock, anchors=root.parent / "anchors", cache=CACHE
    )


def test_what_was_never_ended_is_begun_again(tmp_path: Path) -> None:
    root = tmp_path / "program"
    first = make(root, "Adler County")
    made = make(root, "Alder County")
    assert made.device.program_id != first.device.program_id
    page, group = made.asked
    setup.confirm(made, page=page, group=group, typed=made.pages[0].groups[group - 1])
    desk = sit(root, "Nora Ellison", SteppingClock(NOW))
    assert desk.device.county == "Alder County"
    desk.close()
    with pytest.raises(Refusal, match="program_exists"):
        make(root, "Alder County")


@pytest.mark.parametrize("name", ["keyring.json", "rings/care.ring"])
def test_what_somebody_else_left_is_not_cleared(tmp_path: Path, name: str) -> None:
    left = tmp_path / "program" / name
    left.parent.mkdir(parents=True)
    left.write_bytes(b"another program's")
    with pytest.raises(Refusal, match="folder_not_empty"):
        make(tmp_path / "program", "Alder County")
    assert left.read_bytes() == b"another program's"
