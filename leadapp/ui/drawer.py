"""A third pane: beside the others where there is room, else a drawer over the right edge.

As a drawer it opens when the focus goes into it (F6, Tab, its button) and closes when the
focus leaves it or Esc is pressed, so nothing in it is out of reach of the keys.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.theme import theme


class Drawer(QWidget):
    """``Drawer("Due", width=238, parent=page)``; fill ``body``, then ``dock_in(row)``."""

    def __init__(self, name: str, *, width: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self._width = width
        self._docked = True
        self._row: QHBoxLayout | None = None
        self._open = False
        self.setAccessibleName(name)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.button = Button(name, icon="chevron-left", small=True)
        self.button.clicked.connect(self.toggle)
        self.button.hide()
        self.hide()
        parent.installEventFilter(self)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    @property
    def docked(self) -> bool:
        """Whether it stands beside the other panes."""
        return self._docked

    @property
    def is_open(self) -> bool:
        """Whether it can be seen."""
        return self._docked or self._open

    def dock_in(self, row: QHBoxLayout) -> None:
        """Say in which row of panes it stands where there is room."""
        self._row = row
        row.addWidget(self)
        self.show()
        self._settle()

    def toggle(self) -> None:
        """Open it and put the focus into it, or close it."""
        if self._open:
            self.close_drawer()
        else:
            self.open_drawer(focus=True)

    def open_drawer(self, *, focus: bool = False) -> None:
        """Show it; with ``focus`` its first control gets it."""
        if not self._docked:
            self._open = True
            self._place()
            self.raise_()
        if focus:
            self._enter()

    def close_drawer(self) -> bool:
        """Close it; False where there was nothing to close."""
        if self._docked or not self._open:
            return False
        inside = QApplication.focusWidget()
        self._open = False
        self._place()
        if inside is not None and self.isAncestorOf(inside):
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """F6 or Tab came to the closed drawer: open it; else the focus stays in what is seen."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.open_drawer(focus=True)
        elif not self.is_open:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the page."""
        if watched is self._page and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._settle()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As a drawer it has a ground of its own and a line at its edge."""
        if self._docked:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("bg"))
        painter.fillRect(QRect(0, 0, 1, self.height()), theme().colour("line_strong"))

    def _settle(self) -> None:
        if self._row is None:
            return
        window = self._page.window().width()
        room = window >= theme().px(theme().tokens.shell.drawer_below)
        if room != self._docked or self.maximumWidth() > 16_000:
            self._docked = room
            self._open = False
            if room:
                self._join()
            else:
                self._leave()
        self._place()

    def _join(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.setFixedWidth(theme().px(self._width))
        self.setMinimumHeight(0)
        self.setMaximumHeight(16_777_215)
        self.button.hide()
        if self._row is not None:
            self._row.addWidget(self)
        self.show()

    def _leave(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        side = theme().px(12)
        self.body.setContentsMargins(side, side, side, side)
        if self._row is not None:
            self._row.removeWidget(self)
        self.setParent(self._page)
        self.button.show()
        self.show()

    def _place(self) -> None:
        if self._docked:
            return
        width = min(theme().px(self._width) + theme().px(24), self._page.width())
        self.setFixedWidth(width)
        left = self._page.width() - width if self._open else self._page.width()
        self.setGeometry(left, 0, width, self._page.height())

    def _enter(self) -> None:
        at = self.nextInFocusChain()
        while at is not None and at is not self and self.isAncestorOf(at):
            if at.isVisible() and at.isEnabled() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
                at.setFocus(Qt.FocusReason.OtherFocusReason)
                return
            at = at.nextInFocusChain()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._docked or new is None or new is self or new.window() is not self.window():
            return
        if self.isAncestorOf(new):
            if not self._open:
                self.open_drawer()
        elif self._open and new is not self.button:
            self._open = False
            self._place()
