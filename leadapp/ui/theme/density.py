"""How large targets are: office (dense, all day) or patrol (gloves, car).

The density of a widget is that of its nearest marked ancestor, else the theme's.
"""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

_PROPERTY = "density"


class Density(Enum):
    """The two sizes of targets."""

    OFFICE = "office"
    PATROL = "patrol"


def set_density(widget: QWidget, density: Density) -> None:
    """Mark ``widget`` so that it and all inside it have ``density``."""
    widget.setProperty(_PROPERTY, density.value)
    _restyle(widget)


def marked_density(widget: QWidget | None) -> Density | None:
    """Return the density of the nearest marked ancestor."""
    at = widget
    while at is not None:
        found = at.property(_PROPERTY)
        if isinstance(found, str):
            return Density(found)
        at = at.parentWidget()
    return None


def _restyle(widget: QWidget) -> None:
    """Tell all inside that sizes changed; they listen to style changes already."""
    for inside in (widget, *widget.findChildren(QWidget)):
        QCoreApplication.sendEvent(inside, QEvent(QEvent.Type.StyleChange))
        inside.updateGeometry()
