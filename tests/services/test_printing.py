"""Forms on paper: what is said beside the questions, and how wide they stand."""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.core.clock import SteppingClock
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.forms.model import Definition
from leadapp.papers.form_input import PaperGroup, PaperNode, PaperQuestion, PaperRepeat
from leadapp.services.printing import give_copies, nodes_of
from tests.forms.conftest import NOW, begin, form

WORDS = load_words(resources() / "words")
GIVEN = form(
    """
type | name | label | relevant | appearance | default | required
begin group | half | Half | | w2 | |
select_one yn | used | Naloxone used? | | w1 | | yes
integer | doses | Doses | ${used} = 'yes' | w1 | 2 |
end group | | | | | |
note | thanks | Thank you | | | |
begin group | after | Afterwards | ${used} = 'yes' and ${doses} > 1 | | |
text | remark | Remark | string-length(${used}) > 2 | w1 multiline | |
begin repeat | one | Person | | | |
text | name | Name | | | |
end repeat | | | | | |
end group | | | | | |
""",
    """
list_name | name | label
yn | yes | Yes
yn | no | No, none
""",
)


def questions(nodes: tuple[PaperNode, ...]) -> Iterator[PaperQuestion]:
    for node in nodes:
        match node:
            case PaperQuestion():
                yield node
            case PaperGroup():
                yield from questions(node.children)
            case PaperRepeat():
                for copy in node.copies:
                    yield from questions(copy)


def blank(definition: Definition) -> dict[str, PaperQuestion]:
    session = begin(definition, clock=SteppingClock(NOW))
    return {one.label: one for one in questions(nodes_of(session, blank=True, words=WORDS))}


def test_when_a_question_is_asked_stands_under_it_in_words() -> None:
    found = blank(GIVEN)
    assert found["Doses"].skip_note == "Answer if Naloxone used? is Yes."
    assert found["Naloxone used?"].skip_note == ""
    assert found["Remark"].skip_note == WORDS.say("services.asked_sometimes")


def test_a_section_says_when_it_is_asked() -> None:
    nodes = nodes_of(begin(GIVEN), blank=True, words=WORDS)
    notes = [node.skip_note for node in nodes if isinstance(node, PaperGroup)]
    assert notes == ["", "Answer if Naloxone used? is Yes and Doses is more than 1."]


def test_blank_paper_holds_codes_and_no_answers() -> None:
    found = blank(GIVEN)
    assert found["Doses"].code == "doses"
    assert found["Doses"].value == ""
    assert found["Naloxone used?"].choices == (("Yes", False), ("No, none [no]", False))
    assert found["Naloxone used?"].required
    assert found["Remark"].multiline
    assert not found["Thank you"].asks


def test_filled_paper_holds_answers_and_no_codes() -> None:
    session = begin(GIVEN)
    session.set_answer("half/used", "yes")
    shown = {one.label: one for one in questions(nodes_of(session))}
    assert shown["Doses"].value == "2"
    assert all(not (one.code or one.skip_note) for one in shown.values())


def test_a_question_takes_its_share_of_its_section() -> None:
    found = blank(GIVEN)
    assert found["Doses"].width == 6
    assert found["Remark"].width == 3
    assert found["Name"].width == 12


REPEATS = form(
    """
type | name | label
begin repeat | people | Person
text | sort | Sort
begin repeat | doses | Dose
select_one lots | lot | Lot
end repeat | |
end repeat | |
begin repeat | things | Thing
text | what | What
end repeat | |
""",
    """
list_name | name | label
lots | uTQJCv0jREV_fjfjWDbxYw | Lot NX4102
lots | none_read | No lot read
""",
)


def test_blank_paper_has_room_in_every_repeat() -> None:
    session = begin(REPEATS, clock=SteppingClock(NOW))
    give_copies(session)
    found = [one.label for one in questions(nodes_of(session, blank=True, words=WORDS))]
    assert found == ["Sort", "Lot", "Lot", "What", "What"]


def test_the_number_of_a_record_is_no_code_on_blank_paper() -> None:
    session = begin(REPEATS, clock=SteppingClock(NOW))
    give_copies(session)
    lot = next(
        one for one in questions(nodes_of(session, blank=True, words=WORDS)) if one.label == "Lot"
    )
    assert [words for words, _ in lot.choices] == ["Lot NX4102", "No lot read [none_read]"]


def test_a_short_range_gets_a_box_for_each_value_and_marks_are_no_letters() -> None:
    made = form(
        """
type | name | label | parameters
range | pain | **Pain** now | start=0 end=5 step=1
range | long | Long | start=0 end=100 step=1
""",
        "",
    )
    found = blank(made)
    assert [label for label, _ in found["Pain now"].choices] == ["0", "1", "2", "3", "4", "5"]
    assert found["Long"].choices == ()
