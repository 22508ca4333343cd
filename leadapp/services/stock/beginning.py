"""What a hand-out or use report begins with: who writes it, where from, which lot. Reader lane.

Only what follows from who sits here and what they did before; what was said already wins.
"""

from __future__ import annotations

from collections.abc import Mapping

from leadapp.core.clock import today
from leadapp.services.desk import Desk
from leadapp.services.stock.asking import FAMILY, HAND_OUT, reading
from leadapp.services.stock.viewing import agency_of, suggest_lot, usual_place
from leadapp.staff.rights import Reach
from leadapp.staff.roles import Role

USE_REPORT = "naloxone_used"
_DOSE = "people[1]/administrations[1]"
_GIVERS = {Role.DEPUTY: "deputy", Role.LAW_SUPERVISOR: "deputy", Role.CASE_MANAGER: "case_manager"}
_REPORTERS = {"deputy": "law", "case_manager": "staff"}


def begins_with(desk: Desk, form: str, said: Mapping[str, str]) -> dict[str, str]:
    """Return ``said`` with what else is known beforehand, by question name.

    A report of use takes doses from our stock beforehand only in a deputy's hands: at an
    office they are as often somebody else's.
    """
    if form not in (HAND_OUT, USE_REPORT):
        return dict(said)
    ask = reading(desk)
    giver = next((word for role, word in _GIVERS.items() if role in desk.roles), "")
    known = {"county": desk.device.county, "agency": agency_of(desk, ask)}
    if form == USE_REPORT:
        by = said.get("reporter") or _REPORTERS.get(giver, "")
        known |= {"reporter": by, f"{_DOSE}/giver": "" if by == "community" else by}
    else:
        known["giver"] = giver
    if form == HAND_OUT or giver == "deputy":
        known["from_place"] = usual_place(desk, ask, today(desk.clock))
    told = known | {name: text for name, text in said.items() if text}
    return {name: text for name, text in (_lot(desk, form, told) | told).items() if text}


def _lot(desk: Desk, form: str, told: Mapping[str, str]) -> dict[str, str]:
    """Return the lot to take next from the place, where none was named and doses are ours."""
    inside = f"{_DOSE}/" if form == USE_REPORT else ""
    place, named = told.get("from_place"), told.get(f"{inside}lot") or told.get(f"{inside}product")
    theirs = form == USE_REPORT and told.get("reporter") in (None, "", "community")
    if not place or named or theirs or desk.reach("list", "movement", FAMILY) is not Reach.ALL:
        return {}
    lot = suggest_lot(desk, place)
    return {f"{inside}lot": lot.lot, f"{inside}product": lot.product} if lot else {}
