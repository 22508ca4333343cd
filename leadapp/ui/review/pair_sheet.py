"""Two records that may be one person, side by side: what differs, and folded away what does not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from leadapp.ui.kit.card import Card, rule
from leadapp.ui.kit.label import Label
from leadapp.ui.review.pairs import OpenedTwins
from leadapp.ui.review.sheet import Alike
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_TOP = Qt.AlignmentFlag.AlignTop


class PairSheet(Card):
    """``PairSheet(opened)``; nothing in it is chosen, the buttons below say what is so."""

    def __init__(self, opened: OpenedTwins) -> None:
        super().__init__(margin=12)
        self.setAccessibleName(tr("The two records"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme().px(12))
        grid.setVerticalSpacing(theme().px(8))
        for column, share in enumerate((2, 3, 3)):
            grid.setColumnStretch(column, share)
        for at, head in enumerate(opened.heads, start=1):
            grid.addWidget(_head(*head), 0, at, _TOP)
        if not opened.differing:
            grid.addWidget(rule(), 1, 0, 1, 3)
            grid.addWidget(Label(tr("Nothing differs."), role="table", tone="text2"), 2, 0, 1, 3)
        for at, (label, *said) in enumerate(opened.differing):
            grid.addWidget(rule(), 2 * at + 1, 0, 1, 3)
            grid.addWidget(Label(label, role="label", wrap=True), 2 * at + 2, 0, _TOP)
            for column, words in enumerate(said, start=1):
                shown = Label(
                    words or tr("(blank)"),
                    role="table",
                    tone="text" if words else "text2",
                    wrap=True,
                )
                shown.setAccessibleDescription(label)
                grid.addWidget(shown, 2 * at + 2, column, _TOP)
        self.body.addLayout(grid)
        self._alike = Alike(opened.alike) if opened.alike else None
        if self._alike is not None:
            self.body.addWidget(rule())
            self.body.addWidget(self._alike)

    def stops(self) -> list[QWidget]:
        """Return what takes the focus."""
        return [self._alike.button] if self._alike is not None else []


def _head(name: str, written: str) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme().px(1))
    column.addWidget(Label(name, role="label", wrap=True))
    column.addWidget(Label(written, role="caption", tone="text2", wrap=True))
    return holder
