"""A made program for each test; archives, readers and drafts opened through it are closed."""

from __future__ import annotations

import pytest

from leadapp.store.archive import Archive
from leadapp.store.drafts import DraftStore
from leadapp.store.reader import Reader
from tests.store.making import Program


@pytest.fixture
def opened(monkeypatch):
    """Close whatever a test opens: a leaked connection would hide a lock left behind."""
    found: list[Archive | Reader | DraftStore] = []
    for owner in (Program,):
        for name in ("archive", "reader", "drafts"):
            original = getattr(owner, name)

            def keeping(self, *args, _original=original, **named):
                one = _original(self, *args, **named)
                found.append(one)
                return one

            monkeypatch.setattr(owner, name, keeping)
    yield found
    for one in reversed(found):
        one.close()


@pytest.fixture
def program(tmp_path, opened) -> Program:
    """A computer with the rings ``shared`` and ``care``, made and closed."""
    made = Program(tmp_path)
    made.make().close()
    return made


@pytest.fixture
def other(tmp_path, opened) -> Program:
    """A second computer of the same program."""
    made = Program(tmp_path, "two")
    made.make().close()
    return made
