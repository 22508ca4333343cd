"""Forms on paper: every letter of every answer, once, in order; boxes ticked; notices."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.papers.filled_form import (
    FormPaper,
    PaperGroup,
    PaperNode,
    PaperQuestion,
    PaperRepeat,
    render_form,
)
from leadapp.papers.press import Press, open_press
from leadapp.papers.reading import structure, text_of_pages
from leadapp.papers.wrapping import printable
from tests.papers.looking import smallest_letter, squeezed, words_between
from tests.papers.made_up_form import CONTACT

_PRESS = open_press(resources(), load_words(resources() / "words"))
_PRINTED = datetime(2025, 11, 3, 14, 41, tzinfo=UTC)
_BELOW_STRIP = [682.0, 730.0]
_ABOVE_FOOT = 48.0
_NOTICE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."


def form(*nodes: PaperNode, **changes: object) -> FormPaper:
    """Return a form of ``nodes``."""
    fields: dict[str, object] = {
        "program_name": "Alder County",
        "title": "Intake",
        "form_version": "3",
        "copy": "internal",
        "printed_by": "N. Ellison",
        "printed_at": _PRINTED,
        "nodes": nodes,
    }
    return FormPaper(**{**fields, **changes})  # type: ignore[arg-type]  # one dict of many types


def body(pdf: bytes) -> str:
    """Return what stands between strip and foot, without spaces."""
    return words_between(pdf, _BELOW_STRIP, _ABOVE_FOOT)


_SPANISH = "abcdefghijklmnopqrstuvwxyzABCXYZ0123456789áéíóúüñÁÉÑ¿¡.,;:-–—'\"“”()/%&#@!?  \n"
_TEXT = st.one_of(
    st.text(_SPANISH, max_size=400),
    st.text("mWi-ñ", min_size=100, max_size=200),
    st.integers(1, 60).map(lambda n: "Él no llegó a la cita; llamó después. " * n),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(_TEXT, st.integers(1, 12), st.booleans()), min_size=1, max_size=8))
def test_every_letter_of_every_answer_is_printed_once(
    answers: list[tuple[str, int, bool]],
) -> None:
    nodes = [
        PaperGroup("", (PaperQuestion(f"Q{n}", text, width=wide, multiline=long),))
        for n, (text, wide, long) in enumerate(answers)
    ]
    read = body(render_form(form(*nodes), _PRESS))
    assert read == squeezed("".join(f"Q{n}{printable(a[0])}" for n, a in enumerate(answers)))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(_TEXT, st.integers(1, 6)), min_size=2, max_size=6))
def test_no_letter_is_lost_where_questions_stand_beside_each_other(
    answers: list[tuple[str, int]],
) -> None:
    nodes = [PaperQuestion(f"Q{n}", text, width=wide) for n, (text, wide) in enumerate(answers)]
    read = body(render_form(form(*nodes), _PRESS))
    said = squeezed("".join(f"Q{n}{printable(a[0])}" for n, a in enumerate(answers)))
    assert sorted(read) == sorted(said)


def test_an_answer_of_20000_letters_goes_on_over_the_pages(press: Press) -> None:
    answer = "".join(f"palabra{n} " for n in range(1750))[:20_000]
    pdf = render_form(form(PaperQuestion("Notes", answer, multiline=True)), press)
    assert len(text_of_pages(pdf)) > 2
    assert body(pdf) == squeezed(f"Notes{answer}")


def test_a_word_of_120_letters_breaks_in_a_narrow_column(press: Press) -> None:
    word = "Donaudampfschifffahrts" * 5 + "1234567890"
    beside = PaperQuestion("Right", "x", width=9)
    pdf = render_form(form(PaperQuestion("Left", word, width=3), beside), press)
    assert body(pdf) == squeezed(f"Left{word}Rightx")


def test_300_copies_are_all_in_the_table_and_its_head_on_each_page(press: Press) -> None:
    copies = tuple(
        (PaperQuestion("Name", f"Persona {n}", width=6), PaperQuestion("Age", str(n), width=3))
        for n in range(300)
    )
    pdf = render_form(form(PaperRepeat("People", copies)), press)
    said = "".join(f"Persona{n}{n}" for n in range(300))
    pages = text_of_pages(pdf)
    assert len(pages) > 3
    assert body(pdf).replace("NameAge", "") == f"People300{said}"
    assert all("Name" in page for page in pages)


def test_copies_with_long_answers_are_printed_as_blocks(press: Press) -> None:
    long = "una nota muy larga " * 10
    copies = tuple((PaperQuestion("Name", f"P{n}"), PaperQuestion("Note", long)) for n in range(2))
    read = body(render_form(form(PaperRepeat("People", copies)), press))
    one = squeezed(f"Note{long}")
    assert read == f"People2People,1of2NameP0{one}People,2of2NameP1{one}"


def test_letters_without_a_picture_are_shown_by_number_and_noted(press: Press) -> None:
    pdf = render_form(form(PaperQuestion("Name", "Ana 中文 😀 Ruiz")), press)
    assert "Ana中文[U+1F600]Ruiz" in squeezed("".join(text_of_pages(pdf)))
    assert "3 letters have no picture" in "".join(text_of_pages(pdf))


def test_chosen_boxes_say_so_to_a_screen_reader(press: Press) -> None:
    question = PaperQuestion("Hurt?", choices=(("Yes", False), ("No", True), ("Unknown", False)))
    pdf = render_form(form(question), press)
    elements = [e for page in structure(pdf) for top in page for e in top.walk()]
    assert [e.alt for e in elements if e.kind == "Lbl"] == ["not chosen", "chosen", "not chosen"]


def test_a_long_choice_is_wrapped_and_kept(press: Press) -> None:
    label = "Taken to the hospital in the next county because ours has no bed " * 3
    question = PaperQuestion("Ending", choices=((label, True), ("Other", False)), width=6)
    assert body(render_form(form(question), press)) == squeezed(f"Ending{label}Other")


@pytest.mark.parametrize("part2", [True, False])
def test_notice_stands_on_each_page_of_protected_records_and_on_no_other(
    press: Press, part2: bool
) -> None:
    pages = text_of_pages(render_form(form(_long(), part2=part2), press))
    assert len(pages) > 1
    assert all((_NOTICE in page) is part2 for page in pages)


def _long() -> PaperQuestion:
    return PaperQuestion("Notes", "word " * 2000, multiline=True)


def test_open_problems_are_printed_before_the_answers(press: Press) -> None:
    paper = form(PaperQuestion("Minutes", "55"), problems=("Differs: Minutes (55 or 50).",))
    text = "".join(text_of_pages(render_form(paper, press)))
    assert text.index("Differs: Minutes (55 or 50).") < text.index("Minutes", text.index("50)"))


def test_a_blank_form_marks_what_needs_an_answer_and_says_it_is_blank(press: Press) -> None:
    question = PaperQuestion("Name", required=True)
    blank = "".join(text_of_pages(render_form(form(question, blank=True), press)))
    filled = "".join(text_of_pages(render_form(form(question), press)))
    assert "Name *" in blank
    assert "Blank form" in blank
    assert "Name *" not in filled


def test_same_form_gives_same_bytes(press: Press) -> None:
    paper = form(PaperGroup("Person", (PaperQuestion("Name", "Ana"), _long())), part2=True)
    assert render_form(paper, press) == render_form(paper, press)


def test_a_very_long_title_is_wrapped_in_the_head(press: Press) -> None:
    title = "Consentimiento para compartir información con agencias " * 4
    pdf = render_form(form(PaperQuestion("Name", "Ana"), title=title), press)
    assert squeezed(title) in squeezed(text_of_pages(pdf)[0])
    assert smallest_letter(pdf) >= 8


def test_a_contact_reads_in_order_as_kept(press: Press) -> None:
    pages = [page.replace("\r\n", "\n") for page in text_of_pages(render_form(CONTACT, press))]
    kept = Path(__file__).parent.parent / "golden" / "cit-contact.txt"
    assert "\n\n--- page ---\n\n".join(pages) + "\n" == kept.read_text("utf-8")


def test_the_tree_of_a_form_has_one_title_and_a_heading_a_section(press: Press) -> None:
    elements = [
        e for page in structure(render_form(CONTACT, press)) for top in page for e in top.walk()
    ]
    kinds = [element.kind for element in elements]
    assert kinds.count("H1") == 1
    assert kinds.count("H2") == 6
    assert kinds.count("H3") == 2
    assert kinds.count("Table") == 1
