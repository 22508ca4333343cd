"""A form is changed on a real desk: nothing that was written before is lost or read otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, RingId
from leadapp.core.paths import shipped_forms
from leadapp.forms.reading import convert
from leadapp.services import browsing, filling, forms_in_use, printing, unlock, verifying
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use import (
    Candidate,
    add,
    approve,
    choose,
    keep,
    retire,
    rivals,
    send_back,
    take_back,
    waiting,
)
from leadapp.staff.roles import Role
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite
from tests.forms_once import CACHE
from tests.services import two_computers
from tests.services.made_county import NOW, PASSWORD, new_desk

VISIT = """\
## survey

| type | name | label | required | relevant |
| --- | --- | --- | --- | --- |
| text | town | Town | yes | |
| select_one sky | sky | Sky | | |
| text | remark | Remark | | ${sky} = 'rain' |

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
CHANGED = (
    VISIT.replace("| Visit | visit | 1 |", "| Visit | visit | 2 |")
    .replace("| select_one sky | sky | Sky |", "| select_one sky | weather | Weather |")
    .replace("${sky}", "${weather}")
    .replace("| sky | sun | Sun |", "| sky | sun | Sunny |\n| sky | snow | Snow |")
    .replace(
        "| text | town | Town | yes | |\n",
        "| text | town | Town | yes | |\n| date | day | Day | | |\n",
    )
)

