"""Two records of one person: suggested, judged, met on two computers, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId
from leadapp.services import same_people
from leadapp.services.desk import Desk
from leadapp.services.same_people import Verdict
from leadapp.staff.roles import Role
from leadapp.store.queries import RecordQuery
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


@pytest.mark.parametrize("verdict", ["same", "different"])
def test_what_is_judged_is_no_longer_suggested_until_it_is_undone(office: Desk, verdict) -> None:
    one, other, third = three(office)
    assert len(suggested(office)) == 3
    said = same_people.say(office, other, one, verdict)
    same_people.say(office, one, third, "different")
    assert suggested(office) == ({frozenset((other, third))} if verdict == "different" else set())
    same_people.undo(office, said)
    assert frozenset((one, other)) in suggested(office)
    assert [pair.verdict for pair in same_people.pairs(office)] == ["different"]


def test_three_in_a_chain_are_one_by_the_smallest_id_in_any_order(tmp_path: Path) -> None:
    for at, order in enumerate(permutations(range(2))):
        desk = county.new_desk(tmp_path / str(at))
        one, other, third = three(desk)
        links = [(one, other), (third, other)]
        for n in order:
            same_people.say(desk, *links[n], "same")
        found = same_people.joined(desk)
        assert found.everyone(third) == (one, other, third)
        assert {found.head(person) for person in (one, other, third)} == {one}
        with pytest.raises(Refusal, match="same_by_others"):
            same_people.say(desk, one, third, "different")
        same_people.say(desk, one, other, "")
        assert same_people.joined(desk).everyone(one) == (one,)
        assert same_people.joined(desk).everyone(third) == (other, third)
        desk.close()


def test_saying_it_twice_writes_once(office: Desk) -> None:
    one, other, _ = three(office)
    same_people.say(office, one, other, "same")
    same_people.say(office, other, one, "same")
    (pair,) = same_people.pairs(office)
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
    (pair,) = same_people.pairs(car)
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
            (pair,) = same_people.pairs(desk)
            assert pair.contested == (theirs == "different")
            assert desk.reader.count(RecordQuery(kinds=("same_person",))) == 1
            found.append((pair, same_people.joined(desk)))
    assert found[0] == found[1]
    if theirs == "different":
        with office.desk() as desk:
            first = same_people.suggestions(desk).pairs[0]
            assert (first.contested, {first.one, first.other}) == (True, {one, other})
            same_people.say(desk, one, other, "same")
        exchange(office, second, tmp_path)
        for computer in (office, second):
            with computer.desk() as desk:
                (pair,) = same_people.pairs(desk)
                assert (pair.contested, pair.verdict) == (False, "same")
