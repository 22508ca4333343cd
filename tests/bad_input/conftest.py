"""A county with a draft in it, fresh for each test, and what a refusal must be like."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadapp.core.errors import Bug, LeadappError, Refusal
from leadapp.core.paths import resources
from leadapp.core.problems import Problem
from leadapp.core.words import load_words
from leadapp.services import filling
from leadapp.services.desk import Desk
from tests.faults.county import BOTH, County, Stocked, found, stock

WORDS = load_words(resources() / "words")
TYPED = "Spoke calmly once seated."
_MAY_CHANGE = ("attempts.json", "in-use")
"""Failed tries are counted; the mark of an open window is taken and let go. (What ends in
``-shm`` is the engine's own note of who reads; it holds nothing and lasts no longer.)"""


@dataclass(frozen=True)
class Place:
    """A county on disk and what its forms point at."""

    county: County
    stocked: Stocked

    @property
    def root(self) -> Path:
        """Return the program folder."""
        return self.county.root

    def bytes(self) -> dict[str, bytes]:
        """Return every file that a refusal must leave as it was."""
        return {
            str(path.relative_to(self.root)): path.read_bytes()
            for path in sorted(self.root.rglob("*"))
            if path.is_file() and path.name not in _MAY_CHANGE and not path.name.endswith("-shm")
        }

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """See that no byte of the program folder changes."""
        before = self.bytes()
        yield
        after = self.bytes()
        changed = {
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        }
        assert changed == set()

    def draft(self, name: str = BOTH) -> str:
        """Return the text of the draft that was being typed."""
        desk = self.county.sit(name)
        try:
            return str([draft.answers for draft in desk.drafts.mine(desk.user)])
        finally:
            desk.close()


@pytest.fixture(scope="session")
def original(tmp_path_factory) -> Place:
    """A county in which Bo is in the middle of a contact."""
    county = found(tmp_path_factory.mktemp("county") / "program")
    stocked = stock(county)
    desk = county.sit(BOTH)
    leave_draft(desk)
    desk.close()
    return Place(county, stocked)


@pytest.fixture
def place(original, tmp_path) -> Place:
    """A copy of the county to do harm to."""
    for folder in (original.root, original.county.anchors):
        shutil.copytree(folder, tmp_path / folder.name)
    return Place(County(tmp_path / original.root.name), original.stocked)


def leave_draft(desk: Desk) -> None:
    """Keep a contact that is not finished."""
    one = filling.begin(desk, "cit_contact", lookup=desk.lookup("law"))
    filling.put_answers(desk, one, {"narrative": TYPED})
    filling.keep(desk, filling.as_draft(desk, one))


def refused(act: Callable[[], object], code: str) -> str:
    """Do what must be refused with ``code``; return the sentence, which is in plain words."""
    with pytest.raises(LeadappError) as caught:
        act()
    error = caught.value
    assert error.code == code
    assert not isinstance(error, Bug)
    for problem in getattr(error, "problems", ()):
        plain(problem)
    return plain(error)


def plain(found_: Problem | LeadappError) -> str:
    """Return the sentence of a problem, having seen that there is one a person can use."""
    sentence = WORDS.of(found_)
    assert sentence != found_.code, "no sentence is written for this code"
    assert re.match(r"^[A-Z\"'{0-9a-z/].*[.:)\w]$", sentence.strip(), re.DOTALL), sentence
    if found_.code == "forms.workbook_refused":  # the words of the library that converts forms
        return sentence
    for word in (
        "Traceback",
        "Error",
        "Exception",
        "None",
        "sqlite",
        "SQL",
        "{",
        "please",
        "invalid",
    ):
        assert word not in sentence, sentence
    return sentence


__all__ = ["TYPED", "WORDS", "Place", "Refusal", "leave_draft", "plain", "refused"]
