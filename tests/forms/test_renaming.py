"""Answers keep the key of the first version that had them."""

from __future__ import annotations

import pytest

from leadapp.core.errors import Refusal
from leadapp.forms.recalculation import recalculate
from leadapp.forms.session import Submission
from tests.forms.conftest import NOW, begin, form

NEWER = form(
    """
    type | name | label | calculation | bind::leadapp:was
    begin group | scene | Scene | |
    text | who | Who | | person
    end group | | | |
    begin repeat | pet | Pet | |
    text | called | Called | | pet/name
    end repeat | | | |
    calculate | shout | | concat(${who}, '!') |
    """
)
STORED = {"person": "Ada", "pet[k1]/_order": "1", "pet[k1]/name": "Rex"}


def test_stored_answers_are_found_under_their_present_keys_and_stored_under_the_first() -> None:
    session = begin(NEWER, answers=STORED)
    assert session.value("scene/who") == "Ada"
    assert session.value("pet[k1]/called") == "Rex"
    outcome = session.finish(NOW)
    assert isinstance(outcome, Submission)
    assert outcome.answers == STORED
    assert outcome.calculated["shout"] == "Ada!"
    assert recalculate(NEWER, STORED, NOW) == outcome.calculated


def test_earlier_key_that_is_still_used_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        form("type | name | label | bind::leadapp:was\ntext | a | A | b\ntext | b | B |")
    assert refused.value.code == "forms.was_in_use"
