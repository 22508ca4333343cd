"""What stands until somebody has seen it: a computer was copied, a folder was set back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.services.desk import Desk
from leadapp.services.syncing import alarms
from leadapp.staff.rights import may_program
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.notice import Notice
from leadapp.ui.sync import said
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class StandingNotices(QWidget):
    """``seen`` carries the id of one a coordinator has looked at."""

    seen = Signal(str)

    def __init__(self, desk: Desk, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._may = any(may_program(role, "devices") for role in desk.roles)
        self._shown: tuple[str, ...] = ()
        self.setAccessibleName(tr("To know about the computers"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(8))
        self.hide()

    def show_notices(self, found: Sequence[alarms.Notice]) -> None:
        """Show these, alarms first; the same ones stay as they are."""
        found = [one for one in found if one.problem.code not in said.ABOUT_ME]
        ids = tuple(one.id for one in found)
        if ids == self._shown:
            return
        self._shown = ids
        while item := self._column.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for one in sorted(found, key=lambda one: not one.alarm):
            self._column.addWidget(self._notice(one))
        self.setVisible(bool(found))

    def _notice(self, one: alarms.Notice) -> Notice:
        title, text = said.explained(one.problem, self._words)
        if not (one.alarm and (self._may or one.for_anyone)):
            return Notice("err" if one.alarm else "info", title, text)
        button = Button(tr("I have seen it"), icon="eye", small=True)
        button.setAccessibleName(tr("I have seen it: {what}", what=title))
        button.clicked.connect(lambda: self.seen.emit(one.id))
        return Notice("err", title, text, actions=(button,))
