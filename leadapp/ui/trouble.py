"""A full page that says in plain words why the program cannot go on, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import Damage, LeadappError
from leadapp.core.words import Words
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.unlock.band import Band
from leadapp.ui.words import tr


class TroublePage(QWidget):
    """``TroublePage(error, words, folder)``; the person may try again, or quit."""

    again = Signal()
    """Try again what was refused."""
    leave = Signal()
    """Quit."""

    def __init__(
        self, error: LeadappError, words: Words, folder: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.band = Band()
        self.band.say(tr("Nothing was changed"), tr("What was saved before is as it was."))
        title = tr("A file is not as it was written") if isinstance(error, Damage) else ""
        title = title or tr("This program cannot be opened now")
        self.setAccessibleName(title)
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.band)
        scroll = Scroll(margin=40, gap=14, stretch=False)
        scroll.body.addStretch(2)
        scroll.body.addWidget(Label(title, role="figure", wrap=True))
        self.said = Label(words.of(error), role="card_title", wrap=True)
        self.said.setMaximumWidth(look.px(620))
        scroll.body.addWidget(self.said)
        place = Label(
            tr("Folder: {folder}. Code: {code}.", folder=folder, code=error.code),
            role="table",
            tone="text2",
            wrap=True,
        )
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll.body.addWidget(place)
        buttons = QHBoxLayout()
        buttons.setSpacing(look.px(8))
        self.again_button = Button(tr("Try again"), icon="rotate-ccw", role="primary")
        self.again_button.clicked.connect(self.again.emit)
        leave = Button(tr("Quit"), icon="log-out", key="Ctrl+Q")
        leave.clicked.connect(self.leave.emit)
        buttons.addWidget(self.again_button)
        buttons.addWidget(leave)
        buttons.addStretch(1)
        holder = QVBoxLayout()
        holder.addLayout(buttons)
        scroll.body.addLayout(holder)
        scroll.body.addStretch(3)
        row.addWidget(scroll, 1)
        self.setFocusProxy(self.again_button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the band its part."""
        super().resizeEvent(event)
        self.band.fit(self.width())
