"""A progress line on a terminal; silent where output goes to a file."""

from __future__ import annotations

from types import TracebackType
from typing import TextIO

_BAR = 24


class Progress:
    """Shows one line that is drawn over itself, and clears it at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._drawn = ""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._draw("")

    def show(self, what: str, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` of ``what`` is through; 0 in all is not known yet."""
        bar = "#" * round((done / total if total else 0.0) * _BAR)
        count = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
        self._draw(f"{what:<18} [{bar:<{_BAR}}] {count}".rstrip())

    def _draw(self, line: str) -> None:
        if not self._stream.isatty() or line == self._drawn:
            return
        self._stream.write("\r" + line.ljust(len(self._drawn)) + ("" if line else "\r"))
        self._stream.flush()
        self._drawn = line
