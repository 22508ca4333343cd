"""What exchanges there were on this computer, and who of those shut out is still let in elsewhere.

Kept in this computer's own file of ``sys`` and sent to nobody: counts, codes and the
targets' names, never what a record holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.ids import DeviceId, RingId
from leadapp.core.problems import Problem, Severity
from leadapp.journal.rings import SYS
from leadapp.services.desk import Desk
from leadapp.services.syncing.membership import members_of
from leadapp.services.syncing.places import rings_at, targets
from leadapp.services.syncing.report import SyncReport

_PAST = "past exchanges"
_TOLD = "told who is shut out"
_MOST = 60


@dataclass(frozen=True, slots=True)
class PastSync:
    """One exchange. ``refused`` is what ended it early; ``whole`` says that nothing did."""

    at: str
    """ISO, with offset."""
    target: str
    entries_in: int
    entries_out: int
    only_here: int
    stopped: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def moment(self) -> datetime:
        """Return when it ended."""
        return datetime.fromisoformat(self.at)

    @property
    def whole(self) -> bool:
        """Return whether it went through to its end."""
        return not self.stopped and not any(one.blocks for one in self.problems)


def past(desk: Desk) -> list[PastSync]:
    """Return the exchanges of this computer, newest first."""
    said = desk.archive.kept(SYS, _PAST)
    return [_read(one) for one in read_json(said)] if said else []


def note(desk: Desk, report: SyncReport, *, refused: Problem | None = None) -> PastSync:
    """Keep what came of an exchange. Writer lane."""
    made = PastSync(
        at=desk.clock.now().isoformat(timespec="seconds"),
        target=report.target,
        entries_in=sum(one.entries_in for one in report.rings),
        entries_out=sum(one.entries_out for one in report.rings),
        only_here=sum(one.only_here for one in report.rings),
        stopped=report.stopped,
        problems=_without_doubles([*report.everything, *([refused] if refused else [])]),
    )
    kept = [_said(one) for one in (made, *past(desk))][:_MOST]
    desk.archive.keep(SYS, _PAST, canonical_json(kept).decode())
    _note_told(desk, report)
    return made


def untold(desk: Desk) -> dict[DeviceId, tuple[str, ...]]:
    """Return each computer that was shut out with the targets that do not say so yet.

    A computer without any target has told nobody: then the one name is blank.
    """
    names = [one.name for one in targets(desk) if not one.rings or SYS in one.rings]
    told = _told(desk)
    found = {}
    for device in _shut_out(desk):
        lacking = tuple(name for name in names if device not in told.get(name, ()))
        if lacking or not names:
            found[device] = lacking or ("",)
    return found


def without_place(desk: Desk) -> list[RingId]:
    """Return the open rings that others share and no target here carries: ``care``, as a rule."""
    carried = {ring for one in targets(desk) for ring in rings_at(desk, one)}
    me = desk.device.device_id
    return [
        ring
        for ring in desk.rings
        if ring not in carried
        and desk.holding.roster_allows(ring)
        and any(one.id != me for one in members_of(desk, ring))
    ]


def _note_told(desk: Desk, report: SyncReport) -> None:
    """Remember whom a target now tells to be shut out: ``sys`` went there, all of it."""
    ours = next((one for one in report.rings if one.ring == SYS), None)
    if ours is None or any(problem.blocks for problem in ours.problems) or ours.only_here:
        return
    known: dict[str, Sequence[str]] = dict(_told(desk))
    known[report.target] = _shut_out(desk)
    desk.archive.keep(SYS, _TOLD, canonical_json(known).decode())


def _told(desk: Desk) -> dict[str, Sequence[str]]:
    said = desk.archive.kept(SYS, _TOLD)
    found: dict[str, Sequence[str]] = read_json(said) if said else {}
    return found


def _shut_out(desk: Desk) -> list[DeviceId]:
    return sorted(one.id for one in desk.holding.roster.devices.values() if one.revoked)


def _without_doubles(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return each problem once: a hundred torn files are one line in the list."""
    return tuple({one.code: one for one in problems}.values())


def _said(one: PastSync) -> dict[str, object]:
    problems = [
        {"code": found.code, "values": dict(found.values), "severity": found.severity.value}
        for found in one.problems
    ]
    return {**asdict(one), "problems": problems}


def _read(said: dict[str, Any]) -> PastSync:
    problems = tuple(
        Problem(one["code"], one["values"], severity=Severity(one["severity"]))
        for one in said["problems"]
    )
    return PastSync(**{**said, "problems": problems})
