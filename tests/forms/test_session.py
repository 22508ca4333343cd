"""A form in conversation: relevance, choices, repeats, undo, finishing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leadapp.core.errors import Bug
from leadapp.core.problems import Severity
from leadapp.core.seams import ListRow, Pending
from leadapp.forms.session import FormSession, Submission
from tests.forms.conftest import NOW, begin, form

CONTACT = form(
    """
    type | name | label | relevant | required | constraint | constraint_message | calculation | bind::leadapp:later | bind::leadapp:warn
    select_one yn | used | Naloxone used? | | yes | | | | |
    integer | doses | Doses | ${used} = 'yes' | yes | . > 0 and . <= 50 | 1 to 50 | | |
    calculate | milligrams | | ${used} = 'yes' | | | | coalesce(${doses}, 0) * 4 | |
    text | note | Note for ${used} | | | | | | yes |
    integer | minutes | Minutes | | | . < 600 | Is that right? | | | yes
    """,
    "list_name | name | label\nyn | yes | Yes\nyn | no | No",
)


def finished(session: FormSession) -> Submission:
    outcome = session.finish(NOW)
    assert isinstance(outcome, Submission)
    return outcome


def own(answers: dict[str, str]) -> dict[str, str]:
    """Return ``answers`` without the record's own id, which every form has."""
    return {key: text for key, text in answers.items() if not key.startswith("meta/")}


def test_hidden_answer_reads_as_blank_stays_while_open_and_is_dropped_at_the_end() -> None:
    session = begin(CONTACT)
    session.set_answer("used", "yes")
    session.set_answer("doses", "2")
    assert session.value("milligrams") == "8"
    changed = session.set_answer("used", "no")
    assert {"used", "doses", "milligrams"} <= changed
    assert not session.state("doses").relevant
    assert session.value("doses") == "2"
    submission = finished(session)
    assert own(submission.answers) == {"used": "no"}
    assert submission.calculated == {}
    assert submission.dropped == 1


def test_missing_and_broken_answers_block_finishing() -> None:
    session = begin(CONTACT)
    session.set_answer("used", "yes")
    session.set_answer("doses", "99")
    outcome = session.finish(NOW)
    assert isinstance(outcome, list)
    assert [(p.code, p.place.path) for p in outcome if p.blocks] == [
        ("forms.answer_breaks_rule", "doses")
    ]
    assert outcome[0].values["message"] == "1 to 50"


def test_text_that_is_no_number_is_kept_and_named() -> None:
    session = begin(CONTACT)
    session.set_answer("used", "yes")
    session.set_answer("doses", "two")
    assert session.state("doses").value == "two"
    problem = session.state("doses").problem
    assert problem is not None
    assert problem.code == "forms.answer_not_whole"


def test_finish_later_and_soft_rules_warn_without_blocking() -> None:
    session = begin(CONTACT)
    session.set_answer("used", "no")
    session.set_answer("minutes", "700")
    submission = finished(session)
    found = {(p.code, p.place.path, p.severity) for p in submission.warnings}
    assert found == {
        ("forms.answer_waits", "note", Severity.WARNING),
        ("forms.answer_breaks_rule", "minutes", Severity.WARNING),
    }


def test_label_shows_answers_and_changes_with_them() -> None:
    session = begin(CONTACT)
    changed = session.set_answer("used", "yes")
    assert "note" in changed
    assert session.state("note").label == "Note for yes"


def test_undo_takes_back_one_act_with_what_followed() -> None:
    session = begin(CONTACT)
    session.set_answer("used", "yes")
    session.set_answer("doses", "2")
    session.undo()
    assert session.value("doses") == ""
    assert session.value("milligrams") == "0"
    session.undo()
    assert not session.can_undo
    session.redo()
    session.redo()
    assert session.value("milligrams") == "8"


CITIES = form(
    """
    type | name | label | choice_filter
    select_one state | state | State |
    select_one city | city | City | state = ${state}
    select_multiple city | many | Cities | state = ${state}
    """,
    """
    list_name | name | label | state
    state | or | Oregon |
    state | wa | Washington |
    city | bend | Bend | or
    city | eugene | Eugene | or
    city | yakima | Yakima | wa
    """,
)


