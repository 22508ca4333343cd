"""The cards of a form: questions in a grid, groups in columns, each shown while it asks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.entry.grid import Grid
from leadapp.ui.entry.question import Question
from leadapp.ui.entry.scale_head import ScaleHead
from leadapp.ui.entry.spans import Cell
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme


class QuestionCard(Card):
    """A run of questions; ``settle`` after some came or went."""

    def __init__(
        self,
        title: str,
        rows: Sequence[Question],
        *,
        patrol: bool,
        heads: Sequence[ScaleHead] = (),
    ) -> None:
        super().__init__(title, margin=16 if patrol else None)
        self.rows = list(rows)
        self.heads = list(heads)
        over = {head.rows[0]: head for head in heads}
        cells = [cell for row in rows for cell in (over.get(row), row) if cell is not None]
        self.grid = Grid(cells, down=8 if patrol else None)
        self.body.addWidget(self.grid)
        self.body.addStretch(1)

    def settle(self) -> bool:
        """Show what is asked now; return whether that is anything."""
        shows = any(row.shows for row in self.rows)
        self.setVisible(shows)
        for head in self.heads:
            head.settle()
        self.grid.relay()
        return shows

    def stops(self) -> list[QWidget]:
        """Return the controls in reading order."""
        return [row for row in self.rows if not row.isHidden()]

    def cell(self) -> Cell:
        """Return what it needs in a grid of cards."""
        edge = theme().px(36)
        return Cell(12, self.grid.minimumSizeHint().width() + edge, card=True)


class Column(QWidget):
    """A group of cards, one under the other; narrower ones side by side."""

    def __init__(self, title: str, span: int, parts: Sequence[QWidget]) -> None:
        super().__init__()
        self.parts = list(parts)
        self._span = span
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(theme().tokens.space.card_gap))
        self.title = Label(title, role="pane_title")
        column.addWidget(self.title)
        self.title.setVisible(bool(title))
        self.grid = Grid(self.parts, down=theme().tokens.space.card_gap, level=True)
        column.addWidget(self.grid, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def settle(self) -> bool:
        """Settle the cards; return whether any shows."""
        shows = False
        for part in self.parts:
            shows = settle(part) or shows
        self.setVisible(shows)
        self.grid.relay()
        return shows

    def stops(self) -> list[QWidget]:
        """Return the controls in reading order."""
        return [stop for part in self.parts for stop in stops(part)]

    def cell(self) -> Cell:
        """Return what it needs in a grid of cards."""
        return Cell(self._span, self.grid.minimumSizeHint().width(), card=True)


def settle(part: QWidget) -> bool:
    """Settle a card, a column or a repeat; return whether it shows."""
    ask = getattr(part, "settle", None)
    return bool(ask()) if ask is not None else not part.isHidden()


def stops(part: QWidget) -> list[QWidget]:
    """Return the tab stops of a card, a column or a repeat, hidden ones left out."""
    if part.isHidden():
        return []
    ask = getattr(part, "stops", None)
    return list(ask()) if ask is not None else [part]
