"""What was emptied by order is reviewed as anything else: nothing it said is shown, nothing fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.ids import FormId, RecordId
from leadapp.core.words import Words
from leadapp.services import browsing, persons, same_people
from leadapp.services.desk import Desk
from leadapp.services.kept import StoredRecord
from leadapp.services.reread import is_emptied
from leadapp.services.syncing import redacting
from leadapp.store.writing import RecordWrite
from leadapp.ui.review import pairs
from leadapp.ui.review.said import answers_in_words, opened, waiting
from tests.services import made_county as county
from tests.services.made_county import CARE, NOW


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


def redacted(desk: Desk, record: RecordId) -> StoredRecord:
    redacting.redact(desk, CARE, record, "order of May 4")
    return browsing.record(desk, record, CARE)


def test_a_conflict_over_an_emptied_first_entry_can_be_reviewed(office: Desk) -> None:
    person = county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14")
    (first,) = office.reader.history(CARE, person)
    stored = browsing.record(office, person)
    source = office.shelf.source("person_care")
    name = office.shelf.keys(source)["first_name"]
    for text in ("Terry", "Terri"):
        values = {name: text, "_hash": source.hash}
        write = RecordWrite(
            person, FormId("person_care"), source.version, "save", values,
            office.user, NOW, stored.heads,
        )  # fmt: skip
        office.archive.write(CARE, [write])
    assert [one.record for one in waiting(office)] == [person]
    redacting.redact(office, CARE, person, "order of May 4", [first.entry])
    left = browsing.record(office, person)
    assert is_emptied(left)
    (differing,) = opened(office, left).differing
    assert (differing.key, differing.before) == (name, "")


@pytest.mark.parametrize("emptied", ["the first", "the second"])
def test_two_records_of_one_person_are_compared_when_one_was_emptied(
    office: Desk, words: Words, emptied: str
) -> None:
    one = county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14")
    other = county.person(office, CARE, "Osgood", "Terri Lynn", "1989-03-14")
    gone, stays = sorted((one, other), reverse=emptied == "the second")
    name = persons.names(office, [stays])[stays]
    (pair,) = same_people.suggestions(office).pairs
    (twins,), _ = pairs.waiting(office, words)
    same_people.say(office, one, other, "same")
    left = redacted(office, gone)
    assert list(answers_in_words(office, left)) == []
    shown = pairs.opened(office, twins, pairs.both(office, pair))
    assert any("Osgood" in text for text, _ in shown.heads)
    page = persons.page(office, gone)
    assert page is not None
    assert (page.facts.name, page.facts.also) == (name, ())
