"""Answers of the care side's forms in the made-up county."""

from __future__ import annotations

from datetime import datetime, timedelta

from leadapp.core.ids import RecordId
from leadapp.services.demo.book import Answers
from leadapp.services.demo.chance import Chance, Odds
from leadapp.services.demo.moments import day_of, text_of
from leadapp.services.demo.names import SPOTS, Human
from leadapp.services.demo.shared_lists import Lists

EXITS = Odds(goals_met=34, own_choice=22, moved=18, could_not_reach=16, other_program=6,
             long_custody=4)  # fmt: skip
_HOUSING = Odds(street=24, shelter=14, someone_else=32, own=18, halfway_house=5, institution=4,
                residential_treatment=3)  # fmt: skip
_WORK = Odds(unemployed=62, part_time=14, full_time=9, disabled=12, retired=3)
_INCOME = Odds(none=40, wages=22, public_assistance=16, disability=16, other=6)
_INSURANCE = Odds(none=24, medicaid=52, medicare=6, private=6, va=2, pending=9, declined=1)
_TRANSPORT = Odds(none=40, rides=38, own_car=14, licence_only=8)
_NEEDS = Odds(
    food=20, clothing=12, housing=34, id_papers=18, income=20, employment=18, insurance=12,
    primary_care=12, substance_treatment=30, moud=12, mental_health=24, transport=30, phone=14,
    pending_case=14, fines=9, peer_support=8,
)  # fmt: skip
_BARRIERS = Odds(no_transport=36, cost=20, no_id=14, no_phone=14, waiting_list=12, mistrust=8,
                 no_insurance=12, child_care=4)  # fmt: skip
_OUD = Odds(diagnosed=26, screened_positive=14, self_reported=18, no=36, declined=4, unknown=2)
_KNOWN_OUD = ("diagnosed", "screened_positive", "self_reported")
_FIRST_WISHES = (
    "A dry place to sleep", "Get my ID back", "See my kids", "A phone that works",
    "Stay out of jail", "Get on the medicine", "Steady work", "My teeth fixed",
)  # fmt: skip
_BRIEF = (
    "Went to get state ID", "Talked about housing list", "Ride to the clinic", "Checked in by phone",
    "Filled benefits form", "Met at the library", "Left a message", "Court date reminder",
    "Dropped off a phone card", "Made a plan for the week",
)  # fmt: skip
_ACTIVITIES = Odds(
    planning=22, support=30, transport=22, documents=16, benefits=12, housing_search=14,
    coordination=20, accompaniment=9, advocacy=8, peer_support=8, job_help=6, outreach=14,
)  # fmt: skip
_WHERE = Odds(office=26, street=20, home=18, provider=12, public=12, court=6, treatment=3, jail=3)
_ALSO_WITH = Odds(family=3, provider=5, court=2)


def person(chance: Chance, human: Human, number: int) -> Answers:
    """Return a person in care."""
    answers = {
        "identity/last_name": human.last,
        "identity/first_name": human.first,
        "identity/birth_day": human.birth_day.isoformat(),
        "identity/client_number": f"L-{number:05d}",
        "identity/sex": human.sex,
        "identity/ethnicity": "hispanic" if human.race == "hispanic" else "not_hispanic",
        "identity/race": human.race if human.race != "hispanic" else "not_asked",
        "identity/veteran": chance.of(Odds(no=80, yes=7, not_asked=10, declined=3)),
        "reach/usual_places": chance.one(SPOTS),
    }
    if human.middle:
        answers["identity/middle_name"] = human.middle
    if human.nickname:
        answers["identity/nickname"] = human.nickname
    if human.phone:
        answers |= {"reach/phone": human.phone, "reach/message_safe": "yes"}
    return answers


def intake(chance: Chance, who: RecordId, referral: RecordId, at: datetime) -> Answers:
    """Return an intake done in one sitting; some stay unfinished, some are full at once."""
    today = day_of(at)
    answers = {
        "start/person": who,
        "start/referral": referral,
        "start/started_day": today,
        "daily/home/housing": chance.of(_HOUSING),
        "daily/income/employment": chance.of(_WORK),
        "daily/income/income_source": chance.of(_INCOME),
        "daily/income/insurance": chance.of(_INSURANCE),
        "daily/income/transport": chance.of(_TRANSPORT),
        "daily/income/needs": chance.some(_NEEDS, 5),
        "daily/income/barriers": "none" if chance.yes(0.08) else chance.some(_BARRIERS, 3),
        "health/crisis_now": chance.of(Odds(no=92, yes=5, declined=3)),
        "legal/warrants": chance.of(Odds(no=78, yes=14, unknown=8)),
        "legal/pending_case": chance.of(Odds(no=60, yes=34, unknown=6)),
        "goals/want_first": chance.one(_FIRST_WISHES),
    }
    answers |= _substance_use(chance, today)
    if chance.yes(0.93):
        answers["completion/minimum_day"] = today
        if chance.yes(0.35):
            answers["completion/full_day"] = today
    return answers


