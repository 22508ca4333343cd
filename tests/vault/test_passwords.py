from __future__ import annotations

import pytest

from leadapp.vault.passwords import load_blocklist, problems_with, shipped_blocklist

HERE = ("Pine County", "Pine County Sheriff's Office", "Mike Okafor")


def codes(password, **options):
    return [found.code for found in problems_with(password, HERE, **options)]


@pytest.mark.parametrize(
    "password",
    [
        "purple otter drives nine kites",
        "GilbertAndSullivan opera",
        "日本語のとても長いパスワードです",
        "🦊🐢🌵🌻🍁🍄🦊🐢🌵🌻🍁🍄🦊🐢🌵",
        "seventeen  spaces   are fine",
        "lowercaseonlywithoutanysign",
        "a long one with every word of it read to the very end, beyond sixty-four letters",
    ],
)
def test_long_and_unusual_is_good_whatever_it_is_made_of(password):
    assert codes(password) == []


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("four words kite", None),
        ("four words kit", "vault.password_short"),
        ("", "vault.password_short"),
        ("passwordpassword", "vault.password_common"),
        ("P@ssw0rd123456789", "vault.password_common"),
        ("Summer2026!Summer2026!", "vault.password_common"),
        ("correct horse battery staple", "vault.password_common"),
        ("qwertyuiopasdfghjkl", "vault.password_common"),
        ("123456789012345678", "vault.password_common"),
        ("aaaaaaaaaaaaaaaaaaa", "vault.password_repeats"),
        ("ababababababababab", "vault.password_repeats"),
        ("Pine County Sheriff 2026!", "vault.password_names"),
        ("mike.okafor.sheriff", "vault.password_names"),
    ],
)
def test_what_a_guesser_tries_first_is_refused_with_its_reason(password, code):
    assert codes(password) == ([code] if code else [])


def test_eight_letters_do_with_a_second_factor():
    assert codes("otr kite", second_factor=True) == []
    assert codes("otr kit", second_factor=True) == ["vault.password_short"]


def test_all_problems_come_at_once():
    assert codes("sheriff1") == ["vault.password_short", "vault.password_names"]


def test_a_new_list_finds_a_password_that_was_good_before():
    assert codes("purple otter drives", blocklist={"purple", "otter", "drives"}) == [
        "vault.password_common"
    ]


def test_the_shipped_list_has_thousands_of_words_and_reads_look_alikes():
    words = shipped_blocklist()
    assert len(words) > 3000
    assert {"password", "sheriff", "letmein"} <= words


def test_remarks_in_a_list_are_no_words(tmp_path):
    file = tmp_path / "list.txt"
    file.write_text("# a remark\n\nKite$\nabc\n")
    assert load_blocklist(file) == {"kite$", "kites"}
