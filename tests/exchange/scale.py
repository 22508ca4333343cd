"""What may befall the computers of a history, how often, and how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WEIGHTS = {
    "write": 24, "attach": 2, "sync": 24, "crash": 8, "compact": 4, "wait": 4, "lose": 2,
    "tear": 2, "flip": 2, "rename": 2, "double": 1, "foreign": 1, "keep": 1, "roll_back": 1,
    "new_stick": 1, "full": 1, "back_up": 2, "restore": 2, "clone": 1, "clock": 2, "enrol": 2,
    "revoke": 1, "steal": 1, "root_revoke": 0.4, "forge": 1, "redact": 1, "stranger": 1, "race": 1,
}  # fmt: skip
LOSSY = frozenset(
    {"lose", "tear", "flip", "roll_back", "new_stick", "restore", "revoke", "steal", "root_revoke",
     "crash", "clone"}
)  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How many computers there may be, how much befalls them, and what."""

    counts: tuple[int, ...]
    steps: tuple[int, int]
    acts: Mapping[str, float]


WHOLE = Scale((2, 2, 3, 3, 3, 4, 4, 5, 6, 8), (8, 45), WEIGHTS)
