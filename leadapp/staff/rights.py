"""What a role may do inside a ring, from the one data file ``resources/rights.toml``.

A right has a reach: everyone's records, one's own only, or none. Programs, not
people, have rights of the family ``program`` (accounts, backups, settings).

>>> may(Role.DEPUTY, "write", "cit_contact", "law")
True
>>> may(Role.ADMINISTRATOR, "view", "person", "care")
False
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from leadapp.core.errors import Damage
from leadapp.core.paths import resources
from leadapp.staff.roles import Role

ACTIONS = frozenset(
    {
        *("list", "search", "view", "write", "correct", "void", "settle", "print", "export"),
        *("count", "open_figure", "read_log", "grant", "redact", "take_over"),
        *("add_user", "disable_user", "reset_password", "release", "devices", "backup", "restore"),
        *("settings", "approve_form", "verify", "sync"),
    }
)
"""Every action a service may ask about."""

FAMILIES = frozenset({"sys", "shared", "law", "refer", "supply", "care", "program"})
ANY = "*"
_OUTBOX = frozenset({"document", "receipt"})
"""Kinds of the program's own forms that everyone writes: no form of a county's is of them."""


class Reach(IntEnum):
    """Whose records a right covers."""

    NONE = 0
    OWN = 1
    ALL = 2


@dataclass(frozen=True, slots=True)
class Right:
    """What one role may do to some kinds in one ring family."""

    role: Role
    family: str
    kinds: frozenset[str]
    all: frozenset[str]
    own: frozenset[str]

    def reach(self, action: str) -> Reach:
        """Return how far ``action`` goes by this right."""
        if action in self.all:
            return Reach.ALL
        return Reach.OWN if action in self.own else Reach.NONE


class Rights:
    """The table of rights. A row that names a kind wins over the row for any kind."""

    def __init__(self, rows: Sequence[Right]) -> None:
        self._rows: dict[tuple[Role, str, str], Right] = {}
        for row in rows:
            for kind in row.kinds:
                key = (row.role, row.family, kind)
                if key in self._rows:
                    raise Damage("staff.right_twice", role=row.role, family=row.family, kind=kind)
                self._rows[key] = row

    def reach(self, role: Role, action: str, kind: str, family: str) -> Reach:
        """Return whose records ``role`` may do ``action`` to."""
        named = self._rows.get((role, family, kind)) or self._rows.get((role, family, ANY))
        return named.reach(action) if named else Reach.NONE

    def may_somewhere(
        self, role: Role, action: str, family: str, *, besides: Collection[str] = ()
    ) -> bool:
        """Return whether ``role`` may do ``action`` to any kind in ``family`` but ``besides``."""
        return any(
            row.reach(action) is not Reach.NONE
            for (owner, where, kind), row in self._rows.items()
            if owner is role and where == family and kind not in besides
        )


def load_rights(path: Path) -> Rights:
    """Read a table of rights; Damage when it names an unknown role, family or action."""
    table = tomllib.loads(path.read_text("utf-8"))
    return Rights([_right(row) for row in table.get("right", [])])


def _right(row: Mapping[str, object]) -> Right:
    role, family = row.get("role"), row.get("family")
    everything, own = _names(row, "all"), _names(row, "own")
    if role not in Role._value2member_map_ or family not in FAMILIES:
        raise Damage("staff.unknown_right", word=f"{role} {family}")
    if unknown := (everything | own) - ACTIONS:
        raise Damage("staff.unknown_right", word=" ".join(sorted(unknown)))
    kinds = _names(row, "kinds") or frozenset({ANY})
    return Right(Role(str(role)), str(family), kinds, everything, own)


def _names(row: Mapping[str, object], key: str) -> frozenset[str]:
    found = row.get(key, [])
    if not isinstance(found, list):
        raise Damage("staff.unknown_right", word=key)
    return frozenset(str(name) for name in found)


@cache
def shipped_rights() -> Rights:
    """Return the rights the program ships with, read once."""
    return load_rights(resources() / "rights.toml")


def may(role: Role, action: str, kind: str, family: str) -> bool:
    """Return whether ``role`` may do ``action`` to at least some records of ``kind``."""
    return reach(role, action, kind, family) is not Reach.NONE


def reach(role: Role, action: str, kind: str, family: str) -> Reach:
    """Return whose records of ``kind`` in a ring of ``family`` the action covers."""
    return shipped_rights().reach(role, action, kind, family)


def may_program(role: Role, action: str) -> bool:
    """Return whether ``role`` may do ``action`` to the program itself."""
    return may(role, action, ANY, "program")
