"""Where the program starts: the command line when a command is given, else the window."""

from __future__ import annotations

from leadapp.cli.arguments import parser


def main(arguments: list[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    options = parser().parse_args(arguments)
    if options.command is None:
        # Each door is loaded only when it is used: imports are most of the start-up time.
        from leadapp.ui.start import open_window

        return open_window(options.program)
    from leadapp.cli.run import run

    return run(options)
