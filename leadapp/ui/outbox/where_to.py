"""Asks a person where papers go: a file, a folder, a printer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from leadapp.ui.printer import ask_printer
from leadapp.ui.words import tr


class WhereTo:
    """The dialogs of the system; each answers ``None`` when the person thought better of it."""

    def file(self, parent: QWidget, name: str) -> Path | None:
        """Ask for a file to save a PDF as."""
        kinds = tr("PDF (*.pdf)")
        path, _kind = QFileDialog.getSaveFileName(parent, tr("Save PDF"), name, kinds)
        return Path(path) if path else None

    def folder(self, parent: QWidget) -> Path | None:
        """Ask for a folder, such as a stick."""
        path = QFileDialog.getExistingDirectory(parent, tr("Copy the papers into"))
        return Path(path) if path else None

    def printer(self, parent: QWidget, title: str) -> QPrinter | None:
        """Ask for a printer; Refusal where there is none."""
        return ask_printer(parent, title)
