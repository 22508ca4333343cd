"""People of the program: adding, disabling, passwords, releasing a lock, giving rings.

Everything asks first whether the person at the desk may. An account is three things
that change together: a statement in the roster, a slot in the keyring, a name in
``shared``. Slow parts run on the crypto lane, asking and writing on the writer lane.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass, field, replace

from leadapp.core.encoding import from_base64url
from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId, FormId, RecordId, RingId, UserId, derive_id
from leadapp.core.text import check_name, tidy
from leadapp.journal.rings import SHARED, family_of, is_part2
from leadapp.journal.roster import User
from leadapp.services.desk import Desk
from leadapp.services.holding import RELEASE_SETTING, Holding, Request, is_active
from leadapp.staff.opening import sealed_at_once
from leadapp.staff.rights import may_program
from leadapp.staff.roles import BY_GRANT_ONLY, LAW_ROLES, Role
from leadapp.store.reader import Reader
from leadapp.store.writing import Access, RecordWrite
from leadapp.vault import release as releasing
from leadapp.vault import totp
from leadapp.vault.passwords import problems_with
from leadapp.vault.recovery import Page, ring_page
from leadapp.vault.sealing import new_identity

_USER = FormId("_user")


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to make. ``agency`` is the law agency's id, "" for the office."""

    name: str
    roles: frozenset[Role]
    password: str = field(repr=False)
    agency: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A user as the accounts page shows it. ``rings`` are those held on this computer."""

    user: UserId
    name: str
    title: str
    agency: str
    roles: frozenset[Role]
    here: bool
    active: bool
    locked: bool
    second_factor: bool
    password_changed_ms: int
    rings: frozenset[RingId]


@dataclass(frozen=True, slots=True)
class Reset:
    """What came of a reset: rings given again, and those another holder must give."""

    given: frozenset[RingId]
    missing: frozenset[RingId]


# -- looking -------------------------------------------------------------------------------


def accounts(desk: Desk) -> list[Account]:
    """Return every user of the program, in order of name. Reader lane."""
    _require(desk, "add_user")
    holding = desk.holding
    return sorted(
        (_account(desk, holding, user) for user in holding.roster.users.values()),
        key=lambda account: account.name.casefold(),
    )


def _account(desk: Desk, holding: Holding, user: User) -> Account:
    said = desk.archive.answers(SHARED, RecordId(user.id))
    here = holding.keyring.has(user.id)
    slot = holding.keyring.slot(user.id) if here else None
    return Account(
        user=user.id,
        name=said.get("name", ""),
        title=said.get("title", ""),
        agency=user.agency,
        roles=frozenset(Role(name) for name in user.roles if name in Role._value2member_map_),
        here=here,
        active=is_active(user),
        locked=bool(slot) and holding.attempts.of(slot.number).locked if slot else False,
        second_factor=bool(slot and slot.second_factor),
        password_changed_ms=slot.changed_ms if slot else 0,
        rings=holding.keyring.rings_of(user.id),
    )


def requests(desk: Desk) -> list[Request]:
    """Return who waits for a yes to a ring this person holds and may give."""
    return [
        replace(one, name=one.name or _name(desk, one.user))
        for one in desk.holding.requests()
        if desk.may("grant", "*", family_of(one.ring))
    ]


def _name(desk: Desk, user: UserId) -> str:
    return desk.archive.answers(SHARED, RecordId(user)).get("name", "")


# -- adding and disabling ------------------------------------------------------------------


def add_user(desk: Desk, new: NewUser) -> UserId:
    """Make an account on this computer; rings that need no asking are given at once."""
    _require(desk, "add_user")
    holding = desk.holding
    name = tidy(new.name)
    _check_new(desk, replace(new, name=name))
    user = UserId(desk.ids())
    holding.keyring.add_user(
        user, name, new.password, at=desk.clock.now(), show_name=desk.device.tiles
    )
    _say_user(desk, holding, user, new.roles, new.agency, {desk.device.device_id})
    record = {"name": name, "title": new.title, "agency": new.agency, "active": "yes"}
    _write_user(desk, user, record)
    holding.grant_what_needs_no_asking()
    holding.save()
    _prepare_release(desk, holding, user)
    _log(desk, "add_user", user)
    return user


def _check_new(desk: Desk, new: NewUser) -> None:
    if not new.name or not new.roles:
        raise Refusal("services.name_needed")
    check_name(new.name)
    if new.roles & LAW_ROLES and not new.agency:
        raise Refusal("services.agency_needed")
    if new.agency and not (new.agency.isascii() and new.agency.isalnum() and new.agency.islower()):
        raise Refusal("services.agency_id", agency=new.agency)
    if desk.holding.keyring.find(new.name):
        raise Refusal("vault.name_taken")
    if not desk.holding.is_coordinators():
        raise Refusal("services.not_a_coordinators_computer")
    _check_password(desk, new.password, new.name)


def change_roles(desk: Desk, user: UserId, roles: Collection[Role], agency: str = "") -> None:
    """Give a user other roles; rings they open no longer are taken at once."""
    _require(desk, "add_user")
    holding = desk.holding
    known = _known(holding, user)
    if set(roles) & LAW_ROLES and not agency:
        raise Refusal("services.agency_needed")
    _say_user(desk, holding, user, roles, agency, known.devices, replaces=known.statements)
    holding.grant_what_needs_no_asking()
    holding.save()
    _log(desk, "change_roles", user)


def disable_user(desk: Desk, user: UserId, *, threat: bool = False) -> frozenset[RingId]:
    """Take a user's slots at once and tell every computer; return the rings to be rekeyed.

    What they wrote stays good. With ``threat`` the roster also revokes them: of what is
    written later in their name in the rings open here, nothing counts any more.
    """
    _require(desk, "disable_user")
    holding = desk.holding
    if user == desk.user:
        raise Refusal("services.not_oneself")
    known = _known(holding, user)
    _keep_an_administrator(holding, user)
    _say_user(desk, holding, user, (), known.agency, (), replaces=known.statements)
    if threat:
        with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
            cuts = [log.head for ring in desk.rings for log in reader.logs(ring) if log.head]
        body: dict[str, object] = {
            "what": "user", "id": user, "cuts": cuts, "kept": [], "reason": "threat",
        }  # fmt: skip
        holding.say(desk.archive, "revoke", body)
    held = _drop_slot(holding, user)
    _write_user(desk, user, {"active": "no"})
    _log(desk, "disable_user", user)
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
    if not any(may_program(role, "add_user") for user in others for role in _roles(user)):
        raise Refusal("services.last_administrator")


def _roles(user: User) -> frozenset[Role]:
    return frozenset(Role(name) for name in user.roles if name in Role._value2member_map_)


# -- passwords -----------------------------------------------------------------------------


def change_password(desk: Desk, old: str, new: str) -> None:
    """Change one's own password; rings stay. A wrong old one counts as a wrong try."""
    holding = desk.holding
    slot = holding.keyring.slot(desk.user)
    _check_password(desk, new, desk.name, second_factor=slot.second_factor)
    now = desk.clock.now()
    _try(desk, lambda: holding.keyring.change_password(desk.user, old, new, at=now))
    holding.save()
    _log(desk, "change_password", desk.user)


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
    _check_password(desk, password, desk.name)
    _set_second_factor(desk, holding, password, "")


