"""A county changes its own form, and nothing written before is lost: in the window, and by commands.

The shipped CIT contact is taken out as a workbook; a question is added, a label renamed, a choice
removed. It is approved, a contact is written with it, an old one is opened; both are printed, both
are exported in one table.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import RecordId
from leadapp.core.paths import shipped_forms
from leadapp.main import main
from leadapp.papers.reading import text_of_pages
from leadapp.ui import places
from leadapp.ui.application import Application
from leadapp.ui.theme import Density, Theme
from tests.county import NOW, County, county, county_home, made_county
from tests.journeys.desk_work import place, start
from tests.journeys.hands import CTRL, Hands
from tests.journeys.test_naloxone_journey import unlock

__all__ = ["county", "county_home", "made_county"]

ADMIN = 8
S, N = Qt.Key.Key_S, Qt.Key.Key_N
CONTACT = {
    "where": "Hwy 12, mile 41", "weather": "Snow", "reason": "welfare_check", "seen": "none",
    "minutes_choice": "30", "officers": "1", "weapon": "no", "injury_or_force": "no",
    "ending": "scene", "ending_detail": "resolved_on_scene", "naloxone_given": "no",
    "follow_up": "no",
}  # fmt: skip


def changed(book: Path) -> None:
    """Add the question Weather, rename Where, remove the choice Hopeless; name the version."""
    workbook = openpyxl.load_workbook(book)
    survey, choices, settings = (workbook[one] for one in ("survey", "choices", "settings"))
    at = row_of(survey, "name", "where")
    put(survey, at, "label::English (en)", "Place")
    survey.insert_rows(at + 1)
    for column, text in (
        ("type", "text"), ("name", "weather"), ("label::English (en)", "Weather"),
        ("label::Español (es)", "Tiempo"),
    ):  # fmt: skip
        put(survey, at + 1, column, text)
    choices.delete_rows(row_of(choices, "name", "hopeless"))
    put(settings, 2, "version", "2026-12")
    workbook.save(book)


def damaged(book: Path) -> None:
    """Do to the form what a hurried hand does: a needed question gone, a name misspelled."""
    workbook = openpyxl.load_workbook(book)
    survey, choices = workbook["survey"], workbook["choices"]
    survey.delete_rows(row_of(survey, "name", "weapon"))
    doses = row_of(survey, "name", "naloxone_doses")
    put(survey, doses, "relevant", "${naloxone_gven} = \N{LEFT SINGLE QUOTATION MARK}yes'")
    put(choices, 5, "name", "1.0 ")
    workbook.save(book)


def column_of(sheet: Worksheet, title: str) -> int:
    return next(at for at, cell in enumerate(sheet[1], 1) if cell.value == title)


def row_of(sheet: Worksheet, title: str, text: str) -> int:
    column = column_of(sheet, title)
    return next(at for at in range(2, sheet.max_row + 1) if sheet.cell(at, column).value == text)


def put(sheet: Worksheet, row: int, title: str, text: str) -> None:
    sheet.cell(row, column_of(sheet, title)).value = text


def old_contact(county: County) -> RecordId:
    """Return a contact written before, in which the choice that goes was chosen."""
    return next(
        one.record
        for one in county.written
        if one.form == "cit_contact"
        and any("hopeless" in text.split() for text in one.answers.values())
    )


def assert_papers(old: bytes, new: bytes) -> None:
    """Each is printed in the words of the version that made it."""
    before, after = "".join(text_of_pages(old)), "".join(text_of_pages(new))
    assert "Where" in before
    assert "Weather" not in before
    assert "Place" in after
    assert "Snow" in after
    assert "Hopeless" not in after


def assert_union(book: Path, old: str) -> None:
    """One table with every question of both versions, and a dictionary that says which had what."""
    workbook = openpyxl.load_workbook(book)
    table = list(workbook["cit_contact"].values)
    header = [str(one) for one in table[0]]
    weather = next(one for one in header if one.endswith("weather"))
    seen = next(one for one in header if one.endswith("/seen"))
    rows = {str(row[0]): dict(zip(header, row, strict=True)) for row in table[1:]}
    assert [row[weather] for row in rows.values() if row[weather]] == ["Snow"]
    assert "hopeless" in str(rows[old][seen])
    (dictionary,) = (one for one in workbook.sheetnames if "dictionary" in one)
    entry = next(row for row in workbook[dictionary].values if row[1] == weather)
    assert entry[-1] == "2026-12"
    known = next(row for row in workbook[dictionary].values if row[1] == seen)
    assert str(known[-1]).startswith("2026-12, ")


# -- by the command line -------------------------------------------------------------------


def test_a_form_changes_by_the_command_line(
    county: County, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, who = county.command, "coordinator"
    book = tmp_path / "cit_contact.xlsx"
    assert main(["convert", str(shipped_forms() / "cit_contact" / "form.md"), str(book)]) == 0
    changed(book)
    assert main(["check", str(book)]) == 0
    assert run("forms", "add", str(book), user=who) == 0
    said = capsys.readouterr().out
    for words in ("Weather", '"Where" is now "Place"', "Hopeless"):
        assert words in said
    assert run("forms", "approve", "cit_contact", "--why", "Asks the weather", user=who) == 0
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(CONTACT), "utf-8")
    capsys.readouterr()
    assert run("submit", "cit_contact", str(answers), user=who) == 0
    new = capsys.readouterr().out.strip()
    old = old_contact(county)
    assert run("show", old, user=who) == 0
    assert "hopeless" in capsys.readouterr().out
    papers = tmp_path / "old.pdf", tmp_path / "new.pdf"
    for record, paper in zip((old, new), papers, strict=True):
        assert run("print", record, "-o", str(paper), user=who) == 0
    assert_papers(*(paper.read_bytes() for paper in papers))
    assert "Hopeless" in "".join(text_of_pages(papers[0].read_bytes()))
    table = tmp_path / "contacts.xlsx"
    assert run("export", "cit_contact", "-o", str(table), user=who) == 0
    assert_union(table, old)


# -- in the window, by keys ----------------------------------------------------------------


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Return what came out of the printer."""
    papers: list[bytes] = []

    def print_pdf(_on: object, _work: object, pdf: bytes, _name: str, done: Callable[[], None],
                  _failed: object) -> None:  # fmt: skip
        papers.append(pdf)
        done()

    monkeypatch.setattr(places, "print_pdf", print_pdf)
    return papers


