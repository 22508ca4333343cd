"""Making a program folder on a new computer from an invitation, and asking to be let in.

The computer makes its own keys; they never leave it. Until a coordinator approves, it
opens ``sys`` and ``shared`` only, which hold nothing yet.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from leadapp.core.clock import Clock
from leadapp.core.errors import Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import IdSource, RingId, UserId, new_id
from leadapp.core.paths import state_folder
from leadapp.core.text import check_name, tidy
from leadapp.journal.entry import SALT_BYTES
from leadapp.journal.rings import SHARED, SYS
from leadapp.journal.statement import Statement, device_id, write_statement
from leadapp.kinds import KINDS
from leadapp.services.holding import (
    RING_IDENTITY,
    Holding,
    end_making,
    keep_signing_key,
    start_afresh,
)
from leadapp.services.syncing.letters import (
    MOST_BYTES,
    Invitation,
    Request,
    read_invitation,
    write_request,
)
from leadapp.store.archive import Archive
from leadapp.store.device import DeviceInfo, save_device
from leadapp.store.folder import ProgramFolder
from leadapp.store.projector import Projector
from leadapp.vault.attempts import Attempts
from leadapp.vault.derivation import Cost
from leadapp.vault.keyring import Keyring
from leadapp.vault.passwords import require_good
from leadapp.vault.rings import KEY_BYTES
from leadapp.vault.sealing import new_identity
from leadapp.vault.signing import Ed25519Signer, new_seed


@dataclass(frozen=True, slots=True)
class Joiner:
    """Who sits at the new computer. ``cost`` is what a password costs; ``None`` is the usual."""

    name: str
    password: str = field(repr=False)
    tiles: bool = True
    cost: Cost | None = None


def join(
    root: Path,
    invitation_file: Path,
    joiner: Joiner,
    request_file: Path,
    *,
    clock: Clock,
    ids: IdSource = new_id,
    anchors: Path | None = None,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """Make the folder and the request; return the six words to read out. Crypto lane."""
    invitation = look_at(invitation_file)
    folder = ProgramFolder(root)
    _check(folder, invitation, joiner)
    start_afresh(folder)
    seed = new_seed()
    signer = Ed25519Signer(seed)
    device = DeviceInfo(
        program_id=invitation.program,
        county=invitation.county,
        device_id=device_id(signer.public_key),
        device_class=invitation.device_class,
        agency=invitation.agency,
        notice=invitation.notice,
        tiles=joiner.tiles,
        made_up=invitation.made_up,
    )
    with folder.lock():
        holding = _hold(folder, device, invitation, joiner, signer, clock, ids, random)
        said = _make_rings(holding, seed, clock, anchors or state_folder())
        request = Request(
            program=invitation.program,
            public=signer.public_key,
            device_class=device.device_class,
            agency=device.agency,
            user=holding.user,
            name=tidy(joiner.name),
            statements=tuple(said),
        )
        data, words = write_request(request, signer)
        write_whole(request_file.absolute(), data)
        save_device(folder, device)
        end_making(folder)
    return words


def look_at(path: Path) -> Invitation:
    """Read an invitation, to say what it invites to before anything is made."""
    try:
        with path.open("rb") as file:
            return read_invitation(file.read(MOST_BYTES + 1))
    except OSError as cause:
        raise Refusal("services.cannot_read_file", file=path.name) from cause


def _check(folder: ProgramFolder, invitation: Invitation, joiner: Joiner) -> None:
    if folder.exists:
        raise Refusal("services.program_exists", folder=str(folder.root))
    folder.check_place()
    if not tidy(joiner.name):
        raise Refusal("services.own_name_needed")
    check_name(tidy(joiner.name))
    require_good(joiner.password, (invitation.county, invitation.agency, joiner.name))


def _hold(
    folder: ProgramFolder,
    device: DeviceInfo,
    invitation: Invitation,
    joiner: Joiner,
    signer: Ed25519Signer,
    clock: Clock,
    ids: IdSource,
    random: Callable[[int], bytes],
) -> Holding:
    keyring = Keyring.create(
        folder.keyring,
        device_class=device.device_class,
        agency=device.agency,
        cost=joiner.cost,
    )
    keys = keyring.add_user(
        UserId(invitation.user or ids()),
        tidy(joiner.name),
        joiner.password,
        at=clock.now(),
        show_name=joiner.tiles,
    )
    attempts = Attempts.load(folder.attempts, clock)
    told = list(invitation.statements)
    return Holding(folder, device, keyring, attempts, keys, {}, signer, told, ids, random)


def _make_rings(holding: Holding, seed: bytes, clock: Clock, anchors: Path) -> list[Statement]:
    """Make ``sys`` and ``shared``; return what the computer says of its keys for them."""
    archive = Archive.open(
        holding.folder,
        {},
        device=holding.device,
        signer=holding.signer,
        projector=Projector({}, KINDS, _nothing_to_compute),
        clock=clock,
        ids=holding.ids,
        salts=lambda: holding.random(SALT_BYTES),
        anchors=anchors,
    )
    try:
        said = [_make_ring(archive, holding, ring) for ring in (SYS, SHARED)]
        keep_signing_key(archive, seed)
        for one in holding.statements:
            archive.append(SYS, "roster", one.values(), author=holding.user)
        archive.seal()
    finally:
        archive.close()
    holding.save()
    return said


def _make_ring(archive: Archive, holding: Holding, ring: RingId) -> Statement:
    known = holding.roster.rings.get(ring)
    if known is None or not known.recovery:
        raise Refusal("services.invitation_lacks", ring=ring)
    key = holding.random(KEY_BYTES)
    archive.create_ring(ring, key)
    holding.keyring.add_ring(ring, key, recovery=known.recovery[0], users=[holding.user])
    identity = new_identity()
    archive.keep(ring, RING_IDENTITY, identity.secret)
    made = write_statement(
        "recipient",
        {"device": holding.device.device_id, "ring": ring, "recipient": identity.recipient},
        program=holding.device.program_id,
        signer=holding.signer,
        nonce=holding.ids(),
    )
    holding.statements.append(made)
    return made


def _nothing_to_compute(*_: object) -> dict[str, str]:
    """Stand in for the form engine: nothing is written that has calculations."""
    return {}
