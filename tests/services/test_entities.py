"""Lists that grow from finished forms: made, changed, corrected, withdrawn, in their ring only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.seams import ListRow
from leadapp.journal.entry import Entry
from leadapp.services import browsing, filling
from leadapp.services.desk import Desk
from leadapp.services.filling import Saved
from tests.services.made_county import CARE, new_desk
from tests.services.test_exporting import use

SETTINGS = """
## settings

| form_title | form_id | version | attribute::leadapp:ring |
| --- | --- | --- | --- |
| {title} | {form} | 1 | {ring} |
"""
REGISTER = """\
## survey

| type | name | label | save_to |
| --- | --- | --- | --- |
| text | full_name | Name | full_name |
| text | town | Town | town |

## entities

| list_name | label |
| --- | --- |
| dogs | ${full_name} |
""" + SETTINGS.format(title="Register a dog", form="dog_in", ring="care")
FOLLOW_UP = """\
## survey

| type | name | label | save_to | calculation |
| --- | --- | --- | --- | --- |
| select_one_from_file dogs.csv | dog | Dog | | |
| calculate | before | | | instance('dogs')/root/item[name=${dog}]/town |
| text | town | Town now | town | |

## entities

| list_name | label | entity_id |
| --- | --- | --- |
| dogs | | ${dog} |
""" + SETTINGS.format(title="Follow up a dog", form="dog_again", ring="care")

UPSERT = """\
## survey

| type | name | label | save_to |
| --- | --- | --- | --- |
| text | tag | Tag number | |
| text | full_name | Name | full_name |
| text | town | Town | town |

## entities

| list_name | label | entity_id | create_if | update_if |
| --- | --- | --- | --- | --- |
| dogs | ${full_name} | ${tag} | true() | true() |
""" + SETTINGS.format(title="Tag a dog", form="dog_tag", ring="care")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    use(desk, tmp_path, REGISTER)
    yield desk
    desk.close()


def dogs(desk: Desk) -> list[ListRow]:
    return list(desk.lookup("care").search("dogs", ""))


def submit(desk: Desk, form: str, answers: dict[str, str]) -> Saved:
    """Finish a form a moment after the one before."""
    assert isinstance(desk.clock, SteppingClock)
    desk.clock.step(timedelta(seconds=1))
    return filling.submit(desk, form, answers)


def register(desk: Desk, name: str = "Rex", town: str = "Alder") -> Saved:
    return submit(desk, "dog_in", {"full_name": name, "town": town})


def correct(desk: Desk, saved: Saved, **answers: str) -> None:
    stored = browsing.record(desk, saved.record, saved.ring)
    change = filling.correct(desk, stored, lookup=desk.lookup("care"))
    for name, text in answers.items():
        change.session.set_answer(name, text)
    outcome = filling.ready(desk, change)
    assert not isinstance(outcome, list)
    filling.save(desk, change, outcome, filling.gather(desk, change, outcome))


def void(desk: Desk, saved: Saved) -> None:
    stored = browsing.record(desk, saved.record, saved.ring)
    filling.void(desk, stored, filling.undone_by_void(desk, stored), reason="Twice")


def test_a_finished_form_makes_an_entry_that_other_forms_offer(office: Desk) -> None:
    register(office)
    (rex,) = dogs(office)
    assert (rex.label, rex.properties["town"], rex.properties["__version"]) == ("Rex", "Alder", "1")
    assert office.lookup("care").has("dogs")
    assert "dogs" in office.lookup("care").grown()


def test_a_follow_up_reads_the_entry_and_changes_it(office: Desk, tmp_path: Path) -> None:
    register(office)
    use(office, tmp_path, FOLLOW_UP)
    (rex,) = dogs(office)
    saved = submit(office, "dog_again", {"dog": rex.name, "town": "Birch"})
    stored = browsing.record(office, saved.record, saved.ring)
    assert {**stored.answers, **stored.calculated}["before"] == "Alder"
    (now,) = dogs(office)
    assert (now.name, now.label) == (rex.name, "Rex")
    assert (now.properties["town"], now.properties["__version"]) == ("Birch", "2")
    void(office, saved)
    assert dogs(office)[0].properties["town"] == "Alder"


def test_an_upsert_makes_the_entry_or_changes_it(office: Desk, tmp_path: Path) -> None:
    use(office, tmp_path, UPSERT)
    first = {"tag": "T1", "full_name": "Rex", "town": "Alder"}
    submit(office, "dog_tag", first)
    again = submit(office, "dog_tag", {**first, "full_name": "Rex II", "town": "Birch"})
    (rex,) = dogs(office)
    assert (rex.name, rex.label, rex.properties["__version"]) == ("T1", "Rex II", "2")
    void(office, again)
    assert dogs(office)[0].label == "Rex"


def test_a_correction_changes_the_entry_and_a_void_record_withdraws_it(office: Desk) -> None:
    saved = register(office)
    correct(office, saved, full_name="Rexa", town="")
    (rexa,) = dogs(office)
    assert rexa.label == "Rexa"
    assert "town" not in rexa.properties
    void(office, saved)
    assert dogs(office) == []
    assert not office.lookup("care").has("dogs")


def test_a_change_of_an_entry_nobody_made_here_waits_for_its_making(
    office: Desk, tmp_path: Path
) -> None:
    """Two laptops: the follow-up arrives first, the registration later."""
    use(office, tmp_path, FOLLOW_UP)
    there = new_desk(tmp_path / "there")
    try:
        use(there, tmp_path, REGISTER)
        use(there, tmp_path, FOLLOW_UP)
        saved = register(there)
        (rex,) = dogs(there)
        later = submit(there, "dog_again", {"dog": rex.name, "town": "Birch"})
        made, changed = (entries_of(there, one) for one in (saved, later))
    finally:
        there.close()
    office.archive.take(CARE, changed)
    assert dogs(office) == []
    office.archive.take(CARE, made)
    (here,) = dogs(office)
    assert (here.label, here.properties["town"]) == ("Rex", "Birch")


def entries_of(desk: Desk, saved: Saved) -> list[Entry]:
    log = desk.archive.own_log(CARE)
    return [one for one in desk.reader.entries(CARE, log) if one.record == saved.record]


def test_search_finds_by_label_and_property_and_matching_by_property(office: Desk) -> None:
    for name, town in (("Rex", "Alder"), ("Bella", "Birch"), ("Max", "Alder")):
        register(office, name, town)
    lookup = office.lookup("care")
    assert [row.label for row in lookup.search("dogs", "bel")] == ["Bella"]
    assert [row.label for row in lookup.search("dogs", "alder")] == ["Max", "Rex"]
    assert [row.label for row in lookup.matching("dogs", "town", "Birch")] == ["Bella"]
    assert lookup.matching("dogs", 'town"; --', "Birch") == []


def test_another_ring_is_not_offered_the_list(office: Desk) -> None:
    register(office)
    assert not office.lookup("refer").has("dogs")
    assert list(office.lookup("refer").search("dogs", "")) == []


def test_a_rebuilt_file_has_the_same_list(office: Desk) -> None:
    register(office)
    void(office, register(office, "Gone"))
    before = dogs(office)
    office.archive.rebuild(CARE)
    assert dogs(office) == before
