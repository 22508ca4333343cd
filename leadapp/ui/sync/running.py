"""The exchange under way: bar, five steps, time left, and a way to stop it safely."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.progress import ProgressBar
from leadapp.ui.sync import said
from leadapp.ui.sync.runner import Progress
from leadapp.ui.sync.steps_row import StepsRow
from leadapp.ui.words import tr


class RunningCard(Card):
    """``show_progress`` at each step; it goes on if one leaves the page."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Syncing"), parent=parent)
        self._left = Label("", role="table", tone="text2")
        self.head.addWidget(self._left)
        self.stop = Button(tr("Stop safely"), icon="circle-x", small=True)
        self.stop.clicked.connect(self.stop_wanted.emit)
        self.head.addWidget(self.stop)
        self._bar = ProgressBar()
        self.body.addWidget(self._bar)
        self.steps = StepsRow()
        self.body.addWidget(self.steps)
        self._part = 0.0

    def show_progress(self, progress: Progress) -> None:
        """Show how far it is; the bar never goes back."""
        if not progress.done:
            self._part = 0.0
        self._part = max(self._part, said.part_of(progress))
        title = tr("Syncing with {target}", target=progress.target)
        self.title.setText(title)
        self.setAccessibleName(title)
        self._left.setText(said.time_left(progress))
        percent = tr("{percent} percent", percent=round(self._part * 100))
        self._bar.set_part(self._part, percent)
        self.steps.show_steps(said.steps_of(progress))
        self.stop.setVisible(not progress.stopping)
