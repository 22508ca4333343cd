"""Letting a computer in: its request, six words compared by voice, then roles and rings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.services.syncing.letters import Request
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.ui.admin.account_form import agency_id
from leadapp.ui.admin.computers_said import what_it_is
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.file_line import FileLine
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.ring_names import ring_words
from leadapp.ui.role_words import role_words
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_LAW = (Role.DEPUTY, Role.LAW_SUPERVISOR, Role.ADMINISTRATOR)
_OFFICE = (
    Role.CASE_MANAGER, Role.COORDINATOR, Role.STOCK_MANAGER, Role.REPORT_CLERK,
    Role.ADMINISTRATOR, Role.AUDITOR, Role.DEPUTY, Role.LAW_SUPERVISOR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Approval:
    """What the coordinator decided of a request."""

    path: Path
    words: str
    roles: frozenset[Role]
    agency: str
    admit: tuple[RingId, ...]


class SixWords(QWidget):
    """Six words, large enough to be read across a desk, two lines of three."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        parts = words.split()
        self.setAccessibleName(tr("The six words: {words}", words=words))
        self.lines = [Label("   ".join(parts[at : at + 3]), role="figure") for at in (0, 3)]
        for line in self.lines:
            line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
            line.setAccessibleName(line.text())
            column.addWidget(line)


class RequestPanel(Card):
    """``file_wanted`` asks to look at a path; ``approved`` carries an ``Approval``."""

    file_wanted = Signal(object)
    approved = Signal(object)

    def __init__(
        self, words: Words, agencies: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Approve a request"), parent=parent)
        self._words, self._agencies = words, sorted(agencies)
        self._path: Path | None = None
        self.request: Request | None = None
        self.owner = ""
        """Whose further computer asks; "" for a new person's."""
        self.file = FileLine("open", tr("Choose the request"), kinds="JSON (*.json);;* (*)")
        told = tr("The file the new computer wrote, brought by stick or mail")
        self.file_field = Field(tr("Request file"), self.file, needed=True, hint=told)
        self.file.settled.connect(self.look)
        self.body.addWidget(self.file_field)
        self.open = Button(tr("Look at it"), icon="eye")
        self.open.clicked.connect(self.look)
        self.body.addWidget(self.open)
        self._room = QVBoxLayout()
        self._room.setSpacing(theme().px(12))
        self.body.addLayout(self._room)
        self.setFocusProxy(self.file)

    def look(self) -> None:
        """Ask what the file says; what another file said is shown no longer."""
        self.request = None
        self._clear()
        path = self.file.value()
        self.file_field.set_error("" if path else tr("Choose the file."))
        if path is not None:
            self._path = path
            self.file_wanted.emit(path)
        else:
            self.file_field.focus_control()

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused, at the file."""
        self.file_field.set_error(self._words.of(error))
        self.file_field.focus_control()

    def show_request(self, request: Request, owner: str) -> None:
        """Show who asks, whose further computer it is to be, and the words to compare."""
        self.file_field.set_error("")
        self.request, self.owner = request, owner
        self._clear()
        what = what_it_is(request.device_class, request.agency)
        self._room.addWidget(Label(tr("{name} asks for:", name=request.name), bold=True, wrap=True))
        self._room.addWidget(Label(what, wrap=True))
        if owner:
            title = tr("A further computer of {name}", name=owner)
            text = tr("Roles and what they wrote stay theirs. Is it really {name}?", name=owner)
            self._room.addWidget(Notice("warn", title, text))
        how = tr("Call {name}. They read out the six words on their screen:", name=request.name)
        self._room.addWidget(Label(how, wrap=True))
        self.words = SixWords(request.words)
        self._room.addWidget(self.words)
        self.same = Segments(yes_no())
        self.same.changed.connect(self._compared)
        hint = tr("A stranger\u2019s file would show other words.")
        self._room.addWidget(
            Field(tr("Did they read these very words?"), self.same, needed=True, hint=hint)
        )
        self._differ = Notice(
            "err",
            tr("Do not let this computer in"),
            tr("Somebody may have changed the file. Have it made again."),
        )
        self._differ.hide()
        self._room.addWidget(self._differ)
        self._room.addWidget(self._decision(request))
        self.same.setFocus(Qt.FocusReason.OtherFocusReason)
        bring_into_view(self.same)

    def approve(self) -> None:
        """Say yes, or what is missing."""
        if self.request is None or self._path is None:
            self.look()
            return
        if self.same.value() != "yes":
            self.same.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        roles = frozenset(Role(name) for name in self.roles.value())
        agency = agency_id(self.agency.text())
        law = bool(roles & LAW_ROLES)
        chosen = bool(roles) or bool(self.owner)
        self.roles_field.set_error("" if chosen else tr("Choose one role or more."))
        lacking = law and not agency
        self.agency_field.set_error(tr("Type the agency\u2019s short name.") if lacking else "")
        if not chosen:
            self.roles_field.focus_control()
        elif lacking:
            self.agency_field.focus_control()
        else:
            admit = tuple(RingId(ring) for ring in self.rings.value()) if self.rings else ()
            self.approved.emit(
                Approval(self._path, self.request.words, roles, agency if law else "", admit)
            )

    def _decision(self, request: Request) -> QWidget:
        """Return the questions that come once the words were the same."""
        self._decide = QWidget()
        column = QVBoxLayout(self._decide)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(12))
        order = _LAW if request.device_class == "law" else _OFFICE
        self.roles = Chips([Choice(role, role_words(role)) for role in order])
        self.roles.changed.connect(lambda _names: self._settle_agency())
        name = tr("Roles of {name}", name=request.name)
        self.roles_field = Field(name, self.roles, needed=True)
        column.addWidget(self.roles_field)
        self.roles_field.setHidden(bool(self.owner))
        self.agency = Line()
        self.agency.set_value(request.agency)
        self.agency_field = Field(tr("Law agency"), self.agency, needed=True)
        self.agency_field.hide()
        column.addWidget(self.agency_field)
        self.rings: Chips | None = None
        if request.device_class == "office":
            able = ["care", *(f"law-{agency}" for agency in self._agencies)]
            self.rings = Chips([Choice(ring, ring_words(ring)) for ring in able])
            told = tr("Only by the county\u2019s word. The rest follows from class and role.")
            column.addWidget(
                Field(tr("This computer may also hold"), self.rings, optional=True, hint=told)
            )
        self.yes = Button(tr("Let it in"), icon="check", role="primary", key="Ctrl+S")
        self.yes.clicked.connect(self.approve)
        column.addWidget(self.yes)
        self._decide.hide()
        return self._decide

    def _compared(self, answer: object) -> None:
        self._differ.setVisible(answer == "no")
        self._decide.setVisible(answer == "yes")
        bring_into_view(self._decide if answer == "yes" else self._differ)

    def _settle_agency(self) -> None:
        law = bool({Role(name) for name in self.roles.value()} & LAW_ROLES)
        known = self.request is not None and self.request.device_class == "law"
        self.agency_field.setVisible(law and not known)

    def _clear(self) -> None:
        while item := self._room.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
