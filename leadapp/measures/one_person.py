"""A measure's SELECT asked of a county where some persons are one: the same SQL over other ids.

Tables that name a person are put before the SELECT under their own names, with the id that
all records of that person count under. So what the SELECT itself does by person (the newest
status, the first contact) is done by the person too. Records keep their ids.
"""

# ruff: noqa: S608 - a measure's SELECT was checked when it was loaded; tables are our own

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from leadapp.core.encoding import canonical_json
from leadapp.core.ids import RecordId

PERSON = "person_id"
PARAMETER = "said_same"
"""Holds which ids count as which: not among the parameters a measure may use."""
_MAPPED = f"""
CASE WHEN {PERSON} IN (SELECT id FROM {PARAMETER})
  THEN (SELECT head FROM {PARAMETER} WHERE id = {PERSON}) ELSE {PERSON} END AS {PERSON}"""


def by_person(select: str, tables: Mapping[str, Sequence[str]]) -> str:
    """Return ``select`` with persons who are one counted as one.

    ``tables`` are those with a ``person_id``, and all their columns.
    """
    named = set(re.findall(r"\w+", select))
    shadows = [_shadow(table, columns) for table, columns in tables.items() if table in named]
    if not shadows:
        return select
    first = (
        f"{PARAMETER} (id, head) AS MATERIALIZED (SELECT key, value FROM json_each(:{PARAMETER}))"
    )
    return f"WITH {', '.join((first, *shadows))} SELECT * FROM ({select}\n)"


def said_same(heads: Mapping[RecordId, RecordId]) -> dict[str, str]:
    """Return the parameter that says who counts as whom."""
    return {PARAMETER: canonical_json(dict(heads)).decode()}


def _shadow(table: str, columns: Sequence[str]) -> str:
    said = ", ".join(_MAPPED if column == PERSON else column for column in columns)
    return f"{table} AS (SELECT {said} FROM temp.{table})"
