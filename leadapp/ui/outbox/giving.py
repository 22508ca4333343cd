"""One paper out of the outbox: into a file with a password, or onto a printer.

Each step runs on its own lane, so that a slow stick or printer never holds up saving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter

from leadapp.core.files import write_whole
from leadapp.core.ids import RecordId
from leadapp.services import outbox
from leadapp.services.desk import Desk
from leadapp.services.outbox import Document
from leadapp.ui.outbox.several import DoOne, Then
from leadapp.ui.printer import print_on
from leadapp.ui.work import Lane, Work

T = TypeVar("T")
_LETTERS = 8


class Giving:
    """``copying(folder, names, password)`` and ``printing(printer)`` do one paper each."""

    def __init__(self, desk: Desk, work: Work, owner: QObject) -> None:
        self._desk, self._work, self._owner = desk, work, owner

    @staticmethod
    def file_name(one: Document) -> str:
        """Return a name that says nothing of what is in it."""
        return f"{one.record[:_LETTERS]}.pdf"

    def copying(self, folder: Path, names: Mapping[RecordId, str], password: str) -> DoOne:
        """Write each into ``folder`` under its name; then it counts as handed over."""
        desk = self._desk

        def copy(one: Document, then: Then) -> None:
            def handed() -> None:
                if one.state == "made":
                    outbox.handed_over(desk, one)

            def written(_none: None) -> None:
                self._run(Lane.WRITER, handed, lambda _none: then(None), then)

            def opened(pdf: bytes) -> None:
                file = folder / names[one.record]
                self._run(Lane.AWAY, lambda: write_whole(file, pdf), written, then)

            self._run(Lane.WRITER, lambda: outbox.hand_over(desk, one, password), opened, then)

        return copy

    def printing(self, printer: QPrinter) -> DoOne:
        """Print each as a job of its own."""
        desk = self._desk

        def print_one(one: Document, then: Then) -> None:
            def opened(pdf: bytes) -> None:
                self._run(
                    Lane.CRYPTO,
                    lambda: print_on(pdf, printer, one.what),
                    lambda _pages: then(None),
                    then,
                )

            self._run(Lane.WRITER, lambda: outbox.open_document(desk, one), opened, then)

        return print_one

    def _run(
        self, lane: Lane, job: Callable[[], T], done: Callable[[T], None], failed: Then
    ) -> None:
        self._work.run(lane, job, done, failed, owner=self._owner)
