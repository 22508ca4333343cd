"""What the LEAD office of the made-up county writes: people, their way, kits handed out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from leadapp.core.ids import RecordId
from leadapp.services import rules
from leadapp.services.demo import care, kits, referrals
from leadapp.services.demo.book import Answers
from leadapp.services.demo.chance import Odds
from leadapp.services.demo.moments import day_of, working
from leadapp.services.demo.names import Human
from leadapp.services.demo.stock import DOSES_PER_KIT
from leadapp.services.demo.world import World

_CARE, _REFER, _SUPPLY = "care", "refer", "supply"
_WAYS = Odds(enrolled=64, declined_by_person=9, unable_to_locate=8, ineligible=7, waitlisted=7,
             outreach=5)  # fmt: skip
_STRANGERS = 0.3
"""Officers' referrals that end at the door, for each person who comes into care."""
_CONSENTS, _FULL_LATER = 0.86, 0.6
_STILL_OPEN, _GIVEN_UP = frozenset({"waitlisted", "outreach"}), "unable_to_locate"
"""Nobody waits for ever: in the end they are found or looked for no longer."""
_SETTINGS = Odds(lead_cit=34, jail_release=22, jail_lobby=18, event=14, post_overdose=8, court=4)


@dataclass(slots=True)
class _Life:
    """One person's way through the program."""

    human: Human
    door: str
    referral: RecordId
    referred: Answers
    when: datetime
    person: RecordId
    notes_left: int = 0
    last_contact: datetime | None = None


