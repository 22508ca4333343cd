"""``leadapp forms``, ``print``, ``export`` and ``convert``, with good and bad input."""

from __future__ import annotations

import openpyxl
import pytest

from leadapp.core.paths import shipped_forms
from leadapp.main import main
from leadapp.papers.reading import text_of_pages
from tests.services.test_forms_in_use import CHANGED, VISIT


@pytest.fixture
def visit(tmp_path):
    file = tmp_path / "visit.md"
    file.write_text(VISIT, "utf-8")
    return file


def test_a_form_is_added_approved_changed_and_retired(empty_county, visit, capsys):
    run = empty_county.command
    assert run("forms", "add", str(visit), user="coordinator") == 0
    assert "--rings" in capsys.readouterr().out
    why = ("--why", "New")
    assert run("forms", "approve", "visit", *why, user="coordinator") == 1
    assert run("forms", "approve", "visit", *why, "--rings", "care", user="coordinator") == 0
    visit.write_text(CHANGED, "utf-8")
    assert run("forms", "add", str(visit), user="coordinator") == 0
    assert "Removed: Sky (sky)" in capsys.readouterr().out
    was = ("--was", "weather=sky")
    assert run("forms", "approve", "visit", *why, *was, user="coordinator") == 0
    assert run("forms", "list", user="coordinator") == 0
    listed = capsys.readouterr().out
    assert "visit" in listed
    assert "waits" not in listed
    assert run("forms", "retire", "visit", *why, user="coordinator") == 0


def test_a_form_that_waits_is_sent_back(empty_county, visit, capsys):
    run = empty_county.command
    assert run("forms", "add", str(visit), user="coordinator") == 0
    assert run("forms", "list", user="coordinator") == 0
    assert "visit 1 waits" in capsys.readouterr().out
    assert run("forms", "send-back", "visit", user="coordinator") == 0
    assert run("forms", "send-back", "visit", user="coordinator") == 1
    assert "Add its file first" in capsys.readouterr().err


def test_a_version_that_nobody_approved_is_not_chosen(empty_county, capsys):
    why = ("--why", "x")
    assert (
        empty_county.command("forms", "choose", "cit_contact", "9", *why, user="coordinator") == 1
    )
    assert "No version 9" in capsys.readouterr().err


def test_a_good_file_says_that_it_is_good(visit, capsys):
    assert main(["check", str(visit)]) == 0
    assert "nothing to mend" in capsys.readouterr().out


def test_a_form_with_a_mistake_is_not_kept(empty_county, visit, capsys):
    visit.write_text(VISIT.replace("${sky}", "${skye}"), "utf-8")
    assert empty_county.command("forms", "add", str(visit), user="coordinator") == 1
    said = capsys.readouterr()
    assert "survey" in said.out
    assert said.err.strip()
    assert empty_county.command("forms", "approve", "visit", "--why", "x", user="coordinator") == 1


def test_who_may_not_approve_may_list(empty_county, visit, capsys):
    assert empty_county.command("forms", "list", user="deputy") == 0
    assert empty_county.command("forms", "add", str(visit), user="deputy") == 1
    assert "may not" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["weather", "=sky", "weather="])
def test_a_mapping_that_cannot_be_read(empty_county, visit, words):
    run = empty_county.command
    assert run("forms", "add", str(visit), user="coordinator") == 0
    given = ("--why", "x", "--rings", "care", "--was", words)
    assert run("forms", "approve", "visit", *given, user="coordinator") == 1


def test_a_form_and_a_record_are_printed(county, tmp_path):
    blank, filled = tmp_path / "blank.pdf", tmp_path / "filled.pdf"
    assert county.command("print", "cit_contact", "-o", str(blank), user="deputy") == 0
    assert "Blank form" in text_of_pages(blank.read_bytes())[0]
    record = next(one.record for one in county.written if one.form == "cit_contact")
    assert county.command("print", record, "-o", str(filled), user="deputy") == 0
    assert text_of_pages(filled.read_bytes())
    assert county.command("print", "nothing", "-o", str(blank), user="deputy") == 1


def test_records_are_exported_as_tables(county, tmp_path, capsys):
    table = tmp_path / "contacts.csv"
    assert county.command("export", "cit_contact", "-o", str(table), user="coordinator") == 0
    assert table.read_bytes().count(b"\n") > 5
    assert (tmp_path / "contacts-dictionary.csv").exists()
    book = tmp_path / "contacts.xlsx"
    assert county.command("export", "cit_contact", "-o", str(book), user="coordinator") == 0
    assert "cit_contact" in openpyxl.load_workbook(book).sheetnames
    assert county.command("export", "cit_contact", "-o", "x.pdf", user="coordinator") == 1
    assert county.command("export", "nothing", "-o", str(table), user="coordinator") == 1
    assert "nothing" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["cit_contact", "officer", "naloxone_used"])
def test_a_form_converts_there_and_back_to_the_same_text(tmp_path, form):
    first = shipped_forms() / form / "form.md"
    book, back = tmp_path / "form.xlsx", tmp_path / "form.md"
    assert main(["convert", str(first), str(book)]) == 0
    assert main(["convert", str(book), str(back)]) == 0
    assert back.read_bytes() == first.read_bytes()
    survey = openpyxl.load_workbook(book)["survey"]
    assert survey.freeze_panes == "C2"
    assert survey.data_validations.dataValidation
    assert "help" in openpyxl.load_workbook(book).sheetnames


@pytest.mark.parametrize(("source", "target"), [("a.md", "a.pdf"), ("a.xml", "a.md"), ("a", "b")])
def test_other_files_are_not_converted(tmp_path, source, target, capsys):
    (tmp_path / source).write_text(VISIT, "utf-8")
    assert main(["convert", str(tmp_path / source), str(tmp_path / target)]) == 1
    assert capsys.readouterr().err.strip()
    assert not (tmp_path / target).exists()
