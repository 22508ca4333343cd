"""Adding a place to sync with: a folder, an SFTP server, or an S3 bucket.

What a server's keeper must confirm (the host's fingerprint) is shown large, and nothing
is kept before a person said that it is the right one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.core.text import tidy
from leadapp.core.words import Words
from leadapp.journal.rings import is_part2
from leadapp.services.desk import Desk
from leadapp.services.syncing import SftpPlace, Where
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.radios import Radios
from leadapp.ui.kit.segments import Segments
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync.target_asked import FolderAsked, S3Asked, SftpAsked
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_CARRY = "carry"
_ABOUT_NAME = frozenset({"services.target_name"})


@dataclass(frozen=True, slots=True)
class TargetWish:
    """What was typed. ``rings`` empty: all but those of people in care."""

    name: str
    where: Where
    rings: tuple[RingId, ...]
    carries: bool


class TargetForm(Card):
    """``wanted`` carries a ``TargetWish``, ``host_wanted`` a server; ``left`` for nothing."""

    wanted = Signal(object)
    host_wanted = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(tr("Add a place to sync with"), parent=parent)
        self._words = words
        self._suggested = ""
        self._apart = tuple(ring for ring in desk.rings if is_part2(ring))
        self.kind = Segments(
            [
                Choice("folder", tr("Stick or folder")),
                Choice("sftp", tr("SFTP server")),
                Choice("s3", tr("S3 bucket")),
            ]
        )
        self.kind.set_value("folder")
        self.kind.setMaximumWidth(theme().px(460))
        self.kind.changed.connect(lambda _name: self._kind_chosen())
        self.body.addWidget(Field(tr("What kind of place"), self.kind))
        self.asked: dict[str, FolderAsked | SftpAsked | S3Asked] = {
            "folder": FolderAsked(),
            "sftp": SftpAsked(),
            "s3": S3Asked(),
        }
        for name, one in self.asked.items():
            one.changed.connect(self._suggest)
            self.body.addWidget(one)
            one.setHidden(name != "folder")
        self._host = _HostQuestion()
        self._host.confirmed.connect(self._confirmed)
        self._host.hide()
        self.body.addWidget(self._host)
        self.body.addWidget(self._rest())
        self.body.addLayout(self._buttons())
        self.setFocusProxy(self.asked["folder"])

    def send(self) -> None:
        """Ask for it, or say what is missing; an SFTP server's host is confirmed first."""
        where, name = self._asked().where(), tidy(self.name.text())
        self.name_field.set_error("" if name else tr("Give it a name."))
        if where is None:
            return
        if not name:
            self.name_field.focus_control()
        elif isinstance(where, SftpPlace) and not self._host.covers(where):
            self.host_wanted.emit(where)
        else:
            if isinstance(where, SftpPlace):
                where = replace(where, host_key=self._host.fingerprint)
            care = self.which is not None and self.which.value() == "care"
            rings = self._apart if care else ()
            self.wanted.emit(TargetWish(name, where, rings, _CARRY in self.carry.value()))

    def show_host(self, where: SftpPlace, fingerprint: str) -> None:
        """Have a person compare the host's key."""
        self._host.ask(where, fingerprint)

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused, at its question."""
        if error.code in _ABOUT_NAME:
            self.name_field.set_error(self._words.of(error))
            self.name_field.focus_control()
        else:
            self._asked().refuse(self._words.of(error))

    def _asked(self) -> FolderAsked | SftpAsked | S3Asked:
        return self.asked[self.kind.value() or "folder"]

    def _rest(self) -> QWidget:
        """Return the questions that every kind of place has."""
        grid = FormGrid()
        self.name = Line()
        hint = tr("Like \u201cblue stick\u201d")
        self.name_field = Field(tr("Call it"), self.name, needed=True, hint=hint)
        grid.add(self.name_field, 5)
        self.carry = Chips([Choice(_CARRY, tr("Carry what others wrote, too"))])
        why = tr("For a stick that goes round between computers that do not meet")
        grid.add(Field(tr("For others"), self.carry, optional=True, hint=why), 7)
        self.which: Radios | None = None
        if self._apart:
            named = ", ".join(ring_words(ring) for ring in self._apart)
            self.which = Radios(
                [
                    Choice("most", tr("Everything but people in care: for any computer")),
                    Choice("care", tr("Only {rings}: for office computers", rings=named)),
                ]
            )
            self.which.set_value("most")
            told = tr("Records of people in care never share a place with others.")
            grid.add(Field(tr("What goes there"), self.which, hint=told))
        return grid

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        leave = Button(tr("Leave it"), icon="x")
        leave.clicked.connect(self.left.emit)
        self.add = Button(tr("Add this place"), icon="check", role="primary", key="Ctrl+S")
        self.add.clicked.connect(self.send)
        row.addWidget(leave)
        row.addWidget(self.add)
        row.addStretch(1)
        return row

    def _kind_chosen(self) -> None:
        if self.kind.value() is None:
            self.kind.set_value("folder")
        for name, one in self.asked.items():
            one.setVisible(name == self.kind.value())
        self._host.hide()
        self._suggest()

    def _confirmed(self) -> None:
        self.send()

    def _suggest(self) -> None:
        """Offer the place's own name, until somebody types another."""
        if self.name.text() == self._suggested:
            self._suggested = self._asked().suggested()
            self.name.set_value(self._suggested)


class _HostQuestion(QWidget):
    """The fingerprint of a server's key, to be compared with what its keeper says."""

    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fingerprint = ""
        self._where: tuple[str, int] = ("", 0)
        self._agreed = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self._title = Label("", bold=True, wrap=True)
        self._shown = Label("", role="card_title", wrap=True)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        how = tr("Have the server\u2019s keeper read theirs out. Only then is it the right server.")
        column.addWidget(self._title)
        column.addWidget(self._shown)
        column.addWidget(Label(how, tone="text2", wrap=True))
        self.yes = Button(tr("Yes, it is the same"), icon="check")
        self.yes.clicked.connect(self._agree)
        column.addWidget(self.yes)

    def ask(self, where: SftpPlace, fingerprint: str) -> None:
        """Show a host's key."""
        self.fingerprint, self._where, self._agreed = fingerprint, (where.host, where.port), False
        self._title.setText(tr("{host} shows this fingerprint:", host=where.host))
        self._shown.setText(fingerprint)
        self._shown.setAccessibleName(fingerprint)
        self.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def covers(self, where: SftpPlace) -> bool:
        """Return whether this very server was confirmed."""
        return self._agreed and self._where == (where.host, where.port)

    def _agree(self) -> None:
        self._agreed = True
        self.confirmed.emit()
