"""What must hold of every history: the invariants, asked of the machines it ends with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from leadapp.core.ids import RingId
from leadapp.exchange.naming import bundle_name
from leadapp.exchange.pushing import chain_of
from leadapp.exchange.reading import inflate, read_text
from leadapp.journal.entry import FOLDED_OPS, Entry
from leadapp.journal.fold import fold
from leadapp.journal.log import check_chain
from leadapp.journal.seal import verify_seal
from leadapp.journal.statement import Statement, device_id
from tests.exchange import oracle
from tests.exchange.held import CARE, CARE_WORD, RINGS, SYS
from tests.exchange.histories import History
from tests.exchange.machines import Machine
from tests.exchange.scale import LOSSY


def watch_file(history: History, ring: RingId, data: bytes, writers: Sequence[Machine]) -> None:
    """Judge a file as it is written: I6, I11, I12."""
    opened = {one.n: text for one in history.machines if (text := one.opens(ring, data))}
    law = {one.n for one in history.machines if not one.office}
    assert ring != CARE or not law & opened.keys(), "I6: a care file opens on a law device"
    text = inflate(next(iter(opened.values())))
    assert ring == CARE or CARE_WORD.encode() not in text, "I6: care text outside of care"
    if ring == SYS or len(writers) != 1:  # which of two copies wrote it cannot be told
        return
    (writer,) = writers
    gone = {one.id for one in writer.roster.devices.values() if one.revoked}
    shut = {one.n for one in history.machines if one.device in gone}
    assert not shut & opened.keys(), (
        "I11: what was written after a revocation opens for the revoked"
    )
    for name in writer.held[ring].emptied & history.secrets.keys():
        assert history.secrets[name].encode() not in text, "I12: redacted text in a new file"


def watch_deletion(
    history: History, ring: RingId, data: bytes, who: str, left: Mapping[str, bytes]
) -> None:
    """Judge a deletion: all that the file brought anyone lies there in other whole files."""
    copies = [one for one in history.machines if one.device == who]  # which of them is not told
    gone = {one.id for c in copies for one in c.roster.devices.values() if one.revoked}
    emptied = {name for one in copies for name in one.view(ring).redacted_blobs()}
    for one in history.machines:
        if one.device in gone and ring != SYS:
            continue
        names = names_in(one, ring, data) - emptied
        there = [
            names_in(one, ring, more) for name, more in left.items() if bundle_name(more) == name
        ]
        assert names <= set().union(*there), "deleted what lies nowhere else"


def names_in(one: Machine, ring: RingId, data: bytes) -> set[str]:
    """Return what a file brings a computer; nothing where it does not open there."""
    text = one.opens(ring, data)
    return set(read_text(inflate(text), ring).names) if text else set()


def judge(history: History, members: Sequence[Machine], before: Sequence[Mapping]) -> None:
    """Judge a settled history; ``before`` is what each machine held when it began to settle."""
    known = set().union(*(one.statements for one in members))
    # Whom a shut-out coordinator let in after the cut is in for nobody, and nobody tells it.
    truth = the_truth(history, known)
    members = [one for one in members if one.device in truth]
    if not members:
        return
    statements = members[0].statements
    for one in members:
        assert one.statements.keys() == statements.keys(), "I13: one roster"
        assert one.roster.fingerprint == members[0].roster.fingerprint
    assert not any(truth[one.device].revoked for one in members), "I13: one was shut out"
    for ring in RINGS:
        among = [one for one in members if ring in one.rings]
        if among:
            _judge_ring(history, ring, among, before, truth)
    _second_exchange(history)


def the_truth(history: History, known: set[str]) -> dict[str, oracle.Member]:
    """Return who is in by the statements that are known to the members, worked out anew."""
    said = [(one, by) for one, by in history.said if one.id in known]
    kept: dict[int, set[str]] = {}
    for one, by in said:
        if by == -1 and one.kind == "revoke":
            number = next(m.n for m in history.machines if m.device == one.body["id"])
            kept.setdefault(number, set()).update(_texts(one, "kept"))
    good = [(one, by) for one, by in said if by not in kept or one.id in kept[by]]
    members: dict[str, oracle.Member] = {}
    for one, _ in good:
        if one.kind == "device":
            office, boss = one.body["class"] == "office", bool(one.body["coordinator"])
            members[str(one.body["device"])] = oracle.Member(office, boss)
    for one, _ in good:
        for device in _texts(one, "devices") if one.kind == "user" else ():
            members.setdefault(device, oracle.Member(office=False, coordinator=False)).users.add(
                str(one.body["user"])
            )
    for one, _ in good:
        target = members.get(str(one.body.get("id")))
        if one.kind == "revoke" and target is not None:
            target.revoked = True
            target.cuts |= _texts(one, "cuts")
    return members


def _texts(one: Statement, key: str) -> set[str]:
    found = one.body[key]
    assert isinstance(found, list)
    return set(found)


def _judge_ring(
    history: History, ring: RingId, members: Sequence[Machine], before: Sequence[Mapping],
    truth: Mapping[str, oracle.Member],
) -> None:  # fmt: skip
    first = members[0]
    held = first.held[ring]
    places = [number for number, one in enumerate(history.machines) if one in members]
    alive = set().union(*(before[number][ring] for number in places))
    for one in members:
        assert alive <= one.held[ring].entries.keys(), "I3: a living entry did not arrive"
        assert one.held[ring].entries.keys() == held.entries.keys(), "I1: other entries"
        texts = {entry.hash: entry.payload for entry in one.held[ring].entries.values()}
        assert texts == {entry.hash: entry.payload for entry in held.entries.values()}, "I12"
        assert one.held[ring].emptied == held.emptied, "I12: one has not heard of a redaction"
        if not one.office:
            assert not any(CARE_WORD.encode() in text for text in texts.values()), "I6"
    _judge_chains(history, first, ring)
    if ring == SYS:
        return
    _judge_redactions(history, members, ring)
    _judge_records(history, members, ring, truth)
    _judge_blobs(members, ring)


def _judge_chains(history: History, one: Machine, ring: RingId) -> None:
    """I9, I14, I15: chains and seals of everything held, forks told, no holes."""
    held, view = one.held[ring], one.view(ring)
    sealed: set[str] = set()
    for seal in held.seals.values():
        assert verify_seal(seal, one.verifier)
        sealed |= {entry.hash for entry in chain_of(seal, view.entries(seal))}
    assert {entry.hash for entry in one.counting(ring)} <= sealed, "I9: counts and is not sealed"
    ordered = sorted(held.entries.values(), key=lambda entry: (entry.log, entry.seq))
    for log, found in groupby(ordered, key=lambda entry: entry.log):
        entries = list(found)
        numbers = [entry.seq for entry in entries]
        batches = {(seal.first, seal.prev) for seal in held.seals.values() if seal.log == log}
        told = check_chain(entries, batches)
        forks = {number for number in numbers if numbers.count(number) > 1}
        assert {p.values["seq"] for p in told if p.code == "journal.fork"} == forks, "I14"
        assert not [p for p in told if p.code == "journal.chain_broken"], f"I9 {log}"
        if not history.befell & LOSSY:
            assert not [p for p in told if p.code == "journal.gap"], "I15: a hole"


def _judge_redactions(history: History, members: Sequence[Machine], ring: RingId) -> None:
    for one in members:
        held = one.held[ring]
        for name in held.emptied & history.secrets.keys():
            for entry in held.entries.values():
                assert history.secrets[name].encode() not in entry.payload, "I12: text left"
        assert not set(one.view(ring).blob_names()) & set(one.view(ring).redacted_blobs()), "I12"


def _judge_records(
    history: History, members: Sequence[Machine], ring: RingId,
    truth: Mapping[str, oracle.Member],
) -> None:  # fmt: skip
    """I1, I4, I5, I9, I11: what counts and what is shown equal the rules, worked out anew."""
    first = members[0]
    held = first.held[ring]
    for seal in held.seals.values():
        if (writer := truth.get(device_id(seal.device))) is not None:
            writer.logs.add(seal.log)
    prev = {entry.hash: entry.prev for entry in held.entries.values()}
    wanted = {e.hash for e in held.entries.values() if oracle.counts(e, truth, prev)}
    for one in members:
        assert {entry.hash for entry in one.counting(ring)} == wanted, "I9: what counts"
    records: dict[str, list[Entry]] = {}
    for entry in first.counting(ring):
        if entry.op in FOLDED_OPS:
            records.setdefault(entry.record, []).append(entry)
    for name, entries in records.items():
        shown = oracle.record_of(entries)
        for one in members:
            folded = fold(
                [e for e in one.counting(ring) if e.record == name and e.op in FOLDED_OPS]
            )
            assert folded.values == shown.values, "I5: what is shown"
            found = {key: {c.value for c in all_} for key, all_ in folded.conflicts.items()}
            assert found == shown.conflicts, "I4: conflicts"
            assert (folded.voided, folded.waiting) == (shown.voided, shown.waiting)


def _judge_blobs(members: Sequence[Machine], ring: RingId) -> None:
    """Every attached file that is named and that anyone has is with everyone."""
    named = {file.name for file, _ in members[0].view(ring).named_blobs()}
    here = [named & set(one.view(ring).blob_names()) for one in members]
    assert all(found == here[0] for found in here), "an attached file did not arrive"


def _second_exchange(history: History) -> None:
    stick = history.sticks[0]
    before = len(stick.made)
    for one in [one for one in history.machines if one.heeds]:
        read = one.sync(stick, history.now)
        assert not [file for file in read if file.outcome != "torn"], "I7: reads again"
    assert len(stick.made) == before, "I7: writes again"
