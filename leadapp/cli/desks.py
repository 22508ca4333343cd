"""A desk for as long as a command takes: unlocked by password, closed whatever happens."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from leadapp.cli.passwords import read_digits, read_password
from leadapp.core.clock import SystemClock
from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.services import unlock
from leadapp.services.desk import Desk


@contextmanager
def desk_of(options: Namespace) -> Iterator[Desk]:
    """Unlock the program folder for the user of ``options``."""
    password = read_password(options.password_file)
    try:
        desk = _unlocked(options, password, "")
    except Refusal as refusal:
        if refusal.code != "vault.code_needed":
            raise
        desk = _unlocked(options, password, read_digits())
    try:
        yield desk
    finally:
        _tell_of_pages(desk)
        desk.close()


def _unlocked(options: Namespace, password: str, code: str) -> Desk:
    return unlock.unlock(
        options.folder, name=options.user, password=password, code=code, clock=SystemClock()
    )


def _tell_of_pages(desk: Desk) -> None:
    """Say whose recovery page was made and shown to nobody: only the window prints one."""
    if desk.holding.pages:
        rings = ", ".join(page.name for page in desk.holding.pages)
        said = load_words(resources() / "words").say("cli.page_not_printed", {"rings": rings})
        print(said, file=sys.stderr)
