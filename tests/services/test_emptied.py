"""A record emptied by order, in everything that prints, lists and writes out records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.services import browsing, exporting, printing, today
from leadapp.services.desk import Desk
from leadapp.services.reread import finished, is_emptied
from leadapp.services.syncing import redacting
from leadapp.store.queries import StoredRecord
from tests.services import made_county as county
from tests.services.made_county import CARE, LAW, NOW


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


def emptied(desk: Desk, ring: RingId, record: RecordId) -> StoredRecord:
    """Empty a record; return what is left of it."""
    redacting.redact(desk, ring, record, "order of May 4")
    stored = desk.reader.record(ring, record)
    assert stored is not None
    assert is_emptied(stored)
    return stored


def test_there_is_no_paper_of_it_and_a_sentence_says_why(office: Desk) -> None:
    record = county.referral(office, "Hollis", "Wren", 5)
    ring = next(ring for ring in office.rings if office.reader.record(ring, record))
    whole = browsing.record(office, record, ring)
    assert not is_emptied(whole)
    assert printing.filled(office, whole).pdf
    left = emptied(office, ring, record)
    with pytest.raises(Refusal, match=r"services\.record_emptied"):
        printing.filled(office, left)
    assert browsing.as_data(left)["emptied"] is True
    assert "Hollis" not in browsing.as_text(left)


def test_its_moment_is_the_one_its_entry_was_written(office: Desk) -> None:
    record = county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14")
    before = finished(office, browsing.record(office, record))
    assert before == NOW - timedelta(days=60)
    assert finished(office, emptied(office, CARE, record)) == before


def test_an_officers_contacts_are_shown_beside_an_emptied_one(tmp_path: Path) -> None:
    desk = county.new_desk(tmp_path, law=True)
    gone, whole = county.cit_contact(desk, 2), county.cit_contact(desk, 1)
    (entry,) = desk.reader.history(LAW, gone)
    waits = {one.line.record: one.waiting for one in today.my_contacts(desk)}
    assert waits[whole] > 0
    desk.archive.redact(LAW, [entry.entry], author=desk.user, reason="order of May 4")
    again = {one.line.record: one.waiting for one in today.my_contacts(desk)}
    assert again[whole] == waits[whole]
    assert again.get(gone, 0) == 0
    desk.close()


def test_a_forms_tables_are_written_with_an_emptied_record_among_them(office: Desk) -> None:
    gone = county.referral(office, "Hollis", "Wren", 5)
    county.referral(office, "Whitcomb", "June", 3)
    ring = next(ring for ring in office.rings if office.reader.record(ring, gone))
    emptied(office, ring, gone)
    made = exporting.gather(office, "lead_referral")
    text = b"".join(exporting.files(made, ".csv").values()).decode()
    assert "Whitcomb" in text
    assert "Hollis" not in text
