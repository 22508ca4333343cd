"""What many commands take alike: the program folder, who asks, and the password."""

from __future__ import annotations

import argparse
from pathlib import Path

Kinds = argparse._SubParsersAction  # noqa: SLF001 - it has no public name
"""The type argparse gives its own answer."""


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
