"""The people of this computer as tiles to choose from: one tab stop, arrows and letters move."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QRadioButton, QSizePolicy, QWidget

from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.drawing import CENTRE, draw_box, draw_icon, draw_text
from leadapp.ui.kit.one_of import OneOf
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_COLUMNS = 2


class Tile(QRadioButton):
    """A person: initials, name, and that the account is locked."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.locked = False
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_locked(self, locked: bool) -> None:
        """Show that the account takes no password now."""
        self.locked = locked
        name = self.text()
        self.setAccessibleName(tr("{name}, locked", name=name) if locked else name)
        self.update()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole tile is clicked."""
        return self.rect().contains(pos)

    def sizeHint(self) -> QSize:
        """Return the size of a tile."""
        return QSize(theme().px(150), theme().px(54))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest width in which initials and half a name are read."""
        return QSize(theme().px(120), theme().px(54))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, the initials, the name."""
        painter = QPainter(self)
        on, over = self.isChecked(), self.underMouse()
        fill = "tint" if on else "row_hover" if over else "surface"
        edge = "primary_edge" if on or over else "line_strong"
        draw_box(painter, self.rect(), fill=fill, edge=edge, width=2.0 if on else 1.0, radius=5)
        self._paint_avatar(painter, on=on)
        look = theme()
        left = look.px(53)
        room = QRectF(left, 0, self.width() - left - look.px(8), self.height())
        font = look.font(look.tokens.type.body, 600)
        if not self.locked:
            draw_text(painter, room, self.text(), tone="text", font=font)
            return
        middle = self.height() / 2
        name = QRectF(left, middle - look.px(19), room.width(), look.px(20))
        draw_text(painter, name, self.text(), tone="text", font=font)
        below = QRectF(left, middle + look.px(1), room.width(), look.px(17))
        small = look.font(look.tokens.type.caption)
        draw_text(painter, below, tr("Locked"), tone="err", font=small)

    def _paint_avatar(self, painter: QPainter, *, on: bool) -> None:
        look = theme()
        side = look.px(32)
        place = QRectF(look.px(11), (self.height() - side) / 2, side, side)
        draw_box(painter, place, fill="tint2", radius=side / 2)
        if on:
            inset = side * 0.27
            draw_icon(painter, "check", "link", place.adjusted(inset, inset, -inset, -inset))
            return
        font = look.font(look.tokens.type.caption, 700)
        draw_text(painter, place, initials(self.text()), tone="link", font=font, align=CENTRE)


class Tiles(OneOf):
    """``Tiles([Choice(user_id, "Nora Ellison"), ...])``; ``locked`` are ids of locked accounts."""

    def __init__(
        self,
        people: Sequence[Choice],
        locked: frozenset[str] = frozenset(),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(people, Tile, parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme().px(10))
        for at, (person, button) in enumerate(zip(people, self.buttons, strict=True)):
            if isinstance(button, Tile):
                button.set_locked(person.name in locked)
            grid.addWidget(button, at // _COLUMNS, at % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


def initials(name: str) -> str:
    """Return the first letters of the first and the last word.

    >>> initials("Nora van Ellison"), initials("Tyler"), initials("")
    ('NE', 'T', '')
    """
    words = name.split()
    ends = words[:1] + words[1:][-1:]
    return "".join(word[0].upper() for word in ends)
