"""A bundle is a stranger's file: what is not as this program writes it is refused whole."""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Damage, LeadappError, Refusal
from leadapp.core.ids import DeviceId, RingId
from leadapp.exchange import packing, reading
from leadapp.exchange.armor import armor, unarmored
from leadapp.exchange.bundle import Batch, Bundle, as_text, padded_size, write_bundle
from leadapp.exchange.fetching import fetch
from leadapp.exchange.naming import bundle_name, is_bundle_name, may_be_a_bundle, ring_folder
from leadapp.exchange.packing import bundles_of
from leadapp.exchange.pushing import chain_of
from leadapp.exchange.reading import NotForMe, check_batch, inflate, open_bundle, read_text
from leadapp.vault.sealing import AgeSealer, new_identity
from leadapp.vault.signing import Ed25519Verifier
from tests.exchange.model import FOLDER, RING, Computer, Folder, keys

VERIFIER = Ed25519Verifier()
ME = keys(0)[1]
TO = (DeviceId("device-0"),)


def a_bundle(entries: int = 3, batches: int = 2) -> Bundle:
    computer = Computer(0, 1, carries=True)
    for _ in range(batches):
        for n in range(entries):
            computer.write("a", f"Hollis {n}", t=n)
        computer.seal()
    made = [Batch(seal, chain_of(seal, computer.entries(seal))) for seal in computer.seals()]
    return Bundle(RING, TO, tuple(made))


BUNDLE = a_bundle()
TEXT = as_text(BUNDLE)


def sealed(text: bytes) -> bytes:
    return AgeSealer().seal(gzip.compress(text), [ME.recipient])


def opened(data: bytes, ring: RingId = RING, identity: str = ME.secret) -> Bundle:
    return open_bundle(data, ring=ring, identity=identity, sealer=AgeSealer(), verifier=VERIFIER)


def checked(text: bytes) -> Bundle:
    """Read text as if it had been sealed: quicker where thousands are tried."""
    bundle = read_text(text, RING)
    for batch in bundle.batches:
        check_batch(batch, VERIFIER)
    return bundle


def test_what_was_written_is_read_again():
    assert opened(write_bundle(BUNDLE, AgeSealer(), [ME.recipient])) == BUNDLE


def test_a_redacted_entry_travels_as_its_header_and_the_chain_still_verifies():
    batch = BUNDLE.batches[0]
    emptied = tuple(one.without_payload() for one in batch.entries)
    bundle = Bundle(RING, TO, (Batch(batch.seal, emptied),))
    text = as_text(bundle)
    assert b"Hollis" not in text
    assert checked(text) == bundle


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 255))
@settings(max_examples=400)
def test_no_changed_byte_is_accepted(at, change):
    changed = bytearray(TEXT)
    changed[at] ^= change
    head = TEXT.index(b"\n")
    try:
        bundle = checked(bytes(changed))
    except LeadappError:
        return
    # Whom a file says it is for is not signed: it says no more than what lies there for whom.
    assert at < head
    assert bundle.batches == BUNDLE.batches


@given(st.integers(0, len(TEXT) - 1))
@settings(max_examples=200)
def test_no_cut_text_is_accepted(at):
    with pytest.raises(LeadappError):
        checked(TEXT[:at])


@given(st.binary(max_size=400))
def test_rubbish_is_refused_and_nothing_else_happens(data):
    for read in (lambda: opened(data), lambda: inflate(data), lambda: checked(data)):
        with pytest.raises(LeadappError):
            read()


def lines(*said: object) -> bytes:
    return b"\n".join(canonical_json(one) for one in said) + b"\n"


def batch_line(**changes: object) -> dict[str, object]:
    said = json.loads(TEXT.split(b"\n")[1])
    return {**said, **changes}


def with_first_batch(**changes: object) -> bytes:
    parts = TEXT.split(b"\n")
    parts[1] = canonical_json(batch_line(**changes))
    return b"\n".join(parts)


@pytest.mark.parametrize(
    "changes",
    [
        {"log": "x" * 22},
        {"first": 2, "last": 4},
        {"first": -1},
        {"first": 1.0},
        {"first": True},
        {"last": 1 << 60},
        {"last": 2},
        {"prev": "A" * 43},
        {"dev": "A" * 43},
        {"dev": 7},
        {"nonce": "!"},
        {"sig": "A" * 86},
        {"sig": "A" * 200},
        {"seen": {"x": -1}},
        {"seen": ["x"]},
        {"seen": {"x" * 200: 1}},
        {"roster": None},
    ],
)
def test_a_batch_line_that_says_anything_else_is_refused(changes):
    with pytest.raises(Damage):
        checked(with_first_batch(**changes))


