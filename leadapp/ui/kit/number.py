"""A number typed as text: no spinners, no mask."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from leadapp.ui.kit.line import Line


def read_number(text: str, *, decimals: bool = False) -> Decimal | None:
    """Return the number ``text`` says; thousands commas, a leading $ and spaces do not matter."""
    bare = (
        text.strip()
        .removeprefix("$")
        .replace(",", "")
        .replace(" ", "")
        .replace("\N{MINUS SIGN}", "-")
    )
    if not bare or not bare.isascii() or "_" in bare:
        return None
    try:
        number = Decimal(bare)
    except InvalidOperation:
        return None
    if not number.is_finite() or (not decimals and number != number.to_integral_value()):
        return None
    return number


class NumberBox(Line):
    """``NumberBox(decimals=False)``; ``number()`` is None while what is typed is no number."""

    changed = Signal(object)
    """The number as a Decimal, or None, after each change by the person."""

    def __init__(
        self, *, decimals: bool = False, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(placeholder=placeholder, parent=parent)
        self._decimals = decimals
        self.textEdited.connect(lambda _text: self.changed.emit(self.number()))

    def number(self) -> Decimal | None:
        """Return what the text says."""
        return read_number(self.text(), decimals=self._decimals)

    def set_number(self, number: Decimal | int | None) -> None:
        """Show ``number``."""
        self.set_value("" if number is None else str(number))

    def is_right(self) -> bool:
        """Return whether the text is empty or a number."""
        return not self.text().strip() or self.number() is not None
