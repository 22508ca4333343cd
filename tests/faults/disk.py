"""Fills the disk under a program at work, and makes it read-only, and gives it back.

Both need a small disk of their own, which only an administrator of the computer may mount;
``NoDisk`` says why there is none.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import LeadappError
from leadapp.services import filling, verifying
from leadapp.services.desk import Desk
from leadapp.services.filling import Filling
from tests.faults import typist
from tests.faults.county import BOTH, COORDINATOR, NOW, Stocked, found, stock

SIZE = "120m"
WORDS = 50


class NoDisk(Exception):
    """No disk can be mounted here; the reason is a person's."""


@dataclass(slots=True)
class Trouble:
    """What happened while the disk was no good."""

    said: list[str] = field(default_factory=list)
    """The codes of what was refused."""
    kept: int = 0
    """Words in the draft while the disk was no good, -1 where it could not be asked."""
    on_the_way: int = -1
    """Words in the record while the disk was no good: -1, as it was not saved."""
    words: int = 0
    """Words in the record once the disk was good again."""
    problems: list[str] = field(default_factory=list)


@contextmanager
def small_disk(place: Path, size: str = SIZE) -> Iterator[Path]:
    """Mount a disk of its own in ``place``."""
    if os.name != "posix" or os.geteuid() != 0:
        raise NoDisk("mounting a small disk needs root")
    disk = place / "disk"
    disk.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        raise NoDisk("this machine mounts no small disk")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@contextmanager
def full(disk: Path) -> Iterator[Callable[[], None]]:
    """Take all the space that is left; what is given takes what was freed meanwhile."""
    filler = disk / "filler"

    def fill() -> None:
        with filler.open("ab", buffering=0) as file:
            for step in (1 << 20, 1 << 12, 1):
                _write_until_full(file, step)

    fill()
    try:
        yield fill
    finally:
        filler.unlink()


def _write_until_full(file: RawIOBase, step: int) -> None:
    with suppress(OSError):
        while file.write(bytes(step)) == step:
            pass


@contextmanager
def read_only(disk: Path) -> Iterator[None]:
    """Let nothing be written. Files open for writing are let go of by closing the program."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def on_a_full_disk(place: Path) -> Trouble:
    """Type and finish a contact while the disk is full, and again once it is not."""
    trouble = Trouble()
    with small_disk(place) as disk:
        county = found(disk / "program")
        stocked = stock(county)
        desk = county.sit(BOTH)
        one = _begin(desk, stocked)
        with full(disk) as fill_again:
            _type(one)
            filling.keep(desk, filling.as_draft(desk, one))
            fill_again()
            trouble.kept = _kept(desk, one)
            _attempt(trouble, lambda: _finish(desk, one))
            trouble.on_the_way = typist.words_of(desk, one.record)
        _finish(desk, one)
        trouble.words = typist.words_of(desk, one.record)
        desk.close()
        trouble.problems = _verify(county.sit(COORDINATOR))
    return trouble


def on_a_read_only_disk(place: Path) -> Trouble:
    """Unlock where nothing can be written, then go on with the draft once it can."""
    trouble = Trouble()
    with small_disk(place) as disk:
        county = found(disk / "program")
        stocked = stock(county)
        desk = county.sit(BOTH)
        one = _begin(desk, stocked)
        _type(one)
        filling.keep(desk, filling.as_draft(desk, one))
        desk.close()
        before = _bytes(disk)
        with read_only(disk):
            _attempt(trouble, lambda: county.sit(BOTH).close())
        if _bytes(disk) != before:
            trouble.problems.append("bytes changed on a read-only disk")
        desk = county.sit(BOTH, SteppingClock(NOW))
        trouble.kept = _kept(desk, one)
        draft = desk.drafts.load(one.draft)
        assert draft is not None
        again = filling.resume(desk, draft, lookup=desk.lookup("law"), stored=None)
        _finish(desk, again)
        trouble.words = typist.words_of(desk, one.record)
        desk.close()
        trouble.problems += _verify(county.sit(COORDINATOR))
    return trouble


def _begin(desk: Desk, stocked: Stocked) -> Filling:
    one = filling.begin(desk, "cit_contact", lookup=desk.lookup("law"))
    filling.put_answers(desk, one, typist.answers_of("cit_contact", stocked))
    return one


def _type(one: Filling) -> None:
    text = " ".join(f"word{n + 1}" for n in range(WORDS))
    one.session.set_answer(typist.TEXT["cit_contact"], text)


def _kept(desk: Desk, one: Filling) -> int:
    draft = desk.drafts.load(one.draft)
    return -1 if draft is None else typist.count_words(draft.answers)


def _finish(desk: Desk, one: Filling) -> None:
    result = filling.ready(desk, one)
    assert not isinstance(result, list), [problem.code for problem in result]
    filling.save(desk, one, result, filling.gather(desk, one, result))


def _attempt(trouble: Trouble, act: Callable[[], None]) -> None:
    try:
        act()
    except LeadappError as error:
        trouble.said.append(error.code)


def _verify(desk: Desk) -> list[str]:
    try:
        return [problem.code for problem in verifying.verify(desk).problems]
    finally:
        desk.close()


def _bytes(disk: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(disk.rglob("*")) if path.is_file()}
