"""No word typed into a form is found in any file while the program is open, locked or closed."""

from __future__ import annotations

import base64
import logging
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from leadapp.cli.arguments import parser
from leadapp.cli.run import run
from leadapp.forms.session import FormSession, Item
from leadapp.services import backups, browsing, filling, printing, reporting
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Saved
from tests.canary import singing
from tests.faults import typist
from tests.faults.county import (
    BOTH,
    COORDINATOR,
    PASSWORD,
    REFER,
    County,
    Stocked,
    found,
    stock,
)
from tests.forms_once import CACHE

WHEN = "2026-11-20T09:05:00.000-07:00"


@dataclass(frozen=True)
class Place:
    """A county whose every file, also outside its folder, lies below ``everything``."""

    county: County
    stocked: Stocked
    everything: Path
    papers: Path
    """Where the user keeps PDFs: theirs, and not searched."""

    def searched(self) -> list[str]:
        """Return the files with a canary word in them."""
        files = [path for path in self.everything.rglob("*") if path.is_file()]
        assert len(files) > 10
        return singing.find([self.everything])


@pytest.fixture
def place(tmp_path, monkeypatch, caplog) -> Place:
    """A county with its state, cache and temporary folders beside it."""
    caplog.set_level(logging.DEBUG)
    everything = tmp_path / "everything"
    for variable, name in (
        ("TMPDIR", "tmp"),
        ("SQLITE_TMPDIR", "tmp"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
        ("XDG_DATA_HOME", "data"),
        ("HOME", "home"),
    ):
        (everything / name).mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(everything / name))
    monkeypatch.setattr(tempfile, "tempdir", str(everything / "tmp"))
    county = found(everything / "program")
    for cache in (everything / "forms-cache", everything / "cache" / "leadapp"):
        shutil.copytree(CACHE, cache)
    papers = tmp_path / "papers"
    papers.mkdir()
    own = County(county.root, everything / "forms-cache")
    return Place(own, stock(own), everything, papers)


def sing_into(session: FormSession) -> int:
    """Type a canary word into every text question, shown or not; return how many."""
    for repeat in [item.key for item in _of_kind(session.items(everything=True), "repeat")]:
        session.add_copy(repeat)
    texts = [
        item.key
        for item in _of_kind(session.items(everything=True), "question")
        if session.state(item.key).type == "string"
        and session.state(item.key).kind == "input"
        and not session.state(item.key).readonly
    ]
    for key in texts:
        session.set_answer(key, f"{singing.word()} met {singing.word()}")
    return len(texts)


def _of_kind(items: tuple[Item, ...], kind: str) -> Iterator[Item]:
    for item in items:
        if item.kind == kind:
            yield item
        yield from _of_kind(item.children, kind)


def leave_drafts(desk: Desk) -> int:
    """Leave a draft of every form this person may write, full of canary words."""
    sung = 0
    for source in filling.writable(desk):
        family = family_of(filling.where(desk, source))
        one = filling.begin(desk, source.form, lookup=desk.lookup(family))
        sung += sing_into(one.session)
        filling.keep(desk, filling.as_draft(desk, one))
    return sung


def submit(desk: Desk, form: str, answers: dict[str, str]) -> Saved:
    """Finish a form that has canary words also where ``answers`` have none."""
    family = family_of(filling.where(desk, desk.shelf.source(form)))
    one = filling.begin(desk, form, lookup=desk.lookup(family))
    sing_into(one.session)
    filling.put_answers(desk, one, answers)
    for problem in one.session.problems():  # a question that takes no such word
        if singing.STEM in one.session.value(problem.place.path or ""):
            one.session.set_answer(problem.place.path or "", "")
    result = filling.ready(desk, one)
    assert not isinstance(result, list), [(p.code, p.place.path) for p in result]
    return filling.save(desk, one, result, filling.gather(desk, one, result))


def correct(desk: Desk, saved: Saved, name: str) -> None:
    """Correct one answer of a record, with a reason."""
    stored = browsing.record(desk, saved.record, saved.ring)
    one = filling.correct(desk, stored, lookup=desk.lookup(family_of(saved.ring)))
    filling.put_answers(desk, one, {name: singing.word()})
    result = filling.ready(desk, one)
    assert not isinstance(result, list), [(p.code, p.place.path) for p in result]
    known = filling.gather(desk, one, result)
    filling.save(desk, one, result, known, reason=singing.word())


def void(desk: Desk, saved: Saved) -> None:
    """Void a record with a reason."""
    stored = browsing.record(desk, saved.record, saved.ring)
    filling.void(desk, stored, filling.undone_by_void(desk, stored), reason=singing.word())


