"""Text as people type it, made comparable.

``fold`` is for finding (accents, case and punctuation do not matter); stored text
is only ``tidied``.
"""

from __future__ import annotations

import re
import unicodedata

from leadapp.core.errors import Refusal

LONGEST_NAME = 80
"""Letters in a name a person gives to people, computers and places: it stands on tiles and pages."""
_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w\s]+")
_BREAKS = frozenset({"Cc", "Zl", "Zp"})
"""Unicode's categories of control characters and of what ends a line or a paragraph."""


def tidy(text: str) -> str:
    """Return ``text`` in NFC with outer space cut; inner line breaks stay."""
    return unicodedata.normalize("NFC", text).strip()


def check_name(name: str) -> None:
    """Refuse a name that fits no line of a screen or a page, or would break one."""
    if len(name) > LONGEST_NAME or any(unicodedata.category(one) in _BREAKS for one in name):
        raise Refusal("core.name_too_long", most=LONGEST_NAME, count=len(name))


def fold(text: str) -> str:
    """Return ``text`` for comparing: no accents, no case, no punctuation, single spaces."""
    bare = text
    if not text.isascii():
        flat = unicodedata.normalize("NFKD", text)
        bare = "".join(letter for letter in flat if not unicodedata.combining(letter))
    return _SPACES.sub(" ", _NOT_WORD.sub(" ", bare.casefold())).strip()


def initials(name: str) -> str:
    """Return the initials of ``name``: "Ana María Ruiz" gives "A. M. R."."""
    return " ".join(f"{word[0].upper()}." for word in name.split())
