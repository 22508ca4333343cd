"""Products and fixed places as data: ``resources/lists``, read and checked.

A county's own places are records; the fixed ones only say where stock comes from or ends,
so they are offered beside the records and never edited.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leadapp.core.errors import Bug
from leadapp.core.seams import ListRow
from leadapp.naloxone.movements import VIRTUAL_PLACES


@dataclass(frozen=True, slots=True)
class Product:
    """One product: milligrams a dose (``None`` where doses differ) and doses in a usual kit."""

    code: str
    """The record's name too: one that ships is told by its code, the county's own by an id."""
    label: str
    mg_per_dose: float | None
    doses_per_kit: int | None
    over_the_counter: bool = False
    route: str = ""
    naloxone: bool = True
    gtin: str = ""
    active: bool = True

    @property
    def naloxone_mg(self) -> float | None:
        """Milligrams of naloxone a dose, which averages are made of."""
        return self.mg_per_dose if self.naloxone else None


def load_products(folder: Path) -> Mapping[str, Product]:
    """Return the products that ship, by code, from ``folder`` (``resources/lists``)."""
    return {row["code"]: _product(row) for row in _read(folder / "products.toml", "product")}


def load_fixed_places(folder: Path, language: str = "en") -> tuple[ListRow, ...]:
    """Return the fixed places as rows of the list of places, in the order of the file."""
    rows = tuple(
        ListRow(
            name=row["code"],
            label=row.get(f"label_{language}", row["label"]),
            properties={"place_kind": "fixed"},
        )
        for row in _read(folder / "fixed_places.toml", "place")
    )
    if {row.name for row in rows} != VIRTUAL_PLACES:
        raise Bug("naloxone.fixed_places_differ")
    return rows


def _product(row: Mapping[str, str]) -> Product:
    mg, doses = row.get("mg_per_dose"), row.get("doses_per_kit")
    return Product(
        code=row["code"],
        label=row["label"],
        mg_per_dose=None if mg is None else float(mg),
        doses_per_kit=None if doses is None else int(doses),
        over_the_counter=bool(row.get("over_the_counter", False)),
        route=row["route"],
        naloxone=bool(row.get("naloxone", True)),
    )


def _read(file: Path, table: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = tomllib.loads(file.read_text("utf-8"))[table]
    return found
