"""Codes as they stand on cartons, for tests that scan them."""

from __future__ import annotations

from leadapp.naloxone.codes import SEPARATOR, Scanned


def carton_code(scanned: Scanned) -> str:
    """Return the code as a scanner types it; blanks are left out."""
    parts = []
    if scanned.gtin:
        parts.append(f"01{scanned.gtin}")
    if scanned.expiry:
        parts.append(f"17{scanned.expiry[2:].replace('-', '')}")
    if scanned.lot_number:
        parts.append(f"10{scanned.lot_number}{SEPARATOR if scanned.serial else ''}")
    if scanned.serial:
        parts.append(f"21{scanned.serial}")
    return "".join(parts)
