"""Files that were broken on the way or made to break who reads them: refused, and cheaply."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from leadapp.core.encoding import canonical_json
from leadapp.core.errors import Damage, LeadappError
from leadapp.core.ids import RingId
from leadapp.exchange import reading
from leadapp.exchange.bundle import as_text, write_bundle
from leadapp.exchange.fetching import fetch
from leadapp.exchange.memory import recall
from leadapp.exchange.naming import bundle_name
from leadapp.exchange.reading import NotForMe, inflate, read_text, unseal
from leadapp.journal.entry import MOST_BYTES
from leadapp.journal.roster import Roster
from leadapp.vault.sealing import AgeSealer, new_identity
from tests.exchange.model import FOLDER, RING, Computer, Folder, program
from tests.exchange.test_reading import BUNDLE, ME, TEXT, checked, opened, sealed
from tests.journal.test_roster import BASE, Checker

FILE = write_bundle(BUNDLE, AgeSealer(), [ME.recipient])
NAME = bundle_name(FILE)
HEAD, BATCH, FIRST, SAID, *REST = TEXT.split(b"\n")


@contextmanager
def little_memory(most: int) -> Iterator[None]:
    """Fail when more than ``most`` bytes are held at once meanwhile."""
    tracemalloc.start()
    try:
        yield
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < most


def met(name: str, data: bytes) -> tuple[list[str], int]:
    """Return what a computer makes of a file lying there, and how many entries it took."""
    computer = Computer(0, 1, carries=True)
    folder = Folder()
    folder.files[name] = data
    read = fetch(folder, FOLDER, computer, computer.opener())
    assert len(computer.held.entries) == sum(one.entries for one in read)
    return [one.outcome for one in read], len(computer.held.entries)


# -- broken on the way -----------------------------------------------------------------------------


def test_no_flipped_byte_is_taken_under_its_own_name_or_another():
    for at in range(0, len(FILE), 5):
        flipped = bytearray(FILE)
        flipped[at] ^= 1 << (at % 8)
        assert met(NAME, bytes(flipped)) == (["torn"], 0)
        with pytest.raises(LeadappError):
            opened(bytes(flipped))


def test_no_cut_file_is_taken_at_any_length():
    for size in range(0, len(FILE), 3):
        assert met(NAME, FILE[:size]) == (["torn"], 0)
        with pytest.raises(LeadappError):
            opened(FILE[:size])


def test_a_torn_file_is_asked_again_each_time_and_taken_when_it_is_whole():
    computer = Computer(0, 1, carries=True)
    folder = Folder()
    outcomes = []
    for data in (b"", FILE[:99], FILE[:99], FILE, FILE):
        folder.files[NAME] = data
        outcomes.append([one.outcome for one in fetch(folder, FOLDER, computer, computer.opener())])
    assert outcomes == [["torn"], ["torn"], ["torn"], ["taken"], []]


@pytest.mark.parametrize(
    "copy",
    [f"{NAME[:-4]}-LAPTOP7.dvb", f"{NAME[:-4]} (1).dvb", f"Copy of {NAME}", NAME.upper()],
    ids=["laptop", "one", "copy", "upper"],  # the name itself is another in each process
)
def test_a_file_under_a_second_name_is_taken_once_by_what_it_holds(copy):
    computer = Computer(0, 1, carries=True)
    folder = Folder()
    folder.files = {NAME: FILE, copy: FILE}
    outcomes = [one.outcome for one in fetch(folder, FOLDER, computer, computer.opener())]
    assert sorted(outcomes) == ["known", "taken"]
    assert fetch(folder, FOLDER, computer, computer.opener()) == []
    del folder.files[NAME]
    assert fetch(folder, FOLDER, computer, computer.opener()) == []


# -- replayed --------------------------------------------------------------------------------------


def test_a_whole_old_folder_laid_back_changes_nothing():
    one, other = program(2)
    folder = Folder()
    one.write("a", "1")
    one.sync(folder)
    old = dict(folder.files)
    one.write("a", "2")
    for computer in (one, other):
        computer.sync(folder)
    folder.files = old
    for computer in (other, one, other):
        computer.sync(folder)
        assert computer.fold().values["a"] == "2"
        assert not computer.fold().conflicts


def test_another_programs_file_is_not_for_me_and_its_statements_are_nobodys():
    theirs = write_bundle(BUNDLE, AgeSealer(), [new_identity().recipient])
    assert met(bundle_name(theirs), theirs) == (["not_for_me"], 0)
    assert Roster.of(BASE, Checker(), program="another").devices == {}


def test_a_file_of_another_ring_is_refused_and_not_read_again():
    computer = Computer(0, 1, carries=True)
    folder = Folder()
    other = sealed(TEXT.replace(b'"refer-sheriff"', b'"shared"', 1))
    folder.files[bundle_name(other)] = other
    (read,) = fetch(folder, FOLDER, computer, computer.opener())
    assert (read.outcome, read.cause) == ("refused", "exchange.other_ring")
    assert fetch(folder, FOLDER, computer, computer.opener()) == []


# -- made to break who reads them ------------------------------------------------------------------


def test_a_bad_file_of_a_members_is_told_once_and_keeps_nobody_back():
    one, other = program(2)
    folder = Folder()
    bad = AgeSealer().seal(gzip.compress(TEXT[:-5]), [other.identity.recipient])
    folder.files[bundle_name(bad)] = bad
    one.write("a", "1")
    one.sync(folder)
    outcomes = [read.outcome for read in other.sync(folder)[0]]
    assert sorted(outcomes) == ["refused", "taken"]
    known = recall(other, bundle_name(bad))
    assert known is not None
    assert known.cause == "exchange.not_a_bundle"
    assert other.sync(folder)[0] == []


@pytest.mark.parametrize("line", [b"", b"x", b"{}", b"[]", b'{"log":1}'])
def test_millions_of_lines_are_not_laid_out_in_memory(line):
    text = HEAD + b"\n" + (line + b"\n") * ((24 << 20) // (len(line) + 1))
    with little_memory(8 << 20), pytest.raises(Damage):
        read_text(text, RING)


def test_a_million_tiny_batches_end_at_the_limit(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BATCHES", 200)
    one = canonical_json({**json.loads(BATCH), "first": 1, "last": 1})
    text = HEAD + b"\n" + b"\n".join([one, FIRST, SAID] * 20_000) + b"\n"
    with little_memory(8 << 20), pytest.raises(Damage, match=r"exchange\.too_many"):
        read_text(text, RING)


def test_bombs_end_at_the_limit_however_they_are_folded():
    inner = gzip.compress(bytes(reading.MOST_TEXT_BYTES + 1), 9)
    with little_memory(3 * reading.MOST_TEXT_BYTES), pytest.raises(Damage):
        inflate(inner)
    with pytest.raises(Damage):  # what is in it is no bundle, and is not unfolded in its turn
        read_text(inflate(gzip.compress(inner)), RING)
    with pytest.raises(Damage):  # two streams one behind the other
        inflate(gzip.compress(TEXT) + gzip.compress(TEXT))


@pytest.mark.parametrize("depth", [9, 500, 100_000])
def test_nested_json_is_refused_wherever_it_stands(depth):
    nest = b"[" * depth + b"]" * depth
    for line in (HEAD, BATCH):
        deep = line[:-1] + b',"more":' + nest + b"}"
        with pytest.raises(Damage):
            checked(TEXT.replace(line, deep, 1))
    for line in (FIRST, SAID):
        with pytest.raises(Damage):
            checked(TEXT.replace(line, nest, 1))


def test_what_a_later_version_adds_to_a_line_is_passed_over():
    for line in (HEAD, BATCH):
        more = line[:-1] + b',"more":[1,{"x":"y"}]}'
        assert checked(TEXT.replace(line, more, 1)).batches == BUNDLE.batches


def test_an_entry_above_its_limit_is_refused():
    large = b'["' + b"A" * 22 + b'",{"a":"' + b"x" * MOST_BYTES + b'"}]'
    with pytest.raises(Damage):
        checked(TEXT.replace(SAID, large, 1))


@pytest.mark.parametrize(
    "said",
    [
        b'["AAAAAAAAAAAAAAAAAAAAAA",{"a":NaN}]',
        b'["AAAAAAAAAAAAAAAAAAAAAA",{"a":1e999}]',
        b'["AAAAAAAAAAAAAAAAAAAAAA",{"a":1}]',
        b'["AAAAAAAAAAAAAAAAAAAAAA",{"a":"1","a":"2"}]',
        b'["AAAAAAAAAAAAAAAAAAAAAA",{"a":"\xff"}]',
        b'["AAAAAAAAAAAAAAAAAAAAAA",{"a":"\\ud800"}]',
        b'["AAAA",{"a":"1"}]',
    ],
)
def test_a_payload_that_is_none_is_refused_though_its_hash_fits(said):
    import hashlib

    from leadapp.core.encoding import to_base64url

    fields = json.loads(FIRST)
    fields[12] = to_base64url(hashlib.sha256(said).digest())
    text = TEXT.replace(FIRST, canonical_json(fields), 1).replace(SAID, said, 1)
    with pytest.raises(Damage):
        checked(text)


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        (FIRST, 3, 1 << 60), (FIRST, 3, 0), (FIRST, 3, 1.0), (FIRST, 5, float(1 << 60)),
        (FIRST, 5, 1 << 54), (FIRST, 10, [["x"]]), (FIRST, 10, ["x" * 23]), (FIRST, 11, "boom"),
        (FIRST, 4, "A" * 42), (FIRST, 12, "A" * 44), (FIRST, 7, None),
    ],
)  # fmt: skip
def test_a_header_with_anything_out_of_range_is_refused(line, field, value):
    fields = json.loads(line)
    fields[field] = value
    with pytest.raises(Damage):
        checked(TEXT.replace(line, json.dumps(fields, separators=(",", ":")).encode(), 1))


# -- age files made to break who opens them --------------------------------------------------------


def stanza(line: bytes, body: bytes = b"A" * 43) -> bytes:
    """Return a file that names one more way to open it before the good one."""
    begin = b"age-encryption.org/v1\n"
    return begin + line + b"\n" + body + b"\n" + FILE.removeprefix(begin)


@pytest.mark.parametrize(
    "line",
    [
        b"-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30",
        b"-> plugin-evil AAAA",
        b"-> ssh-rsa AAAA",
        b"-> X25519 !",
    ],
)
def test_only_own_keys_are_ever_tried(line):
    assert met(bundle_name(stanza(line)), stanza(line))[1] == 0


def test_a_header_of_ten_thousand_stanzas_is_refused_before_any_key_is_tried():
    class Never:
        def open(self, sealed: bytes, identity: str) -> bytes:
            raise AssertionError(f"tried {identity} on {len(sealed)} bytes")

        def seal(self, data: bytes, recipients) -> bytes:
            raise AssertionError(f"sealed {len(data)} bytes to {recipients}")

    begin = b"age-encryption.org/v1\n"
    one = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
    for data in (
        begin + one * 10_000 + b"--- " + b"A" * 43 + b"\nx",
        begin + b"-> X25519 " + b"A" * (1 << 20) + b"\n--- x\n",
        begin + one,
        b"PK\x03\x04" + bytes(100),
        b"<html><title>Please log in</title>",
    ):
        with pytest.raises(Damage) as caught:
            unseal(data, identity=ME.secret, sealer=Never())
        assert not isinstance(caught.value, NotForMe)


# -- floods ----------------------------------------------------------------------------------------


def test_a_members_flood_is_taken_file_by_file_and_keeps_nobody_else_back():
    one, flooder = program(2)
    folder = Folder()
    for n in range(40):
        flooder.write("a", str(n), t=n)
        flooder.sync(folder)
    one.write("b", "1")
    one.sync(folder)
    assert len(one.held.entries) == 41
    assert one.sync(folder)[0] == []
    assert as_text(BUNDLE).count(b"\n") == TEXT.count(b"\n")
    assert RingId(one.ring) == RING
