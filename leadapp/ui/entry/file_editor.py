"""A file as an answer: picked or dropped, shown small, opened in our own window, removed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.attachments import Attachment, read_attachment
from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.forms.media import MOST_MEGABYTES, PDF, taken
from leadapp.forms.state import State
from leadapp.ui.entry.editor import Editor
from leadapp.ui.entry.file_window import open_file
from leadapp.ui.entry.files import NewFiles
from leadapp.ui.entry.pictures import Ready
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.drawing import draw_box, draw_icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

SMALL = 72
_PICTURES = "*.png *.jpg *.jpeg *.gif *.bmp *.webp"


class FileEditor(Editor):
    """A picture or a PDF."""

    def __init__(self, state: State, files: NewFiles, words: Words) -> None:
        self._files, self._words = files, words
        self._takes = taken(state.control.mediatype if state.control else "")
        self._value = ""
        self.attachment: Attachment | None = None
        self.holder = _Holder(pdf=PDF in self._takes)
        super().__init__(self.holder)
        self.holder.choose.clicked.connect(self._choose)
        self.holder.open.clicked.connect(self._open)
        self.holder.remove.clicked.connect(self._remove)
        self.holder.dropped.connect(self.take)

    def show(self, state: State) -> None:
        """Show which file it is; its small picture is fetched."""
        if state.value == self._value:
            return
        self._value = state.value
        self.attachment = read_attachment(state.value)
        self._settle()

    def take(self, path: str) -> None:
        """Read a file from the disk, check it, and answer with it."""
        self.holder.say(tr("Reading {file}", file=Path(path).name), tone="text2")
        self._files.read(Path(path), self._takes, self._ready, self._failed, self)

    def _ready(self, ready: Ready) -> None:
        try:
            attachment = self._files.add(ready)
        except LeadappError as error:
            self._failed(error)
            return
        focus = self.holder.window().focusWidget()
        still_here = focus is not None and self.holder.isAncestorOf(focus)
        self._answer(attachment)
        if still_here:
            self.holder.open.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: LeadappError) -> None:
        self.holder.say(self._words.of(error), tone="err")

    def _answer(self, attachment: Attachment | None) -> None:
        self.attachment = attachment
        self._value = attachment.text if attachment else ""
        self._settle()
        self.answered.emit(self._value, False)

    def _settle(self) -> None:
        attachment = self.attachment
        self.holder.show_file(attachment)
        if attachment is not None:
            longest = round(theme().px(SMALL) * self.holder.devicePixelRatioF())

            def came(image: QImage) -> None:
                if self.attachment == attachment:
                    self.holder.picture.show_picture(image)

            self._files.show(attachment, longest, came, self._failed, self)

    def _choose(self) -> None:
        what = f"{_PICTURES} *.pdf" if PDF in self._takes else _PICTURES
        words = tr("Pictures and PDF") if PDF in self._takes else tr("Pictures")
        chosen, _ = QFileDialog.getOpenFileName(
            self.holder, tr("Choose a file"), "", f"{words} ({what})"
        )
        if chosen:
            self.take(chosen)

    def _open(self) -> None:
        if self.attachment is not None:
            open_file(self.holder, self._files, self.attachment, self._words)

    def _remove(self) -> None:
        self._answer(None)
        self.holder.choose.setFocus(Qt.FocusReason.OtherFocusReason)


class SmallPicture(QWidget):
    """A picture made small, or a paper clip until it is here."""

    def __init__(self, *, wide: float = 1.0) -> None:
        super().__init__()
        self._wide = wide
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_picture(self, image: QImage | None) -> None:
        """Show it."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square, or room for a name."""
        edge = theme().px(SMALL)
        return QSize(round(edge * self._wide), edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it in the middle."""
        painter = QPainter(self)
        rect = self.rect()
        draw_box(painter, rect, fill="sunken", edge="line")
        if self._image is None:
            edge = theme().px(24)
            clip = QRect(0, 0, edge, edge)
            clip.moveCenter(rect.center())
            draw_icon(painter, "paperclip", "text2", clip)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size().scaled(
            rect.size() - QSize(4, 4), Qt.AspectRatioMode.KeepAspectRatio
        )
        area = QRect(0, 0, size.width(), size.height())
        area.moveCenter(rect.center())
        painter.drawImage(area, self._image)


def size_words(attachment: Attachment) -> str:
    """Return how large a file is."""
    if attachment.size >= 1 << 20:
        return tr("{size} MB", size=f"{attachment.size / (1 << 20):.1f}")
    return tr("{size} KB", size=max(1, attachment.size >> 10))


class _Holder(QWidget):
    """Picture, name and buttons; files may be dropped on it."""

    dropped = Signal(str)

    def __init__(self, *, pdf: bool) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.picture = SmallPicture()
        what = tr("or drop a picture or PDF here, {most} MB at most", most=MOST_MEGABYTES)
        if not pdf:
            what = tr("or drop a picture here, {most} MB at most", most=MOST_MEGABYTES)
        self._hint = what
        self.choose = Button(tr("Choose a file"), icon="paperclip", small=True)
        self.open = Button(tr("Open"), icon="eye", small=True)
        self.remove = Button(tr("Remove"), icon="trash-2", small=True)
        self._name = Label("", wrap=True)
        self._said = Label(what, role="caption", tone="text2", wrap=True)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(12))
        outer.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(theme().px(6))
        column.addWidget(self._name)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        for button in (self.choose, self.open, self.remove):
            row.addWidget(button)
        row.addWidget(self._said, 1)
        column.addLayout(row)
        column.addStretch(1)
        outer.addLayout(column, 1)
        self.show_file(None)

    def show_file(self, attachment: Attachment | None) -> None:
        """Show which file is attached."""
        self.picture.show_picture(None)
        self.picture.setVisible(attachment is not None)
        self._name.setVisible(attachment is not None)
        self.choose.set_words(tr("Choose another") if attachment else tr("Choose a file"))
        self.open.setVisible(attachment is not None)
        self.remove.setVisible(attachment is not None)
        self.say("" if attachment else self._hint, tone="text2")
        if attachment is not None:
            self._name.setText(f"{attachment.file}, {size_words(attachment)}")

    @property
    def said(self) -> str:
        """What was said last."""
        return self._said.text()

    def say(self, words: str, *, tone: str) -> None:
        """Say what is going on, or what was wrong."""
        self._said.setText(words)
        self._said.set_tone(tone)

    def set_question(self, name: str, description: str = "") -> None:
        """Say what is asked."""
        for button in (self.choose, self.open, self.remove):
            button.setAccessibleDescription(f"{name}. {description}" if description else name)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the focus on what one can do."""
        (self.open if self.open.isVisible() else self.choose).setFocus(reason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the first file dropped."""
        urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
        if urls:
            event.acceptProposedAction()
            self.dropped.emit(urls[0].toLocalFile())
