"""Files, signatures and paper numbers on a real desk: draft, record, paper, table, redaction."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.attachments import read_attachment, signed_on_paper
from leadapp.core.errors import Refusal
from leadapp.papers.reading import text_of_pages
from leadapp.services import browsing, exporting, filling, printing
from leadapp.services.desk import Desk
from leadapp.services.filling import Filling, Saved
from leadapp.store.queries import StoredRecord
from tests.papers.looking import pictures_in
from tests.services.made_county import CARE, new_desk
from tests.services.test_exporting import use

PLEDGE = """\
## survey

| type | name | label | appearance |
| --- | --- | --- | --- |
| text | town | Town | |
| image | sign | Signature | signature |
| file | letter | Letter | |

## settings

| form_title | form_id | version | attribute::leadapp:ring |
| --- | --- | --- | --- |
| Pledge | pledge | 1 | care |
"""
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8"
    "cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    use(desk, tmp_path, PLEDGE)
    yield desk
    desk.close()


def begun(desk: Desk) -> Filling:
    form = filling.begin(desk, "pledge", lookup=desk.lookup("care"))
    form.session.set_answer("town", "Alder")
    return form


def attach(desk: Desk, form: Filling, key: str, file: str, data: bytes = DOT) -> str:
    form.session.set_answer(key, filling.attach(desk, form, data, "image/png", file).text)
    return form.session.value(key)


def finish(desk: Desk, form: Filling) -> StoredRecord:
    outcome = filling.ready(desk, form)
    assert not isinstance(outcome, list)
    saved: Saved = filling.save(desk, form, outcome, filling.gather(desk, form, outcome))
    desk.drafts.finish(form.draft)
    return browsing.record(desk, saved.record, saved.ring)


def test_a_signature_survives_a_kill_and_is_stored_with_its_record(office: Desk) -> None:
    form = begun(office)
    attach(office, form, "sign", "signature.png")
    filling.keep(office, filling.as_draft(office, form))
    draft = office.drafts.load(form.draft)
    assert draft is not None
    again = filling.resume(office, draft, lookup=office.lookup("care"), stored=None)
    stored = finish(office, again)
    named = read_attachment(stored.answers["sign"])
    assert named is not None
    assert filling.stored(office, CARE, named) == DOT


def test_what_was_taken_out_again_is_not_stored(office: Desk) -> None:
    form = begun(office)
    first = read_attachment(attach(office, form, "letter", "one.png"))
    attach(office, form, "letter", "two.png")
    finish(office, form)
    assert first is not None
    assert filling.stored(office, CARE, first) is None


def test_a_correction_keeps_the_file_and_a_void_record_still_shows_it(office: Desk) -> None:
    form = begun(office)
    attach(office, form, "letter", "scan.png")
    stored = finish(office, form)
    change = filling.correct(office, stored, lookup=office.lookup("care"))
    change.session.set_answer("town", "Birch")
    changed = finish(office, change)
    assert changed.answers["letter"] == stored.answers["letter"]
    filling.void(office, changed, filling.undone_by_void(office, changed), reason="Twice")
    named = read_attachment(changed.answers["letter"])
    assert named is not None
    assert filling.stored(office, CARE, named) == DOT


def test_a_redacted_record_takes_its_file_with_it_and_leaves_those_of_others(
    office: Desk,
) -> None:
    kept, gone = begun(office), begun(office)
    names = [attach(office, form, "letter", "scan.png") for form in (kept, gone)]
    finish(office, kept)
    stored = finish(office, gone)
    hashes = [one.entry for one in office.reader.history(CARE, stored.record)]
    office.archive.redact(CARE, hashes, author=office.user, reason="Order of the court")
    left = [read_attachment(name) for name in names]
    assert [one is not None and filling.stored(office, CARE, one) for one in left] == [DOT, None]


def test_files_too_large_together_are_refused(office: Desk, monkeypatch) -> None:
    monkeypatch.setattr("leadapp.services.filling.attaching.MOST_MEGABYTES", 1)
    form = begun(office)
    attach(office, form, "letter", "one.png", bytes(700_000))
    with pytest.raises(Refusal) as caught:
        attach(office, form, "letter", "two.png", bytes(700_000))
    assert caught.value.code == "services.files_too_large"


def test_the_paper_shows_the_signature_and_names_the_file(office: Desk) -> None:
    form = begun(office)
    attach(office, form, "sign", "signature.png")
    attach(office, form, "letter", "scan.png")
    pdf = printing.filled(office, finish(office, form)).pdf
    assert pictures_in(pdf) == 1  # the same dot twice is drawn from one picture
    assert "scan.png" in " ".join(text_of_pages(pdf))


def test_blank_paper_has_a_signature_block_and_room_for_the_day(office: Desk) -> None:
    text = " ".join(text_of_pages(printing.blank(office, office.shelf.source("pledge")).pdf))
    assert "Signature" in text
    assert "Date" in text
    assert "Attach it to this sheet." in text


def test_signed_on_paper_and_files_leave_in_words(office: Desk) -> None:
    form = begun(office)
    form.session.set_answer("sign", signed_on_paper("2026-11-03"))
    named = read_attachment(attach(office, form, "letter", "scan.png"))
    stored = finish(office, form)
    row = exported(office)
    assert named is not None
    assert row["sign"] == "signed on paper 2026-11-03"
    assert row["letter"] == f"scan.png ({named.name})"
    assert "Signed on paper, Nov 3, 2026" in " ".join(
        text_of_pages(printing.filled(office, stored).pdf)
    )


def test_a_record_typed_from_paper_says_so_everywhere(office: Desk) -> None:
    form = begun(office)
    form.paper = "A-17"
    filling.keep(office, filling.as_draft(office, form))
    draft = office.drafts.load(form.draft)
    assert draft is not None
    again = filling.resume(office, draft, lookup=office.lookup("care"), stored=None)
    stored = finish(office, again)
    assert (stored.about["_late"], stored.about["_paper"]) == ("1", "A-17")
    assert (exported(office)["_late"], exported(office)["_paper"]) == ("1", "A-17")
    assert "Typed from paper A-17" in " ".join(text_of_pages(printing.filled(office, stored).pdf))
    change = filling.correct(office, stored, lookup=office.lookup("care"))
    change.session.set_answer("town", "Birch")
    assert finish(office, change).about["_late"] == "1"


def exported(desk: Desk) -> dict[str, str]:
    data = exporting.files(exporting.gather(desk, "pledge"), ".csv")[""]
    return next(iter(csv.DictReader(io.StringIO(data.decode("utf-8-sig")))))
