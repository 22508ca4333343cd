"""What the commands that exchange with other computers do."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable

from leadapp.cli.commands import GOOD, REFUSED, words
from leadapp.cli.desks import desk_of
from leadapp.cli.exchange_devices import DEVICE, join, say_untold, taken_in
from leadapp.cli.exchange_devices import redact as redact_record
from leadapp.cli.progress import Progress
from leadapp.cli.target_asking import where
from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import RingId
from leadapp.core.problems import Problem
from leadapp.services import syncing
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, Slice, Step, SyncReport, past
from leadapp.services.syncing.report import RingReport

_AT = {
    Step.BACK_UP: "Making a backup",
    Step.LOOK: "Looking",
    Step.FETCH: "Taking in",
    Step.SEND: "Sending",
    Step.CHECK: "Checking",
}

Action = Callable[[Desk, Namespace], int]


def target(options: Namespace) -> int:
    """Add, list, test or remove a target."""
    return _with_desk(options, _TARGET)


def bundle(options: Namespace) -> int:
    """Export, import or inspect a file."""
    return _with_desk(options, _BUNDLE)


def device(options: Namespace) -> int:
    """List, invite, approve or revoke a computer."""
    return _with_desk(options, DEVICE)


def redact(options: Namespace) -> int:
    """Empty a record by order."""
    with desk_of(options) as desk:
        return redact_record(desk, options)


def _with_desk(options: Namespace, actions: dict[str, Action]) -> int:
    with desk_of(options) as desk:
        return actions[options.action](desk, options)


def sync(options: Namespace) -> int:
    """Exchange over one target or all; a target that is not there does not stop the others."""
    said, code = words(), GOOD
    with desk_of(options) as desk:
        chosen = [syncing.target(desk, options.target)] if options.target else syncing.targets(desk)
        if not chosen:
            raise Refusal("services.no_targets")
        for one in chosen:
            try:
                report = _synced(desk, one)
            except LeadappError as error:
                print(f"{one.name}: {said.of(error)}", file=sys.stderr)
                code = REFUSED
                continue
            if any(problem.blocks for problem in report.everything):
                code = REFUSED
        say_untold(desk)
        for ring in past.without_place(desk):
            print(said.of(Problem("services.ring_without_place", {"ring": ring})), file=sys.stderr)
    return code


def _synced(desk: Desk, kept: KeptTarget) -> SyncReport:
    """Exchange over one target with a line of progress; say what came of it."""
    said = words()
    with Progress(sys.stderr) as progress:

        def told(one: Slice) -> None:
            if one.total:
                progress.show(_AT[one.step], one.done, one.total)
            else:
                progress.count(_AT[one.step], one.done)

        report = syncing.sync(desk, kept, told)
    past.note(desk, report)
    if report.backup is not None:
        print("Made a backup first.", file=sys.stderr)
    print("\n".join(report.lines))
    _say_conflicts(report.rings)
    for ring in report.rings:
        for cause, count in ring.held_because:
            print(f"{ring.ring}: {count:,} held: {said.of(Problem(cause))}")
    more = [one for one in report.news if one not in report.everything]
    for text in dict.fromkeys(said.of(problem) for problem in (*report.everything, *more)):
        print(text, file=sys.stderr)
    if earlier := len(report.notices) - len(report.news):
        stand = "1 earlier notice stands" if earlier == 1 else f"{earlier:,} earlier notices stand"
        print(f"{stand}: see leadapp device DIR notices.", file=sys.stderr)
    if report.unlock_again:
        print("What this account may do has changed. Exchange once more to use it.")
    return report


def _say_conflicts(rings: tuple[RingReport, ...]) -> None:
    for ring in rings:
        for record in ring.conflicts:
            print(f"To settle in {ring.ring}: record {record}")


# -- target ----------------------------------------------------------------------------------


def _add(desk: Desk, options: Namespace) -> int:
    rings = [RingId(ring) for ring in options.ring]
    made = syncing.add(desk, options.name, where(options), rings, carries=options.carry)
    print(f"Added {made.name}: {made.shown}. A test file went there and came back.")
    if made.removable:
        print("It is a stick or a card: keep it where nobody else takes it.")
    return GOOD


def _list(desk: Desk, _: Namespace) -> int:
    for one in syncing.targets(desk):
        rings = ", ".join(one.rings) or "every ring but those of people in care"
        removable = "removable" if one.removable else ""
        print(f"{one.name}\t{one.shown}\t{rings}\t{removable}".rstrip())
    return GOOD


def _test(desk: Desk, options: Namespace) -> int:
    found = syncing.test(desk, syncing.target(desk, options.name))
    print(f"{options.name} can be reached and written. It holds {found.files:,} files.")
    if found.changed:
        print(f"{found.changed:,} of them have changed since. Exchange, and they are sent again.")
    return GOOD


def _remove(desk: Desk, options: Namespace) -> int:
    syncing.remove(desk, options.name)
    print(f"Removed {options.name}. What lies there stays.")
    return GOOD


# -- bundle ----------------------------------------------------------------------------------


def _export(desk: Desk, options: Namespace) -> int:
    ring, output = RingId(options.ring), options.output
    if output.is_dir():
        day = desk.clock.now().date().isoformat()
        output /= f"{day}.dvb.txt" if options.mail else f"{day}.dvb"
    written = syncing.export_bundles(desk, ring, output, everything=options.all, mail=options.mail)
    for path in written:
        print(f"Wrote {path}.")
    return GOOD


def _import(desk: Desk, options: Namespace) -> int:
    report = syncing.import_bundle(desk, options.file)
    print(taken_in(report))
    _say_conflicts((report,))
    return GOOD


def _inspect(desk: Desk, options: Namespace) -> int:
    seen = syncing.inspect_bundle(desk, options.file)
    print(
        f"{seen.ring}: {_counted(seen.entries, 'entry', 'entries')} in"
        f" {_counted(seen.batches, 'batch', 'batches')} for"
        f" {_counted(seen.devices, 'computer', 'computers')}; {seen.new:,} not here yet."
    )
    if seen.people:
        print(f"Written by {', '.join(seen.people)}.")
    return GOOD


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


_TARGET: dict[str, Action] = {"add": _add, "list": _list, "test": _test, "remove": _remove}
_BUNDLE: dict[str, Action] = {"export": _export, "import": _import, "inspect": _inspect}
EXCHANGE: dict[str, Callable[[Namespace], int]] = {
    "target": target,
    "sync": sync,
    "bundle": bundle,
    "device": device,
    "join": join,
    "redact": redact,
}