class CareSide:
    """The LEAD office at work."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._numbers = 0

    def referral(self, when: datetime) -> None:
        """Refer someone who will be known to the program."""
        world, chance = self._world, self._world.chance
        human, door = Human(chance, when.date()), chance.of(referrals.DOORS)
        written = when + timedelta(minutes=chance.between(20, 70))
        if door == referrals.COMMUNITY:
            answers = referrals.by_community(chance, when, human)
            author = world.of("casemanager", "coordinator", 0.3)
            record = world.book.save("lead_referral", _CARE, answers, author=author, at=written)
        else:
            screening = "needs_prosecutor" if chance.yes(0.06) else "eligible"
            answers = referrals.by_officer(
                chance, world.lists, when, door, human, screening=screening
            )
            author = world.of("deputy", "supervisor", 0.15)
            record = world.book.save("lead_referral", _REFER, answers, author=author, at=written)
        reached = min(written + timedelta(hours=chance.between(1, 40)), world.end)
        reached = max(written, working(reached, chance))
        latest = world.end - timedelta(minutes=1)
        life = _Life(human, door, record, answers, when, RecordId(chance.fresh_id()))
        world.agenda.put(min(reached, latest), lambda now: self._reached(life, now))
        if door != referrals.COMMUNITY and chance.yes(_STRANGERS):
            self._at_the_door(when + timedelta(hours=chance.between(1, 30)))

    def hand_out(self, at: datetime) -> None:
        """Hand out kits in the office or the jail lobby."""
        world, chance = self._world, self._world.chance
        setting = chance.of(_SETTINGS)
        at_jail = setting.startswith("jail")
        giver = (
            "machine" if setting == "jail_lobby" else "jail_staff" if at_jail else "case_manager"
        )
        name, agency = ("lobby", "jail") if at_jail else ("office", "lead")
        number = chance.between(4, 20) if setting == "event" else chance.between(1, 3)
        lot = world.stock.take(name, number * DOSES_PER_KIT, at)
        answers = kits.given(
            chance, at, kits=number, lot=lot, product=world.stock.product(lot),
            place=world.stock.place(name), setting=setting, giver=giver,
            agency=world.lists.agencies[agency], order=world.stock.order,
        )  # fmt: skip
        author = world.of("casemanager", "coordinator", 0.4)
        record = world.book.save("naloxone_given", _SUPPLY, answers, author=author, at=at)
        known = rules.Known(books=world.stock.books)
        plans = world.book.made_beside(
            "naloxone_given", record, answers, known, author=author, at=at
        )
        world.stock.note(plans)

    def told(self, at: datetime) -> None:
        """Write down what EMS or a neighbor reported."""
        world, chance = self._world, self._world.chance
        if chance.yes(0.5):
            answers = kits.used_by_ems(chance, world.lists, at)
        else:
            answers = kits.used_by_neighbor(chance, at)
        author = world.of("casemanager", "coordinator", 0.4)
        world.book.save("naloxone_used", _SUPPLY, answers, author=author, at=at)

    # -- the way of one person -------------------------------------------------------------------

    def _at_the_door(self, when: datetime) -> None:
        """Plan a referral that goes no further: not eligible, declined, undecided."""
        if when < self._world.end - timedelta(hours=2):
            self._world.agenda.put(when, self._turned_away)

    def _turned_away(self, when: datetime) -> None:
        world, chance = self._world, self._world.chance
        door = chance.of(Odds(arrest=1, social=1))
        screening = "ineligible" if chance.yes(0.35) else "eligible"
        offer = chance.of(Odds(declined=70, undecided=30))
        answers = referrals.by_officer(
            chance, world.lists, when, door, Human(chance, when.date()), screening=screening,
            offer=offer,
        )  # fmt: skip
        at = when + timedelta(minutes=chance.between(20, 70))
        author = world.of("deputy", "supervisor", 0.15)
        record = world.book.save("lead_referral", _REFER, answers, author=author, at=at)
        name = "ineligible" if screening == "ineligible" else "declined_by_person"
        undecided = screening != "ineligible" and offer == "undecided"
        days = chance.between(10, 30) if undecided else 2
        later = max(at, working(at + timedelta(days=days), chance))
        world.agenda.put(
            later, lambda now: self._status(record, now, name, None, screening=screening)
        )

    def _reached(self, life: _Life, at: datetime) -> None:
        """Meet them, and go their way."""
        world, chance = self._world, self._world.chance
        self._numbers += 1
        answers = care.person(chance, life.human, self._numbers)
        author = world.of("casemanager", "coordinator", 0.2)
        world.book.save("person_care", _CARE, answers, author=author, at=at, record=life.person)
        world.counted()
        if life.door == referrals.ARREST:
            self._charge(life, at)
        way = chance.of(_WAYS)
        if way == "enrolled":
            waited = chance.between(1, 9) if chance.yes(0.8) else chance.between(10, 24)
            intake_at = max(at, working(life.when + timedelta(days=waited), chance))
            world.agenda.put(intake_at, lambda now: self._intake(life, now))
            return
        screening = "ineligible" if way == "ineligible" else "eligible"
        later = max(at, working(at + timedelta(days=chance.between(1, 12)), chance))
        world.agenda.put(
            later, lambda now: self._status(life.referral, now, way, life, screening=screening)
        )
        if way in _STILL_OPEN:
            given_up = max(later, working(later + timedelta(days=chance.between(20, 45)), chance))
            world.agenda.put(
                given_up,
                lambda now: self._status(life.referral, now, _GIVEN_UP, life, screening=screening),
            )

    def _status(
        self, referral: RecordId, at: datetime, name: str, life: _Life | None, *, screening: str
    ) -> None:
        world, chance = self._world, self._world.chance
        answers = referrals.status(
            referral, at, name, chance,
            person=life.person if life else None,
            screening=screening,
            first_contact=life.last_contact if life else None,
        )  # fmt: skip
        author = world.of("casemanager", "coordinator", 0.35)
        world.book.save("referral_status", _CARE, answers, author=author, at=at)

    def _intake(self, life: _Life, at: datetime) -> None:
        world, chance = self._world, self._world.chance
        life.last_contact = at
        author = world.of("casemanager", "coordinator", 0.12)
        answers = care.intake(chance, life.person, life.referral, at)
        record = world.book.save("lead_intake", _CARE, answers, author=author, at=at)
        world.book.made_beside(
            "lead_intake", record, answers, rules.Known(history=()), author=author, at=at
        )
        self._status(life.referral, at, "enrolled", life, screening="eligible")
        if chance.yes(_CONSENTS):
            paper = care.consent(chance, life.person, world.lists, at)
            world.book.save("consent", _CARE, paper, author=author, at=at)
        if "completion/minimum_day" not in answers:
            return
        if "completion/full_day" not in answers and chance.yes(_FULL_LATER):
            full = working(at + timedelta(days=chance.between(7, 30)), chance)
            world.agenda.put(max(at, full), lambda now: self._full(record, now))
        life.notes_left = chance.between(1, 9)
        self._next_note(life, at)

    def _full(self, record: RecordId, at: datetime) -> None:
        world = self._world
        changed = {"completion/full_day": day_of(at)}
        author = world.users["casemanager"]
        world.book.correct("lead_intake", _CARE, record, changed, author=author, at=at)

    def _next_note(self, life: _Life, at: datetime) -> None:
        days = self._world.chance.between(3, 24)
        when = max(at, working(at + timedelta(days=days), self._world.chance))
        self._world.agenda.put(when, lambda now: self._note(life, now))

    def _note(self, life: _Life, at: datetime) -> None:
        world, chance = self._world, self._world.chance
        made = chance.yes(0.78)
        more = life.notes_left > 1
        next_day = at + timedelta(days=chance.between(5, 14)) if more and chance.yes(0.6) else None
        when = at - timedelta(minutes=chance.between(10, 90))
        answers = care.contact_note(chance, life.person, when, made=made, next_day=next_day)
        author = world.of("casemanager", "coordinator", 0.15)
        world.book.save("contact_note", _CARE, answers, author=author, at=at)
        if made:
            life.last_contact = at
        life.notes_left -= 1
        if life.notes_left > 0:
            self._next_note(life, at)
        else:
            self._drift(life, at)

    def _drift(self, life: _Life, at: datetime) -> None:
        """After the last contact some leave, some are lost sight of, some just stay."""
        chance = self._world.chance
        way = chance.of(Odds(stay=34, inactive=34, exited=29, deceased=1.5, institution=1.5))
        if way == "stay":
            life.notes_left = chance.between(2, 6)
            self._next_note(life, at)
            return
        days = 31 if way == "inactive" else chance.between(5, 40)
        self._change_later(life, at, days, way)

    def _change_later(self, life: _Life, at: datetime, days: int, name: str) -> None:
        when = max(at, working(at + timedelta(days=days), self._world.chance))
        self._world.agenda.put(when, lambda now: self._change(life, now, name))

    def _change(self, life: _Life, at: datetime, name: str) -> None:
        world, chance = self._world, self._world.chance
        seen = life.last_contact or at
        answers = care.status_change(chance, life.person, name, at, seen)
        author = world.of("casemanager", "coordinator", 0.3)
        world.book.save("episode_status", _CARE, answers, author=author, at=at)
        if name == "inactive":
            if chance.yes(0.4):
                self._change_later(life, at, chance.between(5, 45), "active")
            else:
                self._change_later(life, at, 60, "in_the_wind")
        elif name == "in_the_wind" and chance.yes(0.35):
            self._change_later(life, at, chance.between(20, 60), "exited")

    def _charge(self, life: _Life, at: datetime) -> None:
        world, chance = self._world, self._world.chance
        answers = care.charge(life.person, life.referral, world.lists, life.when, at, life.referred)
        author = world.users["casemanager"]
        record = world.book.save("diverted_charge", _CARE, answers, author=author, at=at)
        decided = max(at, working(life.when + timedelta(days=chance.between(16, 70)), chance))
        world.agenda.put(decided, lambda now: self._decided(life, record, now))

    def _decided(self, life: _Life, charge: RecordId, at: datetime) -> None:
        world, chance = self._world, self._world.chance
        if life.last_contact is not None:
            status = chance.of(Odds(not_filed_intake_done=86, not_filed_other=6, held=8))
        else:
            status = chance.of(Odds(filed_no_intake=58, held=30, filed_other=12))
        if status == "held":
            return
        changed = {"result/status": status, "result/status_day": day_of(at)}
        world.book.correct(
            "diverted_charge", _CARE, charge, changed, author=world.users["casemanager"], at=at
        )
