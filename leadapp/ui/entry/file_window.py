"""An attached file looked at in our own window: it never lies on the disk in clear."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.attachments import Attachment
from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.forms.media import PDF
from leadapp.ui.entry import pictures
from leadapp.ui.entry.files import Files
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_SHARP = 1600
_MOST_PAGES = 40
_STEP = 1.25


class FileWindow(QDialog):
    """``FileWindow(parent, files, attachment, words)``; Esc closes it."""

    def __init__(self, parent: QWidget, files: Files, attachment: Attachment, words: Words) -> None:
        super().__init__(parent)
        self._words = words
        self._zoom = 1.0
        self.sheets: list[_Sheet] = []
        look = theme()
        self.setWindowTitle(attachment.file)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setSpacing(look.px(10))
        self.said = Label(tr("Opening {file}", file=attachment.file), tone="text2", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self.said, 1)
        for name, icon, key, act in (
            (tr("Smaller"), "zoom-out", "Ctrl+-", lambda: self.zoom(1 / _STEP)),
            (tr("Larger"), "zoom-in", "Ctrl++", lambda: self.zoom(_STEP)),
            (tr("Close"), "x", "Esc", self.reject),
        ):
            button = Button(name, icon=icon, small=True, key=key)
            if key != "Esc":  # Esc is the window's own
                button.setShortcut(key)
            button.clicked.connect(act)
            head.addWidget(button)
        column.addLayout(head)
        self._scroll = Scroll(stretch=True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setAccessibleName(attachment.file)
        column.addWidget(self._scroll, 1)
        files.draw(
            attachment, lambda data: _pages(data, attachment), self._came, self._failed, self
        )

    def zoom(self, by: float) -> None:
        """Show it larger or smaller."""
        self._zoom = min(4.0, max(0.2, self._zoom * by))
        for sheet in self.sheets:
            sheet.set_zoom(self._zoom)

    def _came(self, pages: list[QImage]) -> None:
        if not pages:
            self.said.setText(tr("This file cannot be shown"))
            return
        name, count = self.windowTitle(), len(pages)
        many = tr("{file}, {count} pages", file=name, count=count)
        self.said.setText(name if count == 1 else many)
        for page in pages:
            sheet = _Sheet(page, self._scroll.viewport().width() - theme().px(20))
            self.sheets.append(sheet)
            self._scroll.body.addWidget(sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._scroll.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: LeadappError) -> None:
        self.said.setText(self._words.of(error))


class _Sheet(QWidget):
    def __init__(self, image: QImage, room: int) -> None:
        super().__init__()
        self._image, self._zoom = image, min(1.0, room / max(1, image.width()))
        self._fitted = self._zoom
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_zoom(self, zoom: float) -> None:
        self._zoom = self._fitted * zoom
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self._image.size() * self._zoom

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.rect(), self._image)


def open_file(parent: QWidget, files: Files, attachment: Attachment, words: Words) -> FileWindow:
    """Show a file over the window it was opened from."""
    window = FileWindow(parent.window(), files, attachment, words)
    screen = QGuiApplication.primaryScreen().availableSize()
    look = theme()
    window.resize(min(look.px(860), screen.width() - 60), min(look.px(640), screen.height() - 80))
    window.open()
    return window


def _pages(data: bytes, attachment: Attachment) -> list[QImage]:
    if attachment.type == PDF:
        return pictures.pdf_pages(data, _SHARP, most=_MOST_PAGES)
    image = pictures.preview(data, attachment.type, _SHARP)
    return [image] if image is not None else []