LOUD = """\
## survey

| type | name | label | calculation |
| --- | --- | --- | --- |
| text | town | Town | |
| calculate | loud | | concat(${town}, '!') |

## settings

| form_title | form_id | version | attribute::leadapp:ring |
| --- | --- | --- | --- |
| Loud | loud | 1 | care |
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


def file_of(tmp_path: Path, text: str, name: str = "visit.md") -> Path:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    return file


def added(desk: Desk, tmp_path: Path, text: str) -> Candidate:
    return add(desk, file_of(tmp_path, text))


def put_in_use(desk: Desk, tmp_path: Path) -> filling.Saved:
    """Put the first version in use and write a record with it."""
    approve(desk, added(desk, tmp_path, VISIT), "New", rings="care")
    return filling.submit(desk, "visit", {"town": "Alder", "sky": "rain", "remark": "Wet"})


def test_a_foreign_form_is_checked_and_waits_for_its_ring(office: Desk, tmp_path: Path) -> None:
    candidate = keep(office, added(office, tmp_path, VISIT))
    assert candidate.needs_ring
    assert not candidate.blocked
    assert not office.shelf.knows("visit")
    assert [one.record for one in waiting(office)] == [candidate.record]
    with pytest.raises(Refusal) as caught:
        approve(office, candidate, "New")
    assert caught.value.code == "services.form_needs_ring"
    approve(office, candidate, "New", rings="care")
    assert office.shelf.source("visit").families == {"law": "care", "office": "care"}
    assert waiting(office) == []


def test_a_foreign_form_is_filled_like_any_other(office: Desk, tmp_path: Path) -> None:
    saved = put_in_use(office, tmp_path)
    stored = browsing.record(office, saved.record)
    assert stored.ring == RingId("care")
    assert stored.answers["remark"] == "Wet"
    assert "visit" in {one.form for one in filling.writable(office)}


def test_records_of_a_form_without_a_kind_are_listed(office: Desk, tmp_path: Path) -> None:
    saved = put_in_use(office, tmp_path)
    query = RecordQuery(limit=500)
    assert saved.record in {line.record for line in browsing.records(office, query)}


def test_what_changed_is_said_question_by_question(office: Desk, tmp_path: Path) -> None:
    put_in_use(office, tmp_path)
    candidate = added(office, tmp_path, CHANGED)
    said = {(one.what, one.key, one.choice, one.effect) for one in candidate.changes}
    assert {
        ("added", "day", "", "new"),
        ("added", "weather", "", "new"),
        ("removed", "sky", "", "kept"),
        ("changed", "remark", "", "rule"),
    } <= said
    assert candidate.answered == 1
    assert candidate.against is not None
    assert candidate.against.version == "1"


def test_a_renamed_question_keeps_its_answers_under_one_name(office: Desk, tmp_path: Path) -> None:
    put_in_use(office, tmp_path)
    approve(office, added(office, tmp_path, CHANGED), "Says weather", was={"weather": "sky"})
    saved = filling.submit(office, "visit", {"town": "Birch", "weather": "snow"})
    assert browsing.record(office, saved.record).answers["sky"] == "snow"
    third = CHANGED.replace("| visit | 2 |", "| visit | 3 |").replace("weather", "outside")
    approve(office, added(office, tmp_path, third), "Again", was={"outside": "weather"})
    saved = filling.submit(office, "visit", {"town": "Cedar", "outside": "sun"})
    assert browsing.record(office, saved.record).answers["sky"] == "sun"


def test_an_old_record_opens_prints_and_is_corrected_in_its_own_version(
    office: Desk, tmp_path: Path
) -> None:
    saved = put_in_use(office, tmp_path)
    approve(office, added(office, tmp_path, CHANGED), "Asks the day", was={"weather": "sky"})
    stored = browsing.record(office, saved.record)
    assert stored.form_version == "1"
    assert not stored.problems
    assert printing.filled(office, stored).pdf.startswith(b"%PDF")
    opened = filling.correct(office, stored, lookup=office.lookup("care"))
    assert opened.session.state("sky").value == "rain"
    assert not opened.session.has("weather")


def test_a_draft_is_finished_in_the_version_it_was_begun_in(office: Desk, tmp_path: Path) -> None:
    approve(office, added(office, tmp_path, VISIT), "New", rings="care")
    lookup = office.lookup("care")
    begun = filling.begin(office, "visit", lookup=lookup, prefill={"town": "Alder"})
    filling.keep(office, filling.as_draft(office, begun))
    approve(office, added(office, tmp_path, CHANGED), "Asks the day")
    kept = office.drafts.load(begun.draft)
    assert kept is not None
    again = filling.resume(office, kept, lookup=lookup, stored=None)
    assert again.source.version == "1"
    result = filling.ready(office, again)
    assert not isinstance(result, list)
    saved = filling.save(office, again, result, filling.gather(office, again, result))
    assert browsing.record(office, saved.record).form_version == "1"


def test_the_next_unlock_knows_every_version(tmp_path: Path) -> None:
    office = new_desk(tmp_path / "office")
    saved = put_in_use(office, tmp_path)
    approve(office, added(office, tmp_path, CHANGED), "Asks the day")
    root = office.root
    office.close()
    again = unlock.unlock(
        root,
        name="Nora Ellison",
        password=PASSWORD,
        clock=SteppingClock(NOW),
        anchors=root.parent / "anchors",
        cache=CACHE,
    )
    try:
        assert again.shelf.source("visit").version == "2"
        stored = browsing.record(again, saved.record)
        assert again.shelf.source("visit", stored.definition_hash).version == "1"
    finally:
        again.close()


def test_a_kind_is_refused_without_a_question_it_needs_and_shown_a_row(
    office: Desk, tmp_path: Path
) -> None:
    text = (shipped_forms() / "cit_contact" / "form.md").read_text("utf-8")
    lines = [line for line in text.splitlines() if "| officers |" not in line]
    candidate = added(office, tmp_path, "\n".join(lines))
    assert candidate.blocked
    needed = [one for one in candidate.problems if one.code == "forms.need_missing"]
    if needed:  # the converter may find first that a rule asks for the question
        assert "name officers" in str(needed[0].values["example"])
    with pytest.raises(Refusal) as caught:
        approve(office, candidate, "Shorter")
    assert caught.value.code == "services.form_not_good"
    assert caught.value.problems


def test_a_version_name_stands_for_one_text(office: Desk, tmp_path: Path) -> None:
    put_in_use(office, tmp_path)
    other = VISIT.replace("Remark", "Remarks")
    with pytest.raises(Refusal) as caught:
        approve(office, added(office, tmp_path, other), "Plural")
    assert caught.value.code == "services.form_version_used"
    with pytest.raises(Refusal) as caught:
        approve(office, added(office, tmp_path, VISIT), "The same")
    assert caught.value.code == "services.form_in_use_already"


def test_a_bad_file_leaves_the_last_good_version_in_use(office: Desk, tmp_path: Path) -> None:
    put_in_use(office, tmp_path)
    candidate = added(office, tmp_path, CHANGED.replace("${weather}", "${whether}"))
    assert candidate.blocked
    with pytest.raises(Refusal):
        keep(office, candidate)
    assert office.shelf.source("visit").version == "1"
    filling.submit(office, "visit", {"town": "Birch"})


def test_a_form_that_is_retired_is_not_begun_but_its_records_open(
    office: Desk, tmp_path: Path
) -> None:
    saved = put_in_use(office, tmp_path)
    retire(office, "visit", "Not needed")
    assert not office.shelf.knows("visit")
    stored = browsing.record(office, saved.record)
    assert printing.filled(office, stored).pdf
    with pytest.raises(Refusal):
        filling.submit(office, "visit", {"town": "Birch"})


def test_who_may_not_approve_forms_can_neither_add_nor_retire(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "car", law=True)
    desk.roles = frozenset({Role.DEPUTY})
    try:
        for act in (
            lambda: add(desk, file_of(tmp_path, VISIT)),
            lambda: retire(desk, "cit_contact", "No"),
            lambda: waiting(desk),
        ):
            with pytest.raises(Refusal) as caught:
                act()
            assert caught.value.code == "services.not_allowed"
    finally:
        desk.close()


def test_a_form_whose_records_must_not_be_kept_is_shown_but_not_approved(
    office: Desk, tmp_path: Path
) -> None:
    locked = VISIT.replace("| form_title |", "| public_key | form_title |").replace(
        "| --- | --- | --- |\n| Visit", "| --- | --- | --- | --- |\n| MIIB | Visit"
    )
    candidate = added(office, tmp_path, locked)
    assert candidate.definition is not None
    assert "forms.encrypted_form" in {one.code for one in candidate.problems if one.blocks}
    with pytest.raises(Refusal):
        approve(office, candidate, "No", rings="care")


def test_a_form_in_use_that_cannot_be_read_is_stood_in_for(office: Desk, tmp_path: Path) -> None:
    put_in_use(office, tmp_path)
    approve(office, added(office, tmp_path, CHANGED), "Asks the day")
    broken = office.shelf.source("visit")
    office.shelf._definitions.pop(broken.hash)  # as after an update that reads it no more
    office.shelf._sources[broken.hash] = broken.__class__(
        **{name: getattr(broken, name) for name in broken.__slots__} | {"source": b"## survey"}
    )
    with pytest.raises(Refusal):
        office.shelf.definition("visit", broken.hash)
    assert office.shelf.source("visit").version == "1"
    assert [one.code for one in forms_in_use.problems(office)] == ["services.form_stands_in"]
    filling.submit(office, "visit", {"town": "Birch"})


def test_a_servers_xform_is_put_in_use_and_renamed(office: Desk, tmp_path: Path) -> None:
    def as_xform(text: str) -> Path:
        file = tmp_path / "visit.xml"
        file.write_text(convert(text.encode(), ".md", "visit.md").xform, "utf-8")
        return file

    approve(office, add(office, as_xform(VISIT)), "From the clinic", rings="law:law office:care")
    first = filling.submit(office, "visit", {"town": "Alder", "sky": "sun"})
    was = {"weather": "sky"}
    approve(office, add(office, as_xform(CHANGED)), "Says weather", was=was)
    second = filling.submit(office, "visit", {"town": "Birch", "weather": "snow"})
    found = [browsing.record(office, one.record).answers["sky"] for one in (first, second)]
    assert found == ["sun", "snow"]
    assert office.shelf.source("visit").families == {"law": "law", "office": "care"}


def test_a_list_beside_a_form_is_kept_with_it(tmp_path: Path) -> None:
    office = new_desk(tmp_path / "office")
    (tmp_path / "towns.csv").write_text("name,label\nalder,Alder\nbirch,Birch\n", "utf-8")
    text = VISIT.replace(
        "| text | town | Town |", "| select_one_from_file towns.csv | town | Town |"
    )
    approve(office, added(office, tmp_path, text), "With towns", rings="care")
    (tmp_path / "towns.csv").unlink()
    root = office.root
    office.close()
    again = unlock.unlock(
        root,
        name="Nora Ellison",
        password=PASSWORD,
        clock=SteppingClock(NOW),
        anchors=root.parent / "anchors",
        cache=CACHE,
    )
    try:
        begun = filling.begin(again, "visit", lookup=again.lookup("care"))
        offered = [one.label for one in begun.session.state("town").choices]
        assert offered == ["Alder", "Birch"]
    finally:
        again.close()


def test_records_that_waited_for_their_form_are_computed_when_it_comes(
    office: Desk, tmp_path: Path
) -> None:
    candidate = added(office, tmp_path, LOUD)
    assert candidate.source is not None
    record = RecordId(office.ids())
    values = {"town": "Alder", "_hash": candidate.source.hash}
    write = RecordWrite(record, FormId("loud"), "1", "save", values, office.user, NOW)
    office.archive.write(RingId("care"), [write])
    assert "loud" not in browsing.record(office, record).calculated
    approve(office, candidate, "It came by exchange")
    assert browsing.record(office, record).calculated["loud"] == "Alder!"
    assert verifying.verify(office).problems == ()


def version(name: str) -> str:
    return VISIT.replace("| Visit | visit | 1 |", f"| Visit | visit | {name} |").replace(
        "Remark", f"Remark {name}"
    )


def test_two_computers_that_approve_different_versions_agree_and_say_so(tmp_path: Path) -> None:
    """Both keep theirs; everywhere the later one is used, and a coordinator settles it once."""
    one, _law = two_computers.settled(tmp_path)
    other = two_computers.joined(tmp_path, one, "office", "Rosa Quill", roles={Role.COORDINATOR})
    two_computers.settle(one, other)
    with one.desk() as desk:
        approve(desk, added(desk, tmp_path, version("2")), "First", rings="shared")
    other.clock.step(timedelta(minutes=5))
    with other.desk() as desk:
        approve(desk, added(desk, tmp_path, version("3")), "Later", rings="shared")
    two_computers.settle(one, other)
    for computer in (one, other):
        with computer.desk() as desk:
            assert desk.shelf.source("visit").version == "3"
            (found,) = rivals(desk)
            assert [line.source.version for line in found.versions] == ["3", "2"]
            assert "services.form_approved_twice" in {p.code for p in forms_in_use.problems(desk)}
    with one.desk() as desk:
        (found,) = rivals(desk)
        choose(desk, "visit", found.versions[1].source.hash, "The sheriff prefers it")
        assert desk.shelf.source("visit").version == "2"
    two_computers.settle(one, other)
    with other.desk() as desk:
        assert desk.shelf.source("visit").version == "2"
        assert rivals(desk) == []


def test_a_form_that_waits_is_taken_back_after_it_was_sent_back(
    office: Desk, tmp_path: Path
) -> None:
    kept = keep(office, added(office, tmp_path, VISIT))
    assert kept.record is not None
    send_back(office, kept.record, "Not yet")
    assert waiting(office) == []
    take_back(office, kept.record)
    assert [one.record for one in waiting(office)] == [kept.record]


def test_a_newer_file_takes_the_place_of_the_one_that_waits(office: Desk, tmp_path: Path) -> None:
    keep(office, added(office, tmp_path, VISIT))
    later = keep(office, added(office, tmp_path, VISIT.replace("Remark", "Remarks")))
    assert [one.record for one in waiting(office)] == [later.record]


def test_where_a_forms_records_lie_never_changes(office: Desk, tmp_path: Path) -> None:
    put_in_use(office, tmp_path)
    candidate = added(
        office, tmp_path, LOUD.replace("| Loud | loud | 1 | care |", "| Visit | visit | 9 | law |")
    )
    assert "services.form_ring_changed" in {one.code for one in candidate.problems}
    with pytest.raises(Refusal) as caught:
        approve(office, candidate, "Others may read it")
    assert caught.value.code == "services.form_ring_changed"
