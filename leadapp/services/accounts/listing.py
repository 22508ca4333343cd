"""Who is in the program, and who waits for a ring."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leadapp.core.ids import RecordId, RingId, UserId
from leadapp.journal.rings import SHARED, family_of
from leadapp.journal.roster import User
from leadapp.services.accounts.saying import name_of
from leadapp.services.desk import Desk
from leadapp.services.holding import Holding, Request, is_active
from leadapp.staff.roles import Role, roles_of


@dataclass(frozen=True, slots=True)
class Account:
    """A user as the accounts page shows it. ``rings`` are those held on this computer."""

    user: UserId
    name: str
    title: str
    agency: str
    roles: frozenset[Role]
    here: bool
    active: bool
    locked: bool
    second_factor: bool
    password_changed_ms: int
    rings: frozenset[RingId]


def accounts(desk: Desk) -> list[Account]:
    """Return every user of the program, in order of name. Reader lane."""
    desk.require_program("add_user")
    holding = desk.holding
    return sorted(
        (_account(desk, holding, user) for user in holding.roster.users.values()),
        key=lambda account: account.name.casefold(),
    )


def _account(desk: Desk, holding: Holding, user: User) -> Account:
    said = desk.archive.answers(SHARED, RecordId(user.id))
    here = holding.keyring.has(user.id)
    slot = holding.keyring.slot(user.id) if here else None
    return Account(
        user=user.id,
        name=said.get("name", ""),
        title=said.get("title", ""),
        agency=user.agency,
        roles=roles_of(user.roles),
        here=here,
        active=is_active(user),
        locked=bool(slot) and holding.attempts.of(slot.number).locked if slot else False,
        second_factor=bool(slot and slot.second_factor),
        password_changed_ms=slot.changed_ms if slot else 0,
        rings=holding.keyring.rings_of(user.id),
    )


def requests(desk: Desk) -> list[Request]:
    """Return who waits for a yes to a ring this person holds and may give."""
    return [
        replace(one, name=one.name or name_of(desk, one.user))
        for one in desk.holding.requests()
        if desk.may("grant", "*", family_of(one.ring))
    ]
