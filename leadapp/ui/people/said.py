"""What is said of a person in lists and on their page: names, birth, status, consent, due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from leadapp.casework.episodes import IN_THE_WIND_AFTER_DAYS, INACTIVE_AFTER_DAYS
from leadapp.core.ids import RecordId
from leadapp.core.text import fold
from leadapp.services.persons import ConsentLine, PersonFacts
from leadapp.services.today import DueLine
from leadapp.ui.days import age, day_of, say_date, say_day, say_iso, say_late
from leadapp.ui.kit.badge import Tone
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.words import tr

Said = tuple[str, Tone, str | None]
"""Words, tone and icon of a badge."""


def columns(*, care: bool) -> tuple[Column, ...]:
    """Return the columns of the list of people."""
    return (
        Column("name", tr("Name"), stretch=True),
        Column("born", tr("Born"), 112),
        Column("phone", tr("Phone"), 112),
        Column("status", tr("Status"), 118),
        Column("consent", tr("Consent"), 124),
        Column("last", tr("Last contact"), 104),
        Column("next", tr("Next due") if care else tr("To check"), 122),
    )


def row(facts: PersonFacts, due: DueLine | None, today: date) -> Row:
    """Return a person's row."""
    name = facts.name or tr("No name")
    if facts.nickname and fold(facts.nickname) not in fold(name).split():
        name = f"{name} ({facts.nickname})"
    if facts.also:
        name = tr("{name}, also {others}", name=name, others="; ".join(facts.also))
    status, status_tone, _ = status_said(facts)
    consent, consent_tone, _ = consent_said(facts, today)
    return Row(
        facts.record,
        (
            Cell(name, bold=True),
            Cell(born_said(facts), tone="text" if facts.birth_year else "text2"),
            Cell(facts.phone),
            Cell(status, badge=status_tone) if status else Cell(),
            Cell(consent, badge=consent_tone) if facts.side == "care" else Cell(),
            Cell(say_iso(facts.last_contact, today)),
            _next_cell(facts, due, today),
        ),
    )


def _next_cell(facts: PersonFacts, due: DueLine | None, today: date) -> Cell:
    if facts.same_as:
        return Cell(tr("Same person?"), badge="warn")
    if due is None:
        return Cell()
    late = say_late(due.day, today)
    if late:
        return Cell(late, tone="err", bold=True)
    return Cell(tr("Today") if due.day == today else say_day(due.day, today))


def born_said(facts: PersonFacts) -> str:
    """Return "Mar 14, 1989", a year, or that it is not known."""
    born = day_of(facts.birth_day)
    if born is not None:
        return say_date(born)
    return tr("About {year}", year=facts.birth_year) if facts.birth_year else tr("Unknown")


def age_said(facts: PersonFacts, today: date) -> str:
    """Return "36, born Mar 14, 1989"."""
    born = day_of(facts.birth_day)
    if born is not None:
        return tr("{age}, born {day}", age=age(born, today), day=say_date(born))
    if facts.birth_year:
        years = today.year - facts.birth_year
        return tr("About {age}, born about {year}", age=years, year=facts.birth_year)
    return tr("Birth date unknown")


def plain_name(facts: PersonFacts) -> str:
    """Return a name as it is spoken: "Terri-Lynn Osgood"."""
    last, _, first = facts.name.partition(", ")
    return f"{first} {last}".strip() or tr("No name")


def status_said(facts: PersonFacts) -> Said:
    """Return the badge of a person's status."""
    if facts.side == "law":
        return tr("CIT only"), "neutral", None
    said: dict[str, Said] = {
        "active": (tr("LEAD active"), "tint", None),
        "pending_intake": (tr("LEAD referred"), "warn", None),
        "referred": (tr("LEAD referred"), "warn", None),
        "inactive": (tr("LEAD inactive"), "neutral", None),
        "in_the_wind": (tr("Out of touch"), "warn", None),
        "institution": (tr("In custody or care"), "neutral", None),
        "closed": (tr("Closed"), "neutral", None),
    }
    return said.get(facts.status, ("", "neutral", None))


def suggestion_said(status: str) -> str:
    """Return the status that contact suggests, and why."""
    return {
        "active": tr("Active: in touch again"),
        "inactive": tr("Inactive: no contact for more than {days} days", days=INACTIVE_AFTER_DAYS),
        "in_the_wind": tr(
            "In the wind: no contact for more than {days} days", days=IN_THE_WIND_AFTER_DAYS
        ),
    }.get(status, status)


def consent_said(facts: PersonFacts, today: date) -> Said:
    """Return the badge of a person's consent."""
    end = day_of(facts.consent_end)
    match facts.consent:
        case "live":
            return tr("Consent on file"), "ok", "check"
        case "ending" if end is not None:
            return tr("Ends {day}", day=say_date(end, today)), "warn", None
        case "ended":
            return tr("Consent ended"), "err", "circle-alert"
        case _:
            return tr("None"), "neutral", None


def consent_end_said(line: ConsentLine, today: date) -> tuple[str, str]:
    """Return when a consent to one recipient ends, and the tone to say it in."""
    end = day_of(line.end)
    day = say_date(end, today) if end else ""
    match line.state:
        case "live":
            return (tr("To {day}", day=day) if day else tr("No end")), "ok"
        case "ending":
            return tr("Ends {day}", day=day), "warn"
        case "revoked":
            return tr("Revoked {day}", day=day), "err"
        case _:
            return tr("Ended {day}", day=day), "err"


def first_due(lines: Iterable[DueLine]) -> dict[RecordId, DueLine]:
    """Return for each person what is due first."""
    found: dict[RecordId, DueLine] = {}
    for line in lines:
        if line.person:
            found.setdefault(RecordId(line.person), line)
    return found
