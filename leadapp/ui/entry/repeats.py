"""Repeats: a table of lines where the questions are few and short, else foldable cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.forms.markdown import plain
from leadapp.forms.session import FormSession
from leadapp.forms.state import Item
from leadapp.ui.entry.cards import settle, stops
from leadapp.ui.entry.question import Question
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.repeat_table import RepeatColumn, RepeatTable
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


@dataclass(frozen=True)
class Makers:
    """What makes the insides of copies, and forgets them."""

    question: Callable[[str, bool], Question]
    """Key, and whether bare (a cell)."""
    copy: Callable[[str], QWidget]
    """The cards inside one copy."""
    forget: Callable[[str], None]
    """A copy went: its rows are to be forgotten."""


class Repeat(QObject):
    """What tables and cards of copies have in common: wishes go up, copies come down."""

    add_wanted = Signal(str)
    remove_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(
        self, session: FormSession, item: Item, makers: Makers, *, all_shown: bool = False
    ) -> None:
        super().__init__()
        self._all_shown = all_shown
        self.session, self.item, self.makers = session, item, makers
        self.key = item.key
        control = item.control
        self.fixed = control.fixed or control.count is not None

    @property
    def label(self) -> str:
        """The repeat's title."""
        return plain(self.session.state(self.key).label) or tr("Rows")

    def settle(self, shown: QWidget) -> bool:
        """Show the copies while they are asked, dimmed else where all of the paper stands."""
        asked = self.session.is_relevant(self.key)
        shown.setVisible(asked or self._all_shown)
        if self._all_shown:
            shown.setEnabled(asked)
        return asked or self._all_shown


class TableRepeat(RepeatTable):
    """Copies as lines of a table."""

    def __init__(self, repeat: Repeat) -> None:
        self.repeat = repeat
        self._cells: dict[str, list[Question]] = {}
        columns = [
            RepeatColumn(
                self._heading(child.names[-1]), self._maker(child.names[-1]), _room(child.kind)
            )
            for child in repeat.item.control.children
        ]
        super().__init__(repeat.label, columns)
        self.add_wanted.connect(lambda: repeat.add_wanted.emit(repeat.key))
        self.remove_wanted.connect(repeat.remove_wanted.emit)
        self.copy_wanted.connect(repeat.copy_wanted.emit)
        self._add.setVisible(not repeat.fixed)
        self._wrong = Label("", role="label", tone="err", wrap=True)
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.show_copies()

    def show_copies(self) -> None:
        """Show the copies there are now."""
        keys = self.repeat.session.copies(self.repeat.key)
        for gone in [key for key in self._cells if key not in keys]:
            del self._cells[gone]
            self.repeat.makers.forget(gone)
        self.show_rows(keys)

    def settle(self) -> bool:
        """Show itself while it is asked."""
        return self.repeat.settle(self)

    def stops(self) -> list[QWidget]:
        """Return Add, then the cells and the bin of each line."""
        found: list[QWidget] = [self._add]
        for key, widgets in self._rows.items():
            found.extend(widgets if key in self._rows else [])
        return found

    def tell(self) -> None:
        """Say under the table what is not right in it."""
        said = [
            tr("Row {number}, {label}: {what}", number=at, label=fix.label, what=fix.message)
            for at, cells in enumerate(self._cells.values(), start=1)
            for fix in (cell.to_fix() for cell in cells)
            if fix is not None
        ]
        self._wrong.setText("\n".join(said))
        self._wrong.setVisible(bool(said))

    def _maker(self, name: str) -> Callable[[str], QWidget]:
        def make(copy: str) -> QWidget:
            made = self.repeat.makers.question(f"{copy}/{name}", True)
            made.told_changed.connect(self.tell)
            self._cells.setdefault(copy, []).append(made)
            return made

        return make

    def _heading(self, name: str) -> str:
        # The label of a column is that of the question in no copy; its words may have none.
        definition = self.repeat.session.definition
        control = definition.controls.get((*self.repeat.item.control.names, name))
        if control is None or control.label is None:
            return name
        language = self.repeat.session.language
        parts = control.label.parts(language, definition.default_language)
        return plain("".join(part for part in parts if isinstance(part, str))) or name


