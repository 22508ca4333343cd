"""The made-up county everything is measured on: made once under ``build/bench``, then reused."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.services import demo, unlock
from leadapp.services.desk import Desk
from leadapp.vault.derivation import Argon2

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=-7)))
REPORTED = "2026-10"
"""The last month the county lived through."""
PLAN = demo.Plan(people=20_000, contacts=100_000, months=120, seed=1)
CHEAP = Argon2(memory_kib=64, passes=1, lanes=1)
"""A password that costs nothing: what it costs is not what is measured."""
_FACTS = "made.json"


@dataclass(frozen=True, slots=True)
class County:
    """Where the county lies, and how long making it took."""

    place: Path
    contacts: int
    people: int
    records: int
    seconds: float

    @property
    def folder(self) -> Path:
        """Return the program folder."""
        return self.place / "program"

    @property
    def cache(self) -> Path:
        """Return where forms once read are kept."""
        return self.place / "cache"

    @property
    def password_file(self) -> Path:
        """Return the folder of password files."""
        return self.folder / "passwords"

    def sit(self, name: str) -> Desk:
        """Unlock as ``name``."""
        password = (self.password_file / f"{name}.txt").read_text("utf-8").strip()
        return unlock.unlock(
            self.folder,
            name=name,
            password=password,
            clock=SteppingClock(NOW),
            anchors=self.place / "anchors",
            cache=self.cache,
        )


def county(place: Path, plan: demo.Plan = PLAN) -> County:
    """Return the county in ``place``, making it where it is not there yet."""
    facts = place / _FACTS
    if facts.exists():
        return County(place, **json.loads(facts.read_text("utf-8")))
    place.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    made = demo.make(
        place / "program",
        plan,
        clock=SteppingClock(NOW),
        progress=lambda what, done, of: _say(what, done, of, time.perf_counter() - began),
        cost=CHEAP,
        anchors=place / "anchors",
        cache=place / "cache",
    )
    seconds = time.perf_counter() - began
    said = {key: asdict(plan)[key] for key in ("contacts", "people")}
    facts.write_text(json.dumps({**said, "records": made.records, "seconds": seconds}), "utf-8")
    return County(place, **json.loads(facts.read_text("utf-8")))


def _say(what: str, done: int, of: int, seconds: float) -> None:
    if done % 10_000 == 0:
        print(f"  {what}: {done:,} of {of:,} after {seconds:.0f} s", flush=True)
