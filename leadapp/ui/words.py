"""Words on screen, through Qt's translation.

Every text a widget shows goes through ``tr``; form text does not, it is the county's own.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "leadapp"


def tr(text: str, /, **values: object) -> str:
    """Return ``text`` in the person's language, ``{name}`` filled from ``values``."""
    said = QCoreApplication.translate(CONTEXT, text)
    return said.format(**values) if values else said
