"""The window around the pages: navigation, top and status bar, palette, toast, ring, cover.

Knows pages only as ``Page``; what they show and do is theirs.
"""

from leadapp.ui.shell.actions import Actions
from leadapp.ui.shell.page import Page
from leadapp.ui.shell.shell import Place, Shell

__all__ = ["Actions", "Page", "Place", "Shell"]
