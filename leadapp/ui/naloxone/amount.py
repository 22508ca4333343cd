"""Which lot and how much of it: the lot suggested or chosen, kits and doses that follow each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from leadapp.services.stock import LotLine
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.number import NumberBox
from leadapp.ui.naloxone.lot_box import LotBox
from leadapp.ui.words import tr

_USUAL_KIT = 2
"""Doses in a kit while no lot says it."""


class Amount(QObject):
    """``Amount(box, field, kits, doses, parent)``; what a person chose is never suggested away."""

    changed = Signal()

    def __init__(
        self, box: LotBox, field: Field, kits: NumberBox, doses: NumberBox, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._box, self._field, self._kits, self._doses = box, field, kits, doses
        self.by_hand = False
        """Whether the person chose the lot."""
        self._doses_by_hand = False
        box.chosen.connect(self._lot_chosen)
        kits.changed.connect(self._kits_changed)
        doses.changed.connect(self._doses_changed)

    def lot(self) -> LotLine | None:
        """Return the lot chosen or suggested."""
        return self._box.lot()

    def numbers(self) -> tuple[int | None, int | None]:
        """Return kits and doses."""
        return _whole(self._kits.number()), _whole(self._doses.number())

    def offer(self, lots: Sequence[LotLine], there: Mapping[str, int]) -> None:
        """Offer lots, with what of each is there."""
        self._box.offer(lots, dict(there))

    def suggest(self, lot: LotLine | None) -> None:
        """Take the lot that expires first, where the person chose none."""
        if self.by_hand:
            return
        self._box.set_lot(lot.lot if lot is not None else "")
        self._field.set_echo(tr("Soonest first") if lot is not None else "")
        self.follow_lot()

    def take(self, lot: str) -> None:
        """Take a lot the person named elsewhere."""
        self._box.set_lot(lot)
        self.by_hand = True
        self._field.set_echo("")
        self.follow_lot()

    def leave_lot(self) -> None:
        """No lot is chosen now."""
        self._box.set_choice(None)
        self._field.set_echo("")

    def clear(self) -> None:
        """Make ready for the next one: a kit."""
        self.by_hand = self._doses_by_hand = False
        self._box.set_choice(None)
        self._kits.set_number(1)
        self._doses.set_number(_USUAL_KIT)

    def follow_lot(self) -> None:
        """Count doses by the lot's own kit, unless the person typed them."""
        if not self._doses_by_hand:
            self._kits_changed()
        self.changed.emit()

    def _lot_chosen(self, found: object) -> None:
        self.by_hand = found is not None
        self._field.set_echo("")
        self._field.set_error("")
        self.follow_lot()

    def _kits_changed(self, _number: object = None) -> None:
        lot, (kits, _) = self.lot(), self.numbers()
        if kits is not None:
            self._doses.set_number(kits * (lot.doses_per_kit if lot else _USUAL_KIT))
            self._doses_by_hand = False
        self.changed.emit()

    def _doses_changed(self, _number: object) -> None:
        self._doses_by_hand = True
        lot, (_, doses) = self.lot(), self.numbers()
        if lot is not None and doses is not None:
            self._kits.set_number(doses // max(1, lot.doses_per_kit))
        self.changed.emit()


def _whole(number: object) -> int | None:
    """Return a whole number as typed, above zero or zero."""
    return int(number) if isinstance(number, Decimal) and number >= 0 else None
