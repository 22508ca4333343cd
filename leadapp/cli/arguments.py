"""The command line's words: which commands there are and what they take.

Kept apart from what the commands do, so that opening the window does not load them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from leadapp import __version__
from leadapp.cli.exchange_arguments import add_exchange
from leadapp.cli.form_arguments import form_commands
from leadapp.cli.parsers import Kinds, Parser, add_command, asks_folder, asks_who
from leadapp.cli.stock_arguments import stock


def parser() -> argparse.ArgumentParser:
    """Return the parser; ``command`` is the command's name, ``None`` for the window."""
    top: argparse.ArgumentParser = Parser(
        prog="leadapp",
        description="Offline records for county LEAD, CIT and naloxone programs.",
        epilog="With no command the window opens.",
        allow_abbrev=False,  # else --password would be taken for --password-file
    )
    top.add_argument("--version", action="version", version=f"leadapp {__version__}")
    top.add_argument(
        "--program", type=Path, metavar="DIR", help="the program folder the window opens"
    )
    kinds = top.add_subparsers(dest="command", metavar="COMMAND")
    _demo(kinds)
    _report(kinds)
    _submit(kinds)
    _show(kinds)
    _check(kinds)
    form_commands(kinds)
    stock(kinds)
    _log(kinds)
    _verify(kinds)
    _backup(kinds)
    _restore(kinds)
    add_exchange(kinds)
    return top


def _demo(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "demo", "Make a made-up county up to last month.")
    command.add_argument("folder", type=Path, metavar="DIR", help="a folder that does not exist")
    command.add_argument(
        "--people", type=_count, default=120, metavar="N", help="in the program; 120"
    )
    command.add_argument(
        "--contacts", type=_count, default=600, metavar="N", help="crisis contacts; 600"
    )
    command.add_argument(
        "--months", type=_count, default=14, metavar="M", help="back from last month; 14"
    )
    command.add_argument(
        "--seed", type=int, default=1, metavar="S", help="another one makes another county"
    )


def _report(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "report", "Write a report as PDF, or its figures as JSON.")
    asks_folder(command)
    command.add_argument(
        "report", choices=("monthly", "naloxone"), metavar="REPORT", help="monthly or naloxone"
    )
    command.add_argument(
        "--period",
        required=True,
        metavar="PERIOD",
        help="2026-10, 2026-Q3, 2026, FY2027-07, 2026-10-YTD, 2026-10-01..2026-10-15",
    )
    command.add_argument("--for", dest="funder", metavar="FUNDER", help="the copy for one funder")
    command.add_argument(
        "--publication",
        action="store_true",
        help="the copy for everybody; you say that you have read every page of it",
    )
    command.add_argument("--json", action="store_true", help="print the figures as JSON")
    command.add_argument("-o", "--output", type=Path, metavar="FILE.pdf")
    asks_who(command)


def _submit(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "submit", "Finish a form with the answers of a JSON file.")
    asks_folder(command)
    asks_who(command)
    command.add_argument("form", metavar="FORM", help="the form's id, such as cit_contact")
    command.add_argument("answers", type=Path, metavar="ANSWERS.json")


def _show(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "show", "Print a record.")
    asks_folder(command)
    asks_who(command)
    command.add_argument("record", metavar="RECORD", help="the record's id")
    command.add_argument("--json", action="store_true", help="print it as JSON")
    command.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="write its paper")


def _check(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "check", "Say what is wrong with form files.")
    command.add_argument("files", type=Path, nargs="+", metavar="FORM_FILE")


def _log(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "log", "Print who opened, searched, printed or took out what.")
    asks_folder(command)
    asks_who(command)
    command.add_argument("--ring", required=True, metavar="RING", help="care, law-sheriff, ...")
    command.add_argument(
        "--period", required=True, metavar="PERIOD", help="2026-10 or 2026-10-01..2026-10-15"
    )
    command.add_argument("-o", "--output", type=Path, metavar="FILE.pdf", help="write its paper")


def _verify(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(
        kinds, "verify", "Check chains, seals, sums, and that a rebuild equals what is live."
    )
    asks_folder(command)
    asks_who(command)


def _backup(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "backup", "Write a backup of the program.")
    asks_folder(command)
    asks_who(command)
    command.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FOLDER",
        help="where to; without it the program's own backups",
    )


def _restore(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "restore", "Put a backup back into a program folder.")
    command.add_argument(
        "backup", type=Path, metavar="BACKUP", help="a folder whose name begins with backup"
    )
    command.add_argument("folder", type=Path, metavar="DIR")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) > 0):
        raise argparse.ArgumentTypeError("give a whole number, 1 or more")
    return int(text)
