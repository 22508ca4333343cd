"""The second person of a loss, theft, recall or adjustment: who may be it, and their own password.

They confirm at the same computer, so they have an account on it. A wrong password counts
like one at the unlock screen, and joins the journal at their next unlock.
"""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.core.errors import Refusal
from leadapp.core.ids import UserId
from leadapp.core.problems import Place, Problem
from leadapp.naloxone.movements import NEEDS_SECOND_PERSON
from leadapp.services.desk import Desk
from leadapp.services.stock.asking import FAMILY, reading, require_look
from leadapp.services.stock.values import Approver
from leadapp.staff.rights import Reach, reach
from leadapp.staff.roles import roles_of
from leadapp.vault.door import knock

_NAMES = "SELECT record_id, name FROM user WHERE active NOT IN ('no', '0')"


def approvers(desk: Desk) -> tuple[Approver, ...]:
    """Return who may be the second person here, by name. Reader lane.

    Everyone but this one who may write stock and has a password on this computer.
    """
    require_look(desk)
    names: Mapping[str, str] = {str(user): str(name) for user, name in reading(desk)(_NAMES, {})}
    here = {slot.user: slot for slot in desk.holding.keyring.users()}
    others = [
        Approver(UserId(user), names[user], second_factor=here[UserId(user)].second_factor)
        for user in _may_approve(desk)
        if user != desk.user and user in names and user in here
    ]
    return tuple(sorted(others, key=lambda one: (one.name.casefold(), one.user)))


def second_person(desk: Desk, move: str, approver: str) -> list[Problem]:
    """Return whether a movement that takes two people lacks the second."""
    if move not in NEEDS_SECOND_PERSON:
        return []
    known = approver in _may_approve(desk)
    if known and approver != desk.user:
        return []
    return [Problem("naloxone.second_person_needed", place=Place(path="approver"))]


def confirm(desk: Desk, approver: str, password: str, code: str = "") -> None:
    """Check the second person's own password, and code where they have one. Writer lane.

    Refusal as at the unlock screen; every wrong one is counted there too.
    """
    holding = desk.holding
    if approver not in {slot.user for slot in holding.keyring.users()}:
        raise Refusal("naloxone.second_person_not_here")
    if not password:
        raise Refusal("naloxone.second_password_needed")
    knock(holding.keyring, holding.attempts, UserId(approver), password, code=code)


def _may_approve(desk: Desk) -> frozenset[str]:
    """Return the users of the signed roster who may write stock now."""
    return frozenset(
        user.id
        for user in desk.holding.roster.users.values()
        if not user.revoked
        and any(
            reach(role, "write", "movement", FAMILY) is not Reach.NONE
            for role in roles_of(user.roles)
        )
    )
