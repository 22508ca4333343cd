"""Chains are checked by hash, seals by signature; forks and gaps are told, not hidden."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

from leadapp.core.ids import RingId
from leadapp.journal.log import check_chain, log_id
from leadapp.journal.seal import Seal, sign_seal, verify_seal
from tests.journal.making import chain, written


class HashSigner:
    """Signs with a keyed hash: enough to tell one key and one message from another."""

    public_key = b"p" * 32

    def sign(self, message: bytes) -> bytes:
        return hmac.new(self.public_key, message, hashlib.sha512).digest()

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        return signature == hmac.new(public_key, message, hashlib.sha512).digest()


def codes(entries):
    return [problem.code for problem in check_chain(entries)]


def test_an_unbroken_chain_has_no_problems():
    assert codes(chain(5)) == []


def test_a_missing_entry_is_a_gap():
    made = chain(5)
    assert codes(made[:2] + made[3:]) == ["journal.gap"]
    assert codes(made[1:]) == ["journal.gap"]


def test_two_entries_with_one_number_are_a_fork():
    made = chain(3)
    other = written({"n": "other"}, made[1], seq=3, prev=made[1].hash)
    assert codes([*made, other]) == ["journal.fork"]


def test_an_entry_that_does_not_continue_the_chain_is_an_error():
    made = chain(3)
    stranger = written({"n": "x"}, seq=4, prev=made[0].hash)
    assert codes([*made, stranger]) == ["journal.chain_broken"]
    assert codes([written({"n": "x"}, seq=1, prev=made[0].hash)]) == ["journal.chain_broken"]


def test_what_a_sealed_batch_continues_may_still_be_on_its_way():
    made = chain(3)
    branch = written({"n": "other"}, made[1], seq=3, prev=made[1].hash)
    after = written({"n": "more"}, branch, seq=4, prev=branch.hash)
    here = [*made, after]  # of the other branch the third entry has not come
    told = check_chain(here, batches={(4, branch.hash)})
    assert [problem.code for problem in told] == ["journal.gap"]
    assert codes(here) == ["journal.chain_broken"]
    assert [one.code for one in check_chain(here, batches={(3, branch.hash)})] == [
        "journal.chain_broken"
    ]


def sealed() -> Seal:
    made = chain(3)
    log = log_id(HashSigner.public_key, b"nonce")
    bare = Seal(
        RingId("care"), log, 1, 3, "", made[-1].hash, HashSigner.public_key, b"nonce", "r", b"", {}
    )
    return sign_seal(replace(bare, seen={"other": 4}), HashSigner())


def test_a_seal_verifies():
    assert verify_seal(sealed(), HashSigner())


def test_any_change_to_a_seal_breaks_it():
    seal = sealed()
    changed = [
        replace(seal, ring=RingId("law-a")),
        replace(seal, last=4),
        replace(seal, head=chain(2)[-1].hash),
        replace(seal, seen={"other": 5}),
        replace(seal, roster="s"),
        replace(seal, nonce=b"other"),
        replace(seal, device=b"q" * 32),
    ]
    assert not [one for one in changed if verify_seal(one, HashSigner())]
