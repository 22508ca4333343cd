"""The window: navigation, bars, the pages, and what lies over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from leadapp.ui.kit.pane_focus import enter, holds
from leadapp.ui.kit.toast import Toast
from leadapp.ui.shell.actions import Actions
from leadapp.ui.shell.curtain import Curtain
from leadapp.ui.shell.focus_ring import FocusRing
from leadapp.ui.shell.history import History
from leadapp.ui.shell.idle import Idle
from leadapp.ui.shell.keys_sheet import KeysSheet
from leadapp.ui.shell.nav import Nav
from leadapp.ui.shell.page import Page
from leadapp.ui.shell.palette import CommandPalette, FindPeople
from leadapp.ui.shell.standard import add_standard_actions, focused_text_undo
from leadapp.ui.shell.status_bar import StatusBar
from leadapp.ui.shell.top_bar import TopBar
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


@dataclass(frozen=True)
class Place:
    """One place of the navigation; its page is made on the first visit."""

    name: str
    words: str
    icon: str
    make: Callable[[], Page]
    apart: bool = False
    """Whether a rule stands before it."""
    allowed: Callable[[], bool] | None = None
    hint: str = ""
    number: int = 0
    """The key with Alt; 0 stands for the next one."""


class Shell(QMainWindow):
    """``shell.add_place(Place("today", "Today", "house", make_today))``; ``shell.go("today")``.

    Pages that are in no place (a form, a person) come by ``open_page`` and go by ``close_page``.
    """

    lock_requested = Signal()
    """Ctrl+L, the person's button, or nobody was here: put the cover on."""

    page_shown = Signal(str)
    """The name of the page now in view."""

    person_chosen = Signal(str)
    """The key of a person chosen in the palette."""

    closing = Signal()
    """The window is about to go; drafts are flushed by whoever listens."""

    def __init__(self, find_people: FindPeople | None = None) -> None:
        super().__init__()
        self.setWindowTitle("leadapp")
        self._actions = Actions(self)
        self._places: dict[str, Place] = {}
        self._pages: dict[str, Page] = {}
        self._history = History()
        self.nav = Nav()
        self.top = TopBar()
        self.status = StatusBar()
        self._stack = QStackedWidget()
        self._curtain = Curtain()
        self._build()
        self.toast = Toast(self._stack, self._foot_height)
        self.palette_box = CommandPalette(self, self.actions_, find_people)
        self.ring = FocusRing(self)
        self.ring.stay_under(self.toast)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - a window needs one; tells mypy so
        self.idle = Idle(app, self)
        self.idle.gone.connect(self.lock_requested.emit)
        add_standard_actions(self)
        self._connect(app)
        self.actions_.enter("")

    @property
    def actions_(self) -> Actions:
        """Every action; pages add theirs. (``actions`` is Qt's own list.)"""
        return self._actions

    def ask_for_lock(self) -> None:
        """Ctrl+L, or the person's button."""
        self.lock_requested.emit()

    def add_place(self, place: Place) -> None:
        """Add a place to the navigation, with Alt and its number as key."""
        number = place.number or len(self._places) + 1
        self._places[place.name] = place
        key = f"Alt+{number}" if number <= 9 else ""
        self.nav.add(place.name, place.words, place.icon, key, apart=place.apart)
        self.actions_.add(
            f"go_{place.name}",
            place.words,
            lambda: self.go(place.name),
            keys=key,
            group="go",
            icon=place.icon,
            hint=place.hint,
            when=place.allowed,
        )
        self.refresh_places()

    def refresh_places(self) -> None:
        """Hide the places this person may not open; after each unlock."""
        for place in self._places.values():
            self.nav.set_visible(place.name, place.allowed is None or place.allowed())
        self.actions_.refresh()

    def set_count(self, place: str, count: int) -> None:
        """Show how much work waits for this person at a place."""
        self.nav.set_count(place, count)

    def set_person(self, name: str, role: str) -> None:
        """Show who is signed in."""
        self.nav.set_person(name, role)

    def set_find_people(self, find: FindPeople | None) -> None:
        """Say who answers the palette about people."""
        self.palette_box.set_find_people(find)

    def go(self, name: str) -> Page | None:
        """Show a place, or an open page, by its name."""
        page = self._page(name)
        if page is not None:
            self._history.visit(name)
            self._show(page)
        return page

    def open_page(self, page: Page) -> None:
        """Show a page that is in no place; its name must be its own ("person:41")."""
        old = self._pages.get(page.name)
        if old is not None and old is not page:
            self._drop(old)
        if page.name not in self._pages:
            self._adopt(page)
        self.go(page.name)

    def close_page(self, page: Page) -> None:
        """Close an opened page and go back to where one was before."""
        if self._pages.get(page.name) is not page:
            return
        was_here = self.current_page() is page
        self._history.forget(page.name)
        self._drop(page)
        if was_here:
            self.go(self._history.here or next(iter(self._places), ""))

    def close_all(self) -> None:
        """Close every page, made or opened; another person unlocks."""
        for page in list(self._pages.values()):
            self._drop(page)
        self._history.clear()
        self.palette_box.hide()
        self.toast.end()

    def current_page(self) -> Page | None:
        """Return the page in view."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def page(self, name: str) -> Page | None:
        """Return a page that has been made."""
        return self._pages.get(name)

    def cover(self, widget: QWidget) -> None:
        """Hide everything behind ``widget`` (the unlock screen); the page stays as it is."""
        self._curtain.draw(widget)
        self.palette_box.hide()
        self.idle.stop()
        QGuiApplication.clipboard().clear()
        self.actions_.set_locked(True)
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Show the page again exactly as it was."""
        self._curtain.open()
        self.actions_.set_locked(False)
        self._curtain.focus_again()

    @property
    def covered(self) -> bool:
        """Whether everything is hidden."""
        return self._curtain.is_drawn

    def say(
        self, words: str, *, undo: Callable[[], None] | None = None, icon: str = "check"
    ) -> None:
        """Say what was done, with Undo."""
        self.toast.say(words, undo=undo, icon=icon)

    def open_palette(self) -> None:
        """Ctrl+K."""
        self.palette_box.open()

    def back(self) -> None:
        """Alt+Left."""
        self._travel(self._history.back)

    def forward(self) -> None:
        """Alt+Right."""
        self._travel(self._history.forward)

    def main_action(self) -> None:
        """Ctrl+S."""
        self._tell(lambda page: page.main_action())

    def focus_search(self) -> None:
        """Ctrl+F."""
        self._tell(lambda page: page.focus_search())

    def new_thing(self) -> None:
        """Ctrl+N."""
        self._tell(lambda page: page.new_thing())

    def reload(self) -> None:
        """F5."""
        self._tell(lambda page: page.reload())

    def leave(self) -> None:
        """Esc: what the page does; else the toast goes."""
        page = self.current_page()
        if page is None or not page.leave():
            self.toast.end()

    def undo(self) -> None:
        """Ctrl+Z: what the toast offers, else in the text."""
        if not self.toast.undo():
            focused_text_undo()

    def step_pane(self, step: int) -> None:
        """F6 and Shift+F6: navigation, then the panes of the page."""
        page = self.current_page()
        panes = [self.nav, *(page.panes() if page is not None else ())]
        shown = [pane for pane in panes if pane.isVisible()]
        focused = self.focusWidget()
        here = next((at for at, pane in enumerate(shown) if holds(pane, focused)), -1)
        for away in range(1, len(shown) + 1):
            if enter(shown[(here + step * away) % len(shown)]):
                return

    def show_keys(self) -> None:
        """F1."""
        KeysSheet(self.actions_.here(), self).open()

    def toggle_full_screen(self) -> None:
        """F11."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def lock_after(self, minutes: float) -> None:
        """Ask for the lock after so many idle minutes; called after each unlock."""
        self.idle.start(minutes * 60)
        whole = round(minutes)
        self.status.set_lock(tr("Locks after {minutes} min idle", minutes=whole))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go to the narrow navigation where there is little room."""
        super().resizeEvent(event)
        self._settle_nav()

    def closeEvent(self, event: QEvent) -> None:
        """Say so before the window goes."""
        self.closing.emit()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Z belongs to the toast while it offers Undo, also in a text box."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() == Qt.Key.Key_Z
            and event.modifiers() == Qt.KeyboardModifier.ControlModifier
            and self.toast.can_undo
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """Return the usual size of the first window."""
        return QSize(1366, 768)

    def _build(self) -> None:
        sizes = theme().tokens.shell
        self.setMinimumSize(sizes.smallest_width, sizes.smallest_height)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.nav)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        row.addLayout(column, 1)
        self._curtain.addWidget(body)
        self.setCentralWidget(self._curtain)

    def _connect(self, app: QApplication) -> None:
        self.nav.chosen.connect(self.go)
        self.nav.person_clicked.connect(self.lock_requested.emit)
        self.top.find_clicked.connect(self.open_palette)
        self.status.night_clicked.connect(theme().toggle_night)
        self.status.keys_clicked.connect(self.show_keys)
        self.palette_box.person_chosen.connect(self.person_chosen.emit)
        theme().changed.connect(self._theme_changed)
        app.focusChanged.connect(self._focus_moved)

    def _theme_changed(self) -> None:
        self.top.restyle()
        self.status.restyle()
        self._settle_nav()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and isValid(old):
            old.removeEventFilter(self)
        if new is not None and new.window() is self:
            new.installEventFilter(self)

    def _page(self, name: str) -> Page | None:
        if name in self._pages:
            return self._pages[name]
        place = self._places.get(name)
        if place is None or (place.allowed is not None and not place.allowed()):
            return None
        page = place.make()
        page.name = name
        self._adopt(page)
        return page

    def _adopt(self, page: Page) -> None:
        self._pages[page.name] = page
        self._stack.addWidget(page)
        page.heading_changed.connect(self._heading_changed)

    def _drop(self, page: Page) -> None:
        if self.current_page() is page:
            page.on_left()
        self._pages.pop(page.name, None)
        shown_above = (*page.badges, *page.top_actions, page.save_state)
        self.top.let_go(shown_above)
        for widget in shown_above:
            widget.setParent(page)
        self._stack.removeWidget(page)
        page.deleteLater()

    def _show(self, page: Page) -> None:
        before = self.current_page()
        if before is not None and before is not page:
            before.on_left()
            self.toast.page_changed()
        self._stack.setCurrentWidget(page)
        self.top.show_page(page)
        self.nav.set_here(self._place_of(page))
        self._settle_nav()
        self.actions_.enter(page.name.split(":")[0])
        page.on_shown()
        if not holds(page, self.focusWidget()):
            any(enter(pane) for pane in page.panes() if pane.isVisible())
        self.toast.raise_()
        QTimer.singleShot(0, self.toast, self.toast.place)  # once the page's bars are laid out
        self.page_shown.emit(page.name)

    def _place_of(self, page: Page) -> str:
        """Return the place that is lit: the page's own, or where it was opened from."""
        if page.name in self._places:
            return page.name
        lit = next((item.name for item in self.nav.items if item.isChecked()), "")
        return getattr(page, "place", "") or lit

    def _heading_changed(self) -> None:
        page = self.current_page()
        if page is not None and self.sender() is page:
            self.top.show_page(page)

    def _foot_height(self) -> int:
        """Return the height of the page's footer bar, which nothing may cover."""
        page = self.current_page()
        if page is None:
            return 0
        bars = [one for one in page.findChildren(QWidget) if one.property("kind") == "foot"]
        return max((bar.height() for bar in bars if bar.isVisible()), default=0)

    def _travel(self, step: Callable[[], str | None]) -> None:
        name = step()
        page = self._page(name) if name else None
        if page is not None:
            self._show(page)

    def _tell(self, what: Callable[[Page], None]) -> None:
        page = self.current_page()
        if page is not None:
            what(page)

    def _settle_nav(self) -> None:
        page = self.current_page()
        sizes = theme().tokens.shell
        narrow = self.width() < sizes.rail_below * theme().text_percent / 100
        self.nav.set_rail(narrow or (page is not None and page.rail))
