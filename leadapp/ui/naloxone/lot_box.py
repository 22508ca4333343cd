"""A lot by typing a part of it, or by a scanner that types the code on the carton."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.text import fold
from leadapp.naloxone.cartons import lot_of
from leadapp.services.stock import LotLine, Scanned, read_code
from leadapp.ui.kit.search_choose import Answer, Found, SearchChoose
from leadapp.ui.naloxone import said
from leadapp.ui.words import tr

_SHORTEST_CODE = 16
"""A carton's code has at least its 14-digit number and what says so."""
_GROUP = "\x1d"
"""What ends a field in a code. A text box takes no such key, so it is kept beside the text."""


class LotBox(SearchChoose):
    """``LotBox()``; ``offer(lots, there)`` says what there is and how much at the place."""

    unknown = Signal(object)
    """A carton was scanned whose lot is not on the books: the ``Scanned``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self._find,
            none_words=tr("No lot is called '{text}'. Add it as a new lot."),
            from_letters=1,
            parent=parent,
        )
        self._lots: tuple[LotLine, ...] = ()
        self._there: dict[str, int] = {}
        self._scan = ""

    def offer(self, lots: Sequence[LotLine], there: dict[str, int]) -> None:
        """Offer these lots; ``there`` is the doses of each at the place chosen."""
        self._lots, self._there = tuple(lots), dict(there)
        chosen = self.lot()
        if self.choice() is not None and chosen is None:
            self.set_choice(None)

    def lot(self) -> LotLine | None:
        """Return the lot chosen."""
        found = self.choice()
        return next((one for one in self._lots if found and one.lot == found.name), None)

    def set_lot(self, lot: str) -> None:
        """Choose a lot without emitting."""
        line = next((one for one in self._lots if one.lot == lot), None)
        self.set_choice(self._found(line) if line is not None else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the field ends a scanner types, and take what it typed at its Enter."""
        typed = event.text()
        if typed == _GROUP or _is_group(event):
            self._scan += _GROUP
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._took():
            return
        if typed and typed.isprintable():
            self._scan += typed
        elif event.key() == Qt.Key.Key_Backspace:
            self._scan = ""
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take the field end before a shortcut does; a Tab after a code ends the code."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and _is_group(event):
                event.accept()
                return True
            if (
                event.type() == QEvent.Type.KeyPress
                and event.key() == Qt.Key.Key_Tab
                and self.take_code(self._scan or self.text())
            ):
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed replaces what stands there, as a scanner needs it."""
        super().focusInEvent(event)
        self._scan = ""
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A lot number typed in full is the lot."""
        super().focusOutEvent(event)
        text = fold(self.text())
        alike = [one for one in self._lots if fold(one.lot_number) == text]
        if self.choice() is None and text and len(alike) == 1:
            self._choose(alike[0])

    def take_code(self, text: str) -> bool:
        """Choose the lot of a scanned code; False where the text is none."""
        if len(text) < _SHORTEST_CODE:
            return False
        try:
            scanned = read_code(text)
        except LeadappError:
            return False
        self._scan = ""
        if not scanned.lot_number:
            return False
        self.take_scanned(scanned)
        return True

    def take_scanned(self, scanned: Scanned) -> None:
        """Choose the lot of a carton, or say that it is not on the books."""
        found = lot_of(scanned, self._lots)
        if found is not None:
            self._choose(found)
        else:
            self.set_value(scanned.lot_number)
            self.unknown.emit(scanned)

    def _took(self) -> bool:
        return self.take_code(self._scan or self.text())

    def _choose(self, line: LotLine) -> None:
        found = self._found(line)
        self.set_choice(found)
        self.chosen.emit(found)

    def _find(self, text: str, done: Answer) -> None:
        wanted = fold(text)
        hits = [
            one
            for one in self._lots
            if wanted in fold(f"{one.lot_number} {one.product_label}") or not wanted
        ]
        hits.sort(key=self._order)
        done([self._found(one) for one in hits])

    def _order(self, line: LotLine) -> tuple[bool, bool, bool, str]:
        """Put what may go out before what was called back or has expired, then what is here."""
        unfit = line.recalled or line.expiry_state == "expired"
        return unfit, self._there.get(line.lot, 0) <= 0, not line.expiry, line.expiry

    def _found(self, line: LotLine) -> Found:
        parts = [tr("Recalled")] if line.recalled else []
        parts.append(said.expires(line))
        if line.lot in self._there:
            parts.append(
                tr("{amount} here", amount=said.amount(self._there[line.lot], line.doses_per_kit))
            )
        else:
            parts.append(line.product_label)
        return Found(line.lot, line.lot_number or tr("No number"), ", ".join(parts))


def _is_group(event: QKeyEvent) -> bool:
    """Return whether a scanner pressed Ctrl+], which is how it types a field end."""
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() == Qt.Key.Key_BracketRight
