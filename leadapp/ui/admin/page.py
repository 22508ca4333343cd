"""The Admin page: sections at the top, each as far as this person may."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.services import access_log
from leadapp.services.desk import Desk
from leadapp.staff.rights import may_program
from leadapp.ui.admin.computer import ComputerSection
from leadapp.ui.admin.computers import ComputersSection
from leadapp.ui.admin.forms import FormsSection
from leadapp.ui.admin.log import LogSection
from leadapp.ui.admin.own import OwnSection
from leadapp.ui.admin.people import PeopleSection
from leadapp.ui.admin.section import Section
from leadapp.ui.admin.sheets import SheetsSection
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.kit.segments import Segments
from leadapp.ui.shell.page import Page
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Work

Say = Callable[..., None]


class AdminPage(Page):
    """``AdminPage(desk, work=..., words=..., say=shell.say)``."""

    sync_wanted = Signal()
    """Something was decided about computers that the others must hear."""

    preview_wanted = Signal(object)
    """A page to try a form on."""

    pdf_wanted = Signal(object)
    """A ``PrintedForm`` or another paper to print: its bytes and its name."""

    waiting = Signal(int)
    """How many forms wait for this person."""

    def __init__(self, desk: Desk, *, work: Work, words: Words, say: Say) -> None:
        super().__init__("admin", tr("Admin"))
        self._sections = _sections(desk, work, words, say)
        for one in self._sections.values():
            if isinstance(one, ComputersSection):
                one.sync_wanted.connect(self.sync_wanted.emit)
            elif isinstance(one, FormsSection):
                one.preview_wanted.connect(self.preview_wanted.emit)
                one.pdf_wanted.connect(self.pdf_wanted.emit)
                one.waiting.connect(self.waiting.emit)
            elif isinstance(one, LogSection):
                one.pdf_wanted.connect(self.pdf_wanted.emit)
        look = theme()
        column = QVBoxLayout(self)
        side = look.px(20)
        column.setContentsMargins(side, look.px(16), side, 0)
        column.setSpacing(look.px(12))
        choices = [Choice(name, one.title) for name, one in self._sections.items()]
        self.choose = Segments(choices)
        self.choose.set_question(tr("Part of Admin"))
        self.choose.setMaximumWidth(look.px(180) * len(choices))
        self.choose.changed.connect(self._chosen)
        column.addWidget(self.choose)
        self.choose.setVisible(len(choices) > 1)
        self._stack = QStackedWidget()
        for one in self._sections.values():
            self._stack.addWidget(_scrolled(one))
        column.addWidget(self._stack, 1)
        self.show_section(choices[0].name)

    def section(self) -> Section:
        """Return the section that is shown."""
        return list(self._sections.values())[self._stack.currentIndex()]

    def show_section(self, name: str) -> None:
        """Show one section and ask again for what is in it."""
        held = self.choose.isAncestorOf(self.window().focusWidget() or self)
        self.choose.set_value(name)
        if held:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self._stack.setCurrentIndex(list(self._sections).index(name))
        if self.isVisible():
            self.section().reload()

    def on_shown(self) -> None:
        """Ask again for what is shown; the focus starts on the choice of section."""
        self.section().reload()
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def new_thing(self) -> None:
        """Ctrl+N: a new account, where accounts are."""
        self.section().new_thing()

    def main_action(self) -> None:
        """Ctrl+S: what the section's main button does."""
        self.section().main_action()

    def leave(self) -> bool:
        """Esc: close what is open in the section."""
        return self.section().leave()

    def panes(self) -> Sequence[QWidget]:
        """The choice of section, then the section."""
        return (self.choose, self.section())

    def _chosen(self, name: object) -> None:
        # Backspace clears a choice elsewhere; here one section is always shown.
        self.show_section(str(name) if name else next(iter(self._sections)))


def _sections(desk: Desk, work: Work, words: Words, say: Say) -> dict[str, Section]:
    found: dict[str, Section] = {}
    if may(desk, "add_user") or may(desk, "release"):
        found["people"] = PeopleSection(desk, work, words, say)
    if may(desk, "approve_form"):
        found["forms"] = FormsSection(desk, work, words, say)
    if may(desk, "devices"):
        found["computers"] = ComputersSection(desk, work, words, say)
    if may(desk, "settings"):
        found["computer"] = ComputerSection(desk, work, words, say)
    if may(desk, "grant") or any(desk.may("grant", "*", ring) for ring in ("care", "shared")):
        found["sheets"] = SheetsSection(desk, work, words, say)
    if access_log.readable(desk):
        found["log"] = LogSection(desk, work, words, say)
    found["own"] = OwnSection(desk, work, words, say)
    return found


def may(desk: Desk, action: str) -> bool:
    """Return whether a role of this person may do ``action`` to the program."""
    return any(may_program(role, action) for role in desk.roles)


def _scrolled(section: Section) -> QWidget:
    scroll = Scroll(gap=12, stretch=not section.fills)
    scroll.body.addWidget(section, 0 if not section.fills else 1)
    section.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
