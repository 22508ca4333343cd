"""Whatever order, doubles and batches entries come in, they make the same record: the oracle's."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from leadapp.journal.entry import DELETED, Entry
from leadapp.journal.fold import begin, extend, fold
from tests.journal.making import written

KEYS = ("phone", "street", "name")


@st.composite
def concurrent_devices(draw) -> list[Entry]:
    """Devices write one record; each knows what it has written and what it has merged."""
    devices = draw(st.integers(1, 4))
    known: list[dict[str, Entry]] = [{} for _ in range(devices)]
    made: list[Entry] = []
    for n in range(draw(st.integers(1, 14))):
        device = draw(st.integers(0, devices - 1))
        if made and draw(st.booleans()):
            known[device] |= known[draw(st.integers(0, devices - 1))]
            continue
        values = draw(st.dictionaries(st.sampled_from(KEYS), st.sampled_from("123"), max_size=2))
        op = draw(st.sampled_from(["save", "save", "save", "void", "restore"]))
        if op != "save":
            values[DELETED] = "1" if op == "void" else ""
        heads = naive_heads(known[device].values())
        moment = draw(st.integers(0, 3))  # clocks agree on nothing
        entry = written(values, *heads, t=moment, by=f"d{device}", seq=n + 1, op=op)
        known[device][entry.hash] = entry
        made.append(entry)
    return made or [written({"phone": "1"})]


def naive_heads(entries) -> list[Entry]:
    named = {parent for entry in entries for parent in entry.parents}
    return [entry for entry in entries if entry.short not in named]


def ancestors(entry: Entry, known: dict[str, Entry]) -> set[str]:
    found: set[str] = set()
    waiting = list(entry.parents)
    while waiting:
        short = waiting.pop()
        if short in known and short not in found:
            found.add(short)
            waiting += known[short].parents
    return found


def oracle(entries: list[Entry]) -> dict[str, tuple[str, set[str]]]:
    """Return, by answer, the shown value and all candidates' values: R2, word for word."""
    known = {entry.short: entry for entry in entries}
    past = {short: ancestors(entry, known) for short, entry in known.items()}
    says = {short: dict(entry.values) for short, entry in known.items()}

    def standing(key: str, among: set[str]) -> list[str]:
        writers = [short for short in among if key in says[short]]
        return [one for one in writers if not any(one in past[other] for other in writers)]

    for short in sorted(known, key=lambda one: len(past[one])):
        voids = [one for one in standing(DELETED, past[short]) if says[one][DELETED] == "1"]
        if DELETED not in says[short] and not voids:
            says[short][DELETED] = ""
    found = {}
    for key in {key for values in says.values() for key in values}:
        here = standing(key, set(known))
        best = max(here, key=lambda one: (known[one].t_ms, known[one].hash))
        found[key] = (says[best][key], {says[one][key] for one in here})
    return found


@given(concurrent_devices())
@settings(max_examples=150)
def test_the_fold_equals_the_naive_oracle(entries):
    folded = fold(entries)
    expected = oracle(entries)
    assert folded.values == {key: shown for key, (shown, _) in expected.items()}
    assert {key: {one.value for one in found} for key, found in folded.conflicts.items()} == {
        key: values for key, (_, values) in expected.items() if len(values) > 1
    }
    assert folded.voided == (expected[DELETED][1] == {"1"})
    assert set(folded.heads) == {entry.short for entry in naive_heads(entries)}


@given(concurrent_devices())
@settings(max_examples=100)
def test_a_record_is_branched_when_two_wrote_without_knowing_of_each_other(entries):
    known = {entry.short: entry for entry in entries}
    past = {short: ancestors(entry, known) for short, entry in known.items()}
    pairs = itertools.combinations(known, 2)
    apart = any(one not in past[other] and other not in past[one] for one, other in pairs)
    assert fold(entries).branched == apart


@given(concurrent_devices(), st.data())
@settings(max_examples=100)
def test_order_and_doubles_change_nothing(entries, data):
    shuffled = data.draw(st.permutations(entries))
    doubled = shuffled + data.draw(st.lists(st.sampled_from(entries), max_size=5))
    assert fold(doubled) == fold(entries)


@given(concurrent_devices(), st.data())
@settings(max_examples=100)
def test_entry_by_entry_with_the_fast_path_equals_folding_at_once(entries, data):
    arriving = data.draw(st.permutations(entries))
    folded = begin(arriving[0], arriving[0].values) or fold(arriving[:1])
    for n, entry in enumerate(arriving[1:], start=2):
        folded = extend(folded, entry, entry.values) or fold(arriving[:n])
    assert folded == fold(entries)


@given(concurrent_devices())
@settings(max_examples=50)
def test_a_loser_is_listed_until_an_entry_descends_from_both(entries):
    folded = fold(entries)
    heads = naive_heads(entries)
    choice = {key: found[0].value for key, found in folded.conflicts.items()}
    settled = written(choice, *heads, t=9, seq=99)
    assert not fold([*entries, settled]).conflicts
