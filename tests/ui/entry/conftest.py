"""A shipped form on its page, in a window, with a draft kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from leadapp.core import paths
from leadapp.core.clock import SteppingClock
from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.ids import new_id
from leadapp.core.problems import Problem
from leadapp.core.seams import ListRow
from leadapp.core.words import load_words
from leadapp.forms.model import Definition
from leadapp.forms.reading.loading import load_definition
from leadapp.forms.session import FormSession
from leadapp.forms.submission import Submission
from leadapp.ui.entry.lists import Fetching
from leadapp.ui.entry.page import EntryPage, Outside
from leadapp.ui.shell.shell import Shell
from leadapp.ui.theme import Theme, theme
from leadapp.ui.theme.density import Density
from leadapp.ui.work import Work

NOW = datetime(2026, 11, 22, 14, 41, tzinfo=timezone(timedelta(hours=-8)))
FORMS = Path(__file__).parents[3] / "forms"
PEOPLE = (
    ListRow("p1", "Lund, Randy", {"birth_day": "1980-02-03"}),
    ListRow("p2", "Osgood, Terri-Lynn", {"birth_day": "1989-04-05"}),
)


class People:
    """A lookup that has every page at once."""

    def row(self, _list_name: str, name: str) -> ListRow | None:
        """Return the row called ``name``."""
        return next((row for row in PEOPLE if row.name == name), None)

    def search(self, _list_name: str, text: str, _limit: int = 50) -> Sequence[ListRow]:
        """Return rows whose label holds ``text``."""
        return [row for row in PEOPLE if text.lower() in row.label.lower()]

    def matching(
        self, _list_name: str, _column: str, _value: str, _limit: int = 1000
    ) -> Sequence[ListRow]:
        """Return nothing."""
        return ()

    def has(self, list_name: str) -> bool:
        """Return whether there is such a list."""
        return list_name in {"people_law", "people_care", "places", "lots", "officers", "agencies"}


@dataclass
class MemoryDoor:
    """A door that keeps drafts in a list; the disk's end can be full."""

    session: FormSession
    form_title: str
    clock: SteppingClock = field(default_factory=lambda: SteppingClock(NOW))
    record: str = "record-1"
    corrects: bool = False
    needs_reason: bool = False
    kept: list[dict[str, str]] = field(default_factory=list)
    saved: list[Submission] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    full: bool = False
    gone: bool = False

    def snapshot(self) -> Callable[[], None]:
        """Keep the answers, or find the disk full."""
        answers = self.session.draft()

        def keep() -> None:
            if self.full:
                raise Refusal("store.disk_full")
            self.kept.append(answers)

        return keep

    def ready(self) -> Submission | list[Problem]:
        """Finish."""
        return self.session.finish(self.clock.now())

    def save(self, submission: Submission, reason: str) -> Callable[[], Callable[[], Submission]]:
        """Keep the submission."""

        def write() -> Submission:
            self.saved.append(submission)
            self.reasons.append(reason)
            return submission

        return lambda: write

    def done(self) -> Callable[[], None]:
        """Let the draft go."""

        def let_go() -> None:
            self.gone = True

        return let_go


@dataclass
class Filled:
    """A page in a window, and hands to type with."""

    page: EntryPage
    shell: Shell
    door: MemoryDoor

    @property
    def session(self) -> FormSession:
        """The conversation."""
        return self.page.session

    def focus(self) -> QWidget:
        """The widget that hears keys."""
        found = self.shell.focusWidget()
        assert found is not None
        return found

    def question(self) -> str:
        """The key of the question the focus is in."""
        row = self.page.view.row_with(self.focus())
        return row.key if row is not None else ""

    def keys(self, text: str) -> None:
        """Type ``text``."""
        QTest.keyClicks(self.focus(), text)

    def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        times: int = 1,
    ) -> None:
        """Press one key."""
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifier)

    def tab(self, times: int = 1) -> None:
        """Go on to the next question."""
        self.press(Qt.Key.Key_Tab, times=times)

    def go_to(self, key: str) -> None:
        """Tab until the focus is in the question called ``key``."""
        for _ in range(120):
            if self.question().rpartition("/")[2] == key:
                return
            self.tab()
        raise AssertionError(f"Tab never came to {key}")


def definition(form: str) -> Definition:
    """Return a shipped form; read once a run."""
    if form not in _READ:
        _READ[form] = load_definition(FORMS / form)
    return _READ[form]


_READ: dict[str, Definition] = {}
Open = Callable[..., Filled]


@pytest.fixture
def work(look: Theme) -> Iterator[Work]:
    """Lanes that end with the test; an error nobody takes fails it."""
    errors: list[LeadappError] = []
    lanes = Work(errors.append)
    yield lanes
    lanes.stop()
    assert not errors


@pytest.fixture
def open_form(qtbot: object, work: Work) -> Iterator[Open]:
    """Return what opens a shipped form on its page, at the worst laptop's size."""
    shells: list[Shell] = []

    def make(
        form: str | Definition,
        *,
        patrol: bool = False,
        answers: dict[str, str] | None = None,
        corrects: bool = False,
        size: tuple[int, int] = (1366, 690),
    ) -> Filled:
        theme().set_density(Density.PATROL if patrol else Density.OFFICE)
        made = definition(form) if isinstance(form, str) else form
        clock = SteppingClock(NOW)
        lists = Fetching(work, People())  # type: ignore[arg-type] # answers as the reader does
        session = FormSession(made, clock=clock, ids=new_id, lookup=lists.lookup, answers=answers)
        door = MemoryDoor(session, made.title, clock, corrects=corrects, needs_reason=corrects)
        shell = Shell()
        words = load_words(paths.resources() / "words")
        outside = Outside(work, words, shell.say, lambda: shell.toast.can_undo)
        page = EntryPage(door, outside, lists)  # type: ignore[arg-type] # gives back what it kept
        shell.resize(*size)
        shell.show()
        shell.open_page(page)
        shells.append(shell)
        QTest.qWait(20)
        return Filled(page, shell, door)

    yield make
    for shell in shells:
        shell.close_all()
        shell.close()
        shell.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme().set_density(Density.OFFICE)
