"""What is new for the person at this desk: due work, drafts, contacts, stock, what is only here.

Each part is asked for by itself, so that a page can show what has come. All but
``my_drafts`` (drafts lane) are on the reader lane. Words are put to it by who shows it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any  # rows of the engine

from leadapp.casework.consents import Consent
from leadapp.casework.due import ClientLine, Due, DueItem, ReferralLine, due_work
from leadapp.casework.episodes import OPEN, StatusChange, status_on
from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import DraftId, FormId, RecordId, RingId
from leadapp.naloxone.movements import VIRTUAL_PLACES
from leadapp.naloxone.stock import Expiry, Lot, expiry_of
from leadapp.services.by_person import ByPerson
from leadapp.services.desk import Desk, family_of
from leadapp.services.reread import is_emptied, session_of
from leadapp.staff.rights import Reach
from leadapp.staff.roles import Role
from leadapp.store.device import load_device
from leadapp.store.queries import RecordLine, RecordQuery
from leadapp.store.reader import Reader

Row = tuple[Any, ...]
"""A row of the engine."""

CONTACT_DAYS = 14
"""How far back an officer's own contacts are shown."""
WAITING_DAYS = 60
"""How far back is looked for contacts where answers wait."""
MOST_CONTACTS = 40
WAITS = "forms.answer_waits"
LATE_BACKUP_DAYS = 7
_NEAR = frozenset({Expiry.EXPIRED, Expiry.WITHIN_30, Expiry.WITHIN_60})

_REFERRALS = """
SELECT r.record_id, r.ring, r.day, r.due_day, r.urgency, r.status, r.person_id,
       (SELECT s.status || ' ' || s.person_id FROM referral_status AS s
        WHERE s.referral_id = r.record_id ORDER BY s.status_day DESC, s.record_id DESC LIMIT 1),
       EXISTS (SELECT 1 FROM intake AS i
               WHERE i.referral_id = r.record_id AND i.minimum_day <> '')
FROM referral AS r
"""
_STATUSES = "SELECT person_id, record_id, day, status, author FROM episode_status"
_NOTES = """
SELECT person_id, MAX(day || record_id), record_id, author, MAX(next_day)
FROM contact_note
WHERE person_id IN ({ids}) GROUP BY person_id
"""
_LAST_CONTACT = """
SELECT person_id, MAX(day) FROM contact_note
WHERE made = 'contact' AND person_id IN ({ids}) GROUP BY person_id
"""
_CONSENTS = """
SELECT record_id, person_id, type, signed_day, expires_day, revoked_day FROM consent
WHERE signed_day <> ''
"""
_PEOPLE = """
SELECT record_id, ring, last_name, first_name, nickname, phone FROM person
WHERE record_id IN ({ids})
"""
_BOOKS = "SELECT lot_id, place, doses FROM balance WHERE doses <> 0"


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing to do. ``person`` is "" while nobody has linked one; ``since`` is an ISO day."""

    sort: Due
    ring: RingId
    record: RecordId
    person: str
    person_ring: str
    name: str
    phone: str
    day: date
    since: str
    """The day it follows from: the referral's, the last contact's; "" for none."""
    mine: bool

    @property
    def key(self) -> str:
        """Return a key for tables: the sort and the record."""
        return f"{self.sort.value} {self.ring} {self.record}"


@dataclass(frozen=True, slots=True)
class DraftLine:
    """An unfinished form: what, how far, since when."""

    draft: DraftId
    form: FormId
    title: str
    about: str
    answers: int
    changed_ms: int
    correcting: bool


@dataclass(frozen=True, slots=True)
class ContactLine:
    """An officer's contact, and how many answers wait there."""

    line: RecordLine
    waiting: int


@dataclass(frozen=True, slots=True)
class Stock:
    """Naloxone on the county's own shelves. ``below`` are places under their minimum."""

    doses: int
    expiring_lots: int
    below: tuple[tuple[str, int], ...]
    """(place's name, the doses it should hold)."""
    negative: int
    """Shelves with less than nothing on the books."""

    @property
    def is_news(self) -> bool:
        """Return whether anybody has to do something, or there is any stock at all."""
        return bool(self.doses or self.expiring_lots or self.below or self.negative)


@dataclass(frozen=True, slots=True)
class ThisComputer:
    """What would be lost with this computer. Days are whole days ago, ``None`` for never."""

    entries: int
    oldest_days: int | None
    drafts: int
    last_backup: datetime | None
    backup_days: int | None

    @property
    def backup_is_late(self) -> bool:
        """Return whether a backup is called for."""
        return self.backup_days is None or self.backup_days > LATE_BACKUP_DAYS


def has_due_work(desk: Desk) -> bool:
    """Return whether this person's role works on due things at this desk."""
    return RingId("care") in desk.rings and desk.reach("list", "intake", "care") is Reach.ALL


