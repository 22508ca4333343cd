"""A deputy's kit left behind and a dose used, from a patrol car: what is filled in already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from leadapp.core.words import Words
from leadapp.journal.rings import SHARED
from leadapp.services import filling, stock
from leadapp.services.desk import Desk
from leadapp.services.stock import NewLot, NewMovement
from leadapp.staff.roles import Role
from leadapp.ui.naloxone.page import NaloxonePage
from leadapp.ui.work import Work
from tests.services.made_county import LAW, day, new_desk, put

KEEPER = frozenset({Role.DEPUTY, Role.STOCK_MANAGER})


@pytest.fixture
def car(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path, law=True, roles=KEEPER)
    yield desk
    desk.close()


def test_a_deputys_forms_begin_with_their_agency_unit_and_lot(
    qtbot: QtBot, work: Work, words: Words, car: Desk
) -> None:
    about = {"name": "Sheriff", "agency_kind": "sheriff", "ring_name": "sheriff", "active": "yes"}
    agency = put(car, SHARED, "agency", about)
    unit = put(car, SHARED, "place", {"name": "Unit 9", "place_kind": "vehicle", "active": "yes"})
    lot, _ = stock.add_lot(car, NewLot("nasal_4", "NX7", day(-300), 2, "local"))
    stock.record(car, NewMovement("received", lot, "", unit, 8, 4, day(3)))
    page = NaloxonePage(car, work, words, lambda *_rest, **_more: None)
    qtbot.addWidget(page)
    page.show()
    page.on_shown()
    panel = page.side.panel
    qtbot.waitUntil(lambda: panel.lot.lot() is not None, timeout=20_000)
    wanted: list[tuple[str, dict[str, str]]] = []
    panel.form_wanted.connect(lambda form, answers: wanted.append((form, answers)))
    panel.start("used")
    panel.try_to_record()
    qtbot.waitUntil(lambda: not panel._pause.isActive())
    ((form, answers),) = wanted
    begun = filling.begin(car, form, lookup=car.lookup("law"), prefill=answers)
    session = begun.session
    assert begun.ring == LAW
    said = [session.state(name).value for name in ("event/reporter", "source/agency")]
    assert said == ["law", agency]
    (person,) = session.copies("people")
    (dose,) = session.copies(f"{person}/administrations")
    first = [session.state(f"{dose}/{name}").value for name in ("giver", "product", "lot", "doses")]
    assert first == ["law", "nasal_4", lot, "1"]
