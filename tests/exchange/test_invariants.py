"""Two thousand histories of two to eight computers: whatever befalls them, the rules hold.

A failing seed is lived again by ``python -m tests.exchange.histories SEED``; many more by
``make soak``.
"""

from __future__ import annotations

import pytest

from tests.exchange.histories import live

EACH = 50


@pytest.mark.parametrize("first", range(0, 2000, EACH))
def test_every_invariant_holds_whatever_befalls(first):
    for seed in range(first, first + EACH):
        try:
            live(seed)
        except Exception as error:
            error.add_note(f"python -m tests.exchange.histories {seed}")
            raise