def due(desk: Desk, person: str = "") -> list[DueLine]:
    """Return what is due by two weeks from now, most pressing first; of one ``person`` at will.

    Who was said to be one person has one day to be called, by all their records.
    """
    if not has_due_work(desk):
        return []
    day, ask = today(desk.clock), ByPerson(desk, person)
    person = ask.person
    referrals, rings, since = _referrals(desk, ask)
    clients, mine = _clients(desk, ask, day)
    items = due_work(referrals=referrals, clients=clients, consents=_consents(ask), today=day)
    items = [item for item in items if not person or item.person == person]
    names = _names(desk, {item.person for item in items if item.person})
    since |= {line.record: line.last_contact for line in clients}
    return [_line(desk, item, rings, names, since, mine) for item in items]


def my_drafts(desk: Desk) -> list[DraftLine]:
    """Return this person's unfinished forms, last touched first. Drafts lane."""
    found = []
    for draft in desk.drafts.mine(desk.user):
        try:
            title = desk.shelf.source(draft.form, draft.hash).title
        except Refusal:
            title = draft.form
        answers = sum(
            bool(text) and not name.rpartition("/")[2].startswith("_")
            for name, text in draft.answers.items()
        )
        found.append(
            DraftLine(
                draft.id, draft.form, title, draft.title, answers, draft.changed_ms,
                draft.correcting,
            )
        )  # fmt: skip
    return found


def my_contacts(desk: Desk) -> list[ContactLine]:
    """Return an officer's own contacts: those where answers wait, then those of the last days."""
    if desk.side != "law":
        return []
    query = RecordQuery(
        kinds=("cit_contact",),
        author=desk.user,
        first_day=(today(desk.clock) - timedelta(days=WAITING_DAYS)).isoformat(),
        limit=MOST_CONTACTS,
    )
    first = (today(desk.clock) - timedelta(days=CONTACT_DAYS)).isoformat()
    found = [ContactLine(line, _waiting(desk, line)) for line in desk.reader.records(query)]
    shown = [one for one in found if one.waiting or one.line.day >= first]
    return sorted(shown, key=lambda one: not one.waiting)


def stock(desk: Desk) -> Stock | None:
    """Return how much naloxone there is; ``None`` for who has nothing to do with it."""
    if not desk.may("list", "movement", "shared") or desk.roles == {Role.ADMINISTRATOR}:
        return None
    day = today(desk.clock)
    lots = {
        str(record): Lot(RecordId(str(record)), "", "", str(expiry or ""), int(kit or 0))
        for record, expiry, kit in desk.reader.rows(
            "SELECT record_id, expiry, doses_per_kit FROM lot", {}
        )
    }
    held = [
        (str(lot), str(place), int(doses))
        for lot, place, doses in desk.reader.rows(_BOOKS, {})
        if doses and place not in VIRTUAL_PLACES
    ]
    on_shelf: defaultdict[str, int] = defaultdict(int)
    fit: defaultdict[str, int] = defaultdict(int)
    in_lot: defaultdict[str, int] = defaultdict(int)
    expired = {name for name, one in lots.items() if expiry_of(one, day) is Expiry.EXPIRED}
    for lot, place, doses in held:
        on_shelf[place] += doses
        fit[place] += 0 if lot in expired else doses
        in_lot[lot] += doses
    return Stock(
        doses=sum(on_shelf.values()),
        expiring_lots=sum(
            doses > 0 and lot in lots and expiry_of(lots[lot], day) in _NEAR
            for lot, doses in in_lot.items()
        ),
        below=tuple(_below(desk, fit)),
        negative=sum(doses < 0 for _, _, doses in held),
    )


def this_computer(desk: Desk) -> ThisComputer:
    """Return what is only here, and how old the last backup is."""
    only = desk.reader.waiting_only_here()
    now = desk.clock.now()
    oldest = None if only.oldest_ms is None else _days(now, only.oldest_ms / 1000)
    backup = _moment(load_device(desk.folder).last_backup)
    return ThisComputer(
        entries=only.entries,
        oldest_days=oldest,
        drafts=only.drafts,
        last_backup=backup,
        backup_days=None if backup is None else max(0, (now.date() - backup.date()).days),
    )


# -- due work ------------------------------------------------------------------------------


def _referrals(
    desk: Desk, ask: ByPerson
) -> tuple[list[ReferralLine], dict[str, RingId], dict[str, str]]:
    lines, rings, since = [], {}, {}
    for record, ring, day, due_day, urgency, status, own_person, newest, done in ask.rows(
        _REFERRALS, {}
    ):
        if not desk.may("list", "referral", family_of(ring)):
            continue
        became, _, linked = str(newest or "").partition(" ")
        line = ReferralLine(
            record=str(record),
            person=linked or str(own_person or ""),
            status=became or str(status or "received"),
            day=str(day),
            due_day=str(due_day or ""),
            urgency=str(urgency or ""),
            intake_done=bool(done),
        )
        if ask.person in ("", line.person):
            lines.append(line)
            rings[line.record] = RingId(str(ring))
            since[line.record] = line.day
    return lines, rings, since


