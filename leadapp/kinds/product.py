"""A naloxone product as the county keeps it: what a dose holds, how it is given, its kit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, joined, spoken, texts, whole, wholes
from leadapp.kinds.contract import Column, Kind, Need, Record, Row, Summary, Table

NALOXONE = "naloxone"
_DECIMAL = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")
_AS_ASKED = ("name", "route", "substance", "over_the_counter", "gtin", "active")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row. ``naloxone_mg`` is what averages are made of: of naloxone alone."""
    cells = answers(record, _AS_ASKED)
    strength = _decimal(record.answer("strength"))
    cells["strength"] = strength
    cells["naloxone_mg"] = strength if record.answer("substance") == NALOXONE else None
    cells["doses_per_kit"] = whole(record.answer("doses_per_kit"))
    yield "product", cells


def _decimal(text: str) -> float | None:
    found = _DECIMAL.fullmatch(text.strip())
    return float(found[0]) if found else None


def summary(record: Record) -> Summary:
    """Give the name and how it is given."""
    strength = record.answer("strength")
    return Summary(
        title=record.answer("name") or "Product",
        line=joined(spoken(record.answer("route")), f"{strength} mg a dose" if strength else ""),
        day=event_day(record, "recorded_day"),
        person="",
        status="closed" if record.answer("active") == "no" else "",
    )


KIND = Kind(
    name="product",
    title="Product",
    rings=("shared",),
    needs=(
        Need("name", ("text",), why="It is chosen by name."),
        Need("route", ("select_one",), ("nasal", "injection"), "Reports count by how it is given."),
        Need("substance", ("select_one",), (NALOXONE,), "Averages are of naloxone alone."),
        Need("strength", ("decimal",), why="Average doses are in milligrams."),
        Need("doses_per_kit", ("integer",), why="Kits are counted in doses."),
        Need("active", ("select_one",), ("yes", "no"), "A retired product is not offered."),
        Need("gtin", ("text",), why="A scanner knows the product by it."),
    ),
    tables=(
        Table(
            "product",
            texts(*_AS_ASKED)
            + wholes("doses_per_kit")
            + (Column("strength", "real"), Column("naloxone_mg", "real")),
        ),
    ),
    rows=rows,
    summary=summary,
)
