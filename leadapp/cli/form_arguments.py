"""The words of ``leadapp forms``, ``print``, ``export`` and ``convert``."""

from __future__ import annotations

import argparse
from pathlib import Path

from leadapp.cli.parsers import Kinds, add_command, asks_folder, asks_who


def form_commands(kinds: Kinds[argparse.ArgumentParser]) -> None:
    """Add the commands to ``kinds``."""
    _forms(kinds)
    _print(kinds)
    _export(kinds)
    _convert(kinds)


def _forms(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(
        kinds, "forms", "List the forms in use, add one, approve one, retire one."
    )
    asks_folder(command)
    acts = command.add_subparsers(dest="act", metavar="ACT", required=True)
    listed = add_command(acts, "list", "List the forms in use and those that wait.")
    added = add_command(acts, "add", "Check a form and let it wait for approval.")
    added.add_argument("file", type=Path, metavar="FORM_FILE")
    approved = add_command(acts, "approve", "Put a form that waits in use.")
    approved.add_argument("form", metavar="FORM", help="the form's id")
    approved.add_argument("--why", required=True, metavar="WORDS", help="kept with the form")
    approved.add_argument(
        "--rings", default="", metavar="RINGS", help='where its records lie: "law:law office:care"'
    )
    approved.add_argument(
        "--was",
        action="append",
        default=[],
        metavar="NEW=OLD",
        help="a question that had another name before; answers follow it",
    )
    retired = add_command(acts, "retire", "Take a form out of use; its records stay.")
    retired.add_argument("form", metavar="FORM", help="the form's id")
    retired.add_argument("--why", required=True, metavar="WORDS", help="kept with the form")
    chosen = add_command(acts, "choose", "Say which of two approved versions is used.")
    chosen.add_argument("form", metavar="FORM", help="the form's id")
    chosen.add_argument("version", metavar="VERSION", help="or the first letters of its hash")
    chosen.add_argument("--why", required=True, metavar="WORDS", help="kept with the form")
    back = add_command(acts, "send-back", "Let a form wait no longer; nothing in use changes.")
    back.add_argument("form", metavar="FORM", help="the form's id")
    back.add_argument("--why", default="", metavar="WORDS", help="kept with the form")
    for act in (listed, added, approved, retired, chosen, back):
        asks_who(act)


def _print(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "print", "Write a record's paper, or a form to fill in by hand.")
    asks_folder(command)
    command.add_argument("what", metavar="RECORD|FORM", help="a record's or a form's id")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.pdf")
    asks_who(command)


def _export(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "export", "Write a form's records as tables.")
    asks_folder(command)
    command.add_argument("form", metavar="FORM", help="the form's id")
    command.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.csv|FILE.xlsx")
    asks_who(command)


def _convert(kinds: Kinds[argparse.ArgumentParser]) -> None:
    command = add_command(kinds, "convert", "Convert form.md to form.xlsx, or back.")
    command.add_argument("source", type=Path, metavar="FORM_FILE")
    command.add_argument("target", type=Path, metavar="FILE.md|FILE.xlsx")
