"""A hundred histories with real keys and real encrypted files, over the program's own ledger."""

from __future__ import annotations

from functools import partial

import pytest

from leadapp.exchange.bundle import Batch
from leadapp.exchange.pushing import chain_of
from leadapp.services.syncing import ledger
from tests.exchange.held import REFER, SYS
from tests.exchange.histories import History, live
from tests.exchange.real_machines import RealMachine
from tests.exchange.scale import WEIGHTS, Scale

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


def test_entries_come_in_with_their_seal_or_not_at_all(tmp_path, monkeypatch):
    """Found by a history: an own file read after a restore, cut off half way, then lost."""
    history = History(1, machine=partial(RealMachine, root=tmp_path), scale=SMALL)
    one, other = history.machines[:2]
    for n in range(6):
        one.write(REFER, "refer-1", "save", {"a": str(n)}, history.now + n)
        one.write(REFER, "refer-2", "save", {"a": str(n)}, history.now + n)
        if n % 2:
            one.seal(SYS)
    view = one.view(REFER)
    batches = [Batch(seal, chain_of(seal, view.entries(seal))) for seal in view.seals()]
    monkeypatch.setattr(ledger, "Pace", LittleAtATime)
    for through in other.view(REFER).take(batches):
        held = other.held[REFER]
        sealed = {
            e.hash for s in held.seals.values() for e in chain_of(s, other.view(REFER).entries(s))
        }
        assert held.entries.keys() == sealed
        if through > 4:
            break
    assert len(other.held[REFER].entries) == 8


class LittleAtATime:
    """A pace of one entry a stretch."""

    size = 1

    def __enter__(self) -> None:
        """Begin a stretch."""

    def __exit__(self, *_: object) -> None:
        """End a stretch."""


def test_what_lies_beyond_a_cut_stops_to_count_where_it_had_counted(tmp_path):
    three = Scale((3,), (0, 0), ACTS)
    history = History(5, machine=partial(RealMachine, root=tmp_path), scale=three)
    office, stolen, third = history.machines
    assert [one.coordinator for one in history.machines] == [True, False, False]
    stick, other_stick = history.sticks
    stolen.write(REFER, "refer-1", "save", {"a": "before"}, history.now)
    for one in (stolen, office, third):
        one.sync(stick, history.now)
    late = stolen.write(REFER, "refer-1", "save", {"a": "after"}, history.now + 1)
    for one in (stolen, third):
        one.sync(other_stick, history.now)
    assert late.hash in {one.hash for one in third.counting(REFER)}
    body: dict[str, object] = {
        "what": "device", "id": stolen.device, "kept": [], "reason": "x",
        "cuts": history._cuts(office, stolen),
    }  # fmt: skip
    office.say("revoke", body)
    for one in (office, third):
        one.sync(stick, history.now)
    assert late.hash in third.held[REFER].entries
    assert late.hash not in {one.hash for one in third.counting(REFER)}
    third.sync(other_stick, history.now)
    office.sync(other_stick, history.now)
    assert {one.hash for one in third.counting(REFER)} == {
        one.hash for one in office.counting(REFER)
    }
