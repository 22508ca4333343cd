"""Which lot, and which product, a scanned carton is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from leadapp.core.text import fold
from leadapp.naloxone.codes import Scanned

_GTIN_LENGTH = 14


class Boxed(Protocol):
    """What stands on the cartons of a lot; blank where nobody has read it."""

    @property
    def lot_number(self) -> str:
        """Return the lot's number."""
        ...

    @property
    def expiry(self) -> str:
        """Return the last day, ISO."""
        ...

    @property
    def gtin(self) -> str:
        """Return the trade item number."""
        ...


T = TypeVar("T", bound=Boxed)


def lot_of(scanned: Scanned, lots: Iterable[T]) -> T | None:
    """Return the lot of a carton: by its number, then its trade item and its last day.

    Two makers may give lots one number, and one maker's packs of different sizes have trade
    items of their own: of another trade item it is the lot only if the last day is the same.
    """
    number = fold(scanned.lot_number)
    alike = [one for one in lots if number and fold(one.lot_number) == number]
    same = [one for one in alike if _is(one.gtin, scanned.gtin)]
    unread = [one for one in alike if not one.gtin or not scanned.gtin]
    packed = [one for one in alike if scanned.expiry and one.expiry == scanned.expiry]
    fits = same or unread or packed
    return next(iter(_of_day(fits, scanned.expiry) or fits), None)


def product_of(gtin: str, listed: Iterable[tuple[str, str]]) -> str:
    """Return the product of a trade item by what is ``listed`` (trade item, product); "" for none."""
    return next((product for one, product in listed if product and _is(one, gtin)), "")


def _of_day(lots: Sequence[T], expiry: str) -> list[T]:
    return [one for one in lots if not expiry or one.expiry == expiry]


def _is(one: str, other: str) -> bool:
    return bool(one and other) and one.zfill(_GTIN_LENGTH) == other.zfill(_GTIN_LENGTH)
