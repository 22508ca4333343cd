"""A list to choose one from by typing a part of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from leadapp.core.text import fold
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.drawing import draw_icon
from leadapp.ui.theme import theme


class Combo(QComboBox):
    """``Combo([Choice("alder", "Alder"), ...])``; the wheel never changes it.

    Text that matches nothing is put back on leaving; emptied text clears.
    """

    changed = Signal(object)
    """The name now chosen by the person, or None."""

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        filter_by_typing: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._last: str | None = None
        self.setEditable(filter_by_typing)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(10)
        self.setItemDelegate(_Rows(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        if filter_by_typing:
            self._filter()
        self.set_choices(choices)
        self.activated.connect(self._activated)
        self.restyle()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer other choices; what is chosen stays if it is still there."""
        self._choices = tuple(choices)
        self.blockSignals(True)
        self.clear()
        for choice in self._choices:
            self.addItem(choice.label, choice.name)
        self.blockSignals(False)
        self.set_value(self._last)

    def value(self) -> str | None:
        """Return the name of what is chosen."""
        return self._last

    def set_value(self, name: str | None) -> None:
        """Choose without emitting; an unknown name clears."""
        at = next((at for at, choice in enumerate(self._choices) if choice.name == name), -1)
        self._last = self._choices[at].name if at >= 0 else None
        self.blockSignals(True)
        self.setCurrentIndex(at)
        if at < 0 and self.isEditable():
            self.clearEditText()
        self.blockSignals(False)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)
        self.update()

    def settle(self) -> None:
        """Take what was typed so far, as leaving the box does."""
        if self.isEditable():
            self._settle()

    def set_question(self, name: str, description: str = "") -> None:
        """Name the box and the line in it."""
        for part in (self, self.lineEdit()):
            if part is not None:
                part.setAccessibleName(name)
                part.setAccessibleDescription(description)

    def restyle(self) -> None:
        """Take the font from the theme again."""
        font = theme().font(theme().measures(self).body)
        if font != self.font():
            self.setFont(font)

    def sizeHint(self) -> QSize:
        """Return the height of a control."""
        return QSize(
            max(super().sizeHint().width(), theme().px(120)),
            theme().px(theme().measures(self).control),
        )

    def minimumSizeHint(self) -> QSize:
        """Return the smallest useful width."""
        return QSize(theme().px(90), self.sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+PgUp and Ctrl+PgDn to the page: they go to another section."""
        turns = event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if turns and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chevron in the colour of the mode."""
        super().paintEvent(event)
        size = theme().px(16)
        rect = QRect(self.width() - size - theme().px(8), (self.height() - size) // 2, size, size)
        painter = QPainter(self)
        draw_icon(painter, "chevron-down", "text2" if self.isEnabled() else "disabled", rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle what was typed when the line is left."""
        if event.type() == QEvent.Type.FocusOut and watched is self.lineEdit():
            completer = self.completer()
            popup = completer.popup() if completer is not None else None
            if popup is None or not popup.isVisible():
                self._settle()
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of mode, text size or place."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ParentChange):
            self.restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the density of the place it was put in."""
        self.restyle()
        super().showEvent(event)

    def _filter(self) -> None:
        completer = QCompleter(self.model(), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = completer.popup()
        if popup is not None:
            popup.setProperty("kind", "popup")
            popup.setItemDelegate(_Rows(self))
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.installEventFilter(self)
            line.returnPressed.connect(self._settle)

    def _activated(self, at: int) -> None:
        self._take(self._choices[at].name if 0 <= at < len(self._choices) else None)

    def _settle(self) -> None:
        """Turn typed text into a choice: the same words, or the only one that holds them."""
        text = fold(self.currentText())
        if not text:
            self._take(None)
            return
        exact = [choice for choice in self._choices if fold(choice.label) == text]
        near = exact or [choice for choice in self._choices if text in fold(choice.label)]
        self._take(near[0].name if exact or len(near) == 1 else self._last)

    def _take(self, name: str | None) -> None:
        before = self._last
        self.set_value(name)
        if self._last != before:
            self.changed.emit(self._last)


class _Rows(QStyledItemDelegate):
    """Rows of the height of a target."""

    def __init__(self, combo: Combo) -> None:
        super().__init__(combo)
        self._combo = combo

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return 30 px, or 44 px in patrol."""
        size = super().sizeHint(option, index)
        control = theme().measures(self._combo).control
        return QSize(size.width() + theme().px(12), theme().px(control if control >= 44 else 30))
