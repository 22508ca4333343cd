"""Crisis contacts of the made-up county: what a deputy would have written."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadapp.core.ids import RecordId
from leadapp.services.demo.book import Answers
from leadapp.services.demo.chance import Chance, Odds
from leadapp.services.demo.moments import day_of, text_of
from leadapp.services.demo.names import SHORT_COUNTY, SPOTS, TOWNS, Human, age_band
from leadapp.services.demo.shared_lists import Lists

_PAGE_ONE_ONLY = 0.08
"""Contacts whose "finish later" part nobody finished yet."""
ENDINGS = Odds(
    resolved_on_scene=18, resources_declined=6, referred=12, mobile_crisis=6, left_with_family=7,
    voluntary_transport=17, custody_order=4, emergency_hold=9, diverted=4.5, arrest=5, citation=3,
    medical_emergency=4, unable_to_locate=2, deceased=0.5, unfounded=2.5,
)  # fmt: skip
_ENDING_OF = {
    "resolved_on_scene": "scene", "resources_declined": "scene", "referred": "scene",
    "mobile_crisis": "scene", "left_with_family": "scene", "voluntary_transport": "care",
    "custody_order": "hold", "emergency_hold": "hold", "diverted": "lead", "arrest": "arrest",
    "citation": "arrest", "medical_emergency": "other", "unable_to_locate": "other",
    "deceased": "other", "unfounded": "other",
}  # fmt: skip
_TAKEN_TO = {
    "voluntary_transport": "crisis", "custody_order": "hospital", "emergency_hold": "crisis",
    "arrest": "jail", "medical_emergency": "hospital",
}  # fmt: skip
_REFERRED = {"referred": "Valley Behavioral Health", "mobile_crisis": "Mobile crisis team",
             "diverted": "LEAD"}  # fmt: skip
_HOLDS = ("custody_order", "emergency_hold")
_REASONS = Odds(
    welfare_check=24, suicide=18, mental_health=22, disturbance=17, overdose=5, domestic=5,
    trespass=4, intoxication=3, missing_person=1, custody_order=2, traffic=2, other=1,
)  # fmt: skip
_PLAIN_REASONS = ("welfare_check", "suicide", "mental_health", "disturbance", "overdose")
_SEEN = Odds(disoriented=20, hallucination=12, belligerent=18, hopeless=22, suicidal=20)
_MINUTES = Odds({"15": 16, "30": 28, "45": 22, "60": 18, "90": 10, "more": 6})
_PLACE_TYPES = Odds(
    private_home=46, street=15, business=12, school=3, clinic=5, jail=4, shelter=5, vehicle=5,
    other=4, unknown=1,
)  # fmt: skip
_ORIGINS = Odds(
    dispatched_mental_health=32, dispatched_welfare_check=22, dispatched_other=22,
    dispatched_custody_order=4, officer_initiated=10, walk_in=4, follow_up_visit=4, assist_agency=2,
)  # fmt: skip
_CALLERS = Odds(
    person=18, family=32, friend=12, provider=9, school=2, business=7, passer_by=7, crisis_line=5,
    other_agency=3, unknown=5,
)  # fmt: skip
_CLINICIANS = Odds(telehealth=30, mobile_crisis=25, co_responder=15, crisis_line=10, ems=25, peer=6)
_PROBLEMS = Odds(
    mental_health=42, substance=16, both=20, developmental=4, medical=6, situational=9, none=1,
    unknown=2,
)  # fmt: skip
_SUBSTANCES = Odds(alcohol=34, opioid=18, methamphetamine=26, cocaine=4, cannabis=10,
                   prescription=8)  # fmt: skip
_MET_BEFORE = Odds(yes=35, no=45, unknown=20)
_CALMING = Odds(talking=60, time_distance=30, family_provider=18, tele_clinician=10,
                lower_profile=16, peer=3)  # fmt: skip
_FORCE = Odds(none=10, verbal=18, handcuffs=34, hands_on=28, spray=3, electronic=4, less_lethal=1,
              firearm_pointed=2)  # fmt: skip
_INJURY = Odds(none=66, before=18, minor=13, serious=2, unknown=1)
_SLIGHT = Odds(none=94, minor=6)
_WEAPONS = Odds(knife=48, firearm=22, blunt=14, vehicle=5, improvised=11)
_BANDS = Odds({"under_13": 2, "13_17": 8, "18_24": 16, "25_34": 26, "35_44": 21, "45_54": 13,
               "55_64": 9, "65_up": 4, "unknown": 1})  # fmt: skip
_ALSO = Odds(resources_offered=40, information_left=30, safety_plan=12, medical=10,
             left_with_family=8)  # fmt: skip
_NARRATIVES = (
    "Spoke calmly once seated. No one else at risk.",
    "Sat on the porch and talked until the clinician joined by tablet.",
    "Neighbor stayed. Gave the crisis line card.",
    "Walked around the block together, then agreed to a ride.",
)


def when_and_end(chance: Chance, moment: datetime) -> tuple[str, int, datetime]:
    """Return the minutes' answer, the minutes, and when the contact was written up."""
    choice = chance.of(_MINUTES)
    minutes = chance.between(95, 300) if choice == "more" else int(choice)
    return choice, minutes, moment + timedelta(minutes=minutes + chance.between(5, 50))


