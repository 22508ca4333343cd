from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Bug, Damage, Refusal
from leadapp.core.ids import RingId
from leadapp.vault import bech32, totp
from leadapp.vault.crockford import LETTERS, check_group, group, spell, unspell
from leadapp.vault.derivation import Argon2, Pbkdf2, cost_of
from leadapp.vault.recovery import (
    GROUPS,
    groups_of,
    read_code,
    read_ring_code,
    ring_page,
    root_page,
)
from leadapp.vault.sealing import AgeSealer, identity_from_bytes, identity_of, new_identity
from leadapp.vault.signing import Ed25519Signer, Ed25519Verifier, new_seed

secrets32 = st.binary(min_size=32, max_size=32)
places = st.integers(min_value=0, max_value=GROUPS - 1)


@given(secrets32)
def test_what_is_printed_reads_back(secret):
    assert read_code("care", " ".join(groups_of("care", secret))) == secret


@given(secrets32)
def test_small_letters_dashes_and_look_alikes_read_the_same(secret):
    typed = "-".join(groups_of("care", secret)).lower().replace("0", "o").replace("1", "l")
    assert read_code("care", typed) == secret


@given(secrets32)
def test_a_code_typed_without_gaps_reads_the_same(secret):
    assert read_code("care", "".join(groups_of("care", secret))) == secret


@given(secrets32, places, st.integers(0, 4), st.sampled_from(LETTERS))
def test_one_wrong_letter_names_its_group(secret, place, letter, other):
    groups = list(groups_of("care", secret))
    wrong = groups[place][:letter] + other + groups[place][letter + 1 :]
    if wrong == groups[place]:
        return
    groups[place] = wrong
    with pytest.raises(Refusal) as caught:
        read_code("care", " ".join(groups))
    assert (caught.value.code, caught.value.values) == (
        "vault.group_mistyped",
        {"group": place + 1},
    )


@given(secrets32, places, places)
def test_groups_in_the_wrong_place_are_found(secret, first, second):
    groups = list(groups_of("care", secret))
    if first == second:
        return
    groups[first], groups[second] = groups[second], groups[first]
    with pytest.raises(Refusal, match=r"vault\.group_mistyped"):
        read_code("care", " ".join(groups))


@given(secrets32, places, st.integers(0, 3))
def test_two_letters_swapped_are_found(secret, place, letter):
    groups = list(groups_of("care", secret))
    text = groups[place]
    swapped = text[:letter] + text[letter + 1] + text[letter] + text[letter + 2 :]
    if swapped == text:
        return
    with pytest.raises(Refusal, match=r"vault\.group_mistyped"):
        check_group(swapped, place)


def test_a_missing_group_is_told():
    groups = groups_of("care", bytes(32))
    with pytest.raises(Refusal, match=r"vault\.code_incomplete"):
        read_code("care", " ".join(groups[:-1]))


def test_the_code_of_another_page_is_told():
    with pytest.raises(Refusal, match=r"vault\.other_page"):
        read_code("sys", " ".join(groups_of("care", bytes(32))))


def test_a_ring_page_opens_what_was_sealed_to_the_ring():
    identity = new_identity()
    page = ring_page(RingId("care"), identity)
    sealed = AgeSealer().seal(b"text", [page.public])
    found = read_ring_code(RingId("care"), " ".join(page.groups))
    assert AgeSealer().open(sealed, found.secret) == b"text"


def test_the_root_page_gives_the_signing_key_back():
    seed = new_seed()
    page = root_page(seed, "program")
    assert read_code("root", " ".join(page.groups)) == seed


def test_a_page_is_confirmed_by_typing_one_of_its_groups():
    page = root_page(bytes(32), "program")
    page.confirm(3, page.groups[2].lower())
    with pytest.raises(Refusal, match=r"vault\.page_not_confirmed"):
        page.confirm(3, page.groups[3])


def test_a_page_does_not_show_its_secret_by_accident():
    page = root_page(bytes(range(32)), "program")
    assert page.groups[0] not in repr(page)
    assert "SECRET" not in repr(new_identity())


