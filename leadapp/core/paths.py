"""Where the program's own files and the user's files are.

Forms and resources lie beside the package in a checkout, and inside it
(``leadapp/_data``) when installed from a wheel.
"""

from __future__ import annotations

from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parent.parent
_NAME = "leadapp"


def _shipped(folder: str) -> Path:
    installed = _PACKAGE / "_data" / folder
    return installed if installed.is_dir() else _PACKAGE.parent / folder


def resources() -> Path:
    """Return the folder with fonts, icons, tokens, words, reports, lists and notices."""
    return _shipped("resources")


def shipped_forms() -> Path:
    """Return the folder with one folder per shipped form."""
    return _shipped("forms")


def program_folder() -> Path:
    """Return the default program folder: local application data, never a roaming one."""
    return Path(platformdirs.user_data_dir(_NAME, appauthor=False, roaming=False)) / "program"


def state_folder() -> Path:
    """Return the folder for what must stay on this computer, outside the program folder."""
    return Path(platformdirs.user_state_dir(_NAME, appauthor=False))


def cache_folder() -> Path:
    """Return the folder for files that can be made again and hold no record."""
    return Path(platformdirs.user_cache_dir(_NAME, appauthor=False))
