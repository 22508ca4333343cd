"""The form behind a ledger line: found by what a movement's id follows from, after corrections too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.services import filling, stock_papers
from leadapp.services import stock as books
from leadapp.services.desk import Desk
from leadapp.services.stock import LedgerLine, LedgerQuery
from tests.services.made_county import new_desk, put
from tests.services.test_filling import SHARED, correct, stock, used

DOSE = "people[a]/administrations[x]"


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path, law=True)
    yield desk
    desk.close()


def uses(desk: Desk) -> list[LedgerLine]:
    """Return the lines of doses used that nobody took back, the newest first."""
    lines = books.ledger(desk, LedgerQuery(moves=("used",)))
    return [one for one in lines if not one.reversed and not one.reverses]


def report(desk: Desk, lot: str, unit: str) -> filling.Saved:
    agency = put(desk, SHARED, "agency", {"name": "Sheriff", "active": "yes"})
    answers = {
        "reporter": "law", "day": "2026-11-20", "town": "Riverside", "kit_left": "no",
        "exposure": "no", "replacement": "no", "county": "Alder", "agency": agency,
        "from_place": unit, "counted_by_contact": "no", "people[a]/survived": "yes",
        "people[a]/state_before": "drowsy", f"{DOSE}/giver": "law", f"{DOSE}/product": "nasal_4",
        f"{DOSE}/doses": "2", f"{DOSE}/lot": lot,
    }  # fmt: skip
    return filling.submit(desk, "naloxone_used", answers)


def test_a_contacts_dose_leads_to_the_contact_and_a_reports_to_the_report(car: Desk) -> None:
    lot, unit = stock(car)
    contact = filling.submit(car, "cit_contact", used(lot, unit, "1"))
    reported = report(car, lot, unit)
    behind = {
        one.doses: stock_papers.form_behind(car, one.movement, one.lot).record for one in uses(car)
    }
    assert behind == {1: contact.record, 2: reported.record}


def test_a_corrected_contacts_new_line_leads_to_it_too(car: Desk) -> None:
    lot, unit = stock(car)
    contact = filling.submit(car, "cit_contact", used(lot, unit, "1"))
    correct(car, contact.record, "result/naloxone_doses", "3", "Two more from the partner")
    (line,) = uses(car)
    assert line.doses == 3
    assert stock_papers.form_behind(car, line.movement, line.lot).record == contact.record


def test_a_line_that_no_form_made_has_none_behind(car: Desk) -> None:
    lot, unit = stock(car)
    (line,) = books.ledger(car, LedgerQuery(moves=("received",)))
    with pytest.raises(Refusal) as told:
        stock_papers.form_behind(car, line.movement, lot)
    assert told.value.code == "services.no_form_behind"
    assert unit
