"""Passwords on the command line: from a prompt or a file, never from an argument.

A phone's digits, where an account asks for them, come from the prompt or a pipe.
"""

from __future__ import annotations

import getpass
import sys
import warnings
from pathlib import Path

from leadapp.core.errors import Refusal


def read_password(file: Path | None) -> str:
    """Return the first line of ``file``, or what is typed at the prompt."""
    if file is None:
        return _typed()
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as cause:
        raise Refusal("cli.cannot_read", file=str(file)) from cause
    if not lines or not lines[0]:
        raise Refusal("cli.no_password")
    return lines[0]


def read_digits() -> str:
    """Return the six digits of a phone, typed or from a pipe: they hold for half a minute."""
    print("Six digits from your phone: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _typed() -> str:
    """Return what is typed unseen, or the next line of the pipe where there is no terminal."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass("Password: ")
        except EOFError as cause:
            raise Refusal("cli.no_password") from cause
        except getpass.GetPassWarning:
            line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise Refusal("cli.no_password")
    return line
