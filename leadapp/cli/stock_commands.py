"""What ``leadapp stock`` does: one paper or export, logged, then written."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable

from leadapp.core.clock import today
from leadapp.core.files import write_whole
from leadapp.services import stock, stock_exports, stock_papers
from leadapp.services.desk import Desk

_EXPORTS = frozenset({"given", "used", "odmap"})
_PAPERS: dict[str, Callable[[Desk, Namespace], stock_papers.StockPaper]] = {
    "count-sheet": lambda desk, o: stock_papers.count_sheet(desk, o.place, blind=o.blind),
    "labels": lambda desk, o: stock_papers.labels(desk, o.lot, o.count, start=o.start),
    "slip": lambda desk, o: stock_papers.transfer_slip(desk, o.from_place, o.to_place, o.day),
    "reconciliation": lambda desk, o: stock_papers.reconciliation(desk, o.period),
    "recall": lambda desk, o: stock_papers.recall_list(desk, o.lot),
    "orders": lambda desk, _: stock_papers.standing_orders(
        desk, stock.standing_orders(desk, today(desk.clock).isoformat())
    ),
}


def write_stock(desk: Desk, options: Namespace) -> str:
    """Write what ``options.paper`` names and return what to say of it."""
    target = options.output.absolute()
    if options.paper in _EXPORTS:
        export = _export(desk, options)
        stock_exports.exported(desk, export)
        write_whole(target, export.text.encode())
        left = f" Not in it: {', '.join(export.left_out)}." if export.left_out else ""
        return f"Wrote {options.output}: {export.rows:,} lines.{left}"
    paper = _PAPERS[options.paper](desk, options)
    stock_papers.printed(desk)
    write_whole(target, paper.pdf)
    return f"Wrote {options.output}."


def _export(desk: Desk, options: Namespace) -> stock_exports.Export:
    if options.paper == "odmap":
        return stock_exports.odmap(desk, options.period)
    return stock_exports.state_table(desk, options.period, options.paper, weeks=options.weeks)
