"""Referrals to LEAD in the made-up county: by officers at two doors, and by the community."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from leadapp.core.ids import RecordId
from leadapp.services.demo.book import Answers
from leadapp.services.demo.chance import Chance, Odds
from leadapp.services.demo.moments import day_of, text_of
from leadapp.services.demo.names import SPOTS, TOWNS, Human, phone
from leadapp.services.demo.shared_lists import Lists

DOORS = Odds(arrest=36, social=34, community=30)
ARREST, COMMUNITY = "arrest", "community"
_HOW = Odds(dispatch=44, officer_initiated=20, crisis_call=14, overdose_call=8, jail=7,
            traffic_stop=4, walk_in=3)  # fmt: skip
_CATEGORIES = Odds(
    larceny=28, drug_possession=26, trespass=16, paraphernalia=12, disorderly=7,
    public_intoxication=6, subsistence_sale=3, park_transit=2,
)  # fmt: skip
_WITH_DRUG = ("drug_possession", "subsistence_sale")
_DRUGS = Odds(fentanyl_heroin=42, methamphetamine=46, cocaine=5, other_opioid=5, marijuana=2)
_NEEDS = Odds(
    food=18, shelter_tonight=12, housing=22, id_papers=14, income=12, substance_treatment=26,
    moud=9, mental_health=18, transport=20, phone=12, pending_case=8,
)  # fmt: skip
_WHO = Odds(
    {"self": 22},
    family=16, hospital=12, post_overdose_team=10, sud_provider=9, shelter=8, ems_fire=6,
    public_defender=6, jail=5, syringe_program=4, probation=2,
)  # fmt: skip
_DECLINED = Odds(no_help=40, police_link=18, has_provider=12, prefers_court=8, too_far=8,
                 own_lawyer=4, other=10)  # fmt: skip
_INTAKE_DAYS = 14


def by_officer(
    chance: Chance,
    lists: Lists,
    when: datetime,
    door: str,
    human: Human,
    *,
    screening: str = "eligible",
    offer: str = "accepted",
) -> Answers:
    """Return an officer's referral; it is written down half an hour or so after."""
    answers = _opening(chance, lists, when, door)
    answers |= _person(chance, human, when.date(), officers=True)
    answers |= _custody(chance) if door == ARREST else _social(chance, lists, when)
    answers |= {
        "justice/warrants": chance.of(Odds(none=82, this_county=8, other_county=6, unknown=4)),
        "justice/supervision": chance.of(Odds(no=62, yes=26, unknown=12)),
        "justice/pending_case": chance.of(Odds(no=70, yes=20, unknown=10)),
        "justice/treatment_court": chance.of(Odds(no=94, yes=2, unknown=4)),
        "justice/no_contact_order": chance.of(Odds(no=90, yes=3, unknown=7)),
        "offer_made/screening": screening,
    }
    answers |= _offer(chance, screening, offer)
    if door == ARREST:
        answers |= _hand_over(chance, when)
    if chance.yes(0.7):
        answers["afterwards/officer_minutes"] = str(chance.between(20, 95))
    return answers | {"afterwards/status": "received"}


def by_community(chance: Chance, when: datetime, human: Human) -> Answers:
    """Return a referral taken in the LEAD office."""
    who = chance.of(_WHO)
    answers = {
        "opening/door": COMMUNITY,
        "opening/when": text_of(when),
        "opening/urgency": chance.of(Odds({"routine": 76, "72_hours": 18, "same_day": 6})),
        "opening/town": chance.one(TOWNS),
        "referrer/referrer_type": who,
        "justice/supervision": chance.of(Odds(no=60, yes=24, unknown=16)),
        "offer_made/ok_to_contact": chance.of(Odds(verbal=60, written=30, no=10)),
        "offer_made/needs": chance.some(_NEEDS, 4),
        "afterwards/status": "received",
    }
    if who != "self":
        answers |= {
            "referrer/referrer_name": f"{chance.one('ABCDEJKLMRST')}. {Human(chance, when.date()).last}",
            "referrer/referrer_phone": phone(chance),
            "referrer/may_say_who": "yes" if chance.yes(0.8) else "no",
            "referrer/person_knows": chance.of(Odds(yes=70, undecided=18, does_not_know=12)),
        }
    if chance.yes(0.3):
        answers["justice/risks"] = chance.some(
            Odds(overdose=5, police_calls=4, pending_charge=3), 2
        )
    return answers | _person(chance, human, when.date(), officers=False)


def status(
    referral: RecordId,
    when: datetime,
    name: str,
    chance: Chance,
    *,
    person: RecordId | None = None,
    screening: str = "eligible",
    first_contact: datetime | None = None,
) -> Answers:
    """Return what the LEAD office notes about a referral."""
    answers = {
        "about/referral": referral,
        "about/status_day": day_of(when),
        "about/status": name,
        "about/screening": screening,
    }
    if person is not None:
        answers["about/person"] = person
    if "ineligible" in (screening, name):
        answers["about/ineligible_reason"] = chance.of(
            Odds(history=20, offence=18, residence=22, pending_case=16, not_amenable=14, other=10)
        )
    if name == "declined_by_person":
        answers["about/declined_reason"] = chance.of(_DECLINED)
    if name == "waitlisted":
        answers["about/priority"] = str(chance.between(1, 9))
    if first_contact is not None:
        answers["about/first_contact_day"] = day_of(first_contact)
    return answers


