"""A PDF that opens with a password only: for receivers who do not have this program."""

from __future__ import annotations

import io
from typing import Final

from pikepdf import Encryption, Pdf

_AES_256: Final = 6


def lock_pdf(pdf: bytes, password: str, owner: str) -> bytes:
    """Return ``pdf`` encrypted (AES-256), its outline and title too.

    ``owner`` is a second password nobody is told: what may be done with the file once it is
    open is then as this program set it.
    """
    with Pdf.open(io.BytesIO(pdf)) as opened:
        out = io.BytesIO()
        opened.save(out, encryption=Encryption(owner=owner, user=password, R=_AES_256))
        return out.getvalue()
