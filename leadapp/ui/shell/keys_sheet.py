"""F1: all keys of this screen, from the same registry as everything else."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.keycap import KeyCap, key_words
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.shell.actions import AppAction
from leadapp.ui.shell.focus_ring import FocusRing
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_FIELD_KEYS = (
    ("Tab", "Next question, or out of a group"),
    ("Enter", "Next question; in a list, open"),
    ("Space", "Tick, choose, press"),
    ("1 ... 9", "Choose in a group; so does its first letter"),
    ("Backspace", "Clear a choice"),
    ("Alt+Down", "Open a list or calendar"),
    ("t  y  n", "Today, yesterday, now, in a date"),
)


class KeysSheet(QDialog):
    """``KeysSheet(actions.here(), window).exec()``."""

    def __init__(self, actions: Sequence[AppAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        look = theme()
        column = QVBoxLayout(self)
        column.addWidget(Label(tr("Keys for this screen"), role="pane_title"))
        scroll = Scroll(margin=4)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(look.px(16))
        self._grid.setVerticalSpacing(look.px(6))
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        scroll.body.addLayout(self._grid)
        column.addWidget(scroll, 1)
        lines = [
            (key_words(one.shortcuts()[0]), one.words)
            for one in actions
            if one.shortcuts() and one.action.isEnabled()
        ]
        lines += [(key, tr(words)) for key, words in _FIELD_KEYS]
        half = (len(lines) + 1) // 2
        for at, (key, words) in enumerate(lines):
            self._grid.addWidget(KeyCap(key), at % half, 2 * (at // half))
            words_label = Label(words, role="table", wrap=True)
            self._grid.addWidget(words_label, at % half, 2 * (at // half) + 1)
        self.lines = tuple(lines)
        foot = QHBoxLayout()
        foot.addStretch(1)
        close = Button(tr("Close"), key="Esc", role="primary")
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        column.addLayout(foot)
        self.resize(min(look.px(760), parent.width()), min(look.px(600), parent.height() - 20))
        self._ring = FocusRing(self)
        close.setFocus()
