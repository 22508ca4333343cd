"""Any form as people see it: its blank paper, and its widgets in a window that is not shown."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from leadapp.core.clock import SteppingClock
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.forms.model import Definition
from leadapp.forms.session import FormSession
from leadapp.papers.filled_form import render_form
from leadapp.papers.form_input import FormPaper
from leadapp.papers.press import open_press
from leadapp.services.printing import nodes_of

if TYPE_CHECKING:
    from leadapp.ui.entry.files import NewFiles

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WORDS = load_words(resources() / "words")
PRESS = open_press(resources(), WORDS)


def session_of(definition: Definition) -> FormSession:
    """Return a session that stands at NOW."""
    numbers = count(1)
    return FormSession(
        definition, clock=SteppingClock(NOW), ids=lambda: f"{next(numbers):08d}" + "x" * 14
    )


def paper_of(definition: Definition, *, blank: bool) -> bytes:
    """Return the form's paper."""
    session = session_of(definition)
    nodes = nodes_of(session, blank=blank, words=WORDS)
    paper = FormPaper(
        "County", definition.title, definition.version, "internal", "Nora", NOW, nodes, blank=blank
    )
    return render_form(paper, PRESS)


def widgets_of(definition: Definition) -> int:
    """Make every section's widgets; return how many sections there are. Needs an application."""
    from leadapp.ui.entry.form_view import FormView
    from leadapp.ui.entry.making import Setting

    session = session_of(definition)
    view = FormView(
        Setting(
            session=session,
            clock=SteppingClock(NOW),
            words=WORDS,
            lookup=None,
            cleared=lambda *_: None,
            patrol=False,
            files=_files(),
        )
    )
    sections = len(view.parts)
    for section in range(sections):
        view.go_section(section)
    view.deleteLater()
    return sections


@cache
def _files() -> NewFiles:
    """Return where files would go; nothing is attached here."""
    from leadapp.ui.entry.files import LooseFiles, NewFiles
    from leadapp.ui.work import Work

    return NewFiles(Work(lambda _error: None), LooseFiles())
