"""Questions that had another key in an earlier version (``bind::leadapp:was``).

Stored answers keep the key of the first version that had them; a session and whoever
shows it use the present one. A repeat's own name cannot change this way, what is in it can.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from leadapp.forms.model import Definition

_COPY_ID = re.compile(r"\[[^\[\]]*\]")


def to_present(definition: Definition, answers: Mapping[str, str]) -> Mapping[str, str]:
    """Return stored ``answers`` under the keys of this version."""
    renamed = _pairs(definition)
    if not renamed:
        return answers
    return {_translated(key, renamed): text for key, text in answers.items()}


def to_stored(definition: Definition, answers: Mapping[str, str]) -> dict[str, str]:
    """Return ``answers`` of this version under the keys they are stored by."""
    renamed = {new: old for old, new in _pairs(definition).items()}
    if not renamed:
        return dict(answers)
    return {_translated(key, renamed): text for key, text in answers.items()}


def present_key(definition: Definition, stored: str) -> str:
    """Return the key under which this version asks what is stored under ``stored``."""
    return _translated(stored, _pairs(definition))


def asks(definition: Definition, stored: str) -> bool:
    """Return whether this version has a place for what is stored under ``stored``."""
    known = definition.kept.get("stored_keys")
    if not isinstance(known, frozenset):
        known = frozenset(node.bind.was or node.key for node in definition.data.walk())
        definition.kept["stored_keys"] = known
    bare = _COPY_ID.sub("", stored)
    around, _, inner = bare.rpartition("/")
    return (around if inner.startswith("_") else bare) in known


def _pairs(definition: Definition) -> dict[str, str]:
    """Return earlier key -> present key, both without copies."""
    pairs = definition.kept.get("renamed")
    if not isinstance(pairs, dict):
        pairs = {
            node.bind.was: node.key
            for node in definition.data.walk()
            if node.bind.was and node.bind.was != node.key
        }
        definition.kept["renamed"] = pairs
    return pairs


def _translated(key: str, renamed: Mapping[str, str]) -> str:
    target = renamed.get(_COPY_ID.sub("", key))
    if target is None:
        return key
    have, want = key.split("/"), target.split("/")
    made: list[str] = []
    for place, name in enumerate(want):
        same = place < len(have) and _COPY_ID.sub("", have[place]) == name
        made.append(have[place] if same and place == len(made) else name)
    return "/".join(made)
