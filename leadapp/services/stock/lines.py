"""The ledger, a page at a time: quick however many lines there are. Reader lane.

Newest day first; within a day what was received stands below what went out of it. What is
left of a lot after a line is the sum of the months before and of the month's lines up to it.
"""

# ruff: noqa: S608 - the pieces put together are this module's own; values are parameters

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any  # parameters of the engine

from leadapp.core.ids import RecordId
from leadapp.services.desk import Desk
from leadapp.services.stock import facts
from leadapp.services.stock.asking import Ask, Row, reading, require_look
from leadapp.services.stock.values import LedgerLine, LedgerQuery

_DEEP = 2_000
"""From this many lines down, whole months are skipped by their counts."""
_LAST_OF_MONTH = "-31"
_RANK = "(CASE WHEN m.reverses <> '' THEN 2 WHEN m.from_place = 'supplier' THEN 0 ELSE 1 END)"
"""Within a day what is received comes first, and what takes a line back comes last."""
_NEWEST_FIRST = "day DESC, rank DESC, record_id DESC"
_LINE = (
    "record_id", "day", "move", "lot_id", "from_place", "to_place", "doses", "kits", "reason",
    "shortfall", "override", "reverses", "replaces", "approver", "author",
)  # fmt: skip
_MONTHS = "SELECT month, SUM(lines) FROM change_of_month{lot} GROUP BY month ORDER BY month DESC"
_LINES = f"""
SELECT {", ".join(f"m.{name}" for name in _LINE)}, m.shelf_change,
       EXISTS (SELECT 1 FROM movement r WHERE r.reverses = m.record_id), l.lot_number, u.name
FROM movement m
LEFT JOIN lot l ON l.record_id = m.lot_id
LEFT JOIN user u ON u.record_id = m.author
WHERE m.record_id IN (SELECT value FROM json_each(:page))
"""
_BEFORE_MONTH = """
SELECT p.value ->> 0, p.value ->> 1,
       (SELECT SUM(c.shelf_change) FROM change_of_month c
        WHERE c.lot_id = p.value ->> 0 AND c.month < p.value ->> 1)
FROM json_each(:pairs) p
"""
_WITHIN_MONTH = f"""
SELECT record_id, so_far FROM (
    SELECT m.record_id, SUM(m.shelf_change) OVER (
        PARTITION BY m.lot_id, p.value ->> 1 ORDER BY m.day, {_RANK}, m.record_id) AS so_far
    FROM json_each(:pairs) p
    CROSS JOIN movement m ON m.lot_id = p.value ->> 0
        AND m.day >= p.value ->> 1 AND m.day <= p.value ->> 2
) WHERE record_id IN (SELECT value FROM json_each(:page))
"""


def ledger(desk: Desk, query: LedgerQuery) -> tuple[LedgerLine, ...]:
    """Return a page of the ledger."""
    require_look(desk)
    ask = reading(desk)
    page = _page(ask, query)
    if not page:
        return ()
    asked = {"page": json.dumps(page)}
    rows = {row[0]: row for row in ask(_LINES, asked)}
    left = _left(ask, page, rows)
    names = facts.place_names(ask)
    return tuple(_line(rows[record], left[record], names) for record in page)


def ledger_count(desk: Desk, query: LedgerQuery) -> int:
    """Return how many lines the query finds, whatever the page."""
    require_look(desk)
    ask = reading(desk)
    if not (query.place or query.moves or query.first_day or query.last_day):
        where = " WHERE lot_id = :lot" if query.lot else ""
        rows = ask(f"SELECT SUM(lines) FROM balance{where}", {"lot": query.lot} if where else {})
    else:
        where, values = _where(query, spare=False)
        rows = ask(f"SELECT count(*) FROM movement m WHERE {where}", values)
    return int(rows[0][0] or 0)


def _page(ask: Ask, query: LedgerQuery) -> list[str]:
    """Return the records of a page in order."""
    query, offset = _skip_months(ask, query)
    arms = _arms(query)
    values: dict[str, Any] = {"limit": query.limit, "offset": offset}
    values["most"] = offset + query.limit
    parts = []
    for at, (where, own) in enumerate(arms):
        values |= own
        parts.append(
            f"SELECT * FROM (SELECT m.record_id, m.day, {_RANK} AS rank FROM movement m"
            f" WHERE {where} ORDER BY {_NEWEST_FIRST} LIMIT :most) AS arm{at}"
        )
    union = " UNION ALL ".join(parts)
    sql = f"SELECT record_id FROM ({union}) ORDER BY {_NEWEST_FIRST} LIMIT :limit OFFSET :offset"
    return [row[0] for row in ask(sql, values)]


