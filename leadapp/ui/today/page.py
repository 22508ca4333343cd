"""The page one comes to after unlocking: what is due, what was left, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from leadapp.core.clock import today as day_of_clock
from leadapp.core.ids import RecordId, RingId
from leadapp.services import today
from leadapp.services.desk import Desk
from leadapp.services.today import ContactLine, DraftLine, DueLine, Stock, ThisComputer
from leadapp.ui.days import say_long
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.pills import Filter, Pills
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.kit.table import Table
from leadapp.ui.shell.page import Page
from leadapp.ui.theme import theme
from leadapp.ui.today import cards, due_rows
from leadapp.ui.today.quick import QuickButton, quick_actions
from leadapp.ui.today.report_news import ReportNews, report_news, reports_wanted
from leadapp.ui.today.sync_news import SyncNews, sync_card, sync_news
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Ticket, Work

_CARDS, _CARDS_NARROW = 330, 268
_NARROW = 1000
"""Below this width of the page the cards give room to the list, and the list drops the phone."""


@dataclass(slots=True)
class _News:
    """What has come so far; ``None`` is not yet here."""

    drafts: Sequence[DraftLine] = ()
    report: ReportNews | None = None
    stock: Stock | None = None
    computer: ThisComputer | None = None
    sync: SyncNews | None = None


class TodayPage(Page):
    """``TodayPage(desk, work)``. Everything is asked again each time it is shown."""

    form_wanted = Signal(str, dict)
    """Start this form, with these answers by question name."""

    person_wanted = Signal(str, str)
    """Open the person's page: ring, record."""

    record_wanted = Signal(str, str)
    """Open a record: ring, record."""

    correction_wanted = Signal(str, str)
    """Go on with a finished record's waiting answers: ring, record."""

    draft_wanted = Signal(str)
    """Go on with a draft."""

    report_wanted = Signal(str, bool)
    """Show Reports at this month; true prints it at once."""

    naloxone_wanted = Signal()
    backup_wanted = Signal()
    sync_wanted = Signal(bool)
    """Sync now, or show the Sync page."""

    waiting = Signal(int)
    """How much is due up to today, for the navigation."""

    def __init__(self, desk: Desk, work: Work) -> None:
        super().__init__("today", "")
        self._desk, self._work = desk, work
        self._lines: list[DueLine] = []
        self._contacts: list[ContactLine] = []
        self._news = _News()
        self._tickets: list[Ticket] = []
        self._works_on_due = today.has_due_work(desk)
        self._officer = desk.side == "law"
        self._is_narrow = False
        self.buttons = [
            self._quick_button(one.form, QuickButton(one)) for one in quick_actions(desk)
        ]
        self.pills = Pills([], name=tr("Show"))
        self.table = self._make_table()
        self._stack = QStackedWidget()
        self._empty = Empty("clipboard-list", "", "")
        self._cards = Scroll(gap=12)
        self._card_list: list[Card] = []
        self._build()
        self.set_heading(say_long(day_of_clock(desk.clock)))

    def on_shown(self) -> None:
        """Ask for everything again."""
        self.set_heading(say_long(day_of_clock(self._desk.clock)))
        for ticket in self._tickets:
            ticket.drop()
        run = self._work.run
        desk = self._desk
        self._tickets = [
            run(Lane.DRAFTS, lambda: today.my_drafts(desk), self._drafts_came, owner=self),
            run(Lane.READER, lambda: today.due(desk), self._due_came, owner=self),
            run(Lane.READER, lambda: today.stock(desk), self._stock_came, owner=self),
            run(Lane.READER, lambda: today.this_computer(desk), self._computer_came, owner=self),
            run(Lane.WRITER, lambda: sync_news(desk), self._sync_came, owner=self),
        ]
        if self._officer:
            self._tickets.append(
                run(Lane.READER, lambda: today.my_contacts(desk), self._contacts_came, owner=self)
            )
        if reports_wanted(desk):
            self._tickets.append(
                run(Lane.READER, lambda: report_news(desk), self._report_came, owner=self)
            )

    def showEvent(self, event: QShowEvent) -> None:
        """Let the focus start on the role's own form, and later where it was."""
        super().showEvent(event)
        own = next((button for button in self.buttons if button.quick.primary), None)
        if own is not None and self.focusWidget() is None:
            own.setFocus(Qt.FocusReason.OtherFocusReason)

    def changed(self) -> None:
        """Something was saved: ask again if this page is in view."""
        if self.isVisible():
            self.on_shown()

    def new_thing(self) -> None:
        """Ctrl+N: the role's own form."""
        own = [button for button in self.buttons if button.quick.primary] or self.buttons
        if own:
            own[0].click()

    def panes(self) -> Sequence[QWidget]:
        """Actions, list, cards."""
        return (self._top, self._middle, self._cards)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list room where there is little."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_NARROW)
        self._cards.setFixedWidth(theme().px(_CARDS_NARROW if narrow else _CARDS))
        if self._works_on_due and narrow is not self._is_narrow:
            self._is_narrow = narrow
            self.table.setColumnHidden(3, narrow)
            if narrow:
                self._head.removeWidget(self.pills)
                self._head.insertStretch(1, 1)
                self._under_head.addWidget(self.pills)
            else:
                self._under_head.removeWidget(self.pills)
                self._head.takeAt(1)
                self._head.insertWidget(1, self.pills, 1)

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(16), look.px(16), look.px(12))
        column.setSpacing(look.px(14))
        self._top = QWidget()
        quick = QHBoxLayout(self._top)
        quick.setContentsMargins(0, 0, 0, 0)
        quick.setSpacing(look.px(12))
        for button in self.buttons:
            quick.addWidget(button, 1)
        if not self.buttons:
            self._top.hide()
        column.addWidget(self._top)
        row = QHBoxLayout()
        row.setSpacing(look.px(16))
        self._middle = self._make_middle()
        row.addWidget(self._middle, 1)
        row.addWidget(self._cards)
        column.addLayout(row, 1)

    def _make_middle(self) -> QWidget:
        look = theme()
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(8))
        self._head = QHBoxLayout()
        self._head.setSpacing(look.px(12))
        self._head.addWidget(Label(self._list_name(), role="pane_title"))
        self._head.addWidget(self.pills, 1)
        for button in self._row_buttons():
            self._head.addWidget(button)
        column.addLayout(self._head)
        self._under_head = QVBoxLayout()
        column.addLayout(self._under_head)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(QWidget())
        self._stack.setCurrentIndex(2)
        column.addWidget(self._stack, 1)
        return middle

    def _list_name(self) -> str:
        if self._works_on_due:
            return tr("Due work")
        return tr("My contacts") if self._officer else ""

    def _row_buttons(self) -> list[Button]:
        if not self._works_on_due:
            return []
        note = Button(tr("Contact note"), icon="message-square-text", small=True)
        note.clicked.connect(self._note_for_row)
        self._note_button = note
        opens = Button(tr("Open"), icon="arrow-right", key="Enter", small=True)
        opens.clicked.connect(lambda: self._open(self.table.current_key()))
        return [note, opens]

    def _make_table(self) -> Table:
        columns = due_rows.due_columns() if self._works_on_due else due_rows.contact_columns()
        table = Table(columns, name=self._list_name() or tr("Nothing"), two_lines=True)
        table.opened.connect(self._open)
        self.pills.changed.connect(lambda _name: self._show_due())
        if not self._works_on_due:
            self.pills.hide()
        return table

    def _quick_button(self, form: str, button: QuickButton) -> QuickButton:
        button.clicked.connect(lambda _on=False: self.form_wanted.emit(form, {}))
        return button

    # -- answers -------------------------------------------------------------------------

    def _due_came(self, lines: list[DueLine]) -> None:
        self._lines = lines
        if not self._works_on_due:
            if not self._officer:
                self._show_empty(
                    "circle-check",
                    tr("Nothing waits here"),
                    tr("Your work is in the places at the left."),
                )
            return
        day = day_of_clock(self._desk.clock)
        late = sum(line.day < day for line in lines)
        now = sum(line.day <= day for line in lines)
        aside = tr("{late} overdue, {now} for today", late=late, now=now - late) if now else ""
        self.set_heading(aside=aside)
        self.waiting.emit(now)
        names = (
            (due_rows.EVERYONE, tr("Everyone")),
            (due_rows.MINE, tr("Mine")),
            (due_rows.REFERRALS, tr("Referrals")),
            (due_rows.CONSENTS, tr("Consents")),
        )
        self.pills.set_filters(
            [Filter(name, words, len(due_rows.chosen(lines, name))) for name, words in names]
        )
        self._show_due()

    def _show_due(self) -> None:
        lines = due_rows.chosen(self._lines, self.pills.value())
        if not lines:
            self._show_empty(
                "clipboard-list",
                tr("Nothing is due"),
                tr("Work appears here when a referral comes in or a note sets a next contact."),
            )
            return
        self.table.show_rows(due_rows.due_rows(lines, day_of_clock(self._desk.clock)))
        self._stack.setCurrentIndex(0)

    def _contacts_came(self, contacts: list[ContactLine]) -> None:
        self._contacts = contacts
        waiting = sum(bool(one.waiting) for one in contacts)
        self.waiting.emit(waiting)
        aside = {0: "", 1: tr("1 to finish")}.get(waiting, tr("{count} to finish", count=waiting))
        self.set_heading(aside=aside)
        if contacts:
            self.table.show_rows(due_rows.contact_rows(contacts, day_of_clock(self._desk.clock)))
            self._stack.setCurrentIndex(0)
        else:
            self._show_empty(
                "siren", tr("No contacts in the last 14 days"), tr("Ctrl+1 starts one.")
            )

    def _show_empty(self, icon: str, fact: str, how: str) -> None:
        old = self._empty
        self._empty = Empty(icon, fact, how)
        self._stack.insertWidget(1, self._empty)
        self._stack.removeWidget(old)
        old.deleteLater()
        self._stack.setCurrentIndex(1)

    def _drafts_came(self, drafts: list[DraftLine]) -> None:
        self._news.drafts = drafts
        self._show_cards()

    def _report_came(self, report: ReportNews | None) -> None:
        self._news.report = report
        self._show_cards()

    def _stock_came(self, stock: Stock | None) -> None:
        self._news.stock = stock
        self._show_cards()

    def _computer_came(self, computer: ThisComputer) -> None:
        self._news.computer = computer
        self._show_cards()

    def _sync_came(self, news: SyncNews | None) -> None:
        self._news.sync = news
        self._show_cards()

    def _show_cards(self) -> None:
        """Make the cards anew; the focus stays where it was, by name."""
        focused = QApplication.focusWidget()
        here = focused is not None and self._cards.isAncestorOf(focused)
        name = focused.accessibleName() if here and focused is not None else ""
        for card in self._card_list:
            self._cards.body.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._card_list = [card for card in self._make_cards() if card is not None]
        for card in self._card_list:
            self._cards.body.addWidget(card)
            for inside in card.findChildren(QWidget) if name else ():
                if inside.accessibleName() == name:
                    inside.setFocus(Qt.FocusReason.OtherFocusReason)
        self._cards.setVisible(True)

    def _make_cards(self) -> list[Card | None]:
        news, now = self._news, self._desk.clock.now()
        made = [cards.drafts_card(news.drafts, now, lambda one: self.draft_wanted.emit(one.draft))]
        report = news.report
        if report is not None:
            month = report.month
            made.append(
                cards.report_card(
                    tr("{title}, {month}", title=report.title, month=report.label),
                    report.text,
                    report.to_fix,
                    partial(self.report_wanted.emit, month, True),
                    partial(self.report_wanted.emit, month, False),
                )
            )
        if news.stock is not None and news.stock.is_news:
            made.append(cards.stock_card(news.stock, self.naloxone_wanted.emit))
        if news.sync is not None:
            made.append(sync_card(news.sync, self.sync_wanted.emit))
        if news.computer is not None:
            made.append(cards.computer_card(news.computer, now, self.backup_wanted.emit))
        return made

    # -- acting --------------------------------------------------------------------------

    def _open(self, key: str) -> None:
        line = next((one for one in self._lines if one.key == key), None)
        if line is not None and line.person and line.person_ring:
            self.person_wanted.emit(line.person_ring, line.person)
        elif line is not None:
            self.record_wanted.emit(line.ring, line.record)
        contact = next((one for one in self._contacts if _key(one) == key), None)
        if contact is not None:
            wanted = self.correction_wanted if contact.waiting else self.record_wanted
            wanted.emit(RingId(contact.line.ring), RecordId(contact.line.record))

    def _note_for_row(self) -> None:
        line = next((one for one in self._lines if one.key == self.table.current_key()), None)
        self.form_wanted.emit(
            "contact_note", {"person": line.person} if line and line.person else {}
        )


def _key(one: ContactLine) -> str:
    return f"{one.line.ring} {one.line.record}"
