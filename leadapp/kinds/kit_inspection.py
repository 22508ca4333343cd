"""A look at a kit where it is kept: there, sealed, in date, not too hot or cold."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, event_day, joined, spoken, texts, whole, wholes
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

ACTIONS = ("ok", "replace")
_AS_ASKED = ("place", "present", "seal", "expiry_seen", "temperature", "action")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row."""
    cells = answers(record, _AS_ASKED)
    cells["lot_id"] = record.answer("lot")
    cells["reading"] = whole(record.answer("reading"))
    yield "kit_inspection", cells


def summary(record: Record) -> Summary:
    """Give what was found, and whether the kit is to be replaced."""
    found = [name for name in ("present", "seal", "expiry_seen") if record.answer(name) == "no"]
    wanted = record.answer("action") == "replace"
    return Summary(
        title="Kit inspection",
        line=joined(*(f"{spoken(name)}: no" for name in found), "Replace" if wanted else ""),
        day=event_day(record, "day"),
        person="",
        status="replace" if wanted else "",
    )


KIND = Kind(
    name="kit_inspection",
    title="Kit inspection",
    rings=("shared",),
    needs=(
        Need("day", ("date",), why="Inspections are due by month."),
        Need("place", ("select_one",), why="Kits are inspected where they are kept."),
        Need("lot", ("select_one",), why="A kit is of a lot."),
        Need("present", ("select_one",), ("yes", "no"), "A missing kit is looked for."),
        Need("seal", ("select_one",), ("yes", "no"), "An open kit is replaced."),
        Need("expiry_seen", ("select_one",), ("yes", "no"), "A kit out of date is replaced."),
        Need("temperature", ("select_one",), why="Heat and cold spoil doses."),
        Need("reading", ("integer",), why="A reading may be kept."),
        Need("action", ("select_one",), ACTIONS, "The list of kits to replace is made from it."),
    ),
    tables=(
        Table(
            "kit_inspection",
            texts("lot_id", *_AS_ASKED) + wholes("reading"),
            indexes=(("place",),),
        ),
    ),
    rows=rows,
    summary=summary,
)
