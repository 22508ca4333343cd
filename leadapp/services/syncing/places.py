"""The targets this computer exchanges through, kept in its file of ``sys``.

A folder's path differs from computer to computer (drive letters), so targets are not
shared. A part2 ring has targets of its own: none that carries another ring, and none
where another ring's files lie already.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.core.text import tidy
from leadapp.exchange.naming import ring_folder
from leadapp.journal.rings import SYS
from leadapp.services.desk import Desk
from leadapp.targets.folder import FolderTarget

_KEPT = "targets"


@dataclass(frozen=True, slots=True)
class KeptTarget:
    """A folder to exchange through. ``carries`` says that other computers' entries go there too.

    ``rings`` empty stands for every ring but part2 ones, also those that are made later.
    """

    name: str
    path: Path
    rings: tuple[RingId, ...] = ()
    carries: bool = False


def require_sync(desk: Desk) -> None:
    """Refuse whom no role lets exchange; who has joined and waits for a role may."""
    if desk.user in desk.holding.roster.users:
        desk.require_program("sync")


def targets(desk: Desk) -> list[KeptTarget]:
    """Return this computer's targets, in the order they were added."""
    said = desk.archive.kept(SYS, _KEPT)
    return [_read(one) for one in read_json(said)] if said else []


def target(desk: Desk, name: str) -> KeptTarget:
    """Return the target called ``name``."""
    for one in targets(desk):
        if one.name.casefold() == tidy(name).casefold():
            return one
    raise Refusal("services.no_such_target", name=name)


def add(
    desk: Desk, name: str, path: Path, rings: Sequence[RingId] = (), *, carries: bool = False
) -> KeptTarget:
    """Add a folder as a target; it must be there, be writable and fit the rings."""
    require_sync(desk)
    made = KeptTarget(tidy(name), path.absolute(), tuple(dict.fromkeys(rings)), carries)
    known = targets(desk)
    if not made.name or any(one.name.casefold() == made.name.casefold() for one in known):
        raise Refusal("services.target_name", name=made.name)
    for ring in made.rings:
        if ring not in desk.rings or not desk.holding.roster_allows(ring):
            raise Refusal("services.ring_not_exchanged", ring=ring)
    _check_audience(desk, made)
    _refuse_inside(desk, made)
    place(made).prepare()
    check_neighbours(desk, made)
    _keep(desk, [*known, made])
    return made


def remove(desk: Desk, name: str) -> None:
    """Exchange through a target no longer; what lies there stays."""
    require_sync(desk)
    gone = target(desk, name)
    _keep(desk, [one for one in targets(desk) if one != gone])


def place(kept: KeptTarget) -> FolderTarget:
    """Return the target itself."""
    return FolderTarget(kept.path)


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


def check_neighbours(desk: Desk, kept: KeptTarget) -> None:
    """Refuse a place where a part2 ring and another would lie side by side."""
    mixed = _folders(desk, _others(desk, kept)) & place(kept).folders()
    if mixed:
        raise Refusal("services.part2_apart", name=kept.name)


def _check_audience(desk: Desk, made: KeptTarget) -> None:
    roster = desk.holding.roster
    if len({roster.is_part2(ring) for ring in made.rings}) > 1:
        raise Refusal("services.part2_apart", name=made.name)


def _refuse_inside(desk: Desk, made: KeptTarget) -> None:
    if made.path.resolve().is_relative_to(desk.root.resolve()):
        raise Refusal("services.target_inside", folder=str(made.path))


def _others(desk: Desk, kept: KeptTarget) -> set[RingId]:
    """Return the rings that must not lie at this target."""
    roster = desk.holding.roster
    part2 = any(roster.is_part2(ring) for ring in kept.rings)
    known = {*roster.rings, *desk.rings, RingId("care"), RingId("supply")}
    for agency in desk.holding.agencies():
        known |= {RingId(f"law-{agency}"), RingId(f"refer-{agency}")}
    return {ring for ring in known if roster.is_part2(ring) != part2}


def _folders(desk: Desk, rings: Collection[RingId]) -> set[str]:
    return {ring_folder(desk.device.program_id, ring) for ring in rings}


def _keep(desk: Desk, all_of_them: Sequence[KeptTarget]) -> None:
    said = [
        {
            "name": one.name,
            "kind": "folder",
            "path": str(one.path),
            "rings": list(one.rings),
            "carries": one.carries,
        }
        for one in all_of_them
    ]
    desk.archive.keep(SYS, _KEPT, canonical_json(said).decode())


def _read(said: dict[str, Any]) -> KeptTarget:
    rings = tuple(RingId(ring) for ring in said["rings"])
    return KeptTarget(said["name"], Path(said["path"]), rings, bool(said["carries"]))