def contact(
    chance: Chance,
    lists: Lists,
    when: datetime,
    minutes_choice: str,
    minutes: int,
    *,
    ending: str,
    person: RecordId | None,
    human: Human | None,
) -> Answers:
    """Return the answers of one contact; naloxone is for ``with_naloxone`` to add."""
    reason = chance.of(_REASONS)
    answers = _scene(chance, when, reason, minutes_choice, minutes)
    if person is not None:
        answers["scene/person"] = person
    answers |= _result(chance, lists, ending)
    if not chance.yes(_PAGE_ONE_ONLY):
        answers |= _incident(chance, lists, when, reason, minutes)
        answers |= _response(chance)
        answers |= _person_seen(chance, human, when)
        answers |= _crisis(chance, answers, reason)
        answers |= _force_and_law(chance, answers, ending)
        answers |= _outcome(chance, when, ending, minutes)
    return answers


def with_naloxone(answers: Answers, *, doses: int, lot: RecordId, place: RecordId) -> Answers:
    """Return the contact with doses used out of a unit."""
    return answers | {
        "result/naloxone_given": "yes",
        "result/naloxone_doses": str(doses),
        "result/naloxone_from": place,
        "result/naloxone_lot": lot,
    }


def _scene(chance: Chance, when: datetime, reason: str, choice: str, minutes: int) -> Answers:
    answers = {
        "scene/when": text_of(when),
        "scene/where": chance.one(SPOTS),
        "scene/reason": reason if reason in _PLAIN_REASONS else "other",
        "scene/seen": "none" if chance.yes(0.06) else chance.some(_SEEN, 3),
        "scene/minutes_choice": choice,
        "scene/officers": str(chance.between(1, 2) if chance.yes(0.85) else chance.between(3, 5)),
    }
    if reason not in _PLAIN_REASONS:
        answers["scene/reason_detail"] = reason
    if choice == "more":
        answers["scene/minutes_typed"] = str(minutes)
    return answers


def _result(chance: Chance, lists: Lists, ending: str) -> Answers:
    forced = chance.yes(0.45 if ending in (*_HOLDS, "arrest") else 0.06)
    answers = {
        "result/weapon": chance.of(Odds(no=88, yes=9, unknown=3)),
        "result/injury_or_force": "yes" if forced else "no",
        "result/ending": _ENDING_OF[ending],
        "result/naloxone_given": "no",
        "result/follow_up": "no",
    }
    if _ENDING_OF[ending] not in ("care", "lead"):
        answers["result/ending_detail"] = ending
    if ending in _TAKEN_TO:
        answers["result/taken_to"] = lists.places[_TAKEN_TO[ending]]
    if ending == "diverted" or (ending not in _TAKEN_TO and chance.yes(0.07)):
        answers["result/follow_up"] = "yes"
        answers["result/ok_to_contact"] = chance.of(Odds(verbal=60, written=25, no=15))
        if chance.yes(0.4):
            answers["result/follow_up_note"] = "Asked for someone to talk to"
    return answers


def _incident(chance: Chance, lists: Lists, when: datetime, reason: str, minutes: int) -> Answers:
    origin = chance.of(_ORIGINS)
    dispatched = origin.startswith("dispatched")
    answers = {
        "incident/agency": lists.agencies["sheriff"],
        "incident/officer": lists.officer(chance, when.date()).record,
        "incident/county": SHORT_COUNTY,
        "incident/district": chance.one(TOWNS),
        "incident/place_type": chance.of(_PLACE_TYPES),
        "incident/origin": origin,
        "incident/call_type": reason if dispatched else "not_dispatched",
        "incident/incident_number": f"{when.year % 100}-{chance.between(1, 99999):06d}",
        "incident/cleared_at": text_of(when + timedelta(minutes=minutes)),
    }
    if dispatched:
        arrived_after = timedelta(minutes=chance.between(4, 35))
        answers["incident/dispatched_at"] = text_of(when - arrived_after)
        answers["incident/caller"] = chance.of(_CALLERS)
    if chance.yes(0.5):
        answers["incident/body_camera"] = "yes" if chance.yes(0.9) else "no"
    return answers


def _response(chance: Chance) -> Answers:
    requested, trained = chance.yes(0.42), chance.yes(0.62)
    sent = requested and chance.yes(0.85)
    arrived = trained or (sent and chance.yes(0.9))
    return {
        "cit_response/cit_requested": "yes" if requested else "no",
        "cit_response/cit_dispatched": "yes" if sent else "no",
        "cit_response/cit_arrived": "yes" if arrived else "no",
        "cit_response/reporting_cit": "yes" if trained else "no",
        "cit_response/clinicians": chance.some(_CLINICIANS, 2) if chance.yes(0.38) else "none",
    }


