"""A person's records, newest first: day at the left, an icon on a rail, a card for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from leadapp.services.questions import RecordLine
from leadapp.ui.days import day_of, say_clock, say_day
from leadapp.ui.kit.badge import Tone, badge_size, draw_badge
from leadapp.ui.kit.drawing import RIGHT, draw_box, draw_icon, draw_text
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_ICONS = {
    "contact_note": "message-square-text",
    "cit_contact": "siren",
    "referral": "user-plus",
    "referral_status": "route",
    "intake": "clipboard-check",
    "consent": "signature",
    "episode_status": "flag",
    "diverted_charge": "gavel",
    "person": "user",
    "naloxone_given": "syringe",
    "naloxone_used": "syringe",
}
_GUTTER, _RAIL, _GAP = 92, 34, 10
_INSET = 6
"""Between the focus frame and the day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record as it is drawn."""

    line: RecordLine
    who: str
    protected: bool
    under: str = ""
    """The name of the person's other record that it was written on."""

    @property
    def key(self) -> str:
        """Return a key for finding it again."""
        return f"{self.line.ring} {self.line.record}"

    @property
    def text(self) -> str:
        """Return the line below the title."""
        if self.protected:
            return tr("Open to see the answers. Opening is logged.")
        return self.line.line or tr("Open to read it.")

    def words(self, today: date) -> str:
        """Return all it says, for a screen reader."""
        day = day_of(self.line.day)
        parts = [say_day(day, today) if day else "", self.line.title]
        parts += [words for words, _, _ in self.badges()]
        return ", ".join(filter(None, (*parts, self.who, self.text)))

    def badges(self) -> list[tuple[str, Tone, str | None]]:
        """Return what is marked on it."""
        found: list[tuple[str, Tone, str | None]] = []
        if self.protected:
            found.append((tr("Part 2"), "part2", "shield"))
        if self.line.voided:
            found.append((tr("Void"), "neutral", None))
        if self.line.conflicted:
            found.append((tr("Differs"), "warn", "triangle-alert"))
        if self.under:
            found.append((tr("On {name}", name=self.under), "neutral", None))
        return found


class _Model(QAbstractListModel):
    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.items: list[Item] = []
        self._now = now

    def show(self, items: Sequence[Item]) -> None:
        self.beginResetModel()
        self.items = list(items)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == LINE_ROLE:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return item.words(self._now.date())
        return None


