"""Other computers of the program: inviting one, letting it in, listing and revoking.

Only a coordinator's computer says who is in. What was decided here reaches the others
with the next exchange, so each of these ends in one.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import DeviceId, FormId, RecordId, RingId, UserId
from leadapp.core.text import tidy
from leadapp.journal.bodies import Body
from leadapp.journal.rings import SHARED, SYS, device_may_have
from leadapp.journal.roster import Device
from leadapp.journal.statement import Statement, program_id, write_statement
from leadapp.services.desk import Desk
from leadapp.services.holding import check_agency, is_active
from leadapp.services.syncing.letters import (
    MOST_BYTES,
    Invitation,
    Request,
    read_request,
    write_invitation,
)
from leadapp.services.syncing.six_words import same_words
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.store.reader import Reader
from leadapp.store.writing import Access, RecordWrite
from leadapp.vault.recovery import ROOT, read_code
from leadapp.vault.signing import Ed25519Signer, Ed25519Verifier

_AT_LAW = LAW_ROLES | {Role.ADMINISTRATOR}


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A computer of the program. ``rings`` are those it can be sent; ``people`` use it."""

    id: DeviceId
    device_class: str
    agency: str
    coordinator: bool
    revoked: bool
    here: bool
    rings: tuple[RingId, ...]
    people: tuple[str, ...]


def devices(desk: Desk) -> list[KnownDevice]:
    """Return every computer that was ever let in."""
    desk.require_program("devices")
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        return [_known(desk, reader, one) for one in desk.holding.roster.devices.values()]


def _known(desk: Desk, reader: Reader, one: Device) -> KnownDevice:
    users = [user for user in desk.holding.roster.users.values() if one.id in user.devices]
    return KnownDevice(
        id=one.id,
        device_class=one.device_class,
        agency=one.agency,
        coordinator=one.coordinator,
        revoked=one.revoked,
        here=one.id == desk.device.device_id,
        rings=tuple(sorted(one.recipients)),
        people=tuple(sorted(_name(reader, RecordId(user.id)) for user in users)),
    )


def _name(reader: Reader, user: RecordId) -> str:
    stored = reader.record(SHARED, user)
    return stored.answers.get("name", "") if stored else ""


# -- letting a computer in -------------------------------------------------------------------


def invite(
    desk: Desk, output: Path, *, device_class: str, agency: str = "", user: UserId | None = None
) -> None:
    """Write the invitation for one new computer; it names nobody and holds no key.

    ``user`` makes it a further computer of that person (a second one, or one with new keys
    after a loss): what they wrote before and write there is then one person's.
    """
    _require(desk)
    if device_class == "law" and not agency:
        raise Refusal("services.agency_needed")
    check_agency(agency)
    if user is not None and not is_active(desk.holding.roster.users.get(user)):
        raise Refusal("services.no_such_user")
    invitation = Invitation(
        program=desk.device.program_id,
        county=desk.device.county,
        device_class=device_class,
        agency=agency if device_class == "law" else "",
        notice=desk.device.notice,
        made_up=desk.device.made_up,
        statements=tuple(_told_first(desk, device_class, agency)),
        user=user or "",
    )
    write_whole(output.absolute(), write_invitation(invitation))


def _told_first(desk: Desk, device_class: str, agency: str) -> list[Statement]:
    """Return the statements a new computer needs: who may speak, and its rings' recovery keys."""
    good = desk.holding.statements
    root = [one for one in good if program_id(one.signer) == desk.device.program_id]
    rings = [
        one
        for one in good
        if one.kind == "ring"
        and device_may_have(RingId(Body(one.body).text("ring")), device_class, agency)
    ]
    return [*root, *(one for one in rings if one not in root)]


def user_called(desk: Desk, name: str) -> UserId:
    """Return the person of that name who is in the program; Refusal for none, or for several."""
    found = _users_called(desk, name)
    if len(found) != 1:
        raise Refusal("services.no_such_user")
    return found[0]


