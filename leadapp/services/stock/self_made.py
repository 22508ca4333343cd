"""Self-made codes: whether the county uses them, and the mark of one. Never outside ``supply``."""

from __future__ import annotations

import secrets
from datetime import datetime

from leadapp.core.encoding import from_base64url, to_base64url
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, RingId, derive_id
from leadapp.journal.rings import SHARED
from leadapp.naloxone.marks import KEY_BYTES, SETTING, mark
from leadapp.services.desk import Desk
from leadapp.services.stock.asking import reading
from leadapp.store.writing import RecordWrite, Written

SUPPLY = RingId("supply")
_FORM = FormId("_setting")
_KEY = "self_made_key"
_TIMES = "SELECT COUNT(*) FROM naloxone_given WHERE code_mark = :mark AND code_mark <> ''"
_ON = "SELECT value FROM setting WHERE name = :name"


def codes_on(desk: Desk) -> bool:
    """Return whether this person's hand-outs may carry a self-made code. Reader lane.

    Only what is written to ``supply`` may: an office's hand-outs, where that ring is open.
    """
    if desk.side != "office" or SUPPLY not in desk.rings:
        return False
    return any(row[0] == "on" for row in reading(desk)(_ON, {"name": SETTING}))


def use_codes(desk: Desk, *, on: bool) -> Written:
    """Turn self-made codes on or off. Writer lane.

    The program's secret is made once, in ``supply``, and stays when codes are turned off.
    """
    desk.require_program("settings")
    desk.require("write", "setting", "supply")
    at = desk.clock.now()
    answers = {"name": SETTING, "value": "on" if on else "off"}
    written = desk.archive.write(SHARED, [_setting(desk, _switch(desk), answers, at)])
    if on and not desk.archive.answers(SUPPLY, _key_record(desk)):
        secret = {"name": _KEY, "value": to_base64url(secrets.token_bytes(KEY_BYTES))}
        written += desk.archive.write(SUPPLY, [_setting(desk, _key_record(desk), secret, at)])
    return written


def mark_of(desk: Desk, code: str) -> str:
    """Return the mark of a code, for the question ``code_mark``. Reader lane.

    Refusal where codes are off, or the secret has not come here yet.
    """
    stored = desk.reader.record(SUPPLY, _key_record(desk)) if codes_on(desk) else None
    if stored is None:
        raise Refusal("naloxone.codes_off")
    return mark(from_base64url(stored.answers["value"]), code)


def times_before(desk: Desk, code_mark: str) -> int:
    """Return how many hand-outs carry this mark already: all that is ever told. Reader lane."""
    return int(reading(desk)(_TIMES, {"mark": code_mark})[0][0])


def _key_record(desk: Desk) -> RecordId:
    return RecordId(derive_id(desk.device.program_id, "supply", _KEY))


def _switch(desk: Desk) -> RecordId:
    return RecordId(derive_id(desk.device.program_id, "setting", SETTING))


def _setting(desk: Desk, record: RecordId, answers: dict[str, str], at: datetime) -> RecordWrite:
    return RecordWrite(record, _FORM, "1", "save", answers, desk.user, at)
