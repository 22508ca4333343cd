"""The words of the commands that exchange with other computers: each has actions of its own."""

from __future__ import annotations

import argparse
from pathlib import Path

from leadapp.cli.parsers import Kinds, add_command, asks_folder, asks_password, asks_who


def add_exchange(kinds: Kinds[argparse.ArgumentParser]) -> None:
    """Add ``target``, ``sync``, ``bundle``, ``device``, ``join`` and ``redact``."""
    _target(kinds)
    _sync(kinds)
    _bundle(kinds)
    _device(kinds)
    _join(kinds)
    _redact(kinds)


def _command(
    kinds: Kinds[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    made = add_command(kinds, name, words)
    asks_folder(made)
    return made


def _actions(command: argparse.ArgumentParser) -> Kinds[argparse.ArgumentParser]:
    return command.add_subparsers(dest="action", metavar="ACTION", required=True)


def _action(
    actions: Kinds[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    made = add_command(actions, name, words)
    asks_who(made)
    return made


def _target(kinds: Kinds[argparse.ArgumentParser]) -> None:
    actions = _actions(_command(kinds, "target", "Say through which places to exchange."))
    add = _action(actions, "add", "Add a folder, an SFTP server or an S3 bucket; it is tried out.")
    add.add_argument("name", metavar="NAME", help="what to call it")
    add.add_argument(
        "address",
        metavar="URL|PATH",
        help="a folder, sftp://name@host/folder or s3://bucket/folder",
    )
    add.add_argument(
        "--ring",
        nargs="+",
        default=[],
        metavar="RING",
        help="only these rings; without it every ring but those of people in care",
    )
    add.add_argument(
        "--carry", action="store_true", help="carry what other computers wrote there too"
    )
    _server(add)
    _action(actions, "list", "List the targets of this computer.")
    for name, words in (
        ("test", "See that a target can be reached and written."),
        ("remove", "Exchange through a target no longer; what lies there stays."),
    ):
        _action(actions, name, words).add_argument("name", metavar="NAME")


def _server(add: argparse.ArgumentParser) -> None:
    """Add what only servers need. Secrets come from files or are asked for, never as words."""
    add.add_argument(
        "--secret-file",
        type=Path,
        metavar="FILE",
        help="SFTP: the password is in FILE; S3: the access key and the secret, a line each;"
        " without it you are asked",
    )
    add.add_argument("--key-file", type=Path, metavar="FILE", help="SFTP: sign in by this key")
    add.add_argument(
        "--host-key",
        metavar="KEY",
        help="SFTP: the host's key as its keeper gave it, such as 'ssh-ed25519 SHA256:...';"
        " without it you are shown the key and asked",
    )
    add.add_argument(
        "--endpoint", default="", metavar="URL", help="S3: the server; without it Amazon's"
    )
    add.add_argument("--region", default="", metavar="NAME", help="S3: the region")
    add.add_argument(
        "--ca-file", type=Path, metavar="FILE", help="S3: the county's own authority, as PEM"
    )


def _sync(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = _command(kinds, "sync", "Exchange with the other computers.")
    command.add_argument("--target", metavar="NAME", help="only this target")
    asks_who(command)


def _bundle(kinds: Kinds[argparse.ArgumentParser]) -> None:
    actions = _actions(_command(kinds, "bundle", "Exchange by a file, such as in a mail."))
    export = _action(actions, "export", "Write what has not been handed on yet as a file.")
    export.add_argument(
        "--ring",
        required=True,
        metavar="RING",
        help="shared, supply, care, law-AGENCY, refer-AGENCY or sys",
    )
    export.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE.dvb",
        help="the file; in a folder it is named by the day",
    )
    export.add_argument("--all", action="store_true", help="everything, not only what is new")
    export.add_argument("--mail", action="store_true", help="as letters, for a mail")
    for name, words in (
        ("import", "Take a file in; twice changes nothing."),
        ("inspect", "Say what a file carries, and take nothing."),
    ):
        _action(actions, name, words).add_argument(
            "file", type=Path, metavar="FILE", help="what came by mail or by hand"
        )


def _device(kinds: Kinds[argparse.ArgumentParser]) -> None:
    actions = _actions(_command(kinds, "device", "Say which computers are in the program."))
    _action(actions, "list", "List the computers.")
    invite = _action(actions, "invite", "Write an invitation for a new computer.")
    invite.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help="the invitation; it is not secret",
    )
    invite.add_argument(
        "--class",
        dest="device_class",
        choices=("law", "office"),
        required=True,
        help="for ever; a law computer never holds records of people in care",
    )
    invite.add_argument("--agency", default="", metavar="AGENCY", help="of a law computer")
    _of_a_person(invite)
    approve = _action(actions, "approve", "Let a computer in whose six words were compared.")
    approve.add_argument(
        "file", type=Path, metavar="REQUEST_FILE", help="what the new computer wrote"
    )
    approve.add_argument(
        "--role",
        nargs="+",
        default=[],
        metavar="ROLE",
        help="of its user: deputy, law_supervisor or administrator at a law computer; at an office also case_manager, coordinator, stock_manager, report_clerk, auditor",
    )
    approve.add_argument("--agency", default="", metavar="AGENCY", help="of its user")
    approve.add_argument(
        "--admit",
        nargs="+",
        default=[],
        metavar="RING",
        help="what an office computer may hold by the county's word only: care, law-AGENCY",
    )
    approve.add_argument("--words", metavar="WORDS", help="without them you are asked")
    _of_a_person(approve)
    revoke = _action(actions, "revoke", "Shut a computer out for good.")
    revoke.add_argument("device", metavar="DEVICE", help="its id, as in the list")
    revoke.add_argument(
        "--reason", required=True, metavar="WHY", help="kept with it, for others to read"
    )
    revoke.add_argument(
        "--anyway", action="store_true", help="also where some of its rings are not open here"
    )
    revoke.add_argument(
        "--by-root", action="store_true", help="a coordinator's: you are asked for the root page"
    )
    _more_about_devices(actions)


def _of_a_person(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--person", metavar="NAME", help="a further computer of somebody in the program"
    )


def _more_about_devices(actions: Kinds[argparse.ArgumentParser]) -> None:
    _action(actions, "merged", "Say when each computer last merged, and what waits for it.")
    notices = _action(actions, "notices", "List what a coordinator should know.")
    notices.add_argument("--seen", action="store_true", help="and take it as seen")
    appoint = _action(actions, "appoint", "Make an office computer a coordinator's.")
    appoint.add_argument("device", metavar="DEVICE", help="its id, as in the list")
    hand_over = _action(actions, "hand-over", "Once shut out: write your work as a file.")
    hand_over.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE.dvb",
        help="bring it to a coordinator",
    )
    adopt = _action(actions, "adopt", "Let the work in a shut-out computer's file count.")
    adopt.add_argument("file", type=Path, metavar="FILE", help="what that computer handed over")
    adopt.add_argument(
        "--reason", required=True, metavar="WHY", help="kept with it, for others to read"
    )
    wipe = _action(actions, "wipe", "Once shut out: forget keys and records on this computer.")
    wipe.add_argument("--anyway", action="store_true", help="also what nobody else has")


def _redact(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = _command(kinds, "redact", "Empty a record on every computer, by order.")
    command.add_argument(
        "--ring", required=True, metavar="RING", help="where it lies, such as care or refer-AGENCY"
    )
    command.add_argument("--record", required=True, metavar="RECORD", help="its number")
    command.add_argument("--reason", required=True, metavar="WHY", help="who ordered it, and why")
    asks_who(command)


def _join(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = _command(kinds, "join", "Make a program folder from an invitation.")
    command.add_argument(
        "invitation", type=Path, metavar="INVITE_FILE", help="what the coordinator wrote"
    )
    command.add_argument("--name", required=True, metavar="NAME", help="who you are")
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="REQUEST_FILE",
        help="the answer for the coordinator; it is not secret",
    )
    asks_password(command)
