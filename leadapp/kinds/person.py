"""A human being, on the law side or on the care side; never one record for both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from leadapp.core.text import fold
from leadapp.kinds.cells import answers, day, event_day, joined, texts, whole, wholes
from leadapp.kinds.contract import Cell, Kind, Need, Record, Row, Summary, Table

_NAMES = ("last_name", "first_name", "middle_name", "nickname", "preferred_name")
_PHONES = ("phone", "other_phone")
_AS_ASKED = (
    "last_name",
    "first_name",
    "middle_name",
    "nickname",
    "sex",
    "phone",
    "race",
    "ethnicity",
)
_NOT_DIGIT = re.compile(r"[^0-9]+")


def rows(record: Record) -> Iterator[Row]:
    """Give the one row; ``search`` holds every name and phone, folded."""
    cells = answers(record, _AS_ASKED)
    birth_day = day(record.answer("birth_day"))
    cells["birth_day"] = birth_day
    cells["birth_year"] = _birth_year(record, birth_day)
    cells["search"] = _search(record)
    cells["side"] = side(record)
    yield "person", cells


def side(record: Record) -> str:
    """Return which side a person's record lies on, by its ring."""
    return "law" if record.ring.startswith("law") else "care"


def summary(record: Record) -> Summary:
    """Give the name and when the person was born."""
    first = " ".join(filter(None, (record.answer("first_name"), record.answer("middle_name"))))
    name = joined(record.answer("last_name"), first)
    nickname = record.answer("nickname")
    born = day(record.answer("birth_day")) or record.answer("birth_year")
    return Summary(
        title=name or nickname or "No name",
        line=joined(f"born {born}" if born else "", f'"{nickname}"' if nickname and name else ""),
        day=event_day(record, "recorded_day"),
        person=record.id,
    )


def _birth_year(record: Record, birth_day: str) -> Cell:
    return whole(birth_day[:4]) if birth_day else whole(record.answer("birth_year"))


def _search(record: Record) -> str:
    names = [record.answer(name) for name in _NAMES]
    phones = [record.answer(name) for name in _PHONES]
    bare = [_NOT_DIGIT.sub("", phone) for phone in phones]
    return fold(" ".join(names + phones + bare))


KIND = Kind(
    name="person",
    title="Person",
    rings=("law", "care"),
    needs=(
        Need("last_name", ("text",), why="People are found by name."),
        Need("first_name", ("text",), why="People are found by name."),
        Need("middle_name", ("text",), why="People are told apart by it."),
        Need("nickname", ("text",), why="People are found by it."),
        Need("birth_day", ("date",), why="People are told apart by it."),
        Need("birth_year", ("integer",), why="It serves where no birth date is known."),
        Need("sex", ("select_one",), ("female", "male", "unknown"), "Reports count by it."),
        Need("phone", ("text",), why="People are found by it."),
    ),
    tables=(
        Table(
            "person",
            texts(*_AS_ASKED, "birth_day", "search", "side") + wholes("birth_year"),
            indexes=(("last_name", "first_name"), ("birth_day",)),
        ),
    ),
    rows=rows,
    summary=summary,
)
