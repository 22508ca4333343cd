"""Putting a PDF on paper: who prints is asked once, pages are drawn one after the other."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from leadapp.core.errors import Refusal
from leadapp.services import previewing

_DPI = 300
_POINTS = 72


def has_printer() -> bool:
    """Return whether this computer has any printer."""
    return bool(QPrinterInfo.availablePrinterNames())


def choose_printer(parent: QWidget) -> QPrinter | None:
    """Return the default printer, or the one a person chooses; ``None`` when they do not."""
    info = QPrinterInfo.defaultPrinter()
    if not info.isNull():
        return letter(QPrinter(info, QPrinter.PrinterMode.HighResolution))
    return ask_printer(parent)


def ask_printer(parent: QWidget, title: str = "") -> QPrinter | None:
    """Return the printer a person chooses, ``None`` for none; Refusal where there is none."""
    if not has_printer():
        raise Refusal("ui.no_printer")
    printer = letter(QPrinter(QPrinter.PrinterMode.HighResolution))
    dialog = QPrintDialog(printer, parent)
    if title:
        dialog.setWindowTitle(title)
    chosen = bool(dialog.exec())
    dialog.deleteLater()
    return printer if chosen else None


def letter(printer: QPrinter) -> QPrinter:
    """Set a printer to whole US letter pages."""
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.Letter),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    printer.setFullPage(True)
    return printer


def print_on(pdf: bytes, printer: QPrinter, title: str) -> int:
    """Print every page; return how many there were. Any lane but the window's."""
    printer.setDocName(title)
    sizes = previewing.page_sizes(pdf)
    painter = QPainter()
    if not painter.begin(printer):
        raise Refusal("ui.cannot_print")
    try:
        dots = printer.resolution() / _POINTS
        for page, (width, height) in enumerate(sizes):
            if page:
                printer.newPage()
            picture = previewing.draw_page(pdf, page, min(_DPI, printer.resolution()) / _POINTS)
            image = QImage(
                picture.rgba,
                picture.width,
                picture.height,
                picture.width * 4,
                QImage.Format.Format_RGBA8888,
            )
            painter.drawImage(QRectF(0, 0, width * dots, height * dots), image)
    finally:
        painter.end()
    return len(sizes)
