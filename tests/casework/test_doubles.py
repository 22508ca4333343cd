"""Every pair that scores as likely is found, however the people are ordered."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from leadapp.casework.doubles import LastFound, likely_pairs
from leadapp.casework.matching import Likeness, PersonName, matches
from leadapp.core.ids import RecordId

LASTS = ("Osgood", "Osgod", "Ozgood", "Lund", "Lunt", "De La Cruz", "Delacruz", "")
FIRSTS = ("Terri-Lynn", "Terry", "Robert", "Bob", "R", "Randy", "")
BORN = ("1989-03-14", "1989-03-15", "1998-03-14", "1989-04-03", "1984-03-14", "1989-14-03", "")
PHONES = ("555 0142 900", "5550142900", "(555) 014-2901", "")


@st.composite
def people(draw):
    count = draw(st.integers(2, 9))
    found = []
    for at in range(count):
        born = draw(st.sampled_from(BORN))
        year = int(born[:4]) if born else draw(st.sampled_from((0, 1989, 1984)))
        found.append(
            PersonName(
                RecordId(f"p{at}"),
                draw(st.sampled_from(LASTS)),
                draw(st.sampled_from(FIRSTS)),
                draw(st.sampled_from(FIRSTS)),
                born,
                year,
                draw(st.sampled_from(PHONES)),
            )
        )
    return draw(st.permutations(found))


@given(people())
def test_the_pairs_are_those_that_trying_everyone_with_everyone_finds(everyone) -> None:
    tried = {
        (one.record, other.record)
        for one, other in combinations(sorted(everyone, key=lambda p: p.record), 2)
        for match in matches(one, [other])
        if match.likeness is not Likeness.POSSIBLE
    }
    found = likely_pairs(everyone)
    assert {(pair.one, pair.other) for pair in found} == tried
    assert len(found) == len(tried)
    scores = [pair.match.score for pair in found]
    assert scores == sorted(scores, reverse=True)


@given(people(), st.randoms())
def test_the_order_people_come_in_changes_nothing(everyone, random) -> None:
    other = list(everyone)
    random.shuffle(other)
    assert likely_pairs(everyone) == likely_pairs(other)


def test_people_who_are_as_they_were_are_not_compared_again() -> None:
    lund = [PersonName(RecordId(name), "Lund", "Randy", "", "1990-05-19", 0, "") for name in "ab"]
    asked = []

    def everyone() -> list[PersonName]:
        asked.append(len(lund))
        return lund

    last = LastFound()
    first = last.pairs(1, everyone)
    assert last.pairs(1, everyone) == first == tuple(likely_pairs(lund))
    assert asked == [2]
    lund.pop()
    assert last.pairs(2, everyone) == ()
    assert asked == [2, 1]
