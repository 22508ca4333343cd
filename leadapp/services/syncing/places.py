"""The targets this computer exchanges through, kept in its file of ``sys``.

A folder's path differs from computer to computer (drive letters), so targets are not
shared. A part2 ring has targets of its own: none that carries another ring, and none
where another ring's files lie already; that holds for folders and servers alike.

What signs in at a server lies in the file of the first ring the target is for, in ``sys``
where it is for all: who may not open the ring cannot reach the server either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.core.text import check_name, tidy
from leadapp.exchange.naming import ring_folder
from leadapp.journal.rings import SYS
from leadapp.services.desk import Desk
from leadapp.targets.addresses import (
    SECRETS,
    Kind,
    Where,
    as_lines,
    check_key,
    fingerprint_of,
    kind_of,
    read_address,
    read_lines,
    secrets_of,
    shown,
    target_at,
)
from leadapp.targets.descriptions import S3Place, SftpPlace
from leadapp.targets.removable import is_removable, mount_of
from leadapp.targets.target import Target
from leadapp.targets.trial import try_out

__all__ = [
    "KeptTarget",
    "S3Place",
    "SftpPlace",
    "Where",
    "add",
    "check_fits",
    "check_key",
    "check_neighbours",
    "host_fingerprint",
    "keep",
    "place",
    "read_address",
    "remove",
    "require_sync",
    "rings_at",
    "target",
    "targets",
    "try_to_use",
]

_KEPT = "targets"
MARKED = "marked for care"
LAW_WAS_HERE = RingId("law was here")
"""No ring: its folder is the mark that a law computer leaves at a place (``marks``)."""


@dataclass(frozen=True, slots=True)
class KeptTarget:
    """A place to exchange through: ``where`` is a folder's path, an ``SftpPlace`` or an ``S3Place``.

    ``rings`` empty stands for every ring but part2 ones, also those that are made later.
    ``carries`` says that other computers' entries go there too. ``mount`` is where the disk
    of a folder was mounted when it was added: what lies under the path without it is another.
    """

    name: str
    where: Where
    rings: tuple[RingId, ...] = ()
    carries: bool = False
    mount: str = ""

    @property
    def kind(self) -> Kind:
        """Return ``folder``, ``sftp`` or ``s3``."""
        return kind_of(self.where)

    @property
    def shown(self) -> str:
        """Return the address for a person, without secrets."""
        return shown(self.where)

    @property
    def removable(self) -> bool | None:
        """Return whether it is a stick or a card; ``None`` where nobody knows."""
        return is_removable(self.where) if isinstance(self.where, Path) else False


def require_sync(desk: Desk) -> None:
    """Refuse whom no role lets exchange; who has joined and waits for a role may."""
    if desk.user in desk.holding.roster.users:
        desk.require_program("sync")


def targets(desk: Desk) -> list[KeptTarget]:
    """Return this computer's targets, in the order they were added."""
    said = desk.archive.kept(SYS, _KEPT)
    return [_read(desk, one) for one in read_json(said)] if said else []


def target(desk: Desk, name: str) -> KeptTarget:
    """Return the target called ``name``."""
    for one in targets(desk):
        if one.name.casefold() == tidy(name).casefold():
            return one
    raise Refusal("services.no_such_target", name=name)


def add(
    desk: Desk, name: str, where: Where, rings: Sequence[RingId] = (), *, carries: bool = False
) -> KeptTarget:
    """Add a target; a small file must go there and come back, and the place must fit the rings.

    May take as long as a server lets one wait; nothing is kept when it ends with a Refusal.
    """
    where = where.absolute() if isinstance(where, Path) else where
    made = KeptTarget(tidy(name), where, tuple(dict.fromkeys(rings)), carries)
    check_fits(desk, made)
    try_to_use(desk, made)
    return keep(desk, made)


def check_fits(desk: Desk, made: KeptTarget) -> None:
    """Refuse what can be refused without asking the place. First of ``add``'s three steps."""
    require_sync(desk)
    known = targets(desk)
    if not made.name or any(one.name.casefold() == made.name.casefold() for one in known):
        raise Refusal("services.target_name", name=made.name)
    check_name(made.name)
    for ring in made.rings:
        if ring not in desk.rings or not desk.holding.roster_allows(ring):
            raise Refusal("services.ring_not_exchanged", ring=ring)
    _check_audience(desk, made)
    _refuse_inside(desk, made)
    for one in known:
        if one.shown == made.shown and _is_part2(desk, one) != _is_part2(desk, made):
            raise Refusal("services.part2_apart", name=made.name)


def try_to_use(desk: Desk, made: KeptTarget) -> None:
    """Send a small file there, fetch it back, remove it. Away lane: may block; writes nothing here.

    Also tries again, later, a target that is kept.
    """
    there = place(made)
    try:
        check_neighbours(desk, made, there)
        try_out(there, made.shown)
    finally:
        there.close()


def keep(desk: Desk, made: KeptTarget) -> KeptTarget:
    """Keep a target that was tried; return it. Last of ``add``'s three steps; writer lane."""
    mount = mount_of(made.where) if isinstance(made.where, Path) else ""
    kept = replace(made, mount=mount)
    _keep(desk, [*targets(desk), kept])
    return kept


