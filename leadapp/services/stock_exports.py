"""Hand-outs and use reports for others: a table for a state form, lines for the overdose map.

Anonymous by what is left out: no record, no person, no officer, no free text. A place is
the county or the first three digits of a ZIP code, a day may be its week. Texts that a
spreadsheet would run are disarmed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.core.text import fold
from leadapp.kinds.cells import spoken
from leadapp.measures.periods import Period, named
from leadapp.services.desk import Desk, family_of
from leadapp.staff.rights import Reach
from leadapp.store.connection import Row

Sort = Literal["given", "used"]
OTHER_COUNTY = "other"
FEW_RESIDENTS = frozenset(
    "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893".split()  # noqa: SIM905
)
"""ZIP areas of 20,000 residents or fewer, which HIPAA has written as 000."""
_ZIP = re.compile(r"([0-9]{3})(?:[0-9]{2}(?:-?[0-9]{4})?)?")
_CODE = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_FAMILIES = ("law", "supply")
_GIVEN = (
    "setting", "giver", "recipient", "first_or_refill", "last_kit", "product", "kits", "doses",
    "instruction", "people_trained", "declined",
)  # fmt: skip
_USED = ("reporter", "place_type", "called_911", "kit_left", "people", "doses")
_ODMAP = ("when", "where", "fatal", "given")
_ZIP_AT = 2
_OF_PEOPLE = ("survived", "died", "survival_unknown", "milligrams", "products")


@dataclass(frozen=True, slots=True)
class Export:
    """A text to save or copy, and what to call it."""

    text: str
    name: str
    columns: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    """What ``text`` says, cell by cell: for a look before it is saved."""
    rings: tuple[RingId, ...]
    left_out: tuple[str, ...]
    """Families of rings this person may not export or that are not open here."""
    with_zip: int = 0
    """Lines with the first three digits of a ZIP code; the others have a county or nothing."""

    @property
    def rows(self) -> int:
        """Return how many lines there are."""
        return len(self.lines)


def may_export(desk: Desk) -> bool:
    """Return whether any of these can be made here by this person. Any lane."""
    return bool(_allowed(desk, "naloxone_given") or _allowed(desk, "naloxone_used"))


def state_table(desk: Desk, period: str, sort: Sort, *, weeks: bool = False) -> Export:
    """Return the hand-outs or the use reports of a period as CSV, one a row. Reader lane.

    ``period`` is a month, a quarter or a year: ``2026-10``, ``2026-Q3``, ``2026``. With
    ``weeks`` a day is the Monday of its week, and the order of rows tells no more.
    """
    rings, left_out = _rings(desk, f"naloxone_{sort}")
    head = (("week_of" if weeks else "day"), "county", "zip3")
    columns = (*head, *_GIVEN) if sort == "given" else (*head, *_USED, *_OF_PEOPLE)
    line = _given if sort == "given" else _used
    found = _select(desk, sort, named(period), rings)
    lines = tuple(sorted(line(desk, row, weeks=weeks) for row in found))
    return Export(
        text=as_csv(columns, lines),
        name=f"naloxone-{sort}-{period}.csv",
        columns=columns,
        lines=lines,
        rings=rings,
        left_out=left_out,
        with_zip=sum(bool(one[_ZIP_AT]) for one in lines),
    )


def odmap(desk: Desk, period: str) -> Export:
    """Return a line to copy for each person given naloxone in a period. Reader lane.

    In the order the overdose map asks: date and time, approximate place, fatal or not,
    naloxone given.
    """
    rings, left_out = _rings(desk, "naloxone_used")
    lines = tuple(
        sorted(
            line
            for row in _select(desk, "used", named(period), rings)
            for line in _odmap_lines(desk, row)
        )
    )
    return Export(
        text="".join(f"{_as_copied(line)}\n" for line in lines),
        name=f"odmap-{period}.txt",
        columns=_ODMAP,
        lines=lines,
        rings=rings,
        left_out=left_out,
        with_zip=sum("ZIP " in where for _, where, _, _ in lines),
    )


def _as_copied(line: tuple[str, ...]) -> str:
    return "\t".join(disarmed(cell) for cell in line)


def exported(desk: Desk, export: Export) -> None:
    """Log that something was taken out; say it before handing it out. Writer lane."""
    for ring in export.rings:
        desk.note("export", ring)


def as_csv(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table as CSV in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([disarmed(cell) for cell in row] for row in rows)
    return out.getvalue()


def disarmed(cell: str) -> str:
    """Return a cell that a spreadsheet shows and does not run."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_RUNS) or cell.startswith(_RUNS) else cell


def _rings(desk: Desk, kind: str) -> tuple[tuple[RingId, ...], tuple[str, ...]]:
    """Return the rings this person may export from, and the families left out."""
    rings = _allowed(desk, kind)
    if not rings:
        raise Refusal("services.not_allowed", action="export", kind=kind)
    open_here = {family_of(ring) for ring in rings}
    return rings, tuple(family for family in _FAMILIES if family not in open_here)


