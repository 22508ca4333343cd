"""One account, and what can be done with it: roles, password, release, removal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.words import Words
from leadapp.services.accounts import Account
from leadapp.services.desk import Desk
from leadapp.staff.roles import LAW_ROLES, Role
from leadapp.ui.admin.account_form import agency_id
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card, rule
from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.ring_names import ring_words
from leadapp.ui.role_words import role_words, roles_words
from leadapp.ui.theme import theme
from leadapp.ui.unlock.new_password import NewPassword
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class AccountPanel(Card):
    """Signals carry what is wanted; whoever hears them asks the services."""

    release_wanted = Signal()
    reset_wanted = Signal(str)
    """A new first password."""
    roles_wanted = Signal(list, str)
    """Names of roles, and the agency."""
    remove_wanted = Signal(bool)
    """Whether there was a threat: then nothing written later in their name counts."""
    take_wanted = Signal(str)
    """A ring to be taken from them."""

    def __init__(
        self,
        account: Account,
        desk: Desk,
        *,
        work: Work,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(account.name or tr("No name"), parent=parent)
        self.account, self._desk, self._work, self._words = account, desk, work, words
        self.password: NewPassword | None = None
        self.roles: Chips | None = None
        self._more: QWidget | None = None
        self.body.addWidget(Label(_facts(account), tone="text2", wrap=True))
        if account.locked:
            self._add_release()
        self._buttons()
        self._room = QVBoxLayout()
        self.body.addLayout(self._room)

    def refuse(self, error: LeadappError) -> bool:
        """Show what speaks against a new password; False when it is something else."""
        if self.password is None or not (isinstance(error, Refusal) and error.problems):
            return False
        self.password.say(error.problems)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def close_more(self) -> bool:
        """Close what is asked below; False when nothing is."""
        was_open = self._more is not None
        self._put(None)
        return was_open

    # -- what can be pressed -------------------------------------------------------------

    def _add_release(self) -> None:
        release = Button(tr("Release"), icon="lock-open", role="primary", small=True)
        release.clicked.connect(self.release_wanted.emit)
        text = tr("Make sure it is really them who asks.")
        self.body.addWidget(
            Notice("warn", tr("Locked after wrong passwords"), text, actions=(release,))
        )

    def _buttons(self) -> None:
        oneself = self.account.user == self._desk.user
        column = QVBoxLayout()
        column.setSpacing(theme().px(6))
        wanted = [(tr("Change roles"), "users-round", self._ask_roles, self.account.active)]
        reset = self.account.here and not oneself
        wanted += [(tr("Give a new password"), "key-round", self._ask_password, reset)]
        taken = bool(self._takeable()) and not oneself
        wanted += [(tr("Take records away"), "shield", self._ask_take, taken)]
        for words, icon, do, able in wanted:
            if able:
                button = Button(words, icon=icon, small=True)
                button.clicked.connect(do)
                column.addWidget(button)
        if self.account.active and not oneself:
            remove = Button(tr("Remove this person"), icon="user", role="danger", small=True)
            remove.clicked.connect(self._ask_remove)
            column.addWidget(remove)
        self.body.addLayout(column)

    def _takeable(self) -> list[str]:
        return [ring for ring in sorted(self.account.rings) if ring not in ("sys", "shared")]

    # -- what is asked below -------------------------------------------------------------

    def _ask_password(self) -> None:
        box, column = _box()
        text = tr("They change it at their next unlock under Admin. It holds on this computer.")
        column.addWidget(Label(text, tone="text2", wrap=True))
        county, name = self._desk.device.county, self.account.name
        self.password = NewPassword(
            self._work, self._words, lambda: (county, self.account.agency, name),
            label=tr("New first password"),
        )  # fmt: skip
        column.addWidget(self.password)
        give = Button(tr("Give this password"), icon="key-round", role="primary")
        give.clicked.connect(self._give_password)
        column.addWidget(give)
        self._put(box)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_password(self) -> None:
        if self.password is None:
            return
        if self.password.wrong():
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.reset_wanted.emit(self.password.value())

    def _ask_roles(self) -> None:
        box, column = _box()
        roles = Chips([Choice(role, role_words(role)) for role in Role])
        roles.set_value([str(role) for role in self.account.roles])
        self.roles = roles
        field = Field(tr("Roles"), roles, needed=True)
        agency = Line()
        agency.set_value(self.account.agency)
        hint = tr("Needed for deputies and law supervisors")
        agency_field = Field(tr("Law agency"), agency, hint=hint)

        def change() -> None:
            chosen = roles.value()
            law = bool({Role(name) for name in chosen} & LAW_ROLES)
            short = agency_id(agency.text()) if law else ""
            field.set_error("" if chosen else tr("Choose one role or more."))
            lacking = law and not short
            agency_field.set_error(tr("Type the agency\u2019s short name.") if lacking else "")
            if chosen and not lacking:
                self.roles_wanted.emit(chosen, short)

        column.addWidget(field)
        column.addWidget(agency_field)
        give = Button(tr("Give these roles"), icon="check", role="primary")
        give.clicked.connect(change)
        column.addWidget(give)
        self._put(box)
        roles.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_take(self) -> None:
        box, column = _box()
        text = tr(
            "Their key goes at once; the records get a new key at a holder\u2019s next unlock."
        )
        column.addWidget(Label(text, tone="text2", wrap=True))
        first: Button | None = None
        for ring in self._takeable():
            words = tr("Take {ring}", ring=ring_words(ring))
            button = Button(words, icon="minus", role="danger", small=True)
            button.clicked.connect(lambda _on=False, ring=ring: self.take_wanted.emit(ring))
            column.addWidget(button)
            first = first or button
        self._put(box)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_remove(self) -> None:
        box, column = _box()
        text = tr(
            "They can no longer unlock here, and other computers hear of it at the next sync. What"
            " they wrote stays."
        )
        name = self.account.name
        column.addWidget(Notice("warn", tr("Remove {name}?", name=name), text))
        keep = Button(tr("Keep"), icon="x")
        keep.clicked.connect(lambda: self._put(None))
        remove = Button(tr("Remove"), role="danger")
        remove.clicked.connect(lambda: self.remove_wanted.emit(False))
        row = QHBoxLayout()
        row.addWidget(keep)
        row.addWidget(remove)
        row.addStretch(1)
        column.addLayout(row)
        threat = Button(tr("Remove, their password is known to others"), role="danger", small=True)
        threat.clicked.connect(lambda: self.remove_wanted.emit(True))
        column.addWidget(threat)
        self._put(box)
        keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put(self, box: QWidget | None) -> None:
        if self._more is not None:
            self._more.hide()
            self._more.deleteLater()
        self._more = box
        if box is None:
            self.password = None
            self.roles = None
        else:
            self._room.addWidget(box)
            box.show()  # at once, so that it can take the focus


def _box() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(10))
    column.addWidget(rule())
    return box, column


def _facts(account: Account) -> str:
    """Return what is known of an account, a fact a line."""
    lines = [roles_words(account.roles) or tr("No role: removed")]
    if account.title and account.title != lines[0]:
        lines[0] = f"{account.title}. {lines[0]}"
    if account.agency:
        lines.append(tr("Law agency: {agency}", agency=account.agency))
    held = [ring_words(ring) for ring in sorted(account.rings) if ring not in ("sys", "shared")]
    if not account.here:
        lines.append(tr("Has no password on this computer."))
    elif held:
        lines.append(tr("Opens here: {rings}.", rings=", ".join(held)))
    else:
        lines.append(tr("Opens no records here yet."))
    return "\n".join(lines)
