"""What an officer's form begins with: who writes it, and what the roster says of them. Reader lane."""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.core.clock import today
from leadapp.crisis.training import cit_status
from leadapp.services.desk import Desk
from leadapp.services.filling.known import roster

_BY_OFFICERS = frozenset({"cit_contact", "lead_referral"})
_AGENCY = "SELECT agency FROM officer WHERE record_id = :officer"


def begins_with(desk: Desk, form: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return ``said`` with what else is known beforehand, by question name.

    What was said already wins. Who is on no line of the roster, or on two at a time, is
    asked.
    """
    if form not in _BY_OFFICERS or desk.side != "law":
        return dict(said)
    known = {"county": desk.device.county} | _officer(desk)
    return known | {name: text for name, text in said.items() if text}


def _officer(desk: Desk) -> dict[str, str]:
    day = today(desk.clock).isoformat()
    mine = roster(desk, "")
    status = {one.officer: cit_status(mine, officer=one.officer, day=day) for one in mine}
    serving = [officer for officer, now in status.items() if now != "not_on_roster"]
    if len(serving) != 1:
        return {}
    (officer,) = serving
    ((agency,),) = desk.reader.rows(_AGENCY, {"officer": officer})
    return {
        "officer": officer,
        "agency": str(agency or ""),
        "reporting_cit": "yes" if status[officer] == "certified" else "no",
    }
