"""On a computer that was shut out: hand over what nobody else counts, then forget everything."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.services.syncing import leaving
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync import said
from leadapp.ui.sync.turns import run_turns
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_NAME = "leadapp-work.dvb"
_FIRST = "services.hand_over_first"


class LeavingCard(Card):
    """``wiped`` once nothing of the program is left here."""

    wiped = Signal()

    def __init__(self, desk: Desk, work: Work, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(tr("What is left to do here"), parent=parent)
        self._desk, self._work, self._words = desk, work, words
        self._facts = Label("", wrap=True)
        self.body.addWidget(self._facts)
        self.said = Notice("ok", "")
        self.said.hide()
        self.body.addWidget(self.said)
        self.file = FileLine(
            "save", tr("Save the work"), kinds=tr("Sync files (*.dvb)"), suggested=_NAME
        )
        hint = tr("A coordinator looks at it and may let it count.")
        self.file_field = Field(tr("Write it for a coordinator as"), self.file, hint=hint)
        self.body.addWidget(self.file_field)
        row = QHBoxLayout()
        self.hand = Button(tr("Hand the work over"), icon="file-down", role="primary")
        self.hand.clicked.connect(self._hand_over)
        self.wipe = Button(tr("Forget everything here"), icon="trash-2", role="danger")
        self.wipe.clicked.connect(self._ask)
        row.addWidget(self.hand)
        row.addWidget(self.wipe)
        row.addStretch(1)
        self.body.addLayout(row)
        self._sure = self._question()
        self.body.addWidget(self._sure)

    def reload(self) -> None:
        """Ask how much nobody else counts."""
        desk = self._desk
        self._work.run(
            Lane.READER,
            lambda: leaving.not_counted(desk, desk.reader),
            self._show,
            self._refused,
            owner=self,
        )

    def _show(self, found: Mapping[RingId, int]) -> None:
        parts = [
            tr("{entries} of {ring}", entries=said.entries(count), ring=ring_words(ring))
            for ring, count in found.items()
        ]
        if parts:
            words = tr("Written here, and counted nowhere else: {parts}.", parts=", ".join(parts))
        else:
            words = tr("Nothing was written here that the others do not have.")
        self._facts.setText(words)
        self.file_field.setVisible(bool(parts))
        self.hand.setVisible(bool(parts))

    def _hand_over(self) -> None:
        path, desk = self.file.value(), self._desk
        self.file_field.set_error("" if path else tr("Say where it goes."))
        if path is None:
            self.file_field.focus_control()
            return
        output = path / _NAME if path.is_dir() else path

        def written(files: list[Path]) -> None:
            names = ", ".join(one.name for one in files)
            text = tr("Bring it to a coordinator. Then this computer can forget everything.")
            self.said.say("ok", tr("Written: {names}", names=names), text)
            self.said.show()
            self.wipe.setFocus(Qt.FocusReason.OtherFocusReason)

        def failed(error: LeadappError) -> None:
            self.file_field.set_error(self._words.of(error))
            self.file_field.focus_control()

        run_turns(self._work, leaving.handing_over(desk, output), written, failed, self)

    def _question(self) -> QWidget:
        self._keep = Button(tr("Keep it"), icon="x", small=True)
        self._keep.clicked.connect(self._sure_no)
        self._do = Button(tr("Forget it"), icon="trash-2", role="danger", small=True)
        self._do.clicked.connect(lambda: self._wipe(anyway=False))
        self._anyway = Button(tr("Forget it, work and all"), role="danger", small=True)
        self._anyway.clicked.connect(lambda: self._wipe(anyway=True))
        self._anyway.hide()
        title = tr("Forget the program on this computer?")
        text = tr("Its keys and records go. It cannot be undone; the others keep what they have.")
        question = Notice("warn", title, text, actions=(self._keep, self._do, self._anyway))
        question.hide()
        return question

    def _ask(self) -> None:
        self._anyway.hide()
        self._do.show()
        self._sure.show()
        bring_into_view(self._sure)
        self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sure_no(self) -> None:
        self._sure.hide()
        self.wipe.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wipe(self, *, anyway: bool) -> None:
        desk = self._desk
        self._work.run(
            Lane.WRITER,
            lambda: leaving.wipe(desk, anyway=anyway),
            lambda _: self.wiped.emit(),
            self._refused,
            owner=self,
        )

    def _refused(self, error: LeadappError) -> None:
        self.said.say("err", self._words.of(error))
        self.said.show()
        bring_into_view(self.said)
        if error.code == _FIRST:
            self._do.hide()
            self._anyway.show()
            self._anyway.setFocus(Qt.FocusReason.OtherFocusReason)
