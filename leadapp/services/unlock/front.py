"""What stands before the door: the county, the notice, who may unlock. Nothing is opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.core.errors import Refusal
from leadapp.core.ids import UserId
from leadapp.store.device import DeviceInfo, load_device
from leadapp.store.folder import ProgramFolder
from leadapp.vault import release
from leadapp.vault.attempts import Attempts
from leadapp.vault.keyring import Keyring
from leadapp.vault.slots import Slot


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with an account here. ``name`` is "" where tiles are off."""

    user: UserId
    name: str
    locked: bool
    second_factor: bool
    challenge: str
    """What a locked screen shows for the one-time code, "" when none is prepared."""


@dataclass(frozen=True, slots=True)
class People:
    """What the unlock screen shows before anyone unlocks."""

    device: DeviceInfo
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a program can be read before anyone unlocks."""

    folder: ProgramFolder
    device: DeviceInfo
    keyring: Keyring
    attempts: Attempts


def people_here(root: Path, *, clock: Clock) -> People:
    """Return the county, the notice and the people of this computer. Opens nothing."""
    parts = parts_of(root, clock)
    shown = parts.keyring.users() if parts.device.tiles else ()
    return People(parts.device, tuple(_person(parts.attempts, slot) for slot in shown))


def person_called(root: Path, name: str, *, clock: Clock) -> Person:
    """Return the person who typed their name, where tiles are off."""
    parts = parts_of(root, clock)
    return _person(parts.attempts, slot_of(parts, name, None))


def _person(attempts: Attempts, slot: Slot) -> Person:
    locked = attempts.of(slot.number).locked
    challenge = release.shown_challenge(attempts, slot.number) if locked else ""
    return Person(slot.user, slot.name, locked, slot.second_factor, challenge)


def parts_of(root: Path, clock: Clock) -> Parts:
    """Read what lies open."""
    folder = ProgramFolder(root)
    device = load_device(folder)
    return Parts(
        folder, device, Keyring.load(folder.keyring), Attempts.load(folder.attempts, clock)
    )


def slot_of(parts: Parts, name: str, user: UserId | None) -> Slot:
    """Return the slot of ``user``, or of who typed ``name``."""
    if user is not None:
        return parts.keyring.slot(user)
    found = parts.keyring.find(name)
    if found is None:
        raise Refusal("services.no_such_name")
    return found
