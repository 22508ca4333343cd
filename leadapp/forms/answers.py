"""Answers of a record as a flat dictionary, into the tree and out of it.

A key is the path below the root without its name. A copy of a repeat has an id:
``household[k3]/name``, ``household[k3]/_order``, ``household[k3]/_removed``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from leadapp.forms.engine import Engine
from leadapp.forms.expressions.values import number_text
from leadapp.forms.graph import plan_of
from leadapp.forms.live import LiveNode, Record, live_below
from leadapp.forms.renaming import to_present

Answers = dict[str, str]
"""Key -> XForm text; blank answers are left out."""

ORDER = "_order"
REMOVED = "_removed"


def load(engine: Engine, answers: Mapping[str, str]) -> Answers:
    """Put ``answers`` into the blank record of ``engine``; return those of repeat copies.

    Keys the form does not know are left alone: they stay in the record they came from.
    """
    record = engine.record
    answers = to_present(record.definition, answers)
    copies = _make_copies(engine, answers)
    for key, text in answers.items():
        node = record.by_key.get(key)
        if node is not None and node.is_leaf:
            engine.set_default(node, text)
    for node in live_below(record.top):
        if node.kind == "attribute" and not node.value and node.key not in answers:
            engine.set_default(node, node.spec.default)
    return copies


def _make_copies(engine: Engine, answers: Mapping[str, str]) -> Answers:
    record = engine.record
    gone = tuple(
        key.removesuffix(f"/{REMOVED}")
        for key, text in answers.items()
        if text and key.endswith(f"/{REMOVED}")
    )
    for prefix in sorted(_copies(answers), key=lambda copy: _place(copy, answers)):
        if any(prefix == lost or prefix.startswith(f"{lost}/") for lost in gone):
            continue
        repeat, _, copy = prefix.rpartition("[")
        where = record.ranges.get(repeat)
        if where is not None:
            node = record.add_copy(where, copy.removesuffix("]"))
            node.order = _order_of(prefix, answers) or float(len(where.copies))
            where.highest = max(where.highest, node.order)
    return {key: text for key, text in answers.items() if "]" in key}


def _copies(answers: Mapping[str, str]) -> dict[str, None]:
    """Return the prefix of every copy named in ``answers``."""
    found: dict[str, None] = {}
    for key in answers:
        end = key.find("]")
        while end >= 0:
            found[key[: end + 1]] = None
            end = key.find("]", end + 1)
    return found


def _place(copy: str, answers: Mapping[str, str]) -> tuple[int, float, str]:
    """Outer copies first, then by order, then by id: the same on every device."""
    return (copy.count("["), _order_of(copy, answers), copy)


def _order_of(copy: str, answers: Mapping[str, str]) -> float:
    try:
        return float(answers.get(f"{copy}/{ORDER}", ""))
    except ValueError:
        return 0.0


def dump(record: Record, loaded: Mapping[str, str]) -> Answers:
    """Return the answers in ``record``, hidden ones too, in document order."""
    found: Answers = {}
    for node in live_below(record.top):
        if node.copy:
            found[f"{node.key}/{ORDER}"] = number_text(node.order)
        if node.value and holds_answer(record, node):
            found[node.key] = node.value
    found.update(lost_copies(record, loaded))
    return found


def lost_copies(record: Record, loaded: Mapping[str, str]) -> Answers:
    """Return the answers of copies that were ``loaded`` and are gone, each marked as removed."""
    found: Answers = {}
    for key, text in loaded.items():
        outermost = key[: key.index("]") + 1]
        innermost = key[: key.rindex("]") + 1]
        if innermost in record.by_key:
            continue
        copy = outermost if outermost not in record.by_key else innermost
        found[key] = text
        found[f"{copy}/{REMOVED}"] = "1"
    return found


def is_calculated(record: Record, node: LiveNode) -> bool:
    """Return whether ``node``'s text is computed again rather than stored."""
    return (
        node.spec.bind.calculate is not None
        and node.names_ not in plan_of(record.definition).stored
    )


def holds_answer(record: Record, node: LiveNode) -> bool:
    """Return whether ``node`` is a place for an answer, not a group or the form's own id."""
    if node is record.top or not node.is_leaf:
        return False
    unbound = node.spec.bind.calculate is None
    return not (node.kind == "attribute" and node.parent is record.top and unbound)


def composed(text: str) -> str:
    """Return ``text`` with its accents composed (NFC), as records store it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
