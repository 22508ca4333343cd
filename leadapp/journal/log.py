"""A log: the chain of entries that one device writes in one ring.

A log's name follows from the device's public key, so nobody else can write in it.
Logs are cheap and never repaired: after a restore or a clone the device starts a new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from itertools import pairwise

from leadapp.core.encoding import to_base64url
from leadapp.core.ids import ID_BYTES, LogId
from leadapp.core.problems import Problem, Severity
from leadapp.journal.entry import Entry


def log_id(device_public: bytes, nonce: bytes) -> LogId:
    """Return the name of the log that the device started with ``nonce``."""
    digest = hashlib.sha256(device_public + nonce).digest()
    return LogId(to_base64url(digest[:ID_BYTES]))


def check_chain(
    entries: Iterable[Entry], batches: Collection[tuple[int, str]] = ()
) -> list[Problem]:
    """Return what is wrong with one log's entries, in order of ``seq``.

    Holes are notes (the rest may be on its way); two entries with one number are a
    fork, which a restored or copied computer makes: both count, people are told. An
    entry that does not continue the one before it is an error, unless a sealed batch
    begins with it (``batches``: first number, and the head before): then what it continues
    is another branch that has not all come yet, and the hole is in that one.
    """
    problems: list[Problem] = []
    at: dict[int, list[Entry]] = {}
    for entry in entries:
        at.setdefault(entry.seq, []).append(entry)
    seqs = sorted(at)
    if seqs and seqs[0] > 1:
        problems.append(_problem("journal.gap", at[seqs[0]][0], Severity.NOTE))
    if seqs and seqs[0] == 1:
        problems += [
            _problem("journal.chain_broken", entry, Severity.ERROR) for entry in at[1] if entry.prev
        ]
    problems += [
        _problem("journal.fork", at[seq][0], Severity.WARNING) for seq in seqs if len(at[seq]) > 1
    ]
    for before, after in pairwise(seqs):
        if after != before + 1:
            problems.append(_problem("journal.gap", at[after][0], Severity.NOTE))
            continue
        known = {entry.hash for entry in at[before]}
        for entry in at[after]:
            if entry.prev in known:
                continue
            if (entry.seq, entry.prev) in batches:
                problems.append(_problem("journal.gap", entry, Severity.NOTE))
            else:
                problems.append(_problem("journal.chain_broken", entry, Severity.ERROR))
    return problems


def _problem(code: str, entry: Entry, severity: Severity) -> Problem:
    return Problem(code, {"log": entry.log, "seq": entry.seq}, severity=severity)
