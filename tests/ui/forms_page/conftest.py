"""A real made-up county on disk, its desk, and the Forms page in a window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from leadapp.core import paths
from leadapp.core.errors import LeadappError
from leadapp.core.words import load_words
from leadapp.services.desk import Desk
from leadapp.ui.entry.opening import Opening
from leadapp.ui.entry.page import EntryPage
from leadapp.ui.forms_page.page import FormsPage
from leadapp.ui.shell.shell import Shell
from leadapp.ui.theme import Theme
from leadapp.ui.work import Work
from tests.services.made_county import new_desk


@dataclass
class Office:
    """A window with the Forms page, and hands."""

    desk: Desk
    shell: Shell
    page: FormsPage
    opening: Opening
    entries: list[EntryPage] = field(default_factory=list)

    def focus(self) -> QWidget:
        """The widget that hears keys."""
        found = self.shell.focusWidget()
        assert found is not None
        return found

    def keys(self, text: str) -> None:
        """Type ``text``."""
        QTest.keyClicks(self.focus(), text)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press one key."""
        QTest.keyClick(self.focus(), key, modifier)


OpenOffice = Callable[[Desk], Office]


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    """A deputy's desk."""
    desk = new_desk(tmp_path / "car", law=True)
    yield desk
    desk.close()


@pytest.fixture
def open_office(car: Desk, look: Theme, qtbot: QtBot) -> Iterator[OpenOffice]:
    """Return what opens the window at a desk."""
    errors: list[LeadappError] = []
    work = Work(errors.append)
    shells: list[Shell] = []
    words = load_words(paths.resources() / "words")

    def make(desk: Desk) -> Office:
        shell = Shell()
        page = FormsPage(desk, work, words, shell.say)
        opening = Opening(desk, work, words, shell.say, lambda: shell.toast.can_undo, shell)
        office = Office(desk, shell, page, opening)

        def opened(entry: EntryPage) -> None:
            office.entries.append(entry)
            entry.closed.connect(lambda: shell.close_page(entry))
            entry.finished.connect(lambda _saved: shell.close_page(entry))
            entry.finished.connect(lambda _saved: page.on_shown())
            shell.open_page(entry)

        opening.opened.connect(opened)
        opening.refused.connect(errors.append)
        page.start_wanted.connect(lambda form, answers: opening.start(form, prefill=answers))
        page.draft_wanted.connect(opening.resume)
        page.correct_wanted.connect(opening.correct)
        shell.resize(1366, 690)
        shell.show()
        shell.open_page(page)
        shells.append(shell)
        qtbot.waitUntil(lambda: page.forms.paged.rowCount() > 0)
        return office

    yield make
    for shell in shells:
        shell.close_all()
        shell.close()
        shell.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    work.stop()
    assert not errors
