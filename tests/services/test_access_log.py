"""The log of accesses: who may read it, what it says, its paper; reading it is logged too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.measures.periods import Period, named
from leadapp.papers.reading import text_of_pages
from leadapp.services import access_log, browsing, showing
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from tests.services.made_county import CARE, LAW, new_desk, person

NOW, BEFORE = named("2026-11"), named("2026-10")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Desk]:
    desk = new_desk(tmp_path / "office")
    yield desk
    desk.close()


def read(desk: Desk, ring: RingId = CARE, period: Period = NOW) -> access_log.Log:
    return access_log.access_log(desk, ring, period, showing.user_names(desk))


def test_who_opened_which_record_is_told_oldest_first(office: Desk) -> None:
    one, other = (person(office, CARE, last, "Randy") for last in ("Lund", "Oster"))
    for record in (one, other):
        browsing.viewed(office, browsing.record(office, record))
    lines = [line for line in read(office).lines if line.act == "View"]
    assert [(line.who, line.record) for line in lines] == [
        ("Nora Ellison", one),
        ("Nora Ellison", other),
    ]
    assert read(office, period=BEFORE).lines == ()


def test_a_period_is_of_days_here(office: Desk) -> None:
    browsing.viewed(office, browsing.record(office, person(office, CARE, "Lund", "Randy")))
    today = office.clock.now().date()
    last = Period(today, today + timedelta(days=1), "days")
    assert "View" in {line.act for line in read(office, period=last).lines}


def test_the_paper_has_every_line_and_printing_and_reading_are_logged(office: Desk) -> None:
    record = person(office, CARE, "Lund", "Randy")
    browsing.viewed(office, browsing.record(office, record))
    found = read(office)
    access_log.was_read(office, found)
    made = access_log.paper(office, found)
    access_log.was_printed(office, found)
    assert made.name == "log-care-2026-11-01.pdf"
    text = " ".join(text_of_pages(made.pdf))
    assert record in "".join(text.split())  # an id may be broken at a "-"
    assert "Lund" not in text
    assert "42 CFR" in text
    assert [line.act for line in read(office).lines][-2:] == ["Read log", "Print log"]


def test_only_those_whose_role_reads_logs_may(office: Desk, tmp_path: Path) -> None:
    assert CARE in access_log.readable(office)
    auditor = new_desk(tmp_path / "auditor", roles=frozenset({Role.AUDITOR}))
    assert set(access_log.readable(auditor)) == set(auditor.rings)
    with pytest.raises(Refusal):
        read(auditor)
    auditor.close()
    car = new_desk(tmp_path / "car", law=True, roles=frozenset({Role.DEPUTY}))
    with pytest.raises(Refusal) as caught:
        read(car, LAW)
    assert caught.value.code == "services.not_allowed"
    car.close()
