"""PDFs on their way to somebody: made here, carried by the next exchange, confirmed by receipt.

A document is a record in the ring its facts come from, so it goes where that ring goes, as
an attached file does. Its bytes are sealed to the receiver's computers and this one alone;
the other members carry what they cannot open. Someone without the program gets a file that
opens with a password, by whatever way people choose.

    made       for someone without the program, not handed over yet
    queued     the next exchange takes it along
    sent       it lies where the others fetch it, or was handed over
    confirmed  the receiver's own entry says so, or a person who was told so
    overtaken  what it was printed from was emptied by order, or its receiver's computers were
               shut out: it is sent no more, and made anew where it is still wanted
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from leadapp.casework.consents import is_live, over_all_records
from leadapp.casework.joined import join
from leadapp.core.attachments import Attachment, read_attachment
from leadapp.core.clock import today
from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import EntryHash, FormId, RecordId, RingId, UserId, derive_id
from leadapp.core.problems import Problem
from leadapp.core.text import tidy
from leadapp.papers.locking import lock_pdf
from leadapp.services.consents import consents_of
from leadapp.services.desk import Desk, family_of
from leadapp.services.holding import RING_IDENTITY
from leadapp.services.outgoing import Overtaken, Why, emptied, keys_of, overtaken
from leadapp.services.verdicts import judged_now
from leadapp.store.reader import Reader
from leadapp.store.writing import RecordWrite
from leadapp.vault.passwords import require_good
from leadapp.vault.sealing import AgeSealer, identity_of

State = Literal["made", "queued", "sent", "confirmed", "overtaken"]

_DOCUMENT, _RECEIPT = FormId("_document"), FormId("_receipt")
_SEALED_TYPE = "application/age"
_NEUTRAL = "document.age"
_DOCUMENTS = """
SELECT record_id, ring, author, made_at, what, copy, to_user, to_party, sealed, size, handed,
       confirmed
