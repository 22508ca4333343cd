"""Forms being filled: started, gone on with, corrected, left and finished.

What finished answers ask for is opened next, one form after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from leadapp.core.ids import DraftId, RecordId, RingId
from leadapp.services import filling
from leadapp.services.desk import Desk
from leadapp.services.filling import Offer, Saved
from leadapp.ui.around import Around
from leadapp.ui.choosing_form import ask_form
from leadapp.ui.days import say_clock
from leadapp.ui.entry.opening import Opening, saved_words, told_after
from leadapp.ui.entry.page import EntryPage
from leadapp.ui.shell.page import Crumb
from leadapp.ui.today.page import TodayPage
from leadapp.ui.words import tr


class FormsAtWork(QObject):
    """``FormsAtWork(app, parent)`` once a window; ``welcome(desk)`` for each person."""

    changed = Signal()
    """A form was left or finished: what others show may be another."""

    def __init__(self, app: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        self._opening: Opening | None = None
        self._offers: list[Offer] = []
        """Forms that finished answers asked for, still to be opened."""

    def welcome(self, desk: Desk) -> None:
        """Open forms for another person."""
        if self._opening is not None:
            self._opening.deleteLater()
        app, shell = self._app, self._app.shell
        self._opening = Opening(
            desk, app.work, app.words, shell.say, lambda: shell.toast.can_undo, self
        )
        self._opening.opened.connect(self._show)
        self._opening.refused.connect(app.fail)
        self._offers.clear()
        shell.status.set_saved(tr("All changes saved"))

    def start(self, form: str, answers: Mapping[str, str] | None = None) -> None:
        """Start a form, with answers to begin with by question name."""
        if self._opening is not None:
            self._opening.start(form, prefill=answers or {}, trail=self._trail())

    def choose(self, _ring: str, record: str) -> None:
        """Ask which form to start for a person."""
        ask_form(
            self._app.shell,
            filling.writable(self._app.open_desk),
            lambda form: self.start(form, {"person": record}),
        )

    def resume(self, draft: str) -> None:
        """Go on with a draft; one that is open already is shown."""
        name, shell = f"entry:{draft}", self._app.shell
        if shell.page(name) is not None:
            shell.go(name)
        elif self._opening is not None:
            self._opening.resume(DraftId(draft), trail=self._trail())

    def correct(self, ring: str, record: str) -> None:
        """Correct a finished record."""
        if self._opening is not None:
            self._opening.correct(RecordId(record), RingId(ring), trail=self._trail())

    def _trail(self) -> Sequence[Crumb]:
        """Return a link back to where a form was started from."""
        page = self._app.shell.current_page()
        if page is None or isinstance(page, EntryPage):
            return ()
        # Today's own title is the day; a way back says where it goes.
        words = tr("Today") if isinstance(page, TodayPage) else page.title
        return (Crumb(words, self._goes_to(page.name)),)

    def _goes_to(self, name: str) -> Callable[[], object]:
        return lambda: self._app.shell.go(name)

    def _show(self, page: EntryPage) -> None:
        page.closed.connect(lambda: self._left(page))
        page.finished.connect(lambda saved: self._finished(page, saved))
        keeper, status = page.autosave, self._app.shell.status
        keeper.saving.connect(lambda: status.set_saved(tr("Saving")))
        keeper.saved.connect(lambda: status.set_saved(self._saved_words()))
        keeper.not_saved.connect(
            lambda error: status.set_saved(self._app.words.of(error), wrong=True)
        )
        self._app.shell.open_page(page)

    def _saved_words(self) -> str:
        now = self._app.open_desk.clock.now()
        return tr("All changes saved {time}", time=say_clock(now))

    def _left(self, page: EntryPage) -> None:
        self._offers.clear()
        self._app.shell.close_page(page)
        self.changed.emit()

    def _finished(self, page: EntryPage, saved: Saved) -> None:
        """Close the form, say that it is saved, and go on with what its answers asked for.

        Several forms come one after the other; leaving one drops those after it.
        """
        shell = self._app.shell
        shell.close_page(page)
        told = (self._app.words.of(one) for one in told_after(saved))
        self._offers += saved.offers
        offer = self._offers.pop(0) if self._offers else None
        why = [self._app.words.say(offer.why)] if offer else []
        shell.say(". ".join([saved_words(saved), *told, *why]))
        shell.status.set_saved(self._saved_words())
        self.changed.emit()
        if offer is not None:
            self.start(offer.form, offer.answers)