def _opening(chance: Chance, lists: Lists, when: datetime, door: str) -> Answers:
    answers = {
        "opening/door": door,
        "opening/when": text_of(when),
        "opening/urgency": chance.of(Odds({"routine": 66, "72_hours": 24, "same_day": 10})),
        "opening/agency": lists.agencies["sheriff"],
        "opening/officer": lists.officer(chance, when.date()).record,
        "opening/call_back_phone": phone(chance),
        "opening/how_began": chance.of(_HOW),
        "opening/where": chance.one(SPOTS),
        "opening/town": chance.one(TOWNS),
    }
    if door == ARREST:
        answers["opening/incident_number"] = f"{when.year % 100}-{chance.between(1, 99999):06d}"
    return answers


def _person(chance: Chance, human: Human, today: date, *, officers: bool) -> Answers:
    answers = {
        "who/first_name": human.first,
        "who/last_name": human.last,
        "who/sex": human.sex,
        "who/ethnicity": "hispanic" if human.race == "hispanic" else "not_hispanic",
        "who/language": "spanish" if human.race == "hispanic" and chance.yes(0.4) else "english",
    }
    if human.nickname:
        answers["who/alias"] = human.nickname
    if officers and chance.yes(0.12):
        answers["who/age"] = str(human.age(today))
    else:
        answers["who/birth_day"] = human.birth_day.isoformat()
    if human.phone:
        answers |= {"who/phone": human.phone, "who/message_safe": "yes"}
    if chance.yes(0.5):
        answers["who/where_found"] = chance.one(SPOTS)
    return answers


def _custody(chance: Chance) -> Answers:
    answers = {
        "custody/probable_cause": "yes",
        "custody/victim": chance.of(Odds(none=62, agrees=34, not_reached=4)),
    }
    for number in range(1, 3 if chance.yes(0.15) else 2):
        answers |= _offence(chance, f"custody/offences[o{number}]", number)
    return answers


def _offence(chance: Chance, path: str, number: int) -> Answers:
    category = chance.of(_CATEGORIES)
    answers = {
        f"{path}/_order": str(number),
        f"{path}/category": category,
        f"{path}/charge_class": "felony" if category in _WITH_DRUG and chance.yes(0.6)
        else "misdemeanor",
    }  # fmt: skip
    if category in _WITH_DRUG:
        answers |= {
            f"{path}/drug": chance.of(_DRUGS),
            f"{path}/amount": f"0.{chance.between(1, 9)}",
            f"{path}/unit": "g",
        }
    return answers


def _social(chance: Chance, lists: Lists, when: datetime) -> Answers:
    answers = {
        "justice/basis": chance.some(
            Odds(record=26, observation=34, reliable_report=16, asked_for_help=30, overdose=10), 2
        ),
        "justice/past_conduct": chance.some(
            Odds(drug_possession=30, theft=18, trespass=18, disorder=14, crisis_calls=26), 2
        ),
    }
    if chance.yes(0.6):
        answers["justice/contacts_year"] = chance.of(
            Odds({"1": 20, "2_4": 42, "5_9": 22, "10_up": 10, "unknown": 6})
        )
    if chance.yes(0.5):
        answers["justice/approved_by"] = lists.officers[0].record
        answers["justice/approved_day"] = day_of(when)
    return answers


def _offer(chance: Chance, screening: str, offer: str) -> Answers:
    if screening == "ineligible":
        return {
            "offer_made/ineligible_reason": "Charge is not on the county's list",
            "offer_made/ok_to_contact": "no",
        }
    answers = {"offer_made/offer": offer}
    if offer == "accepted":
        answers["offer_made/ok_to_contact"] = chance.of(Odds(written=55, verbal=45))
        answers["offer_made/needs"] = chance.some(_NEEDS, 4)
    else:
        answers["offer_made/ok_to_contact"] = chance.of(Odds(no=70, verbal=30))
    if offer == "declined":
        answers["offer_made/declined_reason"] = chance.of(_DECLINED)
    return answers


def _hand_over(chance: Chance, when: datetime) -> Answers:
    called = when + timedelta(minutes=chance.between(1, 8))
    how = chance.of(Odds(at_scene=40, at_station=14, phone=30, appointment=12, none_reachable=4))
    answers = {
        "hand_over/manager_called": text_of(called),
        "hand_over/handoff": how,
        "hand_over/transport": chance.of(Odds(none=46, case_manager=34, officer=20)),
        "afterwards/intake_days": str(_INTAKE_DAYS),
    }
    if how != "none_reachable":
        answers["hand_over/manager_reached"] = text_of(called + timedelta(minutes=2))
    if how == "at_scene":
        answers["hand_over/manager_arrived"] = text_of(called + timedelta(minutes=20))
    return answers
