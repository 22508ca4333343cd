"""The table of faults names tests that there are, and leaves out no fault without a reason."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.faults.table import FAULTS

TESTS = Path(__file__).resolve().parent.parent


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda one: str(one.number))
def test_a_row_names_tests_that_there_are_or_says_why_not(fault):
    assert fault.tests or fault.lacks
    for name in fault.tests:
        file, test = name.split("::")
        assert test in names_in(file), name


def test_every_fault_has_one_row_and_most_have_tests():
    assert [one.number for one in FAULTS] == list(range(1, 49))
    assert sum(bool(one.tests) for one in FAULTS) >= 40
