"""The pages that are printed and kept in a safe: a ring's recovery key, the root key.

A page is 13 groups of data and one of the whole, each with its own check letter. The
secret is in memory until the page is printed and confirmed, and is never written.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.vault import crockford
from leadapp.vault.sealing import Identity, identity_from_bytes

ROOT = "root"
_SECRET_BYTES = 32
_DATA_LETTERS = 52
_WHOLE_LETTERS = 4
GROUPS = 14


@dataclass(frozen=True, slots=True)
class Page:
    """What a page of the safe shows. ``name`` is a ring's id or ``root``."""

    name: str
    public: str
    """The recovery recipient, or the program's id: what the page belongs to. No secret."""
    groups: tuple[str, ...] = field(repr=False)

    def confirm(self, group: int, typed: str) -> None:
        """Refuse unless ``typed`` is the page's group of that number (from 1)."""
        if crockford.normal(typed) != self.groups[group - 1]:
            raise Refusal("vault.page_not_confirmed", group=group)


def ring_page(ring: RingId, identity: Identity) -> Page:
    """Return the page of ``ring``'s recovery key."""
    return Page(ring, identity.recipient, groups_of(ring, identity.to_bytes()))


def root_page(seed: bytes, program: str) -> Page:
    """Return the page of the root key."""
    return Page(ROOT, program, groups_of(ROOT, seed))


def groups_of(name: str, secret: bytes) -> tuple[str, ...]:
    """Return the printed groups of a 32-byte ``secret``."""
    letters = crockford.spell(secret)
    return tuple(crockford.group(letters + _whole(name, secret)))


def read_code(name: str, typed: str) -> bytes:
    """Return the secret a person typed from the page called ``name``.

    Refusal: ``vault.group_mistyped`` names the group, ``vault.code_incomplete`` says
    that some are missing, ``vault.other_page`` that it is the code of another page.
    """
    groups = _split(typed)
    letters = crockford.ungroup(groups)
    if len(groups) != GROUPS:
        raise Refusal("vault.code_incomplete", given=len(groups), needed=GROUPS)
    secret = crockford.unspell(letters[:_DATA_LETTERS], _SECRET_BYTES)
    if letters[_DATA_LETTERS:] != _whole(name, secret):
        raise Refusal("vault.other_page", page=name)
    return secret


def read_ring_code(ring: RingId, typed: str) -> Identity:
    """Return the recovery identity typed from ``ring``'s page."""
    return identity_from_bytes(read_code(ring, typed))


def _split(typed: str) -> list[str]:
    """Return the typed groups: as the person parted them, or five letters each."""
    parted = typed.replace("-", " ").replace("\u2013", " ").split()
    size = crockford.DATA_LETTERS + 1
    if len(parted) == GROUPS:
        return parted
    letters = crockford.normal(typed)
    return [letters[start : start + size] for start in range(0, len(letters), size)]


def _whole(name: str, secret: bytes) -> str:
    digest = hashlib.sha256(f"leadapp page {name}\0".encode() + secret).digest()
    return crockford.spell(digest)[:_WHOLE_LETTERS]
