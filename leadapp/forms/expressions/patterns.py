"""regex(): whole-text matching with limits, so that one pattern cannot stop the form."""

from __future__ import annotations

import re
from functools import lru_cache

from leadapp.core.errors import Refusal

LONGEST_PATTERN = 1_000
LONGEST_TEXT = 2_000
LONGEST_NESTED = 60
"""Letters tried with a repeat inside a repeat, which can take time beyond measure."""

_NESTED = re.compile(r"\([^()]*[+*}][^()]*\)(?:[+*]|\{\d*,)")


@lru_cache(maxsize=512)
def compiled(pattern: str) -> re.Pattern[str]:
    """Return ``pattern`` ready to use; Refusal when it is not one."""
    if len(pattern) > LONGEST_PATTERN:
        raise Refusal("forms.pattern_too_long", length=len(pattern), most=LONGEST_PATTERN)
    try:
        return re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as cause:
        raise Refusal("forms.pattern_unreadable") from cause


def matches_whole(text: str, pattern: str) -> bool:
    """Return whether all of ``text`` matches ``pattern``; over-long text never does."""
    ready = compiled(pattern)
    most = LONGEST_NESTED if _NESTED.search(pattern) else LONGEST_TEXT
    return len(text) <= most and ready.fullmatch(text) is not None
