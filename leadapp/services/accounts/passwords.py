"""Passwords and the phone's digits: one's own changed, another's set anew. Crypto lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId, UserId
from leadapp.services.accounts.locks import prepare_release
from leadapp.services.accounts.saying import check_password, log_act, name_of
from leadapp.services.desk import Desk
from leadapp.services.holding import Holding
from leadapp.vault import totp


@dataclass(frozen=True, slots=True)
class Reset:
    """What came of a reset: rings given again, and those another holder must give."""

    given: frozenset[RingId]
    missing: frozenset[RingId]


def change_password(desk: Desk, old: str, new: str) -> None:
    """Change one's own password; rings stay. A wrong old one counts as a wrong try."""
    holding = desk.holding
    slot = holding.keyring.slot(desk.user)
    check_password(desk, new, desk.name, second_factor=slot.second_factor)
    now = desk.clock.now()
    _try(desk, lambda: holding.keyring.change_password(desk.user, old, new, at=now))
    holding.save()
    log_act(desk, "change_password", desk.user)


def has_second_factor(desk: Desk) -> bool:
    """Return whether a phone's digits are asked for at this person's unlock here. Any lane."""
    return desk.holding.keyring.slot(desk.user).second_factor


def new_second_factor(desk: Desk) -> tuple[str, str]:
    """Return a fresh secret and the address its QR code carries; nothing is changed yet."""
    secret = totp.new_secret()
    return secret, totp.address(secret, desk.device.county, desk.name)


def use_second_factor(desk: Desk, password: str, secret: str, typed: str) -> None:
    """Ask for the phone's digits from now on, once a first code has shown that they fit."""
    holding = desk.holding
    if totp.matching_step(secret, typed, desk.clock.now(), 0) is None:
        raise Refusal("vault.code_does_not_fit")
    _set_second_factor(desk, holding, password, secret)


def drop_second_factor(desk: Desk, password: str) -> None:
    """Ask for the password alone again; it must then be a long one."""
    holding = desk.holding
    check_password(desk, password, desk.name)
    _set_second_factor(desk, holding, password, "")


def _set_second_factor(desk: Desk, holding: Holding, password: str, secret: str) -> None:
    now, keyring = desk.clock.now(), holding.keyring
    _try(
        desk,
        lambda: keyring.change_password(desk.user, password, password, at=now, totp=secret),
    )
    holding.save()
    log_act(desk, "second_factor", desk.user)


def reset_password(desk: Desk, user: UserId, password: str) -> Reset:
    """Give another user a new password, and the rings again that this person holds."""
    desk.require_program("reset_password")
    holding = desk.holding
    if user == desk.user:
        raise Refusal("services.change_instead")
    check_password(desk, password, name_of(desk, user))
    lost = holding.keyring.reset_password(user, password, at=desk.clock.now())
    given = {ring for ring in lost if ring in holding.rings and holding.opens(user, ring)}
    for ring in given:
        holding.keyring.seal_ring_key(ring, holding.key(ring), [user])
    holding.grant_what_needs_no_asking()
    holding.save()
    holding.attempts.release(holding.keyring.slot(user).number)
    prepare_release(desk, holding, user)
    log_act(desk, "reset_password", user)
    return Reset(frozenset(given), lost - given)


def _try(desk: Desk, act: Callable[[], object]) -> None:
    """Do what needs one's own password; a wrong one counts as a wrong try at the door."""
    number = desk.holding.keyring.slot(desk.user).number
    attempts = desk.holding.attempts
    attempts.begin(number)
    try:
        act()
    except Refusal as refusal:
        left = attempts.left(number)
        code = refusal.code if left else "vault.now_locked"
        raise Refusal(code, left=left) from refusal
    attempts.good(number)
