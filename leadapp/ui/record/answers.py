"""The answers of a record, chapter by chapter; files and signatures small, opened when asked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.attachments import Attachment
from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.ui.entry.file_editor import SMALL, SmallPicture, size_words
from leadapp.ui.entry.file_window import open_file
from leadapp.ui.entry.files import Files
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.record.reading import Answered, Chapter
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_SIGNATURE_WIDE = 3.0


def chapter_card(chapter: Chapter, files: Files, words: Words, columns: int) -> Card:
    """Return the card of a chapter, its answers in one or two columns."""
    card = Card(chapter.title)
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme().px(16))
    grid.setVerticalSpacing(theme().px(10))
    for column in range(columns):
        grid.setColumnStretch(column, 1)
    row = column = 0
    for answer in chapter.answers:
        wide = columns if answer.long else 1
        if column + wide > columns:
            row, column = row + 1, 0
        grid.addWidget(_answer(answer, files, words), row, column, 1, wide)
        column += wide
        if column >= columns:
            row, column = row + 1, 0
    card.body.addLayout(grid)
    return card


def _answer(answer: Answered, files: Files, words: Words) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(1))
    column.addWidget(Label(answer.label, role="caption", tone="text2", wrap=True))
    if answer.attachment is not None:
        column.addWidget(AttachedAnswer(answer.attachment, answer.words, files, words))
    elif answer.words:
        said = Label(answer.words, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(said)
    for other in answer.others:
        column.addWidget(Label(other, role="label", tone="warn", wrap=True))
    column.addStretch(1)
    return holder


class AttachedAnswer(QWidget):
    """A file: its small picture is fetched when it is first seen, the whole when it is opened."""

    def __init__(self, attachment: Attachment, said: str, files: Files, words: Words) -> None:
        super().__init__()
        self._attachment, self._files, self._words = attachment, files, words
        self._asked = False
        signed = said != attachment.file
        self.picture = SmallPicture(wide=_SIGNATURE_WIDE if signed else 1.0)
        self._said = Label(
            said if signed else f"{said}, {size_words(attachment)}", role="table", wrap=True
        )
        self.open = Button(tr("Open"), icon="eye", small=True)
        self.open.setAccessibleDescription(attachment.file)
        self.open.clicked.connect(self._open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, theme().px(2), 0, 0)
        row.setSpacing(theme().px(10))
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        row.addWidget(self.picture, 0, corner)
        column = QVBoxLayout()
        column.setSpacing(theme().px(4))
        column.addWidget(self._said)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        row.addLayout(column, 1)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the picture, once."""
        super().showEvent(event)
        if not self._asked:
            self._asked = True
            longest = round(theme().px(SMALL) * _SIGNATURE_WIDE * self.devicePixelRatioF())
            self._files.show(self._attachment, longest, self._came, self._failed, self)

    def _came(self, image: QImage) -> None:
        self.picture.show_picture(image)

    def _failed(self, error: LeadappError) -> None:
        self._said.setText(self._words.of(error))
        self.open.hide()

    def _open(self) -> None:
        open_file(self, self._files, self._attachment, self._words)
