"""Acceptance: a pure function of the entry, the roster and the rights."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leadapp.core.ids import DeviceId, FormId, LogId, RecordId, RingId, UserId
from leadapp.journal.accept import Trusted, accept, trusted_entries
from leadapp.journal.entry import Entry, write_entry
from leadapp.journal.statement import device_id
from tests.journal.test_roster import BASE, BOSS, CAR, DESK, revoked, roster, said, user

CAR_ID, DESK_ID = device_id(CAR.public_key), device_id(DESK.public_key)
NOTHING = Trusted({})


def may_write(role: str, op: str, form: FormId, ring: RingId) -> bool:
    """Deputies write contacts in law, case managers intakes in care."""
    allowed = {("deputy", "contact", "law-sheriff"), ("case_manager", "intake", "care")}
    return op == "save" and (role, form, ring) in allowed


def entry(ring="law-sheriff", *, author="ann", form="contact", op="save", prev="", seq=1) -> Entry:
    return write_entry(
        ring=RingId(ring),
        log=LogId("log"),
        seq=seq,
        prev=prev,
        t_ms=seq,
        author=UserId(author),
        record=RecordId(f"record-{seq}"),
        form=FormId(form),
        form_version="1",
        parents=(),
        op=op,
        values={},
        salt=bytes(16),
    )


def chain(length: int) -> Iterator[Entry]:
    prev = ""
    for seq in range(1, length + 1):
        one = entry(prev=prev, seq=seq)
        prev = one.hash
        yield one


def verdict(one, device=CAR_ID, *more, trusted=NOTHING):
    return accept(one, DeviceId(device), roster(*BASE, *more), may_write, trusted).cause


def test_a_bound_author_with_the_right_role_is_accepted():
    assert verdict(entry()) == ""


@pytest.mark.parametrize(
    ("one", "device", "cause"),
    [
        (entry(), "nobody", "journal.unknown_device"),
        (entry("care"), CAR_ID, "journal.ring_not_for_device"),
        (entry("law-police"), CAR_ID, "journal.ring_not_for_device"),
        (entry(), DESK_ID, "journal.ring_not_for_device"),
        (entry("shared"), DESK_ID, "journal.author_not_bound"),
        (entry(author="eve"), CAR_ID, "journal.author_not_bound"),
        (entry(form="intake"), CAR_ID, "journal.role_may_not_write"),
        (entry(op="redact"), CAR_ID, "journal.role_may_not_write"),
        (entry(op="accesses", author=""), CAR_ID, ""),
        (entry("care", op="accesses", author=""), CAR_ID, "journal.ring_not_for_device"),
        (entry("sys", author="eve", op="roster"), CAR_ID, ""),
        (
            entry("shared", author="eve", op="roster"),
            CAR_ID,
            "journal.author_not_bound",
        ),
    ],
)
def test_what_is_not_allowed_is_held_with_its_cause(one, device, cause):
    assert verdict(one, device) == cause


def test_no_statement_lets_a_law_device_write_care():
    wide = (
        said("admit", BOSS, device=CAR_ID, rings=["care"]),
        said("grant", BOSS, ring="care", user="ann"),
        user("ann", roles=("case_manager",)),
    )
    one = entry("care", form="intake")
    assert verdict(one, CAR_ID, *wide) == "journal.ring_not_for_device"


def test_law_roles_count_only_for_their_agency():
    bob = user("bob", agency="police")
    assert verdict(entry(author="bob"), CAR_ID, bob) == "journal.role_may_not_write"


def test_a_role_once_held_still_accepts_what_was_written():
    old = user("bob")
    new = user("bob", roles=("law_supervisor",), replaces=(old,))
    assert verdict(entry(author="bob"), CAR_ID, old, new) == ""


@pytest.mark.parametrize(
    ("what", "subject", "cause"),
    [("device", CAR_ID, "journal.device_revoked"), ("user", "ann", "journal.author_revoked")],
)
def test_a_revocation_keeps_what_came_before_its_cut_and_holds_the_rest(what, subject, cause):
    entries = list(chain(4))
    gone = revoked(what, subject, BOSS, cuts=[entries[1].hash])
    found = roster(*BASE, gone)
    trusted = trusted_entries(found, {one.hash: one.prev for one in entries})
    causes = [accept(one, CAR_ID, found, may_write, trusted).cause for one in entries]
    assert causes == ["", "", cause, cause]


def test_a_fork_below_the_cut_is_held():
    entries = list(chain(3))
    fork = entry(prev=entries[0].hash, seq=2, form="contact", op="save", author="ann")
    other = write_entry(
        ring=fork.ring,
        log=fork.log,
        seq=2,
        prev=entries[0].hash,
        t_ms=99,
        author=fork.author,
        record=RecordId("forged"),
        form=fork.form,
        form_version="1",
        parents=(),
        op="save",
        values={"x": "1"},
        salt=bytes(16),
    )
    found = roster(*BASE, revoked("device", CAR_ID, BOSS, cuts=[entries[2].hash]))
    known = [*entries, other]
    trusted = trusted_entries(found, {one.hash: one.prev for one in known})
    assert accept(other, CAR_ID, found, may_write, trusted).cause == "journal.device_revoked"


def test_one_subjects_cut_lets_nothing_of_another_through():
    entries = list(chain(2))
    found = roster(
        *BASE,
        revoked("device", CAR_ID, BOSS, cuts=[entries[0].hash]),
        revoked("user", "ann", BOSS, cuts=[entries[1].hash]),
    )
    trusted = trusted_entries(found, {one.hash: one.prev for one in entries})
    causes = [accept(one, CAR_ID, found, may_write, trusted).cause for one in entries]
    assert causes == ["", "journal.device_revoked"]


def test_a_revocation_with_no_cut_trusts_nothing():
    found = roster(*BASE, revoked("device", CAR_ID, BOSS))
    trusted = trusted_entries(found, {})
    assert accept(entry(), CAR_ID, found, may_write, trusted).cause == "journal.device_revoked"
