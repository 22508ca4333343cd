"""One of several computers at work on one target, to be killed: it saves, edits and exchanges.

It runs in a process of its own and tells through a pipe what was done, right after it was.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from leadapp.core.errors import LeadappError
from leadapp.core.ids import FormId, RecordId, RingId
from leadapp.services import syncing, unlock
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, Where
from leadapp.store.queries import RecordQuery
from leadapp.store.writing import RecordWrite
from tests.faults.typist import RunningClock
from tests.forms_once import CACHE
from tests.services.made_county import PASSWORD, put

REFER = RingId("refer-sheriff")
FORM = "lead_referral"
TEXT = "last_name"
_MOST = 100_000
_REFERRAL = {
    "door": "community",
    "when": "2026-11-20T10:30:00.000-07:00",
    "urgency": "routine",
    "first_name": "Wren",
    "status": "received",
}


@dataclass(frozen=True, slots=True)
class Orders:
    """Whose computer it is, the place all exchange through, and what everyone may edit."""

    root: Path
    name: str
    where: Where
    began: float
    number: int
    shared: RecordId


def sit(orders: Orders) -> Desk:
    """Unlock."""
    return unlock.unlock(
        orders.root,
        name=orders.name,
        password=PASSWORD,
        clock=RunningClock(orders.began),
        anchors=orders.root.parent / "anchors",
        cache=CACHE,
    )


def work(orders: Orders, pipe: Connection) -> None:
    """Save, edit and exchange until killed."""
    desk = sit(orders)
    chance = random.Random(orders.number)  # noqa: S311 - what is done next
    kept = KeptTarget("place", orders.where)
    pipe.send(("ready", "", ""))
    number = 0
    while True:
        for _ in range(chance.randrange(1, 6)):
            number += 1
            text = f"Hollis-{orders.number}-{number}"
            record = put(desk, REFER, FORM, {**_REFERRAL, TEXT: text})
            pipe.send(("saved", record, text))
        edit(desk, orders.shared, f"Edited-{orders.number}-{number}")
        pipe.send(("syncing", "", ""))
        try:
            report = syncing.sync(desk, kept)
        except LeadappError as error:
            pipe.send(("trouble", error.code, ""))
            continue
        for problem in report.everything:
            pipe.send(("trouble", problem.code, ""))
        pipe.send(("synced", "", ""))


def edit(desk: Desk, record: RecordId, text: str) -> None:
    """Write one answer of a record that others edit too."""
    if desk.reader.record(REFER, record) is None:
        return
    source = desk.shelf.source(FORM)
    values = {desk.shelf.keys(source)[TEXT]: text, "_hash": source.hash}
    write = RecordWrite(
        record, FormId(FORM), source.version, "save", values, desk.user, desk.clock.now()
    )
    desk.archive.write(REFER, [write])


def written(desk: Desk, record: RecordId) -> str:
    """Return the text of a record, "" where there is none."""
    stored = desk.reader.record(REFER, record)
    key = desk.shelf.keys(desk.shelf.source(FORM))[TEXT]
    return stored.answers.get(key, "") if stored else ""


def everything(desk: Desk) -> Mapping[str, str]:
    """Return what every record of the ring says."""
    lines = desk.reader.records(RecordQuery(rings=(REFER,), voided=None, limit=_MOST))
    return {line.record: written(desk, line.record) for line in lines}
