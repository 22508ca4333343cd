"""The forms that ship: readable, complete in two languages, and enough for their kinds."""

import functools
import json
from datetime import datetime, timedelta, timezone
from typing import ClassVar

import pytest

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import new_id
from leadapp.core.paths import shipped_forms
from leadapp.core.seams import ListRow
from leadapp.forms.reading import load_definition, read_markdown
from leadapp.forms.session import FormSession, Submission
from leadapp.kinds import (
    KINDS,
    cit_contact,
    consent,
    diverted_charge,
    episode_status,
    intake,
    movement,
    naloxone_used,
    referral,
)
from tests.kinds.records import record

FORMS = (
    "agency", "cit_contact", "consent", "contact_note", "diverted_charge", "episode_status",
    "kit_inspection", "lead_intake", "lead_referral", "lot", "naloxone_given", "naloxone_used",
    "officer", "person_care", "person_law", "place", "product", "referral_status",
    "standing_order", "stock_count", "stock_movement",
)  # fmt: skip
SAMPLES = [(form, sample) for form in FORMS for sample in ("minimal", "full")]
LANGUAGES = ("English (en)", "Español (es)")
TRANSLATED = ("label", "hint", "constraint_message")
WITHOUT_LABEL = ("calculate", "hidden")
MAY_BE_AHEAD = {
    "active_from", "active_to", "cit_from", "cit_to", "due_day", "due_typed", "expires_day",
    "expiry", "extended_day", "follow_up_due", "next_court_day", "next_day", "notice_expiry",
    "court_day", "dispatched_at", "first_day", "last_day",
}  # fmt: skip
"""Days still to come, or (the dispatch) bound by another moment."""
LISTS_OF_RING = {
    "law": {"people_law"},
    "refer": set(),
    "supply": set(),
    "care": {"people_care", "referrals"},
    "shared": set(),
}
SHARED_LISTS = {"officers", "agencies", "places", "lots", "products", "standing_orders"}
CLOCK = SteppingClock(datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=-5))))


class KnownThings:
    """A lookup that knows the things the samples point to."""

    lists: ClassVar = {
        "people_law": ("sample-person-law",),
        "people_care": ("sample-person-care",),
        "referrals": ("sample-referral",),
        "agencies": ("sample-sheriff", "sample-prosecutor"),
        "officers": ("sample-officer", "sample-sergeant"),
        "places": ("sample-unit-9", "sample-store", "sample-crisis-unit", "supplier", "lost"),
        "lots": ("sample-lot",),
        "products": ("nasal_4", "nasal_3", "nasal_8"),
        "standing_orders": ("sample-order",),
    }

    place_kinds: ClassVar = {
        "sample-unit-9": "vehicle",
        "sample-store": "store",
        "sample-crisis-unit": "facility",
        "supplier": "fixed",
        "lost": "fixed",
    }

    def row(self, list_name, name):
        if name not in self.lists[list_name]:
            return None
        more = {"place_kind": self.place_kinds[name]} if list_name == "places" else {}
        return ListRow(name, name, more)

    def search(self, list_name, text, limit=50):
        found = [name for name in self.lists[list_name] if text in name]
        return [self.row(list_name, name) for name in found[:limit]]

    def matching(self, list_name, column, value, limit=1000):
        found = self.row(list_name, value) if column == "name" and limit else None
        return [found] if found else []

    def has(self, list_name):
        return list_name in self.lists


@functools.cache
def workbook(form):
    """Return the sheets of a shipped form, each row as a dict without blanks."""
    book = read_markdown((shipped_forms() / form / "form.md").read_text("utf-8"))
    return {name: [dict(row.cells) for row in sheet.rows] for name, sheet in book.sheets.items()}


@functools.cache
def definition(form):
    return load_definition(shipped_forms() / form)


def survey(form):
    return [row for row in workbook(form)["survey"] if not row["type"].startswith("end ")]


def questions(form):
    return {row["name"]: row for row in survey(form) if not row["type"].startswith("begin group")}


