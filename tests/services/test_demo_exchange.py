"""The made-up county, exchanged: everything it wrote was its author's to write."""

from __future__ import annotations

from leadapp.core.clock import SteppingClock
from leadapp.journal.rings import SHARED
from leadapp.services.syncing import enrolling, joining
from leadapp.staff.roles import Role
from tests.county import CHEAP, NOW
from tests.services.made_county import CARE, PASSWORD, sit
from tests.services.two_computers import sync

HOLDERS = ("admin", "deputy", "casemanager", "coordinator")
"""Between them they open every ring."""
RINGS = {"sys", "shared", "care", "supply", "law-sheriff", "refer-sheriff"}


def laptop(county, home):
    """Let a deputy's laptop in; return its program folder."""
    home.mkdir()
    invitation, request = home / "invitation.json", home / "request.json"
    with county.desk("coordinator") as desk:
        enrolling.invite(desk, invitation, device_class="law", agency="sheriff")
    words = joining.join(
        home / "program",
        invitation,
        joining.Joiner("Dan Halvorsen", PASSWORD, cost=CHEAP),
        request,
        clock=SteppingClock(NOW),
        anchors=home / "anchors",
    )
    with county.desk("coordinator") as desk:
        enrolling.approve(desk, request, words=words, roles={Role.DEPUTY}, agency="sheriff")
    return home / "program"


def aside(report):
    return {one.ring: one.held_because for one in report.rings if one.held}


def test_nothing_is_kept_aside_on_either_computer(county, tmp_path):
    program = laptop(county, tmp_path / "dan")
    stick, care = tmp_path / "stick", tmp_path / "care"
    stick.mkdir()
    care.mkdir()
    rings = set()
    for user in HOLDERS:
        with county.desk(user) as desk:
            reports = [sync(desk, stick)]
            if CARE in desk.rings:  # it goes nowhere by itself
                reports.append(sync(desk, care, (CARE,)))
        rings |= {one.ring for report in reports for one in report.rings}
        assert not any(aside(report) for report in reports), user
    assert rings >= RINGS
    desk = sit(program, "Dan Halvorsen", SteppingClock(NOW))
    try:
        report = sync(desk, stick)
        shared = next(one for one in report.rings if one.ring == SHARED)
        assert shared.entries_in > 100
        assert not aside(report)
    finally:
        desk.close()
