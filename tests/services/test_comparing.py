"""A record changed on two computers: what differs is told, and one choice settles it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId
from leadapp.journal.entry import DELETED
from leadapp.services import browsing, comparing, filling
from leadapp.services.desk import Desk, family_of
from leadapp.staff.roles import Role
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite
from tests.services.made_county import NOW, REFER, put
from tests.services.test_syncing import REFERRAL
from tests.services.two_computers import Computer, joined, settle, settled

CONFLICTED = RecordQuery(conflicted=True)


@pytest.fixture
def computers(tmp_path) -> tuple[Computer, Computer]:
    return settled(tmp_path)


def key_of(desk: Desk, question: str) -> str:
    return desk.shelf.keys(desk.shelf.source("lead_referral"))[question]


def change(computer: Computer, record, answers: dict[str, str], *, minutes: int = 0) -> None:
    """Write answers of a referral again at one computer."""
    with computer.desk() as desk:
        source = desk.shelf.source("lead_referral")
        op = "void" if DELETED in answers else "save"
        values = {desk.shelf.keys(source).get(name, name): text for name, text in answers.items()}
        at = NOW + timedelta(minutes=minutes)
        write = RecordWrite(
            record, FormId("lead_referral"), source.version, op,
            {**values, "_hash": source.hash}, desk.user, at,
        )  # fmt: skip
        desk.archive.write(REFER, [write])


def referral(office: Computer, law: Computer):
    """Return a referral both computers have."""
    with law.desk() as desk:
        record = put(desk, REFER, "lead_referral", REFERRAL, days_ago=1)
    settle(law, office, rounds=1)
    return record


def exchange(office: Computer, law: Computer) -> None:
    for one in (law, office, law):
        one.sync()


def choose(desk: Desk, record, choices: dict[str, str]) -> None:
    stored = browsing.record(desk, record, REFER)
    work, submission = filling.settle(desk, stored, choices, lookup=desk.lookup(family_of(REFER)))
    known = filling.gather(desk, work, submission)
    filling.save(desk, work, submission, known, reason="Changed on two computers")


def test_each_side_is_shown_with_its_author_and_what_stood_before(computers) -> None:
    office, law = computers
    record = referral(office, law)
    change(law, record, {"urgency": "same_day"}, minutes=1)
    change(law, record, {"first_name": "Wrenna"}, minutes=3)
    change(office, record, {"urgency": "72_hours", "first_name": "Renn"}, minutes=2)
    exchange(office, law)
    with office.desk() as desk:
        found = comparing.compare(desk, browsing.record(desk, record, REFER))
        here, there = found.sides
        by_key = {one.key: one for one in found.contested}
        urgency = by_key[key_of(desk, "urgency")]
        name = by_key[key_of(desk, "first_name")]
        authors = (here.author, there.author)
        assert authors == (desk.user, desk.reader.record(REFER, record).author)
    assert (here.here, there.here) == (True, False)
    assert found.newest == there.log
    assert urgency.before == "routine"
    assert urgency.given == {here.log: "72_hours", there.log: "same_day"}
    assert urgency.shown == "72_hours"
    assert (name.before, name.shown) == ("Wren", "Wrenna")


def test_a_choice_of_either_value_settles_it_everywhere(computers) -> None:
    office, law = computers
    record = referral(office, law)
    change(law, record, {"urgency": "same_day", "first_name": "Wrenna"}, minutes=1)
    change(office, record, {"urgency": "72_hours", "first_name": "Renn"}, minutes=2)
    exchange(office, law)
    with office.desk() as desk:
        # The shown value of one answer, the other value of the other.
        choices = {key_of(desk, "urgency"): "72_hours", key_of(desk, "first_name"): "Wrenna"}
        choose(desk, record, choices)
    exchange(office, law)
    for computer in computers:
        with computer.desk() as desk:
            stored = desk.reader.record(REFER, record)
            assert stored is not None
            assert not stored.conflicts
            assert {key: stored.answers[key] for key in choices} == choices
            assert len(desk.reader.history(REFER, record)) == 4


def test_an_answer_nobody_chose_stays_as_shown(computers) -> None:
    office, law = computers
    record = referral(office, law)
    change(law, record, {"urgency": "same_day"}, minutes=1)
    change(office, record, {"urgency": "72_hours"}, minutes=2)
    exchange(office, law)
    with law.desk() as desk:
        choose(desk, record, {})
        stored = desk.reader.record(REFER, record)
        assert stored is not None
        assert not stored.conflicts
        assert stored.answers[key_of(desk, "urgency")] == "72_hours"


def test_a_void_against_an_edit_is_a_choice_of_its_own(computers) -> None:
    office, law = computers
    record = referral(office, law)
    change(law, record, {DELETED: "1"}, minutes=1)
    change(office, record, {"urgency": "72_hours"}, minutes=2)
    exchange(office, law)
    with office.desk() as desk:
        found = comparing.compare(desk, browsing.record(desk, record, REFER))
        assert [comparing.needs_void(one) for one in found.contested] == [True]
        choose(desk, record, {DELETED: ""})
    exchange(office, law)
    with law.desk() as desk:
        stored = desk.reader.record(REFER, record)
        assert stored is not None
        assert (stored.voided, dict(stored.conflicts)) == (False, {})


def test_what_is_not_contested_cannot_be_settled(computers) -> None:
    office, law = computers
    record = referral(office, law)
    with office.desk() as desk:
        stored = browsing.record(desk, record, REFER)
        with pytest.raises(Refusal, match="nothing_to_settle"):
            filling.settle(
                desk, stored, {key_of(desk, "urgency"): "72_hours"}, lookup=desk.lookup("refer")
            )


def test_three_values_chosen_among_differently_on_two_computers_leave_those_two_choices(
    tmp_path, computers
) -> None:
    office, law = computers
    roles = {Role.COORDINATOR}
    third = joined(tmp_path, office, "office", "Rita Gomez", roles=roles, admit=[REFER])
    everyone = (law, office, third)
    settle(office, third, rounds=1)
    record = referral(office, law)
    settle(third, rounds=1)
    change(law, record, {"urgency": "same_day"}, minutes=1)
    change(office, record, {"urgency": "72_hours"}, minutes=2)
    change(third, record, {"urgency": "routine", "first_name": "Wrenna"}, minutes=3)
    settle(*everyone)
    with law.desk() as desk:
        urgency = key_of(desk, "urgency")
        values = [one.value for one in browsing.record(desk, record, REFER).conflicts[urgency]]
        assert values == ["routine", "72_hours", "same_day"]
    for computer, choice in ((office, "same_day"), (third, "72_hours")):
        with computer.desk() as desk:
            choose(desk, record, {urgency: choice})
    settle(*everyone)
    for computer in everyone:
        with computer.desk() as desk:
            (one,) = comparing.compare(desk, browsing.record(desk, record, REFER)).contested
            assert (one.key, sorted(one.given.values())) == (urgency, ["72_hours", "same_day"])
            assert [line.record for line in desk.reader.records(CONFLICTED)] == [record]
    with law.desk() as desk:
        choose(desk, record, {urgency: "same_day"})
    settle(*everyone, rounds=1)
    for computer in everyone:
        with computer.desk() as desk:
            stored = browsing.record(desk, record, REFER)
            assert (stored.answers[urgency], stored.conflicts) == ("same_day", {})
