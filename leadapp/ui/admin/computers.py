"""Computers of the program: the list, inviting, letting in, shutting out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import DeviceId, RingId, UserId
from leadapp.core.words import Words
from leadapp.services import accounts
from leadapp.services.desk import Desk
from leadapp.services.syncing import enrolling, past
from leadapp.services.syncing.enrolling import KnownDevice
from leadapp.services.syncing.letters import Request
from leadapp.services.syncing.merged import LastMerged, last_merged
from leadapp.ui.admin.computers_invite import InvitedPanel, InvitePanel
from leadapp.ui.admin.computers_panel import ComputerPanel
from leadapp.ui.admin.computers_request import Approval, RequestPanel
from leadapp.ui.admin.computers_said import is_what, name_of, short_id, what_it_is
from leadapp.ui.admin.section import Section
from leadapp.ui.days import say_moment
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.panel_beside import PanelBeside
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.kit.table import Table
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync.computers import is_late
from leadapp.ui.sync.said import of_yours
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work


@dataclass(frozen=True, slots=True)
class _Found:
    """What the list shows, read together."""

    computers: Sequence[KnownDevice]
    untold: Mapping[DeviceId, tuple[str, ...]]
    agencies: frozenset[str]
    people: Sequence[Choice]


class ComputersSection(Section):
    """The table at the left; an invitation, a request or one computer at the right."""

    fills = True
    sync_wanted = Signal()
    """Something was decided that the others must hear."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__(tr("Computers"), desk, work, words, say)
        self._computers: dict[str, KnownDevice] = {}
        self._untold: Mapping[DeviceId, tuple[str, ...]] = {}
        self._agencies: frozenset[str] = frozenset()
        self._people: Sequence[Choice] = ()
        self._merged: dict[DeviceId, LastMerged] = {}
        self._may = desk.holding.is_coordinators()
        self._build()

    @property
    def panel(self) -> QWidget | None:
        """What is open at the right."""
        return self._beside.panel

    def reload(self) -> None:
        """Ask for the computers, and who does not know yet of one shut out."""
        desk = self.desk

        def job() -> _Found:
            known = enrolling.devices(desk)
            people = [Choice(one.user, one.name) for one in accounts.accounts(desk) if one.active]
            return _Found(known, past.untold(desk), desk.holding.agencies(), people)

        def merged(found: Sequence[LastMerged]) -> None:
            self._merged = {one.device: one for one in found}
            self.ask(job, self._show)

        self.work.run(
            Lane.READER, lambda: last_merged(desk, desk.reader), merged, self.refuse, owner=self
        )

    def new_thing(self) -> None:
        """Invite a computer."""
        if not self._may:
            return
        panel = InvitePanel(self.words, self._people, self._agencies)
        panel.wanted.connect(self._invite)
        self._put(panel)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def approve(self) -> None:
        """Let a computer in: begin with its request."""
        panel = RequestPanel(self.words, self._agencies)
        panel.file_wanted.connect(lambda path: self._look(panel, path))
        panel.approved.connect(lambda said: self._approve(panel, said))
        self._put(panel)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def main_action(self) -> None:
        """Ctrl+S: write the invitation, or let the computer in."""
        if isinstance(self.panel, InvitePanel):
            self.panel.send()
        elif isinstance(self.panel, RequestPanel):
            self.panel.approve()

    def leave(self) -> bool:
        """Close what is open at the right."""
        if isinstance(self.panel, ComputerPanel) and self.panel.close_more():
            return True
        was_open = self.panel is not None
        self._put(None)
        if was_open:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        if not self._may:
            title = tr("Only a coordinator\u2019s computer lets others in or shuts them out")
            text = tr("Do it there. It arrives here with the next sync.")
            self.column.addWidget(Notice("info", title, text))
        self._red = Notice("err", "")
        self._red.hide()
        self.column.addWidget(self._red)
        self.table = Table(
            [
                Column("who", tr("Who uses it"), 220, stretch=True),
                Column("merged", tr("Last merged here"), 170),
                Column("state", tr("State"), 150),
            ],
            name=tr("Computers"),
            two_lines=True,
        )
        self.table.setMinimumHeight(look.px(170))
        self.table.moved_to.connect(self._moved_to)
        self.table.opened.connect(self._opened)
        self.invite = Button(tr("Invite a computer"), icon="plus", key="Ctrl+N", small=True)
        self.invite.clicked.connect(self.new_thing)
        self.look = Button(tr("Approve a request"), icon="user-check", small=True)
        self.look.clicked.connect(self.approve)
        head = [self.invite, self.look] if self._may else []
        self._beside = PanelBeside(self.table, head=head, side=390)
        self._beside.keep_under()
        self.column.addWidget(self._beside, 1)

    # -- showing -------------------------------------------------------------------------

    def _show(self, found: _Found) -> None:
        self._untold, self._agencies = found.untold, found.agencies
        self._people = found.people
        self._computers = {str(one.id): one for one in found.computers}
        order = sorted(found.computers, key=lambda one: (one.revoked, not one.here, name_of(one)))
        self.table.show_rows([self._line(one) for one in order])
        if self._untold:
            self._red.say(
                "err",
                tr("A computer was shut out, and not every place says so yet"),
                tr("Sync with every place. Until then the others still take from it."),
            )
        self._red.setVisible(bool(self._untold))
        if isinstance(self.panel, ComputerPanel):
            now = self._computers.get(str(self.panel.computer.id))
            if now is not None and self._made(now).state != self.panel.state:
                self._show_computer(now)
        elif self.panel is None and self.table.current_key() in self._computers:
            self._show_computer(self._computers[self.table.current_key()])

    def _line(self, one: KnownDevice) -> Row:
        state, tone = tr("Let in"), "text"
        if one.revoked:
            told = one.id not in self._untold
            state, tone = (tr("Shut out"), "text2") if told else (tr("Shut out, not told"), "err")
        cells = (
            Cell(name_of(one), is_what(one), bold=True),
            Cell(self._when(one), short_id(one), tone="err" if self._is_late(one) else "text"),
            Cell(state, tone=tone, icon="circle-alert" if tone == "err" else None, icon_tone="err"),
        )
        return Row(str(one.id), cells, muted=one.revoked and tone != "err")

    def _when(self, one: KnownDevice) -> str:
        """Return when a computer last merged, as far as it was heard of here."""
        known = self._merged.get(one.id)
        if one.here:
            return tr("This one")
        if known is None or known.when is None:
            return "" if one.revoked else tr("Never heard of here")
        return say_moment(known.when, self.desk.clock.now())

    def _is_late(self, one: KnownDevice) -> bool:
        known = self._merged.get(one.id)
        return known is not None and is_late(known, self.desk.clock.now())

    def _merged_words(self, one: KnownDevice) -> str:
        known = self._merged.get(one.id)
        if known is None:
            return ""
        said = tr("Last merged: {when}.", when=self._when(one))
        if known.waiting:
            said += " " + tr("Not yet confirmed there: {entries}.", entries=of_yours(known.waiting))
        return said

    def _moved_to(self, key: str) -> None:
        """Follow the list; what says what to do next gives way only to a person's own move."""
        asked = isinstance(self.panel, InvitePanel | RequestPanel)
        free = self.panel is None or isinstance(self.panel, ComputerPanel)
        if key in self._computers and (free or (self.table.hasFocus() and not asked)):
            self._show_computer(self._computers[key])

    def _opened(self, key: str) -> None:
        if key in self._computers:
            self._show_computer(self._computers[key])
            if self.panel is not None:
                self.panel.focusNextPrevChild(True)

    def _made(self, one: KnownDevice) -> ComputerPanel:
        untold = self._untold.get(one.id, ())
        return ComputerPanel(
            one, self.words, merged=self._merged_words(one), untold=untold, may=self._may
        )

    def _show_computer(self, one: KnownDevice) -> None:
        panel = self._made(one)
        panel.revoke_wanted.connect(
            lambda why, anyway, code: self._revoke(panel, why, anyway, code)
        )
        panel.appoint_wanted.connect(lambda code: self._appoint(panel, code))
        panel.sync_wanted.connect(self.sync_wanted.emit)
        self._put(panel)

    def _put(self, panel: QWidget | None) -> None:
        self._beside.put(panel)
        if panel is not None and not isinstance(panel, ComputerPanel):
            bring_into_view(panel)

    # -- doing ---------------------------------------------------------------------------

    def _invite(self, device_class: str, agency: str, path: Path, whose: str) -> None:
        desk, panel = self.desk, self.panel
        user = UserId(whose) if whose else None

        def failed(error: LeadappError) -> None:
            if isinstance(panel, InvitePanel):
                panel.refuse(error)

        self.do(
            lambda: enrolling.invite(
                desk, path, device_class=device_class, agency=agency, user=user
            ),
            lambda _: self._written(path),
            failed,
        )

    def _written(self, path: Path) -> None:
        self._put(InvitedPanel(path))
        self.invite.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self, panel: RequestPanel, path: Path) -> None:
        desk = self.desk

        def job() -> tuple[Request, str]:
            request = enrolling.look_at(path)
            return request, enrolling.owner_of(desk, request)

        def shown(seen: tuple[Request, str]) -> None:
            if self.panel is panel:
                panel.show_request(*seen)

        self.do(job, shown, panel.refuse)

    def _approve(self, panel: RequestPanel, said: Approval) -> None:
        desk, request = self.desk, panel.request
        if request is None:
            return

        def done(_device: DeviceId) -> None:
            self._put(self._let_in(request))
            self._sync.setFocus(Qt.FocusReason.OtherFocusReason)
            self.reload()

        self.do(
            lambda: enrolling.approve(
                desk, said.path, words=said.words, roles=said.roles, agency=said.agency,
                admit=said.admit, further_of=request.user if panel.owner else None,
            ),
            done,
            panel.refuse,
        )  # fmt: skip

    def _let_in(self, request: Request) -> Card:
        """Return what is to be done next."""
        card = Card(tr("{name}\u2019s computer is let in", name=request.name))
        card.body.addWidget(Label(what_it_is(request.device_class, request.agency), tone="text2"))
        steps = (
            tr("Sync now, so that the new computer can learn it."),
            tr("Then {name} syncs twice: first come the people and forms, then their own records.",
               name=request.name),
        )  # fmt: skip
        for number, words in enumerate(steps, start=1):
            card.body.addWidget(Label(f"{number}. {words}", wrap=True))
        self._sync = Button(tr("Sync now"), icon="refresh-cw", role="primary")
        self._sync.clicked.connect(self.sync_wanted.emit)
        card.body.addWidget(self._sync)
        return card

    def _appoint(self, panel: ComputerPanel, code: str) -> None:
        desk, device = self.desk, panel.computer.id

        def done(_: None) -> None:
            panel.close_more()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            name = name_of(panel.computer)
            self.done(tr("{name}\u2019s computer is a coordinator\u2019s now. Sync.", name=name))

        self.do(lambda: enrolling.appoint(desk, device, code), done, panel.refuse)

    def _revoke(self, panel: ComputerPanel, why: str, anyway: bool, code: str) -> None:
        desk, device = self.desk, panel.computer.id

        def done(lost: list[RingId]) -> None:
            name = name_of(panel.computer)
            words = tr("{name}\u2019s computer is shut out. Sync with every place now.", name=name)
            if lost:
                rings = ", ".join(ring_words(ring) for ring in lost)
                words += " " + tr("What it wrote no longer counts in: {rings}.", rings=rings)
            panel.close_more()
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.done(words)

        self.do(
            lambda: enrolling.revoke(desk, device, why, anyway=anyway, root_code=code),
            done,
            panel.refuse,
        )
