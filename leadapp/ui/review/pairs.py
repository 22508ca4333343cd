"""Two records that may be one person, in words: what differs, what is alike, why it is asked.

Everything here runs on the reader lane and gives plain values to the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from leadapp.core.clock import today
from leadapp.core.words import Words
from leadapp.services import browsing, persons, same_people
from leadapp.services.desk import Desk, family_of
from leadapp.services.kept import StoredRecord
from leadapp.services.same_people import Suggestion
from leadapp.services.showing import user_names
from leadapp.ui.days import say_iso
from leadapp.ui.people.said import born_said, status_said
from leadapp.ui.review.said import answers_in_words
from leadapp.ui.words import tr

Line = tuple[str, str, str]
"""A question and what each of the two says."""


@dataclass(frozen=True, slots=True)
class Twins:
    """A pair as it stands in the list."""

    pair: Suggestion
    words: str

    sign: str
    """What tells most, for the list."""

    @property
    def key(self) -> str:
        """Return what finds it again."""
        return f"pair {self.pair.one} {self.pair.other}"


@dataclass(frozen=True, slots=True)
class OpenedTwins:
    """Two records side by side: heads are a name and where and by whom it was written."""

    twins: Twins
    heads: tuple[tuple[str, str], tuple[str, str]]
    differing: tuple[Line, ...]
    alike: tuple[tuple[str, str], ...]


def waiting(desk: Desk, words: Words) -> tuple[list[Twins], int]:
    """Return the best pairs to judge, and how many there are."""
    found = same_people.suggestions(desk)
    return [_twins(pair, words) for pair in found.pairs], found.total


def both(desk: Desk, pair: Suggestion) -> tuple[StoredRecord, StoredRecord]:
    """Return both records; ``browsing.viewed`` is said of each before they are shown."""
    first, second = pair.rings
    return browsing.record(desk, pair.one, first), browsing.record(desk, pair.other, second)


def opened(desk: Desk, twins: Twins, stored: tuple[StoredRecord, StoredRecord]) -> OpenedTwins:
    """Return the two in words, what differs first."""
    day = today(desk.clock)
    names = user_names(desk)
    one, other = (_lines(desk, each, day) for each in stored)
    labels = list(dict.fromkeys((*one, *other)))
    rows = [(label, one.get(label, ""), other.get(label, "")) for label in labels]
    differing = [row for row in rows if row[1] != row[2]]
    differing.sort(key=lambda row: not (row[1] and row[2]))  # what contradicts comes first
    first, second = (_head(desk, each, names.get(each.author, ""), day) for each in stored)
    return OpenedTwins(
        twins,
        (first, second),
        tuple(differing),
        tuple((label, mine) for label, mine, theirs in rows if mine == theirs and mine),
    )


def _twins(pair: Suggestion, words: Words) -> Twins:
    if pair.contested:
        why = tr("Two computers say different things of these two.")
        return Twins(pair, why, tr("Two answers"))
    said = [words.say(code) for code in pair.why]
    rest = (one[:1].lower() + one[1:] for one in said[1:])
    return Twins(pair, ", ".join((*said[:1], *rest)), said[-1])


def _lines(desk: Desk, stored: StoredRecord, day: date) -> dict[str, str]:
    """Return what a person's record says, and what else is known, by question."""
    lines = dict(answers_in_words(desk, stored))
    found = persons.alone(desk, stored.record)
    if found is not None:
        lines.setdefault(tr("Birth date"), born_said(found))
        lines[tr("Status")] = status_said(found)[0] or tr("Not in the program")
        lines[tr("Last contact")] = say_iso(found.last_contact, day, tr("None yet"))
    return lines


def _head(desk: Desk, stored: StoredRecord, who: str, day: date) -> tuple[str, str]:
    written = datetime.fromtimestamp(stored.created_ms / 1000, desk.clock.now().tzinfo).date()
    where = tr("Care") if family_of(stored.ring) == "care" else tr("Law enforcement")
    words = tr(
        "{where}, {who}, {day}",
        where=where,
        who=who or tr("someone"),
        day=say_iso(written.isoformat(), day),
    )
    return stored.summary.title or tr("No name"), words