def _clients(desk: Desk, ask: ByPerson, day: date) -> tuple[list[ClientLine], set[str]]:
    """Return the people in the program, and whose last note or status is this person's own."""
    history: defaultdict[str, list[StatusChange]] = defaultdict(list)
    where = " WHERE person_id = :person" if ask.person else ""
    mine: set[str] = set()
    for of, record, changed, status, author in ask.rows(
        _STATUSES + where, {"person": ask.person} if ask.person else {}
    ):
        history[str(of)].append(StatusChange(RecordId(str(record)), str(changed), str(status)))
        if author == desk.user:
            mine.add(str(of))
    inside = [of for of, changes in history.items() if status_on(changes, str(day)) in OPEN]
    notes = {str(of): rest for of, *rest in _rows_of(ask, _NOTES, inside)}
    last = {str(of): str(found) for of, found in _rows_of(ask, _LAST_CONTACT, inside)}
    lines = []
    for of in inside:
        _, record, author, planned = notes.get(of, ("", "", "", ""))
        if author:
            (mine.add if author == desk.user else mine.discard)(of)
        newest = max(history[of], key=lambda change: (change.day, change.record))
        lines.append(
            ClientLine(of, str(record) or newest.record, last.get(of, ""), str(planned or ""))
        )
    return lines, mine


def _consents(ask: ByPerson) -> list[tuple[str, Consent]]:
    """Return of each person and type the consent that lasts longest: an older one is no work."""
    best: dict[tuple[str, str], tuple[str, Consent]] = {}
    extra = " AND person_id = :person" if ask.person else ""
    for record, of, kind, signed, expires, revoked in ask.rows(
        _CONSENTS + extra, {"person": ask.person} if ask.person else {}
    ):
        consent = Consent(str(of), str(kind), str(signed), str(expires), str(revoked))
        key = (consent.person, consent.type)
        known = best.get(key)
        if known is None or (consent.expires or "9") > (known[1].expires or "9"):
            best[key] = (str(record), consent)
    return list(best.values())


def _names(desk: Desk, people: Iterable[str]) -> dict[str, tuple[str, str, str]]:
    found = {}
    for record, ring, last, first, nickname, phone in _rows_of(desk.reader, _PEOPLE, people):
        name = ", ".join(filter(None, (str(last or ""), str(first or ""))))
        found[str(record)] = (str(ring), name or str(nickname or ""), str(phone or ""))
    return found


def _line(
    desk: Desk,
    item: DueItem,
    rings: dict[str, RingId],
    names: dict[str, tuple[str, str, str]],
    since: dict[str, str],
    mine: set[str],
) -> DueLine:
    record, ring = RecordId(item.record), rings.get(item.record, RingId("care"))
    person_ring, name, phone = names.get(item.person, ("", "", ""))
    if not name:
        stored = desk.reader.record(ring, record)
        name = stored.summary.title if stored is not None else ""
    return DueLine(
        sort=item.sort,
        ring=ring,
        record=record,
        person=item.person,
        person_ring=person_ring,
        name=name,
        phone=phone,
        day=item.day,
        since=since.get(item.record, ""),
        mine=item.person in mine,
    )


def _rows_of(ask: ByPerson | Reader, sql: str, ids: Iterable[str]) -> list[Row]:
    """Return the rows of ``sql`` for some records; ``{ids}`` in it stands for them."""
    named = {f"id{at}": one for at, one in enumerate(ids)}
    return ask.rows(sql.format(ids=", ".join(f":{name}" for name in named)), named)


# -- small things --------------------------------------------------------------------------


def _waiting(desk: Desk, line: RecordLine) -> int:
    """Return how many answers of "finish later" a contact still wants."""
    stored = desk.reader.record(line.ring, line.record)
    if stored is None or is_emptied(stored):
        return 0
    try:
        session = session_of(desk, stored)
    except Refusal:
        return 0
    return sum(problem.code == WAITS for problem in session.problems())


def _below(desk: Desk, on_shelf: dict[str, int]) -> Iterable[tuple[str, int]]:
    rows = desk.reader.rows(
        "SELECT record_id, name, minimum FROM place"
        " WHERE minimum > 0 AND active <> 'no' ORDER BY name",
        {},
    )
    for place, name, minimum in rows:
        if on_shelf.get(str(place), 0) < int(minimum):
            yield str(name), int(minimum)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _days(now: datetime, seconds: float) -> int:
    return max(0, (now.date() - datetime.fromtimestamp(seconds, now.tzinfo).date()).days)
