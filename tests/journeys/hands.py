"""Two hands on a keyboard, and eyes that read the words of what has the focus.

Nothing here knows a widget by its name in the code: what is pressed goes to whatever has
the focus, and where the focus is, is told by what stands on the screen.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QWidget,
)

from leadapp.ui.application import Application

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
_PATIENCE_MS = 15_000
_MOST_TABS = 150


class _Strays(QObject):
    """Notes what is shown as a window of its own by mistake: it would take the keys."""

    def __init__(self, app: Application) -> None:
        super().__init__(app)
        self.seen: list[str] = []
        program = QApplication.instance()
        assert program is not None
        program.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            wanted = isinstance(watched, QMainWindow | QDialog | QMenu)
            if watched.windowType() == Qt.WindowType.Window and not wanted:
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()!r}")
        return False


class Hands:
    """``Hands(app)``; ``key`` and ``write`` press, ``tab_to`` goes where the words are."""

    def __init__(self, app: Application) -> None:
        self.app = app
        self._busy = False
        self._strays = _Strays(app)
        app.work.busy_changed.connect(self._busy_changed)

    # -- pressing ------------------------------------------------------------------------

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN, *, times: int = 1) -> None:
        """Press one key, so many times."""
        for _ in range(times):
            QTest.keyClick(self._hearing(), key, modifier)
            QApplication.processEvents()

    def write(self, text: str) -> None:
        """Type letters one after the other."""
        for letter in text:
            QTest.keyClicks(self._hearing(), letter)
        QApplication.processEvents()

    def rewrite(self, text: str) -> None:
        """Type over what stands in the box."""
        self.key(Qt.Key.Key_A, CTRL)
        self.write(text)

    def enter(self) -> None:
        """Press Enter and wait for what it began."""
        self.key(Qt.Key.Key_Return)
        self.settle()

    def tab_to(self, words: str, *, back: bool = False) -> None:
        """Press Tab until what has the focus is called ``words``, or begins so."""
        for _ in range(_MOST_TABS):
            if self.is_at(words):
                return
            self.key(Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab, SHIFT if back else PLAIN)
        raise AssertionError(f"Tab never came to {words!r}; the focus is on {self.names()}")

    def answer(self, words: str, keys: str) -> None:
        """Tab to the question called ``words`` and type ``keys``."""
        self.tab_to(words)
        self.write(keys)

    def tick(self, words: str, choice: str) -> None:
        """Tab to a group of boxes, go to ``choice`` by arrows, and tick it."""
        self.tab_to(words)
        for _ in range(_MOST_TABS):
            if self.names()[0] == choice:
                self.key(Qt.Key.Key_Space)
                return
            self.key(Qt.Key.Key_Right)
        raise AssertionError(f"{words!r} has no {choice!r}; the focus is on {self.names()}")

    def press_button(self, words: str) -> None:
        """Tab to the button called ``words`` and press it with the space bar."""
        self.tab_to(words)
        self.key(Qt.Key.Key_Space)
        self.settle()

    def choose(self, words: str, typed: str) -> None:
        """Tab to a search box, type into it, wait for the list, take its first line."""
        self.tab_to(words)
        self.write(typed)
        self.until(lambda: bool(self._answers()), f"nothing was found for {typed!r}")
        self.enter()

    # -- looking -------------------------------------------------------------------------

    def names(self) -> list[str]:
        """Return what names the focused control: itself, then what it stands in."""
        found: list[str] = []
        at: QWidget | None = QApplication.focusWidget()
        while at is not None and not at.isWindow():
            words = [at.accessibleName()]
            if isinstance(at, QAbstractButton):
                words.append(at.text())
            found += [one for one in words if one and one not in found]
            at = at.parentWidget()
        return found

    def is_at(self, words: str) -> bool:
        """Return whether the focused control, or the question around it, is called so."""
        return any(
            name == words or name.startswith((f"{words},", f"{words} ("))
            for name in self.names()[:3]
        )

    def sees(self, words: str) -> bool:
        """Return whether these words stand somewhere in the window now."""
        return any(words in text for text in self.words())

    def words(self) -> list[str]:
        """Return every text in view."""
        top = QApplication.activeWindow() or self.app.shell
        found = []
        for one in top.findChildren(QWidget):
            if one.isVisible():
                if isinstance(one, QLabel | QAbstractButton):
                    found.append(one.text())
                found.append(one.accessibleName())
        return [text for text in found if text]

    # -- waiting -------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait until the program has nothing under way; no window may have sprung up."""
        quiet = 0
        for _ in range(_PATIENCE_MS // 10):
            QTest.qWait(10)
            quiet = 0 if self._busy else quiet + 1
            if quiet >= 5:
                assert not self._strays.seen, f"windows of their own: {self._strays.seen}"
                return
        raise AssertionError("the program never came to rest")

    def until(self, condition: Callable[[], bool], otherwise: str) -> None:
        """Wait until something is so."""
        for _ in range(_PATIENCE_MS // 20):
            if condition():
                return
            QTest.qWait(20)
        raise AssertionError(f"{otherwise}; focus: {self.names()}; in view: {self.words()}")

    def until_seen(self, words: str) -> None:
        """Wait until these words can be read."""
        self.until(lambda: self.sees(words), f"{words!r} was never shown")
        self.settle()

    def _hearing(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        if popup is not None:
            return popup
        shell = self.app.shell
        over = QApplication.activeModalWidget()
        if over is None and QGuiApplication.focusWindow() is not shell.windowHandle():
            # A platform without a screen does not go back to the window a list or dialog was over.
            shell.activateWindow()
            QApplication.processEvents()
        return QApplication.focusWidget() or over or shell

    def _answers(self) -> list[QWidget]:
        return [
            one
            for one in self.app.shell.findChildren(QWidget)
            if one.isVisible() and one.accessibleName() == "Answers"
        ]

    def _busy_changed(self, busy: bool) -> None:
        self._busy = busy
