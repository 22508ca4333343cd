"""Which places somebody may open: by their roles, the rings open here, and the computer."""

from __future__ import annotations

from leadapp.kinds import KINDS
from leadapp.services.desk import Desk, family_of
from leadapp.staff.rights import Reach
from leadapp.staff.roles import Role
from leadapp.ui.naloxone.kiosk import is_kiosk
from leadapp.ui.naloxone.page import may_see_stock
from leadapp.ui.today.report_news import reports_wanted


def is_at_a_desk(desk: Desk | None) -> bool:
    """Return whether this is no lobby machine, which has the Naloxone page alone."""
    return desk is not None and not is_kiosk(desk)


def works(desk: Desk | None) -> bool:
    """Return whether somebody has records to work with; accounts and logs are none."""
    if desk is None or is_kiosk(desk):
        return False
    return bool(desk.roles - {Role.ADMINISTRATOR, Role.AUDITOR})


def sees_people(desk: Desk | None) -> bool:
    """Return whether somebody may search all people of some ring."""
    if desk is None:
        return False
    families = {family_of(one) for one in desk.rings} & set(KINDS["person"].rings)
    return any(desk.reach("search", "person", one) is Reach.ALL for one in families)


def sees_stock(desk: Desk | None) -> bool:
    """Return whether somebody has to do with naloxone."""
    return desk is not None and may_see_stock(desk)


def counts(desk: Desk | None) -> bool:
    """Return whether somebody makes reports."""
    return desk is not None and not is_kiosk(desk) and reports_wanted(desk)