def host_fingerprint(where: SftpPlace) -> str:
    """Return the key of an SFTP server as its keeper can read it out. Away lane.

    A person compares it; only then ``dataclasses.replace(where, host_key=...)``.
    """
    return fingerprint_of(where)


def remove(desk: Desk, name: str) -> None:
    """Exchange through a target no longer; what lies there stays, what signs in is forgotten."""
    require_sync(desk)
    gone = target(desk, name)
    home = _home(gone)
    if SECRETS[gone.kind] and home in desk.rings:
        desk.archive.keep(home, _secret(gone.name), "")
    desk.archive.keep(SYS, f"{MARKED} {gone.name}", "")
    _keep(desk, [one for one in targets(desk) if one.name != gone.name])


def place(kept: KeptTarget) -> Target:
    """Return the target itself; nothing is asked of it yet. ``close`` it after use."""
    if SECRETS[kept.kind] and not any(secrets_of(kept.where).values()):
        raise Refusal("services.target_locked", name=kept.name, ring=_home(kept))
    return target_at(kept.where, kept.mount)


def rings_at(desk: Desk, kept: KeptTarget) -> list[RingId]:
    """Return the open rings that are exchanged there, ``sys`` and ``shared`` first.

    ``sys`` alone where this computer waits to be let in.
    """
    roster = desk.holding.roster
    chosen = [
        ring
        for ring in desk.rings
        if (desk.holding.roster_allows(ring) or ring == SYS)
        and (ring in kept.rings if kept.rings else not roster.is_part2(ring))
    ]
    return sorted(chosen, key=lambda ring: (ring != SYS, ring != "shared", ring))


def check_neighbours(desk: Desk, kept: KeptTarget, there: Target) -> None:
    """Refuse a place where a part2 ring and another would lie side by side."""
    if _folders(desk, _others(desk, kept)) & there.folders():
        raise Refusal("services.part2_apart", name=kept.name)


def check_still_fits(desk: Desk, kept: KeptTarget, there: Target) -> None:
    """Refuse another stick than the one that was added: what lies there must not mix."""
    if _folders(desk, _others(desk, kept)) & there.folders():
        raise Refusal("services.other_stick", name=kept.name, folder=kept.shown)


def _check_audience(desk: Desk, made: KeptTarget) -> None:
    roster = desk.holding.roster
    if len({roster.is_part2(ring) for ring in made.rings}) > 1:
        raise Refusal("services.part2_apart", name=made.name)


def _is_part2(desk: Desk, kept: KeptTarget) -> bool:
    return any(desk.holding.roster.is_part2(ring) for ring in kept.rings)


def _refuse_inside(desk: Desk, made: KeptTarget) -> None:
    if isinstance(made.where, Path) and made.where.resolve().is_relative_to(desk.root.resolve()):
        raise Refusal("services.target_inside", folder=str(made.where))


def _others(desk: Desk, kept: KeptTarget) -> set[RingId]:
    """Return the rings that must not lie at this target."""
    roster = desk.holding.roster
    part2 = any(roster.is_part2(ring) for ring in kept.rings)
    known = {*roster.rings, *desk.rings, RingId("care"), RingId("supply"), LAW_WAS_HERE}
    for agency in desk.holding.agencies():
        known |= {RingId(f"law-{agency}"), RingId(f"refer-{agency}")}
    return {ring for ring in known if roster.is_part2(ring) != part2}


def _folders(desk: Desk, rings: Collection[RingId]) -> set[str]:
    return {ring_folder(desk.device.program_id, ring) for ring in rings}


def _keep(desk: Desk, all_of_them: Sequence[KeptTarget]) -> None:
    said = []
    for one in all_of_them:
        said.append(
            as_lines(one.where)
            | {"name": one.name, "rings": list(one.rings), "carries": one.carries}
            | {"mount": one.mount}
        )
        secrets = secrets_of(one.where)
        if any(secrets.values()):
            desk.archive.keep(_home(one), _secret(one.name), canonical_json(secrets).decode())
    desk.archive.keep(SYS, _KEPT, canonical_json(said).decode())


def _read(desk: Desk, said: dict[str, Any]) -> KeptTarget:
    rest = dict(said)
    name, carries = rest.pop("name"), bool(rest.pop("carries"))
    mount = str(rest.pop("mount", ""))
    rings = tuple(RingId(ring) for ring in rest.pop("rings"))
    bare = dict.fromkeys(SECRETS[rest["kind"]], "")
    made = KeptTarget(name, read_lines(rest, bare), rings, carries, mount)
    if not bare or _home(made) not in desk.rings:
        return made
    kept = desk.archive.kept(_home(made), _secret(name))
    return replace(made, where=read_lines(rest, read_json(kept))) if kept else made


def _home(kept: KeptTarget) -> RingId:
    """Return the ring in whose file the secrets of a target lie."""
    return kept.rings[0] if kept.rings else SYS


def _secret(name: str) -> str:
    return f"target {name.casefold()}"
