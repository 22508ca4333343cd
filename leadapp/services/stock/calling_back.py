"""The mark of a recalled lot, which every list shows: set with a recall, taken off with its undo.

Stock goes by the ledger too, so a recall by somebody who may not change lots counts alike.
Writer lane.
"""

from __future__ import annotations

from leadapp.core.ids import FormId, RecordId
from leadapp.naloxone.movements import Movement
from leadapp.services.desk import Desk
from leadapp.services.stock.asking import FAMILY, Ask
from leadapp.services.stock.writes import record_write
from leadapp.store.writing import RecordWrite

RECALLED = "recalled"
_MARK = "SELECT recalled, recall_notice FROM lot WHERE record_id = :lot"
_OTHERS = """
SELECT COUNT(*) FROM movement m
WHERE m.move = 'recalled' AND m.day >= '' AND +m.lot_id = :lot AND +m.reverses = '' AND m.record_id <> :this
  AND NOT EXISTS (SELECT 1 FROM movement r WHERE r.reverses = m.record_id)
"""


def marks(desk: Desk, ask: Ask, movement: Movement) -> list[RecordWrite]:
    """Return what writing ``movement`` says of its lot, where this person may say it."""
    rows = ask(_MARK, {"lot": movement.lot})
    if movement.move != RECALLED or not rows or not desk.may("correct", "lot", FAMILY):
        return []
    day, notice = rows[0]
    if not movement.reverses:
        return [] if day else [_mark(desk, movement.lot, movement.day)]
    others = ask(_OTHERS, {"lot": movement.lot, "this": movement.reverses})[0][0]
    return [_mark(desk, movement.lot, "")] if day and not notice and not others else []


def _mark(desk: Desk, lot: RecordId, day: str) -> RecordWrite:
    return record_write(desk, FormId("lot"), lot, {"recalled": day}, desk.clock.now())
