"""People by keys: search, who may be the same, adding somebody, one person's page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from leadapp.services.desk import Desk
from leadapp.ui.kit.button import Button
from leadapp.ui.people.marking import marked
from leadapp.ui.people.page import PeoplePage
from leadapp.ui.people.person_page import PersonPage
from leadapp.ui.people.record_page import RecordPage
from leadapp.ui.shell import Place, Shell
from leadapp.ui.work import Work
from tests.services import made_county as county


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = county.new_desk(tmp_path, law=True)
    yield desk
    desk.close()


def settle(qtbot: QtBot, work: Work) -> None:
    qtbot.waitUntil(lambda: not work._under_way, timeout=10_000)


def shown(qtbot, work, page, width=1170):
    qtbot.addWidget(page)
    page.resize(width, 606)
    page.show()
    page.on_shown()
    settle(qtbot, work)
    return page


def found(page: PeoplePage) -> list[str]:
    model = page.table.paged
    return [row.cells[0].text for at in range(model.rowCount()) if (row := model.row(at))]


def test_everybody_is_listed_by_name(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, work, PeoplePage(office, work))
    assert found(page)[0] == "Etchart, Marisol (Mari)"
    assert page.said.text() == "7 people"


def test_results_follow_each_key_and_begin_with_what_was_typed(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, work, PeoplePage(office, work))
    for letter in "ost":
        qtbot.keyClick(page.search, letter)
    settle(qtbot, work)
    assert found(page) == ["Oster, Gail", "Ostrander, Luke"]
    assert "2 people match" in page.said.text()


def test_a_nickname_is_found_below_the_names(qtbot, office, work):
    county.people_of_care(office)
    county.person(office, county.CARE, "Ozark", "Ann", "1999-01-01")
    page = shown(qtbot, work, PeoplePage(office, work))
    qtbot.keyClicks(page.search, "oz")
    settle(qtbot, work)
    assert found(page)[0] == "Ozark, Ann"
    assert found(page)[1].startswith("Other name, nickname or phone matches")
    assert found(page)[2] == "Lund, Randy (Oz)"


def test_arrows_and_enter_work_from_the_search_box(qtbot, office, work):
    people = county.people_of_care(office)
    page = shown(qtbot, work, PeoplePage(office, work))
    qtbot.keyClicks(page.search, "ost")
    settle(qtbot, work)
    qtbot.keyClick(page.search, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.person_wanted) as asked:
        qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert asked.args == ["care", people["Ostrander"]]


def test_what_an_older_text_brings_is_dropped(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, work, PeoplePage(office, work))
    page.search.setText("lund")
    page.search.setText("mosher")
    settle(qtbot, work)
    assert found(page) == ["Mosher, Pat"]


def test_two_records_of_one_person_are_marked(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, work, PeoplePage(office, work))
    qtbot.keyClicks(page.search, "osg")
    settle(qtbot, work)
    marks = [page.table.paged.row(at).cells[6].text for at in range(2)]
    assert marks == ["Same person?", "Same person?"]


def test_a_search_without_result_says_what_to_try(qtbot, office, work):
    county.people_of_care(office)
    page = shown(qtbot, work, PeoplePage(office, work))
    qtbot.keyClicks(page.search, "zzz")
    settle(qtbot, work)
    assert "No one matches" in page._empty.accessibleName()
    assert not page.preview.isVisible()


def test_a_new_person_first_shows_who_is_close(qtbot, office, work):
    people = county.people_of_care(office)
    page = shown(qtbot, work, PeoplePage(office, work))
    page.search.setText("Ostar Gail")
    settle(qtbot, work)
    page.new_thing()
    settle(qtbot, work)
    assert page.new.last.value() == "Ostar"
    assert page.new.table.current_key() == people["Oster"]
    with qtbot.waitSignal(page.person_wanted) as asked:
        qtbot.keyClick(page.new.table, Qt.Key.Key_Return)
    assert asked.args == ["care", people["Oster"]]


def test_adding_takes_what_was_typed_into_the_form(qtbot, office, work):
    page = shown(qtbot, work, PeoplePage(office, work))
    page.new_thing()
    qtbot.keyClicks(page.new.last, "Novak")
    qtbot.keyClicks(page.new.born, "3/14/1989")
    qtbot.waitUntil(lambda: not page.new._pause.isActive())
    settle(qtbot, work)
    with qtbot.waitSignal(page.form_wanted) as asked:
        page.new.add_button.click()
    assert asked.args == ["person_care", {"last_name": "Novak", "birth_day": "1989-03-14"}]
    assert page.leave()


def test_law_and_care_people_are_never_in_one_list(qtbot, car, work):
    county.person(car, county.LAW, "Osborne", "Dee", "1980-01-02")
    page = shown(qtbot, work, PeoplePage(car, work))
    assert found(page) == ["Osborne, Dee"]
    assert page.table.paged.row(0).cells[3].text == "CIT only"
    assert page.table.paged.row(0).cells[4].text == ""
    assert page.new.form == "person_law"


def test_the_letters_typed_are_marked_in_the_letters_of_the_name():
    assert (
        marked("O\N{LATIN SMALL LETTER E WITH ACUTE}ster", "oe")
        == "O\N{LATIN SMALL LETTER E WITH ACUTE}"
    )
    assert marked("Lund, Randy", "oz") == ""
    assert marked("Lund, Randy", "") == ""


# -- one person ----------------------------------------------------------------------------


def person(qtbot, desk, work, words, ring, record, width=1170):
    return shown(qtbot, work, PersonPage(desk, work, words, ring, record), width)


def test_a_protected_item_says_kind_and_day_until_opened(qtbot, office, work, words):
    people = county.people_of_care(office)
    page = person(qtbot, office, work, words, "care", people["Etchart"])
    said = page.timeline.model().index(0, 0).data()
    assert "Contact note" in said
    assert "Opening is logged" in said
    assert "Riverside" not in said


def test_opening_in_place_is_logged_and_esc_returns_to_the_same_item(qtbot, office, work, words):
    people = county.people_of_care(office)
    page = person(qtbot, office, work, words, "care", people["Etchart"])
    qtbot.keyClick(page.timeline, Qt.Key.Key_Down)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Up)
    key = page.timeline.current_key()
    before = office.reader.accesses(county.CARE)
    qtbot.keyClick(page.timeline, Qt.Key.Key_Return)
    settle(qtbot, work)
    qtbot.waitUntil(page.view.isVisible)
    said = [one.words for part in page.view.opened.chapters for one in part.answers]
    assert any("Riverside" in words for words in said)
    viewed = office.reader.accesses(county.CARE)
    assert len(viewed) == len(before) + 1
    assert viewed[0].record == key.split()[1]
    assert page.leave()
    assert page.timeline.isVisible()
    assert page.timeline.current_key() == key


def test_opening_a_person_is_logged_once(qtbot, office, work, words):
    people = county.people_of_care(office)
    page = person(qtbot, office, work, words, "care", people["Lund"])
    page.on_shown()
    settle(qtbot, work)
    views = [one for one in office.reader.accesses(county.CARE) if one.record == people["Lund"]]
    assert len(views) == 1


def test_due_work_starts_the_form_that_settles_it(qtbot, office, work, words):
    from leadapp.ui.people.around import DueButton

    people = county.people_of_care(office)
    page = person(qtbot, office, work, words, "care", people["Lund"])
    button = page.findChild(DueButton)
    with qtbot.waitSignal(page.form_wanted) as asked:
        button.click()
    assert asked.args == ["contact_note", {"person": people["Lund"]}]


def test_a_status_that_contact_suggests_is_set_from_the_page(qtbot, office, work, words):
    from leadapp.ui.kit.label import Label

    people = county.people_of_care(office)
    page = person(qtbot, office, work, words, "care", people["Lund"])
    said = [label.text() for label in page.findChildren(Label)]
    assert "Inactive: no contact for more than 30 days" in said
    button = next(b for b in page.findChildren(Button) if b.text() == "Change status")
    with qtbot.waitSignal(page.form_wanted) as asked:
        qtbot.keyClick(button, Qt.Key.Key_Space)
    answers = {"status": "inactive", "last_contact_day": county.day(45), "person": people["Lund"]}
    assert asked.args == ["episode_status", answers]


def test_consent_is_told_for_each_recipient(qtbot, office, work, words):
    from leadapp.ui.kit.label import Label

    people = county.people_of_care(office)
    county.consent(office, people["Etchart"], "public_defender", county.day(3))
    page = person(qtbot, office, work, words, "care", people["Etchart"])
    said = [label.text() for label in page.findChildren(Label)]
    assert said.index("Ended Nov 19") == said.index("Public defender") + 1
    assert said.index("Ends Dec 12") == said.index("Court") + 1


def test_an_officer_sees_no_care_on_a_person(qtbot, car, work, words):
    from leadapp.ui.kit.label import Label

    record = county.person(car, county.LAW, "Osborne", "Dee", "1980-01-02")
    county.cit_contact(car, 2, person=record)
    page = person(qtbot, car, work, words, "law-sheriff", record)
    said = " ".join(label.text() for label in page.findChildren(Label))
    assert "Consent" not in said
    assert "LEAD" not in said
    assert not page.drawer.isVisible()


def test_a_narrow_window_makes_the_third_pane_a_drawer(qtbot, office, work, words):
    people = county.people_of_care(office)
    page = person(qtbot, office, work, words, "care", people["Lund"], width=840)
    assert not page.drawer.docked
    assert page.drawer.button.isVisible()
    page.drawer.toggle()
    assert page.drawer.is_open
    assert page.drawer.geometry().right() <= page.width()
    assert page.leave()
    assert not page.drawer.is_open


def test_a_record_page_shows_answers_and_history(qtbot, office, work, words):
    people = county.people_of_care(office)
    note = county.note(office, people["Lund"], 1, "Ride")
    page = shown(qtbot, work, RecordPage(office, work, words, "care", note))
    assert page.title == "Contact note"
    with qtbot.waitSignal(page.correct_wanted) as asked:
        next(b for b in page.findChildren(object) if getattr(b, "text", str)() == "Correct").click()
    assert asked.args == ["care", note]
    with qtbot.waitSignal(page.closed):
        page.leave()


def test_ctrl_shift_f_starts_a_form_for_the_person_in_view(qtbot, office, work, words):
    people = county.people_of_care(office)
    shell = Shell()
    qtbot.addWidget(shell)
    shell.add_place(Place("people", "People", "users", lambda: PeoplePage(office, work)))
    shell.show()
    shell.go("people")
    for last in ("Lund", "Oster"):
        page = PersonPage(office, work, words, "care", people[last])
        shell.open_page(page)
        settle(qtbot, work)
        with qtbot.waitSignal(page.start_wanted) as asked:
            shell.actions_.get("person_start").trigger()
        assert asked.args == ["care", people[last]]
    assert not shell.actions_.clashes()
