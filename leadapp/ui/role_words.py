"""What roles are called on screen, and what each is for."""

from __future__ import annotations

from collections.abc import Iterable

from leadapp.staff.roles import Role
from leadapp.ui.words import tr


def role_words(role: Role) -> str:
    """Return a role's name in words."""
    match role:
        case Role.DEPUTY:
            return tr("Deputy")
        case Role.LAW_SUPERVISOR:
            return tr("Law supervisor")
        case Role.CASE_MANAGER:
            return tr("Case manager")
        case Role.COORDINATOR:
            return tr("Coordinator")
        case Role.STOCK_MANAGER:
            return tr("Stock manager")
        case Role.REPORT_CLERK:
            return tr("Report clerk")
        case Role.ADMINISTRATOR:
            return tr("Administrator")
        case Role.AUDITOR:
            return tr("Auditor")


def roles_words(roles: Iterable[Role]) -> str:
    """Return several roles in one line, in the order of the list of roles."""
    held = frozenset(roles)
    return ", ".join(role_words(role) for role in Role if role in held)
