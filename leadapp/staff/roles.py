"""The roles a user may have. What each may do is in ``rights`` and ``opening``."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a person is in the program; a user may have several."""

    DEPUTY = "deputy"
    LAW_SUPERVISOR = "law_supervisor"
    CASE_MANAGER = "case_manager"
    COORDINATOR = "coordinator"
    STOCK_MANAGER = "stock_manager"
    REPORT_CLERK = "report_clerk"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


LAW_ROLES = frozenset({Role.DEPUTY, Role.LAW_SUPERVISOR})
BY_GRANT_ONLY = frozenset({Role.REPORT_CLERK, Role.AUDITOR})
"""Roles that open no ring with records unless it was granted by name."""


def roles_of(names: object) -> frozenset[Role]:
    """Return the roles named in ``names``; names of a newer program are left out."""
    if not isinstance(names, (list, tuple, set, frozenset)):
        return frozenset()
    return frozenset(Role(name) for name in names if name in Role._value2member_map_)
