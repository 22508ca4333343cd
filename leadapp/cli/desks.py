"""A desk for as long as a command takes: unlocked by password, closed whatever happens."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from leadapp.cli.passwords import read_password
from leadapp.core.clock import SystemClock
from leadapp.services import unlock
from leadapp.services.desk import Desk


@contextmanager
def desk_of(options: Namespace) -> Iterator[Desk]:
    """Unlock the program folder for the user of ``options``."""
    password = read_password(options.password_file)
    desk = unlock.unlock(options.folder, name=options.user, password=password, clock=SystemClock())
    try:
        yield desk
    finally:
        desk.close()
