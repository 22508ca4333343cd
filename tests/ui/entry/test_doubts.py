"""Marks of a person in a form that stays without names: told when the question is left."""

from __future__ import annotations

import pytest

from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Problem, Severity
from leadapp.services.filling import Saved
from leadapp.store.writing import Written
from leadapp.ui.entry.opening import told_after
from tests.ui.entry.conftest import Open


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Riverside", ""),
        ("59801", ""),
        ("ask Terri Osgood", "This may name a person."),
        ("406-555-0130", "This may hold a phone number."),
        ("born 3/14/1989", "This may hold a birth date."),
    ],
)
def test_free_text_that_may_name_somebody_is_told_as_a_warning(
    open_form: Open, typed: str, said: str
) -> None:
    filled = open_form("naloxone_given")
    filled.go_to("town")
    row = filled.page.view.row_with(filled.focus())
    assert row is not None
    filled.keys(typed)
    filled.tab()
    assert row.field is not None
    assert row.field._warning.startswith(said)
    assert bool(row.field._warning) == bool(said)
    assert not row.field.error


def test_a_form_that_has_names_is_not_looked_at(open_form: Open) -> None:
    filled = open_form("cit_contact")
    filled.go_to("where")
    row = filled.page.view.row_with(filled.focus())
    assert row is not None
    filled.keys("Terri Osgood's")
    filled.tab()
    assert row.field is not None
    assert not row.field._warning


def test_what_the_books_say_is_told_after_saving_and_a_name_was_told_before() -> None:
    codes = ("forms.answer_waits", "naloxone.text_may_name", "naloxone.no_order_in_force")
    warnings = tuple(Problem(code, severity=Severity.WARNING) for code in codes)
    saved = Saved(
        RecordId("r"), RingId("supply"), "Naloxone given", 0, (), warnings, (), Written()
    )  # fmt: skip
    assert [one.code for one in told_after(saved)] == ["naloxone.no_order_in_force"]
