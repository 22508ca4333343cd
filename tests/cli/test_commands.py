"""Each command with good and bad input: exit codes, sentences, who may what."""

from __future__ import annotations

import json
import shutil

import pytest

from leadapp.core.ids import RingId
from leadapp.core.paths import shipped_forms
from leadapp.main import main
from leadapp.papers.reading import figures_of, text_of_pages
from leadapp.services.syncing import redacting

PERIOD = "2026-10"


def one_of(county, form):
    return next(one for one in county.written if one.form == form)


def answers_file(tmp_path, answers):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers), "utf-8")
    return str(file)


def sample(form, name="minimal"):
    return json.loads((shipped_forms() / form / "samples" / f"{name}.json").read_text("utf-8"))


# -- report ----------------------------------------------------------------------------------


def test_a_report_is_written_as_pdf_with_the_made_up_mark(county, tmp_path, capsys):
    paper = tmp_path / "monthly.pdf"
    words = ("monthly", "--period", PERIOD, "-o", str(paper))
    assert county.command("report", *words, user="coordinator") == 0
    assert str(paper) in capsys.readouterr().out
    pages = text_of_pages(paper.read_bytes())
    assert 1 <= len(pages) <= 6
    assert all("made-up" in page.casefold() for page in pages)
    assert figures_of(paper.read_bytes())


def test_a_report_as_json_is_all_that_stdout_holds(county, capsys):
    assert county.command("report", "monthly", "--period", PERIOD, "--json", user="clerk") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["period"]["starts"] == "2026-10-01"
    assert data["not_open"] == []


def test_a_clerk_and_the_coordinator_see_the_same_figures(county, capsys):
    found = []
    for user in ("clerk", "coordinator"):
        assert county.command("report", "monthly", "--period", PERIOD, "--json", user=user) == 0
        found.append(json.loads(capsys.readouterr().out)["figures"])
    assert found[0] == found[1]


def test_a_report_with_nowhere_to_go_is_refused(county, capsys):
    assert county.command("report", "monthly", "--period", PERIOD, user="clerk") == 1
    assert "-o FILE.pdf" in capsys.readouterr().err


def test_the_copies_of_a_report_are_written_and_a_clerk_does_not_publish(county, tmp_path, capsys):
    paper = tmp_path / "quarter.pdf"
    words = ("naloxone", "--period", "2026-Q3", "-o", str(paper))
    assert county.command("report", *words, "--publication", user="clerk") == 1
    assert "coordinator" in capsys.readouterr().err
    assert not paper.exists()
    assert county.command("report", *words, "--publication", user="coordinator") == 0
    assert figures_of(paper.read_bytes())["copy"] == "publication"
    assert county.command("report", *words, "--for", "State block grant", user="clerk") == 0
    assert "For State block grant alone." in text_of_pages(paper.read_bytes())[0]
    both = ("--publication", "--json")
    assert county.command("report", *words, *both, user="coordinator") == 1


@pytest.mark.parametrize("period", ["2026-13", "October", "2199-01"])
def test_a_period_that_is_none_or_has_not_begun_is_refused(county, capsys, period):
    assert county.command("report", "monthly", "--period", period, "--json", user="clerk") == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip().endswith(".")


def test_a_paper_that_cannot_be_written_is_refused(county, tmp_path, capsys):
    words = ("monthly", "--period", PERIOD, "-o", str(tmp_path / "no" / "such" / "place.pdf"))
    assert county.command("report", *words, user="clerk") == 1
    assert capsys.readouterr().err.strip().endswith(".")


# -- log -------------------------------------------------------------------------------------


def test_the_log_of_accesses_is_printed_and_written_for_who_may_read_it(county, tmp_path, capsys):
    notes = [one for one in county.written if one.form == "contact_note"]
    contact = next(one for one in notes if not one.record.startswith("-"))
    assert county.command("show", contact.record, user="coordinator") == 0
    capsys.readouterr()
    words = ("--ring", "care", "--period", "2026-01-01..2099-12-31")
    assert county.command("log", *words, user="coordinator") == 0
    lines = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert ["View", contact.record] in [line[2:4] for line in lines]
    paper = tmp_path / "log.pdf"
    assert county.command("log", *words, "-o", str(paper), user="coordinator") == 0
    assert contact.record in "".join(text_of_pages(paper.read_bytes())).replace("\n", "")
    assert county.command("log", *words, user="clerk") == 1
    assert "Ask a coordinator" in capsys.readouterr().err


# -- submit and show -------------------------------------------------------------------------


