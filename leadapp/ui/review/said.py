"""A record in conflict in words: its sides, the answers that differ, the answers alike.

Everything here runs on the reader lane and gives plain values to the window.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from leadapp.core.clock import today
from leadapp.core.ids import LogId, RecordId, RingId
from leadapp.forms.markdown import plain
from leadapp.forms.session import FormSession, Item, State
from leadapp.kinds.cells import spoken
from leadapp.services import browsing, comparing
from leadapp.services.comparing import Compared, Contested, Side
from leadapp.services.desk import Desk, family_of
from leadapp.services.kept import RecordLine, RecordQuery, StoredRecord
from leadapp.services.reread import session_of
from leadapp.services.showing import user_names
from leadapp.ui.days import say_iso
from leadapp.ui.entry.shown import answer_words
from leadapp.ui.kit.typed_dates import say_moment
from leadapp.ui.words import tr

MOST = 500
"""Records listed at once; what is settled makes room for the rest."""
_KEPT, _VOID = "", "1"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits for a choice, as it stands in the list."""

    ring: RingId
    record: RecordId
    title: str
    words: str

    @property
    def key(self) -> str:
        """Return what finds it again."""
        return f"{self.ring}/{self.record}"


@dataclass(frozen=True, slots=True)
class Head:
    """A side, over its column: "This computer", "N. Ellison, Sun Nov 2, 9:02 am"."""

    log: LogId
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value one may choose, in words. ``logs`` are the sides that gave it."""

    value: str
    words: str
    logs: tuple[LogId, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """An answer with several values. ``both`` joins them, "" where that makes no sense."""

    key: str
    label: str
    before: str
    options: tuple[Option, ...]
    shown: str
    both: str = ""
    voids: bool = False
    """Whether the question is the record itself: void it, or keep it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A record ready to be reviewed."""

    stored: StoredRecord
    title: str
    facts: str
    heads: tuple[Head, ...]
    newest: LogId
    differing: tuple[Differing, ...]
    alike: tuple[tuple[str, str], ...]
    may_settle: bool


def waiting(desk: Desk) -> list[Waiting]:
    """Return the records this person may see in which people differ, the latest first."""
    query = RecordQuery(conflicted=True, voided=None, order="changed", limit=MOST)
    day = today(desk.clock)
    return [
        Waiting(line.ring, line.record, line.title, _of_what(desk, line, day))
        for line in browsing.records(desk, query)
    ]


def what_waits(records: int, pairs: int) -> str:
    """Return in a sentence or two what waits for a choice; "" for nothing."""
    said = []
    if records:
        one = tr("1 record was changed on two computers.")
        said.append(
            one if records == 1 else tr("{n} records were changed on two computers.", n=records)
        )
    if pairs:
        one = tr("Two records may be the same person.")
        more = tr("{n} pairs of records may each be the same person.", n=f"{pairs:,}")
        said.append(one if pairs == 1 else more)
    return " ".join(said)


def _of_what(desk: Desk, line: RecordLine, day: date) -> str:
    """Return the form and the day: "LEAD referral, Fri Nov 20"."""
    if not desk.shelf.knows(line.form):
        return line.line
    title = desk.shelf.source(line.form).title
    return ", ".join(filter(None, (title, say_iso(line.day, day))))


def opened(desk: Desk, stored: StoredRecord) -> Opened:
    """Return a record in words; ``browsing.viewed`` was said before."""
    compared = comparing.compare(desk, stored)
    session = session_of(desk, stored)
    day = today(desk.clock)
    contested = [one for one in compared.contested if _is_asked(session, one)]
    kind = stored.kind or "*"
    return Opened(
        stored=stored,
        title=stored.summary.title or tr("Record"),
        facts=_facts(desk, stored, contested),
        heads=tuple(_head(desk, side, user_names(desk), day) for side in compared.sides),
        newest=compared.newest,
        differing=tuple(_differing(session, one, compared, day) for one in contested),
        alike=tuple(
            _answered(session, session.items(), day, set(map(session.present, stored.conflicts)))
        ),
        may_settle=desk.may("correct", kind, family_of(stored.ring)),
    )


def _facts(desk: Desk, stored: StoredRecord, contested: list[Contested]) -> str:
    form = desk.shelf.source(stored.form, stored.definition_hash).title
    said = []
    if any(comparing.needs_void(one) for one in contested):
        said.append(tr("One computer voided it, another changed it."))
    count = sum(not comparing.needs_void(one) for one in contested)
    if count:
        said.append(tr("1 answer differs.") if count == 1 else tr("{n} answers differ.", n=count))
    return tr("{form}. {differ} Both stay in the history.", form=form, differ=" ".join(said))


def _head(desk: Desk, side: Side, names: Mapping[str, str], day: date) -> Head:
    at = datetime.fromtimestamp(side.t_ms / 1000, desk.clock.now().tzinfo)
    who = names.get(side.author, tr("someone"))
    title = tr("This computer") if side.here else tr("Computer of {who}", who=who)
    return Head(side.log, title, tr("{who}, {when}", who=who, when=say_moment(at, day)))


def _is_asked(session: FormSession, one: Contested) -> bool:
    """Return whether a person can choose: the order of rows and the like settle themselves.

    What only another version of the form asks is a choice too.
    """
    inner = one.key.rpartition("/")[2].startswith("_")
    here = session.has(session.present(one.key)) or not session.asks(one.key)
    return comparing.needs_void(one) or (here and not inner)


def _differing(session: FormSession, one: Contested, compared: Compared, day: date) -> Differing:
    if comparing.needs_void(one):
        words = {_KEPT: tr("Keep it"), _VOID: tr("Void it")}
        options = tuple(
            Option(value, said, _sides_of(one, value, compared)) for value, said in words.items()
        )
        return Differing(one.key, tr("The record itself"), "", options, one.shown, voids=True)
    if not session.asks(one.key):
        return _differing_elsewhere(one, compared)
    state = session.state(session.present(one.key))
    given = [one.given[side.log] for side in compared.sides if side.log in one.given]
    values = list(dict.fromkeys(given))
    options = tuple(
        Option(value, _say(state, value, day), _sides_of(one, value, compared)) for value in values
    )
    before = _say(state, one.before, day) if one.before else ""
    return Differing(
        one.key, _label(session, state), before, options, one.shown, _both(state, values)
    )


def _differing_elsewhere(one: Contested, compared: Compared) -> Differing:
    """Return what differs in a question that only another version of the form asks."""
    values = dict.fromkeys(one.given[side.log] for side in compared.sides if side.log in one.given)
    options = tuple(
        Option(value, value or tr("(blank)"), _sides_of(one, value, compared)) for value in values
    )
    return Differing(one.key, spoken(one.key.rpartition("/")[2]), one.before, options, one.shown)


def _sides_of(one: Contested, value: str, compared: Compared) -> tuple[LogId, ...]:
    return tuple(side.log for side in compared.sides if one.given.get(side.log) == value)


def _say(state: State, value: str, day: date) -> str:
    return answer_words(replace(state, value=value), day) if value else tr("(blank)")


def _both(state: State, values: list[str]) -> str:
    """Return the texts one under the other; only words people wrote freely are joined."""
    if state.kind != "input" or state.type not in ("string", ""):
        return ""
    said = [value for value in values if value]
    long = state.control is not None and "multiline" in state.control.appearance
    return ("\n" if long else "; ").join(said) if len(said) > 1 else ""


def _label(session: FormSession, state: State) -> str:
    """Return the question; of a row of a repeat with its number before it."""
    label = plain(state.label) or state.key.rpartition("/")[2]
    repeat, bracket, rest = state.key.rpartition("[")
    if not bracket:
        return label
    copy = f"{repeat}[{rest.partition(']')[0]}]"
    copies = session.copies(repeat)
    return f"{copies.index(copy) + 1}. {label}" if copy in copies else label


def answers_in_words(desk: Desk, stored: StoredRecord) -> Iterator[tuple[str, str]]:
    """Yield each answered question of a record and its answer."""
    session = session_of(desk, stored)
    return _answered(session, session.items(), today(desk.clock), frozenset())


def _answered(
    session: FormSession, items: tuple[Item, ...], day: date, without: Collection[str]
) -> Iterator[tuple[str, str]]:
    for item in items:
        if item.kind != "question":
            yield from _answered(session, item.children, day, without)
            continue
        state = session.state(item.key)
        if state.value and state.label and item.key not in without:
            yield _label(session, state), answer_words(state, day)
