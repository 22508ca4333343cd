"""Rows of people as the lists' services read them, and their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any  # rows of the engine

from leadapp.casework.matching import PersonName
from leadapp.core.ids import RecordId
from leadapp.services.desk import Desk

Row = tuple[Any, ...]
"""A row of the engine."""

COLUMNS = (
    "record_id, ring, last_name, first_name, nickname, birth_day, birth_year, phone, side, sex"
)
"""What ``full_name`` and ``name_of`` read, in this order."""
PEOPLE = f"SELECT {COLUMNS} FROM person WHERE record_id IN ({{ids}})"  # noqa: S608 - fixed column names

REFERRED = """
SELECT s.person_id, s.status, r.day, r.officer, r.door FROM referral_status AS s
LEFT JOIN referral AS r ON r.record_id = s.referral_id
WHERE s.person_id IN ({ids}) ORDER BY s.status_day
"""
_LABELS = """
SELECT record_id, name FROM agency WHERE record_id IN ({ids})
UNION ALL SELECT record_id, name FROM officer
WHERE record_id IN ({ids})
"""


def rows(desk: Desk, sql: str, ring: str = "", **lists: Iterable[str]) -> list[Row]:
    """Return the rows of ``sql``; each ``{name}`` in it stands for the ids of that list."""
    named = {
        name: {f"{name}{at}": one for at, one in enumerate(ids)} for name, ids in lists.items()
    }
    text = sql.format(
        **{name: ", ".join(f":{key}" for key in keys) for name, keys in named.items()}
    )
    parameters = {key: one for keys in named.values() for key, one in keys.items()}
    return desk.reader.rows(text, parameters | ({"ring": ring} if ring else {}))


def full_name(row: Row) -> str:
    """Return "Osgood, Terri-Lynn", or a nickname where there is no name."""
    name = ", ".join(str(part) for part in (row[2], row[3]) if part)
    return name or str(row[4] or "")


def name_of(row: Row) -> PersonName:
    """Return what is compared of a person."""
    return PersonName(
        record=RecordId(str(row[0])),
        last=str(row[2] or ""),
        first=str(row[3] or ""),
        nickname=str(row[4] or ""),
        birth_day=str(row[5] or ""),
        birth_year=int(str(row[6] or 0)),
        phone=str(row[7] or ""),
    )


def labels(desk: Desk, records: Iterable[str]) -> dict[str, str]:
    wanted = sorted({record for record in records if record})
    if not wanted:
        return {}
    return {str(record): str(name) for record, name in rows(desk, _LABELS, ids=wanted)}
