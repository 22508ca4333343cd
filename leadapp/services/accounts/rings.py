"""Giving and taking rings, their recovery pages, and the keyring they stand in. Writer lane."""

from __future__ import annotations

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId, UserId
from leadapp.journal.rings import family_of, is_part2
from leadapp.journal.roster import User
from leadapp.services.accounts.saying import log_act, user_in
from leadapp.services.desk import Desk
from leadapp.staff.opening import sealed_at_once
from leadapp.staff.rights import may_program
from leadapp.staff.roles import BY_GRANT_ONLY, Role, roles_of
from leadapp.vault.recovery import Page, ring_page
from leadapp.vault.sealing import new_identity


def grant_ring(desk: Desk, ring: RingId, user: UserId) -> None:
    """Give a ring this person holds: a yes to a request, or a grant by name.

    ``care`` and rings for clerks and auditors are only ever given so.
    """
    _require_grant(desk, ring)
    holding = desk.holding
    key, known = holding.key(ring), user_in(holding, user)
    if not holding.opens(user, ring) and _by_name(known, ring):
        holding.say(desk.archive, "grant", {"ring": ring, "user": user})
    if not holding.opens(user, ring):
        raise Refusal("services.role_does_not_open", ring=ring)
    if holding.keyring.has(user):  # else they work at another computer, and have it there
        holding.keyring.seal_ring_key(ring, key, [user])
        holding.save()
    log_act(desk, "grant", user, ring)


def withdraw_ring(desk: Desk, ring: RingId, user: UserId) -> None:
    """Take a ring from a user: the slot goes at once, the file gets a new key later."""
    _require_grant(desk, ring)
    holding = desk.holding
    if user == desk.user:
        raise Refusal("services.not_oneself")
    for statement in holding.roster.grants.get((ring, user), ()):
        body: dict[str, object] = {"what": "grant", "id": statement, "cuts": [], "kept": []}
        holding.say(desk.archive, "revoke", body)
    holding.keyring.take_ring(ring, user)
    holding.save()
    log_act(desk, "withdraw", user, ring)


def grant_law(desk: Desk, agency: str, user: UserId) -> None:
    """Let this office computer have ``agency``'s law ring, and a coordinator open it.

    A decision of the county: whoever enters it cannot give it to themselves.
    """
    desk.require_program("settings")
    holding = desk.holding
    if user == desk.user:
        raise Refusal("services.not_to_oneself")
    if desk.device.device_class != "office":
        raise Refusal("services.only_on_an_office_computer")
    known, ring = user_in(holding, user), RingId(f"law-{agency}")
    if Role.COORDINATOR not in known.roles:
        raise Refusal("services.only_a_coordinator")
    admitted: dict[str, object] = {"device": desk.device.device_id, "rings": [ring]}
    holding.say(desk.archive, "admit", admitted)
    holding.say(desk.archive, "grant", {"ring": ring, "user": user})
    holding.grant_what_needs_no_asking()
    holding.save()
    log_act(desk, "grant", user, ring)


def new_recovery_page(desk: Desk, ring: RingId) -> Page:
    """Make a fresh recovery page for a ring whose page is lost; the old one opens no more here."""
    _require_grant(desk, ring)
    holding = desk.holding
    identity = new_identity()
    known = holding.roster.rings.get(ring)
    holding.keyring.replace_recovery(ring, holding.key(ring), identity.recipient)
    body: dict[str, object] = {
        "ring": ring,
        "part2": is_part2(ring),
        "recovery": identity.recipient,
        "replaces": list(known.recovery) if known else [],
    }
    holding.say(desk.archive, "ring", body)
    holding.save()
    log_act(desk, "recovery_page", desk.user, ring)
    return ring_page(ring, identity)


def trust_keyring(desk: Desk) -> None:
    """Go on with a ``keyring.json`` that something else changed, after a person looked at it."""
    desk.require_program("verify")
    holding = desk.holding
    holding.keyring_good = True
    holding.save()
    log_act(desk, "trust_keyring", desk.user)


def _require_grant(desk: Desk, ring: RingId) -> None:
    """Refuse who may not give: clerks and auditors never, ``care`` only its holders."""
    if sealed_at_once(ring) and any(may_program(role, "grant") for role in desk.roles):
        return
    if not desk.may("grant", "*", family_of(ring)):
        raise Refusal("services.not_allowed", action="grant", kind=ring)


def _by_name(user: User, ring: RingId) -> bool:
    """Return whether a grant by name could open ``ring`` to this user."""
    roles = roles_of(user.roles)
    return bool(roles & BY_GRANT_ONLY) or (Role.COORDINATOR in roles and family_of(ring) == "law")
