"""Interfaces at the seams between packages that must not know each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


class Signer(Protocol):
    """Signs with a private key that it alone holds (Ed25519)."""

    @property
    def public_key(self) -> bytes:
        """Return the 32 bytes others check with."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of ``message``."""
        ...


class Verifier(Protocol):
    """Checks signatures (Ed25519)."""

    def verify(self, public_key: bytes, signature: bytes, message: bytes) -> bool:
        """Return whether ``signature`` is ``public_key``'s over ``message``."""
        ...


class Sealer(Protocol):
    """Encrypts to named recipients (age) and opens what was sealed to an identity."""

    def seal(self, data: bytes, recipients: Sequence[str]) -> bytes:
        """Return ``data`` readable by each of ``recipients`` (age public keys)."""
        ...

    def open(self, sealed: bytes, identity: str) -> bytes:
        """Return what was sealed to ``identity``; Damage when it was not."""
        ...


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list a form can ask: a name (stored), a label (shown), properties."""

    name: str
    label: str
    properties: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pending:
    """A page of a list that is being fetched; the expression that needs it waits."""

    list_name: str


class Lookup(Protocol):
    """Lists of things (people, lots, officers, places) asked by forms, never copied into them."""

    def row(self, list_name: str, name: str) -> ListRow | Pending | None:
        """Return the row called ``name``, ``None`` if there is none."""
        ...

    def search(self, list_name: str, text: str, limit: int = 50) -> Sequence[ListRow] | Pending:
        """Return rows whose label or search words match ``text``, best first."""
        ...

    def matching(
        self, list_name: str, column: str, value: str, limit: int = 1000
    ) -> Sequence[ListRow] | Pending:
        """Return rows whose property ``column`` equals ``value``."""
        ...

    def has(self, list_name: str) -> bool:
        """Return whether there is such a list for the forms of this ring."""
        ...
