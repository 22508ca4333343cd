"""Bytes of a PDF to a printer or a file a person chooses; nothing is kept by the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.files import write_whole
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

Done = Callable[[], None]
Failed = Callable[[LeadappError], None]


def save_pdf(
    parent: QWidget, work: Work, pdf: bytes, name: str, done: Done, failed: Failed
) -> None:
    """Ask where to, and write it there."""
    chosen, _ = QFileDialog.getSaveFileName(parent, tr("Save PDF"), name, "PDF (*.pdf)")
    if not chosen:
        return
    path = Path(chosen)
    work.run(Lane.CRYPTO, lambda: write_whole(path, pdf), lambda _: done(), failed, owner=parent)


def print_pdf(
    parent: QWidget, work: Work, pdf: bytes, title: str, done: Done, failed: Failed
) -> None:
    """Ask for the printer, then draw the pages off this thread and send them."""
    from leadapp.ui import printer  # loads what printing needs, when it is first needed

    try:
        chosen = printer.ask_printer(parent, tr("Print {title}", title=title))
    except Refusal as refusal:
        failed(refusal)
        return
    if chosen is None:
        return
    work.run(
        Lane.CRYPTO,
        lambda: printer.print_on(pdf, chosen, title),
        lambda _pages: done(),
        failed,
        owner=parent,
    )
