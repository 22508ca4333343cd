"""Where to sync: a tile for each place, with what is known of it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_text
from leadapp.ui.kit.roving import arrow_step, rove_to
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

ADD = ""
"""The key of the tile that adds a place."""
_LEAST = 230


@dataclass(frozen=True, slots=True)
class TileSaid:
    """What a tile says; ``key`` is the target's name."""

    key: str
    title: str
    state: str
    icon: str
    tone: str = "text2"


class _Tile(QAbstractButton):
    """One place."""

    def __init__(self, said: TileSaid, parent: QWidget) -> None:
        super().__init__(parent)
        self.said = said
        self.setCheckable(said.key != ADD)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_said(said)

    def show_said(self, said: TileSaid) -> None:
        self.said = said
        self.setText(said.title)
        self.setAccessibleName(said.title)
        self.setAccessibleDescription(said.state)
        self.setToolTip(f"{said.title}. {said.state}" if said.state else said.title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(_LEAST), theme().px(60))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, on = QPainter(self), theme(), self.isChecked()
        fill = "tint" if on else "row_hover" if self.underMouse() else "surface"
        edge = "primary_edge" if on else "line_strong"
        draw_box(painter, self.rect(), fill=fill, edge=edge, width=2 if on else 1, radius=6)
        size, middle = look.px(22), self.height() / 2
        icon = QRectF(look.px(15), round(middle - size / 2), size, size)
        draw_icon(painter, self.said.icon, "link" if on else "text2", icon)
        left = look.px(50)
        width = self.width() - left - look.px(10)
        bold = look.font(look.tokens.type.body, 600)
        small = look.font(look.tokens.type.caption)
        title = QRectF(left, middle - look.px(21), width, look.px(21))
        draw_text(painter, title, self.said.title, tone="text", font=bold)
        below = QRectF(left, middle + look.px(1), width, look.px(18))
        draw_text(painter, below, self.said.state, tone=self.said.tone, font=small)


class Tiles(QWidget):
    """One tab stop; arrows choose. The last tile adds a place."""

    chosen = Signal(str)
    """The name of the target a person chose."""

    add_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Where to"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().px(10))
        self.tiles: list[_Tile] = []
        self._across = 0

    def value(self) -> str:
        """Return the name of the target that is chosen, "" for none."""
        return next((one.said.key for one in self.tiles if one.isChecked()), "")

    def show_tiles(self, said: Sequence[TileSaid], chosen: str) -> None:
        """Show these places, one of them chosen; the last one adds another."""
        told = [*said, TileSaid(ADD, tr("Add a place"), _adding(), "plus")]
        if [one.said.key for one in self.tiles] != [one.key for one in told]:
            self._make(told)
        for tile, one in zip(self.tiles, told, strict=True):
            tile.show_said(one)
            tile.setChecked(one.key == chosen and one.key != ADD)
        self._rove()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay as many beside each other as fit."""
        super().resizeEvent(event)
        self._lay()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose the next place; on the last tile Enter adds one."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = arrow_step(event.key())
            if step and watched in self.tiles:
                at = (self.tiles.index(watched) + step) % len(self.tiles)
                tile = self.tiles[at]
                if tile.said.key != ADD:
                    self._choose(tile)
                rove_to(self, self.tiles, at)
                tile.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched in self.tiles:
                self.tiles[self.tiles.index(watched)].click()
                return True
        return super().eventFilter(watched, event)

    def _make(self, told: Sequence[TileSaid]) -> None:
        focused = any(one.hasFocus() for one in self.tiles)
        for old in self.tiles:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.tiles = [_Tile(one, self) for one in told]
        for tile in self.tiles:
            tile.installEventFilter(self)
            tile.clicked.connect(lambda _on=False, tile=tile: self._clicked(tile))
        self._across = 0
        self._lay()
        for tile in self.tiles:
            tile.show()
        if focused:
            self.tiles[0].setFocus()

    def _lay(self) -> None:
        across = max(1, min(3, self.width() // theme().px(_LEAST)))
        if across == self._across:
            return
        self._across = across
        for at, tile in enumerate(self.tiles):
            self._grid.removeWidget(tile)
            self._grid.addWidget(tile, at // across, at % across)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self.updateGeometry()

    def _clicked(self, tile: _Tile) -> None:
        if tile.said.key == ADD:
            self.add_wanted.emit()
        else:
            self._choose(tile)

    def _choose(self, tile: _Tile) -> None:
        for one in self.tiles:
            one.setChecked(one is tile)
        self._rove()
        self.chosen.emit(tile.said.key)

    def _rove(self) -> None:
        at = next((at for at, one in enumerate(self.tiles) if one.isChecked()), 0)
        rove_to(self, self.tiles, at)


def _adding() -> str:
    return tr("A stick, a folder, a server")
