"""Naloxone handed out. There is no name and no person in it, by design."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.kinds.cells import answers, codes, event_day, joined, spoken, texts, whole, wholes
from leadapp.kinds.contract import Kind, Need, Record, Row, Summary, Table

_AS_ASKED = (
    "setting", "giver", "recipient", "first_or_refill", "last_kit", "product", "instruction",
    "declined", "county", "agency", "from_place",
)  # fmt: skip
_NUMBERS = ("kits", "doses", "people_trained")


def rows(record: Record) -> Iterator[Row]:
    """Give the hand-out's row, and one row for each other thing given with it."""
    cells = answers(record, _AS_ASKED)
    cells["lot_id"] = record.answer("lot")
    cells["code_mark"] = record.answer("code_mark") if record.ring == "supply" else ""
    for name in _NUMBERS:
        cells[name] = whole(record.answer(name))
    yield "naloxone_given", cells
    for item in codes(record.answer("also_given")):
        yield "naloxone_also_given", {"item": item}


def summary(record: Record) -> Summary:
    """Give the setting and the doses."""
    declined = record.answer("declined") == "yes"
    doses = whole(record.answer("doses"))
    return Summary(
        title="Naloxone offered, declined" if declined else "Naloxone given",
        line=joined(
            spoken(record.answer("setting")), "" if declined or doses is None else f"{doses} doses"
        ),
        day=event_day(record, "day"),
        person="",
    )


KIND = Kind(
    name="naloxone_given",
    title="Naloxone given",
    rings=("law", "supply"),
    needs=(
        Need("day", ("date",), why="Hand-outs are counted by month."),
        Need("setting", ("select_one",), why="Reports count by setting."),
        Need("giver", ("select_one",), why="Reports count by who gave it."),
        Need("recipient", ("select_one",), why="Reports count by who received it."),
        Need("first_or_refill", ("select_one",), ("first", "refill", "unknown"), "It is reported."),
        Need("product", ("select_one",), why="Doses differ between products."),
        Need("lot", ("select_one",), why="The doses leave this lot."),
        Need("from_place", ("select_one",), why="The doses leave this place."),
        Need("kits", ("integer",), why="Kits are reported."),
        Need("doses", ("integer", "calculate"), why="Doses are reported."),
        Need("instruction", ("select_one",), why="People trained are reported."),
        Need("declined", ("select_one",), ("yes", "no"), "Offers declined are counted apart."),
        Need("people_trained", ("integer",), why="People trained are reported."),
    ),
    tables=(
        Table(
            "naloxone_given",
            texts("lot_id", "code_mark", *_AS_ASKED) + wholes(*_NUMBERS),
            indexes=(("lot_id",), ("code_mark",)),
        ),
        Table("naloxone_also_given", texts("item"), child=True),
    ),
    rows=rows,
    summary=summary,
    correction_needs_reason=True,
)
