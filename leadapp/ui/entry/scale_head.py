"""What the columns of a scale mean, said once over all its questions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from leadapp.forms.markdown import plain
from leadapp.ui.entry.question import Question
from leadapp.ui.entry.scale import DOTS, WORDS, least_width
from leadapp.ui.entry.spans import TWELVE, Cell
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme


class ScaleHead(QWidget):
    """What the columns of a scale mean, once over all its questions."""

    def __init__(self, title: str, labels: Sequence[str], rows: Sequence[Question]) -> None:
        super().__init__()
        self.rows = list(rows)
        self.labels = [plain(label) for label in labels]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(12))
        left = Label(plain(title), bold=True, wrap=True)
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        row.addWidget(left, WORDS)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        least = least_width(self.labels)
        for text in self.labels:
            label = Label(text, role="caption", tone="text2", wrap=True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
            label.setMinimumWidth(least)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            columns.addWidget(label, 1)
        row.addLayout(columns, DOTS)

    def settle(self) -> None:
        """Show itself while one of its questions is asked."""
        self.setVisible(any(row.shows for row in self.rows))

    def cell(self) -> Cell:
        """Return what it needs: a line of its own."""
        return Cell(TWELVE, self.minimumSizeHint().width(), alone=True)

    def changeEvent(self, event: QEvent) -> None:
        """Make room for larger words."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
