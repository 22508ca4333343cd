"""The words papers are printed with."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import leadapp.papers
from leadapp.papers.press import Press

_PACKAGE = Path(leadapp.papers.__file__).parent


def said_words() -> set[str]:
    """Return every word of ``say("...")``; where it is put together, each it can become."""
    found = set()
    for file in _PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say":
                found |= {
                    each.value
                    for each in ast.walk(node.args[0])
                    if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


def test_every_word_a_paper_says_is_written(press: Press) -> None:
    words = said_words()
    assert {"page", "printed", "cautions", "has_names"} <= words
    codes = press.words.codes()
    missing = {
        word for word in words if not any(code.startswith(f"papers.{word}") for code in codes)
    }
    assert missing - {"papers.", "_", "_is", "_title", "_why"} == set()


@pytest.mark.parametrize("copy", ["internal", "submission", "publication"])
def test_every_class_of_copy_has_its_words(press: Press, copy: str) -> None:
    assert {f"papers.copy_{copy}", f"papers.copy_{copy}_is"} <= press.words.codes()


def test_the_notice_of_42_cfr_part_2_is_the_short_form_word_for_word(press: Press) -> None:
    notice = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
    assert press.part2_notice == notice
