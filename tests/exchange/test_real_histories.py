"""A hundred histories with real keys and real encrypted files, over the program's own ledger."""

from __future__ import annotations

from functools import partial

import pytest

from tests.exchange.histories import WEIGHTS, Scale, live
from tests.exchange.real_machines import RealMachine

EACH = 5
# Who forges has changed the program, which the real files are not there to show.
RARE = {"revoke": 4, "steal": 2, "root_revoke": 2, "redact": 5, "restore": 4, "clone": 3, "race": 2}
ACTS = {act: RARE.get(act, weight) for act, weight in WEIGHTS.items() if act != "forge"}
SMALL = Scale((2, 2, 3), (4, 14), ACTS)


@pytest.mark.parametrize("first", range(0, 100, EACH))
def test_every_invariant_holds_with_real_keys_and_files(first, tmp_path):
    for seed in range(first, first + EACH):
        try:
            live(seed, machine=partial(RealMachine, root=tmp_path), scale=SMALL)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
