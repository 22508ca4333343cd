"""A repeat of few short questions: rows edited in place, added and removed by keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Asked
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


@dataclass(frozen=True)
class RepeatColumn:
    """One question of the repeat: its words, and what makes its control for a row's key."""

    label: str
    make: Callable[[str], QWidget]
    stretch: int = 1


class RepeatTable(Card):
    """``RepeatTable("Household", columns, add_words="Add person")``; then ``show_rows(keys)``.

    Adding and removing are wishes: the owner changes the record and calls ``show_rows``
    again; undo (with its toast) is the owner's too.
    """

    add_wanted = Signal()
    remove_wanted = Signal(str)
    copy_wanted = Signal(str)

    def __init__(
        self,
        title: str,
        columns: Sequence[RepeatColumn],
        *,
        add_words: str = "",
        none_words: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, parent=parent)
        self._columns = tuple(columns)
        self._rows: dict[str, list[QWidget]] = {}
        self._add = Button(add_words or tr("Add row"), icon="plus", key="Ctrl+R", small=True)
        self._add.clicked.connect(self.add_wanted.emit)
        self.head.addWidget(self._add)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().px(8))
        self._grid.setVerticalSpacing(theme().px(6))
        for at, column in enumerate(self._columns):
            self._grid.addWidget(
                Label(column.label, role="caption", tone="text2", bold=True), 0, at
            )
            self._grid.setColumnStretch(at, column.stretch)
        self._none = Label(none_words or tr("Nothing added"), role="table", tone="text2")
        self.body.addLayout(self._grid)
        self.body.addWidget(self._none)
        self.show_rows(())

    def show_rows(self, keys: Sequence[str]) -> None:
        """Show these rows in this order; a new one takes the focus, a removed one gives it on."""
        before = list(self._rows)
        lost = self._focused()
        for key in before:
            if key not in keys:
                self._drop(key)
        for key in keys:
            if key not in self._rows:
                self._make(key)
        for line, key in enumerate(keys, start=1):
            for at, widget in enumerate(self._rows[key]):
                self._grid.addWidget(widget, line, at)
        count = len(keys)
        self.set_aside(tr("1 row") if count == 1 else tr("{count} rows", count=count))
        self._none.setVisible(not keys)
        self._settle_focus(before, list(keys), lost)

    def control(self, key: str, column: int) -> QWidget:
        """Return the control of one row and column."""
        return self._rows[key][column]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+R adds, Ctrl+D copies, Ctrl+Delete removes the row the focus is in."""
        if not self._row_key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the row keys before a text box does: in it Ctrl+Delete would cut a word."""
        if isinstance(event, QKeyEvent) and _is_row_key(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._row_key(event):
                return True
        return super().eventFilter(watched, event)

    def _row_key(self, event: QKeyEvent) -> bool:
        here = self._focused()
        if not _is_row_key(event):
            return False
        if event.key() == Qt.Key.Key_R:
            self.add_wanted.emit()
        elif here:
            wish = self.copy_wanted if event.key() == Qt.Key.Key_D else self.remove_wanted
            wish.emit(here)
        return True

    def _make(self, key: str) -> None:
        number = len(self._rows) + 1
        widgets = []
        for column in self._columns:
            control = column.make(key)
            control.setParent(self)
            name = tr("{label}, row {number}", label=column.label, number=number)
            if isinstance(control, Asked):
                control.set_question(name)
            else:
                control.setAccessibleName(name)
            for part in (control, *control.findChildren(QWidget)):
                part.installEventFilter(self)
            widgets.append(control)
        name = tr("Remove row {number}", number=number)
        remove = IconButton("trash-2", name, key="Ctrl+Delete", plain=True, parent=self)
        remove.clicked.connect(lambda _on=False, gone=key: self.remove_wanted.emit(gone))
        self._rows[key] = [*widgets, remove]
        for widget in self._rows[key]:
            widget.show()

    def _drop(self, key: str) -> None:
        for widget in self._rows.pop(key):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _focused(self) -> str:
        for key, widgets in self._rows.items():
            if any(one.hasFocus() or one.isAncestorOf(self._focus()) for one in widgets):
                return key
        return ""

    def _focus(self) -> QWidget:
        return self.window().focusWidget() or self

    def _settle_focus(self, before: list[str], now: list[str], lost: str) -> None:
        if not self.isVisible():
            return
        new = [key for key in now if key not in before]
        if new and before != now and len(now) > len(before):
            self._rows[new[-1]][0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif lost and lost not in now:
            at = min(before.index(lost), len(now) - 1)
            target = self._rows[now[at]][0] if now else self._add
            target.setFocus(Qt.FocusReason.OtherFocusReason)


def _is_row_key(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return control and event.key() in (Qt.Key.Key_R, Qt.Key.Key_D, Qt.Key.Key_Delete)
