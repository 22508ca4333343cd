"""The Outbox tab of Sync: what waits to leave, how far it is, and what came for the person here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from leadapp.core.attachments import Attachment
from leadapp.core.errors import LeadappError
from leadapp.core.files import write_whole
from leadapp.core.ids import RecordId
from leadapp.core.words import Words
from leadapp.forms.media import PDF
from leadapp.services import outbox, persons
from leadapp.services.desk import Desk, family_of
from leadapp.services.outbox import Document, Receiver
from leadapp.services.persons import ConsentLine
from leadapp.ui.entry.file_window import open_file
from leadapp.ui.entry.files import Files
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.cells import Cell, Column, Row, Tone, band
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.table import Table
from leadapp.ui.kit.typed_dates import say_moment
from leadapp.ui.outbox.lock_card import LockCard
from leadapp.ui.outbox.put_card import PutCard, Wish, copy_words
from leadapp.ui.paper_out import print_pdf
from leadapp.ui.shell.page import PaperOut
from leadapp.ui.sync.tab import Tab
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

T = TypeVar("T")
ChooseFile = Callable[[QWidget, str], str]
_TONES: dict[str, Tone] = {"made": "warn", "queued": "tint", "sent": "tint", "confirmed": "ok"}


def ask_file(parent: QWidget, name: str) -> str:
    """Ask where to save; "" for nowhere."""
    path, _kind = QFileDialog.getSaveFileName(parent, tr("Save PDF"), name, tr("PDF (*.pdf)"))
    return path


class OutboxTab(Tab):
    """``OutboxTab(desk, work, words)``; ``take(paper)`` asks for whom a paper is."""

    waits = Signal(int, int)
    """How many documents wait to leave this computer, and how many came and are new."""

    fills = True

    def __init__(
        self, desk: Desk, work: Work, words: Words, *, choose_file: ChooseFile = ask_file
    ) -> None:
        super().__init__("outbox", tr("Outbox"), desk, work, words)
        self._choose_file = choose_file
        self._paper: PaperOut | None = None
        self._documents: dict[str, Document] = {}
        self._new: frozenset[RecordId] = frozenset()
        self.put_card = PutCard()
        self.put_card.wanted.connect(self._put)
        self.put_card.dropped.connect(self.leave)
        self.lock_card = LockCard(work, words, desk.device.county)
        self.lock_card.wanted.connect(self._lock)
        self.lock_card.dropped.connect(self.leave)
        self._empty = Empty(
            "inbox",
            tr("The outbox is empty"),
            tr("Ctrl+Shift+P on a report or a record puts its paper here, for someone."),
        )
        self._table()
        for one in (self.put_card, self.lock_card, self._empty, self.table, self._buttons()):
            self.column.addWidget(one, 1 if one in (self._empty, self.table) else 0)
        self.put_card.hide()
        self.lock_card.hide()

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
        self.put_card.ask(paper.what, *found, copy=paper.copy, party=paper.party)

    def main_action(self) -> None:
        """Go on with what is asked, else open the chosen document."""
        if self.put_card.isVisible():
            self.put_card.go()
        elif self.lock_card.isVisible():
            self.lock_card.go()
        elif self.open.isEnabled():
            self.open.click()

    def leave(self) -> bool:
        """Drop what is asked; False when nothing is."""
        for card in (self.put_card, self.lock_card):
            if card.isVisible():
                card.hide()
                self._paper = None
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def panes(self) -> Sequence[QWidget]:
        """What is asked, then the list."""
        return (self.put_card, self.lock_card, self.table)

    def _consents(self, paper: PaperOut) -> list[ConsentLine] | None:
        """Return the consents of the person a care paper is about; ``None`` for other papers."""
        if "care" not in paper.families or not paper.person:
            return None
        found = persons.page(self.desk, RecordId(paper.person))
        consents = found.consents if found is not None else ()
        return [one for one in consents if one.person == paper.person]

    def _table(self) -> None:
        self.table = Table(
            [
                Column("what", tr("File"), 220, stretch=True),
                Column("who", tr("For"), 170),
                Column("made", tr("Made"), 120),
                Column("size", tr("Size"), 70, number=True),
                Column("state", tr("Status"), 160),
            ],
            name=tr("Outbox"),
            two_lines=True,
        )
        self.table.setMinimumHeight(theme().px(260))
        self.table.moved_to.connect(lambda _key: self._moved())
        self.table.opened.connect(lambda _key: self.open.click())

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self.open = self._button(tr("Open"), "file-text", self._open)
        self.print = self._button(tr("Print"), "printer", self._print)
        self.lock = self._button(tr("Save with a password"), "lock", self._ask_password)
        self.hand = self._button(tr("It was handed over"), "check", self._handed)
        self.told = self._button(tr("They say it came"), "check", self._told)
        self.drop = self._button(tr("Take it out"), "trash-2", self._withdraw)
        self._acts = (self.open, self.print, self.lock, self.hand, self.told, self.drop)
        for button in self._acts:
            row.addWidget(button)
        row.addStretch(1)
        self._foot = holder
        return holder

    def _button(self, words: str, icon: str, do: Callable[[Document], None]) -> Button:
        button = Button(words, icon=icon, small=True)
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
        mine = [one for one in found if one.mine]
        came = [one for one in found if not one.mine]
        rows: list[Row] = []
        for name, title, group in (
            ("out", tr("From you"), mine),
            ("in", tr("For you"), came),
        ):
            if group:
                rows.append(band(name, f"{title} · {len(group)}"))
                rows += [self._row(one) for one in group]
        self.table.show_rows(rows)
        for widget, shown in (
            (self._empty, not found),
            (self.table, bool(found)),
            (self._foot, bool(found)),
        ):
            widget.setVisible(shown)
        waits = sum(one.state in ("made", "queued") for one in mine)
        self.set_count(waits + len(self._new))
        self.waits.emit(waits, len(self._new))
        if found and self.table.current_key() not in self._documents:
            self.table.go_to_first()
        self._moved()

    def _row(self, one: Document) -> Row:
        now = self.desk.clock.now()
        made = say_moment(datetime.fromisoformat(one.made_at).astimezone(now.tzinfo), now.date())
        part2 = family_of(one.ring) == "care"
        who = one.to.name if one.mine else tr("You")
        way = "" if one.to.user else tr("Without this program")
        if not one.mine:
            way = tr("From {who}", who=one.by)
        return Row(
            one.record,
            (
                Cell(
                    one.what,
                    copy_words(one.copy),
                    bold=True,
                    icon="shield" if part2 else "file-text",
                    icon_tone="part2" if part2 else "text2",
                ),
                Cell(who, way),
                Cell(made),
                Cell(size_words(one.size)),
                self._state(one),
            ),
        )

    def _state(self, one: Document) -> Cell:
        if one.record in self._new:
            return Cell(tr("New"), badge="warn")
        return Cell(state_words(one), badge=_TONES[one.state])

    def _moved(self) -> None:
        one = self._documents.get(self.table.current_key())
        outside = one is not None and one.mine and not one.to.user
        self.open.setEnabled(one is not None and one.here)
        self.print.setEnabled(one is not None and one.here)
        self.drop.setEnabled(one is not None and one.mine)
        open_way = outside and one is not None and one.state != "confirmed"
        self.lock.setVisible(outside)
        self.hand.setVisible(open_way and one is not None and one.state == "made")
        self.told.setVisible(open_way and one is not None and one.state == "sent")
        self.drop.setVisible(one is not None and one.mine)

    # -- what can be done ----------------------------------------------------------------

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

        self.ask(job, self._done)

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

    def _ask_password(self, one: Document) -> None:
        self.put_card.hide()
        self.lock_card.ask(one)

    def _lock(self, one: Document, password: str) -> None:
        chosen = self._choose_file(self, f"{one.record[:8]}.pdf")
        if not chosen:
            return
        desk, path = self.desk, Path(chosen)

        def job() -> None:
            write_whole(path, outbox.hand_over(desk, one, password))
            if one.state == "made":
                outbox.handed_over(desk, one)

        self.ask(job, self._done)

    def _handed(self, one: Document) -> None:
        self.ask(partial(outbox.handed_over, self.desk, one), self._done)

    def _told(self, one: Document) -> None:
        self.ask(partial(outbox.confirm, self.desk, one), self._done)

    def _withdraw(self, one: Document) -> None:
        self.ask(partial(outbox.withdraw, self.desk, one), self._done)

    def _done(self, _made: object) -> None:
        self.notice.hide()
        self.leave()
        self._ask()

    def _read(self, job: Callable[[], T], done: Callable[[T], None]) -> None:
        self.work.run(Lane.READER, job, done, self.refuse, owner=self)

    def refuse(self, error: LeadappError) -> None:
        """Say what was refused; a password's problems stand at the password."""
        if error.code == "vault.password_not_good" and self.lock_card.isVisible():
            self.lock_card.password.say(error.values["problems"])  # type: ignore[arg-type]
            return
        super().refuse(error)


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


def state_words(one: Document) -> str:
    """Return how far a document is, as its maker or receiver says it."""
    if not one.mine:
        return tr("Came") if one.here else tr("On its way")
    if one.state == "made":
        return tr("Ready to hand over")
    if one.state == "queued":
        return tr("Goes with next sync")
    if one.state == "sent":
        return tr("Sent") if one.to.user else tr("Handed over")
    return tr("Confirmed")


def size_words(size: int) -> str:
    """Return a size as people say it: "118 KB"."""
    return tr("{n} KB", n=f"{max(1, round(size / 1000)):,}")
