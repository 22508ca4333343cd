"""Trying a target out: a small file there, back again, the same, and gone."""

from __future__ import annotations

import secrets

from leadapp.core.errors import Refusal
from leadapp.targets.target import Target

_TOP = ""
"""Beside the folders of the rings: nothing is left of it, not even a folder."""
_SIZE = 4096


def try_out(target: Target, shown: str) -> None:
    """Refusal, in one sentence, where the place cannot be used. Leaves no file behind."""
    target.prepare()
    name = f"{secrets.token_hex(8)}.tmp"  # everybody passes over it, should it stay
    data = secrets.token_bytes(_SIZE)
    target.put(_TOP, name, data)
    try:
        if target.list_sizes(_TOP).get(name) != _SIZE:
            raise Refusal("targets.did_not_stay", folder=shown)
        if target.get(_TOP, name, _SIZE + 1) != data:
            raise Refusal("targets.came_back_changed", folder=shown)
    finally:
        target.delete(_TOP, name)
