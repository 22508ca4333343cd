"""One record as a page of its own: opened from a figure of a report, from Today, from a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.ui.offering import Offer, offer
from leadapp.ui.record.opening import open_record
from leadapp.ui.record.paper import record_paper
from leadapp.ui.record.reading import OpenedRecord
from leadapp.ui.record.view import RecordView
from leadapp.ui.shell.page import Crumb, Page, PaperOut
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work


class RecordPage(Page):
    """``RecordPage(desk, work, words, ring, record)``; its name is ``record:<record>``."""

    closed = Signal()
    """Esc or Back: close the page."""

    correct_wanted = Signal(str, str)
    print_wanted = Signal(str, str)

    def __init__(
        self,
        desk: Desk,
        work: Work,
        words: Words,
        ring: str,
        record: str,
        *,
        trail: Sequence[Crumb] = (),
    ) -> None:
        super().__init__(f"record:{record}", tr("Record"))
        self._desk, self._work, self._words = desk, work, words
        self.ring, self.record = ring, record
        self.view = RecordView(desk, work, words, back=tr("Back"))
        self.view.back_wanted.connect(self.closed)
        self.view.correct_wanted.connect(lambda one: self.correct_wanted.emit(*one.place))
        self.view.print_wanted.connect(lambda one: self.print_wanted.emit(*one.place))
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(20), look.px(14), look.px(16), look.px(12))
        column.addWidget(self.view)
        self.set_heading(trail=trail)
        self._seen = False

    def on_shown(self) -> None:
        """Fetch it, log it, show it; once for each opening."""
        words = tr("Print this record")
        offer(self, Offer("record_print", words, self.view.print_now, "Ctrl+P", "printer"))
        if not self._seen:
            self._seen = True
            place = (self.ring, self.record)
            open_record(self._desk, self._work, self._words, place, self._came, self)

    def reload(self) -> None:
        """F5, or it was corrected."""
        self._seen = False
        self.on_shown()

    def leave(self) -> bool:
        """Esc: close what is asked, then the page."""
        if not self.view.close_question():
            self.closed.emit()
        return True

    def paper_out(self, give: Callable[[PaperOut], None]) -> bool:
        """Ctrl+Shift+P: the record's paper."""
        opened = self.view.opened
        return opened is not None and record_paper(
            self._desk, self._work, opened, give, self._refused, self
        )

    def panes(self) -> Sequence[QWidget]:
        """Return the record."""
        return (self.view,)

    def _refused(self, error: LeadappError) -> None:
        self.set_heading(aside=self._words.of(error))

    def _came(self, opened: OpenedRecord) -> None:
        self.view.show_record(opened)
        self.set_heading(opened.form_title)
        self.view.focus_first()