def _users_called(desk: Desk, name: str) -> list[UserId]:
    wanted = name.casefold().split()
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        return [
            user.id
            for user in desk.holding.roster.users.values()
            if is_active(user) and _name(reader, RecordId(user.id)).casefold().split() == wanted
        ]


def owner_of(desk: Desk, request: Request) -> str:
    """Return the name of the person in the program whose further computer asks, "" for nobody.

    To be shown beside the name the request gives: anybody may write anything there.
    """
    if request.user not in desk.holding.roster.users:
        return ""
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        return _name(reader, RecordId(request.user))


def look_at(path: Path) -> Request:
    """Read a request; its words are compared with those the other computer shows."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as cause:
        raise Refusal("services.cannot_read_file", file=path.name) from cause
    return read_request(data, Ed25519Verifier())


def approve(
    desk: Desk,
    path: Path,
    *,
    words: str,
    roles: Collection[Role],
    agency: str = "",
    admit: Collection[RingId] = (),
    further_of: UserId | None = None,
) -> DeviceId:
    """Let a computer and its user in, once the words were compared by voice.

    ``admit`` are rings an office computer has by the county's word only: ``care``, ``law``.
    ``further_of`` says that it is a further computer of that person, whom the invitation was
    for: ``roles`` and ``agency`` may be left out then, they keep theirs.
    """
    _require(desk)
    request = look_at(path)
    known = desk.holding.roster.users.get(request.user)
    if (known.id if known is not None else None) != further_of:
        raise Refusal("services.device_known" if known is not None else "services.no_such_user")
    if known is not None:
        roles = roles or {Role(one) for one in known.roles}
        agency = agency or known.agency
    agency = agency or request.agency
    _check(desk, request, words, roles, agency)
    holding = desk.holding
    device: dict[str, object] = {
        "device": request.device,
        "class": request.device_class,
        "agency": request.agency,
        "public": to_base64url(request.public),
        "coordinator": False,
        "rings": sorted(admit) if request.device_class == "office" else [],
    }
    holding.say(desk.archive, "device", device)
    for one in request.statements:
        desk.archive.append(SYS, "roster", one.values(), author=desk.user)
    holding.statements += request.statements
    user: dict[str, object] = {
        "user": request.user,
        "roles": sorted(roles),
        "agency": agency,
        "devices": sorted({request.device, *(known.devices if known else ())}),
        "keys": {},
        "replaces": sorted(known.statements) if known else [],
    }
    holding.say(desk.archive, "user", user)
    if known is None:
        _write_name(desk, request, agency)
    _log(desk, "approve_device", request.device)
    return request.device


def _write_name(desk: Desk, request: Request, agency: str) -> None:
    name = {"name": tidy(request.name), "title": "", "agency": agency, "active": "yes"}
    write = RecordWrite(
        RecordId(request.user), FormId("_user"), "1", "save", name, desk.user, desk.clock.now()
    )
    desk.archive.write(SHARED, [write])


def _check(desk: Desk, request: Request, words: str, roles: Collection[Role], agency: str) -> None:
    roster = desk.holding.roster
    if request.program != desk.device.program_id:
        raise Refusal("services.other_program")
    if not same_words(words, request.words):
        raise Refusal("services.words_differ")
    known = roster.users.get(request.user)
    if request.device in roster.devices or (known is not None and not is_active(known)):
        raise Refusal("services.device_known")
    if not tidy(request.name):
        raise Refusal("services.own_name_needed")
    if known is None and _users_called(desk, request.name):
        raise Refusal("services.name_in_program", name=tidy(request.name))
    if not roles:
        raise Refusal("services.role_needed")
    if set(roles) & LAW_ROLES and not agency:
        raise Refusal("services.agency_needed")
    if known is None and request.device_class == "law" and set(roles) - _AT_LAW:
        raise Refusal("services.roles_at_law", role=min(set(roles) - _AT_LAW))
    signed = all(
        one.kind == "recipient"
        and one.signer == request.public
        and Body(one.body).text("device") == request.device
        and one.genuine(Ed25519Verifier())
        for one in request.statements
    )
    if not signed:
        raise Refusal("services.words_differ")


# -- revoking --------------------------------------------------------------------------------


def revoke(
    desk: Desk, device: DeviceId, reason: str, *, anyway: bool = False, root_code: str = ""
) -> list[RingId]:
    """Shut a computer out for good; what it wrote up to now stays good in the rings open here.

    Rings of that computer that are not open here are refused, for there nothing it wrote
    would count any more; ``anyway`` does it all the same and returns those rings. A
    coordinator's computer is shut out with ``root_code``, typed from the root page.
    """
    _require(desk)
    known = desk.holding.roster.devices.get(device)
    if known is None or known.revoked:
        raise Refusal("services.no_such_device")
    if device == desk.device.device_id or (known.coordinator and not root_code):
        raise Refusal("services.coordinator_by_root")
    if not tidy(reason):
        raise Refusal("services.revoke_reason")
    closed = sorted(known.recipients.keys() - set(desk.rings))
    if closed and not anyway:
        raise Refusal("services.rings_closed", rings=", ".join(closed))
    body: dict[str, object] = {
        "what": "device",
        "id": device,
        "cuts": sorted(_heads(desk, known)),
        "kept": sorted(one.id for one in desk.holding.statements if one.signer == known.public),
        "reason": tidy(reason),
    }
    if known.coordinator:
        _say_by_root(desk, "revoke", body, root_code)
    else:
        desk.holding.say(desk.archive, "revoke", body)
    _log(desk, "revoke_device", device)
    return closed


def appoint(desk: Desk, device: DeviceId, root_code: str) -> None:
    """Make an office computer a coordinator's: it may let others in and shut them out.

    Only the root key may say so: ``root_code`` is typed from the page in the safe.
    """
    desk.require_program("devices")
    known = desk.holding.roster.devices.get(device)
    if known is None or known.revoked or known.coordinator:
        raise Refusal("services.no_such_device")
    if known.device_class != "office":
        raise Refusal("services.only_on_an_office_computer")
    body: dict[str, object] = {
        "device": known.id,
        "class": known.device_class,
        "agency": known.agency,
        "public": to_base64url(known.public),
        "coordinator": True,
        "rings": sorted(known.admitted),
    }
    _say_by_root(desk, "device", body, root_code)
    _log(desk, "appoint_device", device)


def _say_by_root(desk: Desk, kind: str, body: dict[str, object], typed: str) -> None:
    """Sign a statement with the root key a person typed, which is kept nowhere."""
    root = Ed25519Signer(read_code(ROOT, typed))
    if program_id(root.public_key) != desk.device.program_id:
        raise Refusal("vault.other_page", page=ROOT)
    made = write_statement(
        kind, body, program=desk.device.program_id, signer=root, nonce=desk.ids()
    )
    desk.archive.append(SYS, "roster", made.values(), author=desk.user)
    desk.holding.statements.append(made)
    desk.holding.reread()


def _heads(desk: Desk, device: Device) -> set[str]:
    """Return where the logs of a device end: each branch of one, where it was copied."""
    found: set[str] = set()
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        for ring in reader.rings:
            forked = reader.forks(ring)
            for log in reader.logs(ring):
                if log.device == device.public:
                    first = 1 if log.log in forked else log.last
                    entries = reader.entries(ring, log.log, first)
                    found |= {one.hash for one in entries} - {one.prev for one in entries}
    return found


def _require(desk: Desk) -> None:
    desk.require_program("devices")
    if not desk.holding.is_coordinators():
        raise Refusal("services.not_a_coordinators_computer")


def _log(desk: Desk, act: str, device: DeviceId) -> None:
    where = desk.holding.narrowest()
    desk.archive.note_access(where, Access(desk.user, act, desk.clock.now(), detail=device))
