"""The progress line: drawn over itself on a terminal, absent from a file."""

from __future__ import annotations

import io

from leadapp.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def last_line(drawn: str) -> str:
    """Return what a person sees in the end: a carriage return starts the line anew."""
    shown = ""
    for part in drawn.split("\r"):
        shown = part + shown[len(part) :]
    return shown.rstrip()


def test_a_terminal_shows_how_far_it_is():
    terminal = Terminal()
    with Progress(terminal) as progress:
        progress.show("Contacts", 5, 10)
        assert last_line(terminal.getvalue()).endswith("5 of 10")
        progress.show("Contacts", 1_000, 1_000)
        assert "1,000 of 1,000" in last_line(terminal.getvalue())
    assert last_line(terminal.getvalue()) == ""


def test_nothing_is_drawn_into_a_file():
    file = io.StringIO()
    with Progress(file) as progress:
        progress.show("Contacts", 5, 10)
    assert file.getvalue() == ""


def test_nothing_to_do_is_all_done():
    terminal = Terminal()
    with Progress(terminal) as progress:
        progress.show("Contacts", 0, 0)
        assert "####" in terminal.getvalue()
