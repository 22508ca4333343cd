"""The roster: any order of statements, any doubles, one roster; authority is a tree."""

from __future__ import annotations

import hashlib
import hmac
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.encoding import to_base64url
from leadapp.core.errors import Damage
from leadapp.core.ids import RingId, UserId
from leadapp.journal.roster import Roster
from leadapp.journal.statement import (
    device_id,
    program_id,
    read_statement,
    statement_of,
    write_statement,
)

CARE, LAW, SYS = RingId("care"), RingId("law-sheriff"), RingId("sys")


class Key:
    """Signs with a name: good enough to tell keys apart, and quick.

    The real Ed25519 is vault's and is tested there; journal may not know it.
    """

    def __init__(self, name: str) -> None:
        self.public_key = hashlib.sha256(name.encode()).digest()

    def sign(self, message: bytes) -> bytes:
        return hmac.digest(self.public_key, message, "sha256")


class Checker:
    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        return hmac.compare_digest(hmac.digest(public_key, message, "sha256"), signature)


ROOT, BOSS, OTHER, DESK, CAR, STRANGER = map(
    Key, ("root", "boss", "other boss", "desk", "car", "stranger")
)
PROGRAM = program_id(ROOT.public_key)
NONCES = count()


def said(kind, signer, **body):
    nonce = str(next(NONCES))
    return write_statement(kind, body, program=PROGRAM, signer=signer, nonce=nonce)


def enrolled(key, by, *, device_class="office", coordinator=False, agency="", rings=()):
    return said(
        "device",
        by,
        device=device_id(key.public_key),
        public=to_base64url(key.public_key),
        coordinator=coordinator,
        agency=agency,
        rings=list(rings),
        **{"class": device_class},
    )


def recipient(key, ring, by=None, name=""):
    return said(
        "recipient",
        by or key,
        device=device_id(key.public_key),
        ring=ring,
        recipient=name or f"age1-{device_id(key.public_key)[:4]}-{ring}",
    )


def user(name, by=BOSS, *, roles=("deputy",), devices=(CAR,), agency="sheriff", replaces=()):
    return said(
        "user",
        by,
        user=name,
        roles=list(roles),
        agency=agency,
        devices=[device_id(key.public_key) for key in devices],
        keys={},
        replaces=[one.id for one in replaces],
    )


def revoked(what, subject, by, *, cuts=(), kept=()):
    return said("revoke", by, what=what, id=subject, cuts=list(cuts), kept=list(kept))


def roster(*statements):
    return Roster.of(statements, Checker(), program=PROGRAM)


BASE = (
    enrolled(BOSS, ROOT, coordinator=True, rings=["care"]),
    enrolled(DESK, BOSS, rings=["care"]),
    enrolled(CAR, BOSS, device_class="law", agency="sheriff"),
    recipient(BOSS, "care"),
    recipient(DESK, "care"),
    said("ring", BOSS, ring="care", part2=True, recovery="age1-recovery"),
    user("ann"),
    said("grant", BOSS, ring="law-sheriff", user="ann"),
)


def causes(found):
    return {one.statement.id: one.cause for one in found.refused}


def test_the_root_makes_coordinators_and_they_make_the_rest():
    found = roster(*BASE)
    assert {device.coordinator for device in found.devices.values()} == {True, False}
    assert found.users[UserId("ann")].roles == {"deputy"}
    assert found.users[UserId("ann")].grants == {LAW}
    assert found.refused == ()


@given(st.permutations(range(len(BASE) + 3)), st.lists(st.integers(0, len(BASE) + 2)))
def test_order_and_doubles_change_nothing(order, doubles):
    everything = (
        *BASE,
        revoked("user", "ann", BOSS, cuts=["a"]),
        revoked("user", "ann", BOSS, cuts=["b"]),
        enrolled(STRANGER, STRANGER),
    )
    shuffled = [everything[place] for place in (*order, *doubles)]
    assert roster(*shuffled) == roster(*everything)


def test_a_statement_reads_back_from_its_journal_entry():
    one = BASE[0]
    assert statement_of(one.values()) == one
    assert read_statement(one.line, one.signature).id == one.id


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b'["dv-roster-1",1,2,3,4,5]', b"\xff"])
def test_what_is_no_statement_is_damage(line):
    with pytest.raises(Damage):
        read_statement(line, b"")


