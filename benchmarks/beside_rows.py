"""What a person notices while 10,000 entries come in: the slowest draft and the slowest save."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.computers import NOW, Computer, joined, office, settle
from benchmarks.timing import Row, once_ms, timed
from leadapp.core.clock import to_milliseconds
from leadapp.core.ids import DraftId, FormId, RecordId, RingId, new_id
from leadapp.services.desk import Desk
from leadapp.services.syncing import Course, KeptTarget
from leadapp.staff.roles import Role
from leadapp.store.drafts import Draft
from leadapp.store.writing import RecordWrite

ENTRIES, AT_ONCE = 10_000, 100
A_KEY, A_SAVE = 0.05, 0.25
"""Seconds between two drafts, and between two saves."""
BUDGET = 1_000
_REFER = RingId("refer-sheriff")
_ANSWERS = {
    "door": "community",
    "when": "2026-11-20T10:30:00.000-07:00",
    "urgency": "routine",
    "first_name": "Wren",
    "last_name": "Hollis",
    "status": "received",
}


def rows(place: Path) -> Iterator[Row]:
    """Have a laptop send 10,000 entries, and type and save at the office as they come in."""
    stick = place / "stick"
    stick.mkdir(parents=True)
    first = office(place / "office", stick)
    laptop = joined(place / "laptop", first, "Deputy 1", roles={Role.DEPUTY}, device_class="law")
    settle([first, laptop], rounds=3)
    with laptop.desk() as desk:
        for _ in range(ENTRIES // AT_ONCE):
            desk.archive.write(_REFER, [_referral(desk) for _ in range(AT_ONCE)])
        for _ in Course(desk, KeptTarget("stick", stick)).slices():
            pass
    yield from _beside(first, stick)


def _beside(first: Computer, stick: Path) -> Iterator[Row]:
    over = threading.Event()
    with first.desk() as desk, ThreadPoolExecutor(1) as writer, ThreadPoolExecutor(2) as people:
        course = Course(desk, KeptTarget("stick", stick))
        typing = people.submit(_type, desk, over)
        saving = people.submit(_save, desk, writer, over)
        try:
            took, _ = timed(lambda: _drive(course, writer))
        finally:
            over.set()
        drafts, saves = typing.result(), saving.result()
        came = sum(one.entries_in for one in course.report.rings)
        assert came >= ENTRIES, course.report
        assert not course.report.everything, course.report
    note = f"of {len(drafts)}, while {came:,} entries came in, in {took / 1000:.1f} s"
    yield Row("the slowest draft during an exchange", max(drafts), BUDGET, note=note)
    note = f"of {len(saves)}, waiting for the writer included"
    yield Row("the slowest save during an exchange", max(saves), BUDGET, note=note)


def _drive(course: Course, writer: ThreadPoolExecutor) -> None:
    """Do the exchange as the window does: each slice on the lane the last one named."""
    with ThreadPoolExecutor(1) as away:
        lanes, slices, lane = {"writer": writer, "away": away}, course.slices(), "writer"
        while (said := lanes[lane].submit(next, slices, None).result()) is not None:
            lane = said.lane


def _type(desk: Desk, over: threading.Event) -> list[float]:
    """Keep a draft after each few letters, on a thread of its own; return what each took."""
    source, found = desk.shelf.source("lead_referral"), []
    record, draft, text = RecordId(new_id()), DraftId(new_id()), ""
    while not over.wait(A_KEY):
        text = (text + "He said that ")[-2_000:]
        now = to_milliseconds(NOW)
        made = Draft(
            draft, record, FormId("lead_referral"), source.version, source.hash, desk.user,
            _REFER, {"worries": text}, now, now,
        )  # fmt: skip
        found.append(once_ms(lambda made=made: desk.drafts.save(made)))  # type: ignore[misc] # a default binds it now
    return found


def _save(desk: Desk, writer: ThreadPoolExecutor, over: threading.Event) -> list[float]:
    """Finish a record now and then, on the writer's lane; return what each took with its wait."""
    found = []
    while not over.wait(A_SAVE):
        began = time.perf_counter()
        writer.submit(desk.archive.write, _REFER, [_referral(desk)]).result()
        found.append((time.perf_counter() - began) * 1000)
    return found


def _referral(desk: Desk) -> RecordWrite:
    source = desk.shelf.source("lead_referral")
    keys = desk.shelf.keys(source)
    values = {keys[name]: text for name, text in _ANSWERS.items()} | {"_hash": source.hash}
    return RecordWrite(
        RecordId(new_id()), FormId("lead_referral"), source.version, "save", values, desk.user, NOW
    )


if __name__ == "__main__":
    for row in rows(Path(sys.argv[1])):
        sys.stdout.write(f"{row.what:45} {row.value:8.1f} {row.unit}  {row.note}\n")
