"""What is remembered of a file met at a target: it was good, or why it was not.

"Not for me" is asked again when keys or the roster change, "too new" when the program
changes, "refused" never; a file whose bytes are not its name's is not remembered at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from leadapp.core.encoding import canonical_json, read_json
from leadapp.core.ids import DeviceId
from leadapp.exchange.bundle import Bundle
from leadapp.exchange.parties import Ledger

Word = Literal["good", "not_for_me", "too_new", "refused"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a file. ``cause`` is a code, or what must change before it is read again."""

    word: Word
    cause: str = ""
    to: frozenset[DeviceId] = frozenset()
    names: tuple[str, ...] = ()
    """Of the batches and attached files it carries."""
    size: int = 0
    """How large the whole file is: one of its name that is smaller was cut since."""
    pack: int = 0


def good(bundle: Bundle, size: int) -> Verdict:
    """Return the verdict on a file that was taken, or written here."""
    return Verdict("good", "", frozenset(bundle.to), bundle.names, size, bundle.pack)


def recall(ledger: Ledger, name: str) -> Verdict | None:
    """Return the verdict on the file called ``name``, ``None`` when it was never met."""
    said = ledger.recall(f"file {name}")
    if not said:
        return None
    word, cause, to, names, size, *rest = read_json(said)
    return Verdict(word, cause, frozenset(to), tuple(names), size, *rest)


def remember(ledger: Ledger, name: str, verdict: Verdict) -> None:
    """Remember the verdict on a file."""
    said = [
        verdict.word,
        verdict.cause,
        sorted(verdict.to),
        list(verdict.names),
        verdict.size,
        verdict.pack,
    ]
    ledger.remember(f"file {name}", canonical_json(said).decode())


def forget(ledger: Ledger, name: str) -> None:
    """Forget a file: it is not what it was."""
    ledger.remember(f"file {name}", "")


def recall_copy(ledger: Ledger, name: str, size: int) -> str:
    """Return the right name of a file that was renamed on the way, "" when it was never met."""
    return ledger.recall(f"copy {size} {name}")


def remember_copy(ledger: Ledger, name: str, size: int, right: str) -> None:
    """Remember the right name of a renamed file."""
    ledger.remember(f"copy {size} {name}", right)
