"""Runs one command and turns what went wrong into a sentence and an exit code.

0 is good, 1 refused (a sentence on stderr), 2 wrong use (argparse's own).
"""

from __future__ import annotations

import sys
from argparse import Namespace

from leadapp.cli.commands import BY_NAME, GOOD, REFUSED, words
from leadapp.cli.exchange_commands import EXCHANGE
from leadapp.core.errors import LeadappError, Refusal


def run(options: Namespace) -> int:
    """Do the command in ``options``; return the exit code."""
    try:
        return (BY_NAME | EXCHANGE)[options.command](options)
    except LeadappError as error:
        _say(error)
        return REFUSED
    except BrokenPipeError:  # the reader of our output has seen enough
        return GOOD
    except KeyboardInterrupt:
        print("Stopped. What was finished before is kept.", file=sys.stderr)
        return REFUSED


def no_screen() -> int:
    """Say that the window has nowhere to open."""
    print(words().say("cli.no_screen"), file=sys.stderr)
    return REFUSED


def _say(error: LeadappError) -> None:
    said = words()
    print(said.of(error), file=sys.stderr)
    if isinstance(error, Refusal):
        for problem in error.problems:
            print(f"  {problem.place.path or ''} {said.of(problem)}".rstrip(), file=sys.stderr)
