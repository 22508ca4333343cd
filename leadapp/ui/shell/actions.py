"""Every action once: words, keys, where it works, when it is on.

Buttons, menus, the F1 sheet and the Ctrl+K palette all take it from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from leadapp.core.errors import Bug

Group = Literal["do", "go", "help"]
EVERYWHERE = ""


@dataclass(frozen=True)
class AppAction:
    """One action and where it belongs. ``context`` is a page's name, or everywhere."""

    name: str
    action: QAction
    group: Group
    context: str = EVERYWHERE
    icon: str = "chevron-right"
    hint: str = ""
    when: Callable[[], bool] | None = None
    when_locked: bool = False
    listed: bool = True
    """Whether it stands in the palette; F1 lists it in any case."""
    also: tuple[str, ...] = field(default=())
    """Other words people look for it with."""

    @property
    def words(self) -> str:
        """What it is called."""
        return self.action.text()

    def shortcuts(self) -> list[QKeySequence]:
        """Its shortcuts."""
        return list(self.action.shortcuts())


class Actions(QObject):
    """The registry. ``add`` at start, ``enter(page)`` on each change of page."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._all: dict[str, AppAction] = {}
        self._context = EVERYWHERE
        self._locked = False

    def add(
        self,
        name: str,
        words: str,
        do: Callable[[], object],
        *,
        keys: str | Sequence[str] = (),
        group: Group = "do",
        context: str = EVERYWHERE,
        icon: str = "chevron-right",
        hint: str = "",
        when: Callable[[], bool] | None = None,
        when_locked: bool = False,
        listed: bool = True,
        also: Sequence[str] = (),
    ) -> QAction:
        """Add an action; ``when`` is asked by ``refresh`` whether it is on."""
        if name in self._all:
            raise Bug("ui.action_twice", name=name)
        action = QAction(words, self)
        action.setObjectName(name)
        action.setShortcuts(
            [QKeySequence(one) for one in ([keys] if isinstance(keys, str) else keys)]
        )
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.triggered.connect(lambda _on=False: do())
        self._window.addAction(action)
        self._all[name] = AppAction(
            name, action, group, context, icon, hint, when, when_locked, listed, tuple(also)
        )
        self._settle(self._all[name])
        return action

    def drop(self, name: str) -> None:
        """Forget an action; for pages that close."""
        gone = self._all.pop(name, None)
        if gone is not None:
            self._window.removeAction(gone.action)
            gone.action.deleteLater()

    def get(self, name: str) -> QAction:
        """Return the action called ``name``."""
        if name not in self._all:
            raise Bug("ui.action_unknown", name=name)
        return self._all[name].action

    def has(self, name: str) -> bool:
        """Return whether there is such an action."""
        return name in self._all

    def all(self) -> list[AppAction]:
        """Return every action."""
        return list(self._all.values())

    def here(self) -> list[AppAction]:
        """Return those that work on the present page, off ones too."""
        return [one for one in self._all.values() if one.context in (EVERYWHERE, self._context)]

    def clashes(self) -> list[tuple[str, str]]:
        """Return pairs of actions with the same keys that can be on at once."""
        found = []
        everyone = self.all()
        for at, one in enumerate(everyone):
            for other in everyone[at + 1 :]:
                same = {k.toString() for k in one.shortcuts()} & {
                    k.toString() for k in other.shortcuts()
                }
                apart = (
                    EVERYWHERE not in (one.context, other.context) and one.context != other.context
                )
                if same - {""} and not apart:
                    found.append((one.name, other.name))
        return found

    def enter(self, context: str) -> None:
        """Say which page is shown."""
        self._context = context
        self.refresh()

    def set_locked(self, locked: bool) -> None:
        """Turn all off but what works while locked."""
        self._locked = locked
        self.refresh()

    def refresh(self) -> None:
        """Ask every rule again."""
        for one in self._all.values():
            self._settle(one)

    def _settle(self, one: AppAction) -> None:
        here = one.context in (EVERYWHERE, self._context)
        allowed = one.when_locked or not self._locked
        on = here and allowed and (one.when is None or one.when())
        if one.action.isEnabled() != on:
            one.action.setEnabled(on)
