"""Each entry shows what its author saw before and wrote instead."""

from __future__ import annotations

from leadapp.journal.history import Change, steps
from tests.journal.making import written


def test_history_shows_old_and_new_values_and_the_reason():
    first = written({"phone": "1", "_at": "x"}, t=1)
    second = written({"phone": "2", "_reason": "typing mistake"}, first, t=2)
    found = steps([second, first])
    assert [step.changes for step in found] == [
        (Change("phone", "", "1"),),
        (Change("phone", "1", "2"),),
    ]
    assert [step.reason for step in found] == ["", "typing mistake"]


def test_a_side_by_side_edit_shows_what_its_author_saw():
    first = written({"phone": "1"}, t=1)
    left = written({"phone": "2"}, first, t=2)
    right = written({"phone": "3"}, first, t=3)
    found = steps([first, left, right])
    assert found[2].changes == (Change("phone", "1", "3"),)
    assert [step.contested for step in found] == [False, False, True]
