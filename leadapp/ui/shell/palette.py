"""Ctrl+K: one box for people, actions, places and help; best first, keys shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_key_cap, draw_text, key_cap_width
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.keycap import KeyCap, key_words
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.shell.actions import Actions, AppAction
from leadapp.ui.shell.focus_ring import NO_RING
from leadapp.ui.shell.matching import fit
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole.UserRole + 1
_MOST_A_GROUP = 6
_PAUSE_MS = 50


@dataclass(frozen=True)
class Hit:
    """One line. ``key`` finds a person again; an action carries itself."""

    words: str
    sub: str = ""
    icon: str = "chevron-right"
    key: str = ""
    caps: str = ""
    head: bool = False
    action: AppAction | None = None


Answer = Callable[[Sequence[Hit]], None]
FindPeople = Callable[[str, Answer], None]
"""``find(text, done)`` asks off the GUI thread. Result words say nothing protected."""


def action_hits(actions: Sequence[AppAction], typed: str) -> tuple[list[Hit], list[Hit]]:
    """Return what to do and where to go, best first."""
    do: list[tuple[int, Hit]] = []
    go: list[tuple[int, Hit]] = []
    for one in actions:
        if not one.listed or not one.action.isEnabled():
            continue
        score = fit(typed, one.words, one.also)
        if score:
            # Of equals, what belongs to this page comes first, what is about the window last.
            score += (2 if one.context else 0) - (1 if one.when_locked else 0)
            keys = one.shortcuts()
            caps = key_words(keys[0]) if keys else ""
            hit = Hit(one.words, one.hint, one.icon, caps=caps, action=one)
            (do if one.group == "do" else go).append((score, hit))
    best = [sorted(group, key=lambda pair: -pair[0])[:_MOST_A_GROUP] for group in (do, go)]
    return [hit for _, hit in best[0]], [hit for _, hit in best[1]]


class CommandPalette(QWidget):
    """Covers the window with a scrim; ``open`` to show, Escape or a click outside to close."""

    person_chosen = Signal(str)

    def __init__(
        self, window: QWidget, actions: Actions, find_people: FindPeople | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._actions, self._find = window, actions, find_people
        self._people: list[Hit] = []
        self._asked = 0
        self._before: QWidget | None = None
        self.setAccessibleName(tr("Find or do anything"))
        self._panel = _Panel(self)
        self.line, self._view, self._model = self._panel.line, self._panel.view, self._panel.model
        self.line.textEdited.connect(self._edited)
        self.line.installEventFilter(self)
        self._view.clicked.connect(lambda index: self._do(index.row()))
        window.installEventFilter(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask_people)
        self.hide()

    def set_find_people(self, find: FindPeople | None) -> None:
        """Say who answers for people; None while nobody may look."""
        self._find = find

    def open(self) -> None:
        """Show it, empty."""
        self._before = self._window.focusWidget()
        self._people = []
        self.line.clear()
        self._fill()
        self._place()
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Hide it; the focus goes back to where it was."""
        self._asked += 1
        self._pause.stop()
        self.hide()
        before = self._before
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def hits(self) -> list[Hit]:
        """Return the lines shown, heads too."""
        return list(self._model.hits)

    def current(self) -> Hit | None:
        """Return the line that Enter does."""
        at = self._view.currentIndex().row()
        return self._model.hits[at] if 0 <= at < len(self._model.hits) else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the line move in the list; the window's size is followed."""
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.line and isinstance(event, QKeyEvent):
            return self._line_key(event)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the scrim closes."""
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scrim."""
        QPainter(self).fillRect(self.rect(), QColor(theme().colours.scrim))

    def _line_key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
            return False
        if event.type() != QEvent.Type.KeyPress:
            return False
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Tab:
                self._move(1)
            case Qt.Key.Key_Up | Qt.Key.Key_Backtab:
                self._move(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._do(self._view.currentIndex().row())
            case Qt.Key.Key_Escape:
                self.close_palette()
            case _:
                return False
        return True

    def _edited(self, text: str) -> None:
        self._people = []
        self._fill()
        if self._find is not None and len(text.strip()) >= 2:
            self._pause.start()
        else:
            self._asked += 1
            self._pause.stop()

    def _ask_people(self) -> None:
        if self._find is None:
            return
        self._asked += 1
        asked = self._asked

        def answer(hits: Sequence[Hit]) -> None:
            if asked == self._asked and self.isVisible():
                self._people = list(hits)[:_MOST_A_GROUP]
                self._fill(keep=True)

        self._find(self.line.text().strip(), answer)

    def _fill(self, *, keep: bool = False) -> None:
        before = self.current() if keep else None
        do, go = action_hits(self._actions.here(), self.line.text())
        hits: list[Hit] = []
        for head, group in ((tr("Do"), do), (tr("People"), self._people), (tr("Go to"), go)):
            if group:
                hits += [Hit(head, head=True), *group]
        self._model.show_hits(hits)
        self._panel.none.setVisible(not hits)
        at = next((at for at, hit in enumerate(hits) if before is not None and hit == before), None)
        if at is None:
            at = next((at for at, hit in enumerate(hits) if not hit.head), -1)
        self._view.setCurrentIndex(self._model.index(at))
        self._view.scrollToTop()
        self._place()

    def _move(self, step: int) -> None:
        hits = self._model.hits
        at = self._view.currentIndex().row() + step
        while 0 <= at < len(hits) and hits[at].head:
            at += step
        if 0 <= at < len(hits):
            self._view.setCurrentIndex(self._model.index(at))
            announce(self.line, f"{hits[at].words} {hits[at].sub}".strip())

    def _do(self, at: int) -> None:
        hits = self._model.hits
        if not 0 <= at < len(hits) or hits[at].head:
            return
        hit = hits[at]
        self.close_palette()
        if hit.action is not None:
            hit.action.action.trigger()
        else:
            self.person_chosen.emit(hit.key)

    def _place(self) -> None:
        self.setGeometry(self._window.rect())
        look = theme()
        width = min(look.px(660), self.width() - look.px(40))
        top = min(look.px(92), self.height() // 8)
        wish = self._panel.wish()
        height = min(wish, self.height() - top - look.px(24))
        self._panel.setGeometry(QRect((self.width() - width) // 2, top, width, height))


class _Panel(QFrame):
    """The box with line, list and foot."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(look.px(20), look.px(10), look.px(20), look.px(10))
        head.setSpacing(look.px(14))
        head.addWidget(Icon("search", "link", 20))
        self.line = Line()
        self.line.setProperty("bare", "yes")
        self.line.setProperty(NO_RING, True)
        self.line.setAccessibleName(tr("Find or do anything"))
        head.addWidget(self.line, 1)
        head.addWidget(Label(tr("Esc closes"), role="caption", tone="text2"))
        column.addLayout(head)
        column.addWidget(_rule())
        self.none = Label(
            tr("Nothing matches. Start with a name, an action or a record number."),
            role="table",
            tone="text2",
        )
        self.none.setContentsMargins(look.px(22), look.px(12), 0, look.px(12))
        column.addWidget(self.none)
        self.model = _Hits(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(_HitDelegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(tr("Answers"))
        self.view.viewport().setAutoFillBackground(False)
        self.view.setStyleSheet("QListView { background: transparent }")
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        column.addWidget(self.view, 1)
        column.addWidget(_rule())
        column.addLayout(self._foot())

    def wish(self) -> int:
        """Return the height that shows all lines."""
        look = theme()
        lines = sum(_hit_height(hit) for hit in self.model.hits) or look.px(44)
        return lines + look.px(58) + look.px(36) + look.px(14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box."""
        radius = theme().tokens.radius.palette
        draw_box(QPainter(self), self.rect(), fill="raised", edge="line_strong", radius=radius)

    def _foot(self) -> QHBoxLayout:
        look = theme()
        foot = QHBoxLayout()
        foot.setContentsMargins(look.px(20), look.px(7), look.px(20), look.px(7))
        foot.setSpacing(look.px(6))
        for keys, words in ((("Up", "Down"), tr("choose")), (("Enter",), tr("do it"))):
            for key in keys:
                foot.addWidget(KeyCap(key))
            foot.addWidget(Label(words, role="caption", tone="text2"))
            foot.addSpacing(look.px(6))
        foot.addStretch(1)
        hint = tr("Start with a name, an action or a record number")
        foot.addWidget(Label(hint, role="caption", tone="text2"))
        return foot


class _Hits(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []

    def show_hits(self, hits: list[Hit]) -> None:
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        hit = self.hits[index.row()]
        if role == _ROLE:
            return hit
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(part for part in (hit.words, hit.sub, hit.caps) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.hits[index.row()].head:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _HitDelegate(QStyledItemDelegate):
    """Draws heads and lines."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        hit = index.data(_ROLE)
        width = super().sizeHint(option, index).width()
        return QSize(min(width, 200), _hit_height(hit) if isinstance(hit, Hit) else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        hit = index.data(_ROLE)
        rect = QRectF(option.rect)
        if not isinstance(hit, Hit):
            return
        look = theme()
        painter.save()
        if hit.head:
            font = look.font(look.tokens.type.caption, 700)
            area = rect.adjusted(look.px(22), look.px(4), 0, 0)
            draw_text(painter, area, hit.words, tone="text2", font=font)
        else:
            on = bool(option.state & QStyle.StateFlag.State_Selected)
            self._draw_hit(painter, rect, hit, on=on)
        painter.restore()

    def _draw_hit(self, painter: QPainter, rect: QRectF, hit: Hit, *, on: bool) -> None:
        look = theme()
        box = rect.adjusted(look.px(8), 1, -look.px(8), -1)
        if on:
            draw_box(painter, box, fill="row_sel")
            bar = QRectF(box.x(), box.y() + look.px(6), 3, box.height() - look.px(12))
            draw_box(painter, bar, fill="primary_edge", radius=1.5)
        size = look.px(18)
        left = box.x() + look.px(14)
        icon = QRectF(left, round(rect.center().y() - size / 2), size, size)
        draw_icon(painter, hit.icon, "link" if on else "text2", icon)
        right = box.right() - look.px(12)
        if hit.caps:
            middle = QPointF(right, rect.center().y())
            draw_key_cap(painter, middle, hit.caps, tone="text2", edge="line_strong")
            right -= key_cap_width(hit.caps) + look.px(10)
        left += look.px(30)
        area = QRectF(left, rect.y(), right - left, rect.height())
        bold = look.font(look.tokens.type.body, 600)
        draw_text(painter, area, hit.words, tone="text", font=bold)
        used = painter.fontMetrics().horizontalAdvance(hit.words) + look.px(11)
        font = look.font(look.tokens.type.label)
        draw_text(painter, area.adjusted(used, 0, 0, 0), hit.sub, tone="text2", font=font)


def _hit_height(hit: Hit) -> int:
    return theme().px(27 if hit.head else 39)


def _rule() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "rule")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return line
