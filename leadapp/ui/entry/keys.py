"""The keys of a form's page, heard before the control that has the focus.

A list box would take Ctrl+PgUp for itself and change its answer; a text box knows only its
own Undo. So whatever has the focus is watched while it has it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

Act = Callable[[], object]


def key_of(event: QKeyEvent) -> str:
    """Return the key as it is written: ``Ctrl+PgDown``."""
    return QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)


class PageKeys(QObject):
    """``PageKeys(page, {"F8": next_problem, "Ctrl+Z": undo}, leaves=...)``.

    ``leaves`` says which key is the window's just now.
    """

    def __init__(
        self, page: QWidget, acts: dict[str, Act], *, leaves: Callable[[str], bool]
    ) -> None:
        super().__init__(page)
        self._page, self._acts, self._leaves = page, acts, leaves
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim the page's keys, then do what they mean."""
        if isinstance(event, QKeyEvent):
            key = key_of(event)
            act = self._acts.get(key) if not self._leaves(key) else None
            if act is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if act is not None and event.type() == QEvent.Type.KeyPress:
                act()
                return True
        return super().eventFilter(watched, event)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None and self._page.isAncestorOf(new):
            new.installEventFilter(self)
