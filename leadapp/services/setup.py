"""Making a program in an empty folder: its root key, this device, the first account, two rings.

    result = create_program(folder, county="Pine County", device_class="office", ...)
    ... print ``result.pages``: nothing of them is kept ...
    confirm(result, page="root", group=3, typed="...")     # only now the program exists

Until then the folder has no ``device.json`` and another try starts afresh.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, IdSource, RecordId, RingId, UserId, new_id
from leadapp.core.paths import cache_folder, state_folder
from leadapp.core.text import check_name, tidy
from leadapp.journal.entry import SALT_BYTES
from leadapp.journal.rings import SHARED, SYS, DeviceClass
from leadapp.journal.statement import device_id, program_id, write_statement
from leadapp.kinds import KINDS
from leadapp.services.holding import (
    RELEASE_SETTING,
    Holding,
    check_agency,
    end_making,
    keep_signing_key,
    start_afresh,
)
from leadapp.services.lists import first_writes
from leadapp.services.shelf import FORMS_CACHE, FormSource, form_writes, shipped_sources
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo, save_device
from leadapp.store.folder import ProgramFolder
from leadapp.store.projector import Projector
from leadapp.store.writing import RecordWrite
from leadapp.vault.attempts import Attempts
from leadapp.vault.derivation import Cost
from leadapp.vault.keyring import Keyring
from leadapp.vault.passwords import require_good
from leadapp.vault.recovery import GROUPS, Page, root_page
from leadapp.vault.release import new_release_key
from leadapp.vault.signing import Ed25519Signer, new_seed

_ADMITTED = {"office": ["care"], "law": list[str]()}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the person who sets up.

    ``agency`` is the law agency a law device belongs to, or that of a first user with a
    law role. ``cost`` is what a password costs; ``None`` is the usual.
    """

    county: str
    device_class: DeviceClass
    name: str
    password: str = field(repr=False)
    roles: frozenset[Role] = frozenset({Role.ADMINISTRATOR})
    title: str = ""
    agency: str = ""
    notice: str = ""
    tiles: bool = True
    made_up: bool = False
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class SetupResult:
    """What was made. ``pages`` go to paper now: the root key and each ring's recovery key."""

    folder: ProgramFolder
    device: DeviceInfo
    user: UserId
    pages: tuple[Page, ...] = field(repr=False)
    asked: tuple[str, int] = ("root", 1)
    """The page and the group to type back."""


