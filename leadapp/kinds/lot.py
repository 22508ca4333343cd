"""A lot: one batch of one naloxone product, with the last day it may be used."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, spoken, texts, whole, wholes
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

_AS_ASKED = ("product", "lot_number", "funding", "notice")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row; a later day counts only with the notice that allows it."""
    cells = answers(record, _AS_ASKED)
    cells["expiry"] = expiry(record)
    cells["printed_expiry"] = day(record.answer("expiry"))
    cells["doses_per_kit"] = whole(record.answer("doses_per_kit"))
    yield "lot", cells


def expiry(record: Record) -> str:
    """Return the last day of use: the printed one unless a notice on record changes it."""
    later = day(record.answer("notice_expiry"))
    return later if later and record.answer("notice") else day(record.answer("expiry"))


def summary(record: Record) -> Summary:
    """Give the product and the last day."""
    last = expiry(record)
    return Summary(
        title=f"Lot {record.answer('lot_number')}".strip(),
        line=joined(spoken(record.answer("product")), f"expires {last}" if last else ""),
        day=event_day(record, "recorded_day"),
        person="",
    )


KIND = Kind(
    name="lot",
    title="Lot",
    rings=("shared",),
    needs=(
        Need("product", ("select_one",), why="Doses differ between products."),
        Need("lot_number", ("text",), why="Recalls name it."),
        Need("expiry", ("date",), why="The first to expire is suggested first."),
        Need("doses_per_kit", ("integer",), why="Kits are counted in doses."),
        Need("funding", ("select_one",), why="Funders ask for their own doses."),
        Need("notice", ("text",), why="A changed expiry needs a notice."),
        Need("notice_expiry", ("date",), why="A notice may change the expiry."),
    ),
    tables=(
        Table(
            "lot",
            texts(*_AS_ASKED, "expiry", "printed_expiry") + wholes("doses_per_kit"),
            indexes=(("expiry",),),
        ),
    ),
    rows=rows,
    summary=summary,
)
