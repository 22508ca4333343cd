"""What set-up asks of the program. Each function says its lane.

``Founding`` is what stays in memory between the steps: the pages that are not yet on
paper, and the first account's way in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.journal.rings import DeviceClass
from leadapp.services import accounts, setup, unlock
from leadapp.services.desk import Desk
from leadapp.services.recovery_paper import Page
from leadapp.services.setup import SetupResult
from leadapp.services.syncing import joining
from leadapp.services.syncing.letters import Invitation
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.ui.admin.account_form import AccountWish


@dataclass(frozen=True, slots=True)
class Answers:
    """What the first two steps ask."""

    county: str
    device_class: DeviceClass
    agency: str
    notice: str
    tiles: bool
    name: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Founding:
    """A program that is made but not yet confirmed."""

    result: SetupResult
    answers: Answers

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages to print."""
        return self.result.pages


def create(root: Path, answers: Answers, clock: Clock) -> Founding:
    """Make the program but for its last file. Crypto lane."""
    wanted = setup.Wanted(
        county=answers.county,
        device_class=answers.device_class,
        name=answers.name,
        password=answers.password,
        agency=answers.agency,
        notice=answers.notice,
        tiles=answers.tiles,
    )
    return Founding(setup.create_program(root, wanted, clock=clock), answers)


def confirm(founding: Founding, page: str, group: int, typed: str, clock: Clock) -> Desk:
    """End the making, a part of the page having been typed back, and unlock. Crypto lane."""
    setup.confirm(founding.result, page=page, group=group, typed=typed)
    return unlock.unlock(
        founding.result.folder.root,
        user=founding.result.user,
        password=founding.answers.password,
        clock=clock,
    )


@dataclass(frozen=True, slots=True)
class Joining:
    """What joining asks: the invitation, where the request goes, and who sits here."""

    invitation: Path
    request: Path
    name: str
    password: str = field(repr=False)
    tiles: bool = True


def invitation(path: Path) -> Invitation:
    """Return what an invitation says. Crypto lane."""
    return joining.look_at(path)


def join(root: Path, wish: Joining, clock: Clock) -> str:
    """Make the folder and the request; return the six words. Crypto lane."""
    joiner = joining.Joiner(wish.name, wish.password, tiles=wish.tiles)
    return joining.join(root, wish.invitation, joiner, wish.request, clock=clock)


def add_user(desk: Desk, wish: AccountWish) -> str:
    """Make an account; return its user id. Writer lane."""
    new = accounts.NewUser(wish.name, wish.roles, wish.password, wish.agency, wish.title)
    return accounts.add_user(desk, new)


def people(desk: Desk) -> list[accounts.Account]:
    """Return the accounts there are. Reader lane."""
    return accounts.accounts(desk)


def grant_law(desk: Desk, agency: str, user: str) -> None:
    """Let this office computer hold an agency's law ring for a coordinator. Writer lane."""
    known = next(one for one in accounts.accounts(desk) if one.user == user)
    accounts.grant_law(desk, agency, known.user)


def coordinators(found: list[accounts.Account]) -> list[accounts.Account]:
    """Return those a law ring can be granted to."""
    return [one for one in found if one.active and Role.COORDINATOR in one.roles]


def agencies(found: list[accounts.Account]) -> list[str]:
    """Return the agencies of the people with a law role."""
    return sorted({one.agency for one in found if one.agency and one.roles & LAW_ROLES})