@pytest.fixture
def hands(qapp: QApplication, qtbot: QtBot, county: County) -> Iterator[Hands]:
    look = qapp.findChild(Theme) or Theme(qapp)
    look.apply()
    look.set_density(Density.OFFICE)
    app = Application(qapp, county.folder, clock=SteppingClock(NOW))
    app.shell.resize(1366, 690)
    hands = Hands(app)
    with qtbot.waitActive(app.shell):
        app.begin()
        app.shell.activateWindow()
    hands.settle()
    yield hands
    app.shell.close()
    app.end()
    app.shell.deleteLater()


def choose_form(hands: Hands, title: str) -> None:
    """Go down the list under Admin, Forms, to a form."""
    hands.tab_to("Forms of this program")
    hands.key(Qt.Key.Key_Home)
    for _ in range(30):
        QTest.qWait(130)  # what one stops at is opened, not what one goes past
        hands.settle()
        if hands.sees(f"{title}, 20"):
            return
        hands.key(Qt.Key.Key_Down)
    raise AssertionError(f"no {title} in the list")


def write_contact(hands: Hands) -> None:
    start(hands, "CIT contact")
    hands.answer("Place", "Hwy 12, mile 41")
    hands.answer("Weather", "Snow")
    hands.answer("Why you were there", "1")
    hands.tick("What you saw", "None of these")
    hands.answer("Minutes on scene", "2")
    hands.answer("Weapon present?", "2")
    hands.answer("Injury or force?", "2")
    hands.answer("How it ended", "4")
    hands.answer("Naloxone used?", "2")
    hands.answer("Ask LEAD to follow up?", "2")
    hands.key(S, CTRL)
    hands.until(lambda: not hands.sees("Finish CIT contact"), "the contact was not finished")
    hands.settle()


def open_record(hands: Hands, row: int) -> None:
    """Open a record of the form that is chosen under Forms."""
    hands.tab_to("Records")
    hands.key(Qt.Key.Key_Home)
    hands.key(Qt.Key.Key_Down, times=row)
    hands.enter()
    hands.until_seen("Correct")


def test_a_form_changes_in_the_window(
    hands: Hands,
    county: County,
    printed: list[bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book, table = tmp_path / "cit_contact.xlsx", tmp_path / "contacts.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(book), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(book)], ""))
    unlock(hands, county, "coordinator")
    place(hands, ADMIN)
    hands.tab_to("Part of Admin")
    hands.key(Qt.Key.Key_Right)
    choose_form(hands, "CIT contact")
    hands.press_button("Save file")
    hands.until(book.exists, "no workbook was saved")
    changed(book)
    hands.key(N, CTRL)
    hands.until_seen("CIT contact, 2026-12")
    for words in ("Weather, in What you found", 'Other words: "Where" is now "Place"', "Hopeless"):
        assert hands.sees(words), words
    hands.answer("Why it is put in use", "The sheriff asks for the weather")
    hands.key(S, CTRL)
    hands.until(lambda: "is in use" in hands.app.shell.toast.words, "it was not put in use")
    hands.settle()
    write_contact(hands)
    place(hands, 3)
    for row in (1, 0):  # an old contact, then the new one, which is the first
        open_record(hands, row)
        assert hands.sees("Weather") == (row == 0)
        hands.press_button("Print")
        hands.key(Qt.Key.Key_Escape)
        hands.settle()
    assert_papers(*printed)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(table), ""))
    place(hands, ADMIN)
    choose_form(hands, "CIT contact")
    hands.press_button("Export records")
    hands.press_button("Export")
    hands.until(lambda: "contacts.xlsx" in hands.app.shell.toast.words, "nothing was exported")
    assert_union(table, old_contact(county))
