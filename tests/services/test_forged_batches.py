"""What a member with a good key can craft: nothing of it changes what others see."""

from __future__ import annotations

import os

from leadapp.core.ids import EntryHash, FormId, LogId, RecordId, RingId, UserId
from leadapp.exchange.bundle import Batch, Bundle, write_bundle
from leadapp.exchange.naming import bundle_name, ring_folder
from leadapp.journal.entry import write_entry
from leadapp.journal.log import log_id
from leadapp.journal.rings import SHARED
from leadapp.journal.seal import Seal, sign_seal
from leadapp.services.syncing.membership import audience
from leadapp.vault.sealing import AgeSealer
from leadapp.vault.signing import Ed25519Signer, new_seed
from tests.services.made_county import CARE, REFER, put
from tests.services.two_computers import settled, sync


def crafted(desk, ring: RingId, record: str, signer, *, author: str, form: str) -> bytes:
    """Return the file of one entry, sealed and signed as a computer with ``signer`` would."""
    nonce = os.urandom(16)
    log = LogId(log_id(signer.public_key, nonce))
    entry = write_entry(
        ring=ring, log=log, seq=1, prev="", t_ms=4_000_000_000_000, author=UserId(author),
        record=RecordId(record), form=FormId(form), form_version="1", parents=(), op="save",
        values={"identity/last_name": "Forged", "offer_made/urgency": "today"}, salt=bytes(16),
    )  # fmt: skip
    bare = Seal(ring, log, 1, 1, "", EntryHash(entry.hash), signer.public_key, nonce)
    batch = Batch(sign_seal(bare, signer), (entry,))
    to = audience(desk, ring, carries=False)
    bundle = Bundle(ring, tuple(sorted(to.members)), (batch,))
    return write_bundle(bundle, AgeSealer(), to.recipients)


def drop(desk, stick, ring: RingId, data: bytes) -> None:
    place = stick / ring_folder(desk.device.program_id, ring)
    place.mkdir(exist_ok=True)
    (place / bundle_name(data)).write_bytes(data)


def test_a_computer_nobody_let_in_writes_nothing_that_counts(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        stranger = Ed25519Signer(new_seed())
        data = crafted(desk, REFER, "x" * 22, stranger, author=desk.user, form="lead_referral")
        drop(desk, law.stick, REFER, data)
    with office.desk() as desk:
        report = sync(desk, office.stick)
        assert desk.reader.record(REFER, RecordId("x" * 22)) is None
    assert {one.ring: one.held for one in report.rings}[REFER] == 1


def test_a_guessed_care_record_in_another_ring_does_not_touch_care(tmp_path):
    office, law = settled(tmp_path)
    with office.desk() as desk:
        record = put(desk, CARE, "person_care", {"last_name": "Osgood", "first_name": "Ada"})
    with law.desk() as desk:
        data = crafted(
            desk, SHARED, record, desk.holding.signer, author=desk.user, form="person_care"
        )
        drop(desk, law.stick, SHARED, data)
    with office.desk() as desk:
        before = desk.reader.record(CARE, record)
        sync(desk, office.stick)
        assert desk.reader.record(CARE, record) == before
        assert desk.reader.record(SHARED, record) is None


def test_an_entry_of_care_in_another_rings_file_is_refused(tmp_path):
    office, law = settled(tmp_path)
    with law.desk() as desk:
        signer = desk.holding.signer
        nonce = os.urandom(16)
        log = LogId(log_id(signer.public_key, nonce))
        entry = write_entry(
            ring=CARE, log=log, seq=1, prev="", t_ms=1, author=desk.user,
            record=RecordId("x" * 22), form=FormId("person_care"), form_version="1", parents=(),
            op="save", values={}, salt=bytes(16),
        )  # fmt: skip
        bare = Seal(REFER, log, 1, 1, "", EntryHash(entry.hash), signer.public_key, nonce)
        to = audience(desk, REFER, carries=False)
        batch = Batch(sign_seal(bare, signer), (entry,))
        bundle = Bundle(REFER, tuple(sorted(to.members)), (batch,))
        drop(desk, law.stick, REFER, write_bundle(bundle, AgeSealer(), to.recipients))
    with office.desk() as desk:
        report = sync(desk, office.stick)
    assert [problem.code for problem in report.everything] == ["exchange.chain_broken"]
    assert {one.ring: one.entries_in for one in report.rings}[REFER] == 0
