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
        """Say that ``done`` of ``total`` of ``what`` is through."""
        share = done / total if total else 1.0
        bar = "#" * round(share * _BAR)
        self._draw(f"{what:<18} [{bar:<{_BAR}}] {done:,} of {total:,}")

    def count(self, what: str, done: int) -> None:
        """Say that ``done`` of ``what`` are through, where nobody knows how many there are."""
        self._draw(f"{what:<18} {done:,}" if done else what)

    def _draw(self, line: str) -> None:
        if not self._stream.isatty() or line == self._drawn:
            return
        self._stream.write("\r" + line.ljust(len(self._drawn)) + ("" if line else "\r"))
        self._stream.flush()
        self._drawn = line
