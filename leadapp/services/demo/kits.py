"""Naloxone given and used in the made-up county; no names, as everywhere on these forms."""

from __future__ import annotations

from datetime import datetime

from leadapp.core.ids import RecordId
from leadapp.kinds.naloxone_used import MG_PER_DOSE
from leadapp.services.demo.book import Answers
from leadapp.services.demo.chance import Chance, Odds
from leadapp.services.demo.moments import day_of
from leadapp.services.demo.names import SHORT_COUNTY, TOWNS
from leadapp.services.demo.shared_lists import Lists
from leadapp.services.demo.stock import DOSES_PER_KIT

_RECIPIENTS = Odds(at_risk=58, family=20, friend=12, survivor=8, unknown=2)
_DRUGS = Odds(heroin_fentanyl=68, pills=10, stimulant=14, alcohol=8, unknown=12)
_STATES = Odds(unresponsive_not_breathing=56, unresponsive_breathing=34, drowsy=10)


def given(
    chance: Chance, at: datetime, *, kits: int, lot: RecordId, product: str, place: RecordId,
    setting: str, giver: str, agency: RecordId, order: RecordId,
) -> Answers:  # fmt: skip
    """Return a hand-out of kits."""
    refill = chance.of(Odds(first=60, refill=34, unknown=6))
    answers = {
        "where_and_who/day": day_of(at),
        "where_and_who/county": SHORT_COUNTY,
        "where_and_who/town": chance.one(TOWNS),
        "where_and_who/declined": "no",
        "where_and_who/setting": setting,
        "where_and_who/giver": giver,
        "where_and_who/agency": agency,
        "where_and_who/recipient": chance.of(_RECIPIENTS),
        "kit/kits": str(kits),
        "kit/doses": str(kits * DOSES_PER_KIT),
        "kit/product": product,
        "kit/lot": lot,
        "kit/from_place": place,
        "kit/standing_order": order,
        "kit/first_or_refill": refill,
        "where_and_who/instruction": chance.of(
            Odds(spoken=56, leaflet=30, already_trained=12, none=2)
        ),
    }
    if refill == "refill":
        answers["kit/last_kit"] = chance.of(
            Odds(used_someone=34, used_me=14, lost=22, given_away=16, expired=6, not_asked=8)
        )
    if chance.yes(0.2):
        answers["kit/people_trained"] = str(chance.between(1, 4))
    return answers


def declined(chance: Chance, at: datetime, *, setting: str, giver: str) -> Answers:
    """Return an offer that was not taken."""
    return {
        "where_and_who/day": day_of(at),
        "where_and_who/county": SHORT_COUNTY,
        "where_and_who/town": chance.one(TOWNS),
        "where_and_who/declined": "yes",
        "where_and_who/setting": setting,
        "where_and_who/giver": giver,
        "where_and_who/recipient": chance.of(_RECIPIENTS),
    }


def used_by_law(
    chance: Chance, lists: Lists, at: datetime, *, doses: int, lot: RecordId, product: str,
    place: RecordId, on_contact: bool,
) -> Answers:  # fmt: skip
    """Return a deputy's report; ``on_contact`` when a crisis contact moved the doses already."""
    answers = {
        "event/reporter": "law",
        "event/day": day_of(at),
        "source/county": SHORT_COUNTY,
        "event/town": chance.one(TOWNS),
        "source/agency": lists.agencies["sheriff"],
        "source/from_place": place,
        "times/call_known": "unknown",
        "times/responder_time": f"{at.timetz().isoformat(timespec='milliseconds')}",
        "times/ems_known": "unknown",
        "source/counted_by_contact": "yes" if on_contact else "no",
        "event/kit_left": "yes" if chance.yes(0.4) else "no",
        "event/exposure": "no",
        "event/replacement": "yes",
        "event/replace_reason": "used",
    }
    answers |= _person(chance, responders=True)
    return answers | _dose(1, "law", product, doses, lot)


def used_by_ems(chance: Chance, lists: Lists, at: datetime) -> Answers:
    """Return what EMS reported of its own kits."""
    answers = {
        "event/reporter": "ems",
        "event/day": day_of(at),
        "source/county": SHORT_COUNTY,
        "event/town": chance.one(TOWNS),
        "source/agency": lists.agencies["ems"],
        "times/call_known": "unknown",
        "times/responder_time": f"{at.timetz().isoformat(timespec='milliseconds')}",
        "times/ems_known": "none",
        "source/counted_by_contact": "no",
        "event/kit_left": "no",
        "event/exposure": "no",
        "event/replacement": "no",
    }
    answers |= _person(chance, responders=True)
    return answers | _dose(1, "ems", "syringe_2", chance.between(1, 2), None)


def used_by_neighbor(chance: Chance, at: datetime) -> Answers:
    """Return what somebody told when they came for another kit."""
    answers = {
        "event/reporter": "community",
        "event/day": day_of(at),
        "source/county": SHORT_COUNTY,
        "event/town": chance.one(TOWNS),
        "source/place_type": chance.of(
            Odds(home=40, other_home=22, street=18, vehicle=8, motel=12)
        ),
        "event/called_911": chance.of(Odds(yes=48, no=44, unknown=8)),
        "event/replacement": "yes",
        "event/replace_reason": "used",
    }
    answers |= _person(chance, responders=False)
    by = chance.of(Odds(friend=48, partner=20, family=20, stranger=12))
    return answers | _dose(1, by, "nasal_4", chance.between(1, 3), None)


def _person(chance: Chance, *, responders: bool) -> Answers:
    survived = chance.of(Odds(yes=91, no=6, unknown=3))
    answers = {
        "people[p1]/_order": "1",
        "people[p1]/survived": survived,
        "people[p1]/state_before": chance.of(_STATES),
        "people[p1]/later/response": "no_change" if survived == "no" else "alert",
    }
    if responders:
        answers |= {
            "people[p1]/later/sex": chance.of(Odds(male=64, female=36)),
            "people[p1]/later/age_band": chance.of(
                Odds({"18_24": 12, "25_34": 32, "35_44": 30, "45_54": 16, "55_64": 8, "unknown": 2})
            ),
            "people[p1]/later/drugs": chance.some(_DRUGS, 2),
            "people[p1]/later/next_step": "died"
            if survived == "no"
            else chance.of(Odds(hospital=62, refused=30, left=6, treatment=2)),
        }
    return answers


def _dose(number: int, giver: str, product: str, doses: int, lot: RecordId | None) -> Answers:
    path = f"people[p1]/administrations[a{number}]"
    answers = {
        f"{path}/_order": str(number),
        f"{path}/giver": giver,
        f"{path}/product": product,
        f"{path}/doses": str(doses),
        f"{path}/mg_each": str(MG_PER_DOSE[product]),
    }
    return answers | ({f"{path}/lot": lot} if lot is not None else {})
