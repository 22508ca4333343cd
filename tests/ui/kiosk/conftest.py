"""The window and its keys, over a folder that each test makes."""

from tests.ui.front import home, open_window, read_forms

__all__ = ["home", "open_window", "read_forms"]
