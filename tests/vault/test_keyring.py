from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leadapp.core.errors import Bug, Damage, Refusal
from leadapp.core.ids import RingId, UserId
from leadapp.vault.derivation import Argon2, Pbkdf2
from leadapp.vault.keyring import Keyring
from leadapp.vault.recovery import ring_page
from leadapp.vault.sealing import new_identity
from leadapp.vault.signing import Ed25519Signer, Ed25519Verifier, new_seed

TINY = Argon2(memory_kib=32, passes=1, lanes=1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANA, BEN = UserId("ana"), UserId("ben")
CARE, SHARED = RingId("care"), RingId("shared")
PASSWORD = "purple otter drives nine kites"
KEY = bytes(range(32))


@pytest.fixture
def keyring(tmp_path):
    made = Keyring.create(tmp_path / "keyring.json", device_class="office", cost=TINY)
    made.add_user(ANA, "Ana Ruiz", PASSWORD, at=NOON)
    made.add_user(BEN, "Ben Okafor", "nine kites over the otter", at=NOON)
    return made


@pytest.fixture
def care(keyring):
    identity = new_identity()
    keyring.add_ring(CARE, KEY, recovery=identity.recipient, users=[ANA])
    return ring_page(CARE, identity)


def reloaded(keyring):
    keyring.save()
    return Keyring.load(keyring.path)


def edited(keyring, change):
    keyring.save()
    stored = json.loads(keyring.path.read_text())
    change(stored)
    keyring.path.write_text(json.dumps(stored))
    return Keyring.load(keyring.path)


def test_a_password_opens_the_rings_its_user_holds_and_no_other(keyring, care):
    again = reloaded(keyring)
    assert again.open_ring_key(CARE, again.unlock(ANA, PASSWORD)) == KEY
    with pytest.raises(Refusal, match=r"vault\.not_a_holder"):
        again.open_ring_key(CARE, again.unlock(BEN, "nine kites over the otter"))


def test_a_wrong_password_is_refused(keyring):
    with pytest.raises(Refusal, match=r"vault\.wrong_password"):
        keyring.unlock(ANA, PASSWORD + "!")


@pytest.mark.parametrize(
    ("part", "value"),
    [("recipient", "age1qqqq"), ("user", "eve"), ("number", 9), ("changed_ms", 0)],
)
def test_an_edited_header_is_found(keyring, part, value):
    again = edited(keyring, lambda stored: stored["users"][0].update({part: value}))
    with pytest.raises(Damage, match=r"vault\.slot_edited"):
        again.unlock(UserId("eve") if part == "user" else ANA, PASSWORD)


def test_a_lowered_cost_does_not_open(keyring):
    cheap = {"kdf": "pbkdf2-sha256", "rounds": 1}
    again = edited(keyring, lambda stored: stored["users"][0].update({"cost": cheap}))
    with pytest.raises(Refusal, match=r"vault\.wrong_password"):
        again.unlock(ANA, PASSWORD)


def test_a_cost_that_would_never_end_is_refused(keyring):
    endless = {"kdf": "pbkdf2-sha256", "rounds": 10**12}
    with pytest.raises(Damage, match=r"vault\.unknown_cost"):
        edited(keyring, lambda stored: stored["users"][0].update({"cost": endless}))


def test_the_slot_of_one_ring_does_not_pass_for_another(keyring, care):
    keyring.add_ring(SHARED, bytes(32), recovery=new_identity().recipient, users=[ANA])

    def swap(stored):
        rings = stored["rings"]
        rings["care"]["now"], rings["shared"]["now"] = rings["shared"]["now"], rings["care"]["now"]

    again = edited(keyring, swap)
    with pytest.raises(Damage, match=r"vault\.ring_slot_edited"):
        again.open_ring_key(CARE, again.unlock(ANA, PASSWORD))


def test_two_people_with_one_password_have_different_slots(tmp_path):
    keyring = Keyring.create(tmp_path / "k.json", device_class="office", cost=TINY)
    for user in (ANA, BEN):
        keyring.add_user(user, user, PASSWORD, at=NOON)
    first, second = keyring.users()
    assert first.salt != second.salt
    assert first.check != second.check
    assert first.box != second.box


def test_a_long_password_counts_to_its_last_letter(tmp_path):
    keyring = Keyring.create(tmp_path / "k.json", device_class="office", cost=TINY)
    keyring.add_user(ANA, "Ana", "ü" * 3000 + "a", at=NOON)
    keyring.unlock(ANA, "u\u0308" * 3000 + "a")
    with pytest.raises(Refusal):
        keyring.unlock(ANA, "ü" * 3000 + "b")


def test_pbkdf2_is_a_setting_and_the_parameters_are_in_the_slot(tmp_path):
    keyring = Keyring.create(tmp_path / "k.json", device_class="office", cost=Pbkdf2(rounds=10))
    keyring.add_user(ANA, "Ana", PASSWORD, at=NOON)
    again = reloaded(keyring)
    assert again.slot(ANA).cost == Pbkdf2(rounds=10)
    assert again.unlock(ANA, PASSWORD).user == ANA


def test_changing_a_password_keeps_the_rings(keyring, care):
    keyring.change_password(ANA, PASSWORD, "seven quiet lanterns", at=NOON)
    again = reloaded(keyring)
    assert again.open_ring_key(CARE, again.unlock(ANA, "seven quiet lanterns")) == KEY
    with pytest.raises(Refusal):
        again.unlock(ANA, PASSWORD)


def test_resetting_a_password_makes_a_new_key_and_says_what_is_missing(keyring, care):
    keyring.add_ring(SHARED, bytes(32), recovery=new_identity().recipient, users=[ANA, BEN])
    old = keyring.slot(ANA).recipient
    lost = keyring.reset_password(ANA, "seven quiet lanterns", at=NOON)
    keyring.seal_ring_key(SHARED, bytes(32), [ANA])
    assert lost == {CARE, SHARED}
    assert keyring.rings_of(ANA) == {SHARED}
    assert keyring.slot(ANA).recipient != old
    assert keyring.open_ring_key(SHARED, keyring.unlock(ANA, "seven quiet lanterns")) == bytes(32)


def test_a_disabled_user_has_no_slot_left_and_the_files_need_a_new_key(keyring, care):
    keyring.seal_ring_key(CARE, KEY, [BEN])
    assert keyring.disable_user(ANA) == {CARE}
    again = reloaded(keyring)
    assert again.rings_to_rekey() == {CARE}
    assert again.holders(CARE) == {BEN}
    assert '"ana"' not in json.dumps([json.loads(again.path.read_text())["users"]])
    with pytest.raises(Refusal, match=r"vault\.no_such_user"):
        again.unlock(ANA, PASSWORD)


def test_a_disabled_users_id_is_never_used_again(keyring):
    keyring.disable_user(ANA)
    with pytest.raises(Refusal, match=r"vault\.user_exists"):
        reloaded(keyring).add_user(ANA, "Another Ana", PASSWORD, at=NOON)


def test_a_power_cut_while_a_file_gets_a_new_key_loses_neither_key(keyring, care):
    fresh = bytes(reversed(KEY))
    keyring.begin_rekey(CARE, fresh)
    again = reloaded(keyring)
    keys = again.unlock(ANA, PASSWORD)
    assert (again.open_ring_key(CARE, keys), again.coming_key(CARE, keys)) == (KEY, fresh)
    again.finish_rekey(CARE)
    assert again.open_ring_key(CARE, keys) == fresh
    assert again.rings_to_rekey() == set()
    assert again.open_with_recovery(CARE, " ".join(care.groups)) == fresh


def test_the_recovery_page_opens_its_ring_only(keyring, care):
    assert keyring.open_with_recovery(CARE, "-".join(care.groups)) == KEY
    keyring.add_ring(SHARED, bytes(32), recovery=new_identity().recipient, users=[ANA])
    with pytest.raises(Refusal, match=r"vault\.other_page"):
        keyring.open_with_recovery(SHARED, " ".join(care.groups))


def test_an_old_recovery_page_of_the_same_ring_is_refused(keyring, care):
    other = ring_page(CARE, new_identity())
    with pytest.raises(Refusal, match=r"vault\.other_page"):
        keyring.open_with_recovery(CARE, " ".join(other.groups))


@pytest.mark.parametrize("ring", ["care", "supply", "law-police", "refer-police"])
def test_a_law_device_gets_no_slot_for_rings_that_are_not_its_own(tmp_path, ring):
    keyring = Keyring.create(tmp_path / "k.json", device_class="law", agency="sheriff", cost=TINY)
    keyring.add_user(ANA, "Ana", PASSWORD, at=NOON)
    with pytest.raises(Refusal, match=r"vault\.ring_not_for_device"):
        keyring.add_ring(RingId(ring), KEY, recovery=new_identity().recipient, users=[ANA])
    keyring.add_ring(RingId("law-sheriff"), KEY, recovery=new_identity().recipient, users=[ANA])


def test_names_are_not_in_the_file_where_tiles_are_off(tmp_path):
    keyring = Keyring.create(tmp_path / "k.json", device_class="office", cost=TINY)
    keyring.add_user(ANA, "Ana Ruiz", PASSWORD, at=NOON, show_name=False)
    again = reloaded(keyring)
    assert "Ruiz" not in again.path.read_text()
    assert again.find("ana  RUÍZ") == again.slot(ANA)
    assert again.find("Ben") is None


def test_an_edit_by_hand_breaks_the_devices_signature(keyring, care):
    signer = Ed25519Signer(new_seed())
    keyring.sign(signer)
    assert reloaded(keyring).signed_by(signer.public_key, Ed25519Verifier())
    bad = edited(keyring, lambda stored: stored["rings"]["care"].update({"recipient": "age1x"}))
    assert not bad.signed_by(signer.public_key, Ed25519Verifier())


def test_a_keyring_of_a_newer_program_is_refused(keyring):
    with pytest.raises(Refusal, match=r"vault\.keyring_newer"):
        edited(keyring, lambda stored: stored.update({"format": 2}))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format":1,"class":"office"}', "\x00"])
def test_a_damaged_keyring_says_so(tmp_path, text):
    path = tmp_path / "keyring.json"
    path.write_text(text)
    with pytest.raises(Damage, match=r"vault\.keyring_unreadable"):
        Keyring.load(path)


@given(place=st.integers(0, 1_000_000), letter=st.sampled_from('0aZ_{}[],:"-1'))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_edit_of_a_letter_gives_a_ring_to_anyone_else(keyring, place, letter):
    if CARE not in keyring.rings():
        keyring.add_ring(CARE, KEY, recovery=new_identity().recipient, users=[ANA])
        keyring.save()
    text = keyring.path.read_text()
    place %= len(text)
    other = keyring.path.with_name("edited.json")
    other.write_text(text[:place] + letter + text[place + 1 :])
    try:
        again = Keyring.load(other)
        assert again.open_ring_key(CARE, again.unlock(ANA, PASSWORD)) == KEY
        with pytest.raises((Refusal, Damage)):
            again.open_ring_key(CARE, again.unlock(BEN, "nine kites over the otter"))
    except (Refusal, Damage):
        pass


def test_an_existing_keyring_is_not_written_over(keyring):
    keyring.save()
    with pytest.raises(Refusal, match=r"vault\.keyring_exists"):
        Keyring.create(keyring.path, device_class="office")
    with pytest.raises(Damage, match=r"vault\.keyring_missing"):
        Keyring.load(keyring.path.with_name("other.json"))


def test_two_people_of_one_name_are_told_apart(keyring):
    with pytest.raises(Refusal, match=r"vault\.name_taken"):
        keyring.add_user(UserId("ann"), "ana ruiz", PASSWORD, at=NOON)


def test_a_tile_can_be_taken_off_and_put_back_without_a_password(keyring):
    keyring.show_name(ANA, "")
    assert reloaded(keyring).unlock(ANA, PASSWORD).user == ANA
    keyring.show_name(ANA, "Ana R.")
    assert [slot.name for slot in keyring.users()] == ["Ana R.", "Ben Okafor"]


def test_a_ring_taken_from_a_user_opens_no_more_and_needs_a_new_key(keyring, care):
    keyring.seal_ring_key(CARE, KEY, [BEN])
    keyring.take_ring(CARE, ANA)
    assert keyring.holders(CARE) == {BEN}
    assert keyring.rings_to_rekey() == {CARE}


def test_contradictions_are_our_own_mistakes(keyring, care):
    with pytest.raises(Bug, match=r"vault\.ring_exists"):
        keyring.add_ring(CARE, KEY, recovery="age1", users=[])
    with pytest.raises(Bug, match=r"vault\.no_rekey_begun"):
        keyring.finish_rekey(CARE)
    keyring.begin_rekey(CARE, bytes(32))
    with pytest.raises(Bug, match=r"vault\.rekey_begun"):
        keyring.replace_recovery(CARE, KEY, "age1")
    with pytest.raises(Refusal, match=r"vault\.no_such_ring"):
        keyring.ring(SHARED)
