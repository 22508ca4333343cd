"""Reading a bundle as a stranger's file: limits first, then form, chain and seal.

What passes is genuine: written by who holds the log's key, unchanged, of this ring.
Whether it counts is asked later (``journal.accept``). Everything else is a Damage, or a
Refusal where a newer program may read it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any  # JSON values are of any type by nature

from leadapp.core.encoding import from_base64url, read_json
from leadapp.core.errors import Damage, LeadappError, Refusal
from leadapp.core.ids import DeviceId, EntryHash, LogId, RingId
from leadapp.core.seams import Sealer, Verifier
from leadapp.exchange.bundle import FORMAT, Batch, Blob, Bundle
from leadapp.journal.attached import MOST_FILE_BYTES as MOST_BLOB_BYTES
from leadapp.journal.attached import Attached, is_named
from leadapp.journal.entry import Entry, is_newer, read_entry
from leadapp.journal.seal import Seal, verify_seal

MOST_FILE_BYTES = 16 << 20
MOST_TEXT_BYTES = 64 << 20
MOST_ENTRIES = 50_000
"""Entries a batch."""
MOST_BATCHES = 10_000
"""Batches a bundle: each costs a signature to check."""
MOST_BLOBS = 500
"""Attached files a bundle."""
_MOST_LINE = 1 << 20
_MOST_DEPTH = 8
_MOST_NAMES = 4096
_AGE = b"age-encryption.org/v1\n"
_MOST_AGE_HEADER = 64 << 10
_MOST_STANZAS = 400
_BATCH_KEYS = frozenset({"log", "first", "last", "prev", "dev", "nonce", "seen", "roster", "sig"})
_KEY_BYTES, _NONCE_BYTES, _SIGNATURE_BYTES = 32, 64, 64
_EARLIEST_MS, _LATEST_MS = -62_000_000_000_000, 253_000_000_000_000
"""Years 6 to 9987: what every part of the program can put into words."""


class NotForMe(LeadappError):
    """The file does not open with this device's key: others may still read it."""


def open_bundle(
    data: bytes, *, ring: RingId, identity: str, sealer: Sealer, verifier: Verifier
) -> Bundle:
    """Return what a file carries, all of it checked.

    Raises NotForMe, Damage for what is not as this program writes it, Refusal for what a
    newer one wrote.
    """
    bundle = read_text(inflate(unseal(data, identity=identity, sealer=sealer)), ring)
    for batch in bundle.batches:
        check_batch(batch, verifier)
    return bundle


def unseal(data: bytes, *, identity: str, sealer: Sealer) -> bytes:
    """Return what was sealed; the age header is bounded before any key is tried."""
    if len(data) > MOST_FILE_BYTES:
        raise Damage("exchange.too_large")
    if not data.startswith(_AGE):
        raise Damage("exchange.not_a_bundle")
    end = data.find(b"\n---", 0, _MOST_AGE_HEADER)
    if end < 0 or data.count(b"\n-> ", 0, end) > _MOST_STANZAS:
        raise Damage("exchange.not_a_bundle")
    try:
        return sealer.open(data, identity)
    except Damage as cause:
        if cause.code == "vault.cut_or_changed":
            raise Damage("exchange.cut_or_changed") from cause
        raise NotForMe("exchange.not_for_this_device") from cause


def inflate(packed: bytes) -> bytes:
    """Return the text of a packed bundle; a bomb is stopped at the limit."""
    stream = zlib.decompressobj(wbits=31)
    try:
        text = stream.decompress(packed, MOST_TEXT_BYTES + 1)
    except zlib.error as cause:
        raise Damage("exchange.not_a_bundle") from cause
    if len(text) > MOST_TEXT_BYTES:
        raise Damage("exchange.too_large")
    if not stream.eof or stream.unused_data.strip(b"\0"):
        raise Damage("exchange.not_a_bundle")
    return text


def read_text(text: bytes, ring: RingId) -> Bundle:
    """Take a bundle's lines apart; nothing says yet that its seals are good."""
    end = text.find(b"\n")
    head = _object(text[:end] if end >= 0 else text[: _MOST_LINE + 1])
    version = head.get("dv")
    if type(version) is int and version > FORMAT:
        raise Refusal("exchange.too_new")
    if version != FORMAT or head.get("ring") != ring:
        raise Damage("exchange.other_ring" if version == FORMAT else "exchange.not_a_bundle")
    to = head.get("to")
    if not isinstance(to, list) or len(to) > _MOST_NAMES or not all(_is_name(one) for one in to):
        raise Damage("exchange.not_a_bundle")
    devices, pack = tuple(DeviceId(one) for one in to), _count(head.get("pack", 0))
    if "blobs" in head:
        blobs = tuple(_blobs(head["blobs"], text, end + 1))
        return Bundle(ring, devices, (), blobs, pack)
    lines = _lines(text, end + 1) if end >= 0 else iter(())
    return Bundle(ring, devices, tuple(_batches(lines, ring)), (), pack)


def _lines(text: bytes, at: int) -> Iterator[bytes]:
    """Yield the lines from ``at`` on, one at a time: of nothing but line ends there are millions."""
    while (end := text.find(b"\n", at)) >= 0:
        yield text[at:end]
        at = end + 1
    yield text[at:]