def test_half_a_letter_is_refused_wherever_it_stands():
    for here, there in ((b'"seen":{}', b'"seen":{"\\ud800":1}'), (b'"to":["', b'"to":["\\ud800')):
        assert here in TEXT
        with pytest.raises(Damage):
            checked(TEXT.replace(here, there, 1))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\n",
        b"[]\n",
        b"{}\n",
        b'{"dv":1}\n',
        b'{"dv":NaN,"ring":"refer-sheriff","to":[]}\n',
        b'{"dv":1,"dv":1,"ring":"refer-sheriff","to":[]}\n',
        b'{"dv":1,"ring":"refer-sheriff","to":"all"}\n',
        b'{"dv":1,"ring":"refer-sheriff","to":["\xff"]}\n',
        b'{"dv":1,"ring":"refer-sheriff","to":["\\ud800"]}\n',
        b'{"dv":1,"ring":"refer-sheriff","to":[' + b"[" * 100_000,
        TEXT + b"\n",
        TEXT + b"x",
        TEXT[:-1],
    ],
)
def test_a_malformed_text_is_refused(text):
    with pytest.raises(LeadappError):
        checked(text)


def test_entries_of_another_order_log_or_ring_are_refused():
    parts = TEXT.split(b"\n")
    swapped = [*parts[:2], *parts[4:6], *parts[2:4], *parts[6:]]
    for text in (b"\n".join(swapped), as_text(Bundle(RING, TO, other_ring()))):
        with pytest.raises(Damage, match=r"exchange\.chain_broken"):
            checked(text)
    with pytest.raises(Damage, match=r"exchange\.other_ring"):
        opened(sealed(TEXT), ring=RingId("care"))


def other_ring() -> tuple[Batch, ...]:
    """Return a batch of care that somebody relabelled: its entries say where they belong."""
    batch = BUNDLE.batches[0]
    entries = tuple(
        dataclasses.replace(one, header=one.header.replace(b'"refer-sheriff"', b'"care"'))
        for one in batch.entries
    )
    return (Batch(batch.seal, entries),)


def test_a_far_future_entry_that_no_page_could_show_is_refused():
    computer = Computer(0, 1, carries=True)
    computer.write("a", "1", t=1 << 52)
    computer.seal()
    seal = computer.seals()[0]
    with pytest.raises(Damage):
        check_batch(Batch(seal, chain_of(seal, computer.entries(seal))), VERIFIER)


def test_a_newer_bundle_or_entry_is_kept_for_a_newer_program():
    with pytest.raises(Refusal, match=r"exchange\.too_new"):
        checked(TEXT.replace(b'{"dv":1', b'{"dv":2', 1))
    with pytest.raises(Refusal, match=r"exchange\.too_new"):
        checked(TEXT.replace(b'["dv1"', b'["dv2"', 1))