FROM document ORDER BY made_at DESC, record_id
"""
_RECEIPTS = "SELECT document, author FROM receipt"
_STRICTEST = ("care", "supply", "law", "refer", "shared")


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


def ring_for(desk: Desk, families: Iterable[str]) -> RingId:
    """Return the ring a paper with facts of ``families`` belongs to: the strictest of them."""
    wanted = set(families)
    strictest = next((family for family in _STRICTEST if family in wanted), "")
    ring = desk.ring_of_family(strictest) if strictest else None
    if ring is None:  # never a wider ring instead: what is in the paper would reach more people
        raise Refusal("services.document_without_ring")
    return ring


def receivers(desk: Desk, ring: RingId) -> list[Receiver]:
    """Return the users whose computers can open what is sealed for ``ring``, by name."""
    roster = desk.holding.roster
    rows = desk.reader.rows("SELECT record_id, name FROM user", {})
    found = [
        Receiver(str(name), UserId(str(user)))
        for user, name in rows
        if user in roster.users and user != desk.user and keys_of(desk, UserId(str(user)), ring)
    ]
    return sorted(found, key=lambda one: one.name.casefold())


def put(
    desk: Desk,
    pdf: bytes,
    *,
    what: str,
    copy: str,
    ring: RingId,
    to: Receiver,
    person: RecordId | None = None,
    record: RecordId | None = None,
    basis: RecordId | None = None,
) -> RecordId:
    """Put a PDF into the outbox. Writer lane; who may print it was asked before.

    A paper of a part2 ring about a ``person`` leaves the program on a consent in force
    alone: ``basis``. That it was made for this receiver is logged with it. ``record`` is what
    it was printed from: where that is emptied by order, the document goes too.
    """
    if not tidy(to.name):
        raise Refusal("services.document_for_whom")
    if person and not to.user and desk.holding.roster.is_part2(ring):
        _check_basis(desk, ring, person, basis)
    keys = keys_of(desk, to.user, ring) if to.user else []
    if to.user and not keys:
        raise Refusal("services.receiver_cannot_open", name=to.name)
    sealed = AgeSealer().seal(pdf, sorted({_own_key(desk, ring), *keys}))
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        gone = emptied(desk, reader, record or "", person or "")
    blob = desk.archive.put_blob(ring, sealed)
    named = Attachment(blob.name, blob.salt, blob.size, _SEALED_TYPE, _NEUTRAL)
    made = RecordId(desk.ids())
    answers = {
        "what": tidy(what),
        "copy": copy,
        "to_user": to.user,
        "to_party": "" if to.user else tidy(to.name),
        "sealed": named.text,
        "size": str(len(pdf)),
        "hash": _hash_of(pdf),
        "person": person or "",
        "record": record or "",
        "basis": basis or "",
        "emptied": str(gone or ""),
        "keys": " ".join(sorted(set(keys))),
    }
    # Logged first: nothing leaves that was not logged.
    desk.note("export", ring, person or made)
    _write(desk, ring, made, _DOCUMENT, answers)
    return made


def waiting(desk: Desk) -> int:
    """Return how many documents of this person wait to leave this computer. Reader lane."""
    waits = ("made", "queued", "overtaken")
    return sum(one.mine and one.state in waits for one in documents(desk))


def documents(desk: Desk) -> list[Document]:
    """Return what this person made or is to receive, the newest first. Reader lane."""
    names = {str(u): str(n) for u, n in desk.reader.rows("SELECT record_id, name FROM user", {})}
    received = {(str(one), str(by)) for one, by in desk.reader.rows(_RECEIPTS, {})}
    waiting = _waiting_entries(desk)
    gone = {one.document: one.why for ring in desk.rings for one in _overtaken(desk, ring)}
    found = []
    for row in desk.reader.rows(_DOCUMENTS, {}):
        cells = [str(cell) for cell in row]
        if desk.user in (cells[2], cells[6]):
            found.append(_document(desk, cells, names, received, waiting))
    return [_judged(one, gone) for one in found if one is not None]


def _overtaken(desk: Desk, ring: RingId) -> list[Overtaken]:
    return overtaken(desk, desk.reader, ring) if ring != "sys" else []


def _judged(document: Document, gone: Mapping[RecordId, Why]) -> Document:
    """Say of a document that it was overtaken; what came for a person here is theirs still."""
    why = gone.get(document.record)
    if why is None or (why == "services.document_receiver_left" and not document.mine):
        return document
    problem = Problem(why, {"what": document.what, "name": document.to.name})
    return replace(document, state="overtaken", why=problem)


def receive(desk: Desk) -> int:
    """Say of each document that came for the person here that it came. Writer lane.

    Once for each: a receipt's id follows from the document's.
    """
    said = 0
    for ring in desk.rings:
        if ring == "sys":
            continue
        sql = (
            "SELECT record_id, sealed FROM document WHERE to_user = ?"
            " AND record_id NOT IN (SELECT document FROM receipt WHERE author = ?)"
        )
        for record, sealed in desk.archive.rows(ring, sql, (desk.user, desk.user)):
            said += _receive(desk, ring, RecordId(str(record)), str(sealed))
    return said


def unopened(desk: Desk) -> frozenset[RecordId]:
    """Return the documents for the person here that came and were not opened here. Writer lane."""
    sql = (
        "SELECT record_id FROM document WHERE to_user = ?"
        " AND record_id IN (SELECT document FROM receipt WHERE author = ?)"
    )
    return frozenset(
        RecordId(str(record))
        for ring in desk.rings
        if ring != "sys"
        for (record,) in desk.archive.rows(ring, sql, (desk.user, desk.user))
        if not desk.archive.kept(ring, _opened_by(desk, RecordId(str(record))))
    )


def open_document(desk: Desk, document: Document) -> bytes:
    """Return the PDF, for its maker or receiver; the opening is logged. Writer lane."""
    if desk.user not in (document.maker, document.to.user):
        raise Refusal("services.no_such_record")
    _refuse_emptied(desk, document)
    pdf = _open(desk, document.ring, document.sealed)
    if pdf is None:
        raise Refusal("services.document_not_here")
    desk.note("view", document.ring, document.record)
    if document.to.user == desk.user:
        desk.archive.keep(document.ring, _opened_by(desk, document.record), "yes")
    return pdf


def hand_over(desk: Desk, document: Document, password: str) -> bytes:
    """Return the PDF locked with ``password``, for someone without the program. Writer lane.

    The password goes another way than the file, best by voice.
    """
    require_good(password, (desk.device.county, document.to.name))
    return lock_pdf(open_document(desk, document), password, to_base64url(desk.holding.random(24)))


def handed_over(desk: Desk, document: Document) -> None:
    """Say that it was given away: written to a stick, printed, sent by post. Writer lane."""
    _say(desk, document, "handed")


def confirm(desk: Desk, document: Document) -> None:
    """Say that the receiver told us it came. Writer lane."""
    _say(desk, document, "confirmed")


def withdraw(desk: Desk, document: Document) -> None:
    """Take a document out of the outbox. What was fetched already stays there. Writer lane."""
    if document.maker != desk.user:
        raise Refusal("services.no_such_record")
    moment = desk.clock.now()
    write = RecordWrite(
        document.record, _DOCUMENT, "", "void", {"_reason": "withdrawn"}, desk.user, moment
    )
    desk.archive.write(document.ring, [write])


def _refuse_emptied(desk: Desk, document: Document) -> None:
    """Refuse what tells of something that was emptied by order since, also to who made it."""
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        gone = {one.document: one.why for one in overtaken(desk, reader, document.ring)}
    if gone.get(document.record) == "services.document_emptied":
        raise Refusal("services.document_emptied", what=document.what, name=document.to.name)


def _check_basis(desk: Desk, ring: RingId, person: RecordId, basis: RecordId | None) -> None:
    """Refuse unless ``basis`` is a consent of ``person`` that is in force today.

    A person on several records is asked about over all of them. Where it is in dispute whether
    two are one, a consent does not serve the other, and a revocation counts for both.
    """
    said = judged_now(desk)
    sure = join((one.one, one.other) for one in said if not one.contested and one.verdict == "same")
    maybe = join((one.one, one.other) for one in said if one.contested or one.verdict == "same")
    written = consents_of(partial(desk.archive.rows, ring), maybe.everyone(person))
    consents = dict(zip(written, over_all_records(written.values()), strict=True))
    consent, day = consents.get(basis or RecordId("")), today(desk.clock).isoformat()
    if consent is None or consent.person not in sure.everyone(person) or not is_live(consent, day):
        raise Refusal("services.document_needs_consent")


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


def _receive(desk: Desk, ring: RingId, record: RecordId, sealed: str) -> int:
    named = read_attachment(sealed)
    pdf = _open(desk, ring, named) if named is not None else None
    if pdf is None:
        return 0
    receipt = RecordId(derive_id("receipt", record, desk.user))
    _write(desk, ring, receipt, _RECEIPT, {"document": record, "hash": _hash_of(pdf)})
    return 1


def _open(desk: Desk, ring: RingId, named: Attachment) -> bytes | None:
    """Return what is sealed in an attached file; ``None`` where it is not here or not for us."""
    sealed = desk.archive.blob(ring, named.name)
    identity = desk.archive.kept(ring, RING_IDENTITY)
    if sealed is None or not identity:
        return None
    try:
        return AgeSealer().open(sealed, identity)
    except Damage:
        return None


def _say(desk: Desk, document: Document, question: str) -> None:
    if document.maker != desk.user:
        raise Refusal("services.no_such_record")
    answers = {question: desk.clock.now().isoformat()}
    _write(desk, document.ring, document.record, _DOCUMENT, answers)


def _write(
    desk: Desk, ring: RingId, record: RecordId, form: FormId, answers: Mapping[str, str]
) -> None:
    said = {name: text for name, text in answers.items() if text}
    write = RecordWrite(record, form, "", "save", said, desk.user, desk.clock.now())
    desk.archive.write(ring, [write])


def _own_key(desk: Desk, ring: RingId) -> str:
    identity = desk.archive.kept(ring, RING_IDENTITY)
    if not identity:
        raise Refusal("services.ring_not_open", ring=family_of(ring))
    return identity_of(identity).recipient


def _opened_by(desk: Desk, document: RecordId) -> str:
    return f"opened {document} {desk.user}"


def _hash_of(pdf: bytes) -> str:
    return to_base64url(hashlib.sha256(pdf).digest())
