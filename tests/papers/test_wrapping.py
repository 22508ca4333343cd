"""Breaking text into lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.papers import faces
from leadapp.papers.press import Press
from leadapp.papers.wrapping import printable, wrap


@pytest.mark.usefixtures("press")
@given(st.text(max_size=200), st.floats(20, 400))
def test_lines_fit_and_joined_give_the_text_back(text: str, room: float) -> None:
    shown = printable(text)
    lines = wrap(shown, faces.REGULAR, 9, room)
    assert "".join(lines) == shown.replace("\n", "")
    for line in lines:
        fits = faces.width(line.rstrip(" "), faces.REGULAR, 9) <= room + 0.001
        assert fits or len(line.rstrip(" ")) == 1 or _has_mark_or_stand_in(line)


def _has_mark_or_stand_in(line: str) -> bool:
    # a letter shown by its number, or one with marks on it, is never broken
    return any(not faces.has_picture(faces.REGULAR, letter) for letter in line)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a    b"),
        ("n\u0303", "ñ"),
        ("a\u200bb\u00adc\x07", "abc"),
        ("a\u00a0b", "a b"),
        ("a\u2028b", "a\nb"),
    ],
)
def test_control_marks_are_made_printable(typed: str, shown: str) -> None:
    assert printable(typed) == shown


def test_a_line_broken_at_a_space_keeps_it(press: Press) -> None:
    assert wrap("one two", faces.REGULAR, 10, 25) == ["one ", "two"]