def test_a_bomb_is_stopped_at_the_limit():
    bomb = gzip.compress(bytes(300 << 20), 1)
    assert len(bomb) < 2 << 20
    tracemalloc.start()
    with pytest.raises(Damage, match=r"exchange\.too_large"):
        inflate(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 3 * reading.MOST_TEXT_BYTES


def test_too_many_batches_entries_or_stanzas_are_refused_before_they_are_worked_on(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BATCHES", 1)
    with pytest.raises(Damage, match=r"exchange\.too_many"):
        read_text(TEXT, RING)
    monkeypatch.undo()
    with pytest.raises(Damage, match=r"exchange\.too_many"):
        read_text(with_first_batch(last=60_000), RING)
    many = AgeSealer().seal(b"x", [new_identity().recipient for _ in range(500)])
    with pytest.raises(Damage, match=r"exchange\.not_a_bundle"):
        opened(many)
    with pytest.raises(Damage, match=r"exchange\.too_large"):
        opened(bytes((16 << 20) + 1))


def test_a_file_for_others_is_told_from_a_broken_one():
    theirs = write_bundle(BUNDLE, AgeSealer(), [new_identity().recipient])
    with pytest.raises(NotForMe):
        opened(theirs)
    with pytest.raises(Damage):
        opened(sealed(b"no bundle"))


@pytest.mark.parametrize("lost", [1, 100, 1000])
def test_a_file_for_this_computer_that_was_cut_is_not_called_anothers(lost):
    mine = sealed(TEXT)
    for data in (mine[:-lost], mine + b"junk", mine[:-lost] + bytes(lost)):
        with pytest.raises(Damage, match=r"exchange\.cut_or_changed"):
            opened(data)


def test_trailing_bytes_that_are_no_padding_are_refused():
    packed = gzip.compress(TEXT)
    assert inflate(packed + bytes(100)) == TEXT
    with pytest.raises(Damage):
        inflate(packed + b"\0\0secret")


# -- a folder of a stranger ------------------------------------------------------------------


def test_a_stranger_in_the_folder_is_refused_once_and_harms_nothing():
    computer = Computer(0, 1, carries=True)
    folder = Folder()
    bad = sealed(TEXT.replace(b"Hollis", b"Holliz"))
    huge = bytes(20 << 20)
    for data in (bad, sealed(b"{}"), os.urandom(5000)):
        folder.files[bundle_name(data)] = data
    folder.files["a" * 32 + ".dvb"] = huge
    folder.files |= {"desktop.ini": b"x", ".DS_Store": b"x", "film.mp4": b"x", "x.dvb.tmp": b"x"}
    good = write_bundle(BUNDLE, AgeSealer(), [ME.recipient])
    folder.files[bundle_name(good)] = good
    read = fetch(folder, FOLDER, computer, computer.opener())
    assert sorted(one.outcome for one in read) == ["refused"] * 4 + ["taken"]
    assert len(computer.held.entries) == 6
    again = fetch(folder, FOLDER, computer, computer.opener())
    assert [one.cause for one in again] == ["exchange.too_large"]


def test_a_file_not_for_this_computer_is_tried_again_when_the_roster_changes():
    computer = Computer(0, 1, carries=True)
    folder = Folder()
    theirs = write_bundle(BUNDLE, AgeSealer(), [new_identity().recipient])
    folder.files[bundle_name(theirs)] = theirs
    opener = computer.opener()
    assert [one.outcome for one in fetch(folder, FOLDER, computer, opener)] == ["not_for_me"]
    assert fetch(folder, FOLDER, computer, opener) == []
    changed = dataclasses.replace(opener, mark="another roster")
    assert [one.outcome for one in fetch(folder, FOLDER, computer, changed)] == ["not_for_me"]


def test_a_file_of_a_newer_program_is_tried_again_after_an_update():
    computer = Computer(0, 1, carries=True)
    folder = Folder()
    newer = sealed(TEXT.replace(b'{"dv":1', b'{"dv":2', 1))
    folder.files[bundle_name(newer)] = newer
    opener = computer.opener()
    assert [one.outcome for one in fetch(folder, FOLDER, computer, opener)] == ["too_new"]
    assert fetch(folder, FOLDER, computer, opener) == []
    assert fetch(folder, FOLDER, computer, dataclasses.replace(opener, version="2"))


# -- names, sizes, mail ----------------------------------------------------------------------


@given(st.integers(1, 20 << 20))
def test_padding_adds_an_eighth_at_most_and_leaves_few_sizes(size):
    padded = padded_size(size)
    assert padded >= max(size, 4096)
    assert padded <= max(4096, size * 1.12 + 1)
    assert padded_size(padded) == padded


def test_one_entry_and_ten_look_alike():
    files = [write_bundle(a_bundle(n, 1), AgeSealer(), [ME.recipient]) for n in (1, 4, 10)]
    assert {len(AgeSealer().open(file, ME.secret)) for file in files} == {4096}


def test_names_say_nothing_and_fit_every_file_system():
    name = bundle_name(b"x")
    assert is_bundle_name(name)
    assert len(name) == 36
    assert name == name.lower()
    assert not is_bundle_name(name.replace(".dvb", "-LAPTOP7.dvb"))
    assert may_be_a_bundle(name.replace(".dvb", " (1).DVB"))
    assert not may_be_a_bundle("desktop.ini")
    folders = {ring_folder("p", RingId(ring)) for ring in ("sys", "shared", "care")}
    assert len(folders) == 3
    assert {len(folder) for folder in folders} == {8}
    assert ring_folder("q", RingId("care")) not in folders


@given(st.binary(min_size=1, max_size=3000))
def test_mail_brings_back_what_was_sent_whatever_it_does_to_line_ends(data):
    sent = armor(data)
    assert unarmored(sent) == data
    assert unarmored(b"\r\n  " + sent.replace(b"\n", b"\r\n") + b"\r\n") == data


def test_bundles_are_cut_by_size_and_keep_the_order(monkeypatch):
    batches = a_bundle(1, 30).batches
    assert list(bundles_of(batches)) == [batches]
    monkeypatch.setattr(packing, "BUNDLE_BATCHES", 7)
    cut = list(bundles_of(batches))
    assert [len(one) for one in cut] == [7, 7, 7, 7, 2]
    assert tuple(batch for one in cut for batch in one) == batches
