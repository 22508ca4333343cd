"""One file by mail or by hand: written from what was not sent, or looked at and taken in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.sync.runner import Runner
from leadapp.ui.sync.tab import Tab
from leadapp.ui.sync.take_box import TakeBox
from leadapp.ui.sync.write_box import WriteBox
from leadapp.ui.words import tr


class OneFile(Card):
    """Two buttons; each opens its few questions below. ``taken`` when entries came in."""

    taken = Signal()

    def __init__(self, tab: Tab, runner: Runner, parent: QWidget | None = None) -> None:
        aside = tr("Where no stick and no folder is shared")
        super().__init__(tr("One file, by mail or by hand"), aside=aside, parent=parent)
        self._tab, self._runner = tab, runner
        self._box: QWidget | None = None
        self.write = Button(tr("Write a file"), icon="file-down", small=True)
        self.write.clicked.connect(self.ask_write)
        self.take = Button(tr("Take a file in"), icon="download", small=True)
        self.take.clicked.connect(self.ask_take)
        self.head.addWidget(self.write)
        self.head.addWidget(self.take)
        self._room = QVBoxLayout()
        self.body.addLayout(self._room)

    @property
    def _busy(self) -> bool:
        return isinstance(self._box, TakeBox) and self._box.busy

    def close_box(self) -> bool:
        """Close what is asked; False when nothing is."""
        if self._busy:
            return True
        was_open = self._box is not None
        inside = self._box is not None and self._box.isAncestorOf(self.focusWidget() or self)
        self._put(None)
        if was_open and inside:
            self.write.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    def main_action(self) -> None:
        """Ctrl+S: write the file that is asked for."""
        if isinstance(self._box, WriteBox) and self._box.go.isEnabled():
            self._box.go.click()

    def ask_write(self) -> None:
        """Ask which records, how much, and where to."""
        if self._busy:
            return
        box = WriteBox(self._tab)
        box.written.connect(self._written)
        self._put(box)
        box.start()

    def ask_take(self) -> None:
        """Ask for the file; it is looked at before anything is taken."""
        if self._busy:
            return
        box = TakeBox(self._tab, self._runner)
        box.taken.connect(self._taken)
        self._put(box)
        box.start()

    def _written(self, names: str) -> None:
        text = tr("Who takes it in has these entries. They count as sent once you sync.")
        self._say(Notice("ok", tr("Written: {names}", names=names), text))

    def _taken(self, title: str, text: str) -> None:
        self._say(Notice("ok", title, text))
        self.taken.emit()

    def _say(self, notice: Notice) -> None:
        self._put(notice)
        self.write.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, box: QWidget | None) -> None:
        if self._box is not None:
            self._box.hide()
            self._box.deleteLater()
        self._box = box
        if box is not None:
            self._room.addWidget(box)
            box.show()
            bring_into_view(self)
