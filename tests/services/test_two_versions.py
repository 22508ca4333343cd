"""Two computers on two versions of one form at once: answers meet under their keys."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.services import browsing, comparing, filling, forms_in_use
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite
from leadapp.ui.record.reading import read_record
from leadapp.ui.review import said
from tests.services.made_county import CARE
from tests.services.two_computers import Computer, joined, settle, settled, sync

FIRST = """\
## survey

| type | name | label |
| --- | --- | --- |
| text | town | Town |
| text | people | How many people |
| select_one sky | sky | Sky |

## choices

| list_name | name | label |
| --- | --- | --- |
| sky | sun | Sun |
| sky | rain | Rain |

## settings

| form_title | form_id | version |
| --- | --- | --- |
| Visit | visit | 1 |
"""
SECOND = (
    FIRST.replace("| Visit | visit | 1 |", "| Visit | visit | 2 |")
    .replace("| text | people |", "| integer | people |")
    .replace("| select_one sky | sky | Sky |", "| select_one sky | weather | Weather |")
    .replace("| text | town | Town |", "| text | town | Town |\n| text | road | Road |")
)


def use(desk: Desk, folder: Path, text: str, **decided) -> None:
    file = folder / "visit.md"
    file.write_text(text, "utf-8")
    forms_in_use.approve(desk, forms_in_use.add(desk, file), "Asked for", **decided)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, RecordId]:
    """Return a folder with two offices that hold one visit, written on the first version."""
    place = tmp_path_factory.mktemp("offices")
    nora, _law = settled(place)
    care = {Role.COORDINATOR, Role.CASE_MANAGER}
    rosa = joined(place, nora, "office", "Rosa Quill", roles=care, admit={CARE})
    settle(nora, rosa)
    (place / "care-stick").mkdir()
    with nora.desk() as desk:
        use(desk, place, FIRST, rings="care")
        saved = filling.submit(desk, "visit", {"town": "Alder", "people": "3", "sky": "sun"})
    settle(nora, rosa, rounds=1)
    for one in (nora, rosa, nora):
        exchange_care(one)
    return place, saved.record


@pytest.fixture
def offices(tmp_path, made) -> tuple[Computer, Computer, RecordId]:
    """Return copies of both, and the visit."""
    place, record = made
    shutil.copytree(place, tmp_path, dirs_exist_ok=True)
    stick = tmp_path / "stick"
    nora = Computer(tmp_path / "office" / "program", "Nora Ellison", stick)
    return nora, Computer(tmp_path / "rosa" / "program", "Rosa Quill", stick), record


def exchange_care(one: Computer) -> None:
    with one.desk() as desk:
        sync(desk, one.stick.parent / "care-stick", (CARE,))


def correct(desk: Desk, record: RecordId, answers: dict[str, str]) -> None:
    stored = browsing.record(desk, record)
    again = filling.correct(desk, stored, lookup=desk.lookup("care"))
    for key, text in answers.items():
        again.session.set_answer(key, text)
    result = filling.ready(desk, again)
    assert not isinstance(result, list), result
    filling.save(desk, again, result, filling.gather(desk, again, result), reason="Asked again")


def edit_on(desk: Desk, record: RecordId, answers: dict[str, str]) -> None:
    """Write ``answers`` on the version in use, as a program may that brings records up to date."""
    source, stored = desk.shelf.source("visit"), browsing.record(desk, record)
    write = RecordWrite(
        record, FormId("visit"), source.version, "save",
        {**answers, "_hash": source.hash, "_at": desk.clock.now().isoformat()},
        desk.user, desk.clock.now(), parents=stored.heads,
    )  # fmt: skip
    desk.archive.write(CARE, [write])


def changed_on_both(tmp_path, nora: Computer, rosa: Computer, record: RecordId) -> None:
    """Have Rosa correct on the first version, then Nora edit on the second; both exchange."""
    with nora.desk() as desk:
        use(desk, tmp_path, SECOND, was={"weather": "sky"})
    with rosa.desk() as desk:
        correct(desk, record, {"town": "Cedar", "people": "a few", "sky": "rain"})
    nora.clock.step(timedelta(minutes=5))
    with nora.desk() as desk:
        edit_on(desk, record, {"sky": "", "road": "Mill Rd"})
    settle(nora, rosa, rounds=1)
    for one in (rosa, nora, rosa):
        exchange_care(one)


def test_edits_on_both_versions_meet_under_their_keys_and_a_type_that_changed_is_said(
    tmp_path, offices
):
    nora, rosa, record = offices
    changed_on_both(tmp_path, nora, rosa, record)
    for computer in (nora, rosa):
        with computer.desk() as desk:
            stored = browsing.record(desk, record)
            assert stored.form_version == "2"
            assert stored.answers["town"] == "Cedar"
            assert stored.answers["road"] == "Mill Rd"
            assert stored.answers["people"] == "a few"
            assert [(one.code, one.place.path) for one in stored.problems] == [
                ("forms.answer_not_whole", "people")
            ]
            (one,) = comparing.compare(desk, stored).contested
            assert (one.key, one.before, set(one.given.values())) == ("sky", "sun", {"", "rain"})


def test_a_renamed_question_changed_on_both_versions_is_chosen_in_review(tmp_path, offices):
    nora, rosa, record = offices
    changed_on_both(tmp_path, nora, rosa, record)
    with rosa.desk() as desk:
        stored = browsing.record(desk, record)
        (one,) = said.opened(desk, stored).differing
        assert (one.label, one.before) == ("Weather", "Sun")
        assert {option.words for option in one.options} == {"(blank)", "Rain"}
        lookup = desk.lookup("care")
        again, result = filling.settle(desk, stored, {one.key: "rain"}, lookup=lookup)
        filling.save(desk, again, result, filling.gather(desk, again, result), reason="She saw it")
    for computer in (rosa, nora):
        exchange_care(computer)
        with computer.desk() as desk:
            stored = browsing.record(desk, record)
            assert (stored.answers["sky"], stored.conflicts) == ("rain", {})
            assert stored.answers["road"] == "Mill Rd"


def test_what_only_the_other_version_asks_is_kept_said_and_not_emptied_by_a_correction(
    tmp_path, offices
):
    nora, rosa, record = offices
    with nora.desk() as desk:
        use(desk, tmp_path, SECOND, was={"weather": "sky"})
        edit_on(desk, record, {"road": "Mill Rd"})
    rosa.clock.step(timedelta(minutes=5))
    with rosa.desk() as desk:
        correct(desk, record, {"town": "Cedar"})  # later, so the record shows the first version
    settle(nora, rosa, rounds=1)
    for one in (rosa, nora, rosa):
        exchange_care(one)
    with rosa.desk() as desk:
        stored = browsing.record(desk, record)
        assert stored.form_version == "1"
        assert [(one.code, one.values["question"]) for one in stored.problems] == [
            ("services.answer_not_asked", "road")
        ]
        correct(desk, record, {"town": "Dale"})
        assert browsing.record(desk, record).answers["road"] == "Mill Rd"


def test_a_record_that_came_before_its_version_is_read_and_not_changed_until_it_comes(
    tmp_path, offices
):
    nora, rosa, _record = offices
    with nora.desk() as desk:
        use(desk, tmp_path, SECOND, was={"weather": "sky"})
        answers = {"town": "Birch", "road": "Mill Rd", "weather": "rain"}
        record = filling.submit(desk, "visit", answers).record
    exchange_care(nora)
    exchange_care(rosa)
    with rosa.desk() as desk:
        stored = browsing.record(desk, record)
        assert [one.code for one in stored.problems] == ["store.form_not_here"]
        shown = read_record(desk, load_words(resources() / "words"), record, CARE)
        assert ("Road", "Mill Rd") in {(a.label, a.words) for a in shown.chapters[0].answers}
        with pytest.raises(Refusal, match=r"services\.form_version_not_here"):
            correct(desk, record, {"town": "Cedar"})
    settle(nora, rosa, rounds=1)
    with rosa.desk() as desk:
        correct(desk, record, {"town": "Cedar"})
        stored = browsing.record(desk, record)
        assert (stored.form_version, stored.problems) == ("2", ())
        assert (stored.answers["town"], stored.answers["road"]) == ("Cedar", "Mill Rd")
