"""Makes the made-up county: set up, then lived month by month, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from leadapp.core.clock import Clock, SteppingClock
from leadapp.core.errors import Refusal
from leadapp.services.demo import contacts, drafts
from leadapp.services.demo.agenda import Agenda
from leadapp.services.demo.book import Book, Watch
from leadapp.services.demo.care_side import CareSide
from leadapp.services.demo.chance import Chance
from leadapp.services.demo.founding import Program, found, keep_passwords
from leadapp.services.demo.law_side import LawSide
from leadapp.services.demo.moments import Month, months_before, working
from leadapp.services.demo.names import COUNTY
from leadapp.services.demo.shared_lists import write_lists
from leadapp.services.demo.stock import Stock
from leadapp.services.demo.world import World
from leadapp.services.desk import Desk
from leadapp.vault.derivation import Cost

UNFINISHED = "unfinished-demo"
_IN_CARE = 0.45
"""Of all people, those in care; the others are known to the sheriff's office."""
_SET_UP_BEFORE = timedelta(hours=16)
_USED, _LEFT_BEHIND, _HANDED_OUT, _TOLD = 0.012, 0.03, 0.045, 0.015
"""Naloxone for each contact: used without one, left behind, handed out, told of."""
_LEAST_A_MONTH = 2
_WRITTEN_UP_IN = timedelta(hours=8)
"""By then everything that happened is written: nothing is left over for the month after."""
_RECEIPT = 0.5
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the county is: people on both sides, contacts, months, and its seed."""

    people: int = 120
    contacts: int = 600
    months: int = 14
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: the county's name, how many records, and its last day."""

    county: str
    records: int
    until: str


def make(
    folder: Path,
    plan: Plan,
    *,
    clock: Clock,
    progress: Told | None = None,
    cost: Cost | None = None,
    anchors: Path | None = None,
    cache: Path | None = None,
    watch: Watch | None = None,
) -> Made:
    """Make the county in a new folder. Any lane; nothing else may use the folder meanwhile.

    Cut off, it leaves a folder that is refused the next time. ``cost`` is what each password
    costs, ``anchors`` and ``cache`` where a test keeps what lies outside the folder.
    """
    _check(folder)
    now = clock.now()
    months = months_before(now.date(), plan.months, now.tzinfo)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / UNFINISHED).write_bytes(b"")
    stepping = SteppingClock(months[0].start - _SET_UP_BEFORE)
    program = Program(folder, stepping, anchors, cache, cost)
    found(program)
    with program.desk("coordinator") as desk:
        records = _live(desk, program, plan, months, progress or _silent, watch)
    _leave_drafts(program, months[-1].end)
    keep_passwords(program)
    (folder / UNFINISHED).unlink()
    return Made(COUNTY, records, (months[-1].end - timedelta(days=1)).date().isoformat())


def _check(folder: Path) -> None:
    if (folder / UNFINISHED).exists():
        raise Refusal("services.demo_unfinished", folder=str(folder))
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refusal("services.demo_folder_not_empty", folder=str(folder))


def _silent(*_: object) -> None:
    """Say nothing."""


def _live(
    desk: Desk,
    program: Program,
    plan: Plan,
    months: list[Month],
    progress: Told,
    watch: Watch | None,
) -> int:
    """Live through the months; return how many entries were written."""
    chance, end = Chance(plan.seed), months[-1].end
    book = Book(desk, chance, watch)
    world = _world(program, plan, book, chance, months)
    world.counted = _counter(progress, plan.people + plan.contacts)
    law, care = LawSide(world), CareSide(world)
    shares = list(_shares(plan, months, chance))
    for month, share in zip(months, shares, strict=True):
        _plan_month(world, law, care, month, share, last=month.end == end)
        world.agenda.run(month.end)
    book.flush()
    program.clock.set(end - timedelta(minutes=1))
    return book.written


