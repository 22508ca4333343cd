"""Where the stock is read from, and who may.

Lists ask the reader; what must be decided at the moment of writing asks the file that
is written, on the writer's own lane. Both understand the same queries, since all of
them are about kinds of ``shared``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any  # rows of the engine

from leadapp.core.errors import Refusal
from leadapp.core.paths import resources
from leadapp.journal.rings import SHARED
from leadapp.naloxone.lists import Product, load_fixed_places, load_products
from leadapp.naloxone.movements import VIRTUAL_PLACES
from leadapp.services.desk import Desk
from leadapp.staff.rights import Reach

Row = tuple[Any, ...]
"""A row of the engine."""
Ask = Callable[[str, Mapping[str, Any]], list[Row]]
FAMILY = "shared"
HAND_OUT = "naloxone_given"
"""The form of a hand-out, and its kind."""
NO_SHELF = ", ".join(f"'{place}'" for place in sorted(VIRTUAL_PLACES))
"""The fixed places, to be left out of what our shelves hold; a constant of ours in queries."""


def reading(desk: Desk) -> Ask:
    """Return how lists ask. Reader lane."""

    def ask(sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        return [tuple(row) for row in desk.reader.rows(sql, parameters)]

    return ask


def writing(desk: Desk) -> Ask:
    """Return how a write asks what is on the books at this moment. Writer lane."""

    def ask(sql: str, parameters: Mapping[str, Any]) -> list[Row]:
        return desk.archive.rows(SHARED, sql, parameters)

    return ask


def require_look(desk: Desk) -> None:
    """Refuse who may not list movements."""
    if desk.reach("list", "movement", FAMILY) is not Reach.ALL:
        raise Refusal("services.not_allowed", action="list", kind="movement")


def keeps_stock(desk: Desk) -> bool:
    """Return whether this person answers for the stock, not only for what they carry."""
    return desk.reach("correct", "movement", FAMILY) is Reach.ALL


def has_hand_out_form(desk: Desk) -> bool:
    """Return whether this person writes hand-outs on their form; else as movements alone."""
    if not desk.shelf.knows(HAND_OUT):
        return False
    family = desk.shelf.source(HAND_OUT).family(desk.side)
    if family is None or desk.ring_of_family(family) is None:
        return False
    return desk.may("write", HAND_OUT, family)


@cache
def shipped_products() -> Mapping[str, Product]:
    """Return the products a new program starts with, by code."""
    return load_products(resources() / "lists")


@cache
def fixed_names() -> Mapping[str, str]:
    """Return what the fixed places are called."""
    return {row.name: row.label for row in load_fixed_places(resources() / "lists")}