def test_choice_no_longer_offered_is_taken_away_and_comes_back() -> None:
    session = begin(CITIES)
    session.set_answer("state", "or")
    assert [offer.name for offer in session.state("city").choices] == ["bend", "eugene"]
    session.set_answer("city", "bend")
    session.set_answer("many", "bend eugene")
    changed = session.set_answer("state", "wa")
    assert {"city", "many"} <= changed
    assert session.value("city") == session.value("many") == ""
    session.set_answer("state", "or")
    assert session.value("city") == "bend"
    assert session.value("many") == "bend eugene"


HOUSE = form(
    """
    type | name | label | calculation | repeat_count | default
    begin repeat | person | Person | | |
    text | name | Name | | |
    integer | age | Age | | |
    calculate | place | | position(..) | |
    end repeat | | | | |
    calculate | total | | sum(${age}) | |
    calculate | how_many | | count(${person}) | |
    integer | dogs | Dogs | | |
    begin repeat | dog | Dog | | ${dogs} |
    text | called | Called | | | Rex
    end repeat | | | | |
    """
)


def test_copies_are_added_counted_and_removed() -> None:
    session = begin(HOUSE)
    session.add_copy("person")  # the form brings the first copy itself
    session.add_copy("person")
    people = (("Ada", "30"), ("Bo", "5"), ("Cy", "7"))
    for copy, (name, age) in zip(session.copies("person"), people, strict=True):
        session.set_answer(f"{copy}/name", name)
        session.set_answer(f"{copy}/age", age)
    assert session.value("total") == "42"
    first, second, third = session.copies("person")
    session.remove_copy(second)
    assert session.copies("person") == (first, third)
    assert session.value("how_many") == "2"
    assert session.value(f"{third}/place") == "2"
    session.undo()
    assert session.copies("person") == (first, second, third)
    assert session.value("total") == "42"
    assert finished(session).answers[f"{second}/_order"] == "2"


def test_count_decides_copies_and_brings_back_what_it_took() -> None:
    session = begin(HOUSE)
    session.set_answer("dogs", "2")
    first, second = session.copies("dog")
    assert session.value(f"{first}/called") == "Rex"
    session.set_answer(f"{second}/called", "Bello")
    session.set_answer("dogs", "1")
    assert session.copies("dog") == (first,)
    session.set_answer("dogs", "3")
    assert session.value(f"{second}/called") == "Bello"
    assert session.add_copy("dog") == frozenset()


def test_removed_copy_of_a_stored_record_is_marked_not_forgotten() -> None:
    stored = {"person[a1]/name": "Ada", "person[a1]/_order": "1", "person[b2]/name": "Bo"}
    session = begin(HOUSE, answers=stored)
    session.remove_copy("person[a1]")
    submission = finished(session)
    assert submission.answers["person[a1]/_removed"] == "1"
    again = begin(HOUSE, answers=submission.answers)
    assert again.copies("person") == ("person[b2]",)
    assert finished(again).answers["person[a1]/_removed"] == "1"


ACTIONS = form(
    """
    type | name | label | calculation | default | trigger
    dateTime | opened | Opened | | now() |
    text | source | Source | | |
    text | copied | Copied | concat(${source}, '!') | | ${source}
    calculate | id | | uuid() | |
    calculate | first | | once(${source}) | |
    text | fixed | Fixed | | plain |
    """
)


def test_defaults_triggers_and_once_only_results() -> None:
    session = begin(ACTIONS)
    assert session.value("opened") == "2026-11-22T09:30:00.000-08:00"
    assert session.value("fixed") == "plain"
    session.set_answer("source", "a")
    session.set_answer("source", "b")
    assert session.value("copied") == "b!"
    assert session.value("first") == "a"
    submission = finished(session)
    assert {"id", "first", "opened", "copied"} <= submission.answers.keys()
    again = begin(ACTIONS, answers=submission.answers)
    assert again.value("id") == submission.answers["id"]
    assert again.value("opened") == submission.answers["opened"]


def test_draft_keeps_hidden_answers_and_gives_the_same_session() -> None:
    session = begin(CONTACT)
    session.set_answer("used", "yes")
    session.set_answer("doses", "3")
    session.set_answer("used", "no")
    again = begin(CONTACT, answers=session.draft())
    assert again.draft() == session.draft()
    again.set_answer("used", "yes")
    assert again.value("milligrams") == "12"


