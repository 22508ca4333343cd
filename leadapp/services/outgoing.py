"""Which documents of the outbox were overtaken and must not leave as they are, and why.

The order to empty what a document was printed from, or the end of its receiver's computers,
may reach this computer after the document was made and before it was sent. It stays then:
whoever made it takes it out and, where it is still wanted, makes it anew. Here this is only
found out; ``outbox`` says it and an exchange keeps the file back. With a reader of one's own
lane, any lane.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from leadapp.core.attachments import read_attachment
from leadapp.core.ids import RecordId, RingId, UserId
from leadapp.kinds.cells import whole
from leadapp.services.desk import Desk
from leadapp.store.queries import RecordQuery
from leadapp.store.reader import Reader

Why = Literal["services.document_emptied", "services.document_receiver_left"]
_DOCUMENTS = """
SELECT record_id, author, to_user, sealed, record, person, emptied, keys,
       coalesce(confirmed, '') <> '' OR EXISTS (
           SELECT 1 FROM receipt
           WHERE receipt.document = document.record_id AND receipt.author = document.to_user)
FROM document WHERE ring = :ring
"""
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A document that must not leave as it is, and the name of its file."""

    document: RecordId
    maker: UserId
    file: str
    why: Why


def overtaken(desk: Desk, reader: Reader, ring: RingId) -> list[Overtaken]:
    """Return the documents of a ring that must not leave as they are."""
    rows = reader.rows(_DOCUMENTS, {"ring": ring})
    orders = _orders(desk, reader) if rows else Counter[RecordId]()
    found = []
    for *cells, arrived in rows:
        document, maker, user, sealed, record, person, then, keys = map(_text, cells)
        why: Why | None = None
        if _emptied(orders, (record, person)) > (whole(then) or 0):
            why = "services.document_emptied"
        elif user and not arrived and not set(keys.split()) & set(keys_of(desk, user, ring)):
            why = "services.document_receiver_left"
        if why is not None and (named := read_attachment(sealed)) is not None:
            found.append(Overtaken(RecordId(document), UserId(maker), named.name, why))
    return found


def withdrawn(reader: Reader, ring: RingId) -> Iterator[str]:
    """Yield the names of the files whose document was taken out of the outbox."""
    query = RecordQuery(rings=(ring,), kinds=("document",), voided=True, limit=_MOST)
    for line in reader.records(query):
        stored = reader.record(ring, line.record)
        named = read_attachment(stored.answers.get("sealed", "")) if stored is not None else None
        if named is not None:
            yield named.name


def emptied(desk: Desk, reader: Reader, *records: str) -> int:
    """Return how many entries of ``records`` were emptied by order, in the rings open here."""
    return _emptied(_orders(desk, reader), records)


def keys_of(desk: Desk, user: str, ring: RingId) -> list[str]:
    """Return the keys of the computers where ``user`` works and may have ``ring``."""
    roster = desk.holding.roster
    known = roster.users.get(UserId(user))
    if known is None or known.revoked:
        return []
    part2 = roster.is_part2(ring)
    return [
        key
        for device in roster.members(ring)
        if device.id in known.devices and not (part2 and device.device_class == "law")
        for key in device.recipients.get(ring, ())
    ]


def _orders(desk: Desk, reader: Reader) -> Counter[RecordId]:
    orders: Counter[RecordId] = Counter()
    for ring in desk.rings:
        orders.update(reader.emptied(ring))
    return orders


def _emptied(orders: Mapping[RecordId, int], records: Iterable[str]) -> int:
    return sum(orders.get(RecordId(one), 0) for one in {*records} - {""})


def _text(cell: object) -> str:
    return str(cell) if cell else ""
