"""The documents somebody made or is to receive, and how far each is. Reader lane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from leadapp.core.attachments import Attachment, read_attachment
from leadapp.core.clock import today
from leadapp.core.ids import EntryHash, RecordId, RingId, UserId
from leadapp.core.problems import Problem
from leadapp.services.desk import Desk
from leadapp.services.outbox.basis import stands
from leadapp.services.outgoing import Overtaken, overtaken
from leadapp.services.verdicts import judged

State = Literal["made", "queued", "sent", "confirmed", "overtaken"]
_DOCUMENTS = """
SELECT record_id, ring, author, made_at, what, copy, to_user, to_party, sealed, size, handed,
       confirmed
FROM document ORDER BY made_at DESC, record_id
"""
_RECEIPTS = "SELECT document, author FROM receipt"


@dataclass(frozen=True, slots=True)
class Receiver:
    """Who gets a document: a user of the program, or (``user`` is "") someone without it."""

    name: str
    user: UserId | Literal[""] = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF in the outbox, or one that came for the person here. ``size`` in bytes."""

    record: RecordId
    ring: RingId
    what: str
    copy: str
    maker: UserId
    by: str
    """The maker's name."""
    made_at: str
    to: Receiver
    size: int
    state: State
    mine: bool
    """Whether the person here made it; otherwise it came for them."""
    here: bool
    """Whether the bytes have arrived."""
    sealed: Attachment
    why: Problem | None = None
    """Why it is overtaken."""


def documents(desk: Desk) -> list[Document]:
    """Return what this person made or is to receive, the newest first. Reader lane."""
    names = {str(u): str(n) for u, n in desk.reader.rows("SELECT record_id, name FROM user", {})}
    received = {(str(one), str(by)) for one, by in desk.reader.rows(_RECEIPTS, {})}
    waiting = _waiting_entries(desk)
    found = []
    for row in desk.reader.rows(_DOCUMENTS, {}):
        cells = [str(cell) for cell in row]
        if desk.user in (cells[2], cells[6]):
            found.append(_document(desk, cells, names, received, waiting))
    known = [one for one in found if one is not None]
    gone = _lapsed(desk, known)
    gone |= {one.document: one.why for ring in desk.rings for one in _overtaken(desk, ring)}
    return [_judged(one, gone) for one in known]


def waiting(desk: Desk) -> int:
    """Return how many documents of this person wait to leave this computer. Reader lane."""
    waits = ("made", "queued", "overtaken")
    return sum(one.mine and one.state in waits for one in documents(desk))


def _lapsed(desk: Desk, known: Iterable[Document]) -> dict[RecordId, str]:
    """Return which of this person's papers wait to be given away on a consent that has ended."""
    found: dict[RecordId, str] = {}
    waits = [one for one in known if one.mine and one.state == "made"]
    said = judged(desk) if waits else []
    for one in waits:
        stored = desk.reader.record(one.ring, one.record)
        answers = stored.answers if stored is not None else {}
        person, basis = answers.get("person", ""), answers.get("basis", "")
        day = today(desk.clock).isoformat()
        if basis and not stands(desk.reader.rows, said, person, basis, day):
            found[one.record] = "services.document_consent_ended"
    return found


def _overtaken(desk: Desk, ring: RingId) -> list[Overtaken]:
    return overtaken(desk, desk.reader, ring) if ring != "sys" else []


def _judged(document: Document, gone: Mapping[RecordId, str]) -> Document:
    """Say of a document that it was overtaken; what came for a person here is theirs still."""
    why = gone.get(document.record)
    if why is None or (why == "services.document_receiver_left" and not document.mine):
        return document
    problem = Problem(why, {"what": document.what, "name": document.to.name})
    return replace(document, state="overtaken", why=problem)


def _document(
    desk: Desk,
    cells: list[str],
    names: Mapping[str, str],
    received: set[tuple[str, str]],
    waiting: set[EntryHash],
) -> Document | None:
    record, ring, maker, made_at, what, copy, user, party, sealed, size, handed, told = cells
    named = read_attachment(sealed)
    if named is None:
        return None
    to = Receiver(names.get(user, ""), UserId(user)) if user else Receiver(party)
    state: State = "made"
    if told or (user and (record, user) in received):
        state = "confirmed"
    elif handed:
        state = "sent"
    elif user:
        history = desk.reader.history(RingId(ring), RecordId(record))
        state = "queued" if any(one.entry in waiting for one in history) else "sent"
    here = desk.reader.blob(RingId(ring), named.name) is not None
    return Document(
        RecordId(record), RingId(ring), what, copy, UserId(maker), names.get(maker, ""), made_at, to, int(size or 0),
        state, maker == desk.user, here, named,
    )  # fmt: skip


def _waiting_entries(desk: Desk) -> set[EntryHash]:
    """Return the entries of this computer that no place has yet."""
    found: set[EntryHash] = set()
    for ring in desk.rings:
        for log in desk.reader.logs(ring):
            if log.own and log.last > log.sent:
                entries = desk.reader.entries(ring, log.log, log.sent + 1)
                found |= {one.hash for one in entries}
    return found