def test_a_submitted_form_can_be_shown(county, tmp_path, capsys):
    file = answers_file(tmp_path, sample("person_law"))
    assert county.command("submit", "person_law", file, user="deputy") == 0
    record = capsys.readouterr().out.strip()
    assert county.command("show", record, "--json", user="deputy") == 0
    shown = json.loads(capsys.readouterr().out)
    typed = {key: text for key, text in sample("person_law")["answers"].items() if text}
    asked = {key: text for key, text in shown["answers"].items() if not key.startswith("meta/")}
    assert asked == typed
    assert (shown["form"], shown["record"], shown["voided"]) == ("person_law", record, False)


def test_answers_may_be_named_by_question(county, tmp_path, capsys):
    answers = {"last_name": "Lund", "first_name": "Randy", "sex": "male"}
    file = answers_file(tmp_path, answers)
    assert county.command("submit", "person_law", file, user="deputy") == 0
    record = capsys.readouterr().out.strip()
    assert county.command("show", record, user="deputy") == 0
    assert "Lund" in capsys.readouterr().out


def test_answers_that_break_the_form_are_listed_with_question_and_sentence(
    county, tmp_path, capsys
):
    answers = sample("cit_contact")["answers"] | {
        "scene/officers": "100",
        "scene/seen": "none suicidal",
        "scene/where": "",
    }
    answers.pop("scene/person", None)
    assert county.command(
        "submit", "cit_contact", answers_file(tmp_path, answers), user="deputy"
    ) == 1  # fmt: skip
    said = capsys.readouterr()
    assert said.out == ""
    for question, sentence in (
        ("scene/officers", "Enter a number from 1 to 99"),
        ("scene/seen", "Choose None alone"),
        ("scene/where", ""),
    ):
        (line,) = [line for line in said.err.splitlines() if line.strip().startswith(question)]
        assert sentence in line
        assert len(line.strip()) > len(question)


def test_a_question_the_form_has_not_is_refused(county, tmp_path, capsys):
    file = answers_file(tmp_path, {"shoe_size": "44"})
    assert county.command("submit", "person_law", file, user="deputy") == 1
    assert "shoe_size" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["not json", "[1, 2]", '{"scene/officers": 3}'])
def test_a_file_that_is_no_table_of_answers_is_refused(county, tmp_path, capsys, text):
    file = tmp_path / "answers.json"
    file.write_text(text)
    assert county.command("submit", "person_law", str(file), user="deputy") == 1
    assert capsys.readouterr().err.startswith("answers.json is not a table of answers.")


@pytest.mark.parametrize(
    ("user", "form"),
    [("deputy", "person_care"), ("casemanager", "cit_contact"), ("clerk", "person_care"),
     ("admin", "cit_contact"), ("coordinator", "no_such_form")],
)  # fmt: skip
def test_a_form_that_is_not_theirs_is_refused(county, tmp_path, capsys, user, form):
    file = answers_file(tmp_path, {})
    assert county.command("submit", form, file, user=user) == 1
    assert capsys.readouterr().err.strip().endswith(".")


def test_a_deputy_gets_the_same_answer_for_a_care_record_as_for_none(county, capsys):
    said = []
    for record in (one_of(county, "person_care").record, "no-such-record"):
        assert county.command("show", record, "--json", user="deputy") == 1
        said.append(capsys.readouterr())
    assert said[0] == said[1]
    assert said[0].out == ""


def test_a_record_emptied_by_order_is_shown_as_such_and_not_printed(county, tmp_path, capsys):
    record = one_of(county, "person_care").record
    with county.desk("coordinator") as desk:
        redacting.redact(desk, RingId("care"), record, "order of May 4")
    assert county.command("show", record, user="coordinator") == 0
    assert "removed by order" in capsys.readouterr().out
    assert county.command("show", record, "--json", user="coordinator") == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["emptied"], shown["answers"]) == (True, {})
    paper = tmp_path / "paper.pdf"
    for words in (("show", record, "-o", str(paper)), ("print", record, "-o", str(paper))):
        assert county.command(*words, user="coordinator") == 1
        assert "removed by order" in capsys.readouterr().err
    assert not paper.exists()


@pytest.mark.parametrize("form", ["person_care", "cit_contact", "naloxone_given"])
def test_a_clerk_sees_no_record(county, capsys, form):
    assert county.command("show", one_of(county, form).record, user="clerk") == 1
    assert capsys.readouterr().out == ""


def test_looking_at_a_protected_record_is_logged(county, capsys):
    record = one_of(county, "person_care").record
    assert county.command("show", record, user="coordinator") == 0
    with county.desk("coordinator") as desk:
        looks = desk.reader.accesses("care")
    assert any(look.act == "view" and look.record == record for look in looks)


