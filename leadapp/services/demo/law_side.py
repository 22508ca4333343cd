"""What the deputies of the made-up county write: people, contacts, naloxone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from leadapp.core.ids import RecordId, UserId
from leadapp.naloxone.movements import movement_from
from leadapp.services import rules
from leadapp.services.demo import contacts, kits
from leadapp.services.demo.book import Answers
from leadapp.services.demo.chance import Odds
from leadapp.services.demo.moments import day_of
from leadapp.services.demo.names import SPOTS, Human, address
from leadapp.services.demo.shared_lists import UNITS
from leadapp.services.demo.stock import DOSES_PER_KIT
from leadapp.services.demo.world import World

_LAW, _SHARED = "law", "shared"
_CONTACT, _USED, _GIVEN, _PERSON = "cit_contact", "naloxone_used", "naloxone_given", "person_law"
_KNOWN_PERSON = 0.82
_USED_EVERY, _CORRECTED_EVERY, _VOIDED_EVERY, _DOSES_CORRECTED_EVERY = 28, 60, 130, 4
"""Of so many contacts one; counted, not drawn, so that a small county has each of them."""
_ALSO_REPORTED = 0.6
_REASONS = ("Typed the wrong number of officers", "Count was checked with the log")


class LawSide:
    """The sheriff's office at work."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._known: list[tuple[RecordId, Human]] = []
        self._new: list[tuple[RecordId, Human]] = []
        self._endings = list(contacts.ENDINGS.names)
        """Each comes up once at the start, so that even a small county has them all."""
        self._contacts = self._uses = 0

    def person(self, at: datetime) -> None:
        """Meet someone for the first time."""
        world, chance = self._world, self._world.chance
        human = Human(chance, at.date())
        answers = {
            "identity/last_name": human.last,
            "identity/first_name": human.first,
            "identity/sex": human.sex,
            "identity/race": human.race,
            "reach/address": address(chance),
        }
        if human.middle:
            answers["identity/middle_name"] = human.middle
        if human.nickname:
            answers["identity/nickname"] = human.nickname
        if chance.yes(0.88):
            answers["identity/birth_day"] = human.birth_day.isoformat()
        else:
            answers["identity/birth_year"] = str(human.birth_day.year)
        if human.phone:
            answers["reach/phone"] = human.phone
        if chance.yes(0.3):
            answers["reach/usual_places"] = chance.one(SPOTS)
        record = world.book.save(_PERSON, _LAW, answers, author=self._author(), at=at)
        self._known.append((record, human))
        self._new.append((record, human))
        world.counted()

    def contact(self, when: datetime, choice: str, minutes: int, at: datetime) -> None:
        """Write up one crisis contact."""
        world, chance = self._world, self._world.chance
        person, human = self._whom()
        ending = self._endings.pop() if self._endings else chance.of(contacts.ENDINGS)
        answers = contacts.contact(
            chance, world.lists, when, choice, minutes, ending=ending, person=person, human=human
        )
        self._contacts += 1
        author, used = self._author(), self._contacts % _USED_EVERY == _USED_EVERY // 2
        unit = chance.one(UNITS)
        if used:
            doses = self._doses()
            lot = world.stock.take(unit, doses, when)
            place = world.stock.place(unit)
            answers = contacts.with_naloxone(answers, doses=doses, lot=lot, place=place)
        record = world.book.save(_CONTACT, _LAW, answers, author=author, at=at)
        if used:
            self._move(_CONTACT, record, answers, author, at)
            if chance.yes(_ALSO_REPORTED):
                self._used(when, at, unit, lot, doses, on_contact=True)
        self._later(record, answers, author, at)
        world.counted()

    def use(self, at: datetime) -> None:
        """Use naloxone without a crisis contact."""
        chance = self._world.chance
        unit, doses = chance.one(UNITS), self._doses()
        lot = self._world.stock.take(unit, doses, at)
        self._used(at, at + timedelta(minutes=45), unit, lot, doses, on_contact=False)

    def leave_behind(self, at: datetime) -> None:
        """Leave a kit with someone, or offer one."""
        world, chance = self._world, self._world.chance
        setting = chance.of(Odds(leave_behind=70, law_contact=30))
        author = self._author()
        if chance.yes(0.15):
            answers = kits.declined(chance, at, setting=setting, giver="deputy")
            world.book.save(_GIVEN, _LAW, answers, author=author, at=at)
            return
        unit = chance.one(UNITS)
        number = 2 if chance.yes(0.15) else 1
        lot = world.stock.take(unit, number * DOSES_PER_KIT, at)
        answers = kits.given(
            chance, at, kits=number, lot=lot, product=world.stock.product(lot),
            place=world.stock.place(unit), setting=setting, giver="deputy",
            agency=world.lists.agencies["sheriff"], order=world.stock.order,
        )  # fmt: skip
        record = world.book.save(_GIVEN, _LAW, answers, author=author, at=at)
        self._move(_GIVEN, record, answers, author, at)

    # -- parts -----------------------------------------------------------------------------------

    def _author(self) -> UserId:
        return self._world.of("deputy", "supervisor", 0.12)

    def _doses(self) -> int:
        return 2 if self._world.chance.yes(0.3) else 1

    def _whom(self) -> tuple[RecordId | None, Human | None]:
        """Return someone known: who was just met, or one of those who are met again and again."""
        chance = self._world.chance
        if not self._known or not chance.yes(_KNOWN_PERSON):
            return None, None
        return self._new.pop() if self._new else chance.early(self._known)

    def _used(
        self,
        when: datetime,
        at: datetime,
        unit: str,
        lot: RecordId,
        doses: int,
        *,
        on_contact: bool,
    ) -> None:
        world, chance = self._world, self._world.chance
        answers = kits.used_by_law(
            chance, world.lists, when, doses=doses, lot=lot, product=world.stock.product(lot),
            place=world.stock.place(unit), on_contact=on_contact,
        )  # fmt: skip
        author = self._author()
        record = world.book.save(_USED, _LAW, answers, author=author, at=at)
        self._move(_USED, record, answers, author, at)

    def _move(
        self, form: str, record: RecordId, answers: Answers, author: UserId, at: datetime
    ) -> None:
        world = self._world
        known = rules.Known(books=world.stock.books)
        plans = world.book.made_beside(form, record, answers, known, author=author, at=at)
        world.stock.note(plans)

    def _later(self, record: RecordId, answers: Answers, author: UserId, at: datetime) -> None:
        """Sometimes a contact turns out to be wrong, or to be one that was written already."""
        chance, agenda = self._world.chance, self._world.agenda
        after = at + timedelta(hours=chance.between(8, 60))
        if answers["result/naloxone_given"] == "yes":
            self._uses += 1
            if self._uses % _DOSES_CORRECTED_EVERY == 1:
                agenda.put(after, lambda now: self._correct_doses(record, answers, author, now))
        elif self._contacts % _CORRECTED_EVERY == _CORRECTED_EVERY // 2:
            agenda.put(after, lambda now: self._correct_officers(record, answers, author, now))
        elif self._contacts % _VOIDED_EVERY == _VOIDED_EVERY // 2:
            agenda.put(after, lambda now: self._void(record, now))

    def _correct_officers(
        self, record: RecordId, answers: Answers, author: UserId, at: datetime
    ) -> None:
        changed = {"scene/officers": str(int(answers["scene/officers"]) + 1)}
        self._world.book.correct(
            _CONTACT, _LAW, record, changed, author=author, at=at, reason=_REASONS[0]
        )

    def _correct_doses(
        self, record: RecordId, answers: Answers, author: UserId, at: datetime
    ) -> None:
        """One dose more or less: the movement is reversed and replaced, as the rules say."""
        world = self._world
        doses = 3 - int(answers["result/naloxone_doses"])
        corrected = answers | {"result/naloxone_doses": str(doses)}
        lot, place = answers["result/naloxone_lot"], answers["result/naloxone_from"]
        if doses > 1 and world.stock.books.get((RecordId(lot), place), 0) < 1:
            return
        kind, before = world.book.seen(_CONTACT, record, answers, at)
        (made,) = rules.companions(kind, before, rules.Known(books={(RecordId(lot), place): doses}))
        movement = replace(
            movement_from(made.record, {**made.answers, "lot_id": lot}), doses=3 - doses
        )
        known = rules.Known(books={(RecordId(lot), place): doses}, made={made.record: movement})
        _, after = world.book.seen(_CONTACT, record, corrected, at)
        plans = rules.corrections(kind, after, known, day=day_of(at))
        world.book.correct(
            _CONTACT, _LAW, record, {"result/naloxone_doses": str(doses)},
            author=author, at=at, reason=_REASONS[1],
        )  # fmt: skip
        world.stock.note(world.book.companions(plans, author=author, at=at))

    def _void(self, record: RecordId, at: datetime) -> None:
        supervisor = self._world.users["supervisor"]
        self._world.book.void(
            _CONTACT, _LAW, record, author=supervisor, at=at, reason="Written twice"
        )
