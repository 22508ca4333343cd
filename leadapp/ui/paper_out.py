"""Bytes of a PDF to a printer or a file a person chooses; nothing is kept by the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.files import write_whole
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_POINTS_AN_INCH = 72
_DOTS_AN_INCH = 200
"""Fine enough for small print, and a page stays a picture of a few megabytes."""

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
    """Draw the pages off this thread, then ask for the printer and send them."""

    def job() -> list[QImage]:
        from leadapp.services import previewing  # loaded on its lane, when first needed

        scale = _DOTS_AN_INCH / _POINTS_AN_INCH
        found = []
        for page in range(len(previewing.page_sizes(pdf))):
            drawn = previewing.draw_page(pdf, page, scale)
            image = QImage(
                drawn.rgba,
                drawn.width,
                drawn.height,
                drawn.width * 4,
                QImage.Format.Format_RGBA8888,
            )
            found.append(image.copy())
        return found

    def drawn(pages: list[QImage]) -> None:
        try:
            sent = _send(parent, pages, title)
        except Refusal as refusal:
            failed(refusal)
            return
        if sent:
            done()

    work.run(Lane.READER, job, drawn, failed, owner=parent)


def _send(parent: QWidget, pages: list[QImage], title: str) -> bool:
    """Ask for the printer; False when the person thought better of it."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        raise Refusal("ui.no_printer")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(tr("Print {title}", title=title))
    if not dialog.exec():
        return False
    painter = QPainter(printer)
    area = QRectF(printer.paperRect(QPrinter.Unit.DevicePixel))
    for number, page in enumerate(pages):
        if number:
            printer.newPage()
        painter.drawImage(area, page, QRectF(page.rect()))
    painter.end()
    return True
