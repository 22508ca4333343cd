"""Entries: the bytes are the truth, and anything else is Damage."""

from __future__ import annotations

import hashlib
import json

import pytest

from leadapp.core.encoding import canonical_json, to_base64url
from leadapp.core.errors import Damage
from leadapp.journal.entry import is_newer, read_entry
from tests.journal.making import written


def test_an_entry_reads_back_as_it_was_written():
    entry = written({"scene/arrived": "2026-10-05T08:00:00.000-05:00", "name": "José"}, t=7)
    assert read_entry(entry.header, entry.payload) == entry


def test_the_hash_is_sha256_of_the_header_line():
    entry = written({"a": "1"})
    assert entry.hash == to_base64url(hashlib.sha256(entry.header).digest())
    assert json.loads(entry.header)[12] == to_base64url(hashlib.sha256(entry.payload).digest())


def test_a_redacted_entry_keeps_hash_and_header():
    entry = written({"name": "Maria"})
    bare = read_entry(entry.header, b"")
    assert bare == entry.without_payload()
    assert (bare.hash, bare.values, bare.redacted) == (entry.hash, {}, True)


def test_a_payload_of_another_entry_is_damage():
    with pytest.raises(Damage) as caught:
        read_entry(written({"a": "1"}).header, written({"a": "2"}).payload)
    assert caught.value.code == "journal.payload_changed"


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, "dv9"),
        (1, 5),
        (3, 0),
        (3, True),
        (4, "short"),
        (5, 1.5),
        (10, ["x"]),
        (10, "no list"),
        (11, "destroy"),
        (12, "not a hash"),
    ],
)
def test_a_header_with_a_wrong_field_is_damage(place, value):
    entry = written({"a": "1"})
    fields = json.loads(entry.header)
    fields[place] = value
    with pytest.raises(Damage):
        read_entry(canonical_json(fields), entry.payload)


@pytest.mark.parametrize("header", [b"", b"[]", b"{}", b"nonsense", b"[" * 5000, b'["dv1"]'])
def test_bytes_that_are_no_header_are_damage(header):
    with pytest.raises(Damage):
        read_entry(header, b"")


def test_a_payload_with_numbers_is_damage():
    entry = written({"a": "1"})
    payload = canonical_json([to_base64url(bytes(16)), {"a": 1}])
    fields = json.loads(entry.header)
    fields[12] = to_base64url(hashlib.sha256(payload).digest())
    with pytest.raises(Damage):
        read_entry(canonical_json(fields), payload)


def test_an_entry_of_a_later_format_is_told_from_nonsense():
    assert is_newer(canonical_json(["dv2", "whatever"]))
    assert not is_newer(written({}).header)
    assert not is_newer(b"[]")


def test_an_entry_above_the_size_limit_is_not_written():
    with pytest.raises(Damage) as caught:
        written({"note": "x" * (1 << 20)})
    assert caught.value.code == "journal.entry_too_large"
