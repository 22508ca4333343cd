"""regex(): whole-text matching that cannot be made to run for ever.

Python's own matcher tries again and again where a pattern leaves it a choice, which a
hostile or careless pattern turns into hours. A pattern with more than one open
repeat is therefore walked as an automaton (``automata``), in time that grows with the
text only. What an automaton cannot do (look-ahead, back references) gets short texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from leadapp.core.errors import Refusal
from leadapp.forms.expressions.automata import Automaton, build, choices_of

LONGEST_PATTERN = 1_000
LONGEST_TEXT = 2_000
LONGEST_TRIED = 200
LONGEST_NESTED = 24
"""Letters tried where repeats lie in repeats and no automaton can be built."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern ready to use, and the longest text it is asked about."""

    tried: re.Pattern[str]
    automaton: Automaton | None
    longest: int

    def matches(self, text: str) -> bool:
        """Return whether all of ``text`` matches."""
        if len(text) > self.longest:
            return False
        if self.automaton is not None:
            return self.automaton.matches(text)
        return self.tried.fullmatch(text) is not None


@lru_cache(maxsize=512)
def compiled(pattern: str) -> Pattern:
    """Return ``pattern`` ready to use; Refusal when it is not one."""
    if len(pattern) > LONGEST_PATTERN:
        raise Refusal("forms.pattern_too_long", length=len(pattern), most=LONGEST_PATTERN)
    try:
        tried = re.compile(pattern)
        total, nested = choices_of(pattern)
        if total <= 1 and not nested:
            return Pattern(tried, None, LONGEST_TEXT)
        automaton = build(pattern)
    except (re.error, RecursionError, OverflowError) as cause:
        raise Refusal("forms.pattern_unreadable") from cause
    if automaton is not None:
        return Pattern(tried, automaton, LONGEST_TEXT)
    return Pattern(tried, None, LONGEST_NESTED if nested else LONGEST_TRIED)


def matches_whole(text: str, pattern: str) -> bool:
    """Return whether all of ``text`` matches ``pattern``; over-long text never does."""
    return compiled(pattern).matches(text)
