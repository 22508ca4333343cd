"""Adding and disabling people of the program, and changing their roles. Writer lane."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass, field, replace

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId, UserId
from leadapp.core.text import check_name, tidy
from leadapp.services.accounts.locks import prepare_release
from leadapp.services.accounts.saying import check_password, log_act, say_user, user_in, write_user
from leadapp.services.desk import Desk
from leadapp.services.holding import Holding, check_agency, is_active
from leadapp.staff.rights import may_program
from leadapp.staff.roles import LAW_ROLES, Role, roles_of
from leadapp.store.reader import Reader


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to make. ``agency`` is the law agency's id, "" for the office."""

    name: str
    roles: frozenset[Role]
    password: str = field(repr=False)
    agency: str = ""
    title: str = ""


def add_user(desk: Desk, new: NewUser) -> UserId:
    """Make an account on this computer; rings that need no asking are given at once."""
    desk.require_program("add_user")
    holding = desk.holding
    name = tidy(new.name)
    _check_new(desk, replace(new, name=name))
    user = UserId(desk.ids())
    holding.keyring.add_user(
        user, name, new.password, at=desk.clock.now(), show_name=desk.device.tiles
    )
    say_user(desk, holding, user, new.roles, new.agency, {desk.device.device_id})
    record = {"name": name, "title": new.title, "agency": new.agency, "active": "yes"}
    write_user(desk, user, record)
    holding.grant_what_needs_no_asking()
    holding.save()
    prepare_release(desk, holding, user)
    log_act(desk, "add_user", user)
    return user


def _check_new(desk: Desk, new: NewUser) -> None:
    if not new.name or not new.roles:
        raise Refusal("services.name_needed")
    check_name(new.name)
    if new.roles & LAW_ROLES and not new.agency:
        raise Refusal("services.agency_needed")
    check_agency(new.agency)
    if desk.holding.keyring.find(new.name):
        raise Refusal("vault.name_taken")
    if not desk.holding.is_coordinators():
        raise Refusal("services.not_a_coordinators_computer")
    check_password(desk, new.password, new.name)


def change_roles(desk: Desk, user: UserId, roles: Collection[Role], agency: str = "") -> None:
    """Give a user other roles; rings they open no longer are taken at once."""
    desk.require_program("add_user")
    holding = desk.holding
    known = user_in(holding, user)
    if set(roles) & LAW_ROLES and not agency:
        raise Refusal("services.agency_needed")
    say_user(desk, holding, user, roles, agency, known.devices, replaces=known.statements)
    holding.grant_what_needs_no_asking()
    holding.save()
    log_act(desk, "change_roles", user)


def disable_user(desk: Desk, user: UserId, *, threat: bool = False) -> frozenset[RingId]:
    """Take a user's slots at once and tell every computer; return the rings to be rekeyed.

    What they wrote stays good. With ``threat`` the roster also revokes them: of what is
    written later in their name in the rings open here, nothing counts any more.
    """
    desk.require_program("disable_user")
    holding = desk.holding
    if user == desk.user:
        raise Refusal("services.not_oneself")
    known = user_in(holding, user)
    _keep_an_administrator(holding, user)
    say_user(desk, holding, user, (), known.agency, (), replaces=known.statements)
    if threat:
        with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
            cuts = [log.head for ring in desk.rings for log in reader.logs(ring) if log.head]
        body: dict[str, object] = {
            "what": "user", "id": user, "cuts": cuts, "kept": [], "reason": "threat",
        }  # fmt: skip
        holding.say(desk.archive, "revoke", body)
    held = _drop_slot(holding, user)
    write_user(desk, user, {"active": "no"})
    log_act(desk, "disable_user", user)
    return held


def _drop_slot(holding: Holding, user: UserId) -> frozenset[RingId]:
    if not holding.keyring.has(user):
        return frozenset()
    number = holding.keyring.slot(user).number
    held = holding.keyring.disable_user(user)
    holding.save()
    holding.attempts.forget(number)
    return held


def _keep_an_administrator(holding: Holding, leaving: UserId) -> None:
    others = [
        user
        for user in holding.roster.users.values()
        if user.id != leaving and is_active(user) and holding.keyring.has(user.id)
    ]
    if not any(may_program(role, "add_user") for user in others for role in roles_of(user.roles)):
        raise Refusal("services.last_administrator")
