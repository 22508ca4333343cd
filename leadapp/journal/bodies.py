"""What a roster statement's body must hold, by kind; each part's type is checked as it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leadapp.core.encoding import from_base64url
from leadapp.core.errors import Damage
from leadapp.journal.statement import Statement, device_id


@dataclass(frozen=True, slots=True)
class Body:
    """A statement's body; each part's type is checked as it is asked for."""

    parts: Mapping[str, object]

    def text(self, key: str, *, empty: bool = False) -> str:
        """Return the text at ``key``; Damage when it is missing, or blank where it may not be."""
        value = self.parts.get(key, "" if empty else None)
        if not isinstance(value, str) or not (value or empty):
            raise Damage("journal.not_a_statement")
        return value

    def flag(self, key: str) -> bool:
        """Return the yes or no at ``key``."""
        value = self.parts.get(key, False)
        if not isinstance(value, bool):
            raise Damage("journal.not_a_statement")
        return value

    def texts(self, key: str) -> frozenset[str]:
        """Return the list of texts at ``key`` as a set."""
        value = self.parts.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Damage("journal.not_a_statement")
        return frozenset(value)

    def pairs(self, key: str) -> dict[str, str]:
        """Return the table of texts at ``key``."""
        value = self.parts.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise Damage("journal.not_a_statement")
        return dict(value)


def _check_device(body: Body) -> None:
    if body.text("class") not in ("law", "office"):
        raise Damage("journal.not_a_statement")
    if device_id(from_base64url(body.text("public"))) != body.text("device"):
        raise Damage("journal.not_a_statement")
    body.text("agency", empty=True)
    body.flag("coordinator")
    body.texts("rings")


def _check_admit(body: Body) -> None:
    body.text("device")
    body.texts("rings")


def _check_recipient(body: Body) -> None:
    body.text("device")
    body.text("ring")
    body.text("recipient")


def _check_ring(body: Body) -> None:
    body.text("ring")
    body.text("recovery")
    body.flag("part2")
    body.texts("replaces")


def _check_user(body: Body) -> None:
    body.text("user")
    body.text("agency", empty=True)
    body.texts("roles")
    body.texts("devices")
    body.pairs("keys")
    body.texts("replaces")


def _check_grant(body: Body) -> None:
    body.text("ring")
    body.text("user")


def _check_revoke(body: Body) -> None:
    body.text("what")
    body.text("id")
    body.texts("cuts")
    body.texts("kept")


_CHECKS: Mapping[str, Callable[[Body], None]] = {
    "device": _check_device,
    "admit": _check_admit,
    "recipient": _check_recipient,
    "ring": _check_ring,
    "user": _check_user,
    "grant": _check_grant,
    "revoke": _check_revoke,
}


def well_formed(statement: Statement) -> bool:
    """Return whether ``statement`` is of a known kind and holds what that kind needs."""
    check = _CHECKS.get(statement.kind)
    if check is None:
        return False
    try:
        check(Body(statement.body))
    except Damage:
        return False
    return True
