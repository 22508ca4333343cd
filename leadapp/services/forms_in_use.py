"""Forms: whether one can be used, and putting a version in use."""

from __future__ import annotations

from pathlib import Path

from leadapp.core.problems import Problem
from leadapp.forms.checking import check
from leadapp.kinds import KINDS


def check_file(file: Path) -> list[Problem]:
    """Return everything wrong with a form file, and what is worth a look. Any lane."""
    return check(file, KINDS)
