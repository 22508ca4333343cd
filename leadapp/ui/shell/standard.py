"""The actions every page has: places, navigation, look, help, lock, quit."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QApplication

from leadapp.ui.shell.actions import Actions
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class Frame(Protocol):
    """What the standard actions need of the window."""

    @property
    def actions_(self) -> Actions: ...
    def main_action(self) -> None: ...
    def focus_search(self) -> None: ...
    def new_thing(self) -> None: ...
    def reload(self) -> None: ...
    def undo(self) -> None: ...
    def leave(self) -> None: ...
    def open_palette(self) -> None: ...
    def back(self) -> None: ...
    def forward(self) -> None: ...
    def step_pane(self, step: int) -> None: ...
    def ask_for_lock(self) -> None: ...
    def close(self) -> bool: ...
    def toggle_full_screen(self) -> None: ...
    def show_keys(self) -> None: ...


def add_standard_actions(shell: Frame) -> None:
    """Add them to the shell's registry."""
    _add_page_actions(shell)
    _add_navigation(shell)
    _add_look(shell)


def _add_page_actions(shell: Frame) -> None:
    add = shell.actions_.add
    add(
        "main",
        tr("Finish, or do what this page is for"),
        shell.main_action,
        keys="Ctrl+S",
        listed=False,
    )
    add("find_here", tr("Search on this page"), shell.focus_search, keys="Ctrl+F", icon="search")
    add("new", tr("New one of what this page holds"), shell.new_thing, keys="Ctrl+N", icon="plus")
    add("reload", tr("Refresh"), shell.reload, keys="F5", icon="rotate-ccw")
    add(
        "undo",
        tr("Undo"),
        shell.undo,
        keys="Ctrl+Z",
        icon="undo-2",
        when=lambda: True,
        listed=False,
    )
    add("leave", tr("Close, or leave and keep the draft"), shell.leave, keys="Esc", listed=False)


def _add_navigation(shell: Frame) -> None:
    add = shell.actions_.add
    add("palette", tr("Find or do anything"), shell.open_palette, keys="Ctrl+K", listed=False)
    add("back", tr("Back"), shell.back, keys="Alt+Left", icon="arrow-left", group="go")
    add("forward", tr("Forward"), shell.forward, keys="Alt+Right", icon="arrow-right", group="go")
    add(
        "next_pane",
        tr("Next pane"),
        lambda: shell.step_pane(1),
        keys="F6",
        group="go",
        listed=False,
    )
    add(
        "previous_pane",
        tr("Previous pane"),
        lambda: shell.step_pane(-1),
        keys="Shift+F6",
        group="go",
        listed=False,
    )
    add("lock", tr("Lock now"), shell.ask_for_lock, keys="Ctrl+L", icon="lock")
    add(
        "quit",
        tr("Quit; drafts are kept"),
        shell.close,
        keys="Ctrl+Q",
        icon="log-out",
        when_locked=True,
    )


def _add_look(shell: Frame) -> None:
    add = shell.actions_.add
    look = theme()
    add("night", tr("Night or day"), look.toggle_night, keys="F9", icon="moon", when_locked=True)
    add(
        "larger_text",
        tr("Larger text"),
        lambda: look.step_text_size(1),
        keys=("Ctrl+=", "Ctrl++"),
        icon="a-large-small",
        when_locked=True,
    )
    add(
        "smaller_text",
        tr("Smaller text"),
        lambda: look.step_text_size(-1),
        keys="Ctrl+-",
        icon="a-large-small",
        when_locked=True,
    )
    add(
        "usual_text",
        tr("Usual text size"),
        lambda: look.step_text_size(0),
        keys="Ctrl+0",
        icon="a-large-small",
        when_locked=True,
    )
    add(
        "full_screen",
        tr("Full screen"),
        shell.toggle_full_screen,
        keys="F11",
        icon="maximize",
        when_locked=True,
    )
    add(
        "keys",
        tr("Keys and help"),
        shell.show_keys,
        keys="F1",
        icon="keyboard",
        group="help",
        when_locked=True,
    )


def focused_text_undo() -> bool:
    """Undo in the text that has the focus; False when there is none."""
    focused = QApplication.focusWidget()
    undo = getattr(focused, "undo", None)
    if undo is None:
        return False
    undo()
    return True
