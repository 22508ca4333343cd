"""Two records of one person: suggested, judged, met on two computers, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.services import browsing, persons, same_people, verdicts
from leadapp.services.desk import Desk
from leadapp.services.verdicts import Verdict
from leadapp.staff.roles import Role
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite
from tests.services import made_county as county
from tests.services.made_county import CARE, LAW
from tests.services.two_computers import Computer, joined, office_and_law, sync


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


def three(desk: Desk) -> list[RecordId]:
    """Add one person three times, by increasing id."""
    names = ("Terri-Lynn", "Terri Lynn", "Terry")
    return sorted(county.person(desk, CARE, "Osgood", name, "1989-03-14") for name in names)


def suggested(desk: Desk) -> set[frozenset[RecordId]]:
    found = same_people.suggestions(desk)
    assert found.total == len(found.pairs)
    return {frozenset((one.one, one.other)) for one in found.pairs}


def test_likely_doubles_are_suggested_with_the_reason_best_first(office: Desk) -> None:
    people = county.people_of_care(office)
    (pair,) = same_people.suggestions(office).pairs
    assert {pair.one, pair.other} == {people["Osgood"], people["Double"]}
    assert pair.why == (
        "casework.match_last_same", "casework.match_first_same", "casework.match_born_same",
    )  # fmt: skip
    assert sorted(pair.names) == ["Osgood, Terri Lynn", "Osgood, Terri-Lynn"]


def test_every_change_of_a_person_is_seen_when_asked_again(office: Desk) -> None:
    one = county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14")
    assert suggested(office) == set()
    other = county.person(office, CARE, "Osgood", "Terry", "1989-03-14")
    pair = frozenset((one, other))
    assert suggested(office) == suggested(office) == {pair}
    rewritten(office, other, last_name="Whitcomb", first_name="June")
    assert suggested(office) == set()
    rewritten(office, other, last_name="Osgood", first_name="Terry")
    (shown,) = same_people.suggestions(office).pairs
    assert sorted(shown.names) == ["Osgood, Terri-Lynn", "Osgood, Terry"]
    rewritten(office, one, birth_day="1971-01-30")
    assert suggested(office) == set()
    rewritten(office, one, birth_day="1989-03-14")
    assert suggested(office) == {pair}
    rewritten(office, other, op="void")
    assert suggested(office) == set()


def test_a_change_that_came_from_another_computer_is_seen(tmp_path: Path) -> None:
    office, second = two_offices(tmp_path)
    with office.desk() as desk:
        one, other, _ = three(desk)
    exchange(office, second, tmp_path)
    with second.desk() as desk:
        rewritten(desk, other, last_name="Whitcomb", first_name="June", birth_day="1971-01-30")
        sync(desk, tmp_path / "care-stick", (CARE,))
    with office.desk() as desk:
        assert frozenset((one, other)) in suggested(desk)
        sync(desk, tmp_path / "care-stick", (CARE,))
        assert len(suggested(desk)) == 1
        assert frozenset((one, other)) not in suggested(desk)


def rewritten(desk: Desk, person: RecordId, op: str = "save", **answers: str) -> None:
    """Correct a person, or void them."""
    source = desk.shelf.source("person_care")
    values = {desk.shelf.keys(source)[name]: text for name, text in answers.items()}
    write = RecordWrite(
        person, FormId("person_care"), source.version, op,
        {**values, "_hash": source.hash}, desk.user, county.NOW,
    )  # fmt: skip
    desk.archive.write(CARE, [write])


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_what_is_judged_is_no_longer_suggested_until_it_is_undone(office: Desk, verdict) -> None:
    one, other, third = three(office)
    assert len(suggested(office)) == 3
    said = same_people.say(office, other, one, verdict)
    same_people.say(office, one, third, "different")
    assert suggested(office) == ({frozenset((other, third))} if verdict == "different" else set())
    same_people.undo(office, said)
    assert frozenset((one, other)) in suggested(office)
    assert [pair.verdict for pair in verdicts.judged(office)] == ["different"]


def test_three_in_a_chain_are_one_by_the_smallest_id_in_any_order(tmp_path: Path) -> None:
    for at, order in enumerate(permutations(range(2))):
        desk = county.new_desk(tmp_path / str(at))
        one, other, third = three(desk)
        links = [(one, other), (third, other)]
        for n in order:
            same_people.say(desk, *links[n], "same")
        found = verdicts.joined(desk)
        assert found.everyone(third) == (one, other, third)
        assert {found.head(person) for person in (one, other, third)} == {one}
        with pytest.raises(Refusal, match="same_by_others"):
            same_people.say(desk, one, third, "different")
        same_people.say(desk, one, other, "")
        assert verdicts.joined(desk).everyone(one) == (one,)
        assert verdicts.joined(desk).everyone(third) == (other, third)
        desk.close()


def test_saying_it_twice_writes_once(office: Desk) -> None:
    one, other, _ = three(office)
    same_people.say(office, one, other, "same")
    same_people.say(office, other, one, "same")
    (pair,) = verdicts.judged(office)
    assert len(office.reader.history(CARE, pair.record)) == 1


def test_nobody_is_the_same_as_themselves_or_as_nobody(office: Desk) -> None:
    one, _, _ = three(office)
    with pytest.raises(Refusal, match="same_with_itself"):
        same_people.say(office, one, one, "same")
    with pytest.raises(Refusal, match="no_such_record"):
        same_people.say(office, one, RecordId("no-such-person"), "same")


def test_a_deputy_joins_people_of_the_own_ring_there_and_sees_no_list_of_it(tmp_path: Path) -> None:
    car = county.new_desk(tmp_path, law=True)
    one = county.person(car, LAW, "Lund", "Randy", "1990-05-19")
    other = county.person(car, LAW, "Lund", "Randall", "1990-05-19")
    same_people.say(car, one, other, "same")
    (pair,) = verdicts.judged(car)
    assert pair.ring == LAW
    assert not car.may("list", "same_person", "law")
    car.close()


def test_who_may_not_correct_people_is_shown_and_may_say_nothing(tmp_path: Path) -> None:
    desk = county.new_desk(tmp_path, roles=frozenset({Role.STOCK_MANAGER}))
    assert same_people.suggestions(desk) == same_people.Suggestions((), 0)
    assert not same_people.may_say(desk, CARE, CARE)
    desk.close()


def two_offices(tmp_path: Path) -> tuple[Computer, Computer]:
    office, _law = office_and_law(tmp_path)
    roles = {Role.CASE_MANAGER}
    second = joined(tmp_path, office, "office", "Lee Ruiz", roles=roles, admit=(CARE,))
    exchange(office, second, tmp_path)
    return office, second


def exchange(office: Computer, second: Computer, place: Path) -> None:
    """Exchange over the common stick, and what is in care over one of its own."""
    care = place / "care-stick"
    care.mkdir(exist_ok=True)
    for one in (office, second) * 3:
        with one.desk() as desk:
            sync(desk, one.stick)
            if CARE in desk.rings:
                sync(desk, care, (CARE,))


@pytest.mark.parametrize("theirs", ["same", "different"])
def test_two_computers_that_say_it_meet_in_one_record(tmp_path: Path, theirs: Verdict) -> None:
    office, second = two_offices(tmp_path)
    with office.desk() as desk:
        one, other, _ = three(desk)
    exchange(office, second, tmp_path)
    with office.desk() as desk:
        same_people.say(desk, one, other, "same")
    with second.desk() as desk:
        same_people.say(desk, one, other, theirs)
    exchange(office, second, tmp_path)
    found = []
    for computer in (office, second):
        with computer.desk() as desk:
            (pair,) = verdicts.judged(desk)
            assert pair.contested == (theirs == "different")
            assert desk.reader.count(RecordQuery(kinds=("same_person",))) == 1
            found.append((pair, verdicts.joined(desk)))
    assert found[0] == found[1]
    if theirs == "different":
        with office.desk() as desk:
            first = same_people.suggestions(desk).pairs[0]
            assert (first.contested, {first.one, first.other}) == (True, {one, other})
            same_people.say(desk, one, other, "same")
        exchange(office, second, tmp_path)
        for computer in (office, second):
            with computer.desk() as desk:
                (pair,) = verdicts.judged(desk)
                assert (pair.contested, pair.verdict) == (False, "same")


# -- shown as one ---------------------------------------------------------------------------


def listed(desk: Desk) -> dict[str, tuple[str, ...]]:
    """Return the names the list shows, and the further names."""
    query = RecordQuery(kinds=("person",), without=persons.hidden(desk))
    found = persons.facts(desk, browsing.records(desk, query))
    assert len(found) == browsing.count(desk, query)
    return {one.name: one.also for one in found.values()}


def test_a_person_said_to_be_one_is_listed_once_with_what_both_records_say(office: Desk) -> None:
    one, other = sorted(
        (
            county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14"),
            county.person(office, CARE, "Osgood", "Terry", "1989-03-14", phone="406-555-0142"),
        )
    )
    county.status(office, other, "active", 40)
    county.note(office, other, 3, "Checked in")
    before = listed(office)
    assert before == {"Osgood, Terri-Lynn": (), "Osgood, Terry": ()}
    said = same_people.say(office, one, other, "same")
    ((name, also),) = listed(office).items()
    assert {name, *also} == set(before)
    page = persons.page(office, other)
    assert page is not None
    assert page == persons.page(office, one)
    assert (page.facts.record, page.facts.everyone) == (one, (one, other))
    assert (page.facts.phone, page.facts.status) == ("406-555-0142", "active")
    assert page.facts.last_contact == county.day(3)
    assert page.since == county.day(40)
    assert page.same == ()
    assert [each.record for each in page.joined] == [other]
    same_people.undo(office, said)
    assert listed(office) == before


def test_either_name_finds_the_one(office: Desk) -> None:
    one = county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14")
    other = county.person(office, CARE, "Whitcomb", "Terry", "1989-03-14")
    same_people.say(office, one, other, "same")
    for text in ("osgood", "whitcomb"):
        lines = browsing.records(office, RecordQuery(kinds=("person",), text=text))
        assert list(persons.facts(office, lines)) == [min(one, other)]


def test_not_the_same_stops_the_mark_and_the_guess_is_not_shown_again(office: Desk) -> None:
    one, other, third = three(office)
    assert set(marked(office, one)) == {other, third}
    same_people.say(office, one, other, "different")
    assert marked(office, one) == (third,)
    same_people.say(office, other, third, "same")
    assert marked(office, one) == ()


def marked(desk: Desk, person: RecordId) -> tuple[RecordId, ...]:
    page = persons.page(desk, person)
    assert page is not None
    return page.facts.same_as
