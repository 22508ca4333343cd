"""The press every test of papers prints with."""

from __future__ import annotations

import pytest

from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.papers.press import Press, open_press


@pytest.fixture(scope="session")
def press() -> Press:
    """Return the shipped faces, colours, words and notices."""
    return open_press(resources(), load_words(resources() / "words"))
