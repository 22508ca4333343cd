"""Looking over what an exchange brought: what of it a coordinator should know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.ids import RingId
from leadapp.core.problems import Problem, Severity, Value
from leadapp.exchange.memory import recall
from leadapp.exchange.naming import is_bundle_name
from leadapp.exchange.pushing import covered
from leadapp.exchange.turns import finish
from leadapp.services.desk import Desk
from leadapp.services.syncing import alarms
from leadapp.services.syncing.alarms import Found, Noted, found
from leadapp.services.syncing.ledger import LOOKED_OVER, RingLedger
from leadapp.services.syncing.membership import is_revoked
from leadapp.store.reader import Reader

FLOOD = 10_000
"""Entries of one computer in one exchange that a coordinator is told of: more than years of work."""
_LAY = "lay at"


@dataclass(frozen=True, slots=True)
class LookedOver:
    """What was found in which rings; ``behind`` are those whose own log others know better."""

    found: tuple[Found, ...]
    rings: frozenset[RingId]
    behind: tuple[RingId, ...]


def looking_over(desk: Desk, reader: Reader, ledgers: Sequence[RingLedger]) -> LookedOver:
    """Look over the rings in which something is new. Away lane; ``reader`` is one's own."""
    findings: list[Found] = []
    rings: set[RingId] = set()
    behind: list[RingId] = []
    for one in ledgers:
        findings += _of_ledger(desk, reader, one)
        if not one.new and one.looked_over:
            continue
        rings.add(one.ring)
        findings += alarms.in_ring(desk, reader, one.ring)
        if not one.left and alarms.seen_beyond(reader, one.ring, one.own_log):
            behind.append(one.ring)
    if is_revoked(desk):
        findings.append(found(Problem("services.device_revoked")))
    return LookedOver(tuple(findings), frozenset(rings), tuple(behind))


def keep_findings(desk: Desk, looked: LookedOver) -> Noted:
    """Leave logs that others know better, and keep what was found. Writer lane."""
    findings = list(looked.found)
    for ring in looked.behind:
        log = desk.archive.own_log(ring)
        desk.archive.start_new_log(ring)
        behind = Problem("services.computer_behind", {"ring": ring}, severity=Severity.WARNING)
        findings.append(found(behind, log))
    for ring in looked.rings:
        desk.archive.keep(ring, LOOKED_OVER, "yes")
    return alarms.note(desk, findings, looked.rings)


def gone_since(desk: Desk, ledger: RingLedger, target: str, sizes: Mapping[str, int]) -> int:
    """Return how many files lay at a target before and went with what nothing else there holds.

    Files that were put together into a pack are none, once it was read; nor is all of a new
    empty stick. Writer lane, after what lies there was taken.
    """
    said = desk.archive.kept(ledger.ring, f"{_LAY} {target}")
    missing = set(read_json(said) if said else ()) - sizes.keys()
    if not missing or not sizes:
        return 0
    held = finish(covered(ledger, sizes)).keys() | set(ledger.redacted_blobs())
    lost = [recall(ledger, name) for name in missing]
    return sum(
        one is not None and one.word == "good" and not held >= set(one.names) for one in lost
    )


def note_there(desk: Desk, ring: RingId, target: str, names: Iterable[str]) -> None:
    """Remember which files lie at a target. Writer lane."""
    written = canonical_json(sorted(filter(is_bundle_name, names))).decode()
    if written != desk.archive.kept(ring, f"{_LAY} {target}"):
        desk.archive.keep(ring, f"{_LAY} {target}", written)


def _of_ledger(desk: Desk, reader: Reader, ledger: RingLedger) -> list[Found]:
    ring = ledger.ring
    findings = [
        found(Problem(code, {"ring": ring}, severity=Severity.WARNING), ledger.left_log)
        for code in ledger.left
    ]
    own = [log for log in reader.logs(ring) if log.own and log.last]
    if len(own) > 1 and not ledger.left:
        problem = Problem("services.computer_restored", {"ring": ring}, severity=Severity.WARNING)
        findings.append(found(problem, f"{ring} {len(own)}"))
    if ledger.gone:
        set_back = Problem("services.folder_set_back", {"ring": ring, "files": ledger.gone})
        findings.append(found(set_back, ring))
    for device, entries in sorted(ledger.came.items()):
        if entries > FLOOD and not ledger.was_empty:  # a new computer gets all there is at once
            computer = desk.computer_called(reader, device)
            flood: dict[str, Value] = {"computer": computer, "ring": ring, "entries": entries}
            problem = Problem("services.flood", flood, severity=Severity.WARNING)
            findings.append(found(problem, f"{ring} {device.hex()} {entries}"))
    for device, minutes in sorted(ledger.clocks.items()):
        code = "services.clock_ahead" if minutes > 0 else "services.clock_back"
        computer = desk.computer_called(reader, device)
        here = desk.clock.now().strftime("%Y-%m-%d %H:%M")
        values: dict[str, Value] = {"computer": computer, "time": _long(abs(minutes)), "here": here}
        problem = Problem(code, values, severity=Severity.WARNING)
        findings.append(found(problem, device.hex()))  # once for all its rings
    return findings


def _long(minutes: int) -> str:
    """Return a length of time as people say it."""
    for size, name in ((1440, "days"), (60, "hours")):
        if minutes >= 2 * size:
            return f"{round(minutes / size):,} {name}"
    return f"{minutes} minutes"
