"""Due work and an officer's contacts as rows of a table: grouped, with words for lateness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from leadapp.casework.due import Due
from leadapp.services.today import ContactLine, DueLine
from leadapp.ui.days import day_of, say_date, say_day, say_late
from leadapp.ui.kit.cells import Cell, Column, Row, band
from leadapp.ui.words import tr

EVERYONE, MINE, REFERRALS, CONSENTS = "all", "mine", "referrals", "consents"


def due_columns() -> tuple[Column, ...]:
    """Return the columns of due work."""
    return (
        Column("what", tr("What is due"), stretch=True),
        Column("person", tr("Person"), 168),
        Column("when", tr("When"), 108),
        Column("phone", tr("Phone"), 116),
    )


def contact_columns() -> tuple[Column, ...]:
    """Return the columns of an officer's contacts."""
    return (
        Column("what", tr("Contact"), stretch=True),
        Column("when", tr("When"), 160),
        Column("waits", tr("Finish later"), 150),
    )


def chosen(lines: Iterable[DueLine], wanted: str) -> list[DueLine]:
    """Return the lines that a filter lets through."""
    return [line for line in lines if _belongs(line, wanted)]


def due_rows(lines: Sequence[DueLine], today: date) -> list[Row]:
    """Return the rows with a band over each group: Overdue, Today, This week, Later."""
    rows: list[Row] = []
    for name, words, tone in (
        ("overdue", tr("Overdue"), "err"),
        ("today", tr("Today"), "text"),
        ("week", tr("This week"), "text"),
        ("later", tr("Later"), "text"),
    ):
        inside = [line for line in lines if _group(line.day, today) == name]
        if inside:
            rows.append(band(name, f"{words} \N{MIDDLE DOT} {len(inside)}", tone=tone))
            rows += [_due_row(line, today) for line in inside]
    return rows


def contact_rows(contacts: Sequence[ContactLine], today: date) -> list[Row]:
    """Return an officer's contacts: those that wait for answers first, then who is seen again."""
    rows: list[Row] = []
    for name, words in (
        ("wait", tr("To finish")), ("again", tr("To follow up")), ("done", tr("Finished")),
    ):  # fmt: skip
        inside = [one for one in contacts if _sort(one) == name]
        if inside:
            rows.append(band(name, f"{words} \N{MIDDLE DOT} {len(inside)}"))
            rows += [_contact_row(one, today) for one in inside]
    return rows


def what(line: DueLine) -> str:
    """Return what is to be done."""
    return {
        Due.INTAKE: tr("Finish the intake"),
        Due.REFERRAL: tr("Meet after a referral"),
        Due.CONTACT: tr("Planned contact"),
        Due.NO_CONTACT: tr("Get back in touch"),
        Due.CONSENT: tr("Renew consent to share"),
    }[line.sort]


def why(line: DueLine, today: date) -> str:
    """Return what it follows from."""
    since = day_of(line.since)
    day = say_day(since, today) if since else ""
    match line.sort:
        case Due.INTAKE:
            return tr("Referred {day}, arrest door", day=day)
        case Due.REFERRAL:
            return tr("Referred {day}", day=day)
        case Due.CONTACT:
            return tr("Last contact {day}", day=day) if day else tr("No contact yet")
        case Due.NO_CONTACT:
            return tr("No contact since {day}", day=day)
        case _:
            return tr("It ends {day}", day=say_date(line.day, today))


def _belongs(line: DueLine, wanted: str) -> bool:
    match wanted:
        case "mine":
            return line.mine
        case "referrals":
            return line.sort in (Due.REFERRAL, Due.INTAKE)
        case "consents":
            return line.sort is Due.CONSENT
        case _:
            return True


def _group(day: date, today: date) -> str:
    if day <= today:
        return "today" if day == today else "overdue"
    return "week" if day <= today + timedelta(days=7) else "later"


def _due_row(line: DueLine, today: date) -> Row:
    late = say_late(line.day, today)
    said = say_day if line.day.year == today.year else say_date
    when = tr("Today") if line.day == today else said(line.day, today)
    return Row(
        line.key,
        (
            Cell(what(line), why(line, today)),
            Cell(line.name or tr("No name yet"), bold=True),
            Cell(when, late, sub_tone="err"),
            Cell(line.phone or tr("No phone"), tone="text" if line.phone else "text2"),
        ),
    )


def _sort(one: ContactLine) -> str:
    return "wait" if one.waiting else "again" if one.follow_up else "done"


def _contact_row(one: ContactLine, today: date) -> Row:
    line = one.line
    waits = (
        tr("1 answer waits") if one.waiting == 1 else tr("{count} answers wait", count=one.waiting)
    )
    day = day_of(line.day)
    until = say_day(one.follow_up, today) if one.follow_up else ""
    late = one.follow_up is not None and one.follow_up < today
    return Row(
        f"{line.ring} {line.record}",
        (
            Cell(line.title, line.line),
            Cell(
                say_day(day, today) if day else "",
                tr("Follow up by {day}", day=until) if until else "",
                sub_tone="err" if late else "text2",
            ),
            Cell(waits, badge="warn") if one.waiting else Cell(tr("Nothing"), tone="text2"),
        ),
    )
