"""A program at work, to be killed: it types into real forms, keeps drafts and saves.

It runs in a process of its own and tells what it does through a pipe, each line before or
right after it happened, as its name says. Everything goes through the services the window
uses; the draft is kept at the window's pace, on a thread of its own.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from leadapp.core.ids import DraftId, RecordId
from leadapp.services import filling
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Filling
from tests.faults.county import BOTH, NOW, County, Stocked

WAIT = 0.5
"""How long a burst of keys waits before the draft is kept, as in the window."""
KEY_SECONDS = 0.004
SHORT, LONG = 30, 250
"""Words typed into a form before it is finished: some are done before the draft is ever kept."""
FORMS = ("cit_contact", "lead_intake")
TEXT = {"cit_contact": "outcome/narrative", "lead_intake": "goals/want_first"}
"""The question that is typed into."""


class RunningClock:
    """The county's day, running on: it began at ``began`` on the computer's clock."""

    def __init__(self, began: float) -> None:
        self._began = began

    def now(self) -> datetime:
        """Return the present moment."""
        return NOW + timedelta(seconds=time.time() - self._began)


@dataclass(frozen=True, slots=True)
class Orders:
    """What a typist is started with. ``drafts`` and ``records`` are to be looked up first."""

    root: Path
    stocked: Stocked
    began: float
    number: int
    drafts: tuple[str, ...] = ()
    records: tuple[str, ...] = ()


@dataclass(slots=True)
class Typist:
    """Sits at the desk and types until it is killed."""

    desk: Desk
    orders: Orders
    pipe: Connection
    lane: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    keeping: Future[None] | None = None
    unkept_since: float = 0.0
    filled: int = 0

    def tell(self, *what: object) -> None:
        """Tell whoever watches, at once."""
        self.pipe.send((*what, time.time()))

    def look(self) -> None:
        """Tell how much of each draft and record asked for is there."""
        for name in self.orders.drafts:
            draft = self.desk.drafts.load(DraftId(name))
            kept = count_words(draft.answers) if draft else 0
            self.tell("draft", name, max(kept, words_of(self.desk, name)))
        for name in self.orders.records:
            self.tell("record", name, words_of(self.desk, name))
        self.tell("looked")

    def work(self) -> None:
        """Go on with what was left, then with new forms, without end."""
        for draft in self.desk.drafts.mine(self.desk.user):
            stored = self.desk.reader.record(draft.ring, draft.record)
            lookup = self.desk.lookup(family_of(draft.ring))
            self.fill(filling.resume(self.desk, draft, lookup=lookup, stored=stored))
        number = self.filled = self.orders.number
        while True:
            self.fill(self.begin(FORMS[number % len(FORMS)]))
            number += 1

    def begin(self, form: str) -> Filling:
        """Start a form with all it needs but the words."""
        family = "law" if form == "cit_contact" else "care"
        begun = filling.begin(self.desk, form, lookup=self.desk.lookup(family))
        answers = answers_of(form, self.orders.stocked)
        if form == "lead_intake":
            answers["person"] = self.new_person()
        filling.put_answers(self.desk, begun, answers)
        return begun

    def new_person(self) -> RecordId:
        """Write somebody new in care: an episode is opened once a person."""
        name = {"last_name": "Osgood", "first_name": "Terri", "sex": "female"}
        return filling.submit(self.desk, "person_care", name).record

    def fill(self, one: Filling) -> None:
        """Type into a form word by word, keeping the draft as the window does; finish it."""
        key = TEXT[one.source.form]
        self.filled += 1
        enough = LONG if self.filled % 3 == 0 else SHORT
        typed = count_words(one.session.draft())
        text = one.session.value(key)
        self.tell("begun", one.draft)
        while enough > 0:
            enough -= 1
            typed += 1
            text = f"{text} word{typed}".strip()
            one.session.set_answer(key, text)
            self.tell("typed", one.draft, typed)
            self.keep(one)
            time.sleep(KEY_SECONDS)
        self.finish(one, typed)

    def keep(self, one: Filling) -> None:
        """Keep the draft when the first unkept key is old enough and no saving is under way."""
        now = time.monotonic()
        self.unkept_since = self.unkept_since or now
        busy = self.keeping is not None and not self.keeping.done()
        if now - self.unkept_since < WAIT or busy:
            return
        self.settle()
        self.unkept_since = 0.0
        self.keeping = self.lane.submit(filling.keep, self.desk, filling.as_draft(self.desk, one))

    def settle(self) -> None:
        """Wait until the draft is kept; what went wrong there goes wrong here."""
        if self.keeping is not None:
            self.keeping.result()
            self.keeping = None

    def finish(self, one: Filling, typed: int) -> None:
        """Finish a form; say so only when the save has returned."""
        result = filling.ready(self.desk, one)
        assert not isinstance(result, list), [problem.code for problem in result]
        known = filling.gather(self.desk, one, result)
        self.tell("saving", one.record)
        saved = filling.save(self.desk, one, result, known)
        self.tell("saved", one.record, typed, saved.companions)
        self.settle()
        self.unkept_since = 0.0
        self.lane.submit(self.desk.drafts.finish, one.draft).result()


def work(orders: Orders, pipe: Connection) -> None:
    """Unlock, look, and type until killed: what the process runs."""
    desk = County(orders.root).sit(BOTH, RunningClock(orders.began))
    typist = Typist(desk, orders, pipe)
    typist.tell("open")
    typist.look()
    typist.work()


def words_of(desk: Desk, record: str) -> int:
    """Return how many words a finished record holds; -1 where there is none."""
    stored = desk.reader.find(RecordId(record))
    return -1 if stored is None else count_words(stored.answers)


def count_words(answers: Mapping[str, str]) -> int:
    """Return how many words in a row are there, counted from the first: none may be missing."""
    said = next((answers[key] for key in TEXT.values() if answers.get(key)), "")
    words = said.split()
    return len(words) if words == [f"word{n + 1}" for n in range(len(words))] else -1


def answers_of(form: str, stocked: Stocked) -> dict[str, str]:
    day = (NOW - timedelta(days=2)).isoformat(timespec="milliseconds")
    if form == "cit_contact":
        return {
            "when": day,
            "where": "Hwy 12 pullout",
            "reason": "welfare_check",
            "seen": "none",
            "officers": "1",
            "minutes_choice": "30",
            "weapon": "no",
            "injury_or_force": "no",
            "ending": "scene",
            "ending_detail": "resolved_on_scene",
            "naloxone_given": "yes",
            "naloxone_doses": "1",
            "naloxone_from": stocked.place,
            "naloxone_lot": stocked.lot,
            "follow_up": "no",
        }
    return {
        "started_day": "2026-11-10",
        "housing": "street",
        "employment": "unemployed",
        "income_source": "none",
        "insurance": "none",
        "transport": "none",
        "needs": "food housing",
        "barriers": "no_id",
        "opioids_now": "yes",
        "oud": "unknown",
        "overdose_ever": "declined",
        "crisis_now": "no",
        "warrants": "no",
        "pending_case": "no",
        "minimum_day": "2026-11-10",
    }
