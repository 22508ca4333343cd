"""A pane that scrolls when its content outgrows it, and keeps the focused control in view."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.theme import theme


class Scroll(QScrollArea):
    """``scroll.body`` is a column to put things in; ``Scroll(margin=16)``."""

    def __init__(
        self, *, margin: int = 0, gap: int = 12, stretch: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = _Inside()
        inside.setProperty("kind", "clear")
        outer = QVBoxLayout(inside)
        side = theme().px(margin)
        outer.setContentsMargins(side, side, side, side)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme().px(gap))
        outer.addLayout(self.body)
        if stretch:
            outer.addStretch(1)
        self.setWidget(inside)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        inside = self.widget()
        if new is not None and inside is not None and inside.isAncestorOf(new):
            self.ensureWidgetVisible(new, theme().px(16), theme().px(40))


def bring_into_view(widget: QWidget) -> None:
    """Scroll the pane around ``widget`` so that it can be seen, once it is laid out."""

    def scroll() -> None:
        at = widget.parentWidget()
        while at is not None and not isinstance(at, Scroll):
            at = at.parentWidget()
        if at is not None:
            at.ensureWidgetVisible(widget, 0, theme().px(12))

    QTimer.singleShot(0, widget, scroll)


class _Inside(QWidget):
    """The content. Its height follows its width alone.

    A least height would count words that wrap as if they stood in a narrow column, and
    show a scroll bar where everything fits.
    """

    def minimumSizeHint(self) -> QSize:
        """Return the least width; the height comes from ``heightForWidth``."""
        least = super().minimumSizeHint()
        return QSize(least.width(), 0) if self.hasHeightForWidth() else least