def work_a_day(desk: Desk, stocked: Stocked) -> list[Saved]:
    """Write, correct and void records of every ring Bo writes to."""
    contact = typist.answers_of("cit_contact", stocked)
    name = {"last_name": singing.word(), "first_name": singing.word(), "sex": "female"}
    note = {
        "person": stocked.person,
        "when": WHEN,
        "minutes": "10",
        "made": "attempted",
        "mode": "phone",
        "with_whom": "family",
        "activities": "outreach",
    }
    referral = {
        "door": "community",
        "when": WHEN,
        "urgency": "routine",
        "referrer_type": "self",
        "supervision": "no",
        "ok_to_contact": "written",
        "status": "received",
    }
    saved = [
        submit(desk, "cit_contact", contact),
        submit(desk, "cit_contact", contact),
        submit(desk, "person_care", name),
        submit(desk, "person_law", name),
        submit(desk, "contact_note", note),
        submit(desk, "contact_note", note),
        submit(desk, "lead_referral", referral),
        submit(
            desk,
            "lead_intake",
            {**typist.answers_of("lead_intake", stocked), "person": stocked.person},
        ),
    ]
    correct(desk, saved[0], "narrative")
    correct(desk, saved[4], "note")
    void(desk, saved[1])
    void(desk, saved[5])
    return saved


def test_the_search_finds_a_word_however_it_is_written(tmp_path):
    said = f"before {singing.word()} after"
    for written in (
        said.encode(),
        said.casefold().encode(),
        said.encode("utf-16-le"),
        said.encode("utf-16-be"),
        said.encode().hex().encode(),
        base64.b64encode(said.encode()),
        base64.b64encode(b"1" + said.encode()),
        base64.b64encode(b"12" + said.casefold().encode()),
    ):
        assert singing.sings(written), written
    assert not singing.sings(b"nothing here" * 50)
    (tmp_path / f"{singing.word()}.txt").write_bytes(b"")
    assert singing.find([tmp_path])


def test_no_word_of_a_draft_is_in_a_file(place, caplog):
    desk = place.county.sit(BOTH)
    assert leave_drafts(desk) > 80
    assert place.searched() == []
    desk.close()
    desk = place.county.sit(COORDINATOR)
    assert leave_drafts(desk) > 80
    desk.drafts.discard(desk.drafts.mine(desk.user)[0].id)
    desk.close()
    assert place.searched() == []
    assert singing.STEM not in caplog.text
    desk = place.county.sit(BOTH)
    kept = str([draft.answers for draft in desk.drafts.mine(desk.user)])
    desk.close()
    assert kept.count(singing.STEM) > 160


def test_no_word_of_a_record_is_in_a_file_while_open_or_locked_or_backed_up(place, caplog):
    desk = place.county.sit(BOTH)
    saved = work_a_day(desk, place.stocked)
    assert browsing.people(desk, singing.STEM)
    assert all(
        singing.STEM in str(browsing.as_data(browsing.record(desk, one.record, one.ring)))
        for one in saved
    )
    assert place.searched() == []
    backups.back_up(desk)
    desk.close()
    assert list((place.county.root / "backups").glob("backup-*"))
    assert place.searched() == []
    assert singing.STEM.casefold() not in caplog.text.casefold()


def test_papers_and_reports_leave_no_word_behind(place, caplog):
    desk = place.county.sit(BOTH)
    saved = work_a_day(desk, place.stocked)
    names = []
    for one in saved:
        stored = browsing.record(desk, one.record, one.ring)
        if desk.may("print", stored.kind, family_of(one.ring)):
            paper = printing.filled(desk, stored)
            printing.printed(desk, stored)
            names.append(paper.name)
            (place.papers / paper.name).write_bytes(paper.pdf)
    desk.close()
    assert names
    assert singing.STEM.casefold() not in "".join(names).casefold()
    desk = place.county.sit(COORDINATOR)
    report = reporting.monthly(desk, "2026-11")
    printed = reporting.print_paper(desk, report)
    desk.close()
    assert not singing.sings(printed.pdf)
    assert not singing.sings(repr(report.data).encode())
    assert place.searched() == []
    assert singing.STEM.casefold() not in caplog.text.casefold()


def test_the_command_line_leaves_no_word_behind(place, caplog, capsys, monkeypatch):
    desk = place.county.sit(BOTH)
    work_a_day(desk, place.stocked)
    desk.close()
    secret = place.papers / "password"
    secret.write_text(PASSWORD, "utf-8")
    shown = place.papers / "month.pdf"
    for command in (
        ["report", place.county.root, "monthly", "--period", "2026-11", "-o", shown],
        ["verify", place.county.root],
    ):
        words = [str(one) for one in command]
        options = [*words, "--user", COORDINATOR, "--password-file", str(secret)]
        assert run(parser().parse_args(options)) == 0
    said = capsys.readouterr()
    assert shown.exists()
    assert not singing.sings((said.out + said.err + caplog.text).encode())
    assert place.searched() == []


def test_a_refusal_says_no_word_of_what_was_typed(place, caplog):
    desk = place.county.sit(BOTH)
    heard = []
    for answers in (
        {"when": singing.word()},
        {"officers": singing.word(), "where": singing.word()},
        {singing.word(): "1"},
    ):
        with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, it is silent
            filling.submit(desk, "cit_contact", answers)
        problems = getattr(caught.value, "problems", ())
        heard += [str(caught.value), *(repr((p.code, p.values)) for p in problems)]
    desk.close()
    assert not singing.sings("".join(heard).encode())
    assert singing.STEM not in caplog.text
    assert REFER in desk.folder.rings()
