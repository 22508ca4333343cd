"""A page's side pane: beside the main one where there is room, a drawer where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_box
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.pane_focus import enter
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class Panes(QWidget):
    """``Panes(main, side, name="Unfinished and stock", side_width=330, below=980)``.

    Below ``below`` logical pixels of its own width a button at the edge opens the side
    over the main pane; Escape, or the button, closes it. ``enter_side`` is for F6.
    """

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        name: str,
        side_width: int = 330,
        below: int = 980,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._width, self._below, self._name = side_width, below, name
        self._narrow: bool | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme().px(16))
        self._row.addWidget(main, 1)
        self.opener = IconButton("chevron-left", tr("Show: {name}", name=name))
        self.opener.clicked.connect(self.toggle)
        self._row.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignTop)
        self._drawer = _Drawer(side, self)
        self._row.addWidget(self._drawer)
        self._drawer.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._settle()

    @property
    def narrow(self) -> bool:
        """Whether the side is a drawer now."""
        return bool(self._narrow)

    @property
    def side_open(self) -> bool:
        """Whether the side can be seen."""
        return not self._drawer.isHidden()

    def toggle(self) -> None:
        """Open or close the drawer."""
        self._show_drawer(open_=not self.side_open)

    def enter_side(self) -> None:
        """Open the drawer where it is one; the focus goes into the side."""
        self._show_drawer(open_=True)
        enter(self._drawer)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go from column to drawer and back."""
        super().resizeEvent(event)
        self._settle()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape in the drawer closes it."""
        if (
            self.narrow
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        ):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # or the page would be left
                return True
            self._show_drawer(open_=False)
            self.opener.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        narrow = self.width() < theme().px(self._below)
        if narrow != self._narrow:
            self._narrow = narrow
            self._row.removeWidget(self._drawer)
            if not narrow:
                self._drawer.setFixedWidth(theme().px(self._width))
                self._row.addWidget(self._drawer)
            self._drawer.floating = narrow
            self.opener.setVisible(narrow)
            self._show_drawer(open_=not narrow)
        elif narrow:
            self._place()

    def _show_drawer(self, *, open_: bool) -> None:
        self._drawer.setVisible(open_)
        if self.narrow:
            words = tr("Hide: {name}") if open_ else tr("Show: {name}")
            self.opener.setAccessibleName(words.format(name=self._name))
            self.opener.setToolTip(words.format(name=self._name))
            self.opener.set_icon("chevron-right" if open_ else "chevron-left")
            self._place()
            if open_ and self.isVisible():
                announce(self, self._name)

    def _place(self) -> None:
        width = min(theme().px(self._width), self.width() - self.opener.width())
        self._drawer.setFixedWidth(max(width, 0))
        left = self.width() - width - self.opener.sizeHint().width() - theme().px(6)
        self._drawer.setGeometry(max(left, 0), 0, width, self.height())
        self._drawer.raise_()


class _Drawer(QWidget):
    """Holds the side; has a ground of its own while it lies over the main pane."""

    def __init__(self, side: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.floating = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        if self.floating:
            draw_box(QPainter(self), self.rect(), fill="bg", edge="line_strong", radius=6)
