"""The same person comes back: what they had open goes on with the newly opened files.

At lock every file is closed and every key forgotten, but pages and half-filled forms stay
as they were, and they hold the desk they were made with. So the old desk takes over what
the new one opened.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from leadapp.services.desk import Desk


def take_over(old: Desk, new: Desk) -> Desk:
    """Give ``old`` everything ``new`` has, and return it. Nothing may be under way on ``old``.

    Lookups of open forms hold the reader itself, so the old reader gets the new one's files
    rather than being replaced.
    """
    reader = old.reader
    vars(reader).clear()
    vars(reader).update(vars(new.reader))
    for field in fields(old):
        if field.name != "reader":
            setattr(old, field.name, getattr(new, field.name))
    return old
