"""Ids, encoding, text, files, clock and words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core import paths
from leadapp.core.clock import SteppingClock, SystemClock, to_milliseconds, today
from leadapp.core.encoding import canonical_json, from_base64url, read_json, to_base64url
from leadapp.core.errors import Damage, Refusal
from leadapp.core.files import write_whole
from leadapp.core.ids import derive_id, new_id
from leadapp.core.problems import Problem, Severity
from leadapp.core.text import check_name, fold, initials, tidy
from leadapp.core.words import Words, load_words

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_ids_are_22_letters_and_never_repeat() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert {len(one) for one in ids} == {22}


def test_a_derived_id_follows_from_its_parts_and_their_bounds() -> None:
    assert derive_id("a", "b") == derive_id("a", "b")
    assert derive_id("ab", "c") != derive_id("a", "bc")


@given(st.binary())
def test_base64url_round_trip(data: bytes) -> None:
    assert from_base64url(to_base64url(data)) == data


@pytest.mark.parametrize("text", ["a b", "é", "=", "abc$"])
def test_text_that_is_not_base64url_is_damage(text: str) -> None:
    with pytest.raises(Damage):
        from_base64url(text)


@given(JSON_VALUES)
def test_canonical_json_round_trip(value: object) -> None:
    assert read_json(canonical_json(value)) == value


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_canonical_json_does_not_depend_on_the_order_of_keys(table: dict[str, int]) -> None:
    turned = dict(reversed(list(table.items())))
    assert canonical_json(table) == canonical_json(turned)


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "[NaN]", "{", b"\xff", "[" * 100_000])
def test_json_that_is_not_strict_is_damage(text: str | bytes) -> None:
    with pytest.raises(Damage):
        read_json(text)


@pytest.mark.parametrize(
    ("typed", "found"),
    [("  Núñez-Ortiz ", "nunez ortiz"), ("O'BRIEN", "o brien"), ("Ann  B.", "ann b")],
)
def test_folded_text_ignores_accents_case_and_marks(typed: str, found: str) -> None:
    assert fold(typed) == found


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_fits_a_line_in_any_script() -> None:
    for good in ("Zoë O’Neil", "נורה 😀", "N" * 80):
        check_name(good)
    for bad in ("N" * 81, "two\nlines", "a\ttab", "a\u2028line"):
        with pytest.raises(Refusal, match=r"core\.name_too_long"):
            check_name(bad)


def test_tidy_keeps_inner_lines_and_initials_blank_a_name() -> None:
    assert tidy("  a\nb ") == "a\nb"
    assert initials("Ana María Ruiz") == "A. M. R."


def test_a_clock_is_moved_by_hand_and_has_an_offset() -> None:
    clock = SteppingClock(datetime(2026, 11, 3, 14, 41, tzinfo=UTC))
    clock.step(timedelta(days=1))
    assert today(clock).isoformat() == "2026-11-04"
    assert SystemClock().now().utcoffset() is not None
    assert to_milliseconds(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)) == 1000


def test_a_file_is_replaced_whole_and_left_for_its_owner_only(tmp_path: Path) -> None:
    target = tmp_path / "device.json"
    write_whole(target, b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o077 == 0
    assert [file.name for file in tmp_path.iterdir()] == ["device.json"]


def test_a_folder_that_is_not_there_is_refused_and_the_file_stays(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        write_whole(tmp_path / "gone" / "device.json", b"x")
    assert caught.value.code == "core.cannot_write"


def test_a_code_without_a_sentence_is_shown_bare_and_missing_values_as_nothing() -> None:
    words = Words({"a.b": "Lot {lot} is used up."})
    assert words.say("a.c") == "a.c"
    assert words.say("a.b") == "Lot  is used up."
    assert words.of(Problem("a.b", {"lot": "X1"})) == "Lot X1 is used up."


def test_words_of_another_language_fall_back_to_english(tmp_path: Path) -> None:
    for language, sentence in (("en", 'full = "Full"\nslow = "Slow"'), ("es", 'full = "Lleno"')):
        (tmp_path / language).mkdir()
        (tmp_path / language / "core.toml").write_text(f"[core]\n{sentence}\n", "utf-8")
    words = load_words(tmp_path, "es")
    assert (words.say("core.full"), words.say("core.slow")) == ("Lleno", "Slow")


def test_only_errors_block() -> None:
    assert Problem("a.b").blocks
    assert not Problem("a.b", severity=Severity.WARNING).blocks


def test_the_programs_own_files_are_found() -> None:
    assert (paths.resources() / "words" / "en" / "core.toml").is_file()
    assert paths.shipped_forms().name == "forms"