def test_an_unsigned_or_changed_statement_has_no_effect():
    good = enrolled(BOSS, ROOT, coordinator=True)
    bad = read_statement(good.line, b"\0" * 32)
    found = roster(bad)
    assert found.devices == {}
    assert causes(found) == {bad.id: "journal.bad_signature"}


def test_a_statement_of_another_program_has_no_effect():
    other = write_statement("grant", {}, program="other", signer=ROOT, nonce="1")
    assert causes(roster(other)) == {other.id: "journal.other_program"}


def test_a_device_cannot_be_called_by_another_keys_id():
    stolen = said(
        "device",
        BOSS,
        device=device_id(CAR.public_key),
        public=to_base64url(STRANGER.public_key),
        **{"class": "office"},
    )
    assert causes(roster(*BASE, stolen)) == {stolen.id: "journal.not_a_statement"}


def test_only_the_root_makes_and_revokes_coordinators():
    other = enrolled(OTHER, ROOT, coordinator=True)
    wanted = [
        enrolled(STRANGER, BOSS, coordinator=True),
        revoked("device", device_id(OTHER.public_key), BOSS),
        revoked("device", device_id(BOSS.public_key), OTHER),
    ]
    found = roster(*BASE, other, *wanted)
    assert set(causes(found).values()) == {"journal.root_only"}
    assert not any(device.revoked for device in found.devices.values())
    assert device_id(STRANGER.public_key) not in found.devices


def test_a_plain_device_may_not_enrol_admit_or_grant():
    wanted = [
        enrolled(STRANGER, DESK),
        said("admit", DESK, device=device_id(DESK.public_key), rings=["law-sheriff"]),
        said("grant", DESK, ring="care", user="ann"),
        user("eve", DESK),
        recipient(CAR, "care", by=DESK),
    ]
    found = roster(*BASE, *wanted)
    assert set(causes(found).values()) == {"journal.not_authorised"}
    assert len(causes(found)) == len(wanted)


def test_revoked_stays_revoked_and_the_cuts_of_all_count():
    car = device_id(CAR.public_key)
    found = roster(
        *BASE,
        revoked("device", car, BOSS, cuts=["one"]),
        revoked("device", car, ROOT, cuts=["two"]),
        enrolled(CAR, BOSS, device_class="law", agency="sheriff"),
    )
    assert found.devices[car].revoked
    assert found.devices[car].cuts == {"one", "two"}


def test_a_revoked_coordinators_statements_fall_unless_the_root_keeps_them():
    other = enrolled(OTHER, ROOT, coordinator=True)
    kept, dropped = user("bob", OTHER), user("eve", OTHER)
    found = roster(
        *BASE,
        other,
        kept,
        dropped,
        revoked("device", device_id(OTHER.public_key), ROOT, kept=[kept.id]),
    )
    assert set(found.users) == {"ann", "bob"}
    assert causes(found) == {dropped.id: "journal.signer_revoked"}


def test_a_law_device_is_never_a_recipient_of_care_whatever_is_said():
    car = device_id(CAR.public_key)
    found = roster(
        *BASE,
        said("admit", ROOT, device=car, rings=["care"]),
        recipient(CAR, "care", by=BOSS, name="age1-one"),
        recipient(CAR, "care", name="age1-two"),
    )
    assert car not in {device.id for device in found.members(CARE)}
    assert not {"age1-one", "age1-two"} & set(found.recipients(CARE))
    assert not found.may_have(found.devices[car], CARE)


def test_a_ring_said_to_be_part2_is_closed_to_law_devices():
    said_part2 = said("ring", BOSS, ring="law-sheriff", part2=True, recovery="age1-r")
    found = roster(*BASE, recipient(CAR, "law-sheriff"), said_part2)
    assert found.members(LAW) == ()


def test_a_law_device_has_only_its_own_agencys_rings():
    found = roster(*BASE, said("admit", BOSS, device=device_id(CAR.public_key), rings=["supply"]))
    car = found.devices[device_id(CAR.public_key)]
    assert found.may_have(car, LAW)
    for ring in ("law-police", "refer-police", "supply", "care", "law", "law-"):
        assert not found.may_have(car, RingId(ring))


