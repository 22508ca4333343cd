"""Whatever happens to a folder and to computers, everyone ends with the same records."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leadapp.exchange.fetching import check_again
from tests.exchange.model import FOLDER, Computer, Crash, Folder, program

COUNT = st.integers(2, 4)
WHICH = st.integers(0, 30)
STEP = st.one_of(
    st.tuples(st.just("write"), WHICH, st.sampled_from("ab"), st.sampled_from(["1", "2", "3"])),
    st.tuples(st.just("sync"), WHICH),
    st.tuples(st.just("crash"), WHICH, WHICH, st.sampled_from(["before", "torn", "after"])),
    st.tuples(st.just("lose"), WHICH),
    st.tuples(st.just("tear"), WHICH, WHICH),
    st.tuples(st.just("flip"), WHICH, WHICH),
    st.tuples(st.just("rename"), WHICH),
    st.tuples(st.just("double"), WHICH),
    st.tuples(st.just("keep"), st.just(0)),
    st.tuples(st.just("roll back"), st.just(0)),
    st.tuples(st.just("new stick"), st.just(0)),
    st.tuples(st.just("back up"), WHICH),
    st.tuples(st.just("restore"), WHICH),
    st.tuples(st.just("full"), WHICH),
)


def answers(computer: Computer) -> dict[str, str]:
    values = computer.fold().values
    return {key: text for key, text in values.items() if not key.startswith("_")}


class World:
    """Computers, the folder between them, and what was kept of each."""

    def __init__(self, count: int) -> None:
        self.computers = program(count)
        self.folder = Folder()
        self.kept: dict[str, bytes] = {}
        self.backups = [one.backup() for one in self.computers]
        self.number = 0

    def do(self, step) -> None:
        act, which, *rest = step
        computer = self.computers[which % len(self.computers)]
        getattr(self, act.replace(" ", "_"))(computer, which, *rest)

    def write(self, computer: Computer, _, key, value) -> None:
        self.number += 1
        computer.write(key, value, t=(self.number * 7919) % 100)

    def sync(self, computer: Computer, _) -> None:
        computer.sync(self.folder)

    def crash(self, computer: Computer, _, at, how) -> None:
        self.folder.crash_at, self.folder.how = at % 8, how
        try:
            computer.sync(self.folder)
        except Crash:
            pass
        finally:
            self.folder.crash_at = -1

    def full(self, computer: Computer, _) -> None:
        self.folder.full = True
        computer.sync(self.folder)
        self.folder.full = False

    def name(self, which: int) -> str:
        names = sorted(self.folder.files)
        return names[which % len(names)] if names else ""

    def lose(self, _, which) -> None:
        self.folder.files.pop(self.name(which), None)

    def tear(self, _, which, at) -> None:
        if name := self.name(which):
            data = self.folder.files[name]
            self.folder.files[name] = data[: at * len(data) // 31]

    def flip(self, _, which, at) -> None:
        if name := self.name(which):
            data = bytearray(self.folder.files[name])
            if data:
                data[at * len(data) // 31] ^= 0x10
            self.folder.files[name] = bytes(data)

    def rename(self, _, which) -> None:
        if name := self.name(which):
            self.folder.files["(1) " + name[-40:]] = self.folder.files.pop(name)

    def double(self, _, which) -> None:
        if name := self.name(which):
            self.folder.files[name.replace(".dvb", "-LAPTOP7.dvb")] = self.folder.files[name]

    def keep(self, *_) -> None:
        self.kept = dict(self.folder.files)

    def roll_back(self, *_) -> None:
        self.folder.files = dict(self.kept)

    def new_stick(self, *_) -> None:
        self.folder.files = {}

    def back_up(self, computer: Computer, _) -> None:
        self.backups[computer.n] = computer.backup()

    def restore(self, computer: Computer, _) -> None:
        computer.restore(self.backups[computer.n])

    def settle(self) -> None:
        """Exchange in turn over a good folder on which everyone carries for others.

        What its author lost with a disk and the folder lost too lies with the others only.
        """
        for one in self.computers:
            one.carries = True
            check_again(self.folder, FOLDER, one)
        for _ in range(3):
            for one in self.computers:
                one.sync(self.folder)


@settings(max_examples=120)
@given(COUNT, st.lists(STEP, max_size=40))
def test_everyone_ends_with_every_entry_anyone_holds_and_the_same_record(count, steps):
    world = World(count)
    for step in steps:
        world.do(step)
    alive = set().union(*(one.held.entries for one in world.computers))
    world.settle()
    for one in world.computers:
        assert alive <= one.held.entries.keys()
    folds = [one.fold() for one in world.computers if one.held.entries]
    for other in folds[1:]:
        assert (other.values, other.conflicts, other.heads) == (
            folds[0].values, folds[0].conflicts, folds[0].heads
        )  # fmt: skip
    for one in world.computers:
        read, pushed = one.sync(world.folder)
        assert [file for file in read if file.outcome != "torn"] == []
        assert pushed.files == 0


@pytest.mark.parametrize("how", ["before", "torn", "after"])
def test_a_crash_at_any_step_leaves_what_a_further_exchange_completes(how):
    for at in range(12):
        one, other = program(2)
        folder = Folder()
        one.write("a", "1")
        one.sync(folder)
        other.write("b", "2")
        folder.crash_at, folder.how = at, how
        try:
            other.sync(folder)
        except Crash:
            folder.crash_at = -1
            other.sync(folder)
        folder.crash_at = -1
        one.sync(folder)
        assert one.fold().values.items() == other.fold().values.items()
        assert one.held.entries.keys() == other.held.entries.keys()
        assert len(one.held.entries) == 2


def test_a_second_exchange_reads_and_writes_nothing():
    one, other = program(2)
    folder = Folder()
    one.write("a", "1")
    for computer in (one, other, one, other):
        computer.sync(folder)
    for computer in (one, other):
        read, pushed = computer.sync(folder)
        assert (read, pushed.files) == ([], 0)


def test_concurrent_values_are_listed_on_both_and_settled_by_one_choice():
    one, other = program(2)
    folder = Folder()
    one.write("a", "0")
    for computer in (one, other):
        computer.sync(folder)
    one.write("a", "1", t=5)
    other.write("a", "2", t=4_000_000_000_000)
    for computer in (one, other, one):
        computer.sync(folder)
    for computer in (one, other):
        found = computer.fold().conflicts["a"]
        assert {candidate.value for candidate in found} == {"1", "2"}
    other.write("a", "1", t=1)
    for computer in (other, one):
        computer.sync(folder)
    for computer in (one, other):
        assert computer.fold().values["a"] == "1"
        assert not computer.fold().conflicts


def test_a_computer_restored_from_its_backup_loses_nothing_and_leaves_its_log():
    one, other = program(2)
    folder = Folder()
    one.write("a", "1")
    one.sync(folder)
    kept = one.backup()
    one.write("b", "2")
    one.sync(folder)
    other.sync(folder)
    one.restore(kept)
    one.write("c", "3")
    for computer in (one, other, one):
        computer.sync(folder)
    assert one.copies == 1
    assert answers(one) == answers(other) == {"a": "1", "b": "2", "c": "3"}


def test_two_copies_of_a_computer_keep_what_both_wrote():
    one, other = program(2)
    folder = Folder()
    one.write("a", "1")
    one.sync(folder)
    twin = Computer(one.n, one.of, carries=True)
    twin.restore(one.backup())
    one.write("b", "2")
    twin.write("c", "3")
    for computer in (one, twin, one, other):
        computer.sync(folder)
    assert answers(other) == {"a": "1", "b": "2", "c": "3"}
    assert one.copies == 1
    assert twin.copies == 1


def test_only_who_carries_for_others_sends_anothers_entries_again():
    one, other, third = program(3)
    folder = Folder()
    third.write("a", "1")
    for computer in (third, other):
        computer.sync(folder)
    folder.files.clear()
    assert other.sync(folder)[1].files == 0
    for computer in (third, one):
        computer.sync(folder)
    folder.files.clear()
    assert one.sync(folder)[1].files == 1


def test_a_file_that_cannot_be_read_now_does_not_keep_the_others_back():
    one, other = program(2)
    folder = Folder()
    one.write("a", "1")
    one.sync(folder)
    folder.unreadable = set(folder.files)
    one.write("b", "2")
    one.sync(folder)
    read, _ = other.sync(folder)
    assert sorted(file.outcome for file in read) == ["taken", "unreachable"]
    folder.unreadable = set()
    other.sync(folder)
    assert answers(other) == {"a": "1", "b": "2"}


def test_what_did_not_stay_at_the_target_is_said_and_sent_again():
    one, other = program(2)

    class Forgetful(Folder):
        def put(self, folder, name, data) -> None:
            assert folder == FOLDER
            self.files[name] = data[:100]

    one.write("a", "1")
    _, pushed = one.sync(Forgetful())
    assert [problem.code for problem in pushed.problems] == ["exchange.did_not_stay"]
    assert (pushed.files, pushed.sent) == (0, {})
    folder = Folder()
    one.sync(folder)
    other.sync(folder)
    assert answers(other) == {"a": "1"}
