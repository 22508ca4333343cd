"""The four numbers above the stock; each is a button that shows what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from leadapp.services.stock import StockView
from leadapp.ui.kit.drawing import draw_box, draw_text
from leadapp.ui.naloxone import said
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_HEIGHT = 68


class FigureButton(QAbstractButton):
    """A number with its words; press to see the lines behind it."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__()
        self.name = name
        self._number, self._sub, self._tone = "", "", "text"
        self.setText(words)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say("", "")

    def say(self, number: str, sub: str, tone: str = "text") -> None:
        """Show a number and the words beside it."""
        self._number, self._sub, self._tone = number, sub, tone
        words = ", ".join(filter(None, (self.text(), number, sub)))
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size; it grows sideways."""
        return QSize(theme().px(190), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the room of a number and a word."""
        return QSize(theme().px(110), theme().px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, words, number."""
        painter, look = QPainter(self), theme()
        over, down = self.underMouse(), self.isDown()
        fill = "tint2" if down else "row_hover" if over else "surface"
        edge = "primary_edge" if over or down else "line"
        draw_box(painter, self.rect(), fill=fill, edge=edge, radius=look.tokens.radius.card)
        left, width = look.px(14), self.width() - look.px(24)
        words = QRectF(left, look.px(9), width, look.px(18))
        draw_text(
            painter, words, self.text(), tone="text2", font=look.font(look.tokens.type.caption, 600)
        )
        large = look.font(look.tokens.type.figure, 700)
        number = QRectF(left, look.px(26), width, look.px(36))
        draw_text(painter, number, self._number, tone=self._tone, font=large)
        taken = QFontMetrics(large).horizontalAdvance(self._number) + look.px(9)
        sub = QRectF(left + taken, look.px(29), max(0.0, width - taken), look.px(34))
        draw_text(painter, sub, self._sub, tone="text2", font=look.font(look.tokens.type.caption))


def make_figures() -> list[FigureButton]:
    """Return the four, named by the filter each puts on."""
    return [
        FigureButton("all", tr("Kits on hand")),
        FigureButton("within_60", tr("Expire in 60 days")),
        FigureButton("below", tr("Below minimum")),
        FigureButton("over", tr("Over-issued")),
    ]


def say_figures(buttons: Sequence[FigureButton], view: StockView) -> None:
    """Show what the stock is now."""
    figures = view.figures
    kits = sum(one.kits for one in view.held)
    near = sum(
        lot.expiry_state in ("within_30", "within_60") and lot.on_hand > 0 for lot in view.lots
    )
    hand, expiring, below, over = buttons
    hand.say(said.plain(kits), _count(figures.on_hand, tr("1 dose"), tr("{count} doses")))
    expiring.say(
        said.plain(figures.expiring_60),
        _count(near, tr("doses in 1 lot"), tr("doses in {count} lots")),
        "warn" if figures.expiring_60 else "text",
    )
    below.say(
        said.plain(figures.below_minimum),
        _count(len(view.places), tr("of 1 place"), tr("of {count} places")),
        "err" if figures.below_minimum else "text",
    )
    shelves = _count(figures.over_issued, tr("shelf"), tr("shelves"))
    over.say(
        said.plain(figures.over_issued),
        shelves if figures.over_issued else tr("no shelf"),
        "err" if figures.over_issued else "text",
    )


def low_words(view: StockView) -> str:
    """Return "Unit 9 and Unit 14 are low", the rest as a number; nothing where none is."""
    names = [place.name for place in view.places if place.below]
    if not names:
        return ""
    if len(names) == 1:
        return tr("{place} is low", place=names[0])
    if len(names) == 2:
        return tr("{first} and {second} are low", first=names[0], second=names[1])
    return tr("{first} and {count} more are low", first=names[0], count=len(names) - 1)


def _count(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.format(count=said.plain(number))
