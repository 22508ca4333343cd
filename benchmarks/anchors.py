"""The same merge by other engines, side by side: ``python -m benchmarks.anchors``.

100,000 records of twelve answers: the difference is made, taken into an empty copy; then
10,000 edits are taken, of which 1,000 meet another edit of the same answer. What each
does with those says more than its speed: see the last column. The others move rows; this
program also encrypts, signs, checks, keeps who did what, and makes its lists and searches.
"""

from __future__ import annotations

import gzip
import json
import random
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any  # the engines ship no types

from benchmarks.computers import NOW, Computer, exchange, joined, office, settle
from leadapp.core.ids import FormId, RecordId, RingId, derive_id
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite

RECORDS = 100_000
FIELDS = tuple(f"answer_{at:02}" for at in range(12))
EDITED = FIELDS[3]
_BATCH = 1_000
_REFER = RingId("refer-sheriff")
_FORM = FormId("bench")


@dataclass(frozen=True, slots=True)
class Line:
    """What one engine did: records a second, bytes a record, edits a second."""

    engine: str
    made: float
    taken: float
    size: float
    edits: float
    conflicts: str


def lines(rows: list[Line]) -> list[str]:
    """Return the table in Markdown."""
    found = [
        "| engine | difference made, records/s | taken into an empty copy, records/s "
        "| bytes a record | edits taken/s | two edits of one answer |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    found += [
        f"| {row.engine} | {row.made:,.0f} | {row.taken:,.0f} | {row.size:,.0f} "
        f"| {row.edits:,.0f} | {row.conflicts} |"
        for row in rows
    ]
    return found


def run(place: Path, records: int = RECORDS) -> Iterator[Line]:
    """Run all engines in ``place``, which is emptied; those not installed are left out."""
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    for engine in (_ours, _sessions, _geodiff, _yjs):
        try:
            yield engine(place / engine.__name__.strip("_"), records)
        except ModuleNotFoundError as missing:
            print(f"  {missing.name} is not installed: left out.", flush=True)
    shutil.rmtree(place, ignore_errors=True)


def _edits(records: int) -> tuple[int, int]:
    """Return how many records are edited afterwards, and how many of them on both sides."""
    return records // 10, records // 100


def _texts(at: int) -> list[str]:
    chance = random.Random(at)
    return [f"{chance.getrandbits(64):016x}" for _ in FIELDS]


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    given = act()
    return time.perf_counter() - began, given


# -- this program ---------------------------------------------------------------------------


def _ours(place: Path, records: int) -> Line:
    stick = place / "stick"
    stick.mkdir(parents=True)
    one = office(place / "one", stick)
    two = joined(place / "two", one, "Rita Gomez", roles={Role.COORDINATOR, Role.CASE_MANAGER})
    law = joined(
        place / "law", one, "Dan Halvorsen", roles={Role.DEPUTY}, device_class="law"
    )  # its agency brings the ring that is measured
    settle([one, two, law, one, two], rounds=2)
    with one.desk() as desk:
        for start in range(0, records, _BATCH):
            _save(desk, range(start, start + _BATCH), lambda at: _texts(at))
        before = _bytes(stick)
        made, _ = _timed(lambda: exchange(desk, stick))
        size = (_bytes(stick) - before) / records
    with two.desk() as desk:
        taken, _ = _timed(lambda: exchange(desk, stick))
    many, _both = _edits(records)
    edits, conflicts = _our_edits(one, two, stick, records)
    shown = f"{conflicts:,} listed by answer, both kept"
    return Line("this program", records / made, records / taken, size, many / edits, shown)


def _our_edits(one: Computer, two: Computer, stick: Path, records: int) -> tuple[float, int]:
    many, both = _edits(records)
    with two.desk() as desk:
        for start in range(0, many, _BATCH):
            _save(desk, range(start, min(start + _BATCH, many)), lambda at: {EDITED: f"two {at}"})
        exchange(desk, stick)
    with one.desk() as desk:
        _save(desk, range(both), lambda at: {EDITED: f"one {at}"})
        seconds, _ = _timed(lambda: exchange(desk, stick))
        found = desk.reader.count(RecordQuery(rings=(_REFER,), conflicted=True, voided=None))
    return seconds, found


def _save(desk: Desk, which: range, said: Callable[[int], Any]) -> None:
    writes = []
    for at in which:
        values = said(at)
        if not isinstance(values, dict):
            values = dict(zip(FIELDS, values, strict=True))
        record = RecordId(derive_id("bench", str(at)))
        moment = NOW + timedelta(seconds=at)
        writes.append(RecordWrite(record, _FORM, "1", "save", values, desk.user, moment))
    desk.archive.write(_REFER, writes)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*.dvb"))


