"""A lobby machine: its own user, with rights to stock and no more, on a law computer.

Nothing but the Naloxone page is there. Hand-outs are movements alone: the ring their form
would go to is not on such a computer.
"""

from __future__ import annotations

from leadapp.services.desk import Desk
from leadapp.staff.roles import Role


def is_kiosk(desk: Desk) -> bool:
    """Return whether this person may do nothing here but keep stock."""
    return desk.device.device_class == "law" and desk.roles == {Role.STOCK_MANAGER}