class _Cards(QStyledItemDelegate):
    def __init__(self, view: QListView, now: datetime) -> None:
        super().__init__(view)
        self._now = now
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme().px(300), theme().px(66 + _GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = index.data(LINE_ROLE)
        if not isinstance(item, Item):
            return
        look = theme()
        rect = QRectF(option.rect)
        painter.save()
        self._draw_when(painter, QRectF(rect.x(), rect.y(), look.px(_GUTTER), rect.height()), item)
        rail = QRectF(rect.x() + look.px(_GUTTER), rect.y(), look.px(_RAIL), rect.height())
        self._draw_rail(painter, rail, item, last=index.row() == index.model().rowCount() - 1)
        left = rail.right() + look.px(4)
        wide = rect.right() - left - look.px(_INSET)
        card = QRectF(left, rect.y(), wide, rect.height() - look.px(_GAP))
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        fill = "row_sel" if selected else "row_hover" if hovered else "surface"
        edge = "primary_edge" if selected else "line"
        draw_box(painter, card, fill=fill, edge=edge, radius=look.tokens.radius.card)
        self._draw_card(painter, card, item)
        painter.restore()

    def _draw_when(self, painter: QPainter, rect: QRectF, item: Item) -> None:
        look = theme()
        day = day_of(item.line.day)
        bold = look.font(look.tokens.type.label, 600)
        left = rect.x() + look.px(_INSET)
        area = QRectF(left, rect.y() + look.px(8), rect.right() - left - look.px(4), look.px(20))
        if day is not None:
            said = say_day(day, self._now.date())
            draw_text(painter, area, said.partition(",")[0], tone="text", font=bold)
            year = said.partition(", ")[2]
            area.translate(0, look.px(19))
            written = datetime.fromtimestamp(item.line.created_ms / 1000, self._now.tzinfo)
            below = year or (say_clock(written) if written.date() == day else "")
            small = look.font(look.tokens.type.caption)
            draw_text(painter, area, below, tone="text2", font=small)

    def _draw_rail(self, painter: QPainter, rect: QRectF, item: Item, *, last: bool) -> None:
        look = theme()
        middle = rect.center().x()
        side = look.px(28)
        disc = QRectF(middle - side / 2, rect.y() + look.px(8), side, side)
        if not last:
            line = QRectF(middle - 1, disc.bottom(), 2, rect.bottom() + look.px(8) - disc.bottom())
            painter.fillRect(line, look.colour("line"))
        fill, ink = ("part2_bg", "part2") if item.protected else ("tint", "link")
        if item.line.kind == "cit_contact":
            fill, ink = "warn_bg", "warn"
        draw_box(painter, disc, fill=fill, radius=side / 2)
        inset = look.px(6)
        icon = _ICONS.get(item.line.kind, "file-text")
        draw_icon(painter, icon, ink, disc.adjusted(inset, inset, -inset, -inset))

    def _draw_card(self, painter: QPainter, card: QRectF, item: Item) -> None:
        look = theme()
        left, right = card.x() + look.px(13), card.right() - look.px(13)
        top = QRectF(left, card.y() + look.px(8), right - left, look.px(22))
        small = look.font(look.tokens.type.caption)
        width = min(QFontMetrics(small).horizontalAdvance(item.who), top.width() / 3)
        who = QRectF(right - width - 2, top.y(), width + 2, top.height())
        draw_text(painter, who, item.who, tone="text2", font=small, align=RIGHT)
        bold = look.font(look.tokens.type.body, 600)
        badges = item.badges()
        taken = sum(badge_size(words, icon).width() + look.px(6) for words, _, icon in badges)
        room = max(0.0, who.x() - left - taken - look.px(10))
        title = QRectF(left, top.y(), room, top.height())
        draw_text(painter, title, item.line.title, tone="text", font=bold)
        x = left + min(room, QFontMetrics(bold).horizontalAdvance(item.line.title)) + look.px(9)
        for words, tone, icon in badges:
            size = badge_size(words, icon)
            draw_badge(painter, QRectF(x, top.y(), size.width(), size.height()), words, tone, icon)
            x += size.width() + look.px(6)
        body = QRectF(left, top.bottom() + look.px(4), right - left, look.px(20))
        tone_ = "text2" if item.protected else "text"
        font = look.font(look.tokens.type.label)
        draw_text(painter, body, item.text, tone=tone_, font=font)


class Timeline(QListView):
    """``show_items(items)``; Enter or a double click opens one."""

    opened = Signal(str)
    """The key of an item: ring and record."""

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Timeline"))
        self._model = _Model(now)
        self.setModel(self._model)
        self.setItemDelegate(_Cards(self, now))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.viewport().setAutoFillBackground(False)
        self.setStyleSheet("QListView { background: transparent }")
        self.doubleClicked.connect(self._open)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show other items; the chosen one stays if it is still there."""
        kept = self.current_key()
        self._model.show(items)
        at = next((at for at, item in enumerate(items) if item.key == kept), 0)
        if items:
            self.setCurrentIndex(self._model.index(at, 0))

    def current_key(self) -> str:
        """Return the key of the chosen item."""
        item = self.currentIndex().data(LINE_ROLE) if self.currentIndex().isValid() else None
        return item.key if isinstance(item, Item) else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        item = index.data(LINE_ROLE)
        if isinstance(item, Item):
            self.opened.emit(item.key)