def create_program(
    root: Path,
    wanted: Wanted,
    *,
    clock: Clock,
    ids: IdSource = new_id,
    anchors: Path | None = None,
    cache: Path | None = None,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> SetupResult:
    """Make everything but ``device.json``; ``confirm`` ends it. Crypto lane.

    The shipped forms are put in use; ``cache`` keeps what reading them once gave. Refusal when the folder is in use, is synced or on a network, or the password is not good.
    """
    folder = ProgramFolder(root)
    _check(folder, wanted)
    start_afresh(folder)
    sources = shipped_sources((cache or cache_folder()) / FORMS_CACHE)
    with folder.lock():
        return _make(folder, wanted, sources, clock, ids, anchors, random)


def confirm(result: SetupResult, *, page: str, group: int, typed: str) -> None:
    """End set-up: the page was printed, since a part of it was typed back."""
    named = next((one for one in result.pages if one.name == page), None)
    if named is None or not 1 <= group <= GROUPS:
        raise Refusal("services.no_such_page", page=page)
    named.confirm(group, typed)
    save_device(result.folder, result.device)
    end_making(result.folder)


def _check(folder: ProgramFolder, wanted: Wanted) -> None:
    if folder.exists:
        raise Refusal("services.program_exists", folder=str(folder.root))
    folder.check_place()
    if not tidy(wanted.county) or not tidy(wanted.name):
        raise Refusal("services.name_needed")
    check_name(tidy(wanted.county))
    check_name(tidy(wanted.name))
    if (wanted.device_class == "law" or wanted.roles & LAW_ROLES) and not wanted.agency:
        raise Refusal("services.agency_needed")
    check_agency(wanted.agency)
    require_good(wanted.password, (wanted.county, wanted.agency, wanted.name))


def _make(
    folder: ProgramFolder,
    wanted: Wanted,
    sources: list[FormSource],
    clock: Clock,
    ids: IdSource,
    anchors: Path | None,
    random: Callable[[int], bytes],
) -> SetupResult:
    root_seed, seed = new_seed(), new_seed()
    root, signer = Ed25519Signer(root_seed), Ed25519Signer(seed)
    device = _device(wanted, root.public_key, signer.public_key)
    keyring = Keyring.create(
        folder.keyring, device_class=wanted.device_class, agency=device.agency, cost=wanted.cost
    )
    user = UserId(ids())
    keys = keyring.add_user(
        user, tidy(wanted.name), wanted.password, at=clock.now(), show_name=wanted.tiles
    )
    attempts = Attempts.load(folder.attempts, clock)
    holding = Holding(folder, device, keyring, attempts, keys, {}, signer, [], ids, random)
    archive = Archive.open(
        folder,
        {},
        device=device,
        signer=signer,
        projector=Projector({}, KINDS, _nothing_to_compute),
        clock=clock,
        ids=ids,
        salts=lambda: random(SALT_BYTES),
        anchors=anchors or state_folder(),
    )
    try:
        _fill(archive, holding, wanted, root, seed)
        _first_records(archive, holding, wanted, sources, clock)
        archive.seal()
    finally:
        archive.close()
    page = root_page(root_seed, device.program_id)
    asked = ("root", 1 + random(1)[0] % (GROUPS - 1))
    return SetupResult(folder, device, user, (page, *holding.pages), asked)


def _device(wanted: Wanted, root_public: bytes, public: bytes) -> DeviceInfo:
    return DeviceInfo(
        program_id=program_id(root_public),
        county=tidy(wanted.county),
        device_id=device_id(public),
        device_class=wanted.device_class,
        agency=wanted.agency if wanted.device_class == "law" else "",
        notice=wanted.notice,
        tiles=wanted.tiles,
        made_up=wanted.made_up,
    )


def _fill(
    archive: Archive, holding: Holding, wanted: Wanted, root: Ed25519Signer, seed: bytes
) -> None:
    """Make the two rings everyone has, and say who is in the program.

    The root key enrols this device as a coordinator's; the device says the rest. What is
    said before ``sys`` exists is written once it does.
    """
    device = holding.device
    enrolment = write_statement(
        "device",
        {
            "device": device.device_id,
            "class": device.device_class,
            "agency": device.agency,
            "public": to_base64url(holding.signer.public_key),
            "coordinator": True,
            "rings": _ADMITTED[device.device_class],
        },
        program=device.program_id,
        signer=root,
        nonce=holding.ids(),
    )
    holding.statements.append(enrolment)
    holding.reread()
    holding.make_ring(archive, SYS)
    keep_signing_key(archive, seed)
    archive.append(SYS, "roster", enrolment.values(), author=holding.user)
    holding.say(
        archive,
        "user",
        {
            "user": holding.user,
            "roles": sorted(wanted.roles),
            "agency": wanted.agency,
            "devices": [device.device_id],
            "keys": {},
            "replaces": [],
        },
    )
    holding.make_ring(archive, SHARED)


def _first_records(
    archive: Archive, holding: Holding, wanted: Wanted, sources: list[FormSource], clock: Clock
) -> None:
    person = {
        "name": tidy(wanted.name),
        "title": wanted.title,
        "agency": wanted.agency,
        "active": "yes",
    }
    release = {"name": RELEASE_SETTING, "value": to_base64url(new_release_key(holding.random))}
    writes = [
        RecordWrite(RecordId(name), FormId(form), "1", "save", values, holding.user, clock.now())
        for name, form, values in (
            (holding.user, "_user", person),
            (holding.release_record, "_setting", release),
        )
    ]
    forms = form_writes(sources, ids=holding.ids, author=holding.user, at=clock.now())
    products = first_writes(sources, holding.user, clock.now())
    archive.write(RingId(SHARED), [*writes, *forms, *products])


def _nothing_to_compute(*_: object) -> dict[str, str]:
    """Stand in for the form engine: the app's own records have no calculations."""
    return {}
