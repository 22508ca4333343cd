"""One record of every form is emptied by order; every list, report, paper and table is asked then."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from leadapp.core.ids import RecordId, RingId
from leadapp.services import (
    browsing,
    exporting,
    forms_in_use,
    outbox,
    persons,
    reporting,
    same_people,
    stock,
    stock_exports,
    stock_inspections,
    stock_papers,
    today,
    verifying,
)
from leadapp.services.desk import Desk
from leadapp.services.shelf import FormSource
from leadapp.services.syncing import redacting
from leadapp.store.queries import RecordQuery
from tests.county import County

PERIOD = "2026-10"
Ask = Callable[[Desk], object]
ASKED: dict[str, Ask] = {
    "due work": today.due,
    "contacts": today.my_contacts,
    "stock on hand": today.stock,
    "people": lambda desk: persons.facts(
        desk, browsing.records(desk, RecordQuery(kinds=("person",), limit=500))
    ),
    "who may be twice": same_people.suggestions,
    "the ledger": lambda desk: stock.ledger(desk, stock.LedgerQuery()),
    "the stock": stock.view,
    "the books on a day": lambda desk: stock.books_on(desk, "2026-11-01"),
    "standing orders": lambda desk: stock.standing_orders(desk, "2026-11-01"),
    "kits due": stock_inspections.kits_due,
    "where lots went": lambda desk: [stock.recall(desk, lot) for lot in ids(desk, "lot")],
    "recall lists": lambda desk: [stock_papers.recall_list(desk, lot) for lot in ids(desk, "lot")],
    "count sheets": lambda desk: [
        stock_papers.count_sheet(desk, place) for place in ids(desk, "place")
    ],
    "the month's ledger": lambda desk: stock_papers.reconciliation(desk, PERIOD),
    "hand-outs for a state": lambda desk: stock_exports.state_table(desk, PERIOD, "given"),
    "uses for a state": lambda desk: stock_exports.state_table(desk, PERIOD, "used", weeks=True),
    "the overdose map": lambda desk: stock_exports.odmap(desk, PERIOD),
    "tables": lambda desk: [
        exporting.files(exporting.gather(desk, one.form), ".xlsx") for one in writable(desk)
    ],
    "forms": forms_in_use.lines,
    "outbox": outbox.documents,
    "reports": lambda desk: [
        reporting.print_paper(desk, reporting.run_report(desk, name, PERIOD))
        for name in reporting.REPORTS
    ],
}


def ids(desk: Desk, table: str) -> list[str]:
    return [row[0] for row in desk.reader.rows(f"SELECT record_id FROM {table}")]  # noqa: S608


def writable(desk: Desk) -> Iterator[FormSource]:
    """Yield the forms that have records to be exported."""
    for source in desk.shelf:
        if desk.reader.count(RecordQuery(forms=(source.form,))) and source.kind != "consent":
            yield source


@pytest.fixture
def emptied(county: County) -> Iterator[tuple[Desk, list[tuple[RingId, RecordId]]]]:
    """Return a desk at which the newest record of each form and ring was emptied."""
    with county.desk("coordinator") as desk:
        newest = {
            (line.ring, line.form): line.record
            for line in desk.reader.records(RecordQuery(limit=10_000, order="changed"))
        }
        gone = [(ring, record) for (ring, _), record in newest.items()]
        for ring, record in gone:
            redacting.redact(desk, ring, record, "order of May 4")
    with county.desk("coordinator") as desk:
        yield desk, gone


def test_whatever_is_asked_is_answered(emptied) -> None:
    desk, gone = emptied
    assert len({ring for ring, _ in gone}) == 5
    for asked in ASKED.values():
        asked(desk)
    for ring, record in gone:
        stored = browsing.record(desk, record, ring)
        assert not any(stored.answers.values())
        assert browsing.history(desk, stored)
    # Less than nothing may be on the books, where what brought it there was emptied.
    assert not any(problem.blocks for problem in verifying.verify(desk).problems)