def _world(program: Program, plan: Plan, book: Book, chance: Chance, months: list[Month]) -> World:
    end, opened = months[-1].end, program.clock.now()
    coordinator = program.users["coordinator"]
    lists = write_lists(
        book, chance, author=coordinator, at=opened, end=end, deputy=program.users["deputy"]
    )
    receipt = max(120, round(plan.contacts / plan.months * _RECEIPT))
    stock = Stock(
        book, chance, lists.places, author=coordinator, second=program.users["casemanager"],
        receipt=receipt,
    )  # fmt: skip
    stock.open(opened, end.date() - timedelta(days=1), long_enough=len(months) > 1)
    return World(chance, Agenda(end), book, lists, stock, program.users, end)


@dataclass(frozen=True, slots=True)
class _Share:
    """What one month brings."""

    contacts: int
    law_people: int
    care_people: int


def _shares(plan: Plan, months: list[Month], chance: Chance) -> Iterator[_Share]:
    """Share everything among the months by season and luck, to the last one."""
    in_care = round(plan.people * _IN_CARE)
    left = [plan.contacts, plan.people - in_care, in_care]
    weights = [chance.about(month.season) for month in months]
    for place, weight in enumerate(weights):
        taken = [round(number * weight / sum(weights[place:])) for number in left]
        left = [number - some for number, some in zip(left, taken, strict=True)]
        yield _Share(*taken)


def _plan_month(
    world: World, law: LawSide, care: CareSide, month: Month, share: _Share, *, last: bool
) -> None:
    chance, agenda = world.chance, world.agenda
    until = month.end - _WRITTEN_UP_IN if last else month.end
    for _ in range(share.law_people):
        agenda.put(_moment(month, chance, until), law.person)
    for _ in range(share.contacts):
        when = _moment(month, chance, until)
        choice, minutes, at = contacts.when_and_end(chance, when)
        agenda.put(at, _contact(law, when, choice, minutes))
    for _ in range(share.care_people):
        agenda.put(_moment(month, chance, until), care.referral)
    for number, act in (
        (_USED, law.use),
        (_LEFT_BEHIND, law.leave_behind),
    ):
        for _ in range(_times(share, number)):
            agenda.put(_moment(month, chance, until), act)
    for number, act in ((_HANDED_OUT, care.hand_out), (_TOLD, care.told)):
        for _ in range(_times(share, number)):
            agenda.put(month.in_the_office(chance), act)
    _plan_stock(world, month, last=last)


def _moment(month: Month, chance: Chance, until: datetime) -> datetime:
    """Return a moment of the month before ``until``."""
    while True:
        moment = month.around_the_clock(chance)
        if moment < until:
            return moment


def _plan_stock(world: World, month: Month, *, last: bool) -> None:
    """Look at the shelves: what expired, and now and then a loss, a count, a training."""
    chance, agenda, stock = world.chance, world.agenda, world.stock
    agenda.put(month.start + timedelta(hours=9), stock.expire)
    quarter = month.start.month % 3
    act = (stock.count, stock.damage, stock.train)[quarter]
    agenda.put(working(month.start + timedelta(days=12), chance), act)
    if last:
        agenda.put(working(month.start + timedelta(days=19), chance), stock.count)
        agenda.put(working(month.start + timedelta(days=21), chance), stock.lose)


def _times(share: _Share, number: float) -> int:
    return max(_LEAST_A_MONTH, round(share.contacts * number))


def _contact(law: LawSide, when: datetime, choice: str, minutes: int) -> Callable[[datetime], None]:
    return lambda at: law.contact(when, choice, minutes, at)


def _counter(progress: Told, total: int) -> Callable[[], None]:
    done = 0

    def counted() -> None:
        nonlocal done
        done += 1
        if done % 100 == 0 or done == total:
            progress("Contacts and people", done, total)

    return counted


def _leave_drafts(program: Program, end: datetime) -> None:
    program.clock.set(end - timedelta(hours=2))
    with program.desk("casemanager") as desk:
        drafts.leave_intake(desk)
    program.clock.set(end - timedelta(hours=1))
    with program.desk("deputy") as desk:
        drafts.leave_contact(desk)
