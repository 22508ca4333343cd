"""The window's own waits, each in a process of its own.

`python -m benchmarks.window` types into a form of 500 questions, waits for each repaint and
prints a line of JSON; starting is in ``benchmarks.start_up``.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.county import NOW
from benchmarks.form_rows import long_form, session_of
from benchmarks.timing import Row
from leadapp.core.clock import SteppingClock
from leadapp.core.problems import Problem
from leadapp.forms.session import FormSession
from leadapp.forms.submission import Submission
from leadapp.services.filling import Saved

_RUNS = 5
_LONGEST = 60


def rows(folder: Path) -> Iterator[Row]:
    """Return what the window costs; nothing where it cannot be shown."""
    painted, known = [], []
    for _ in range(_RUNS):
        began = time.time()
        said = _ask("benchmarks.start_up", str(folder))
        painted.append((said["painted"] - began) * 1000)
        known.append((said["known"] - began) * 1000)
    note = f"the people on it after {statistics.median(known):.0f}"
    yield Row("start to unlock screen painted", statistics.median(painted), 1_000, note=note)
    said = _ask("benchmarks.window")
    note = f"slowest of {said['keys']:.0f} keys {said['slowest']:.0f} ms"
    yield Row("key to repaint, 500 questions", said["median"], 16, note=note)
    yield Row("a form of 500 questions on its page", said["opened"], 300)


def _ask(module: str, *more: str) -> dict[str, float]:
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", module, *more],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_ACCESSIBILITY": "0"},
        stdout=subprocess.PIPE,
        check=True,
        timeout=_LONGEST,
        text=True,
    )
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return said


def keys() -> None:
    """Type into a text question of a long form; each key ends when the page is repainted."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from leadapp.core import paths
    from leadapp.core.words import load_words
    from leadapp.forms.reading import load_definition
    from leadapp.ui.entry.page import EntryPage, Outside
    from leadapp.ui.shell.shell import Shell
    from leadapp.ui.theme import Theme
    from leadapp.ui.work import Work

    app = QApplication([])
    look = Theme(app)
    look.apply()
    session = session_of(load_definition(long_form(), name="form.md"))
    for n in range(50):
        session.set_answer(f"g{n}/q{n * 10}", "yes")
    work = Work(_fail)
    shell = Shell()
    shell.resize(1366, 690)
    shell.show()
    words = load_words(paths.resources() / "words")
    began = time.perf_counter()
    outside = Outside(work, words, shell.say, lambda: False)
    page = EntryPage(_Door(session), outside, None)
    shell.open_page(page)
    app.processEvents()
    opened = (time.perf_counter() - began) * 1000
    each = []
    row = page.view.row("g0/q1")
    assert row is not None
    QTest.keyClick(shell.focusWidget() or shell, Qt.Key.Key_Tab)
    for letter in "the quick brown fox jumps over the lazy dog" * 2:
        target = shell.focusWidget() or shell
        began = time.perf_counter()
        QTest.keyClicks(target, letter)
        app.processEvents()
        shell.grab()
        each.append((time.perf_counter() - began) * 1000)
    typed = session.value("g0/q1")
    work.stop()
    said = {
        "median": statistics.median(each),
        "slowest": max(each),
        "keys": float(len(typed)),
        "opened": opened,
    }
    assert typed, "no letter arrived"
    sys.stdout.write(f"{json.dumps(said)}\n")
    sys.stdout.flush()
    os._exit(0)


def _fail(error: object) -> None:
    raise AssertionError(error)


class _Door:
    """A door behind which nothing is kept: the page's own work is measured."""

    record, form_title = "record", "Long form"
    corrects = needs_reason = False

    def __init__(self, session: FormSession) -> None:
        self.session, self.clock = session, SteppingClock(NOW)

    def snapshot(self) -> Callable[[], None]:
        """Take the answers, as the true door does."""
        self.session.draft()
        return lambda: None

    def ready(self) -> Submission | list[Problem]:
        """Finish."""
        return self.session.finish(NOW)

    def save(self, _submission: Submission, _reason: str) -> Callable[[], Callable[[], Saved]]:
        """Nobody saves here."""
        raise AssertionError

    def done(self) -> Callable[[], None]:
        """Let nothing go."""
        return lambda: None


if __name__ == "__main__":
    keys()
