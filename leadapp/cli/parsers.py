"""What many commands take alike: the program folder, who asks, and the password."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any  # what argparse gives differs from version to version

Kinds = argparse._SubParsersAction  # noqa: SLF001 - it has no public name
"""The type argparse gives its own answer."""

_ID = re.compile(r"-[A-Za-z0-9_-]{21}")


class Parser(argparse.ArgumentParser):
    """Takes a record's or a computer's id for what it is: one of 64 begins with a dash."""

    def _parse_optional(self, arg_string: str) -> Any:
        if _ID.fullmatch(arg_string) and arg_string not in self._option_string_actions:
            return None  # as for whatever begins with no dash
        return super()._parse_optional(arg_string)


def add_command(
    kinds: Kinds[argparse.ArgumentParser], name: str, words: str
) -> argparse.ArgumentParser:
    """Add a command to ``kinds``."""
    return kinds.add_parser(name, help=words, description=words, allow_abbrev=False)


def asks_folder(of: argparse.ArgumentParser) -> None:
    """Let a command ask for the program folder."""
    of.add_argument("folder", type=Path, metavar="DIR", help="the program folder")


def asks_who(of: argparse.ArgumentParser) -> None:
    """Let a command ask who unlocks, and how it gets the password."""
    of.add_argument("--user", required=True, metavar="NAME", help="who you are")
    asks_password(of)


def asks_password(of: argparse.ArgumentParser) -> None:
    """Let a command ask how it gets the password."""
    of.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="read the password from FILE; without it you are asked",
    )
