"""What happens with an error nobody expected: a log without record content, and a sentence.

The log holds the error's kind and the program's own file names and line numbers, never its
text: that may hold what a record holds.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from leadapp.core.errors import Bug, LeadappError

_log = logging.getLogger(__name__)
_PACKAGE = "leadapp"
_MOST_BYTES = 200_000


def code_of(kind: str, where: str) -> str:
    """Return a short code for an error, the same for the same error at the same place.

    >>> code_of("ValueError", "ui/page.py:41")
    'ValueError at ui/page.py:41'
    """
    return f"{kind} at {where}" if where else kind


def place_of(trace: TracebackType | None) -> str:
    """Return the innermost line of the program's own code, as "ui/page.py:41"."""
    frames = traceback.extract_tb(trace)
    for frame in reversed(frames):
        parts = Path(frame.filename).parts
        if _PACKAGE in parts:
            inside = parts[len(parts) - parts[::-1].index(_PACKAGE) :]
            return f"{'/'.join(inside)}:{frame.lineno}"
    return ""


def install(tell: Callable[[LeadappError], None]) -> None:
    """Catch what would end the program: log it by kind and place, and ``tell`` a sentence."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        if isinstance(error, LeadappError):
            tell(error)
            return
        code = code_of(kind.__name__, place_of(trace))
        _log.error("not expected: %s", code)
        tell(Bug("ui.not_expected", place=code))

    sys.excepthook = hook


def log_to(folder: Path) -> None:
    """Write the program's log to ``folder``; where that cannot be, there is none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "leadapp.log", maxBytes=_MOST_BYTES, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logger = logging.getLogger(_PACKAGE)
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
