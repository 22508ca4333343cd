"""People and roles: who has an account, who waits for a yes, a code for a locked screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.journal.rings import is_part2
from leadapp.services import accounts
from leadapp.services.accounts import Account
from leadapp.services.desk import Desk
from leadapp.services.holding import Request
from leadapp.staff.rights import may_program
from leadapp.staff.roles import Role
from leadapp.ui.admin.account_form import AccountForm
from leadapp.ui.admin.account_panel import AccountPanel
from leadapp.ui.admin.release_code import ReleaseCode
from leadapp.ui.admin.section import Section
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.panel_beside import PanelBeside
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.kit.table import Table
from leadapp.ui.ring_names import ring_words
from leadapp.ui.role_words import roles_words
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class PeopleSection(Section):
    """The table at the left, one account or a new one at the right."""

    fills = True

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__(tr("People and roles"), desk, work, words, say)
        look = theme()
        self._accounts: dict[str, Account] = {}
        self._shown = ""
        self._may_add = any(may_program(role, "add_user") for role in desk.roles)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(look.px(8))
        self.column.addLayout(self._asked)
        self.table = Table(
            [
                Column("name", tr("Name"), 200, stretch=True),
                Column("roles", tr("Roles"), 210),
                Column("state", tr("On this computer"), 150),
            ],
            name=tr("People"),
            two_lines=True,
        )
        self.table.setMinimumHeight(look.px(170))
        self.table.moved_to.connect(self._moved_to)
        self.table.opened.connect(self._opened)
        self.add = Button(tr("Add a person"), icon="user-plus", key="Ctrl+N", small=True)
        self.add.clicked.connect(self.new_thing)
        self._beside = PanelBeside(self.table, head=[self.add], side=340)
        self.add.setVisible(self._may_add)
        self.code = ReleaseCode(self)
        self._beside.keep_under(self.code)
        self.column.addWidget(self._beside, 1)

    @property
    def panel(self) -> QWidget | None:
        """What is open at the right: an account, or a new one."""
        return self._beside.panel

    def account(self, name: str) -> Account:
        """Return the account of that name, as last heard."""
        return next(one for one in self._accounts.values() if one.name == name)

    def reload(self) -> None:
        """Ask for the accounts and for who waits."""
        if self._may_add:
            self.ask(lambda: accounts.accounts(self.desk), self._show_accounts)
        self.ask(lambda: accounts.requests(self.desk), self._show_requests)

    def new_thing(self) -> None:
        """Begin a new account."""
        if not self._may_add:
            return
        device = self.desk.device
        card = Card(tr("Add a person"))
        form = AccountForm(
            self.work,
            self.words,
            device_class=device.device_class,
            agency=device.agency,
            county=device.county,
        )
        card.body.addWidget(form)
        add = Button(tr("Add this person"), icon="user-plus", role="primary", key="Ctrl+S")
        card.body.addWidget(add)
        add.clicked.connect(lambda: self._add(form))
        self._shown = ""
        self._put(card)
        form.setFocus(Qt.FocusReason.OtherFocusReason)

    def main_action(self) -> None:
        """Add the person that is being typed."""
        form = self.panel.findChild(AccountForm) if self.panel is not None else None
        if isinstance(form, AccountForm):
            self._add(form)

    def leave(self) -> bool:
        """Close what is open at the right."""
        if isinstance(self.panel, AccountPanel) and self.panel.close_more():
            return True
        was_open = self.panel is not None
        self._put(None)
        self._shown = ""
        if was_open:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return was_open

    # -- showing -------------------------------------------------------------------------

    def _show_accounts(self, found: Sequence[Account]) -> None:
        self._accounts = {str(one.user): one for one in found}
        active = sorted(found, key=lambda one: not one.active)
        self.table.show_rows([_row(one) for one in active])
        here = self._accounts.get(self._shown)
        same = isinstance(self.panel, AccountPanel) and self.panel.account == here
        if here is not None and not same:  # what is being typed in the panel stays
            self._show_account(here)

    def _show_requests(self, found: Sequence[Request]) -> None:
        while item := self._asked.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for one in found:
            self._asked.addWidget(self._request(one))

    def _request(self, request: Request) -> Notice:
        ring = ring_words(request.ring)
        yes = Button(tr("Yes, let {name} open it", name=request.name), icon="check", small=True)
        yes.clicked.connect(
            lambda: self.do(
                lambda: accounts.grant_ring(self.desk, request.ring, request.user),
                lambda _: self.done(tr("{name} may open {ring}.", name=request.name, ring=ring)),
            )
        )
        title = tr("{name} asks to open {ring}", name=request.name, ring=ring)
        text = tr("Their role opens it. Say yes only if they work with these people.")
        kind = "part2" if is_part2(request.ring) else "info"
        return Notice("part2" if kind == "part2" else "info", title, text, actions=(yes,))

    def _moved_to(self, key: str) -> None:
        """Follow the list; a new account being typed gives way only to a person's own move."""
        free = self.panel is None or isinstance(self.panel, AccountPanel)
        if key in self._accounts and key != self._shown and (free or self.table.hasFocus()):
            self._show_account(self._accounts[key])

    def _opened(self, key: str) -> None:
        self._moved_to(key)
        if self.panel is not None:
            self.panel.focusNextPrevChild(True)

    def _show_account(self, account: Account) -> None:
        self._shown = str(account.user)
        panel = AccountPanel(account, self.desk, work=self.work, words=self.words)
        user, desk, name = account.user, self.desk, account.name
        panel.release_wanted.connect(
            lambda: self.do(
                lambda: accounts.release(desk, user),
                lambda _: self.done(tr("{name} can unlock again.", name=name)),
            )
        )
        panel.reset_wanted.connect(
            lambda password: self.do(
                lambda: accounts.reset_password(desk, user, password),
                lambda reset: self.done(_reset_words(name, reset)),
                lambda error: self._refused(panel, error),
            )
        )
        panel.roles_wanted.connect(
            lambda names, agency: self.do(
                lambda: accounts.change_roles(desk, user, [Role(one) for one in names], agency),
                lambda _: self.done(tr("{name} has other roles now.", name=name)),
            )
        )
        panel.take_wanted.connect(
            lambda ring: self.do(
                lambda: accounts.withdraw_ring(desk, _ring(account, ring), user),
                lambda _: self.done(tr("{name} opens it no longer.", name=name)),
            )
        )
        panel.remove_wanted.connect(
            lambda threat: self.do(
                lambda: accounts.disable_user(desk, user, threat=threat),
                lambda _: self.done(tr("{name} was removed.", name=name)),
            )
        )
        self._put(panel)

    def _refused(self, panel: AccountPanel, error: LeadappError) -> None:
        if not panel.refuse(error):
            self.refuse(error)

    def _add(self, form: AccountForm) -> None:
        wish = form.wish()
        if wish is None:
            return
        new = accounts.NewUser(wish.name, wish.roles, wish.password, wish.agency, wish.title)

        def added(_user: str) -> None:
            self._put(None)
            self.done(tr("{name} was added.", name=wish.name))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

        def refused(error: LeadappError) -> None:
            if not form.refuse(error):
                self.refuse(error)

        self.do(lambda: accounts.add_user(self.desk, new), added, refused)

    def _put(self, panel: QWidget | None) -> None:
        """Show ``panel`` at the right, above the box for a release code; a form takes all."""
        self.code.setVisible(panel is None or isinstance(panel, AccountPanel))
        self._beside.put(panel)
        if panel is not None and not isinstance(panel, AccountPanel):
            bring_into_view(panel)


def _row(account: Account) -> Row:
    state, tone = tr("Can unlock"), "text"
    if not account.active:
        state, tone = tr("Removed"), "text2"
    elif account.locked:
        state, tone = tr("Locked"), "err"
    elif not account.here:
        state, tone = tr("No password here"), "text2"
    cells = (
        Cell(account.name, account.title, bold=True),
        Cell(roles_words(account.roles)),
        Cell(state, tone=tone),
    )
    return Row(str(account.user), cells, muted=not account.active)


def _ring(account: Account, name: str) -> RingId:
    return next(ring for ring in account.rings if ring == name)


def _reset_words(name: str, reset: accounts.Reset) -> str:
    if not reset.missing:
        return tr("{name} has a new password.", name=name)
    rings = ", ".join(ring_words(ring) for ring in sorted(reset.missing))
    return tr(
        "{name} has a new password. Another holder must give: {rings}.", name=name, rings=rings
    )
