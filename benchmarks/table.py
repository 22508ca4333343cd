"""The table of what was measured: printed, and put into docs/benchmarks.md between its marks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from benchmarks.timing import Row


def lines(rows: Sequence[Row]) -> list[str]:
    """Return the table in Markdown; a row over its budget says so in bold."""
    made = ["| what | measured | budget | share | |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        budget = "" if row.budget is None else f"{row.budget:,.0f} {row.unit}"
        share = "" if row.ratio is None else f"{row.ratio:.2f}"
        share = f"**{share}**" if row.ratio is not None and row.ratio > 1 else share
        made.append(
            f"| {row.what} | {_number(row.value)} {row.unit} | {budget} | {share} | {row.note} |"
        )
    return made


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def put_into(page: Path, name: str, text: Sequence[str]) -> None:
    """Replace what stands between the marks ``name`` of ``page``; the words around it stay."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    whole = page.read_text("utf-8")
    before, found, rest = whole.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{page} lacks the marks {begin} and {end}.")
    page.write_text("\n".join([before + begin, *text, end + after]), "utf-8")
