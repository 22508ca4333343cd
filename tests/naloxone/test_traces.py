"""Marks of a person in text that must stay anonymous."""

from __future__ import annotations

import pytest

from leadapp.naloxone.traces import problems_with_text


def _codes(text):
    return [
        problem.code.removeprefix("naloxone.text_may_")
        for problem in problems_with_text({"note": text})
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Friend is Robert Miller, lives near", "name"),
        ("spoke to Ms. Alvarez", "name"),
        ("her name is Dana", "name"),
        ("a man called Pete", "name"),
        ("call 828-555-0134", "have_phone"),
        ("call (828) 555 0134", "have_phone"),
        ("555-0134 after six", "have_phone"),
        ("DOB unknown", "have_birth_date"),
        ("born 3/14/88", "have_birth_date"),
        ("his is 1988-03-14", "have_birth_date"),
        ("March 14, 1988", "have_birth_date"),
        ("ssn 123-45-6789", "have_number"),
        ("mail to dana@example.org", "have_number"),
    ],
)
def test_marks_of_a_person_are_told(text, code):
    assert code in _codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "breathing after two doses, refused transport",
        "left 2 kits of lot 4471",
        "Narcan Nasal given near Alder County Health Department",
        "found on Main Street behind the Motel",
        "2026-10-05",
        "2026-10-05T14:05:00.000-04:00",
        "14:05:00.000-04:00",
        "Ab0123456789-_xyzXYZ12",
        "Black Mountain",
        "arrived 14:05, gave 1 dose at 14:07",
    ],
)
def test_plain_text_passes(text):
    assert _codes(text) == []


def test_a_trace_is_a_warning_at_its_question_and_does_not_repeat_the_text():
    (problem,) = problems_with_text({"event/note": "her name is Dana", "event/other": "fine"})
    assert not problem.blocks
    assert problem.place.path == "event/note"
    assert dict(problem.values) == {}
