"""A paper about a person who is on several records leaves on a consent that none of them revokes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.services import outbox, persons, same_people
from leadapp.services.desk import Desk
from leadapp.services.outbox import Receiver
from leadapp.services.verdicts import Verdict
from leadapp.store.writing import RecordWrite
from tests.services import made_county as county
from tests.services.made_county import CARE, NOW, day
from tests.services.test_outbox import a_pdf

ENDS = day(-200)
People = tuple[RecordId, RecordId]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def twice(office: Desk) -> People:
    """Return one person recorded twice."""
    one = county.person(office, CARE, "Osgood", "Terri-Lynn", "1989-03-14")
    return one, county.person(office, CARE, "Osgood", "Terri Lynn", "1989-03-14")


def revoke(desk: Desk, consent: RecordId, on: str) -> None:
    source = desk.shelf.source("consent")
    values = {desk.shelf.keys(source)["revoked_day"]: on, "_hash": source.hash}
    write = RecordWrite(consent, FormId("consent"), source.version, "save", values, desk.user, NOW)
    desk.archive.write(CARE, [write])


def leaves(desk: Desk, person: RecordId, basis: RecordId) -> bool:
    """Return whether a paper about ``person`` may go to someone without the program."""
    to = Receiver("Court")
    try:
        outbox.put(
            desk, a_pdf(), what="Summary", copy="internal", ring=CARE, to=to, person=person,
            basis=basis,
        )  # fmt: skip
    except Refusal as refusal:
        assert refusal.code == "services.document_needs_consent"  # noqa: PT017 - the one expected
        return False
    return True


def test_a_consent_serves_the_other_record_once_they_are_one(office: Desk, twice: People) -> None:
    for one, other in permutations(twice):
        consent = county.consent(office, other, "court", ENDS)
        assert leaves(office, other, consent)
        assert not leaves(office, one, consent)
        said = same_people.say(office, one, other, "same")
        assert leaves(office, one, consent)
        assert leaves(office, other, consent)
        same_people.undo(office, said)
        assert not leaves(office, one, consent)


def test_it_does_not_serve_who_was_said_to_be_another(office: Desk, twice: People) -> None:
    one, other = twice
    consent = county.consent(office, other, "court", ENDS)
    same_people.say(office, one, other, "different")
    assert not leaves(office, one, consent)


def test_a_revocation_on_either_record_counts_for_both(office: Desk, twice: People) -> None:
    one, other = twice
    mine = county.consent(office, one, "court", ENDS, ago=100)
    theirs = county.consent(office, other, "court", ENDS, ago=120)
    revoke(office, theirs, day(10))
    assert leaves(office, one, mine)
    same_people.say(office, one, other, "same")
    for person in twice:
        assert not leaves(office, person, mine)
        assert not leaves(office, person, theirs)
    signed_again = county.consent(office, one, "court", ENDS, ago=5)
    for person in twice:
        assert leaves(office, person, signed_again)


def test_the_persons_page_and_the_list_say_so_too(office: Desk, twice: People) -> None:
    one, other = twice
    county.consent(office, one, "court", ENDS, ago=100)
    theirs = county.consent(office, other, "court", ENDS, ago=120)
    revoke(office, theirs, day(10))
    assert standing(office, one) == ("live", ["live"])
    said = same_people.say(office, one, other, "same")
    assert standing(office, one) == standing(office, other) == ("ended", ["revoked"])
    same_people.undo(office, said)
    assert standing(office, one) == ("live", ["live"])
    assert standing(office, other) == ("ended", ["revoked"])


def standing(desk: Desk, person: RecordId) -> tuple[str, list[str]]:
    page = persons.page(desk, person)
    assert page is not None
    return page.facts.consent, [line.state for line in page.consents]


def test_a_revocation_reaches_over_a_chain_of_records(office: Desk, twice: People) -> None:
    one, other = twice
    third = county.person(office, CARE, "Osgood", "Terry", "1989-03-14")
    mine = county.consent(office, one, "court", ENDS)
    theirs = county.consent(office, third, "court", ENDS)
    same_people.say(office, one, other, "same")
    same_people.say(office, other, third, "same")
    assert leaves(office, one, mine)
    revoke(office, theirs, day(10))
    assert not leaves(office, one, mine)


@pytest.mark.parametrize("shown", ["same", "different"])
def test_while_it_is_in_dispute_a_consent_does_not_serve_and_a_revocation_counts(
    office: Desk, twice: People, shown: Verdict
) -> None:
    one, other = twice
    mine = county.consent(office, one, "court", ENDS)
    theirs = county.consent(office, other, "court", ENDS)
    in_dispute(office, one, other, shown)
    assert leaves(office, one, mine)
    assert not leaves(office, one, theirs)
    revoke(office, theirs, day(10))
    assert not leaves(office, one, mine)


def in_dispute(desk: Desk, one: RecordId, other: RecordId, shown: Verdict) -> None:
    """Say both of two persons, as two computers that did not know of each other do."""
    said = same_people.say(desk, one, other, "different" if shown == "same" else "same")
    (record,) = (row[0] for row in desk.reader.rows("SELECT record_id FROM same_person"))
    answers: dict[str, str] = {"person": said.one, "other": said.other, "verdict": shown}
    later = desk.clock.now() + timedelta(minutes=1)
    write = RecordWrite(record, FormId("_same_person"), "", "save", answers, desk.user, later, ())
    desk.archive.write(CARE, [write])
    assert desk.reader.rows("SELECT verdict, conflicted FROM same_person") == [(shown, 1)]


# -- between making a paper and giving it away ----------------------------------------------

WORDS = "purple otter drives nine kites"


def paper(desk: Desk, person: RecordId, basis: RecordId) -> outbox.Document:
    made = outbox.put(
        desk, a_pdf(), what="Summary", copy="internal", ring=CARE, to=Receiver("Court"),
        person=person, basis=basis,
    )  # fmt: skip
    return standing_of(desk, made)


def standing_of(desk: Desk, made: RecordId) -> outbox.Document:
    return next(one for one in outbox.documents(desk) if one.record == made)


def refused(give: Callable[[], object]) -> bool:
    try:
        give()
    except Refusal as refusal:
        return refusal.code == "services.document_consent_ended"
    return False


def test_a_paper_is_not_given_away_once_its_consent_is_revoked(office: Desk, twice: People) -> None:
    consent = county.consent(office, twice[0], "court", ENDS)
    made = paper(office, twice[0], consent)
    assert (made.state, made.why) == ("made", None)
    assert outbox.hand_over(office, made, WORDS)
    revoke(office, consent, day(0))
    stays = standing_of(office, made.record)
    assert stays.state == "overtaken"
    assert stays.why is not None
    assert stays.why.code == "services.document_consent_ended"
    assert refused(lambda: outbox.hand_over(office, made, WORDS))
    assert refused(lambda: outbox.open_document(office, made))


def test_a_revocation_on_the_other_record_keeps_a_paper_back_too(
    office: Desk, twice: People
) -> None:
    one, other = twice
    made = paper(office, one, county.consent(office, one, "court", ENDS))
    theirs = county.consent(office, other, "court", ENDS)
    same_people.say(office, one, other, "same")
    assert standing_of(office, made.record).state == "made"
    revoke(office, theirs, day(0))
    assert standing_of(office, made.record).state == "overtaken"
    assert refused(lambda: outbox.hand_over(office, made, WORDS))


def test_what_was_given_away_in_time_can_be_looked_at_and_not_given_again(
    office: Desk, twice: People
) -> None:
    consent = county.consent(office, twice[0], "court", ENDS)
    made = paper(office, twice[0], consent)
    outbox.handed_over(office, made)
    revoke(office, consent, day(0))
    given = standing_of(office, made.record)
    assert given.state == "sent"
    assert outbox.open_document(office, given)
    assert refused(lambda: outbox.hand_over(office, given, WORDS))
