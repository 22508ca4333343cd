"""A small made-up county for tests: built once a run (and worker), copied for each test.

    from tests.county import county, empty_county, made_county  # fixtures, in a conftest

    def test_something(county):
        with county.desk("coordinator") as desk: ...
        county.command("report", "monthly", "--period", "2026-10", user="clerk")

``county`` has about 200 records of three months; ``empty_county`` has accounts, rings and
forms, and no record.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import platformdirs
import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import RecordId
from leadapp.main import main
from leadapp.services import unlock
from leadapp.services.demo import Made, Plan, make
from leadapp.services.demo.founding import PASSWORDS, Program, found, keep_passwords
from leadapp.services.desk import Desk
from leadapp.vault.derivation import Argon2

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=-5)))
CHEAP = Argon2(memory_kib=8, passes=1, lanes=1)
PLAN = Plan(people=40, contacts=70, months=3, seed=7)
USERS = ("admin", "casemanager", "clerk", "coordinator", "deputy", "supervisor")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Written:
    """A form that the county wrote, as it was told while making it."""

    form: str
    record: RecordId
    answers: dict[str, str]
    at: datetime


@dataclass(frozen=True)
class County:
    """A county's folder and what lies outside it; each test has its own copy."""

    folder: Path
    state: Path
    cache: Path
    made: Made | None = None
    written: tuple[Written, ...] = ()

    def password_file(self, user: str) -> Path:
        return self.folder / PASSWORDS / f"{user}.txt"

    def password(self, user: str) -> str:
        return self.password_file(user).read_text("utf-8").strip()

    def unlock(self, user: str, clock: SteppingClock | None = None) -> Desk:
        return unlock.unlock(
            self.folder,
            name=user,
            password=self.password(user),
            clock=clock or SteppingClock(NOW),
            anchors=self.state,
            cache=self.cache,
        )

    @contextmanager
    def desk(self, user: str, clock: SteppingClock | None = None) -> Iterator[Desk]:
        desk = self.unlock(user, clock)
        try:
            yield desk
        finally:
            unlock.lock(desk)

    def words(self, command: str, *rest: str, user: str) -> list[str]:
        """Return a command line on this county as ``user``."""
        return [
            command, str(self.folder), *rest,
            "--user", user, "--password-file", str(self.password_file(user)),
        ]  # fmt: skip

    def command(self, command: str, *rest: str, user: str) -> int:
        """Run a command in this process; what it prints is for capsys."""
        return main(self.words(command, *rest, user=user))

    def process(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command as people do, in a process of its own."""
        environment = os.environ | {
            "XDG_STATE_HOME": str(self.state.parent),
            "XDG_CACHE_HOME": str(self.cache.parent),
        }
        return subprocess.run(
            [sys.executable, "-m", "leadapp", *words],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip


@pytest.fixture(scope="session")
def county_home(tmp_path_factory) -> Path:
    """Return where this run's counties are made; forms are read into its cache once."""
    home: Path = tmp_path_factory.mktemp("counties")
    return home


@pytest.fixture(scope="session")
def made_county(county_home) -> County:
    """Return the county itself: look, do not touch."""
    written: list[Written] = []
    place = _place(county_home, "made")
    made = make(
        place.folder,
        PLAN,
        clock=SteppingClock(NOW),
        cost=CHEAP,
        anchors=place.state,
        cache=place.cache,
        watch=lambda *told: written.append(Written(*told)),
    )
    return County(place.folder, place.state, place.cache, made, tuple(written))


@pytest.fixture(scope="session")
def founded_county(county_home) -> County:
    """Return a county with accounts and forms and no record: look, do not touch."""
    place = _place(county_home, "founded")
    place.folder.mkdir(parents=True)
    clock = SteppingClock(NOW - timedelta(days=90))
    program = Program(place.folder, clock, place.state, place.cache, CHEAP)
    found(program)
    keep_passwords(program)
    return place


@pytest.fixture
def county(made_county, tmp_path, monkeypatch) -> County:
    """Return a copy of the made-up county that a test may change."""
    return _copy(made_county, tmp_path, monkeypatch)


@pytest.fixture
def empty_county(founded_county, tmp_path, monkeypatch) -> County:
    """Return a copy of a county without records that a test may change."""
    return _copy(founded_county, tmp_path, monkeypatch)


def _place(home: Path, name: str) -> County:
    return County(home / name / "county", home / name / "leadapp", home / "cache" / "leadapp")


def _copy(county: County, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> County:
    """Copy folder and state; commands find this test's state and cache, not the person's own."""
    folder, state = tmp_path / "county", tmp_path / "leadapp"
    shutil.copytree(county.folder, folder)
    shutil.copytree(county.state, state)
    monkeypatch.setattr(platformdirs, "user_state_dir", lambda *_, **__: str(state))
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(county.cache))
    return County(folder, state, county.cache, county.made, county.written)
