"""The converter's usual complaints as codes of our own, so that they are said in plain words.

What is not known here keeps the converter's own sentence.
"""

from __future__ import annotations

import re

from leadapp.core.problems import Value

_KNOWN: tuple[tuple[str, str, str], ...] = (
    (r"Could not find the name '(?P<name>[^']+)'", "name_not_found", ""),
    (r"'name' value '(?P<name>[^']+)' is invalid\. Questions, groups", "question_twice", "name"),
    (r"Choice names must be unique for each choice list", "choice_twice", "name"),
    (r"Choices must have a name", "choice_without_name", "name"),
    (r"Choices should have a label", "choice_without_label", "label"),
    (r"List name not in choices sheet: (?P<name>\S+)", "list_without_choices", "type"),
    (r"There should be a choices sheet", "no_choices_sheet", ""),
    (r"Unknown question type '(?P<name>[^']*)'", "type_unknown", "type"),
    (r"Question with no type", "row_without_type", "type"),
    (r"Question or group with no name", "row_without_name", "name"),
    (r"Missing calculation", "calculation_missing", "calculation"),
    (r"Names must begin with a letter or underscore", "name_letters", "name"),
    (r"Unmatched 'end_(?P<name>\w+)'", "end_without_begin", "type"),
    (r"Unmatched 'begin_(?P<name>\w+)'", "begin_without_end", "type"),
    (r"Reference variables must start with", "reference_brackets", ""),
    (r"The name '(?P<name>[^']+)' appears more than once", "name_not_unique", ""),
    (r"has no label or hint", "label_missing", "label"),
    (r"The name 'meta' is reserved", "name_meta", "name"),
)
"""What it says, our code, and the column it is about where it does not say."""
_PATTERNS = tuple((re.compile(pattern), f"forms.{code}", at) for pattern, code, at in _KNOWN)


def plainer(message: str) -> tuple[str, dict[str, Value], str] | None:
    """Return our code, values and column for a complaint of the converter; ``None`` for others."""
    for pattern, code, column in _PATTERNS:
        found = pattern.search(message)
        if found is not None:
            return code, dict(found.groupdict()), column
    return None
