"""Where the program starts: the command line when a command is given, else the window."""

from __future__ import annotations

import gc
import os
import sys

from leadapp.cli.arguments import parser

_YOUNG = 20_000
"""Objects made before Python looks for circles among them: records come and go without any."""


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    look_for_circles_seldom()
    options = parser().parse_args(arguments)
    if options.command is None and not has_screen():
        from leadapp.cli.run import no_screen

        return no_screen()
    if options.command is None:
        # Each door is loaded only when it is used: imports are most of the start-up time.
        from leadapp.ui.start import open_window

        return open_window(options.program)
    from leadapp.cli.run import run

    return run(options)


def has_screen() -> bool:
    """Return whether a window has somewhere to open: without, Qt on Linux would end us with a dump."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def look_for_circles_seldom() -> None:
    """Spare what makes many objects a sixteenth of its time, as taking in ten years of entries."""
    gc.set_threshold(_YOUNG)