def _blobs(said: object, text: bytes, at: int) -> Iterator[Blob]:
    """Yield the attached files behind the first line, each one that its name is of."""
    if not isinstance(said, list) or not 1 <= len(said) <= MOST_BLOBS:
        raise Damage("exchange.not_a_bundle")
    for one in said:
        if not isinstance(one, list) or len(one) != 3:
            raise Damage("exchange.not_a_bundle")
        file = Attached(_text(one[0]), _text(one[1]), _count(one[2]))
        data = text[at : at + file.size]
        if file.size > MOST_BLOB_BYTES or not is_named(file, data):
            raise Damage("exchange.blob_changed")
        at += file.size
        yield Blob(file, data)
    if at != len(text):
        raise Damage("exchange.not_a_bundle")


def _batches(lines: Iterator[bytes], ring: RingId) -> Iterator[Batch]:
    for number, line in enumerate(lines):
        if not line:
            if next(lines, None) is not None:
                raise Damage("exchange.not_a_bundle")
            return
        if number >= MOST_BATCHES:
            raise Damage("exchange.too_many")
        yield _batch(_object(line), lines, ring)
    raise Damage("exchange.not_a_bundle")  # the text ends with a line end


def _batch(said: dict[str, Any], lines: Iterator[bytes], ring: RingId) -> Batch:
    if not said.keys() >= _BATCH_KEYS:
        raise Damage("exchange.not_a_bundle")
    first, last = _count(said["first"]), _count(said["last"])
    if not 1 <= last - first + 1 <= MOST_ENTRIES:
        raise Damage("exchange.too_many" if last > first else "exchange.not_a_bundle")
    entries = tuple(_entry(next(lines, None), next(lines, None)) for _ in range(first, last + 1))
    seal = Seal(
        ring=ring,
        log=LogId(_text(said["log"])),
        first=first,
        last=last,
        prev=_text(said["prev"]),
        head=EntryHash(entries[-1].hash),
        device=_bytes(said["dev"], _KEY_BYTES),
        nonce=_bytes(said["nonce"], _NONCE_BYTES),
        roster=_text(said["roster"]),
        signature=_bytes(said["sig"], _SIGNATURE_BYTES),
        seen=_seen(said["seen"]),
    )
    return Batch(seal, entries)


def check_batch(batch: Batch, verifier: Verifier) -> None:
    """Damage unless the entries are one unbroken chain of this log under this seal."""
    seal, prev = batch.seal, batch.seal.prev
    for seq, entry in enumerate(batch.entries, start=seal.first):
        if (entry.ring, entry.log, entry.seq, entry.prev) != (seal.ring, seal.log, seq, prev):
            raise Damage("exchange.chain_broken")
        if (entry.seq == 1) == bool(entry.prev):
            raise Damage("exchange.chain_broken")
        if not _EARLIEST_MS <= entry.t_ms <= _LATEST_MS:
            raise Damage("exchange.not_a_bundle")
        prev = entry.hash
    if not verify_seal(seal, verifier):
        raise Damage("exchange.bad_seal")


def _entry(header: bytes | None, payload: bytes | None) -> Entry:
    if header is None or payload is None or len(header) + len(payload) > _MOST_LINE:
        raise Damage("exchange.not_a_bundle")
    try:
        entry = read_entry(header, payload)
    except Damage as cause:
        if _of_a_newer_program(header):
            raise Refusal("exchange.too_new") from cause
        raise Damage("exchange.not_a_bundle") from cause
    if b"\\u" in header or b"\\u" in payload:
        _check_letters(header, payload)
    return entry


def _of_a_newer_program(header: bytes) -> bool:
    try:
        return is_newer(header)
    except Damage:
        return False


def _check_letters(*lines: bytes) -> None:
    """Damage for half letters, which JSON can spell and no file can hold."""
    for line in lines:
        if not line:
            continue
        try:
            json.dumps(read_json(line), ensure_ascii=False).encode()
        except UnicodeEncodeError as cause:
            raise Damage("exchange.not_a_bundle") from cause


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > _MOST_LINE:
        raise Damage("exchange.not_a_bundle")
    found = read_json(line)
    if not isinstance(found, dict) or _is_deep(found, _MOST_DEPTH):
        raise Damage("exchange.not_a_bundle")
    if b"\\u" in line:
        _check_letters(line)
    return found


def _is_deep(value: object, most: int) -> bool:
    """Return whether lists and objects lie in each other more than ``most`` deep."""
    if not isinstance(value, dict | list):
        return False
    inside = value.values() if isinstance(value, dict) else value
    return most == 0 or any(_is_deep(one, most - 1) for one in inside)


def _seen(value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        raise Damage("exchange.not_a_bundle")
    return {_text(log): _count(last) for log, last in value.items()}


def _text(value: object) -> str:
    if not _is_name(value):
        raise Damage("exchange.not_a_bundle")
    return str(value)


def _is_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 100


def _count(value: object) -> int:
    if type(value) is not int or not 0 <= value <= 1 << 53:
        raise Damage("exchange.not_a_bundle")
    return value


def _bytes(value: object, most: int) -> bytes:
    found = from_base64url(_text(value))
    if len(found) > most:
        raise Damage("exchange.not_a_bundle")
    return found
