"""One section of a form: its banner, its cards, and what may be answered later."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from leadapp.ui.entry.cards import settle, stops
from leadapp.ui.entry.grid import Grid
from leadapp.ui.entry.outline import Block, Part
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class SectionPage(Scroll):
    """One section: its banner, its cards, and what may be answered later."""

    def __init__(self, part: Part, make: Callable[[Block], QWidget]) -> None:
        super().__init__(stretch=True)
        self._part, self._make = part, make
        blocks = [make(block) for block in part.blocks]
        if part.protected:
            self.body.addWidget(protected_notice())
        self._grid = Grid(blocks, down=theme().tokens.space.card_gap, level=True)
        self.body.addWidget(self._grid)
        self._later: QWidget | None = None
        self.settle()

    def settle(self) -> None:
        """Show what is asked now."""
        for grid in (self._grid, self._later):
            if isinstance(grid, Grid):
                for cell in grid.cells:
                    settle(cell)
                grid.relay()

    def show_later(self, *, shown: bool) -> None:
        """Unfold or fold what may be answered later; made when first unfolded."""
        if self._later is None and shown:
            blocks = [self._make(block) for block in self._part.later]
            self._later = Grid(blocks, down=theme().tokens.space.card_gap, level=True)
            self.body.addWidget(self._later)
            self.settle()
        if self._later is not None:
            self._later.setVisible(shown)

    @property
    def later_shown(self) -> bool:
        """Whether what may be answered later is unfolded."""
        return self._later is not None and not self._later.isHidden()

    @property
    def later_grid(self) -> QWidget | None:
        """What may be answered later, once made."""
        return self._later

    def holds_later(self, key: str) -> bool:
        """Return whether ``key`` may be answered later."""
        return any(key.startswith(f"{block.key}/") for block in self._part.later)

    def stops(self) -> list[QWidget]:
        """Return the tab stops in reading order."""
        grids = [grid for grid in (self._grid, self._later) if isinstance(grid, Grid)]
        shown = [grid for grid in grids if not grid.isHidden()]
        return [stop for grid in shown for cell in grid.cells for stop in stops(cell)]


def protected_notice() -> Notice:
    """Return the violet banner of what 42 CFR Part 2 protects."""
    return Notice(
        "part2",
        tr("Protected by 42 CFR Part 2"),
        tr(
            "Only the care team can open this section. Deputies and shared reports never see these answers."
        ),
    )
