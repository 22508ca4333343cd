"""The page's further tasks behind one button: kits to look at, standing orders, exports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from leadapp.ui.words import tr


@dataclass(frozen=True, slots=True)
class More:
    """One task: its name for Ctrl+K, its words, what it does, its icon."""

    name: str
    words: str
    do: Callable[[], None]
    icon: str


def more_menu(parent: QWidget, tasks: Sequence[More]) -> QMenu:
    """Return the menu of the tasks."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("More: kits, orders, exports"))
    for one in tasks:
        menu.addAction(one.words).triggered.connect(lambda _on=False, chosen=one: chosen.do())
    return menu
