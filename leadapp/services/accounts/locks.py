"""Opening an account that too many wrong tries locked, here or over the phone. Writer lane."""

from __future__ import annotations

from leadapp.core.errors import Refusal
from leadapp.core.ids import UserId
from leadapp.services.accounts.saying import log_act
from leadapp.services.desk import Desk
from leadapp.services.holding import Holding
from leadapp.vault import release as releasing


def release(desk: Desk, user: UserId) -> None:
    """Open a locked account on this computer."""
    desk.require_program("release")
    holding = desk.holding
    holding.attempts.release(holding.keyring.slot(user).number)
    prepare_release(desk, holding, user)
    log_act(desk, "release", user)


def code_to_read_out(desk: Desk, challenge: str) -> str:
    """Return the one-time code for the letters a locked screen elsewhere shows."""
    desk.require_program("release")
    code = releasing.code_for(_release_key(desk), challenge)
    log_act(desk, "release_code", desk.user)
    return code


def _release_key(desk: Desk) -> bytes:
    key = desk.holding.release_key(desk.archive)
    if not key:
        raise Refusal("vault.no_challenge")
    return key


def prepare_release(desk: Desk, holding: Holding, user: UserId) -> None:
    """Lay out what a code read over the phone will be checked against."""
    number = holding.keyring.slot(user).number
    releasing.prepare(holding.attempts, number, key=_release_key(desk))
