"""What expressions mean: a table of cases by the ODK XForms specification and our own rules."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadapp.core.errors import Refusal
from leadapp.forms.expressions.automata import build
from leadapp.forms.expressions.compiler import compile_expression
from leadapp.forms.expressions.lexer import LONGEST
from leadapp.forms.expressions.parser import DEEPEST
from leadapp.forms.expressions.values import Value
from leadapp.forms.live import Record
from leadapp.forms.surroundings import Surroundings
from tests.forms.conftest import NOW, counted_ids, form

FORM = form(
    """
    type | name | label
    integer | age | Age
    text | blank | Blank
    text | word | Word
    date | born | Born
    select_multiple c | colours | Colours
    begin repeat | pet | Pet
    text | called | Called
    end repeat
    """,
    """
    list_name | name | label
    c | r | Red
    c | g | Green
    """,
)


def ask(source: str, at: str = "age") -> Value:
    record = Record(FORM)
    env = Surroundings(record, lambda: NOW, counted_ids())
    for key, text in {"age": "7", "word": "tree", "born": "2000-02-29", "colours": "r g"}.items():
        record.by_key[key].value = text
    for number, name in enumerate(("Ada", "Bo", "Cy"), 1):
        copy = record.add_copy(record.ranges["pet"], str(number))
        copy.children[0].value = name
    return compile_expression(source).value(record.by_key[at], env)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("7 mod -3", 1.0),
        ("-7 mod 3", -1.0),
        ("1 div 0", math.inf),
        ("- - 3", 3.0),
        ("2 < 3 = true()", True),
        ("'a' = \"a\"", True),
        ("../age + 1", 8.0),
        ("/data/age > 6 and . < 8", True),
        ("../blank = ''", True),
        ("string(../blank + 1)", "NaN"),
        ("coalesce(../blank, 0) + 1", 1.0),
        ("if(../age > 5, 'big', 'small')", "big"),
        ("selected(../colours, 'g')", True),
        ("selected(../colours, 'gr')", False),
        ("count-selected(../colours)", 2.0),
        ("selected-at(../colours, 1)", "g"),
        ("jr:choice-name('g', '/data/colours')", "Green"),
        ("count(/data/pet)", 3.0),
        ("/data/pet[2]/called = 'Bo'", True),
        ("/data/pet[last()]/called = 'Cy'", True),
        ("join('+', /data/pet/called)", "Ada+Bo+Cy"),
        ("indexed-repeat(/data/pet/called, /data/pet, 3) = 'Cy'", True),
        ("count-non-empty(/data/pet/called | ../blank)", 3.0),
        ("substr('hello', 1, 3)", "el"),
        ("substring('hello', 2, 3)", "ell"),
        ("normalize-space('  a   b ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("regex('abc', '[a-c]+')", True),
        ("regex('abcd', '[a-c]+')", False),
        ("round(-1.5)", -1.0),
        ("round(2.345, 2)", 2.35),
        ("int(-1.9)", -1.0),
        ("max(1, 5, 3)", 5.0),
        ("string(1000000 * 1000000)", "1000000000000"),
        ("string(0.1 + 0.2)", "0.30000000000000004"),
        ("boolean-from-string('1')", True),
        ("checklist(1, 2, true(), false())", True),
        ("position(/data/pet[2])", 2.0),
        ("1div 2", 0.5),
    ],
)
def test_expression_gives(source: str, value: Value) -> None:
    assert ask(source) == value


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("string(today())", "2026-11-22"),
        ("string(now())", "2026-11-22T09:30:00.000-08:00"),
        ("number('1970-01-02')", 1.0),
        ("today() - date('2026-11-20')", 2.0),
        ("string(date('2024-02-28' + 2))", "2024-03-01"),
        ("int((today() - ../born) div 365.25)", 26.0),
        ("decimal-date-time('1970-01-02T00:00:00Z')", 1.0),
        ("format-date(../born, '%e %b %Y')", "29 Feb 2000"),
        ("format-date-time(now(), '%H:%M')", "09:30"),
        ("format-date('', '%Y')", ""),
        ("../born < today()", True),
        ("date('nonsense')", ""),
        ("decimal-time('06:00:00.000-08:00')", 0.25),
    ],
)
def test_dates_count_whole_days_whatever_the_zone(source: str, value: Value) -> None:
    assert ask(source) == value


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("", "forms.expression_empty"),
        ("1 +", "forms.expression_ends"),
        ("foo( =", "forms.expression_stops"),
        ("'open", "forms.expression_open_quote"),
        ("“a”", "forms.expression_smart_quote"),
        ("a # b", "forms.expression_sign"),
        ("1 2", "forms.expression_stops"),
        ("(" * (DEEPEST + 5) + "1" + ")" * (DEEPEST + 5), "forms.expression_too_deep"),
        ("1" * (LONGEST + 1), "forms.expression_too_long"),
    ],
)
def test_expression_that_does_not_parse_is_refused(source: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        compile_expression(source)
    assert refused.value.code == code


def test_unknown_function_is_refused_only_where_it_is_reached() -> None:
    assert ask("false() and explode()") is False
    with pytest.raises(Refusal) as refused:
        ask("explode()")
    assert refused.value.code == "forms.function_unknown"


@pytest.mark.parametrize("pattern", ["(a+)+", "(a|a)*(a|a)*", "(.*a){1,12}x?", "a*a*a*a*a*a*c?"])
def test_regex_that_explodes_elsewhere_answers_at_once(pattern: str) -> None:
    assert ask(f"regex('{'a' * 500}', '{pattern}')") is True
    assert ask(f"regex('{'a' * 500}b', '{pattern}')") is False


def test_regex_beyond_automata_gives_up_on_long_text() -> None:
    assert ask("regex('aab1', '(?=.*[0-9])(a+)+b[0-9]')") is True
    assert ask(f"regex('{'a' * 60}c', '(?=.*c)(a+)+b')") is False


PIECES = [
    "a",
    "b*",
    "(a|b)+",
    "[^a]?",
    "(ab*)*",
    r"\w{0,2}",
    "(a|)",
    "^",
    "$",
    ".",
    r"\d+?",
    "(a{1,2}b)",
]


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join),
    st.text("ab1", max_size=8),
)
def test_automaton_agrees_with_the_ordinary_matcher(pattern: str, text: str) -> None:
    automaton = build(pattern)
    assert automaton is not None
    assert automaton.matches(text) is (re.fullmatch(pattern, text) is not None)


def test_randomize_with_a_seed_keeps_its_order() -> None:
    first = ask("join(' ', randomize(/data/pet/called, 42))")
    assert first == ask("join(' ', randomize(/data/pet/called, 42))")
    assert sorted(str(first).split()) == ["Ada", "Bo", "Cy"]


def test_absolute_path_inside_a_repeat_means_the_same_copy() -> None:
    assert ask("/data/pet/called = 'Bo'", at="pet[2]/called") is True
    assert ask("/data/pet/called = 'Ada'", at="pet[2]/called") is False
    assert ask("count(/data/pet)", at="pet[2]/called") == 3.0
    assert ask("position(..)", at="pet[2]/called") == 2.0
