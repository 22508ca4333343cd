"""What must hold whatever is typed, in whatever order."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from leadapp.forms.answers import dump
from leadapp.forms.reading import read_markdown, write_markdown
from leadapp.forms.reading.workbook import Row, Sheet, Workbook
from leadapp.forms.recalculation import recalculate
from leadapp.forms.session import FormSession, Submission
from tests.forms.conftest import NOW, begin, form

FORM = form(
    """
    type | name | label | relevant | calculation | choice_filter | constraint | repeat_count
    select_one side | side | Side | | | | |
    integer | a | A | | | | . < 50 |
    integer | b | B | ${side} = 'left' or ${a} > 10 | | | |
    begin group | inner | Inner | ${b} != 7 | | | |
    integer | c | C | ${a} < 20 | | | |
    calculate | ab | | | coalesce(${a}, 0) + coalesce(${b}, 0) | | |
    end group | | | | | | |
    calculate | steps | | ${ab} > 3 | if(${ab} > 5, concat(${c}, '-', ${ab}), 'few') | | |
    begin repeat | pet | Pet | ${side} != 'right' | | | |
    text | called | Called | | | | |
    integer | age | Age | ${called} != '' | | | |
    calculate | older | | | coalesce(${age}, 0) + coalesce(${a}, 0) + position(..) | | |
    end repeat | | | | | | |
    calculate | pets | | | count(${pet}) | | |
    calculate | ages | | | sum(${older}) | | |
    select_one kind | kind | Kind | | | side = ${side} | |
    calculate | known | | | jr:choice-name(${kind}, '${kind}') | | |
    begin repeat | item | Item | | | | | ${a}
    text | what | What | | | | |
    end repeat | | | | | | |
    """,
    """
    list_name | name | label | side
    side | left | Left |
    side | right | Right |
    kind | l1 | L one | left
    kind | l2 | L two | left
    kind | r1 | R one | right
    """,
)

SMALL = st.sampled_from(["", "1", "5", "7", "12", "30", "x"])
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("side"), st.sampled_from(["", "left", "right"])),
        st.tuples(st.sampled_from(["a", "b", "inner/c"]), SMALL),
        st.tuples(st.just("kind"), st.sampled_from(["", "l1", "l2", "r1"])),
        st.tuples(st.sampled_from(["+pet", "-pet", "undo", "redo"]), st.integers(0, 3).map(str)),
        st.tuples(st.sampled_from(["pet/called", "pet/age"]), SMALL),
    ),
    max_size=25,
)


def edit(session: FormSession, edits: list[tuple[str, str]]) -> None:
    for key, text in edits:
        copies = session.copies("pet")
        if key == "+pet":
            session.add_copy("pet")
        elif key == "undo":
            session.undo()
        elif key == "redo":
            session.redo()
        elif key == "-pet":
            if int(text) < len(copies):
                session.remove_copy(copies[int(text)])
        elif key.startswith("pet/"):
            if copies:
                session.set_answer(f"{copies[-1]}/{key[4:]}", text)
        else:
            session.set_answer(key, text)


def picture(session: FormSession) -> dict[str, tuple[object, ...]]:
    """Return everything that shows of every place."""
    found: dict[str, tuple[object, ...]] = {}
    for key in dump(session._record, {}):
        if session.has(key):
            state = session.state(key)
            found[key] = (state.value, state.relevant, state.required, state.problem, state.choices)
    return found


@given(EDITS)
def test_incremental_evaluation_equals_full_evaluation(edits: list[tuple[str, str]]) -> None:
    session = begin(FORM)
    edit(session, edits)
    before = picture(session)
    session._engine.push_all(keep_stored=True)
    session._engine.run()
    assert picture(session) == before


@given(EDITS)
def test_draft_gives_the_same_session_again(edits: list[tuple[str, str]]) -> None:
    session = begin(FORM)
    edit(session, edits)
    again = begin(FORM, answers=session.draft())
    assert again.draft() == session.draft()
    assert picture(again) == picture(session)


@given(EDITS)
def test_recalculation_of_a_submission_gives_its_calculated_answers(
    edits: list[tuple[str, str]],
) -> None:
    session = begin(FORM)
    edit(session, [(key, "" if text == "x" else text) for key, text in edits])
    session.set_answer("a", "5")
    outcome = session.finish(NOW)
    if isinstance(outcome, Submission):
        assert recalculate(FORM, outcome.answers, NOW) == outcome.calculated


STRAIGHT = form(
    """
    type | name | label | relevant | calculation
    integer | a | A | |
    integer | b | B | ${a} > 5 |
    begin group | g | G | ${b} > 1 |
    integer | c | C | |
    calculate | d | | ${c} > 2 | ${c} * 2
    end group | | | |
    calculate | e | | | concat(${d}, ';', ${b}, ';', string(today()))
    """
)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "g/c"]), st.sampled_from(["", "2", "9"]))))
def test_one_pass_recalculation_equals_the_session(edits: list[tuple[str, str]]) -> None:
    session = begin(STRAIGHT)
    for key, text in edits:
        session.set_answer(key, text)
    outcome = session.finish(NOW)
    assert isinstance(outcome, Submission)
    assert recalculate(STRAIGHT, outcome.answers, NOW) == outcome.calculated
    assert recalculate(STRAIGHT, {}, NOW) == {"e": ";;2026-11-22"}


CELL = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs")) | st.just("\n"), max_size=8
).map(str.strip)
WORD = st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True)


@given(st.lists(WORD, min_size=1, max_size=4, unique=True), st.data())
def test_markdown_reader_reads_what_the_writer_wrote(
    header: list[str], data: st.DataObject
) -> None:
    cells = data.draw(
        st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), max_size=5)
    )
    kept = [dict(filter(lambda pair: pair[1], zip(header, row, strict=True))) for row in cells]
    kept = [row for row in kept if row]
    rows = tuple(Row(5 + number, row) for number, row in enumerate(kept))
    assume(not any("<br" in cell.lower() for row in kept for cell in row.values()))
    workbook = Workbook({"survey": Sheet("survey", tuple(header), rows)})
    assert read_markdown(write_markdown(workbook)) == workbook