def test_an_office_device_has_law_only_when_the_county_admits_it():
    desk = device_id(DESK.public_key)
    assert not roster(*BASE).devices[desk].may_have(LAW)
    admitted = said("admit", BOSS, device=desk, rings=["law-sheriff"])
    assert roster(*BASE, admitted).devices[desk].may_have(LAW)


def test_the_stricter_class_wins_where_two_say_different_ones():
    found = roster(*BASE, enrolled(CAR, BOSS, device_class="office", agency="sheriff"))
    assert found.devices[device_id(CAR.public_key)].device_class == "law"


def test_care_is_sealed_to_its_members_and_its_recovery_page():
    found = roster(*BASE)
    desk, boss = device_id(DESK.public_key)[:4], device_id(BOSS.public_key)[:4]
    wanted = {"age1-recovery", f"age1-{desk}-care", f"age1-{boss}-care"}
    assert set(found.recipients(CARE)) == wanted


def test_a_revoked_device_is_sealed_to_no_more_but_in_sys():
    desk = device_id(DESK.public_key)
    gone = revoked("device", desk, BOSS)
    found = roster(*BASE, recipient(DESK, "sys"), gone)
    assert found.recipients(SYS) == (f"age1-{desk[:4]}-sys",)
    assert not any(desk[:4] in key for key in found.recipients(CARE))


def test_a_device_may_propose_a_recovery_key_but_not_decide_it():
    mine = said("ring", CAR, ring="law-sheriff", part2=False, recovery="age1-mine")
    found = roster(*BASE, mine)
    assert LAW not in found.rings
    assert found.proposals[LAW] == ("age1-mine",)
    assert "age1-mine" not in found.recipients(LAW)


def test_a_changed_role_holds_now_while_the_old_one_still_judges_the_past():
    old = user("bob")
    new = user("bob", roles=("law_supervisor",), replaces=(old,))
    bob = roster(*BASE, old, new).users[UserId("bob")]
    assert bob.roles == {"law_supervisor"}
    assert bob.ever == {"deputy", "law_supervisor"}
    assert bob.statements == (new.id,)


def test_a_grant_can_be_withdrawn_and_given_again():
    grant = said("grant", BOSS, ring="care", user="ann")
    gone = revoked("grant", grant.id, BOSS)
    again = said("grant", BOSS, ring="care", user="ann")
    assert roster(*BASE, grant).users[UserId("ann")].grants == {LAW, CARE}
    assert roster(*BASE, grant, gone).users[UserId("ann")].grants == {LAW}
    assert roster(*BASE, grant, gone, again).users[UserId("ann")].grants == {LAW, CARE}


def test_a_lost_recovery_page_can_be_replaced():
    new = said(
        "ring", BOSS, ring="care", part2=True, recovery="age1-new", replaces=["age1-recovery"]
    )
    assert roster(*BASE, new).rings[CARE].recovery == ("age1-new",)


def test_the_fingerprint_tells_rosters_apart_and_leaves_out_what_has_no_effect():
    refused = enrolled(STRANGER, STRANGER)
    assert roster(*BASE).fingerprint == roster(*reversed(BASE), refused).fingerprint
    assert roster(*BASE).fingerprint != roster(*BASE, user("bob")).fingerprint


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("device", {"device": 1}),
        ("admit", {"device": "d", "rings": "care"}),
        ("recipient", {"device": "d", "ring": "", "recipient": "r"}),
        ("ring", {"ring": "care", "recovery": "r", "part2": "yes"}),
        ("user", {"user": "u", "roles": [1]}),
        ("user", {"user": "u", "roles": [], "keys": []}),
        ("grant", {"ring": "care"}),
        ("revoke", {"what": "user"}),
        ("wish", {}),
    ],
)
def test_a_statement_that_lacks_a_part_has_no_effect(kind, body):
    bad = said(kind, ROOT, **body)
    assert causes(roster(*BASE, bad)) == {bad.id: "journal.not_a_statement"}


def test_a_device_of_an_unknown_class_is_no_device():
    assert (
        device_id(STRANGER.public_key)
        not in roster(*BASE, enrolled(STRANGER, BOSS, device_class="phone")).devices
    )
