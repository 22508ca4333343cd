"""What becomes of a document: it came, is opened, is given away, is taken out. Writer lane."""

from __future__ import annotations

from contextlib import closing

from leadapp.core.attachments import Attachment, read_attachment
from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Damage, Refusal
from leadapp.core.ids import RecordId, RingId, derive_id
from leadapp.papers.locking import lock_pdf
from leadapp.services.desk import Desk
from leadapp.services.holding import RING_IDENTITY
from leadapp.services.outbox.basis import check_again
from leadapp.services.outbox.listing import Document
from leadapp.services.outbox.writing import DOCUMENT, RECEIPT, hash_of, write
from leadapp.services.outgoing import overtaken
from leadapp.store.reader import Reader
from leadapp.store.writing import RecordWrite
from leadapp.vault.passwords import require_good
from leadapp.vault.sealing import AgeSealer


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
    """Return the PDF, for its maker or receiver; the opening is logged. Writer lane.

    One that waits to be given away is given on a consent that is in force still.
    """
    if desk.user not in (document.maker, document.to.user):
        raise Refusal("services.no_such_record")
    _refuse_emptied(desk, document)
    said = desk.archive.answers(document.ring, document.record)
    if not said.get("handed"):  # who gave it away may look at what it was
        check_again(desk, document.ring, said)
    pdf = opened(desk, document.ring, document.sealed)
    if pdf is None:
        raise Refusal("services.document_not_here")
    desk.note("view", document.ring, document.record)
    if document.to.user == desk.user:
        desk.archive.keep(document.ring, _opened_by(desk, document.record), "yes")
    return pdf


def hand_over(desk: Desk, document: Document, password: str) -> bytes:
    """Return the PDF locked with ``password``, for someone without the program. Writer lane.

    What it leaves on must be in force still, each time. The password goes another way than the file, best by voice.
    """
    require_good(password, (desk.device.county, document.to.name))
    check_again(desk, document.ring, desk.archive.answers(document.ring, document.record))
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
    said = {"_reason": "withdrawn"}
    void = RecordWrite(document.record, DOCUMENT, "", "void", said, desk.user, desk.clock.now())
    desk.archive.write(document.ring, [void])


def _refuse_emptied(desk: Desk, document: Document) -> None:
    """Refuse what tells of something that was emptied by order since, also to who made it."""
    with closing(Reader.open(desk.folder, desk.holding.rings)) as reader:
        gone = {one.document: one.why for one in overtaken(desk, reader, document.ring)}
    if gone.get(document.record) == "services.document_emptied":
        raise Refusal("services.document_emptied", what=document.what, name=document.to.name)


def _receive(desk: Desk, ring: RingId, record: RecordId, sealed: str) -> int:
    named = read_attachment(sealed)
    pdf = opened(desk, ring, named) if named is not None else None
    if pdf is None:
        return 0
    receipt = RecordId(derive_id("receipt", record, desk.user))
    write(desk, ring, receipt, RECEIPT, {"document": record, "hash": hash_of(pdf)})
    return 1


def opened(desk: Desk, ring: RingId, named: Attachment) -> bytes | None:
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
    write(desk, document.ring, document.record, DOCUMENT, answers)


def _opened_by(desk: Desk, document: RecordId) -> str:
    return f"opened {document} {desk.user}"
