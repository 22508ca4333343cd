"""The Sync page: tabs, and the button that syncs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.offering import Offer, offer
from leadapp.ui.shell.page import Page
from leadapp.ui.sync.tab import Tab
from leadapp.ui.sync.tab_bar import TabBar
from leadapp.ui.theme import theme
from leadapp.ui.unlock.entering import press_focused
from leadapp.ui.words import tr


class SyncPage(Page):
    """``SyncPage([NowTab(...), HistoryTab(...)], sync_action)``; tabs stand in that order."""

    waiting = Signal(int)
    """How much waits in all tabs, for the navigation."""

    def __init__(self, tabs: Sequence[Tab], sync: QAction | None) -> None:
        super().__init__("sync", tr("Sync"))
        look = theme()
        self.tabs = tuple(tabs)
        if sync is not None:
            button = Button.for_action(sync, icon="refresh-cw", role="primary")
            self.set_heading(top_actions=(button,))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget()
        head.setProperty("kind", "bar")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QVBoxLayout(head)
        row.setContentsMargins(look.px(20), 0, look.px(20), 0)
        self.bar = TabBar([(one.name, one.title) for one in tabs], name=tr("Part of Sync"))
        self.bar.changed.connect(self.show_tab)
        row.addWidget(self.bar)
        column.addWidget(head)
        self._stack = QStackedWidget()
        for one in self.tabs:
            self._stack.addWidget(_framed(one))
            one.count_changed.connect(lambda count, name=one.name: self._counted(name, count))
        column.addWidget(self._stack, 1)

    def tab(self) -> Tab:
        """Return the tab in view."""
        return self.tabs[self._stack.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Show a tab and have it ask again; an unknown name changes nothing."""
        at = next((at for at, one in enumerate(self.tabs) if one.name == name), None)
        if at is None:
            return
        held = self.bar.isAncestorOf(self.window().focusWidget() or self)
        self.bar.show_tab(name)
        if held:
            self.bar.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentIndex(at)
        if self.isVisible():
            self.tabs[at].reload()

    def start_tab(self, name: str) -> None:
        """Show a tab and go to where its work begins."""
        self.show_tab(name)
        self.bar.setFocus(Qt.FocusReason.OtherFocusReason)
        self.tab().start()

    def on_shown(self) -> None:
        """Ask again; every tab, for each shows its count."""
        words = tr("Print the chosen paper of the outbox")
        offer(self, Offer("outbox_print", words, self.print_now, "Ctrl+P", "printer"))
        for one in self.tabs:
            one.reload()
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.bar.setFocus(Qt.FocusReason.OtherFocusReason)

    def main_action(self) -> None:
        """Ctrl+S: what the tab's main button does."""
        self.tab().main_action()

    def new_thing(self) -> None:
        """Ctrl+N: a new one of what the tab holds."""
        self.tab().new_thing()

    def print_now(self) -> None:
        """Ctrl+P: print what is chosen in the tab."""
        self.tab().print_now()

    def leave(self) -> bool:
        """Esc: close what is open in the tab."""
        return self.tab().leave()

    def panes(self) -> Sequence[QWidget]:
        """The tabs, then what is in the one in view."""
        return (self.bar, *self.tab().panes())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the focused button, also of those under a tab; else the tab is asked."""
        if not (press_focused(self, event) or self.tab().take_key(event)):
            super().keyPressEvent(event)

    def _counted(self, name: str, count: int) -> None:
        self.bar.set_count(name, count)
        self.waiting.emit(sum(one.count for one in self.tabs))


def _framed(tab: Tab) -> QWidget:
    """Return a tab in a pane that scrolls, its buttons under it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    scroll = Scroll(margin=20, gap=12, stretch=not tab.fills)
    scroll.body.addWidget(tab, 1 if tab.fills else 0)
    column.addWidget(scroll, 1)
    if tab.foot is not None:
        column.addWidget(tab.foot)
    return holder
