"""Rules between the answers of a crisis contact."""

from __future__ import annotations

import pytest

from leadapp.core.problems import Severity
from leadapp.crisis.contacts import (
    ARREST,
    FORCE_LEVELS,
    INVOLUNTARY,
    force_needs_injury_answers,
    problems_with_contact,
    problems_with_times,
)
from leadapp.kinds.cit_contact import DISPOSITIONS

SOUND = {
    "disposition": "arrest", "offence": "yes", "force_level": "hands_on",
    "injury_person": "none", "injury_officer": "unknown", "injury_other": "none",
    "dispatched": "2026-10-05T23:50:00-04:00", "arrived": "2026-10-05T23:58:00-04:00",
    "cleared": "2026-10-06T00:40:00-04:00",
}  # fmt: skip


def _codes(**changes):
    return [problem.code for problem in problems_with_contact(SOUND | changes)]


def test_a_contact_over_midnight_fits_together():
    assert _codes() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"offence": "no"}, "arrest_without_offence"),
        ({"offence": "unknown"}, "arrest_without_offence"),
        ({"offence": ""}, "arrest_without_offence"),
        ({"disposition": "custody_order"}, "hold_without_paper"),
        ({"disposition": "emergency_hold"}, "hold_without_paper"),
        ({"arrived": "2026-10-05T23:40:00-04:00"}, "arrived_before_dispatch"),
        ({"cleared": "2026-10-05T23:57:00-04:00"}, "cleared_before_arrival"),
        ({"arrived": "", "cleared": "2026-10-05T20:00:00-04:00"}, "cleared_before_dispatch"),
        ({"injury_officer": ""}, "force_without_injury_answer"),
    ],
)
def test_what_does_not_fit_has_its_code(changes, code):
    assert _codes(**changes) == [f"crisis.{code}"]


def test_all_problems_come_at_once_each_at_its_question():
    changed = SOUND | {"offence": "no", "injury_person": "", "injury_other": ""}
    found = [problem.place.path for problem in problems_with_contact(changed)]
    assert found == ["offence", "injury_person", "injury_other"]


def test_a_citation_needs_no_offence_answer_here():
    assert _codes(disposition="citation", offence="") == []


def test_a_hold_with_its_paper_is_fine_even_when_the_paper_is_none():
    assert _codes(disposition="emergency_hold", legal_paper="none") == []


def test_an_empty_draft_has_no_problem_of_this_sort():
    assert problems_with_contact({}) == []


def test_a_very_long_contact_is_asked_about_and_not_blocked():
    (problem,) = problems_with_times(
        dispatched="",
        arrived="2026-10-05T08:00:00-04:00",
        cleared="2026-10-06T08:00:00-04:00",
    )
    assert (problem.code, problem.severity) == ("crisis.very_long", Severity.WARNING)


def test_the_endings_rules_ask_for_are_in_the_list():
    assert {ARREST, *INVOLUNTARY} <= set(DISPOSITIONS)


def test_only_force_above_talking_needs_injury_answers():
    asked = [level for level in FORCE_LEVELS if force_needs_injury_answers(level)]
    assert asked == list(FORCE_LEVELS[2:])
    assert not force_needs_injury_answers("")
