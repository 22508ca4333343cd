"""What a county decides about one computer: the folder it may be in, the notice, the tiles.

Also the password rules, for screens that show them while somebody types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Problem
from leadapp.core.text import tidy
from leadapp.journal.rings import SHARED
from leadapp.services.desk import Desk
from leadapp.store.device import DeviceInfo, save_device
from leadapp.store.folder import ProgramFolder
from leadapp.store.writing import Access
from leadapp.vault.passwords import problems_with


def check_place(root: Path) -> None:
    """Refuse a folder that is synced, on a network, or held by another window. Crypto lane."""
    folder = ProgramFolder(root)
    folder.check_place()
    if folder.exists:
        with folder.lock():
            pass


def rings_here(root: Path) -> tuple[RingId, ...]:
    """Return the rings that have a file here, open or not. Crypto lane."""
    return ProgramFolder(root).rings()


def password_problems(
    password: str, context: Iterable[str], *, second_factor: bool = False
) -> list[Problem]:
    """Return what speaks against a password that is being thought of. Crypto lane."""
    return problems_with(password, tuple(context), second_factor=second_factor)


def change_notice(desk: Desk, notice: str, *, tiles: bool) -> DeviceInfo:
    """Change what the unlock screen shows on this computer. Writer lane."""
    desk.require_program("settings")
    changed = replace(desk.device, notice=notice.strip(), tiles=tiles)
    if tiles != desk.device.tiles:
        _show_names(desk, shown=tiles)
    save_device(desk.folder, changed)
    desk.device = changed
    desk.holding.device = changed
    access = Access(desk.user, "settings", desk.clock.now(), detail="unlock screen")
    desk.archive.note_access(desk.holding.narrowest(), access)
    return changed


def _show_names(desk: Desk, *, shown: bool) -> None:
    """Put names beside the slots in the plain keyring, or take them away."""
    holding = desk.holding
    for slot in holding.keyring.users():
        said = desk.archive.answers(SHARED, RecordId(slot.user)) if shown else {}
        name = said.get("name", "")
        holding.keyring.show_name(slot.user, tidy(name))
    holding.save()
