"""Readers and evaluator are given nonsense: they refuse it or do their work, and nothing else."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import UTC, datetime

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from leadapp.core.clock import SteppingClock
from leadapp.core.errors import Refusal
from leadapp.forms.checking import check_definition
from leadapp.forms.checking.writing import check_writing
from leadapp.forms.expressions.compiler import compile_expression
from leadapp.forms.reading import read_markdown, read_spreadsheet, write_markdown, write_spreadsheet
from leadapp.forms.reading.workbook import Row, Sheet, Workbook
from leadapp.forms.session import FormSession
from leadapp.forms.skipping import skip_rule
from leadapp.forms.xform import read_xform
from tests.forms.test_bad_workbooks import GOOD, SHEET, with_part

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = st.sampled_from(
    """/data/a ../b . .. //* @id true() false() today() now() position(..) count(/data/r)
    selected(/data/s,'x') if( coalesce( concat( regex( substr( number( string( int( round( pow(
    indexed-repeat( once( date( format-date( decimal-date-time( sum( max( min( not( boolean(
    string-length( translate( normalize-space( starts-with( contains( join( count-selected(
    selected-at( randomize( uuid() current() instance('l')/root/item[ ] ) ( , + - * div mod and or
    = != < <= > >= | 0 1 2.5 -1 99999999999999999999 'x' "" 'a b' '2026-02-30' '((((' name label
    """.split()  # noqa: SIM905 - one a word reads better
)
EXPRESSIONS = st.one_of(
    st.lists(WORDS, max_size=14).map(" ".join),
    st.text(alphabet="()[]/@.'\"+-*=<>|,$ abc019\u201c\u00e9", max_size=40),
    st.text(max_size=30),
)
XFORM = """<h:html xmlns:h="http://www.w3.org/1999/xhtml" xmlns="http://www.w3.org/2002/xforms">
<h:head><h:title>F</h:title><model><instance><data id="f"><a/><b/><s/><r><c/></r></data></instance>
<instance id="l"><root><item><name>x</name><label>X</label></item></root></instance>
<bind nodeset="/data/a" type="int"/><bind nodeset="/data/b" {rule}="{text}"/>
</model></h:head><h:body><input ref="/data/a"><label>A</label></input>
<input ref="/data/b"><label>B <output value="{text}"/></label></input>
<select ref="/data/s"><label>S</label><itemset nodeset="instance('l')/root/item">
<value ref="name"/><label ref="label"/></itemset></select>
<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/c"/></repeat></group>
</h:body></h:html>"""


def escaped(text: str) -> str:
    """Return ``text`` for an attribute, without what XML cannot hold."""
    kept = "".join(
        sign
        for sign in text
        if sign in "\t\n" or (sign >= " " and not "\ud800" <= sign <= "\udfff")
    )
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@quick
@given(
    EXPRESSIONS,
    st.sampled_from(["relevant", "calculate", "constraint", "required", "readonly"]),
    st.lists(st.text(max_size=12), max_size=3),
)
@example("(" * 400 + "1" + ")" * 400, "calculate", [])
@example("-" * 3_000 + "1", "calculate", [])
@example("../" * 3_000 + "a", "calculate", [])
@example("1" + " + 1" * 4_000, "calculate", [])
@example("a" + "[1]" * 3_000, "calculate", [])
@example("substr('abc', -1e300, 1e300)", "calculate", [])
@example("format-date('9999-12-31', '%Y')", "calculate", [])
@example("date(1e300)", "calculate", [])
@example("pow(10, 100000)", "calculate", [])
@example("round(1e300, 400)", "calculate", [])
@example("regex('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!', '(a|a)*(a*)*$')", "calculate", [])
def test_any_rule_is_refused_or_computed(rule: str, column: str, answers: list[str]) -> None:
    with contextlib.suppress(Refusal):
        text = XFORM.format(rule=column, text=escaped(rule))
        definition = read_xform(text)
        check_definition(definition, {})
        skip_rule(definition, ("data", "b"))
        session = FormSession(definition, clock=SteppingClock(NOW), ids=lambda: "x" * 22)
        for answer in answers:
            session.set_answer("a", answer)
            session.set_answer("s", answer)
            session.add_copy("r")
        session.finish(NOW)


@quick
@given(st.text(alphabet="()[]/@.'\"+-*=<>|,$ abc019:\u201c", max_size=80))
def test_any_text_is_an_expression_or_refused(text: str) -> None:
    with contextlib.suppress(Refusal):
        compile_expression(text)


CELLS = st.text(alphabet="abz |\\<br>#-_${}'\"\u00e9\n.=1", max_size=14)


@quick
@given(st.text(alphabet="#| -\\\nabtypename<br>survchoic$", max_size=200))
@example("## survey\n|\n||\n|||\n| --- |")
@example("| survey |")
@example("## survey\n## survey")
def test_any_markdown_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(Refusal):
        workbook = read_markdown(text)
        check_writing(workbook)
        workbook.index()
        write_markdown(workbook)


@quick
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6))
def test_a_workbook_survives_both_ways(lines: list[list[str]]) -> None:
    header = ("type", "name", "label")
    tidy = [[cell.strip().replace("<br>", "") for cell in line] for line in lines]
    tidy = [line for line in tidy if any(cell.strip("-: ") for cell in line)]
    rows = tuple(
        Row(number, {title: cell for title, cell in zip(header, line, strict=True) if cell})
        for number, line in enumerate(tidy, 2)
    )
    made = Workbook({"survey": Sheet("survey", header, rows)})
    written = write_markdown(made)
    through = read_spreadsheet(write_spreadsheet(read_markdown(written)))
    assert write_markdown(through) == written
    assert [dict(row.cells) for row in through.rows("survey")] == [dict(row.cells) for row in rows]


@quick
@given(st.binary(max_size=300), st.integers(0, 4))
def test_any_bytes_in_a_package_are_read_or_refused(junk: bytes, place: int) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        names = [
            SHEET,
            "xl/workbook.xml",
            "xl/styles.xml",
            "[Content_Types].xml",
            package.namelist()[0],
        ]
    for data in (
        with_part(GOOD, names[place], lambda _: junk),
        with_part(GOOD, names[place], lambda old: old[: len(old) // 2] + junk),
        GOOD[: 40 * place] + junk + GOOD[40 * place :],
        junk,
    ):
        with contextlib.suppress(Refusal):
            read_spreadsheet(data)


@quick
@given(st.binary(max_size=120), st.integers(0, len(XFORM)))
def test_any_bytes_in_an_xform_are_read_or_refused(junk: bytes, at: int) -> None:
    with contextlib.suppress(Refusal):
        read_xform(XFORM[:at].encode() + junk + XFORM[at:].encode())
    with contextlib.suppress(Refusal):
        read_xform(XFORM[:at] + XFORM[at + len(junk) :])
