"""Self-made codes: whether the county uses them, and the mark of one. Never outside ``supply``."""

from __future__ import annotations

import secrets

from leadapp.core.encoding import from_base64url, to_base64url
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, RingId, derive_id
from leadapp.naloxone.marks import KEY_BYTES, SETTING, mark
from leadapp.services.desk import Desk
from leadapp.services.stock.asking import reading
from leadapp.store.writing import RecordWrite, Written

SUPPLY = RingId("supply")
_FORM = FormId("_setting")
_KEY = "self_made_key"
_ON = "SELECT value FROM setting WHERE name = :name"


def codes_on(desk: Desk) -> bool:
    """Return whether hand-outs may carry a self-made code here. Reader lane."""
    if SUPPLY not in desk.rings:
        return False
    return any(row[0] == "on" for row in reading(desk)(_ON, {"name": SETTING}))


def prepare_codes(desk: Desk) -> Written:
    """Make the program's secret for codes, once. Writer lane, when the county turns them on."""
    desk.require("write", "setting", "supply")
    if desk.archive.answers(SUPPLY, _key_record(desk)):
        return Written()
    at = desk.clock.now()
    values = {"name": _KEY, "value": to_base64url(secrets.token_bytes(KEY_BYTES))}
    write = RecordWrite(_key_record(desk), _FORM, "1", "save", values, desk.user, at)
    return desk.archive.write(SUPPLY, [write])


def mark_of(desk: Desk, code: str) -> str:
    """Return the mark of a code, for the question ``code_mark``. Reader lane.

    Refusal where codes are off, or the secret has not come here yet.
    """
    stored = desk.reader.record(SUPPLY, _key_record(desk)) if codes_on(desk) else None
    if stored is None:
        raise Refusal("naloxone.codes_off")
    return mark(from_base64url(stored.answers["value"]), code)


def _key_record(desk: Desk) -> RecordId:
    return RecordId(derive_id(desk.device.program_id, "supply", _KEY))