class CardRepeat(Card):
    """Copies as cards that fold to one line."""

    def __init__(self, repeat: Repeat) -> None:
        super().__init__(repeat.label)
        self.repeat = repeat
        self._copies: dict[str, _Copy] = {}
        self._add = Button(tr("Add row"), icon="plus", key="Ctrl+R", small=True)
        self._add.clicked.connect(lambda: repeat.add_wanted.emit(repeat.key))
        self.head.addWidget(self._add)
        self._add.setVisible(not repeat.fixed)
        self._none = Label(tr("Nothing added"), role="table", tone="text2")
        self.body.addWidget(self._none)
        self.show_copies()

    def show_copies(self) -> None:
        """Show the copies there are now; a new one is open and has the focus."""
        keys = self.repeat.session.copies(self.repeat.key)
        before = list(self._copies)
        for gone in [key for key in before if key not in keys]:
            self._drop(gone)
        for at, key in enumerate(keys):
            if key not in self._copies:
                self._copies[key] = self._make(key, open_=not before or self.isVisible())
            self.body.insertWidget(at, self._copies[key])
            self._copies[key].number(at + 1)
        self._none.setVisible(not keys)
        self.set_aside(tr("1 row") if len(keys) == 1 else tr("{count} rows", count=len(keys)))
        new = [key for key in keys if key not in before]
        if self.isVisible() and len(keys) > len(before) and new:
            self._copies[new[-1]].enter()
        elif self.isVisible() and len(keys) < len(before):
            self._add.setFocus(Qt.FocusReason.OtherFocusReason)

    def settle(self) -> bool:
        """Show itself while it is asked."""
        for copy in self._copies.values():
            settle(copy.inside)
            copy.retitle()
        return self.repeat.settle(self)

    def stops(self) -> list[QWidget]:
        """Return Add, then each copy's line and what is in it."""
        found: list[QWidget] = [self._add]
        for copy in self._copies.values():
            found.extend(copy.stops())
        return found

    def open_copy(self, key: str) -> None:
        """Unfold the copy that ``key`` is in."""
        for name, copy in self._copies.items():
            if key.startswith(name):
                copy.set_open(open_=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+R adds, Ctrl+D copies, Ctrl+Delete removes the copy the focus is in."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        here = self._here()
        if control and event.key() == Qt.Key.Key_R and not self.repeat.fixed:
            self.repeat.add_wanted.emit(self.repeat.key)
        elif control and event.key() == Qt.Key.Key_D and here and not self.repeat.fixed:
            self.repeat.copy_wanted.emit(here)
        elif control and event.key() == Qt.Key.Key_Delete and here and not self.repeat.fixed:
            self.repeat.remove_wanted.emit(here)
        else:
            super().keyPressEvent(event)

    def _make(self, key: str, *, open_: bool) -> _Copy:
        copy = _Copy(self.repeat, key, self.repeat.makers.copy(key))
        copy.set_open(open_=open_)
        return copy

    def _drop(self, key: str) -> None:
        copy = self._copies.pop(key)
        self.body.removeWidget(copy)
        copy.hide()
        copy.deleteLater()
        self.repeat.makers.forget(key)

    def _here(self) -> str:
        focus = self.window().focusWidget()
        for key, copy in self._copies.items():
            if focus is not None and copy.isAncestorOf(focus):
                return key
        return ""


class _Copy(QWidget):
    """One copy: a line that folds, and what is in it."""

    def __init__(self, repeat: Repeat, key: str, inside: QWidget) -> None:
        super().__init__()
        self._repeat, self._key, self.inside = repeat, key, inside
        self._number = 1
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(6))
        self._line = Button("", icon="chevron-right", role="quiet")
        self._line.clicked.connect(lambda: self.set_open(open_=self.inside.isHidden()))
        self._bin = IconButton("trash-2", tr("Remove"), key="Ctrl+Delete", plain=True)
        self._bin.clicked.connect(lambda: repeat.remove_wanted.emit(key))
        head = Card(margin=6)
        row = head.head
        row.addWidget(self._line)
        row.addStretch(1)
        row.addWidget(self._bin)
        head.body.addLayout(row)
        self._bin.setVisible(not repeat.fixed)
        column.addWidget(head)
        column.addWidget(inside)
        settle(inside)

    def number(self, number: int) -> None:
        """Say which one it is."""
        self._number = number
        self._bin.setAccessibleName(tr("Remove row {number}", number=number))
        self.retitle()

    def retitle(self) -> None:
        """Take the first answer as title."""
        said = _first_answer(self._repeat.session, self._key)
        named = bool(said) and not said.isdigit()
        words = f"{self._number}. {said}" if named else tr("Row {number}", number=self._number)
        if self._line.text() != words:
            self._line.set_words(words)

    def set_open(self, *, open_: bool) -> None:
        """Unfold or fold."""
        self.inside.setVisible(open_)
        self._line.set_icon("chevron-down" if open_ else "chevron-right")
        self._line.setAccessibleDescription(tr("open") if open_ else tr("folded"))

    def enter(self) -> None:
        """Open and put the focus into the first question."""
        self.set_open(open_=True)
        for stop in stops(self.inside):
            if isinstance(stop, Question):
                stop.focus_control()
                return

    def stops(self) -> list[QWidget]:
        """Return the line, the bin and what is inside while open."""
        return [self._line, self._bin, *stops(self.inside)]


def make_repeat(repeat: Repeat, *, table: bool) -> TableRepeat | CardRepeat:
    """Return the widget of a repeat."""
    return TableRepeat(repeat) if table else CardRepeat(repeat)


def _first_answer(session: FormSession, copy: str) -> str:
    for item in _questions(session.items(), copy):
        state = session.state(item)
        if state.value:
            return (
                plain(", ".join(one.label for one in state.chosen()))
                if state.choices
                else state.value
            )
    return ""


def _questions(items: Sequence[Item], copy: str) -> list[str]:
    found: list[str] = []
    for item in items:
        own = item.key.startswith(f"{copy}/") and "[" not in item.key[len(copy) :]
        if item.kind == "question" and own:
            found.append(item.key)
        else:
            found.extend(_questions(item.children, copy))
    return found


def _room(kind: str) -> int:
    return 2 if kind == "input" else 3
