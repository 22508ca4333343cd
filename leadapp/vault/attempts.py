"""``attempts.json``: wrong passwords, counted so that a restart or a changed clock does not help.

Five wrong ones within 15 minutes lock a slot, and so do twenty with no right one
between, however slow. A lock never opens by itself. An attempt is written down
before the password is tried: ending the program does not undo it. The file is plain
(slot numbers and times only) and a person who can edit it can reset it: this stops
guessing at the keyboard, not on a copied folder.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from leadapp.core.clock import Clock, to_milliseconds
from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Damage, Refusal
from leadapp.core.files import write_whole

FORMAT = 1
MOST = 5
WINDOW = timedelta(minutes=15)
MOST_EVER = 20
_WINDOW_MS = WINDOW // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Tries:
    """One slot's wrong passwords since its last right one, and what the journal lacks."""

    wrong_ms: tuple[int, ...] = ()
    locked_ms: int | None = None
    unlogged_ms: tuple[int, ...] = ()
    """Wrong tries that have not yet joined the journal."""
    last_step: int = 0
    """The newest second-factor step used; an older or equal one is refused."""
    challenge: str = ""
    check: str = ""
    release_tries: int = 0

    @property
    def locked(self) -> bool:
        """Return whether the slot is locked."""
        return self.locked_ms is not None

    def left(self, now_ms: int) -> int:
        """Return how many wrong passwords are still allowed."""
        near = self._near(now_ms)
        return 0 if self.locked else max(0, min(MOST - near, MOST_EVER - len(self.wrong_ms)))

    def _near(self, now_ms: int) -> int:
        """Count tries within the window in either direction: a clock set back hides nothing.

        A try that seems to lie in the future was made before the clock was changed.
        """
        return sum(1 for moment in self.wrong_ms if moment > now_ms - _WINDOW_MS)

    def with_wrong(self, now_ms: int) -> Tries:
        """Return the tries with one more wrong password, locked when it was one too many."""
        more = replace(
            self,
            wrong_ms=(*self.wrong_ms, now_ms)[-MOST_EVER:],
            unlogged_ms=(*self.unlogged_ms, now_ms)[-100:],
        )
        return more if more.left(now_ms) else replace(more, locked_ms=now_ms)


@dataclass(slots=True)
class Attempts:
    """The tries of every slot on this computer. Each change is on disk when the call returns."""

    path: Path
    clock: Clock
    _slots: dict[int, Tries] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path, clock: Clock) -> Attempts:
        """Read the file; none yet is no tries. Damage when it cannot be read, Refusal when newer."""
        if not path.exists():
            return cls(path, clock)
        try:
            stored = read_json(path.read_bytes())
            newer = stored["format"] > FORMAT
            slots = {int(number): _tries(one) for number, one in stored["slots"].items()}
        except (Damage, KeyError, TypeError, AttributeError, ValueError) as cause:
            raise Damage("vault.attempts_unreadable") from cause
        if newer:
            raise Refusal("vault.attempts_newer")
        return cls(path, clock, slots)

    def of(self, slot: int) -> Tries:
        """Return the tries of a slot."""
        return self._slots.get(slot, Tries())

    def put(self, slot: int, tries: Tries) -> None:
        """Replace a slot's tries, on disk."""
        self._slots[slot] = tries
        content = {
            "format": FORMAT,
            "slots": {str(number): _stored(one) for number, one in sorted(self._slots.items())},
        }
        write_whole(self.path, canonical_json(content))

    def begin(self, slot: int) -> None:
        """Count a try before it is made; refuses when the slot is locked."""
        tries = self.of(slot)
        if tries.locked:
            raise Refusal("vault.locked")
        self.put(slot, tries.with_wrong(self._now_ms()))

    def left(self, slot: int) -> int:
        """Return how many wrong passwords are still allowed."""
        return self.of(slot).left(self._now_ms())

    def good(self, slot: int) -> None:
        """Note that the try just begun was right: it and those before no longer count."""
        tries = self.of(slot)
        self.put(
            slot,
            replace(tries, wrong_ms=(), locked_ms=None, unlogged_ms=tries.unlogged_ms[:-1]),
        )

    def release(self, slot: int) -> None:
        """Open a locked slot; the caller checked who asks. A used challenge is gone."""
        tries = replace(self.of(slot), wrong_ms=(), locked_ms=None, release_tries=0)
        self.put(slot, replace(tries, challenge="", check=""))

    def take_unlogged(self, slot: int) -> tuple[int, ...]:
        """Return the wrong tries that the journal lacks, and forget them."""
        tries = self.of(slot)
        if tries.unlogged_ms:
            self.put(slot, replace(tries, unlogged_ms=()))
        return tries.unlogged_ms

    def forget(self, slot: int) -> None:
        """Drop a disabled user's tries."""
        if slot in self._slots:
            self.put(slot, Tries())

    def now(self) -> datetime:
        """Return the present moment."""
        return self.clock.now()

    def _now_ms(self) -> int:
        return to_milliseconds(self.clock.now())


def _stored(tries: Tries) -> dict[str, object]:
    return {
        "wrong_ms": list(tries.wrong_ms),
        "locked_ms": tries.locked_ms,
        "unlogged_ms": list(tries.unlogged_ms),
        "last_step": tries.last_step,
        "challenge": tries.challenge,
        "check": tries.check,
        "release_tries": tries.release_tries,
    }


def _tries(stored: dict[str, object]) -> Tries:
    locked = stored["locked_ms"]
    return Tries(
        wrong_ms=_numbers(stored["wrong_ms"]),
        locked_ms=None if locked is None else _number(locked),
        unlogged_ms=_numbers(stored["unlogged_ms"]),
        last_step=_number(stored["last_step"]),
        challenge=str(stored["challenge"]),
        check=str(stored["check"]),
        release_tries=_number(stored["release_tries"]),
    )


def _numbers(value: object) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_number(one) for one in value)


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value