def _set_second_factor(desk: Desk, holding: Holding, password: str, secret: str) -> None:
    now, keyring = desk.clock.now(), holding.keyring
    _try(
        desk,
        lambda: keyring.change_password(desk.user, password, password, at=now, totp=secret),
    )
    holding.save()
    _log(desk, "second_factor", desk.user)


def reset_password(desk: Desk, user: UserId, password: str) -> Reset:
    """Give another user a new password, and the rings again that this person holds."""
    _require(desk, "reset_password")
    holding = desk.holding
    if user == desk.user:
        raise Refusal("services.change_instead")
    _check_password(desk, password, _name(desk, user))
    lost = holding.keyring.reset_password(user, password, at=desk.clock.now())
    given = {ring for ring in lost if ring in holding.rings and holding.opens(user, ring)}
    for ring in given:
        holding.keyring.seal_ring_key(ring, holding.key(ring), [user])
    holding.grant_what_needs_no_asking()
    holding.save()
    holding.attempts.release(holding.keyring.slot(user).number)
    _prepare_release(desk, holding, user)
    _log(desk, "reset_password", user)
    return Reset(frozenset(given), lost - given)


# -- a locked account ----------------------------------------------------------------------


def release(desk: Desk, user: UserId) -> None:
    """Open a locked account on this computer."""
    _require(desk, "release")
    holding = desk.holding
    holding.attempts.release(holding.keyring.slot(user).number)
    _prepare_release(desk, holding, user)
    _log(desk, "release", user)


def code_to_read_out(desk: Desk, challenge: str) -> str:
    """Return the one-time code for the letters a locked screen elsewhere shows."""
    _require(desk, "release")
    code = releasing.code_for(_release_key(desk), challenge)
    _log(desk, "release_code", desk.user)
    return code


def _release_key(desk: Desk) -> bytes:
    name = derive_id(desk.device.program_id, "setting", RELEASE_SETTING)
    value = desk.archive.answers(SHARED, RecordId(name)).get("value", "")
    if not value:
        raise Refusal("vault.no_challenge")
    return from_base64url(value)


