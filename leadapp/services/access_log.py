"""Who opened, searched, printed or took out what: the log of accesses of a ring, and its paper.

It names records by their ids only. For those whose role reads logs; reading it is itself
an access.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from leadapp.core.errors import Refusal
from leadapp.core.ids import RingId
from leadapp.core.paths import resources
from leadapp.core.words import load_words
from leadapp.kinds.cells import spoken
from leadapp.measures.periods import Period
from leadapp.papers.press import open_press
from leadapp.papers.record_list import ListColumn, ListPaper, render_list
from leadapp.services.desk import Desk, family_of
from leadapp.staff.rights import ANY
from leadapp.store.queries import AccessLine

ACTION = "read_log"
MOST_LINES = 1_000_000
_WEIGHTS = (3, 3, 2, 4, 4)


@dataclass(frozen=True, slots=True)
class LogLine:
    """One access: when, who (by name), what was done to which record, and why."""

    at: datetime
    who: str
    act: str
    record: str
    why: str


@dataclass(frozen=True, slots=True)
class Log:
    """The accesses written into a ring in a period, oldest first."""

    ring: RingId
    period: Period
    lines: tuple[LogLine, ...]


@dataclass(frozen=True, slots=True)
class LogPaper:
    """A PDF and what to call it."""

    pdf: bytes
    name: str


def readable(desk: Desk) -> tuple[RingId, ...]:
    """Return the open rings whose log this person may read."""
    return tuple(ring for ring in desk.rings if desk.may(ACTION, ANY, family_of(ring)))


def access_log(desk: Desk, ring: RingId, period: Period, names: Mapping[str, str]) -> Log:
    """Return the accesses of ``period``, with people's ``names`` by user id.

    Reader lane; say ``was_read`` before showing it.
    """
    if ring not in desk.rings:
        raise Refusal("services.log_not_open", ring=ring)
    desk.require(ACTION, ANY, family_of(ring))
    zone = desk.clock.now().tzinfo
    found = []
    for one in reversed(desk.reader.accesses(ring, limit=MOST_LINES)):
        at = datetime.fromtimestamp(one.at_ms / 1000, zone)
        if period.start <= at.date() < period.end:
            found.append(_line(one, at, names))
    return Log(ring, period, tuple(sorted(found, key=lambda line: line.at)))


def was_read(desk: Desk, log: Log) -> None:
    """Log that the log was read. Writer lane."""
    desk.note(ACTION, log.ring)


def was_printed(desk: Desk, log: Log) -> None:
    """Log that the log was printed, before its paper is handed out. Writer lane."""
    desk.note("print_log", log.ring)


def paper(desk: Desk, log: Log) -> LogPaper:
    """Return the log on paper. Reader lane; say ``was_printed`` before handing it out."""
    words = load_words(resources() / "words")
    press = open_press(resources(), words)
    heads = [words.say(f"services.log_{name}") for name in ("when", "who", "act", "record", "why")]
    made = ListPaper(
        program_name=desk.device.county,
        title=words.say("services.log_title", {"ring": log.ring}),
        copy="internal",
        columns=tuple(ListColumn(*one) for one in zip(heads, _WEIGHTS, strict=True)),
        rows=tuple(
            (press.moment(line.at), line.who, line.act, line.record, line.why) for line in log.lines
        ),
        printed_by=desk.name,
        printed_at=desk.clock.now(),
        right_lines=(log.period.label,),
        part2=family_of(log.ring) == "care",
        watermark=press.say("made_up") if desk.device.made_up else None,
    )
    name = f"log-{log.ring}-{log.period.start.isoformat()}.pdf"
    return LogPaper(render_list(made, press), name)


def _line(one: AccessLine, at: datetime, names: Mapping[str, str]) -> LogLine:
    why = ", ".join(filter(None, (one.why, one.detail)))
    return LogLine(at, names.get(one.user, one.user), spoken(one.act), one.record, why)