@given(st.binary(max_size=40))
def test_letters_give_the_bytes_back(data):
    assert unspell(spell(data), len(data)) == data


@given(st.text(alphabet=LETTERS, min_size=4, max_size=4), places)
def test_every_group_passes_its_own_check(letters, place):
    groups = group(letters * (place + 1))
    assert check_group(groups[place], place) == letters


@given(secrets32)
def test_age_keys_are_spelled_as_age_spells_them(secret):
    assert identity_from_bytes(secret).to_bytes() == secret


def test_our_spelling_of_a_key_is_the_librarys():
    made = new_identity()
    assert identity_from_bytes(made.to_bytes()) == made == identity_of(made.secret)


@pytest.mark.parametrize("text", ["", "1", "age1", "AGE-SECRET-KEY-1QQ", "age-secret-key-1Qq"])
def test_a_wrong_spelling_is_damage(text):
    with pytest.raises(Damage):
        bech32.decode("age-secret-key-", text)
    with pytest.raises(Damage):
        identity_of(text)


@given(st.binary(max_size=300))
def test_sealed_text_opens_for_each_recipient_and_for_nobody_else(data):
    one, two, other = new_identity(), new_identity(), new_identity()
    sealed = AgeSealer().seal(data, [one.recipient, two.recipient])
    assert AgeSealer().open(sealed, one.secret) == AgeSealer().open(sealed, two.secret) == data
    with pytest.raises(Damage):
        AgeSealer().open(sealed, other.secret)


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_a_changed_byte_of_a_sealed_text_is_found(place, change):
    one = new_identity()
    sealed = bytearray(AgeSealer().seal(b"twelve kites", [one.recipient]))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(Damage):
        AgeSealer().open(bytes(sealed), one.secret)


def test_sealing_to_nobody_or_to_no_key_is_refused():
    with pytest.raises(Bug):
        AgeSealer().seal(b"text", [])
    with pytest.raises(Damage):
        AgeSealer().seal(b"text", ["age1notakey"])
    with pytest.raises(Damage):
        AgeSealer().open(b"text", "not an identity")
    with pytest.raises(Damage):
        Ed25519Signer(b"short")


def test_a_signature_is_good_for_its_key_and_message_only():
    signer, verifier = Ed25519Signer(new_seed()), Ed25519Verifier()
    good = signer.sign(b"text")
    assert verifier.verify(signer.public_key, good, b"text")
    assert not verifier.verify(signer.public_key, good, b"next")
    assert not verifier.verify(Ed25519Signer(new_seed()).public_key, good, b"text")
    assert not verifier.verify(b"short", good, b"text")
    assert not verifier.verify(signer.public_key, b"", b"text")


@pytest.mark.parametrize(
    ("seconds", "digits"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_the_second_factor_gives_the_digits_of_rfc_6238(seconds, digits):
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert totp.code_at(secret, seconds // 30) == digits


def test_the_address_for_a_phone_is_escaped():
    assert totp.address("AB", "Pine Co", "Ana R").startswith("otpauth://totp/Pine%20Co%3AAna%20R?")


def test_argon2_gives_the_bytes_other_libraries_give():
    made = Argon2(memory_kib=8, passes=1, lanes=1).derive("x", b"0" * 16)
    assert made.hex() == "3dedeaae933f88705df8befb19e55403507d762cf3e3cc7cb0b0fc8794d3abe3"


@pytest.mark.parametrize("cost", [Argon2(), Argon2(8, 1, 1), Pbkdf2()])
def test_a_cost_reads_back(cost):
    assert cost_of(cost.as_json()) == cost


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"kdf": "md5"},
        {"kdf": "argon2id", "memory_kib": 2**40, "passes": 1, "lanes": 1},
        {"kdf": "argon2id", "memory_kib": 64, "passes": True, "lanes": 1},
        {"kdf": "pbkdf2-sha256", "rounds": "many"},
    ],
)
def test_an_unknown_cost_is_damage(stored):
    with pytest.raises(Damage, match=r"vault\.unknown_cost"):
        cost_of(stored)
