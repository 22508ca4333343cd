"""What the shell knows of a page: its heading, its main action, its panes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from leadapp.ui.kit.save_state import SaveState


@dataclass(frozen=True)
class Crumb:
    """A link before the title."""

    words: str
    go: Callable[[], object]


@dataclass(frozen=True)
class PaperOut:
    """A finished PDF that can leave: what it is, whose facts are in it, about whom it is."""

    what: str
    pdf: bytes = field(repr=False)
    families: tuple[str, ...]
    """The ring families its facts come from."""
    person: str = ""
    """The record of the one person it is about, "" where it is about nobody or many."""
    copy: str = ""
    """Which copy it was made as (internal, submission, publication), "" where nothing says so."""
    party: str = ""
    """Who without the program it was made for, "" where nothing says so."""
    record: str = ""
    """The record it is the paper of, "" where it is of many."""


class Page(QWidget):
    """Base of every page. Override what the page can do; the rest does nothing.

    ``set_heading("LEAD intake", trail=[Crumb("Osgood, T.", ...)], badges=[Badge("Draft")])``;
    ``top_actions`` are widgets at the right of the top bar; ``save_state`` shows in it.
    """

    heading_changed = Signal()
    """Title, trail, badges or top actions are others."""

    rail = False
    """Narrow navigation while this page is shown (patrol forms)."""

    find_box = True
    """Whether the top bar shows the Find box."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.title = title
        self.aside = ""
        self.trail: tuple[Crumb, ...] = ()
        self.badges: tuple[QWidget, ...] = ()
        self.top_actions: tuple[QWidget, ...] = ()
        self.save_state = SaveState()
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)

    def set_heading(
        self,
        title: str | None = None,
        *,
        aside: str | None = None,
        trail: Sequence[Crumb] | None = None,
        badges: Sequence[QWidget] | None = None,
        top_actions: Sequence[QWidget] | None = None,
    ) -> None:
        """Change what the top bar shows; what is not given stays."""
        self.title = self.title if title is None else title
        self.aside = self.aside if aside is None else aside
        self.trail = self.trail if trail is None else tuple(trail)
        self.badges = self.badges if badges is None else tuple(badges)
        self.top_actions = self.top_actions if top_actions is None else tuple(top_actions)
        self.setAccessibleName(self.title)
        self.heading_changed.emit()

    def on_shown(self) -> None:
        """The page is in view now: ask again for what it shows."""

    def on_left(self) -> None:
        """Another page is in view now."""

    def main_action(self) -> None:
        """Ctrl+S: finish, or this page's main button."""

    def focus_search(self) -> None:
        """Ctrl+F: the search box of this page."""

    def new_thing(self) -> None:
        """Ctrl+N: a new one of what this page holds."""

    def paper_out(self, give: Callable[[PaperOut], None]) -> bool:
        """Ctrl+Shift+P: give the paper in view, now or later; False when there is none."""
        del give
        return False

    def leave(self) -> bool:
        """Esc: close or leave, keeping the draft; False when there is nothing to leave."""
        return False

    def reload(self) -> None:
        """F5: ask again."""
        self.on_shown()

    def panes(self) -> Sequence[QWidget]:
        """Widgets that F6 goes round; each gets the focus, or its first control does."""
        return (self,)