# -- rows of SQLite: its session extension, and geodiff -------------------------------------


def _sessions(place: Path, records: int) -> Line:
    import apsw

    place.mkdir()
    one, two = (apsw.Connection(str(place / f"{name}.db")) for name in ("one", "two"))
    for each in (one, two):
        each.execute(_schema())
    session = apsw.Session(one, "main")
    session.attach("record")
    _fill(one, records)
    made, delta = _timed(session.changeset)
    taken, _ = _timed(lambda: apsw.Changeset.apply(delta, two))
    session = apsw.Session(two, "main")
    session.attach("record")
    many, both = _edits(records)
    _edit(two, many, "two")
    _edit(one, both, "one")
    met: list[int] = []

    def keep(reason: int, _change: object) -> int:
        met.append(reason)
        return int(apsw.SQLITE_CHANGESET_REPLACE)

    changes = session.changeset()
    edits, _ = _timed(lambda: apsw.Changeset.apply(changes, one, conflict=keep))
    size = len(gzip.compress(delta, 6)) / records
    told = f"{len(met):,} rows told once, the loser is gone"
    return Line("SQLite sessions (apsw)", records / made, records / taken, size, many / edits, told)


def _geodiff(place: Path, records: int) -> Line:
    import apsw
    import pygeodiff

    place.mkdir()
    engine = pygeodiff.GeoDiff()
    base, one, two = (str(place / f"{name}.db") for name in ("base", "one", "two"))
    apsw.Connection(base).execute(_schema())
    shutil.copy(base, one)
    _fill(apsw.Connection(one), records)
    delta = str(place / "delta")
    made, _ = _timed(lambda: engine.create_changeset(base, one, delta))
    shutil.copy(base, two)
    taken, _ = _timed(lambda: engine.apply_changeset(two, delta))
    theirs = str(place / "theirs.db")
    shutil.copy(one, theirs)
    many, both = _edits(records)
    _edit(apsw.Connection(theirs), both, "one")
    _edit(apsw.Connection(two), many, "two")
    conflict = place / "conflict.json"
    edits, _ = _timed(lambda: engine.rebase(one, theirs, two, str(conflict)))
    told = len(json.loads(conflict.read_text("utf-8"))["geodiff"]) if conflict.exists() else 0
    size = len(gzip.compress(Path(delta).read_bytes(), 6)) / records
    shown = f"{told:,} in a file beside it"
    return Line("geodiff", records / made, records / taken, size, many / edits, shown)


def _schema() -> str:
    answers = ", ".join(f"{name} TEXT" for name in FIELDS)
    return f"CREATE TABLE record (id INTEGER PRIMARY KEY, {answers})"


def _fill(connection: Any, records: int) -> None:
    marks = ", ".join("?" * (len(FIELDS) + 1))
    with connection:
        connection.executemany(
            f"INSERT INTO record VALUES ({marks})",  # noqa: S608 - only question marks
            ((at, *_texts(at)) for at in range(records)),
        )


def _edit(connection: Any, count: int, who: str) -> None:
    with connection:
        connection.executemany(
            f"UPDATE record SET {EDITED} = ? WHERE id = ?",  # noqa: S608 - our own column
            ((f"{who} {at}", at) for at in range(count)),
        )


# -- a CRDT ---------------------------------------------------------------------------------


def _yjs(place: Path, records: int) -> Line:
    del place
    from pycrdt import Doc, Map

    one, two = Doc(), Doc()
    shared: Any = one.get("records", type=Map)
    with one.transaction():
        for at in range(records):
            shared[str(at)] = Map(dict(zip(FIELDS, _texts(at), strict=True)))
    made, delta = _timed(one.get_update)
    taken, _ = _timed(lambda: two.apply_update(delta))
    many, both = _edits(records)
    for doc, count, who in ((two, many, "two"), (one, both, "one")):
        there: Any = doc.get("records", type=Map)
        with doc.transaction():
            for at in range(count):
                there[str(at)][EDITED] = f"{who} {at}"
    changes = two.get_update(one.get_state())
    edits, _ = _timed(lambda: one.apply_update(changes))
    size = len(gzip.compress(delta, 6)) / records
    shown = "none told, one of the two is gone"
    return Line("Yjs (pycrdt)", records / made, records / taken, size, many / edits, shown)


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    print(*lines(list(run(Path("build/bench/anchors"), many))), sep="\n")
