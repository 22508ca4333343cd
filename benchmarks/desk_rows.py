"""What a person waits for at the desk, without the window: unlock, lists, saves, the report."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from benchmarks.county import NOW, REPORTED, County
from benchmarks.timing import Row, median_ms, once_ms, timed
from leadapp.core.ids import FormId, RecordId, RingId
from leadapp.services import browsing, filling, persons, previewing, reporting, same_people, today
from leadapp.services.desk import Desk, family_of
from leadapp.services.filling import Filling
from leadapp.services.shelf import FormSource
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite

NOTES = 1_000
_FIRST_PAGE = 96 / 72
CARE = RingId("care")


@dataclass(frozen=True, slots=True)
class Known:
    """A place and a lot that contacts can name."""

    place: str
    lot: str


def unlocking(county: County) -> Iterator[Row]:
    """Unlock, and ask everything Today shows; the password itself costs nothing here."""
    for name in ("coordinator", "deputy"):
        parts: list[tuple[float, float]] = []
        for _ in range(6):
            opened, desk = timed(partial(county.sit, name))
            parts.append((opened, once_ms(partial(_today, desk))))
            desk.close()
        both = statistics.median(a + b for a, b in parts[1:])
        of_today = statistics.median(b for _, b in parts[1:])
        note = f"{of_today:.0f} of it Today's questions; without the password's own cost"
        yield Row(f"unlock to usable Today, {name}", both, 1_000, note=note)


def _today(desk: Desk) -> None:
    today.due(desk)
    today.my_drafts(desk)
    today.my_contacts(desk)
    today.stock(desk)
    today.this_computer(desk)


def looking(desk: Desk) -> Iterator[Row]:
    """Search and lists."""
    yield _people_search(desk)
    everything = [
        median_ms(partial(browsing.records, desk, RecordQuery(text=text)), 5)
        for text in ("m", "ma", "mar", "mart", "main", "main st", "hwy 12", "nx")
    ]
    slow = f"slowest of 8 beginnings {max(everything):.0f} ms"
    yield Row("find anything, each key", statistics.median(everything), 100, note=slow)
    contacts = RecordQuery(kinds=("cit_contact",))
    deep = RecordQuery(kinds=("cit_contact",), offset=90_000)
    by_title = RecordQuery(kinds=("cit_contact",), order="title")
    yield Row("records, first page", median_ms(lambda: browsing.records(desk, contacts)), 100)
    yield Row("records, page 1,800", median_ms(lambda: browsing.records(desk, deep)), 100)
    yield Row("records by title", median_ms(lambda: browsing.records(desk, by_title)), 100)
    yield Row("records, how many", median_ms(lambda: browsing.count(desk, contacts)), 100)
    people = RecordQuery(kinds=("person",), order="title")
    ms = median_ms(lambda: persons.facts(desk, browsing.records(desk, people)))
    yield Row("people, first page with facts", ms, 100)


def _people_search(desk: Desk) -> Row:
    lines = browsing.records(desk, RecordQuery(kinds=("person",), order="title", limit=20_000))
    names = [line.title.split(",")[0].strip() for line in lines[:: max(1, len(lines) // 12)]]
    typed = [name[:end] for name in names for end in range(1, min(7, len(name)) + 1)]
    each = [once_ms(partial(browsing.people, desk, text)) for text in typed]
    note = f"{len(typed)} keys, slowest {max(each):.0f} ms"
    return Row("search people, each key", statistics.median(each), 100, note=note)


def doubles(desk: Desk) -> Iterator[Row]:
    """Ask who may be one person: the first time names are compared, then only looked over."""
    first = once_ms(partial(same_people.suggestions, desk))
    again = median_ms(partial(same_people.suggestions, desk))
    yield Row("suggestions of the same person, the first time", first)
    yield Row("suggestions of the same person, nobody changed", again, 100)


def one_person(desk: Desk) -> Row:
    """Open a person with a thousand entries."""
    record = _well_known(desk)

    def look() -> None:
        stored = browsing.record(desk, record)
        assert persons.page(desk, record) is not None
        assert len(browsing.timeline(desk, [record], 0, 50)) == 50
        assert browsing.history(desk, stored)

    return Row("person with 1,000 entries opens", median_ms(look), 150)


def _well_known(desk: Desk) -> RecordId:
    """Return the person who has a thousand contact notes, written the first time."""
    for line in browsing.people(desk, "Thousandnotes"):
        return line.record
    name = {"last_name": "Thousandnotes", "first_name": "Benchmark", "sex": "female"}
    person = filling.submit(desk, "person_care", name).record
    source = desk.shelf.source("contact_note")
    keys = desk.shelf.keys(source)
    writes = [_note(desk, source, keys["person"], keys["when"], person, n) for n in range(NOTES)]
    desk.archive.write(CARE, writes)
    return person


def _note(
    desk: Desk, source: FormSource, person_key: str, when_key: str, person: RecordId, n: int
) -> RecordWrite:
    at = NOW - timedelta(hours=7 * (NOTES - n))
    values = {person_key: person, when_key: at.isoformat(timespec="milliseconds")}
    return RecordWrite(
        RecordId(desk.ids()),
        FormId("contact_note"),
        source.version,
        "save",
        {**values, "_hash": source.hash},
        desk.user,
        at,
    )


def writing(desk: Desk) -> Iterator[Row]:
    """Save a contact, with and without naloxone, and keep a draft."""
    place = browsing.records(desk, RecordQuery(kinds=("place",), limit=1))[0].record
    lot = browsing.records(desk, RecordQuery(kinds=("lot",), limit=1))[0].record
    for naloxone, what in ((False, ""), (True, " that used naloxone")):
        parts = [_save(desk, Known(place, lot), naloxone=naloxone) for _ in range(16)][1:]
        note = f"{statistics.median(a for a, _ in parts):.0f} of it asking the books"
        ms = statistics.median(a + b for a, b in parts)
        yield Row(f"durable save of a contact{what}", ms, 50, note=note)
    one = _contact(desk, Known(place, lot), naloxone=True)
    draft = filling.as_draft(desk, one)
    yield Row("a draft kept", median_ms(lambda: filling.keep(desk, draft), 15), 1_000)
    desk.drafts.finish(one.draft)


def kept_and_dropped(desk: Desk) -> None:
    """Keep a draft and let it go."""
    source = filling.writable(desk)[0]
    family = family_of(filling.where(desk, source))
    one = filling.begin(desk, source.form, lookup=desk.lookup(family))
    filling.keep(desk, filling.as_draft(desk, one))
    desk.drafts.finish(one.draft)


def _save(desk: Desk, known: Known, *, naloxone: bool) -> tuple[float, float]:
    one = _contact(desk, known, naloxone=naloxone)
    ready = filling.ready(desk, one)
    assert not isinstance(ready, list), [problem.place.path for problem in ready]
    asked, found = timed(lambda: filling.gather(desk, one, ready))
    return asked, once_ms(lambda: filling.save(desk, one, ready, found))


def _contact(desk: Desk, known: Known, *, naloxone: bool) -> Filling:
    family = family_of(filling.where(desk, desk.shelf.source("cit_contact")))
    one = filling.begin(desk, "cit_contact", lookup=desk.lookup(family))
    answers = {
        "when": (NOW - timedelta(hours=3)).isoformat(timespec="milliseconds"),
        "where": "Hwy 12 pullout, mile 41",
        "reason": "welfare_check",
        "seen": "none",
        "officers": "1",
        "minutes_choice": "30",
        "weapon": "no",
        "injury_or_force": "no",
        "ending": "scene",
        "ending_detail": "resolved_on_scene",
        "naloxone_given": "no",
        "follow_up": "no",
    }
    if naloxone:
        more = {"naloxone_doses": "1", "naloxone_from": known.place, "naloxone_lot": known.lot}
        answers |= {"naloxone_given": "yes", **more}
    filling.put_answers(desk, one, answers)
    return one


def report(desk: Desk) -> Iterator[Row]:
    """The monthly report as the page asks for it: page one first, then the whole."""
    yield _report(desk, "monthly report to first page", reporting.soonest_part(desk), 1_000)
    yield _report(desk, "monthly report, all pages", "all", None)


def _report(desk: Desk, what: str, part: reporting.Part, budget: float | None) -> Row:
    parts = []
    for _ in range(5):
        run, made = timed(lambda: reporting.monthly(desk, REPORTED, part=part))
        paper, printed = timed(partial(reporting.print_paper, desk, made))
        drawn = once_ms(partial(previewing.draw_page, printed.pdf, 0, _FIRST_PAGE))
        parts.append((run, paper, drawn))
    run, paper, drawn = (statistics.median(one) for one in zip(*parts[1:], strict=True))
    note = f"run {run:.0f}, paper {paper:.0f}, first page drawn {drawn:.0f}"
    return Row(what, run + paper + drawn, budget, note=note)
