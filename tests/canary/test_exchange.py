"""A thousand care records at the office: nothing of them reaches the law laptop or what it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from leadapp.core.errors import Damage
from leadapp.core.ids import RecordId, new_id
from leadapp.services import outbox, syncing
from leadapp.services.holding import RING_IDENTITY
from leadapp.services.outbox import Receiver
from leadapp.store.writing import RecordWrite
from leadapp.vault.sealing import AgeSealer
from tests.canary import singing
from tests.services.made_county import CARE, NOW, put
from tests.services.test_outbox import a_pdf
from tests.services.two_computers import Computer, settle, settled, sync

RECORDS = 1_000
FORMS = {
    "person_care": ("last_name", "first_name", "nickname"),
    "contact_note": ("brief", "note"),
}


@pytest.fixture(scope="module")
def exchanged(tmp_path_factory) -> tuple[Computer, Computer, Path]:
    """Return the office with its thousand records, the laptop, and the stick of ``care``."""
    place = tmp_path_factory.mktemp("canary")
    office, law = settled(place)
    settle(office, law, rounds=1)
    care = place / "care-stick"
    care.mkdir()
    with office.desk() as desk:
        for form, questions in FORMS.items():
            source = desk.shelf.source(form)
            keys = desk.shelf.keys(source)
            desk.archive.write(
                CARE, [_write(desk, source, keys, questions) for _ in range(RECORDS // 2)]
            )
        put(desk, CARE, "person_care", {"last_name": singing.word(), "first_name": "x"})
        paper = a_pdf(singing.word())
        outbox.put(desk, paper, what="x", copy="internal", ring=CARE, to=Receiver("Court"))
        syncing.add(desk, "care", care, [CARE])
        sync(desk, care, (CARE,))
    settle(office, law, office, law, rounds=2)
    return office, law, care


def _write(desk, source, keys, questions) -> RecordWrite:
    values = {keys[name]: singing.word() for name in questions}
    return RecordWrite(
        RecordId(new_id()), source.form, source.version, "save",
        {**values, "_hash": source.hash}, desk.user, NOW,
    )  # fmt: skip


def test_no_word_of_care_is_on_the_laptop_or_where_it_reads(exchanged) -> None:
    _, law, care = exchanged
    assert singing.find([law.root.parent, law.stick]) == []
    # The stick of care is sealed: nothing of it can be read there either.
    assert any(care.rglob("*.dvb"))
    assert singing.find([care]) == []


def test_the_words_are_there_for_who_may_read_them(exchanged) -> None:
    office, _, _ = exchanged
    with office.desk() as desk:
        assert len(desk.reader.rows("SELECT record_id FROM person", {})) > RECORDS // 2
        answers = desk.reader.record(
            CARE, desk.reader.rows("SELECT record_id FROM contact_note", {})[0][0]
        )
        assert singing.STEM in "".join(answers.answers.values())


def test_no_file_of_care_opens_with_a_key_the_laptop_holds(exchanged) -> None:
    _, law, care = exchanged
    with law.desk() as desk:
        assert CARE not in desk.rings
        keys = [desk.archive.kept(ring, RING_IDENTITY) for ring in desk.rings]
    files = list(care.rglob("*.dvb"))
    assert keys
    for file in files:
        for key in keys:
            with pytest.raises(Damage):
                AgeSealer().open(file.read_bytes(), key)


def test_the_laptops_keys_do_open_what_is_for_it(exchanged) -> None:
    _, law, _ = exchanged
    with law.desk() as desk:
        keys = [desk.archive.kept(ring, RING_IDENTITY) for ring in desk.rings]
    assert any(_opens(file, key) for file in law.stick.rglob("*.dvb") for key in keys)


def _opens(file: Path, key: str) -> bool:
    try:
        AgeSealer().open(file.read_bytes(), key)
    except Damage:
        return False
    return True
