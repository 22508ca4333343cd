"""Choose one of very many by typing: a line and a list that answers below it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_box, draw_text
from leadapp.ui.kit.line import Line
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_PAUSE_MS = 60
_MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """``name`` is stored, ``label`` is shown, ``sub`` tells two alike apart."""

    name: str
    label: str
    sub: str = ""


Answer = Callable[[Sequence[Found]], None]
Search = Callable[[str, Answer], None]
"""``search(text, done)`` asks somewhere off the GUI thread and calls ``done`` on it."""


class SearchChoose(Line):
    """``SearchChoose(search, placeholder="Name or number")``.

    What is typed and not chosen stays as text: ``value()`` is None, ``text()`` what was typed.
    """

    chosen = Signal(object)
    """The ``Found`` a person chose, or None when it was cleared."""

    def __init__(
        self,
        search: Search,
        *,
        placeholder: str = "",
        none_words: str = "",
        from_letters: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(icon="search", placeholder=placeholder, parent=parent)
        self._search = search
        self._none_words = none_words
        self._from = from_letters
        self._value: Found | None = None
        self._asked = 0
        self._list: _List | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.textEdited.connect(self._text_edited)

    def choice(self) -> Found | None:
        """Return what is chosen."""
        return self._value

    def set_choice(self, found: Found | None) -> None:
        """Show ``found`` as chosen, without emitting."""
        self._value = found
        self.set_value(found.label if found else "")
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down and Enter belong to the list while it is open; Alt+Down opens it."""
        key, shown = event.key(), self._list is not None and self._list.isVisible()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown and self._list is not None:
            self._list.move_by(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_F4 or key == Qt.Key.Key_Down:
            self._ask()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown and self._list is not None:
            self._take(self._list.current())
        elif key == Qt.Key.Key_Escape and shown:
            self._close()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Escape while the list is open: it closes the list, not the page."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Escape
            and self._list is not None
            and self._list.isVisible()
        ):
            event.accept()
            return True
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._close()
        return super().event(event)

    def _text_edited(self, text: str) -> None:
        if self._value is not None:
            self._value = None
            self.chosen.emit(None)
        if len(text.strip()) < self._from:
            self._asked += 1
            self._pause.stop()
            self._close()
        else:
            self._pause.start()

    def _ask(self) -> None:
        self._asked += 1
        asked, text = self._asked, self.text().strip()

        def answer(rows: Sequence[Found]) -> None:
            if asked == self._asked and self.hasFocus():
                self._show(text, rows)

        self._search(text, answer)

    def _show(self, text: str, rows: Sequence[Found]) -> None:
        if self._list is None:
            self._list = _List(self)
            self._list.taken.connect(self._take)
        none = self._none_words or tr(
            "No one matches '{text}'. Try a birth date or a number.", text=text
        )
        self._list.show_rows(rows[:50], none.replace("{text}", text))
        count = len(rows)
        announce(self, none if not rows else tr("{count} found", count=count))

    def _take(self, found: object) -> None:
        if isinstance(found, Found):
            self.set_choice(found)
            self.chosen.emit(found)

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()


class _List(QFrame):
    """The answers, over everything else in the window; never takes the focus."""

    taken = Signal(object)

    def __init__(self, line: SearchChoose) -> None:
        super().__init__(line.window())
        self._line = line
        self._rows: tuple[Found, ...] = ()
        self._none = ""
        self._at = self._top = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Answers"))
        line.window().installEventFilter(self)

    def show_rows(self, rows: Sequence[Found], none: str) -> None:
        """Show answers, the first chosen, or the sentence that there are none."""
        self._rows, self._none = tuple(rows), none
        self._at = self._top = 0
        self._place()
        self.show()
        self.raise_()
        self.update()

    def current(self) -> Found | None:
        """Return the row that Enter takes."""
        return self._rows[self._at] if self._rows else None

    def move_by(self, step: int) -> None:
        """Go to the next or previous row."""
        if self._rows:
            self._at = max(0, min(self._at + step, len(self._rows) - 1))
            shown = self._shown()
            self._top = max(min(self._top, self._at), self._at - shown + 1)
            found = self._rows[self._at]
            announce(self._line, f"{found.label}. {found.sub}" if found.sub else found.label)
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the mouse is the one that is taken."""
        at = self._top + int((event.position().y() - theme().px(4)) // self._row())
        if 0 <= at < len(self._rows) and at != self._at:
            self._at = at
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the row."""
        self.mouseMoveEvent(event)
        if self.current() is not None:
            self.taken.emit(self.current())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rows."""
        painter = QPainter(self)
        look = theme()
        draw_box(
            painter, self.rect(), fill="raised", edge="line_strong", radius=look.tokens.radius.card
        )
        side, height = look.px(4), self._row()
        body = look.font(look.measures(self._line).body, 600)
        small = look.font(look.tokens.type.caption)
        if not self._rows:
            area = QRectF(self.rect()).adjusted(look.px(12), 0, -look.px(8), 0)
            draw_text(painter, area, self._none, tone="text2", font=small, wrap=True)
            return
        for line, found in enumerate(self._rows[self._top : self._top + self._shown()]):
            rect = QRectF(side, side + line * height, self.width() - 2 * side, height)
            if line + self._top == self._at:
                draw_box(painter, rect, fill="row_sel")
                bar = QRectF(rect.x(), rect.y(), look.px(3), rect.height())
                draw_box(painter, bar, fill="primary_edge", radius=0)
            inner = rect.adjusted(look.px(10), 0, -look.px(8), 0)
            draw_text(painter, inner, found.label, tone="text", font=body)
            left = painter.fontMetrics().horizontalAdvance(found.label) + look.px(12)
            draw_text(painter, inner.adjusted(left, 0, 0, 0), found.sub, tone="text2", font=small)

    def _row(self) -> int:
        return theme().px(max(36, theme().measures(self._line).control))

    def _shown(self) -> int:
        return max(1, (self.height() - theme().px(8)) // self._row())

    def _place(self) -> None:
        window = self._line.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        corner = self._line.mapTo(window, QPoint(0, self._line.height() + theme().px(6)))
        above = self._line.mapTo(window, QPoint(0, 0)).y() - theme().px(10)
        below = window.height() - corner.y() - theme().px(4)
        wish = self._row() * min(_MOST, max(1, len(self._rows))) + theme().px(8)
        size = QSize(max(self._line.width(), theme().px(280)), wish)
        if wish > below and above > below:
            size.setHeight(min(wish, above))
            corner.setY(above - size.height() + theme().px(4))
        else:
            size.setHeight(min(wish, below))
        corner.setX(min(corner.x(), window.width() - size.width() - theme().px(4)))
        self.setGeometry(QRect(corner, size))
