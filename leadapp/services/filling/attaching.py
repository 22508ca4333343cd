"""Files and signatures of a form being filled: kept with its draft, stored with its record."""

from __future__ import annotations

import hashlib

from leadapp.core.attachments import Attachment, attachments_in
from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.forms.submission import Submission
from leadapp.services.desk import Desk
from leadapp.services.filling.work import Filling
from leadapp.store.draft_files import NewFile, new_file

MOST_MEGABYTES = 60
"""What all files of one form may have together."""


def attach(desk: Desk, filling: Filling, data: bytes, media: str, file: str) -> Attachment:
    """Return how an answer names ``data``; the next draft keeps it. Window's thread."""
    salt = hashlib.sha256((desk.ids() + desk.ids()).encode()).digest()[:16]
    made = new_file(data, salt)
    held = sum(len(one.data) for one in filling.files.values())
    if held + len(data) > MOST_MEGABYTES << 20:
        raise Refusal("services.files_too_large", megabytes=MOST_MEGABYTES)
    filling.files[made.name] = made
    return made.attachment(media, file)


def held(filling: Filling, attachment: Attachment) -> bytes | None:
    """Return a file that was attached since the form was opened, or lay with its draft."""
    found = filling.files.get(attachment.name)
    return found.data if found is not None else None


def stored(desk: Desk, ring: RingId, attachment: Attachment) -> bytes | None:
    """Return a file of a record, ``None`` where it has not come here yet. Reader lane."""
    return desk.reader.blob(ring, attachment.name)


def named_in(filling: Filling, submission: Submission) -> list[NewFile]:
    """Return the new files that the submission names; what was taken out again stays behind."""
    named = attachments_in(submission.answers.values())
    return [filling.files[one.name] for one in named if one.name in filling.files]
