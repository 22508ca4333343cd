"""What may be a slip in free text: marks of a person in a form that stays without names.

Told as a warning when the question is left; it never stands in the way.
"""

from __future__ import annotations

from leadapp.core.problems import Problem
from leadapp.forms.state import State
from leadapp.naloxone.traces import problems_with_text

WITHOUT_NAMES = frozenset({"naloxone_given", "naloxone_used", "kit_inspection", "stock_count"})
"""Kinds whose records name nobody."""


def doubt_about(state: State, kind: str) -> Problem | None:
    """Return the first mark of a person in what was typed, if the form should hold none."""
    typed = state.control is not None and state.control.kind == "input" and not state.readonly
    if kind not in WITHOUT_NAMES or not typed:
        return None
    return next(iter(problems_with_text({state.key: state.value})), None)