def _person_seen(chance: Chance, human: Human | None, when: datetime) -> Answers:
    return {
        "person_seen/age_band": (
            age_band(human.age(when.date())) if human is not None else chance.of(_BANDS)
        ),
        "person_seen/sex": human.sex if human is not None else chance.of(Odds(male=6, female=4)),
        "person_seen/race": human.race if human is not None else "unknown",
        "person_seen/veteran": chance.of(Odds(no=78, yes=8, unknown=14)),
        "person_seen/unhoused": chance.of(Odds(no=74, yes=20, unknown=6)),
        "person_seen/prior_contact": chance.of(_MET_BEFORE) if human is not None else "unknown",
    }


def _crisis(chance: Chance, before: Answers, reason: str) -> Answers:
    problem = chance.of(_PROBLEMS)
    using = problem in ("substance", "both")
    answers = {
        "crisis/main_problem": problem,
        "crisis/threatened_violence": chance.of(Odds(no=84, yes=12, unknown=4)),
        "crisis/substances": chance.some(_SUBSTANCES, 2) if using else "none",
        "crisis/deescalation": chance.some(_CALMING, 3),
    }
    if using:
        answers["crisis/substances_by"] = chance.some(Odds(observed=5, told=4, found=2), 2)
    if "suicidal" in before["scene/seen"].split() or reason == "suicide":
        answers["crisis/self_harm"] = chance.of(
            Odds(none=8, thoughts=42, threat=26, plan=12, attempt=12)
        )
    if before["result/weapon"] == "yes":
        answers["crisis/weapon_kind"] = chance.some(_WEAPONS, 1)
        answers["crisis/weapon_use"] = chance.of(Odds(displayed=30, used=6, access=44, secured=20))
    return answers


def _force_and_law(chance: Chance, before: Answers, ending: str) -> Answers:
    answers = {"force/handcuffed": "yes" if ending == "arrest" or chance.yes(0.1) else "no"}
    if before["result/injury_or_force"] == "yes":
        level = chance.of(_FORCE)
        answers |= {
            "force/force_level": level,
            "force/reportable_force": "no" if level in ("none", "verbal", "handcuffs") else "yes",
            "force/injury_person": chance.of(_INJURY),
            "force/injury_officer": chance.of(_SLIGHT),
            "force/injury_other": chance.of(_SLIGHT),
        }
    held_to_account = ending in ("arrest", "citation", "diverted")
    offence = "yes" if held_to_account else chance.of(Odds(no=80, yes=15, unknown=5))
    answers["law/offence"] = offence
    if offence == "yes":
        answers["law/offence_class"] = chance.of(
            Odds(misdemeanor=66, violation=14, felony=14, warrant=6)
        )
    if ending == "custody_order":
        answers["law/legal_paper"] = "petition_served"
    elif ending == "emergency_hold":
        answers["law/legal_paper"] = chance.of(
            Odds(emergency_certificate=70, examiner_initiated=30)
        )
    return answers


def _outcome(chance: Chance, when: datetime, ending: str, minutes: int) -> Answers:
    answers: Answers = {}
    if chance.yes(0.5):
        answers["outcome/secondary_actions"] = chance.some(_ALSO, 2)
    if ending in _REFERRED:
        answers["outcome/referred_to"] = _REFERRED[ending]
        answers["outcome/referral_accepted"] = (
            "accepted"
            if ending == "diverted"
            else chance.of(Odds(accepted=60, declined=22, pending=14, not_offered=4))
        )
    if ending in _TAKEN_TO:
        answers |= _transport(chance, when, ending, minutes)
    by = chance.of(Odds(none=58, cit_officer=16, case_manager=14, provider=8, family_call=4))
    answers["outcome/follow_up_by"] = by
    if by != "none" and chance.yes(0.7):
        answers["outcome/follow_up_due"] = day_of(when + timedelta(days=chance.between(2, 10)))
    if chance.yes(0.25):
        answers["outcome/narrative"] = chance.one(_NARRATIVES)
    return answers


def _transport(chance: Chance, when: datetime, ending: str, minutes: int) -> Answers:
    by = "ems" if ending == "medical_emergency" else chance.of(
        Odds(deputy=78, ems=12, contracted=6, family=4)
    )  # fmt: skip
    answers = {
        "outcome/transport_by": "deputy" if ending == "arrest" else by,
        "outcome/miles": str(chance.between(2, 48)),
        "outcome/left_scene_at": text_of(when + timedelta(minutes=minutes)),
    }
    if chance.yes(0.12):
        answers["outcome/facility_refused"] = "no" if chance.yes(0.7) else "yes"
        if answers["outcome/facility_refused"] == "yes":
            answers["outcome/refused_reason"] = chance.of(
                Odds(no_beds=6, medical_clearance=3, out_of_area=1)
            )
    return answers
