"""The words of ``leadapp stock``: which papers and exports there are and what they take."""

from __future__ import annotations

import argparse
from pathlib import Path

from leadapp.cli.parsers import Kinds, add_command, asks_folder, asks_who


def stock(kinds: Kinds[argparse.ArgumentParser]) -> None:
    """Add the command to ``kinds``."""
    words = "Write a paper or an export of the naloxone stock."
    command = add_command(kinds, "stock", words)
    asks_folder(command)
    papers = command.add_subparsers(dest="paper", metavar="PAPER", required=True)
    _count_sheet(papers)
    _labels(papers)
    _slip(papers)
    _reconciliation(papers)
    _recall(papers)
    _paper(papers, "orders", "The register of standing orders.")
    for name, words in (
        ("given", "The hand-outs of a month as CSV, for a state form."),
        ("used", "The use reports of a month as CSV, for a state form."),
    ):
        table = _paper(papers, name, words, "FILE.csv")
        table.add_argument("--period", required=True, metavar="YYYY-MM")
        table.add_argument("--weeks", action="store_true", help="write weeks in place of days")
    odmap = _paper(papers, "odmap", "Lines to copy into the overdose map.", "FILE.txt")
    odmap.add_argument("--period", required=True, metavar="YYYY-MM")


def _paper(
    papers: Kinds[argparse.ArgumentParser],
    name: str,
    words: str,
    file: str = "FILE.pdf",
) -> argparse.ArgumentParser:
    paper = add_command(papers, name, words)
    paper.add_argument("-o", "--output", type=Path, required=True, metavar=file)
    asks_who(paper)
    return paper


def _count_sheet(papers: Kinds[argparse.ArgumentParser]) -> None:
    paper = _paper(papers, "count-sheet", "The sheet to count a place with.")
    paper.add_argument("--place", required=True, metavar="NAME")
    paper.add_argument("--blind", action="store_true", help="leave out what the books say")


def _labels(papers: Kinds[argparse.ArgumentParser]) -> None:
    paper = _paper(papers, "labels", "Kit labels, thirty to a sheet (Avery 5160).")
    paper.add_argument("--lot", required=True, metavar="NUMBER")
    paper.add_argument("--count", type=int, default=30, metavar="N")
    paper.add_argument("--start", type=int, default=1, metavar="N", help="first free label")


def _slip(papers: Kinds[argparse.ArgumentParser]) -> None:
    paper = _paper(papers, "slip", "The slip of what goes from one place to another on a day.")
    paper.add_argument("--from", required=True, metavar="NAME", dest="from_place")
    paper.add_argument("--to", required=True, metavar="NAME", dest="to_place")
    paper.add_argument("--day", required=True, metavar="YYYY-MM-DD")


def _reconciliation(papers: Kinds[argparse.ArgumentParser]) -> None:
    paper = _paper(papers, "reconciliation", "The ledger of a month: first day to last day.")
    paper.add_argument("--period", required=True, metavar="YYYY-MM")


def _recall(papers: Kinds[argparse.ArgumentParser]) -> None:
    paper = _paper(papers, "recall", "Everywhere a lot is or went.")
    paper.add_argument("--lot", required=True, metavar="NUMBER")
