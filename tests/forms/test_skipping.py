"""When a question is asked, said for paper."""

from __future__ import annotations

import pytest

from leadapp.forms.skipping import Skip, skip_rule
from tests.forms.conftest import form

SURVEY = """
type | name | label | relevant
select_one yn | used | Naloxone used? |
select_multiple drug | drugs | What | |
integer | age | Age | |
text | note | Note | {rule}
"""
CHOICES = """
list_name | name | label
yn | yes | Yes
yn | no | No
drug | a | Alcohol
drug | o | Opioids
"""


def rule(text: str) -> Skip | None:
    definition = form(SURVEY.replace("{rule}", text), CHOICES)
    return skip_rule(definition, (definition.data.name, "note"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${used} = 'yes'", [("Naloxone used?", "is", "Yes")]),
        ("'yes' = ${used}", [("Naloxone used?", "is", "Yes")]),
        ("not(${used} = 'yes')", [("Naloxone used?", "is_not", "Yes")]),
        ("selected(${drugs}, 'o')", [("What", "includes", "Opioids")]),
        ("not(selected(${drugs}, 'o'))", [("What", "leaves_out", "Opioids")]),
        ("selected(${used}, 'yes')", [("Naloxone used?", "is", "Yes")]),
        ("selected('yes no', ${used})", [("Naloxone used?", "one_of", "Yes / No")]),
        ("${age} >= 18", [("Age", "at_least", "18")]),
        ("18 > ${age}", [("Age", "under", "18")]),
        ("${age} != ''", [("Age", "answered", "")]),
        ("${age} = ''", [("Age", "blank", "")]),
        (
            "${used} = 'yes' and ${age} > 3",
            [("Naloxone used?", "is", "Yes"), ("Age", "over", "3")],
        ),
        ("${age} > 3 and (${used} = 'yes' or ${used} = 'no')", []),
        ("string-length(${used}) > 2", []),
        ("${age} + 1 > 3", []),
        ("true() or ${used} = 'yes'", []),
    ],
)
def test_simple_rules_are_read_and_others_are_not_guessed(text, said) -> None:
    found = rule(text)
    assert found is not None
    assert [(one.question, one.says, one.answer) for one in found.conditions] == said


def test_either_of_two_is_told_from_both() -> None:
    found = rule("${used} = 'yes' or ${age} > 3")
    assert found is not None
    assert found.joined_by == "or"


def test_what_is_always_asked_has_no_rule() -> None:
    assert rule("") is None