def _arms(query: LedgerQuery) -> list[tuple[str, dict[str, Any]]]:
    """Return conditions that each follow one index, together all the query asks for."""
    if query.lot:
        return [_where(query, spare=True)]
    if query.moves:
        arms = []
        rest, values = _where(_without(query, moves=True), spare=True)
        for at, move in enumerate(dict.fromkeys(query.moves)):
            arms.append((f"m.move = :move{at} AND {rest}", {**values, f"move{at}": move}))
        return arms
    if query.place:
        rest, values = _where(_without(query, place=True), spare=True)
        values["place"] = query.place
        return [(f"m.{side}_place = :place AND {rest}", values) for side in ("from", "to")]
    return [_where(query, spare=True)]


def _where(query: LedgerQuery, *, spare: bool) -> tuple[str, dict[str, Any]]:
    """Return the whole condition. ``spare``: only the lot and the day may choose the index."""
    plus = "+" if spare else ""
    parts, values = ["1"], dict[str, Any]()
    if query.lot:
        parts.append("m.lot_id = :lot")
        values["lot"] = query.lot
    if query.place:
        parts.append(f"({plus}m.from_place = :place OR {plus}m.to_place = :place)")
        values["place"] = query.place
    if query.moves:
        parts.append(f"{plus}m.move IN (SELECT value FROM json_each(:moves))")
        values["moves"] = json.dumps(list(query.moves))
    if query.first_day or spare:  # a bound on the day, if only "", has the index by day followed
        parts.append("m.day >= :first")
        values["first"] = query.first_day
    if query.last_day:
        parts.append("m.day <= :last")
        values["last"] = query.last_day
    return " AND ".join(parts), values


def _without(query: LedgerQuery, *, moves: bool = False, place: bool = False) -> LedgerQuery:
    return LedgerQuery(
        lot=query.lot,
        place="" if place else query.place,
        moves=() if moves else query.moves,
        first_day=query.first_day,
        last_day=query.last_day,
    )


def _skip_months(ask: Ask, query: LedgerQuery) -> tuple[LedgerQuery, int]:
    """Return the query from the month its page begins in, and the lines to skip in it."""
    bounded = query.place or query.moves or query.first_day or query.last_day
    if query.offset < _DEEP or bounded:
        return query, query.offset
    where = " WHERE lot_id = :lot" if query.lot else ""
    skip = query.offset
    for month, lines in ask(_MONTHS.format(lot=where), {"lot": query.lot} if where else {}):
        if skip < lines:
            last = f"{month}{_LAST_OF_MONTH}"
            return LedgerQuery(lot=query.lot, last_day=last, limit=query.limit), skip
        skip -= lines
    return query, query.offset


def _left(ask: Ask, page: list[str], rows: Mapping[str, Row]) -> dict[str, int]:
    """Return what is left of each line's lot on our shelves after it."""
    last_days: dict[tuple[str, str], str] = {}
    for row in rows.values():
        day, lot = row[1], row[3]
        key = (lot, day[:7])
        last_days[key] = max(day, last_days.get(key, ""))
    pairs = json.dumps([[lot, month, last] for (lot, month), last in last_days.items()])
    before: dict[tuple[str, str], int] = {
        (lot, month): sum_before or 0
        for lot, month, sum_before in ask(_BEFORE_MONTH, {"pairs": pairs})
    }
    within: dict[str, int] = dict(ask(_WITHIN_MONTH, {"pairs": pairs, "page": json.dumps(page)}))
    return {
        record: before[rows[record][3], rows[record][1][:7]] + within[record] for record in page
    }


def _line(row: Row, left: int, names: Mapping[str, str]) -> LedgerLine:
    said = dict(zip(_LINE, row, strict=False))
    change, reversed_by, lot_number, author = row[len(_LINE) :]
    from_place, to_place = said["from_place"] or "", said["to_place"] or ""
    return LedgerLine(
        movement=RecordId(said["record_id"]),
        day=said["day"],
        move=said["move"] or "",
        lot=RecordId(said["lot_id"]),
        lot_number=lot_number or "",
        from_place=from_place,
        from_name=names.get(from_place, ""),
        to_place=to_place,
        to_name=names.get(to_place, ""),
        doses=said["doses"] or 0,
        kits=said["kits"] or 0,
        change=change or 0,
        left=left,
        reason=said["reason"] or "",
        shortfall=bool(said["shortfall"]),
        override=bool(said["override"]),
        reversed=bool(reversed_by),
        reverses=said["reverses"] or "",
        replaces=said["replaces"] or "",
        approver=said["approver"] or "",
        author_name=author or "",
    )
