"""The words two people compare by voice."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from leadapp.services.syncing.six_words import same_words, six_words


@given(st.binary(), st.binary())
def test_six_words_that_can_be_said_differ_where_the_bytes_differ(one, other):
    assert re.fullmatch(r"([a-z]{5} ){5}[a-z]{5}", six_words(one))
    assert same_words(six_words(one), six_words(other)) == (one == other)


def test_words_are_the_same_however_they_are_written():
    words = six_words(b"x")
    assert same_words(words, words.upper().replace(" ", "-"))
    assert not same_words(words, "")
    assert not same_words(words, words.rsplit(" ", 1)[0])
