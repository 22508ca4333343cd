"""What the commands about the computers of a program do: let in, shut out, look, hand over."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable

from leadapp.cli.commands import GOOD, words
from leadapp.cli.passwords import read_password
from leadapp.core.clock import SystemClock
from leadapp.core.errors import Refusal
from leadapp.core.ids import DeviceId, RecordId, RingId, UserId
from leadapp.services.desk import Desk
from leadapp.services.syncing import alarms, enrolling, joining, leaving, past, redacting
from leadapp.services.syncing.merged import last_merged
from leadapp.services.syncing.report import RingReport
from leadapp.staff.roles import Role

Action = Callable[[Desk, Namespace], int]


def taken_in(report: RingReport) -> str:
    """Return what of a file was new, and what of it waits for a coordinator."""
    new = "1 entry was new" if report.entries_in == 1 else f"{report.entries_in:,} entries were new"
    if not report.held:
        return f"{report.ring}: {new}."
    return f"{report.ring}: {new}; {report.held:,} are kept aside and do not count."


def _devices(desk: Desk, _: Namespace) -> int:
    for one in enrolling.devices(desk):
        marks = [
            word
            for word, is_so in (
                ("this one", one.here),
                ("coordinator's", one.coordinator),
                ("SHUT OUT", one.revoked),
            )
            if is_so
        ]
        kind = f"{one.device_class} {one.agency}".strip()
        print(f"{one.id}\t{kind}\t{', '.join(one.people)}\t{', '.join(marks)}".rstrip())
    say_untold(desk)
    return GOOD


def say_untold(desk: Desk) -> None:
    """Say where it is not known yet who was shut out: until then it is not done."""
    for device, names in past.untold(desk).items():
        where = ", ".join(filter(None, names)) or "any target"
        known = desk.holding.roster.devices.get(device)
        called = desk.computer_called(desk.reader, known.public) if known else device
        who = f"The computer of {called} ({device})"
        print(f"{who} is shut out, but {where} does not say so yet. Exchange.", file=sys.stderr)


def _merged(desk: Desk, _: Namespace) -> int:
    for one in last_merged(desk, desk.reader):
        when = one.when.isoformat(timespec="minutes") if one.when else "never met"
        several = f"{one.waiting:,} entries wait for it" if one.waiting else ""
        waits = "1 entry waits for it" if one.waiting == 1 else several
        print(f"{one.device}\t{one.label}\t{when}\t{waits}".rstrip())
    return GOOD


def _notices(desk: Desk, options: Namespace) -> int:
    said = words()
    found = alarms.notices(desk)
    for one in found:
        print(f"{one.since}\t{said.of(one.problem)}")
    if options.seen:  # what anyone may take as seen first: the rest is refused to some
        for names in ({one.id for one in found if one.for_anyone}, {one.id for one in found}):
            alarms.see(desk, names)
    return GOOD


def _invite(desk: Desk, options: Namespace) -> int:
    enrolling.invite(
        desk,
        options.output,
        device_class=options.device_class,
        agency=options.agency,
        user=_person(desk, options),
    )
    print(f"Wrote {options.output}. Take it to the new computer and run: leadapp join")
    return GOOD


def _approve(desk: Desk, options: Namespace) -> int:
    unknown = sorted(set(options.role) - set(Role))
    if unknown:
        raise Refusal("cli.no_such_role", role=unknown[0], roles=", ".join(Role))
    typed = options.words
    if typed is None:
        request = enrolling.look_at(options.file)
        print(f"{request.name} asks for a {request.device_class} computer {request.agency}.")
        if owner := enrolling.owner_of(desk, request):
            print(f"It is to be a further computer of {owner}.")
        typed = _asked("The six words that computer shows: ")
    enrolling.approve(
        desk,
        options.file,
        words=typed,
        roles={Role(role) for role in options.role},
        agency=options.agency,
        admit=[RingId(ring) for ring in options.admit],
        further_of=_person(desk, options),
    )
    print("Let in. Exchange now, so that the other computer learns it.")
    return GOOD


def _person(desk: Desk, options: Namespace) -> UserId | None:
    return enrolling.user_called(desk, options.person) if options.person else None


def _asked(question: str) -> str:
    try:
        return input(question)
    except EOFError as cause:
        raise Refusal("services.words_differ") from cause


def _revoke(desk: Desk, options: Namespace) -> int:
    root_code = _asked("The code on the root page: ") if options.by_root else ""
    lost = enrolling.revoke(
        desk,
        DeviceId(options.device),
        options.reason,
        anyway=options.anyway,
        root_code=root_code,
    )
    print("Shut out. Exchange over every target now: until then the others do not know.")
    if lost:
        print(f"Nothing that computer wrote in these rings counts any more: {', '.join(lost)}.")
    return GOOD


def _appoint(desk: Desk, options: Namespace) -> int:
    enrolling.appoint(desk, DeviceId(options.device), _asked("The code on the root page: "))
    print("It is a coordinator's computer now. Exchange, so that the others learn it.")
    return GOOD


def _hand_over(desk: Desk, options: Namespace) -> int:
    for path in leaving.hand_over(desk, options.output):
        print(f"Wrote {path}. Bring it to a coordinator, who may adopt it.")
    return GOOD


def _adopt(desk: Desk, options: Namespace) -> int:
    report = leaving.adopt(desk, options.file, options.reason)
    print("Adopted: what is in this file counts now, and what that computer wrote before it.")
    print(taken_in(report))
    return GOOD


def _wipe(desk: Desk, options: Namespace) -> int:
    leaving.wipe(desk, anyway=options.anyway)
    print("The keys and records of the program are gone from this computer.")
    return GOOD


def redact(desk: Desk, options: Namespace) -> int:
    """Empty a record by order."""
    ring, record = RingId(options.ring), RecordId(options.record)
    count = redacting.redact(desk, ring, record, options.reason)
    emptied = "1 entry" if count == 1 else f"{count:,} entries"
    print(f"Emptied {emptied}. Exchange, so that the other computers do the same.")
    return GOOD


def join(options: Namespace) -> int:
    """Make a program folder from an invitation, and the request that answers it."""
    joiner = joining.Joiner(options.name, read_password(options.password_file))
    said = joining.join(
        options.folder, options.invitation, joiner, options.output, clock=SystemClock()
    )
    print(f"Wrote {options.output}. Take it to the coordinator, and read these words out:")
    print(said)
    return GOOD


DEVICE: dict[str, Action] = {
    "list": _devices,
    "merged": _merged,
    "notices": _notices,
    "invite": _invite,
    "approve": _approve,
    "appoint": _appoint,
    "revoke": _revoke,
    "hand-over": _hand_over,
    "adopt": _adopt,
    "wipe": _wipe,
}
