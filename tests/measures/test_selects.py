"""The guard on a measure's SQL."""

from __future__ import annotations

import pytest

from leadapp.measures.periods import PARAMETERS
from leadapp.measures.selects import problems_with_select

GOOD = "SELECT record_id, ring, person_id, '', 1 FROM cit_contact WHERE day >= :start"


def _codes(sql):
    return [problem.code for problem in problems_with_select(sql, parameters=PARAMETERS)]


def test_one_plain_select_passes():
    assert _codes(GOOD) == []


def test_a_text_may_say_anything():
    assert _codes(f"{GOOD} AND town <> 'drop; \"update\"?' -- delete it;") == []


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DELETE FROM movement WHERE day < :end", "not_a_select"),
        ("WITH a AS (SELECT :end) DELETE FROM movement", "word_not_allowed"),
        (f"{GOOD}; DROP TABLE person", "more_than_one_statement"),
        (f"{GOOD};", "more_than_one_statement"),
        ("PRAGMA key = :start", "not_a_select"),
        ("SELECT * FROM pragma_table_info('x') WHERE :start", "word_not_allowed"),
        ("SELECT sql FROM sqlite_master WHERE :start", "word_not_allowed"),
        ("SELECT load_extension('x') WHERE :start", "word_not_allowed"),
        ("SELECT sqlcipher_export('x') WHERE :start", "word_not_allowed"),
        ('SELECT 1 FROM "sqlite_master" WHERE :start', "quoted_name"),
        ("SELECT 1 FROM main.person WHERE :start", "word_not_allowed"),
        ("SELECT ring1.person.last_name FROM person WHERE :start", "names_a_file"),
        ("SELECT 1 FROM person WHERE day > ?", "unnamed_parameter"),
        ("SELECT 1 FROM person WHERE day > :today", "unknown_parameter"),
        ("SELECT 1 FROM person", "no_period"),
        ("SELECT 1 FROM person WHERE day > :start /* hides", "text_not_closed"),
        ("", "not_a_select"),
    ],
)
def test_anything_else_is_named(sql, code):
    assert f"measures.{code}" in _codes(sql)