def _prepare_release(desk: Desk, holding: Holding, user: UserId) -> None:
    number = holding.keyring.slot(user).number
    releasing.prepare(holding.attempts, number, key=_release_key(desk))


# -- rings ---------------------------------------------------------------------------------


def grant_ring(desk: Desk, ring: RingId, user: UserId) -> None:
    """Give a ring this person holds: a yes to a request, or a grant by name.

    ``care`` and rings for clerks and auditors are only ever given so.
    """
    _require_grant(desk, ring)
    holding = desk.holding
    key, known = holding.key(ring), _known(holding, user)
    if not holding.opens(user, ring) and _by_name(known, ring):
        holding.say(desk.archive, "grant", {"ring": ring, "user": user})
    if not holding.opens(user, ring):
        raise Refusal("services.role_does_not_open", ring=ring)
    if holding.keyring.has(user):  # else they work at another computer, and have it there
        holding.keyring.seal_ring_key(ring, key, [user])
        holding.save()
    _log(desk, "grant", user, ring)


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
    _log(desk, "withdraw", user, ring)


def grant_law(desk: Desk, agency: str, user: UserId) -> None:
    """Let this office computer have ``agency``'s law ring, and a coordinator open it.

    A decision of the county: whoever enters it cannot give it to themselves.
    """
    _require(desk, "settings")
    holding = desk.holding
    if user == desk.user:
        raise Refusal("services.not_to_oneself")
    if desk.device.device_class != "office":
        raise Refusal("services.only_on_an_office_computer")
    known, ring = _known(holding, user), RingId(f"law-{agency}")
    if Role.COORDINATOR not in known.roles:
        raise Refusal("services.only_a_coordinator")
    admitted: dict[str, object] = {"device": desk.device.device_id, "rings": [ring]}
    holding.say(desk.archive, "admit", admitted)
    holding.say(desk.archive, "grant", {"ring": ring, "user": user})
    holding.grant_what_needs_no_asking()
    holding.save()
    _log(desk, "grant", user, ring)


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
    _log(desk, "recovery_page", desk.user, ring)
    return ring_page(ring, identity)


def trust_keyring(desk: Desk) -> None:
    """Go on with a ``keyring.json`` that something else changed, after a person looked at it."""
    _require(desk, "verify")
    holding = desk.holding
    holding.keyring_good = True
    holding.save()
    _log(desk, "trust_keyring", desk.user)


# -- shared by all of these ----------------------------------------------------------------


def _require(desk: Desk, action: str) -> None:
    if not any(may_program(role, action) for role in desk.roles):
        raise Refusal("services.not_allowed", action=action, kind="program")


def _require_grant(desk: Desk, ring: RingId) -> None:
    """Refuse who may not give: clerks and auditors never, ``care`` only its holders."""
    if sealed_at_once(ring) and any(may_program(role, "grant") for role in desk.roles):
        return
    if not desk.may("grant", "*", family_of(ring)):
        raise Refusal("services.not_allowed", action="grant", kind=ring)


def _by_name(user: User, ring: RingId) -> bool:
    """Return whether a grant by name could open ``ring`` to this user."""
    roles = _roles(user)
    return bool(roles & BY_GRANT_ONLY) or (Role.COORDINATOR in roles and family_of(ring) == "law")


def _known(holding: Holding, user: UserId) -> User:
    known = holding.roster.users.get(user)
    if known is None:
        raise Refusal("vault.no_such_user")
    return known


def _check_password(desk: Desk, password: str, name: str, *, second_factor: bool = False) -> None:
    context = (desk.device.county, desk.device.agency, name)
    found = problems_with(password, context, second_factor=second_factor)
    if found:
        raise Refusal("vault.password_not_good", problems=tuple(found))


def _say_user(
    desk: Desk,
    holding: Holding,
    user: UserId,
    roles: Collection[Role],
    agency: str,
    devices: Collection[DeviceId],
    *,
    replaces: Collection[str] = (),
) -> None:
    body: dict[str, object] = {
        "user": user,
        "roles": sorted(roles),
        "agency": agency,
        "devices": sorted(devices),
        "keys": {},
        "replaces": sorted(replaces),
    }
    holding.say(desk.archive, "user", body)


def _write_user(desk: Desk, user: UserId, values: dict[str, str]) -> None:
    write = RecordWrite(RecordId(user), _USER, "1", "save", values, desk.user, desk.clock.now())
    desk.archive.write(SHARED, [write])


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


def _log(desk: Desk, act: str, user: UserId, ring: RingId | None = None) -> None:
    """Log what was done to whose account, where this person's doings are logged."""
    where = desk.holding.narrowest()
    access = Access(desk.user, act, desk.clock.now(), record=user, detail=ring or "")
    desk.archive.note_access(where, access)
