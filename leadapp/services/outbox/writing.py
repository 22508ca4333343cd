"""What the outbox writes: a document, a receipt, and what is said of them. Writer lane."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from leadapp.core.encoding import to_base64url
from leadapp.core.ids import FormId, RecordId, RingId
from leadapp.services.desk import Desk
from leadapp.store.writing import RecordWrite

DOCUMENT, RECEIPT = FormId("_document"), FormId("_receipt")


def write(
    desk: Desk, ring: RingId, record: RecordId, form: FormId, answers: Mapping[str, str]
) -> None:
    """Write the answers that say something."""
    said = {name: text for name, text in answers.items() if text}
    made = RecordWrite(record, form, "", "save", said, desk.user, desk.clock.now())
    desk.archive.write(ring, [made])


def hash_of(pdf: bytes) -> str:
    """Return what a receipt says, to show that the same file came."""
    return to_base64url(hashlib.sha256(pdf).digest())
