"""Other computers of the program: inviting one, letting it in, listing and revoking.

Only a coordinator's computer says who is in. What was decided here reaches the others
with the next exchange, so each of these ends in one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import DeviceId, FormId, RecordId, RingId
from leadapp.core.text import tidy
from leadapp.journal.bodies import Body
from leadapp.journal.rings import SHARED, SYS, device_may_have
from leadapp.journal.roster import Device
from leadapp.journal.statement import Statement, program_id
from leadapp.services.desk import Desk
from leadapp.services.syncing.letters import (
    MOST_BYTES,
    Invitation,
    Request,
    read_request,
    write_invitation,
)
from leadapp.services.syncing.six_words import same_words
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.store.writing import Access, RecordWrite
from leadapp.vault.signing import Ed25519Verifier


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
    return [_known(desk, one) for one in desk.holding.roster.devices.values()]


def _known(desk: Desk, one: Device) -> KnownDevice:
    users = [user for user in desk.holding.roster.users.values() if one.id in user.devices]
    return KnownDevice(
        id=one.id,
        device_class=one.device_class,
        agency=one.agency,
        coordinator=one.coordinator,
        revoked=one.revoked,
        here=one.id == desk.device.device_id,
        rings=tuple(sorted(one.recipients)),
        people=tuple(sorted(_name(desk, RecordId(user.id)) for user in users)),
    )


def _name(desk: Desk, user: RecordId) -> str:
    stored = desk.reader.record(SHARED, user)
    return stored.answers.get("name", "") if stored else ""


# -- letting a computer in -------------------------------------------------------------------


def invite(desk: Desk, output: Path, *, device_class: str, agency: str = "") -> None:
    """Write the invitation for one new computer; it names nobody and holds no key."""
    _require(desk)
    if device_class == "law" and not agency:
        raise Refusal("services.agency_needed")
    if agency and not (agency.isascii() and agency.isalnum() and agency == agency.lower()):
        raise Refusal("services.agency_id", agency=agency)
    invitation = Invitation(
        program=desk.device.program_id,
        county=desk.device.county,
        device_class=device_class,
        agency=agency if device_class == "law" else "",
        notice=desk.device.notice,
        made_up=desk.device.made_up,
        statements=tuple(_told_first(desk, device_class, agency)),
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
) -> DeviceId:
    """Let a computer and its first user in, once the words were compared by voice.

    ``admit`` are rings an office computer has by the county's word only: ``care``, ``law``.
    """
    _require(desk)
    request = look_at(path)
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
        "devices": [request.device],
        "keys": {},
        "replaces": [],
    }
    holding.say(desk.archive, "user", user)
    name = {"name": tidy(request.name), "title": "", "agency": agency, "active": "yes"}
    write = RecordWrite(
        RecordId(request.user), FormId("_user"), "1", "save", name, desk.user, desk.clock.now()
    )
    desk.archive.write(SHARED, [write])
    _log(desk, "approve_device", request.device)
    return request.device


def _check(desk: Desk, request: Request, words: str, roles: Collection[Role], agency: str) -> None:
    roster = desk.holding.roster
    if request.program != desk.device.program_id:
        raise Refusal("services.other_program")
    if not same_words(words, request.words):
        raise Refusal("services.words_differ")
    if request.device in roster.devices or request.user in roster.users:
        raise Refusal("services.device_known")
    if not roles or not tidy(request.name):
        raise Refusal("services.name_needed")
    if set(roles) & LAW_ROLES and not agency:
        raise Refusal("services.agency_needed")
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


def revoke(desk: Desk, device: DeviceId, reason: str, *, anyway: bool = False) -> list[RingId]:
    """Shut a computer out for good; what it wrote up to now stays good in the rings open here.

    Rings of that computer that are not open here are refused, for there nothing it wrote
    would count any more; ``anyway`` does it all the same and returns those rings.
    """
    _require(desk)
    known = desk.holding.roster.devices.get(device)
    if known is None or known.revoked:
        raise Refusal("services.no_such_device")
    if known.coordinator or device == desk.device.device_id:
        raise Refusal("services.coordinator_by_root")
    if not tidy(reason):
        raise Refusal("services.reason_needed")
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
    desk.holding.say(desk.archive, "revoke", body)
    _log(desk, "revoke_device", device)
    return closed


def _heads(desk: Desk, device: Device) -> set[str]:
    return {
        entry.hash
        for ring in desk.rings
        for log in desk.reader.logs(ring)
        if log.device == device.public
        for entry in desk.reader.entries(ring, log.log, log.last, log.last)
    }


def _require(desk: Desk) -> None:
    desk.require_program("devices")
    if not desk.holding.is_coordinators():
        raise Refusal("services.not_a_coordinators_computer")


def _log(desk: Desk, act: str, device: DeviceId) -> None:
    where = desk.holding.narrowest()
    desk.archive.note_access(where, Access(desk.user, act, desk.clock.now(), detail=device))
