"""A form with a mistake, an answer that does not fit, a thing one may not do, a full disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial

import openpyxl
import pytest

from leadapp.core.errors import Refusal
from leadapp.core.paths import shipped_forms
from leadapp.services import (
    accounts,
    backups,
    browsing,
    filling,
    forms_in_use,
    printing,
    reporting,
    unlock,
    verifying,
)
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from tests.bad_input.conftest import TYPED, plain, refused
from tests.faults import disk, typist
from tests.faults.county import (
    ADMIN,
    AGENCY,
    BOTH,
    CARE,
    CASE_MANAGER,
    COORDINATOR,
    DEPUTY,
    PASSWORD,
    found,
    stock,
)

STOCK_MANAGER, CLERK, AUDITOR = "Stu Wynn", "Rex Lowell", "Ivy Marsh"


# -- forms ---------------------------------------------------------------------------------


CONTACT = (shipped_forms() / "cit_contact" / "form.md").read_text("utf-8")
NEEDED = next(line for line in CONTACT.splitlines() if "| weapon |" in line)


@pytest.mark.parametrize(
    ("old", "new", "sheet", "row", "column"),
    [
        ("| text | narrative |", "| txet | narrative |", "survey", True, True),
        ("| text | narrative |", "| text | nar rative |", "survey", True, True),
        (NEEDED + "\n", "", None, False, False),
        ("${weapon}", "${waepon}", "survey", True, True),
        ("| cit_contact | law |", "| cit_contact | care |", "settings", False, False),
    ],
)
def test_a_form_with_a_mistake_says_where_and_what_to_do(tmp_path, old, new, sheet, row, column):
    assert old in CONTACT
    folder = tmp_path / "cit_contact"
    shutil.copytree(shipped_forms() / "cit_contact", folder)
    file = folder / "form.md"
    file.write_text(CONTACT.replace(old, new), "utf-8")
    blocking = [problem for problem in forms_in_use.check_file(file) if problem.blocks]
    assert blocking
    said = [plain(problem) for problem in blocking]
    assert all(len(sentence) > 20 for sentence in said)
    if sheet:
        assert sheet in {problem.place.sheet for problem in blocking}
    if row:
        assert any(problem.place.row for problem in blocking)
    if column:
        assert any(problem.place.column for problem in blocking)
    assert file.read_text("utf-8") == CONTACT.replace(old, new)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("form.xlsx", b""),
        ("form.xlsx", b"PK\x03\x04 not really"),
        ("form.xlsx", b"type,name,label\n"),
        ("form.md", b"\xff\xfe\x00"),
        ("form.md", b"# nothing here\n"),
        ("form.xml", b"<h:html"),
        ("form.xml", b"<html/>"),
        ("form.docx", b"PK\x03\x04"),
    ],
)
def test_a_file_that_is_no_form(tmp_path, name, data):
    file = tmp_path / name
    file.write_bytes(data)
    assert [plain(problem) for problem in forms_in_use.check_file(file) if problem.blocks]


def test_a_form_file_that_is_not_there(tmp_path):
    assert [plain(one) for one in forms_in_use.check_file(tmp_path / "form.xlsx") if one.blocks]


def test_a_mistake_in_a_spreadsheet_names_its_cell(tmp_path):
    book = openpyxl.Workbook()
    survey = book.active
    survey.title = "survey"
    for line in (
        ["type", "name", "label", "relevant"],
        ["text", "a", "A", None],
        ["text", "b", "B", "${c} = 'x'"],
    ):
        survey.append(line)
    settings = book.create_sheet("settings")
    settings.append(["form_id", "version"])
    settings.append(["x", "1"])
    file = tmp_path / "form.xlsx"
    book.save(file)
    places = [
        (one.place.sheet, one.place.row, one.place.column)
        for one in forms_in_use.check_file(file)
        if one.blocks and plain(one)
    ]
    assert ("survey", 3, "relevant") in places


# -- answers -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "path"),
    [
        ({"officers": "0"}, "scene/officers"),
        ({"officers": "two"}, "scene/officers"),
        ({"when": "2031-01-01T10:00:00.000-07:00"}, "scene/when"),
        ({"when": "yesterday"}, "scene/when"),
        ({"weapon": "perhaps"}, "result/weapon"),
        ({"ending": ""}, "result/ending"),
        ({"incident_number": "a b c d e f ? !"}, "incident/incident_number"),
    ],
)
def test_an_answer_that_does_not_fit_is_named_and_nothing_is_written(place, answers, path):
    desk = place.county.sit(BOTH)
    before = place.bytes()
    good = typist.answers_of("cit_contact", place.stocked)
    with pytest.raises(Refusal) as caught:
        filling.submit(desk, "cit_contact", {**good, **answers})
    plain(caught.value)
    assert path in {problem.place.path for problem in caught.value.problems}
    assert [plain(problem) for problem in caught.value.problems]
    assert place.bytes() == before
    desk.close()


def test_a_question_that_is_not_there(place):
    desk = place.county.sit(BOTH)
    with place.unchanged():
        refused(
            lambda: filling.submit(desk, "cit_contact", {"colour": "red"}),
            "services.no_such_question",
        )
        refused(lambda: filling.submit(desk, "unheard_of", {}), "services.no_such_form")
    desk.close()


def test_what_was_typed_stays_in_the_form_when_finishing_is_refused(place):
    desk = place.county.sit(BOTH)
    one = filling.begin(desk, "cit_contact", lookup=desk.lookup("law"))
    filling.put_answers(desk, one, {"narrative": TYPED, "officers": "0"})
    result = filling.ready(desk, one)
    assert isinstance(result, list)
    assert [plain(problem) for problem in result]
    assert one.session.value("outcome/narrative") == TYPED
    desk.close()


def test_a_correction_without_a_reason(place):
    desk = place.county.sit(BOTH)
    answers = typist.answers_of("cit_contact", place.stocked)
    saved = filling.submit(desk, "cit_contact", answers)
    stored = browsing.record(desk, saved.record)
    one = filling.correct(desk, stored, lookup=desk.lookup("law"))
    filling.put_answers(desk, one, {"officers": "3"})
    result = filling.ready(desk, one)
    assert not isinstance(result, list)
    known = filling.gather(desk, one, result)
    with place.unchanged():
        refused(lambda: filling.save(desk, one, result, known), "services.reason_needed")
        refused(
            lambda: filling.void(desk, stored, filling.undone_by_void(desk, stored), reason=" "),
            "services.reason_needed",
        )
    assert one.session.value("scene/officers") == "3"
    desk.close()


# -- permission ----------------------------------------------------------------------------

Act = Callable[[Desk], object]
CONTACT_FORM: Act = lambda desk: filling.submit(desk, "cit_contact", {})  # noqa: E731 - a table of acts
PERSON_FORM: Act = lambda desk: filling.submit(desk, "person_care", {})  # noqa: E731
ADD: Act = lambda desk: accounts.add_user(  # noqa: E731
    desk,
    accounts.NewUser(
        name="New One", roles=frozenset({Role.DEPUTY}), password=PASSWORD, agency=AGENCY
    ),
)
GRANT: Act = lambda desk: accounts.grant_ring(desk, CARE, desk.user)  # noqa: E731


@pytest.mark.parametrize(
    ("who", "act"),
    [
        (ADMIN, CONTACT_FORM),
        (ADMIN, PERSON_FORM),
        (ADMIN, GRANT),
        (DEPUTY, PERSON_FORM),
        (DEPUTY, ADD),
        (DEPUTY, GRANT),
        (DEPUTY, accounts.accounts),
        (CASE_MANAGER, ADD),
        (STOCK_MANAGER, PERSON_FORM),
        (STOCK_MANAGER, CONTACT_FORM),
        (CLERK, PERSON_FORM),
        (CLERK, GRANT),
        (AUDITOR, PERSON_FORM),
        (AUDITOR, ADD),
        (AUDITOR, backups.back_up),
    ],
)
def test_what_one_may_not_do_is_refused_in_words(place, who, act):
    desk = place.county.sit(who)
    with place.unchanged(), pytest.raises(Refusal) as caught:
        act(desk)
    plain(caught.value)
    assert caught.value.code in (
        "services.not_allowed",
        "services.form_not_here",
        "vault.not_a_holder",
    )
    desk.close()


@pytest.mark.parametrize("who", [ADMIN, STOCK_MANAGER, CLERK, AUDITOR])
def test_a_record_one_may_not_open_is_answered_as_one_that_is_not_there(place, who):
    desk = place.county.sit(who)
    absent = place.stocked.lot[::-1]
    for record in (place.stocked.person, absent):
        refused(partial(browsing.record, desk, record), "services.no_such_record")
    assert browsing.people(desk, "Osgood") == []
    desk.close()


def test_another_persons_draft(place):
    desk = place.county.sit(BOTH)
    draft = desk.drafts.mine(desk.user)[0]
    desk.close()
    desk = place.county.sit(DEPUTY)
    refused(
        lambda: filling.resume(desk, draft, lookup=desk.lookup("law"), stored=None),
        "services.not_your_draft",
    )
    desk.close()
    assert TYPED in place.draft()


def test_printing_what_one_may_not_print(place):
    desk = place.county.sit(COORDINATOR)
    stored = browsing.record(desk, place.stocked.person)
    desk.close()
    for who in (CLERK, AUDITOR):
        desk = place.county.sit(who)
        refused(partial(printing.filled, desk, stored), "services.not_allowed")
        desk.close()


def test_a_report_of_a_month_to_come(place):
    desk = place.county.sit(COORDINATOR)
    with place.unchanged():
        refused(lambda: reporting.monthly(desk, "2031-01"), "services.period_not_begun")
    desk.close()


@pytest.mark.parametrize(
    "period", ["", "20266", "2026-Q5", "FY2026-13", "2026-13", "October", "2026-10-05"]
)
def test_a_report_of_a_month_that_is_none(place, period):
    desk = place.county.sit(COORDINATOR)
    with pytest.raises(Refusal) as caught:
        reporting.monthly(desk, period)
    plain(caught.value)
    desk.close()


# -- locking when the disk is no good --------------------------------------------------------


def test_locking_forgets_the_keys_also_when_the_disk_is_full(tmp_path):
    try:
        with disk.small_disk(tmp_path) as small:
            county = found(small / "program")
            stocked = stock(county)
            desk = county.sit(BOTH)
            filling.submit(desk, "cit_contact", typist.answers_of("cit_contact", stocked))
            with disk.full(small):
                try:
                    unlock.lock(desk)
                except Refusal as refusal:
                    plain(refusal)
                assert desk.holding.rings == {}
            county.sit(BOTH).close()
            again = county.sit(COORDINATOR)
            assert verifying.verify(again).problems == ()
            again.close()
    except disk.NoDisk as reason:
        pytest.skip(str(reason))


def test_a_backup_on_a_full_disk_leaves_nothing_behind(tmp_path):
    try:
        with disk.small_disk(tmp_path) as small:
            county = found(small / "program")
            desk = county.sit(BOTH)
            with disk.full(small):
                refused(lambda: backups.back_up(desk), "core.disk_full")
            assert list((county.root / "backups").iterdir()) == []
            desk.close()
    except disk.NoDisk as reason:
        pytest.skip(str(reason))
