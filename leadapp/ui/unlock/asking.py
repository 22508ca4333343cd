"""What the unlock screen asks of the program. Everything here runs on the crypto lane.

The services are imported by the functions, not by the module: loading them takes longer
than painting the first screen, and the screen comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from leadapp.core.clock import Clock
from leadapp.core.ids import RingId, UserId

if TYPE_CHECKING:
    from leadapp.services.desk import Desk
    from leadapp.services.unlock import People, Person


def people_here(root: Path, clock: Clock) -> People:
    """Return who has an account here; Refusal ``store.no_program`` for a new folder."""
    from leadapp.services import unlock

    return unlock.people_here(root, clock=clock)


def person_called(root: Path, name: str, clock: Clock) -> Person:
    """Return the person who typed their name."""
    from leadapp.services import unlock

    return unlock.person_called(root, name, clock=clock)


def open_desk(
    root: Path,
    *,
    user: UserId | None,
    name: str,
    password: str,
    code: str,
    clock: Clock,
    told: Callable[[float], None],
) -> Desk:
    """Open the program for one person; ``told`` hears which part is done."""
    from leadapp.services import unlock

    return unlock.unlock(
        root,
        user=user,
        name=name,
        password=password,
        code=code,
        clock=clock,
        progress=lambda at: told(at.done / at.total if at.total else 0.0),
    )


def release_with_code(root: Path, user: UserId, typed: str, clock: Clock) -> None:
    """Open a locked account with the code a supervisor read out."""
    from leadapp.services import unlock

    unlock.release_with_code(root, user, typed, clock=clock)


def release_with_page(root: Path, user: UserId, ring: RingId, typed: str, clock: Clock) -> None:
    """Open a locked account with a recovery page."""
    from leadapp.services import unlock

    unlock.release_with_page(root, user, ring, typed, clock=clock)


def recover(
    root: Path, user: UserId, password: str, typed: Mapping[RingId, str], clock: Clock
) -> None:
    """Give someone a new password by the recovery pages."""
    from leadapp.services import unlock

    unlock.recover(root, user=user, password=password, typed=typed, clock=clock)


def look(root: Path, clock: Clock) -> tuple[People, tuple[RingId, ...]]:
    """Return who has an account here and which rings have a file; refuse a bad folder."""
    from leadapp.services import county

    county.check_place(root)
    return people_here(root, clock), county.rings_here(root)