def _substance_use(chance: Chance, today: str) -> Answers:
    oud = chance.of(_OUD)
    answers = {
        "substance_use/oud": oud,
        "substance_use/opioids_now": chance.of(Odds(yes=70, no=26, declined=4))
        if oud in _KNOWN_OUD
        else "no",
        "substance_use/overdose_ever": chance.of(Odds(no=56, yes=38, declined=6)),
    }
    if oud in _KNOWN_OUD:
        answers["substance_use/oud_day"] = today
        answers["substance_use/moud"] = chance.of(
            Odds(none=60, buprenorphine=26, methadone=12, naltrexone=2)
        )
    if answers["substance_use/overdose_ever"] == "yes":
        year = chance.of(Odds(no=56, yes=44))
        answers["substance_use/overdose_year"] = year
        if year == "yes":
            answers["substance_use/overdose_month"] = chance.of(Odds(no=74, yes=26))
    return answers


def consent(chance: Chance, who: RecordId, lists: Lists, at: datetime) -> Answers:
    """Return a consent to share among the LEAD partners, signed at intake."""
    answers = {
        "consent_given/person": who,
        "consent_given/type": "lead_multiparty",
        "consent_given/discloser": "Alder County LEAD",
        "consent_given/purpose": "coordination",
        "signing/signed_day": day_of(at),
        "signing/way": "paper" if chance.yes(0.7) else "screen",
        "signing/capacity": "self",
        "signing/expires_kind": "date",
        "signing/expires_day": day_of(at + timedelta(days=365)),
        "signing/language": "english",
        "signing/copy_given": "yes",
        "signing/redisclosure_shown": "yes",
        "signing/revocation_explained": "yes",
        "signing/refusal_explained": "yes",
    }
    parties = (("sheriff", "sheriff", "status attendance"), ("prosecutor", "prosecutor", "status"))
    for number, (party, agency, categories) in enumerate(parties, 1):
        path = f"parties[p{number}]"
        answers |= {
            f"{path}/_order": str(number),
            f"{path}/party": party,
            f"{path}/agency": lists.agencies[agency],
            f"{path}/categories": categories,
        }
    return answers


def contact_note(
    chance: Chance, who: RecordId, when: datetime, *, made: bool, next_day: datetime | None
) -> Answers:
    """Return a contact, or a try at one."""
    mode = chance.of(Odds(in_person=52, phone=30, text=14, video=4) if made else Odds(
        in_person=18, phone=52, text=30
    ))  # fmt: skip
    answers = {
        "contact/person": who,
        "contact/when": text_of(when),
        "contact/minutes": str(5 * (chance.between(3, 18) if made else chance.between(1, 3))),
        "contact/made": "contact" if made else "attempted",
        "contact/mode": mode,
        "contact/with_whom": "participant",
        "contact/activities": chance.some(_ACTIVITIES, 3) if made else "outreach",
        "contact/brief": chance.one(_BRIEF) if made else "Left a message",
    }
    if mode == "in_person":
        answers["contact/contact_place"] = chance.of(_WHERE)
    if made and chance.yes(0.12):
        answers["contact/with_whom"] = f"participant {chance.of(_ALSO_WITH)}"
    if next_day is not None:
        answers["contact/next_day"] = day_of(next_day)
    if made and chance.yes(0.3):
        answers["costs/travel_minutes"] = str(5 * chance.between(2, 14))
    return answers


def status_change(
    chance: Chance, who: RecordId, name: str, at: datetime, last_contact: datetime
) -> Answers:
    """Return a change of someone's status."""
    answers = {
        "change/person": who,
        "change/status_day": day_of(at),
        "change/set_by": "staff",
        "change/status": name,
        "change/last_contact_day": day_of(last_contact),
    }
    if name in ("exited", "deceased"):
        answers["leaving/exit_kind"] = "died" if name == "deceased" else chance.of(EXITS)
        answers["leaving/still_open"] = chance.of(Odds(none=62, consent=22, court=16))
    if name == "exited":
        answers["leaving/door_open_told"] = "yes"
    return answers


def charge(
    who: RecordId, referral: RecordId, lists: Lists, arrested: datetime, at: datetime, of: Answers
) -> Answers:
    """Return the charge held back for an arrest-door referral."""
    path = "custody/offences[o1]"
    return {
        "charge/person": who,
        "charge/referral": referral,
        "charge/category": of[f"{path}/category"],
        "charge/charge_class": of[f"{path}/charge_class"],
        "charge/incident_number": of["opening/incident_number"],
        "prosecutor/office": lists.agencies["prosecutor"],
        "prosecutor/received_day": day_of(at),
        "prosecutor/decision": "accepts",
        "prosecutor/stage": "pre_filing",
        "prosecutor/condition": "minimum_intake",
        "prosecutor/due_day": day_of(arrested + timedelta(days=14)),
        "result/status": "held",
        "result/status_day": day_of(at),
    }
