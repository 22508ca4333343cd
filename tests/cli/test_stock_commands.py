"""``leadapp stock``: papers and exports of a made-up county, and who may have them."""

from __future__ import annotations

import csv

import pytest

from leadapp.papers.reading import text_of_pages

PERIOD = ("--period", "2026-10")


def test_the_naloxone_report_is_written(county, tmp_path, capsys):
    paper = tmp_path / "naloxone.pdf"
    assert county.command("report", "naloxone", *PERIOD, "-o", str(paper), user="clerk") == 0
    assert "Naloxone report: October 2026" in text_of_pages(paper.read_bytes())[0]
    assert str(paper) in capsys.readouterr().out


@pytest.fixture
def shelf(county):
    """Return the name of a place with stock, and the number of a lot there."""
    with county.desk("coordinator") as desk:
        return desk.reader.rows(
            "SELECT p.name, l.lot_number FROM balance b JOIN place p ON p.record_id = b.place"
            " JOIN lot l ON l.record_id = b.lot_id WHERE b.doses > 0 ORDER BY p.name LIMIT 1"
        )[0]


def test_each_paper_is_written_with_the_made_up_mark(county, shelf, tmp_path):
    place, lot = shelf
    for name, words, title in (
        ("count-sheet", ("--place", place, "--blind"), f"Count sheet: {place}"),
        ("labels", ("--lot", lot, "--count", "2", "--start", "3"), f"Lot {lot}"),
        ("recall", ("--lot", lot), f"Recall: lot {lot}"),
        ("reconciliation", PERIOD, "Naloxone ledger: October 2026"),
        ("orders", (), "Standing orders"),
    ):
        file = tmp_path / f"{name}.pdf"
        assert county.command("stock", name, *words, "-o", str(file), user="coordinator") == 0
        (first, *_) = text_of_pages(file.read_bytes())
        assert title in first
        assert "made-up" in first.casefold()


def test_the_state_table_has_a_row_a_hand_out_of_the_month(county, tmp_path, capsys):
    file = tmp_path / "given.csv"
    words = ("given", *PERIOD, "--weeks", "-o", str(file))
    assert county.command("stock", *words, user="coordinator") == 0
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    handed_out = [
        one
        for one in county.written
        if one.form == "naloxone_given"
        and any(t.startswith("2026-10") for t in one.answers.values())
    ]
    assert len(rows) == len(handed_out) > 0
    assert f"{len(rows)} lines" in capsys.readouterr().out


def test_the_sheriffs_office_is_told_what_its_table_leaves_out(county, tmp_path, capsys):
    words = ("odmap", *PERIOD, "-o", str(tmp_path / "odmap.txt"))
    assert county.command("stock", *words, user="supervisor") == 0
    assert "Not in it: supply" in capsys.readouterr().out


@pytest.mark.parametrize("user", ["deputy", "clerk", "admin"])
def test_who_may_not_print_writes_nothing(county, tmp_path, capsys, user):
    file = tmp_path / "ledger.pdf"
    words = ("reconciliation", *PERIOD, "-o", str(file))
    assert county.command("stock", *words, user=user) == 1
    assert not file.exists()
    assert "Ask a coordinator" in capsys.readouterr().err