def choices(form, list_name):
    rows = workbook(form).get("choices", ())
    return [row["name"] for row in rows if row["list_name"] == list_name]


def sort_of(row):
    """Return a row's type as a kind's need says it."""
    first = row["type"].split()[0]
    if first == "begin":
        return "repeat"
    return first.removesuffix("_from_file")


def sample(form, name):
    text = (shipped_forms() / form / "samples" / f"{name}.json").read_text("utf-8")
    return json.loads(text)["answers"]


def session(form, answers=None):
    return FormSession(
        definition(form), clock=CLOCK, ids=new_id, lookup=KnownThings(), answers=answers
    )


def test_the_forms_listed_here_are_the_forms_that_ship():
    assert sorted(path.name for path in shipped_forms().iterdir() if path.is_dir()) == list(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_read_with_nothing_to_say_but_that_its_lists_are_the_programs(form):
    notes = definition(form).notes
    assert {note.code for note in notes} <= {"forms.list_missing"}
    named = {str(note.values["file"]).removesuffix(".csv") for note in notes}
    assert named <= set(KnownThings.lists)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_names_a_kind_and_rings_that_kind_may_have(form):
    found = definition(form)
    kind = KINDS[found.kind]
    families = {pair.rpartition(":")[2] for pair in found.rings.split()}
    assert found.id == form
    assert families
    assert families <= set(kind.rings)


@pytest.mark.parametrize("form", FORMS)
def test_a_form_has_the_settings_the_program_reads(form):
    (settings,) = workbook(form)["settings"]
    assert settings["default_language"] == "English (en)"
    assert "theme-grid" in settings["style"].split()
    assert settings["version"]
    assert settings["instance_name"]
    assert settings["attribute::leadapp:source"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_meets_the_needs_of_its_kind(form):
    asked = questions(form)
    for need in KINDS[definition(form).kind].needs:
        row = asked[need.name]
        assert sort_of(row) in need.types, need.name
        if need.choices and not row["type"].endswith(".csv") and " " in row["type"]:
            assert set(need.choices) <= set(choices(form, row["type"].split()[1])), need.name


@pytest.mark.parametrize("form", FORMS)
def test_each_name_stands_once_in_a_form(form):
    names = [row["name"] for row in survey(form)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("form", FORMS)
def test_every_text_is_there_in_both_languages(form):
    for row in survey(form) + workbook(form).get("choices", []):
        if row.get("type") not in WITHOUT_LABEL:
            assert all(row.get(f"label::{language}") for language in LANGUAGES), row
        for column in TRANSLATED:
            has = [bool(row.get(f"{column}::{language}")) for language in LANGUAGES]
            assert len(set(has)) == 1, row
        assert bool(row.get("constraint")) == bool(row.get("constraint_message::English (en)")), row


@pytest.mark.parametrize("form", FORMS)
def test_dates_are_not_in_the_future_unless_they_may_be(form):
    for name, row in questions(form).items():
        if row["type"] in ("date", "dateTime") and name not in MAY_BE_AHEAD:
            assert any(now in row["constraint"] for now in ("<= today()", "<= now()")), name


@pytest.mark.parametrize("form", FORMS)
def test_a_form_uses_only_lists_that_every_ring_it_writes_to_may_see(form):
    allowed = [LISTS_OF_RING[pair.rpartition(":")[2]] for pair in definition(form).rings.split()]
    seen = set.intersection(*allowed) | SHARED_LISTS
    used = [row["type"].split()[1] for row in survey(form) if row["type"].endswith(".csv")]
    assert {name.removesuffix(".csv") for name in used} <= seen


@pytest.mark.parametrize("form", FORMS)
def test_people_are_called_people(form):
    text = (shipped_forms() / form / "form.md").read_text("utf-8").casefold()
    for word in ("offender", "abuser", "addict", "delincuente", "drogadict", "adicto"):
        assert word not in text


@pytest.mark.parametrize(("form", "name"), SAMPLES)
def test_a_sample_can_be_finished_and_keeps_every_answer(form, name):
    answers = sample(form, name)
    done = session(form, answers).finish(CLOCK.now())
    assert isinstance(done, Submission), done
    assert done.dropped == 0
    assert {path: text for path, text in answers.items() if text}.items() <= done.answers.items()


@pytest.mark.parametrize(("form", "name"), SAMPLES)
def test_rows_of_a_sample_have_exactly_the_declared_columns(form, name):
    done = session(form, sample(form, name)).finish(CLOCK.now())
    assert isinstance(done, Submission)
    kind = KINDS[definition(form).kind]
    declared = {table.name: {column.name for column in table.columns} for table in kind.tables}
    folded = record({**done.answers, **done.calculated})
    rows = list(kind.rows(folded))
    assert rows[0][0] == kind.name
    assert all(set(cells) == declared[table] for table, cells in rows)
    assert kind.summary(folded).title


@pytest.mark.parametrize("form", FORMS)
def test_the_full_sample_fills_every_table_of_its_kind(form):
    if form == "person_law":
        return  # one kind, two forms: person_care fills the same table
    done = session(form, sample(form, "full")).finish(CLOCK.now())
    assert isinstance(done, Submission)
    kind = KINDS[definition(form).kind]
    filled = {table for table, _ in kind.rows(record({**done.answers, **done.calculated}))}
    assert filled == {table.name for table in kind.tables}


@pytest.mark.parametrize("form", ["naloxone_given", "naloxone_used"])
def test_naloxone_forms_have_no_place_for_a_person(form):
    for name in questions(form):
        assert not {"name", "phone", "birth", "address", "person", "email"} & set(name.split("_"))


CODES = [
    ("lead_referral", "door", referral.DOORS, ()),
    ("lead_referral", "pathway", referral.PATHWAYS, ("unknown",)),
    ("lead_referral", "status", referral.STATUSES[1:], ()),
    ("lead_referral", "offer", referral.OFFERS, ()),
    ("lead_referral", "offence_category", diverted_charge.CATEGORIES, ()),
    ("referral_status", "status", referral.STATUSES[1:], ()),
    ("episode_status", "status", episode_status.STATUSES, ()),
    ("diverted_charge", "status", diverted_charge.STATUSES, ()),
    ("diverted_charge", "offence_category", diverted_charge.CATEGORIES, ()),
    ("consent", "type", consent.TYPES, ()),
    ("consent", "categories", consent.CATEGORIES, ()),
    ("lead_intake", "oud", intake.OUD, ("declined", "not_asked")),
    ("stock_movement", "move", movement.MOVES, ()),
    ("naloxone_used", "yes_no_unknown", naloxone_used.SURVIVED, ()),
]


@pytest.mark.parametrize(("form", "list_name", "codes", "besides"), CODES)
def test_answer_lists_are_those_that_rules_and_measures_count(form, list_name, codes, besides):
    assert sorted(choices(form, list_name)) == sorted((*codes, *besides))


def test_every_ending_of_a_crisis_contact_can_be_reached():
    exactly = set(choices("cit_contact", "ending_detail"))
    assert exactly | {"voluntary_transport", "diverted"} == set(cit_contact.DISPOSITIONS)
    assert len(cit_contact.DISPOSITIONS) == 15


@pytest.mark.parametrize(
    ("ending", "detail", "disposition"),
    [
        ("care", "", "voluntary_transport"),
        ("lead", "", "diverted"),
        ("scene", "left_with_family", "left_with_family"),
        ("hold", "custody_order", "custody_order"),
        ("arrest", "citation", "citation"),
        ("other", "unfounded", "unfounded"),
    ],
)
def test_a_short_ending_stands_for_one_of_the_full_list(ending, detail, disposition):
    filling = session("cit_contact")
    filling.set_answer("result/ending", ending)
    if detail:
        offered = {choice.name for choice in filling.state("result/ending_detail").choices}
        assert detail in offered
        filling.set_answer("result/ending_detail", detail)
    assert filling.is_relevant("result/ending_detail") == bool(detail)
    assert filling.value("disposition") == disposition


def test_page_one_of_a_crisis_contact_needs_about_twelve_answers_and_the_rest_waits():
    problems = session("cit_contact").problems()
    given = {"scene/when", "scene/officers"}
    now = {problem.place.path for problem in problems if problem.blocks} | given
    later = [problem for problem in problems if not problem.blocks]
    assert 10 <= len(now) <= 13
    assert {path.partition("/")[0] for path in now} == {"scene", "result"}
    assert len(later) > 15


def test_typed_officer_minutes_win_over_officers_times_minutes():
    filling = session("cit_contact")
    filling.set_answer("scene/officers", "3")
    filling.set_answer("scene/minutes_choice", "45")
    assert filling.value("officer_minutes") == "135"
    filling.set_answer("incident/officer_minutes_typed", "100")
    assert filling.value("officer_minutes") == "100"


def test_an_arrest_needs_an_offence():
    filling = session("cit_contact")
    filling.set_answer("result/ending", "arrest")
    filling.set_answer("result/ending_detail", "arrest")
    filling.set_answer("law/offence", "no")
    assert "law/offence" in {problem.place.path for problem in filling.problems()}
    filling.set_answer("law/offence", "yes")
    assert "law/offence" not in {problem.place.path for problem in filling.problems()}


@pytest.mark.parametrize("door", ["arrest", "social"])
def test_an_officers_referral_cannot_say_what_only_the_care_side_knows(door):
    filling = session("lead_referral")
    filling.set_answer("opening/door", door)
    offered = {choice.name for choice in filling.state("afterwards/status").choices}
    assert offered == {"received", "withdrawn"}


@pytest.mark.parametrize(
    ("door", "pathway", "blocks"),
    [
        ("arrest", "officer_charge", {"custody", "hand_over"}),
        ("social", "officer_no_charge", set()),
        ("community", "unknown", {"referrer"}),
    ],
)
def test_each_door_opens_its_own_blocks(door, pathway, blocks):
    filling = session("lead_referral")
    filling.set_answer("opening/door", door)
    shown = {name for name in ("custody", "hand_over", "referrer") if filling.is_relevant(name)}
    assert shown == blocks
    assert filling.value("pathway") == pathway


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ("2026-10-05T23:50:00.000-04:00", "2026-10-19"),
        ("2026-02-20T08:00:00.000-05:00", "2026-03-06"),
    ],
)
def test_the_intake_of_an_arrest_referral_is_due_by_the_local_day(when, due):
    filling = session("lead_referral")
    filling.set_answer("opening/door", "arrest")
    filling.set_answer("opening/when", when)
    assert filling.value("due_day") == due
    filling.set_answer("afterwards/due_typed", "2026-12-01")
    assert filling.value("due_day") == "2026-12-01"


def test_only_one_type_of_consent_may_have_no_end():
    filling = session("consent")
    filling.set_answer("consent_given/type", "lead_multiparty")
    filling.set_answer("signing/expires_kind", "none")
    assert "signing/expires_kind" in {problem.place.path for problem in filling.problems()}
    filling.set_answer("consent_given/type", "part2_tpo")
    assert "signing/expires_kind" not in {problem.place.path for problem in filling.problems()}


def test_substance_use_and_health_are_marked_as_protected():
    marked = {row["name"] for row in survey("lead_intake") if "bind::leadapp:protected" in row}
    assert marked == {"substance_use", "health"}


@pytest.mark.parametrize(
    ("form", "question"), [("kit_inspection", "look/place"), ("stock_count", "about/place")]
)
def test_kits_and_counts_are_of_shelves_alone(form, question):
    offered = [choice.name for choice in session(form).search_choices(question, "").choices]
    assert offered == ["sample-unit-9", "sample-store"]
