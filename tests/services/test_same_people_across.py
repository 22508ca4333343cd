"""A law person and a care person said to be one: kept in care, and unknown to the law side."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RecordId, RingId
from leadapp.services import persons, same_people, verdicts
from leadapp.services.desk import Desk
from tests.county import County

LAW, CARE = RingId("law-sheriff"), RingId("care")


def anyone(desk: Desk, ring: RingId) -> RecordId:
    rows = desk.reader.rows("SELECT MIN(record_id) FROM person WHERE ring = :ring", {"ring": ring})
    return RecordId(str(rows[0][0]))


def test_it_is_kept_in_care_and_the_law_side_learns_nothing(county: County) -> None:
    with county.desk("coordinator") as desk:
        law, care = anyone(desk, LAW), anyone(desk, CARE)
        same_people.say(desk, law, care, "same")
        (pair,) = verdicts.judged(desk)
        assert pair.ring == CARE
        page = persons.page(desk, law)
        assert page is not None
        assert page.facts.everyone == (care, law)
        assert persons.hidden(desk) == (law,)
    with county.desk("supervisor") as desk:
        assert verdicts.judged(desk) == []
        assert persons.hidden(desk) == ()
        page = persons.page(desk, law)
        assert page is not None
        assert (page.facts.everyone, page.facts.also) == ((law,), ())


def test_who_has_one_side_alone_cannot_say_it_and_learns_no_more(county: County) -> None:
    with county.desk("coordinator") as desk:
        law, care = anyone(desk, LAW), anyone(desk, CARE)
    for user, code in (
        ("casemanager", "services.no_such_record"),
        ("supervisor", "services.no_such_record"),
        ("clerk", "services.not_allowed"),
    ):
        with county.desk(user) as desk, pytest.raises(Refusal) as refused:
            same_people.say(desk, law, care, "same")
        assert refused.value.code == code
