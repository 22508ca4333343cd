"""What every change of an account says: to the roster, to ``shared``, to the log of accesses."""

from __future__ import annotations

from collections.abc import Collection

from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId, FormId, RecordId, RingId, UserId
from leadapp.journal.rings import SHARED
from leadapp.journal.roster import User
from leadapp.services.desk import Desk
from leadapp.services.holding import Holding
from leadapp.staff.roles import Role
from leadapp.store.writing import Access, RecordWrite
from leadapp.vault.passwords import require_good

_USER = FormId("_user")


def name_of(desk: Desk, user: UserId) -> str:
    """Return what a user is called, "" where nothing says so."""
    return desk.archive.answers(SHARED, RecordId(user)).get("name", "")


def user_in(holding: Holding, user: UserId) -> User:
    """Return the user as the roster has them."""
    known = holding.roster.users.get(user)
    if known is None:
        raise Refusal("vault.no_such_user")
    return known


def check_password(desk: Desk, password: str, name: str, *, second_factor: bool = False) -> None:
    """Refuse a password that is too weak for who is called ``name``."""
    context = (desk.device.county, desk.device.agency, name)
    require_good(password, context, second_factor=second_factor)


def say_user(
    desk: Desk,
    holding: Holding,
    user: UserId,
    roles: Collection[Role],
    agency: str,
    devices: Collection[DeviceId],
    *,
    replaces: Collection[str] = (),
) -> None:
    """Put a user's roles, agency and computers into the roster."""
    body: dict[str, object] = {
        "user": user,
        "roles": sorted(roles),
        "agency": agency,
        "devices": sorted(devices),
        "keys": {},
        "replaces": sorted(replaces),
    }
    holding.say(desk.archive, "user", body)


def write_user(desk: Desk, user: UserId, values: dict[str, str]) -> None:
    """Write what ``shared`` says of a user."""
    write = RecordWrite(RecordId(user), _USER, "1", "save", values, desk.user, desk.clock.now())
    desk.archive.write(SHARED, [write])


def log_act(desk: Desk, act: str, user: UserId, ring: RingId | None = None) -> None:
    """Log what was done to whose account, where this person's doings are logged."""
    where = desk.holding.narrowest()
    access = Access(desk.user, act, desk.clock.now(), record=user, detail=ring or "")
    desk.archive.note_access(where, access)