@pytest.mark.parametrize("command", ["show", "print"])
def test_a_record_is_printed_and_the_log_says_so(county, tmp_path, command):
    paper = tmp_path / "record.pdf"
    record = one_of(county, "cit_contact").record
    assert county.command(command, record, "-o", str(paper), user="supervisor") == 0
    assert "CIT contact" in text_of_pages(paper.read_bytes())[0]
    with county.desk("supervisor") as desk:
        looks = [one for ring in desk.rings for one in desk.reader.accesses(ring, record=record)]
    assert {"view", "print"} <= {one.act for one in looks}


# -- check -----------------------------------------------------------------------------------


def test_the_shipped_forms_are_good(capsys):
    files = [str(path / "form.md") for path in sorted(shipped_forms().iterdir()) if path.is_dir()]
    assert main(["check", *files]) == 0


def test_a_form_with_a_mistake_is_told_with_its_place(tmp_path, capsys):
    text = (shipped_forms() / "place" / "form.md").read_text("utf-8")
    bad = tmp_path / "place.md"
    bad.write_text(text.replace("${place_kind} != 'facility'", "${plaice} != 'facility'"), "utf-8")
    assert main(["check", str(bad)]) == 1
    said = capsys.readouterr().out
    assert "place.md" in said
    assert "plaice" in said


def test_a_form_that_is_not_there_is_told(tmp_path, capsys):
    assert main(["check", str(tmp_path / "none.xlsx")]) == 1
    said = capsys.readouterr()
    assert "none.xlsx" in said.out + said.err


# -- verify ----------------------------------------------------------------------------------


@pytest.mark.parametrize("user", ["coordinator", "supervisor", "admin"])
def test_a_whole_program_verifies(county, capsys, user):
    assert county.command("verify", user=user) == 0
    assert "all good" in capsys.readouterr().out


def test_a_damaged_ring_does_not_verify(county, capsys):
    file = county.folder / "rings" / "care.ring"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.write_bytes(data)
    assert county.command("verify", user="coordinator") == 1
    said = capsys.readouterr()
    assert (said.out + said.err).strip()


# -- who is there ----------------------------------------------------------------------------


def test_a_wrong_password_is_refused(county, tmp_path, capsys):
    file = tmp_path / "password.txt"
    file.write_text("guess-guess-guess-guess\n")
    words = ["verify", str(county.folder), "--user", "coordinator", "--password-file", str(file)]
    assert main(words) == 1
    assert "does not match" in capsys.readouterr().err


def test_an_unknown_user_is_refused(county, capsys):
    file = str(county.password_file("clerk"))
    words = ["verify", str(county.folder), "--user", "nobody", "--password-file", file]
    assert main(words) == 1
    assert capsys.readouterr().err.strip().endswith(".")


@pytest.mark.parametrize("kept", [False, True])
def test_a_folder_that_holds_no_program_is_refused(county, tmp_path, capsys, kept):
    folder = tmp_path / "elsewhere"
    if kept:
        shutil.copytree(county.folder / "passwords", folder)
    file = str(county.password_file("clerk"))
    words = ["verify", str(folder), "--user", "clerk", "--password-file", file]
    assert main(words) == 1
    assert str(folder) in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_password_file_is_refused(county, tmp_path, capsys, text):
    file = tmp_path / "password.txt"
    file.write_text(text)
    words = ["verify", str(county.folder), "--user", "clerk", "--password-file", str(file)]
    assert main(words) == 1
    assert "--password-file" in capsys.readouterr().err


def test_the_password_is_asked_where_no_file_is_named(county, monkeypatch, capsys):
    asked = []

    def type_it(prompt):
        asked.append(prompt)
        return county.password("admin")

    monkeypatch.setattr("getpass.getpass", type_it)
    assert main(["verify", str(county.folder), "--user", "admin"]) == 0
    assert len(asked) == 1


def test_one_program_is_opened_once(county, capsys):
    with county.desk("clerk"):
        assert county.command("verify", user="coordinator") == 1
    assert capsys.readouterr().err.strip().endswith(".")


@pytest.mark.parametrize(
    "words",
    [
        ["verify"], ["report", "x", "weekly", "--period", "2026-10", "--user", "u"],
        ["demo", "x", "--contacts", "0"],
        ["demo", "x", "--people", "some"], ["no-such-command"],
        ["verify", "x", "--user", "u", "--password", "secret"],
    ],
)  # fmt: skip
def test_wrong_use_is_told_and_exits_with_2(words, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(words)
    assert stopped.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_commands_work_as_processes(county, tmp_path):
    paper = tmp_path / "monthly.pdf"
    words = county.words("report", "monthly", "--period", PERIOD, "-o", str(paper), user="clerk")
    done = county.process(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert paper.read_bytes().startswith(b"%PDF")
    refused = county.process(*county.words("show", "no-such-record", user="deputy"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.count("\n") == 1
    assert county.process("verify").returncode == 2
