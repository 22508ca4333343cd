"""Three computers that move stock apart and merge in any order, any number of times.

All end with the same books: those of adding up, once, every movement anyone wrote.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from leadapp.core.ids import RecordId
from leadapp.naloxone.movements import Movement, answers_of, correction, movement_from, reversal_of
from leadapp.naloxone.stock import balances
from tests.store.making import SHARED, Form, Program, journal, projector

FORMS = (Form("stock_movement", "movement"), Form("lot", "lot"))
COMPUTERS = 3
DAYS = ("2026-09-30", "2026-10-01", "2026-10-02")
ENDS = (
    ("received", "supplier", "store"), ("transferred", "store", "car"), ("given", "car", "public"),
    ("used", "car", "used"), ("adjusted", "store", "counted"), ("adjusted", "counted", "store"),
    ("lost", "car", "lost"),
)  # fmt: skip
COLUMNS = (
    "lot_id",
    "from_place",
    "to_place",
    "move",
    "doses",
    "kits",
    "day",
    "reverses",
    "replaces",
)

who = st.integers(0, COMPUTERS - 1)
moving = st.tuples(
    st.just("move"), who, st.sampled_from(ENDS), st.sampled_from("ab"), st.integers(1, 9),
    st.sampled_from(DAYS),
)  # fmt: skip
undoing = st.tuples(st.just("undo"), who, st.integers(0, 20), st.sampled_from(DAYS))
correcting = st.tuples(st.just("correct"), who, st.integers(0, 20), st.integers(1, 9))
merging = st.tuples(st.just("merge"), who, who, st.integers(0, 12), st.booleans())
STEPS = st.lists(st.one_of(moving, moving, undoing, correcting, merging), max_size=16)


class Laptops:
    """Three program folders with their archives open."""

    def __init__(self, place: Path) -> None:
        names = ("one", "two", "three")
        self.programs = [Program(place, name, (SHARED,)) for name in names]
        for program in self.programs:
            program.make().close()
        self.archives = [program.archive(using=projector(FORMS)) for program in self.programs]

    def close(self) -> None:
        for archive in self.archives:
            archive.close()

    def write(self, who: int, movement: Movement) -> None:
        answers = {name: text for name, text in answers_of(movement).items() if text}
        write = self.programs[who].of("stock_movement", movement.id, answers)
        self.archives[who].write(SHARED, [write])

    def known(self, who: int) -> list[Movement]:
        sql = f"SELECT record_id, {', '.join(COLUMNS)} FROM movement ORDER BY record_id"  # noqa: S608
        rows = self.archives[who].rows(SHARED, sql)
        return [movement_from(RecordId(r[0]), dict(zip(COLUMNS, r[1:], strict=True))) for r in rows]

    def give(self, source: int, target: int, count: int, *, backwards: bool) -> None:
        reader = self.programs[source].reader()
        entries, seals = journal(reader, SHARED)
        reader.close()
        chosen = list(reversed(entries))[:count] if backwards else entries[:count]
        self.archives[target].take(SHARED, chosen, seals)

    def books(self, who: int) -> dict[tuple[str, str], int]:
        sql = "SELECT lot_id, place, doses FROM balance WHERE doses <> 0"
        return {(lot, place): doses for lot, place, doses in self.archives[who].rows(SHARED, sql)}

    def by_month(self, who: int) -> dict[tuple[str, str], int]:
        sql = (
            "SELECT lot_id, place, SUM(doses) FROM balance_of_month"
            " GROUP BY lot_id, place HAVING SUM(doses) <> 0"
        )
        return {(lot, place): doses for lot, place, doses in self.archives[who].rows(SHARED, sql)}


def play(laptops: Laptops, step) -> None:
    match step:
        case ("move", who, (move, start, end), lot, doses, day):
            name = RecordId(laptops.programs[who].fresh())
            laptops.write(who, Movement(name, RecordId(lot), start, end, move, doses, day))
        case ("undo", who, at, day):
            if (one := chosen(laptops, who, at)) is not None:
                laptops.write(who, reversal_of(one, day=day))
        case ("correct", who, at, doses):
            if (one := chosen(laptops, who, at)) is not None:
                wanted = Movement(
                    one.id,
                    one.lot,
                    one.from_place,
                    one.to_place,
                    one.move,
                    doses,
                    one.day,
                    one.kits,
                )
                for made in correction(one, wanted, day=one.day):
                    laptops.write(who, made)
        case ("merge", source, target, count, backwards):
            laptops.give(source, target, count, backwards=backwards)


def chosen(laptops: Laptops, who: int, at: int) -> Movement | None:
    """Return a movement this computer knows that is no reversal and no correction."""
    plain = [one for one in laptops.known(who) if not one.reverses and not one.replaces]
    return plain[at % len(plain)] if plain else None


def merge_all(laptops: Laptops) -> None:
    for _ in range(2):
        for source in range(COMPUTERS):
            for target in range(COMPUTERS):
                laptops.give(source, target, 999, backwards=bool(source % 2))


@given(STEPS)
@settings(max_examples=25, deadline=None)
def test_laptops_that_merge_in_any_order_end_with_the_books_of_a_plain_replay(steps):
    with tempfile.TemporaryDirectory() as place:
        laptops = Laptops(Path(place))
        try:
            for step in steps:
                play(laptops, step)
            for who in range(COMPUTERS):
                assert laptops.books(who) == balances(laptops.known(who))
            merge_all(laptops)
            replayed = balances(laptops.known(0))
            for who in range(COMPUTERS):
                assert laptops.known(who) == laptops.known(0)
                assert laptops.books(who) == laptops.by_month(who) == replayed
                assert laptops.archives[who].verify(SHARED) == []
        finally:
            laptops.close()


@given(st.lists(st.integers(1, 9), min_size=1, max_size=4), st.integers(0, 60))
@settings(max_examples=15, deadline=None)
def test_nothing_is_clamped_when_laptops_hand_out_more_than_there_was(handed, received):
    with tempfile.TemporaryDirectory() as place:
        laptops = Laptops(Path(place))
        try:
            lot = RecordId("lot")
            first = Movement(RecordId("in"), lot, "supplier", "car", "received", received, DAYS[0])
            laptops.write(0, first)
            for at, doses in enumerate(handed):
                out = Movement(RecordId(f"o{at}"), lot, "car", "public", "given", doses, DAYS[1])
                laptops.write(at % COMPUTERS, out)
            merge_all(laptops)
            left = received - sum(handed)
            for who in range(COMPUTERS):
                assert laptops.books(who).get(("lot", "car"), 0) == left
        finally:
            laptops.close()


def test_undoing_on_every_laptop_at_once_undoes_once(tmp_path):
    laptops = Laptops(tmp_path)
    lot = RecordId("lot")
    laptops.write(0, Movement(RecordId("in"), lot, "supplier", "store", "received", 10, DAYS[0]))
    lost = Movement(RecordId("x"), lot, "store", "lost", "lost", 4, DAYS[0])
    laptops.write(0, lost)
    merge_all(laptops)
    for who, day in enumerate(DAYS):
        laptops.write(who, reversal_of(lost, day=day))
    merge_all(laptops)
    assert [laptops.books(who) for who in range(COMPUTERS)] == [
        {("lot", "store"): 10, ("lot", "supplier"): -10}
    ] * COMPUTERS
    laptops.close()


PRINTED = ("2026-06-30", "2026-12-31")
noticing = st.tuples(
    who,
    st.sampled_from("ab"),
    st.sampled_from(PRINTED),
    st.sampled_from(("2028-01-31", "2029-05-31")),
)


@given(st.lists(noticing, max_size=6), st.booleans())
@settings(max_examples=15, deadline=None)
def test_a_notice_holds_for_its_lot_and_the_day_it_names_whoever_merges_when(notices, backwards):
    with tempfile.TemporaryDirectory() as place:
        laptops = Laptops(Path(place))
        try:
            printed = dict(zip("ab", PRINTED, strict=True))
            for lot, day in printed.items():
                write = laptops.programs[0].of("lot", lot, {"lot_number": lot, "expiry": day})
                laptops.archives[0].write(SHARED, [write])
            merge_all(laptops)
            for at, (who_writes, lot, about, later) in enumerate(notices):
                said = {
                    "notice": f"letter {at}", "notice_day": DAYS[0], "notice_expiry": later,
                    "notice_from": printed[lot], "notice_printed": about,
                }  # fmt: skip
                write = laptops.programs[who_writes].of("lot", lot, said)
                laptops.archives[who_writes].write(SHARED, [write])
            laptops.give(0, 1, 99, backwards=backwards)
            merge_all(laptops)
            sql = "SELECT record_id, expiry, printed_expiry FROM lot ORDER BY record_id"
            found = [archive.rows(SHARED, sql) for archive in laptops.archives]
            assert found[0] == found[1] == found[2]
            for lot, expiry, first in found[0]:
                assert first == printed[lot]
                allowed = {n[3] for n in notices if n[1] == lot and n[2] == printed[lot]}
                assert expiry == printed[lot] or expiry in allowed
        finally:
            laptops.close()
