"""What people are called, for records that say who wrote them. Reader lane."""

from __future__ import annotations

from leadapp.services.desk import Desk


def user_names(desk: Desk) -> dict[str, str]:
    """Return what people are called, by user id."""
    rows = desk.reader.rows("SELECT record_id, name FROM user", {})
    return {str(user): str(name) for user, name in rows} | {desk.user: desk.name}
