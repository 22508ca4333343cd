"""A county, its window and its keys."""

from tests.ui.front import county, home, made_county, open_window, read_forms, window

__all__ = ["county", "home", "made_county", "open_window", "read_forms", "window"]
