"""The Outbox tab of Sync: what waits to leave, how far it is, and what came for the person here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.core.attachments import Attachment
from leadapp.core.errors import LeadappError
from leadapp.core.ids import RecordId
from leadapp.core.words import Words
from leadapp.forms.media import PDF
from leadapp.services import outbox, persons
from leadapp.services.desk import Desk
from leadapp.services.outbox import Document, Receiver
from leadapp.services.persons import ConsentLine
from leadapp.ui.entry.file_window import open_file
from leadapp.ui.entry.files import Files
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.cells import Column
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.foot_bar import FootBar
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.table import Table
from leadapp.ui.outbox.hand_over import HandOver
from leadapp.ui.outbox.put_card import PutCard, Wish
from leadapp.ui.outbox.rows import is_ready, rows_of, state_words
from leadapp.ui.outbox.where_to import WhereTo
from leadapp.ui.paper_out import print_pdf
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.sync.tab import Tab
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

T = TypeVar("T")


class OutboxTab(Tab):
    """``OutboxTab(desk, work, words)``; ``take(paper)`` asks for whom a paper is.

    ``where_to`` asks for files, folders and printers.
    """

    waits = Signal(int, int)
    """How many documents wait to leave this computer, and how many came and are new."""

    fills = True

    def __init__(
        self, desk: Desk, work: Work, words: Words, *, where_to: WhereTo | None = None
    ) -> None:
        super().__init__("outbox", tr("Outbox"), desk, work, words)
        self._paper: PaperOut | None = None
        self._waits_for_it: list[Callable[[OutboxTab], None]] = []
        self._documents: dict[str, Document] = {}
        self._wanted = ""
        """The paper to go to once it is in the list."""
        self._new: frozenset[RecordId] = frozenset()
        self.put_card = PutCard()
        self.put_card.wanted.connect(self._put)
        self.put_card.dropped.connect(self.leave)
        self.handing = HandOver(desk, work, words, where_to or WhereTo())
        self.handing.settled.connect(self._settle_foot)
        self.handing.changed.connect(self._handed_over)
        self.handing.refused.connect(self.refuse)
        self._empty = Empty(
            "inbox",
            tr("The outbox is empty"),
            tr("Ctrl+Shift+P on a report or a record puts its paper here, for someone."),
        )
        self._make_table()
        self._make_head()
        self._make_foot()
        self._why = Notice("warn", "")
        self._why.hide()
        for one in (self.put_card, self.handing, self._why, self._head, self._empty, self.table):
            self.column.addWidget(one, 1 if one in (self._empty, self.table) else 0)
        self.put_card.hide()
        self._head.hide()
        self._empty.hide()  # until it is known whether there is any

    def reload(self) -> None:
        """Say what came for the person here, then ask what there is."""
        desk = self.desk

        def failed(error: LeadappError) -> None:
            self.refuse(error)
            self._ask()

        # Where this computer may not write any more, there is still what can be read.
        self.work.run(
            Lane.WRITER, lambda: outbox.receive(desk), lambda _: self._ask(), failed, owner=self
        )

    def when_known(self, do: Callable[[OutboxTab], None]) -> None:
        """Ask again, and ``do`` this once it is known what is ready."""
        self._waits_for_it.append(do)
        self._ask()

    def take(self, paper: PaperOut) -> None:
        """Ask for whom ``paper`` is."""
        self._paper, desk = paper, self.desk

        def job() -> tuple[list[Receiver], list[ConsentLine] | None]:
            ring = outbox.ring_for(desk, paper.families)
            return outbox.receivers(desk, ring), self._consents(paper)

        self._read(job, partial(self._put_asked, paper))

    def _put_asked(
        self, paper: PaperOut, found: tuple[list[Receiver], list[ConsentLine] | None]
    ) -> None:
        self.handing.leave()
        self.put_card.ask(paper.what, *found, copy=paper.copy, party=paper.party)
        self._settle_foot()

    def start(self) -> None:
        """Go into the list, where it is there."""
        if self.table.isVisible() and not self.put_card.isVisible():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def main_action(self) -> None:
        """Go on with what is asked, else open the chosen document."""
        if self.put_card.isVisible():
            self.put_card.go()
        elif self.handing.asks:
            self.handing.go()
        elif self.open.isEnabled():
            self.open.click()

    def print_now(self) -> None:
        """Ctrl+P: print the chosen document."""
        if self.print.isVisible() and self.print.isEnabled():
            self.print.click()

    def leave(self) -> bool:
        """Drop what is asked, or stop what goes on; False when nothing is."""
        shown = self.put_card.isVisible()
        self.put_card.hide()
        self._paper = None
        if not shown and not self.handing.leave():
            return False
        self._settle_foot()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def panes(self) -> Sequence[QWidget]:
        """What is asked, what is done with all, the list, what is done with one."""
        found = (self.put_card, self.handing, self._head, self.table)
        return (*found, *([self.foot] if self.foot is not None else []))

    def _consents(self, paper: PaperOut) -> list[ConsentLine] | None:
        """Return the consents of the person a care paper is about; ``None`` for other papers.

        On whichever record of the person they stand.
        """
        if "care" not in paper.families or not paper.person:
            return None
        found = persons.page(self.desk, RecordId(paper.person))
        return list(found.consents) if found is not None else []

    # -- what stands there ---------------------------------------------------------------

    def _make_table(self) -> None:
        self.table = Table(
            [
                Column("what", tr("File"), 210, stretch=True),
                Column("who", tr("For"), 170),
                Column("made", tr("Made"), 150),
                Column("size", tr("Size"), 66, number=True),
                Column("state", tr("Status"), 150),
            ],
            name=tr("Papers"),
            two_lines=True,
        )
        self.table.setMinimumHeight(theme().px(170))
        self.table.moved_to.connect(lambda _key: self._moved())
        self.table.opened.connect(lambda _key: self.open.click())

    def _make_head(self) -> None:
        self._head = QWidget()
        self._head.setAccessibleName(tr("All that is ready"))
        row = QHBoxLayout(self._head)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self._said = Label("", role="table", tone="text2", wrap=True)
        row.addWidget(self._said, 1)
        self.print_all = Button(tr("Print all"), icon="printer", small=True, key="Ctrl+Shift+A")
        self.copy_all = Button(tr("Copy all"), icon="file-down", small=True, key="Ctrl+Shift+C")
        self.print_all.clicked.connect(self.print_ready)
        self.copy_all.clicked.connect(self.copy_ready)
        row.addWidget(self.print_all)
        row.addWidget(self.copy_all)

    def _make_foot(self) -> None:
        self.foot = FootBar()
        self.open = self._button(tr("Open"), "file-text", self._open)
        self.print = self._button(tr("Print"), "printer", self._print, key="Ctrl+P")
        self.lock = self._button(
            tr("Save with a password"), "lock", lambda one: self._ask_password([one])
        )
        self.hand = self._button(tr("It was handed over"), "check", self._handed)
        self.told = self._button(tr("They say it came"), "check", self._told)
        self.drop = self._button(tr("Take it out"), "trash-2", self._withdraw)
        self.foot.row.addStretch(1)
        for button in (self.drop, self.hand, self.told, self.lock, self.print, self.open):
            self.foot.row.addWidget(button)
        self.foot.hide()

    def _button(
        self, words: str, icon: str, do: Callable[[Document], None], *, key: str = ""
    ) -> Button:
        button = Button(words, icon=icon, small=True, key=key)
        button.clicked.connect(lambda _on=False: self._with_chosen(do))
        return button

    def _with_chosen(self, do: Callable[[Document], None]) -> None:
        chosen = self._documents.get(self.table.current_key())
        if chosen is not None:
            self.notice.hide()
            do(chosen)

    def _ask(self) -> None:
        desk = self.desk

        def known(new: frozenset[RecordId]) -> None:
            self._new = new
            self._read(lambda: outbox.documents(desk), self._came)

        self.ask(lambda: outbox.unopened(desk), known)

    def _came(self, found: list[Document]) -> None:
        self._documents = {one.record: one for one in found}
        self.table.show_rows(rows_of(found, self._new, self.desk.clock.now()))
        self._empty.setVisible(not found)
        self.table.setVisible(bool(found))
        self._head.setVisible(bool(found))
        self._settle_foot()
        waits = sum(one.mine and one.state in ("made", "queued") for one in found)
        self.set_count(waits + len(self._new))
        self.waits.emit(waits, len(self._new))
        ready = len(self._ready())
        one = tr("1 paper is ready to hand over.")
        many = tr("{n} papers are ready to hand over.", n=ready)
        none = tr("Nothing is to be handed over.")
        self._said.setText(none if not ready else one if ready == 1 else many)
        for button in (self.print_all, self.copy_all):
            button.setVisible(bool(ready))
        wanted, self._wanted = self._wanted, ""
        if wanted in self._documents:
            self.table.go_to(wanted)
        elif found and self.table.current_key() not in self._documents:
            self.table.go_to_first()
        self._moved()
        waiting, self._waits_for_it = self._waits_for_it, []
        for do in waiting:
            do(self)

    def _settle_foot(self) -> None:
        """What is done with one paper makes room while something is asked."""
        asks = self.put_card.isVisible() or self.handing.asks
        if self.foot is not None:
            self.foot.setVisible(bool(self._documents) and not asks)

    def _ready(self) -> list[Document]:
        return [one for one in self._documents.values() if is_ready(one)]

    def _moved(self) -> None:
        one = self._documents.get(self.table.current_key())
        outside = one is not None and one.mine and not one.to.user
        can_open = one is not None and one.here and one.state != "overtaken"
        self.open.setEnabled(can_open)
        self.print.setEnabled(can_open)
        open_way = outside and one is not None and one.state != "confirmed"
        self._say_why(one)
        self.lock.setVisible(outside and one is not None and one.state != "overtaken")
        self.hand.setVisible(open_way and one is not None and one.state == "made")
        self.told.setVisible(open_way and one is not None and one.state == "sent")
        self.drop.setVisible(one is not None and one.mine)

    def _say_why(self, one: Document | None) -> None:
        """Say why the chosen paper stays, if it does."""
        why = one.why if one is not None else None
        self._why.setVisible(why is not None)
        if one is not None and why is not None:
            self._why.say("warn", f"{one.what}: {state_words(one)}", self.words.of(why))

    # -- what can be done with one -------------------------------------------------------

    def _put(self, wish: Wish) -> None:
        paper, desk = self._paper, self.desk
        if paper is None:
            return

        def job() -> str:
            ring = outbox.ring_for(desk, paper.families)
            return outbox.put(
                desk, paper.pdf, what=paper.what, copy=wish.copy, ring=ring, to=wish.to,
                person=RecordId(paper.person) if paper.person else None,
                record=RecordId(paper.record) if paper.record else None, basis=wish.basis,
            )  # fmt: skip

        def put(record: str) -> None:
            self._wanted = record
            self._done(record)

        self.put_card.put.setEnabled(False)  # until it is there, or refused
        self.ask(job, put)

    def _open(self, one: Document) -> None:
        def show(pdf: bytes) -> None:
            attachment = Attachment(one.sealed.name, "", len(pdf), PDF, one.what)
            open_file(self, Files(self.work, _Held(pdf)), attachment, self.words)
            self._ask()

        self.ask(partial(outbox.open_document, self.desk, one), show)

    def _print(self, one: Document) -> None:
        def show(pdf: bytes) -> None:
            print_pdf(self, self.work, pdf, one.what, self._ask, self.refuse)

        self.ask(partial(outbox.open_document, self.desk, one), show)

    def _handed(self, one: Document) -> None:
        self.ask(partial(outbox.handed_over, self.desk, one), self._done)

    def _told(self, one: Document) -> None:
        self.ask(partial(outbox.confirm, self.desk, one), self._done)

    def _withdraw(self, one: Document) -> None:
        self.ask(partial(outbox.withdraw, self.desk, one), self._done)

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused; it can be tried again."""
        self.put_card.put.setEnabled(True)
        super().refuse(error)

    def _handed_over(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ask()

    def _done(self, _made: object) -> None:
        self.notice.hide()
        self.leave()
        self._ask()

    # -- what can be done with all that is ready -------------------------------------------

    def copy_ready(self) -> None:
        """Ctrl+Shift+C: ask for a password, then put all that is ready into a folder."""
        self._with_ready(self._ask_password)

    def print_ready(self) -> None:
        """Ctrl+Shift+A: print all that is ready, one after the other."""
        self._with_ready(self.handing.print_all)

    def _with_ready(self, do: Callable[[Sequence[Document]], None]) -> None:
        ready = self._ready()
        self.notice.hide()
        if ready:
            do(ready)
        else:
            self.notice.say("info", tr("Nothing is ready to be handed over."))
            self.notice.show()

    def _ask_password(self, documents: Sequence[Document]) -> None:
        self.put_card.hide()
        self.handing.copy(documents)

    def _read(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self.work.run(Lane.READER, job, done, self.refuse, owner=self)


class _Held:
    """A PDF that is at hand, for the window that shows files."""

    def __init__(self, pdf: bytes) -> None:
        self._pdf = pdf

    def held(self, _attachment: Attachment) -> bytes:
        """Return the PDF."""
        return self._pdf

    def stored(self, _attachment: Attachment) -> bytes:
        """Return the PDF."""
        return self._pdf
