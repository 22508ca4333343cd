"""What can be done with a line of the stock: one menu, by its button, Menu or Shift+F10."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from leadapp.ui.words import tr


@dataclass(frozen=True, slots=True)
class Rights:
    """What this person may do with stock here."""

    write: bool
    keep: bool
    """Whether they answer for the stock, not only for what they carry."""
    extend: bool
    inspect: bool


@dataclass(frozen=True, slots=True)
class Doings:
    """What the page does for each line of the menu."""

    record: Callable[[str, str], None]
    start: Callable[[str, str, str], None]
    count: Callable[[str], None]
    inspect: Callable[[str, str], None]
    ledger: Callable[[str], None]
    recall: Callable[[str], None]
    extend: Callable[[str], None]


def line_menu(parent: QWidget, lot: str, place: str, rights: Rights, doings: Doings) -> QMenu:
    """Return the menu of one line; a line of a place alone has no lot."""
    menu = QMenu(parent)
    menu.setAccessibleName(tr("Actions for this lot"))

    def add(words: str, do: Callable[[], None], *, when: object = True) -> None:
        if when:
            menu.addAction(words).triggered.connect(lambda _on=False: do())

    write, keep = rights.write and lot, rights.keep
    add(tr("Record with this lot"), lambda: doings.record(lot, place), when=write)
    add(tr("Move it"), lambda: doings.start("transferred", lot, place), when=write)
    add(
        tr("Take it off the shelf: expired"),
        lambda: doings.start("expired", lot, place),
        when=keep and lot,
    )
    add(tr("Count this place"), lambda: doings.count(place), when=keep and place)
    add(
        tr("Inspect the kit here"),
        lambda: doings.inspect(lot, place),
        when=rights.inspect and place,
    )
    add(tr("Show its ledger"), lambda: doings.ledger(lot), when=lot)
    add(tr("Recall: who had this lot"), lambda: doings.recall(lot), when=lot)
    add(tr("Change expiry by a notice"), lambda: doings.extend(lot), when=rights.extend and lot)
    return menu
