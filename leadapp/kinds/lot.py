"""A lot: one batch of one naloxone product, with the last day it may be used."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, day, event_day, joined, texts, whole, wholes
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

_AS_ASKED = ("product", "lot_number", "funding", "notice", "gtin", "recall_notice")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row; a later day counts only with the notice that allows it."""
    cells = answers(record, _AS_ASKED)
    cells["expiry"] = expiry(record)
    cells["printed_expiry"] = day(record.answer("expiry"))
    cells["extended_from"] = extended_from(record)
    cells["recalled"] = day(record.answer("recalled"))
    cells["doses_per_kit"] = whole(record.answer("doses_per_kit"))
    yield "lot", cells


def expiry(record: Record) -> str:
    """Return the last day of use: the printed one unless a notice on record changes it."""
    later = day(record.answer("notice_expiry"))
    return later if later and _notice_holds(record) else day(record.answer("expiry"))


def extended_from(record: Record) -> str:
    """Return the last day before the notice that holds, "" when none does."""
    printed = day(record.answer("expiry"))
    if expiry(record) == printed:
        return ""
    return day(record.answer("notice_from")) or printed


def _notice_holds(record: Record) -> bool:
    """Return whether there is a notice, made for the day now read off the lot."""
    about = day(record.answer("notice_printed"))
    return bool(record.answer("notice")) and about in ("", day(record.answer("expiry")))


def summary(record: Record) -> Summary:
    """Give the number and the last day; wherever a lot is offered, that it is called back."""
    last, recalled = expiry(record), day(record.answer("recalled"))
    return Summary(
        title=joined(f"Lot {record.answer('lot_number')}".strip(), "recalled" if recalled else ""),
        line=f"expires {last}" if last else "",
        day=event_day(record, "recorded_day"),
        person="",
        status="recalled" if recalled else "",
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
            texts(*_AS_ASKED, "expiry", "printed_expiry", "extended_from", "recalled")
            + wholes("doses_per_kit"),
            indexes=(("expiry",), ("lot_number",)),
        ),
    ),
    rows=rows,
    summary=summary,
)
