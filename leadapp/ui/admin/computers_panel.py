"""One computer of the program: what is known of it, and shutting it out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.text import tidy
from leadapp.core.words import Words
from leadapp.services.syncing.enrolling import KnownDevice
from leadapp.ui.admin.computers_said import is_what, name_of
from leadapp.ui.admin.root_code import RootCode
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.ring_names import ring_words
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_CLOSED = "services.rings_closed"


class ComputerPanel(Card):
    """What is wanted goes up; a code is typed from the root page, "" where none is needed."""

    revoke_wanted = Signal(str, bool, str)
    """The reason, whether to do it although rings are closed, and the root page's code."""
    appoint_wanted = Signal(str)
    """The root page's code: make it a coordinator's."""
    sync_wanted = Signal()

    def __init__(
        self,
        one: KnownDevice,
        words: Words,
        *,
        merged: str,
        untold: Sequence[str],
        may: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name_of(one))
        self.body.addWidget(Label(name_of(one), role="card_title", wrap=True))
        self.computer, self._words = one, words
        self.state = (one, merged, tuple(untold), may)
        self.reason: Line | None = None
        self._more: QWidget | None = None
        if one.revoked:
            self._say_shut_out(untold)
        self.body.addWidget(Label(is_what(one), tone="text2", wrap=True))
        if merged:
            self.body.addWidget(Label(merged, wrap=True))
        rings = ", ".join(ring_words(ring) for ring in one.rings)
        has = tr("Has opened: {rings}.", rings=rings) if rings else tr("Has opened nothing yet.")
        self.body.addWidget(Label(has, role="table", tone="text2", wrap=True))
        number = Label(str(one.id), role="caption", tone="text2", wrap=True)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(number)
        if not one.revoked and not one.coordinator and one.device_class == "office":
            appoint = Button(tr("Make it a coordinator\u2019s"), icon="key-round", small=True)
            appoint.clicked.connect(self.ask_appoint)
            self.body.addWidget(appoint)
        if may and not (one.revoked or one.here):
            revoke = Button(tr("Shut this computer out"), icon="ban", role="danger", small=True)
            revoke.clicked.connect(self.ask_revoke)
            self.body.addWidget(revoke)
        self._room = QVBoxLayout()
        self.body.addLayout(self._room)

    def ask_revoke(self) -> None:
        """Ask for the reason."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        title = tr("Shut out {name}\u2019s computer?", name=name_of(self.computer))
        text = tr(
            "For good: to come back it joins anew. What it wrote up to now stays. Others know only"
            " after the next sync; lost laptops keep what they hold, locked by their passwords."
        )
        column.addWidget(Notice("warn", title, text))
        self._asked = Line()
        hint = tr("Like \u201cleft in a taxi\u201d. It stays on record.")
        self._field = Field(tr("Why"), self._asked, needed=True, hint=hint)
        column.addWidget(self._field)
        self._root = RootCode()
        column.addWidget(self._root)
        self._root.setHidden(not self.computer.coordinator)
        self._closed = Notice("err", "")
        self._closed.hide()
        column.addWidget(self._closed)
        row = QHBoxLayout()
        keep = Button(tr("Keep it"), icon="x")
        keep.clicked.connect(self.close_more)
        self._do = Button(tr("Shut out"), icon="ban", role="danger")
        self._do.clicked.connect(lambda: self._revoke(anyway=False))
        self._anyway = Button(tr("Shut out anyway"), icon="ban", role="danger")
        self._anyway.clicked.connect(lambda: self._revoke(anyway=True))
        self._anyway.hide()
        for button in (keep, self._do, self._anyway):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._put(box)
        self.reason = self._asked
        self._asked.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_appoint(self) -> None:
        """Ask for the root page's code."""
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        text = tr("It may then let computers in and shut them out, like this one.")
        column.addWidget(Notice("warn", tr("Make it a coordinator\u2019s computer?"), text))
        self._root = RootCode()
        column.addWidget(self._root)
        row = QHBoxLayout()
        keep = Button(tr("Leave it"), icon="x")
        keep.clicked.connect(self.close_more)
        yes = Button(tr("Make it so"), icon="check", role="primary")
        yes.clicked.connect(self._appoint)
        row.addWidget(keep)
        row.addWidget(yes)
        row.addStretch(1)
        column.addLayout(row)
        self._put(box)
        self._root.setFocus(Qt.FocusReason.OtherFocusReason)

    def _appoint(self) -> None:
        if self._root.right():
            self.appoint_wanted.emit(self._root.typed())

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused; closed rings may be risked."""
        if self._more is None:
            return
        if self.reason is None or error.code.startswith("vault."):
            self._root.refuse(self._words.of(error))
            return
        if error.code == _CLOSED:
            self._closed.say("err", self._words.of(error))
            self._closed.show()
            self._do.hide()
            self._anyway.show()
            self._anyway.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._field.set_error(self._words.of(error))
        self._field.focus_control()

    def close_more(self) -> bool:
        """Close the question; False when none is open."""
        was_open = self._more is not None
        self._put(None)
        return was_open

    def _revoke(self, *, anyway: bool) -> None:
        reason = tidy(self.reason.text()) if self.reason is not None else ""
        self._field.set_error("" if reason else tr("Say why."))
        if not reason:
            self._field.focus_control()
        elif not self.computer.coordinator or self._root.right():
            self.revoke_wanted.emit(reason, anyway, self._root.typed())

    def _say_shut_out(self, untold: Sequence[str]) -> None:
        if not untold:
            self.body.addWidget(Notice("info", tr("Shut out"), tr("Every place says so.")))
            return
        names = ", ".join(filter(None, untold))
        where = tr("Not yet told to: {names}.", names=names)
        text = where if names else tr("There is no place to sync with yet. Add one.")
        sync = Button(tr("Sync now"), icon="refresh-cw", small=True)
        sync.clicked.connect(self.sync_wanted.emit)
        title = tr("Shut out here, but the others do not know")
        self.body.addWidget(Notice("err", title, text))
        self.body.addWidget(sync)

    def _put(self, box: QWidget | None) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
            self.reason = None
        self._more = box
        if box is not None:
            self._room.addWidget(box)
            box.show()
            bring_into_view(box)
