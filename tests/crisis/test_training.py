"""An officer's CIT status on a day."""

from __future__ import annotations

import pytest

from leadapp.crisis.training import RosterRow, cit_status, problems_with_certificate

ROSTER = [
    RosterRow("ruiz", "2020-01-01", "", "2023-05-05", ""),
    RosterRow("okoye", "2020-01-01", "2026-06-30", "2021-01-01", "2024-12-31"),
    RosterRow("lund", "2020-01-01", "", "", ""),
    RosterRow("back", "2018-01-01", "2020-12-31", "2019-01-01", ""),
    RosterRow("back", "2025-01-01", "", "", ""),
]


@pytest.mark.parametrize(
    ("officer", "day", "status"),
    [
        ("ruiz", "2023-05-04", "not_certified"),
        ("ruiz", "2023-05-05", "certified"),
        ("ruiz", "2019-12-31", "not_on_roster"),
        ("okoye", "2024-12-31", "certified"),
        ("okoye", "2025-01-01", "not_certified"),
        ("okoye", "2026-07-01", "not_on_roster"),
        ("lund", "2026-01-01", "not_certified"),
        ("back", "2020-01-01", "certified"),
        ("back", "2023-01-01", "not_on_roster"),
        ("back", "2025-06-01", "not_certified"),
        ("nobody", "2025-06-01", "not_on_roster"),
    ],
)
def test_status_is_as_of_the_day(officer, day, status):
    assert cit_status(ROSTER, officer=officer, day=day) == status


@pytest.mark.parametrize(
    ("officer", "answer", "told"),
    [
        ("ruiz", "yes", False),
        ("ruiz", "no", True),
        ("lund", "yes", True),
        ("lund", "", False),
        ("nobody", "yes", False),
    ],
)
def test_an_answer_against_the_roster_is_told(officer, answer, told):
    found = problems_with_certificate(ROSTER, officer=officer, day="2026-01-01", answer=answer)
    assert [one.blocks for one in found] == ([False] if told else [])