def _allowed(desk: Desk, kind: str) -> tuple[RingId, ...]:
    return tuple(
        ring
        for ring in desk.rings
        if family_of(ring) in _FAMILIES and desk.reach("export", kind, family_of(ring)) is Reach.ALL
    )


def _columns(sort: Sort) -> str:
    names = _GIVEN if sort == "given" else _USED
    return ", ".join(("record_id", "ring", "day", "county", *names))


def _select(desk: Desk, sort: Sort, period: Period, rings: tuple[RingId, ...]) -> list[Row]:
    rows = desk.reader.rows(
        f"SELECT {_columns(sort)} FROM naloxone_{sort}"  # noqa: S608 - names are ours
        " WHERE day >= :start AND day < :end ORDER BY day, record_id",
        {"start": period.start.isoformat(), "end": period.end.isoformat()},
    )
    allowed = set(rings)
    return [row for row in rows if row[1] in allowed]


def _given(desk: Desk, row: Row, *, weeks: bool) -> tuple[str, ...]:
    record, ring, day, county, *cells = row
    answers = _answers(desk, ring, record)
    return (_day(day, weeks=weeks), *_place(desk, county, answers), *map(_text, cells))


def _used(desk: Desk, row: Row, *, weeks: bool) -> tuple[str, ...]:
    record, ring, day, county, *cells = row
    answers = _answers(desk, ring, record)
    survived = [answer for answer, _ in _people(desk, record)]
    known = (survived.count("yes"), survived.count("no"))
    given = desk.reader.rows(
        "SELECT product, mg FROM naloxone_administration WHERE record_id = :record",
        {"record": record},
    )
    amounts = [mg for _, mg in given]
    whole = given and all(mg is not None for mg in amounts)
    return (
        _day(day, weeks=weeks),
        *_place(desk, county, answers),
        *map(_text, cells),
        *map(str, (*known, len(survived) - sum(known))),
        f"{sum(amounts):g}" if whole else "",
        " ".join(sorted({_text(product) for product, _ in given if product})),
    )


def _people(desk: Desk, record: str) -> list[Row]:
    return desk.reader.rows(
        "SELECT survived, doses FROM naloxone_person WHERE record_id = :record ORDER BY n",
        {"record": record},
    )


def _odmap_lines(desk: Desk, row: Row) -> Iterator[tuple[str, str, str, str]]:
    record, ring, day, county = row[:4]
    place_type = row[4 + _USED.index("place_type")]
    answers = _answers(desk, ring, record)
    own, zip3 = _place(desk, county, answers)
    where = [spoken(_text(place_type)), own.capitalize() if own == OTHER_COUNTY else own]
    where.append(f"ZIP {zip3}xx" if zip3 else "")
    moment = f"{day} {_time(answers)}".strip()
    for survived, doses in _people(desk, record):
        fatal = {"yes": "Nonfatal", "no": "Fatal"}.get(survived, "Fatal or not: unknown")
        given = "Doses unknown" if doses is None else "1 dose" if doses == 1 else f"{doses} doses"
        yield moment, ", ".join(filter(None, where)), fatal, given


def _answers(desk: Desk, ring: RingId, record: RecordId) -> Mapping[str, str]:
    """Return a record's answers by question name, those of repeats left out."""
    stored = desk.reader.record(ring, record)
    if stored is None:
        return {}
    return {
        path.rsplit("/", 1)[-1]: text for path, text in stored.answers.items() if "[" not in path
    }


def _time(answers: Mapping[str, str]) -> str:
    for name in ("call_time", "responder_time"):
        found = _TIME.match(answers.get(name, ""))
        if found:
            return found[0]
    return ""


def _day(day: str, *, weeks: bool) -> str:
    if not weeks:
        return day
    try:
        found = date.fromisoformat(day)
    except ValueError:  # a day no month has, from another program
        return ""
    return (found - timedelta(days=found.weekday())).isoformat()


def _place(desk: Desk, county: str, answers: Mapping[str, str]) -> tuple[str, str]:
    """Return the county, our own or another, and the ZIP area; what was typed stays here."""
    own = desk.device.county
    same = _bare(county) == _bare(own)
    name = own if same else OTHER_COUNTY if county.strip() else ""
    return name, zip3(answers.get("town", ""))


def _bare(county: str) -> str:
    return fold(county).removesuffix("county").strip()


def zip3(town: str) -> str:
    """Return the first three digits of a ZIP code, 000 where few people live, "" of a name."""
    found = _ZIP.fullmatch(town.strip())
    if found is None:
        return ""
    return "000" if found[1] in FEW_RESIDENTS else found[1]


def _text(cell: object) -> str:
    """Return a number or a code; what is no code is free text, and only said to be something."""
    if cell is None or isinstance(cell, int):
        return "" if cell is None else str(cell)
    text = str(cell)
    return text if not text or _CODE.fullmatch(text) else "other"