LANGUAGES = form(
    """
    type | name | label::English (en) | label::Español (es) | constraint | constraint_message::English (en) | constraint_message::Español (es)
    integer | age | Age | Edad | . < 120 | Too old | Demasiado
    """,
    settings="form_title | default_language\nAges | English (en)",
)


def test_language_changes_labels_and_messages() -> None:
    session = begin(LANGUAGES)
    assert session.state("age").label == "Age"
    assert "age" in session.set_language("Español (es)")
    session.set_answer("age", "130")
    state = session.state("age")
    assert state.label == "Edad"
    assert state.problem is not None
    assert state.problem.values["message"] == "Demasiado"


PERSON = form(
    """
    type | name | label | calculation
    select_one_from_file people.csv | person | Person |
    calculate | born | | instance('people')/root/item[name = ${person}]/born
    """
)


class PeopleAsked:
    """A list whose page comes only after it was asked for."""

    def __init__(self) -> None:
        self.is_there = False
        self.people = {"p1": ListRow("p1", "Ada Byron", {"born": "1815-12-10"})}

    def has(self, list_name: str) -> bool:
        return list_name == "people"

    def row(self, list_name: str, name: str) -> ListRow | Pending | None:
        return self.people.get(name) if self.is_there else Pending(list_name)

    def search(self, list_name: str, text: str, limit: int = 50) -> list[ListRow] | Pending:
        if not self.is_there:
            return Pending(list_name)
        return [row for row in self.people.values() if text.lower() in row.label.lower()][:limit]

    def matching(
        self, list_name: str, column: str, value: str, limit: int = 1000
    ) -> list[ListRow] | Pending:
        if not self.is_there:
            return Pending(list_name)
        return [r for r in self.people.values() if r.properties.get(column) == value][:limit]


def test_pending_list_holds_up_finishing_until_it_arrives() -> None:
    people = PeopleAsked()
    session = begin(PERSON, lookup=people)
    session.set_answer("person", "p1")
    assert session.waits_for == {"people"}
    assert session.state("born").pending
    outcome = session.finish(NOW)
    assert isinstance(outcome, list)
    assert [p.code for p in outcome] == ["forms.waiting_for_list"]
    people.is_there = True
    assert {"born", "person"} <= session.arrived("people")
    assert session.value("born") == "1815-12-10"
    assert [o.label for o in session.state("person").choices] == ["Ada Byron"]
    assert [o.name for o in session.search_choices("person", "byr").choices] == ["p1"]
    assert own(finished(session).answers) == {"person": "p1", "born": "1815-12-10"}


def test_answer_from_a_list_that_is_not_here_stays() -> None:
    session = begin(PERSON)
    session.set_answer("person", "p9")
    assert session.value("person") == "p9"


def test_items_follow_the_form_and_leave_out_what_is_hidden() -> None:
    session = begin(CONTACT)
    assert [item.key for item in session.items()] == ["used", "note", "minutes"]
    session.set_answer("used", "yes")
    assert [item.key for item in session.items()] == ["used", "doses", "note", "minutes"]
    everything = begin(HOUSE).items(everything=True)
    assert [(item.kind, item.key) for item in everything] == [
        ("repeat", "person"),
        ("question", "dogs"),
        ("repeat", "dog"),
    ]


def test_finishing_moment_is_what_today_means() -> None:
    definition = form("type | name | calculation\ncalculate | day | string(today())")
    session = begin(definition)
    outcome = session.finish(NOW + timedelta(days=3))
    assert isinstance(outcome, Submission)
    assert outcome.calculated["day"] == "2026-11-25"


def test_unknown_key_is_our_own_mistake() -> None:
    with pytest.raises(Bug):
        begin(CONTACT).set_answer("nothing", "1")


def test_more_copies_than_a_form_may_have_is_a_problem_not_a_crash() -> None:
    session = begin(HOUSE)
    session.set_answer("dogs", "10001")
    assert len(session.copies("dog")) == 10_000
    assert [p.code for p in session.problems()] == ["forms.too_many_copies"]


def test_question_for_another_app_is_read_only_and_blocks_nothing() -> None:
    definition = form(
        "type | name | label | appearance | required\n"
        "text | finger | Finger | ex:org.example.scan(a='b') | yes"
    )
    session = begin(definition)
    assert session.state("finger").readonly
    assert isinstance(session.finish(NOW), Submission)
