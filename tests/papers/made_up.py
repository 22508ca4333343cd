"""A made-up month of a made-up county, as the services would hand it over."""

from __future__ import annotations

from datetime import UTC, date, datetime

from leadapp.papers.charts import BarChart, BarFigure, ColumnChart, ColumnFigure
from leadapp.papers.report_input import (
    BoxFigure,
    Definition,
    FigureRow,
    FigureTable,
    FigureValue,
    MergedDevice,
    ReportPaper,
)

PRINTED = datetime(2025, 11, 3, 14, 41, tzinfo=UTC)
_COLUMNS = ("Oct", "Sep", "2025")


def table(title: str, note: str, rows: list[tuple[str, str]], total: str = "") -> FigureTable:
    """Return a table from lines such as ``("Contacts", "54 47 464")``."""
    made = [
        FigureRow(f"m-{label.lower().replace(' ', '-')}", label, tuple(values.split()))
        for label, values in rows
    ]
    if total:
        label, values = total.split(":")
        name = f"m-{label.lower().replace(' ', '-')}"
        made.append(FigureRow(name, label, tuple(values.split()), bold=True, rule_above=True))
    return FigureTable(title, note, _COLUMNS, tuple(made))


CONTACTS = table(
    "CIT contacts",
    "",
    [
        ("Contacts", "54 47 464"),
        ("People seen once or more", "43 39 291"),
        ("CIT-trained deputy on scene", "46 38 377"),
        ("Veteran, self-reported", "8 5 57"),
        ("Under 18", "4 6 41"),
        ("Median minutes on scene", "38 41 40"),
        ("Force used", "1 2 11"),
        ("Anyone injured", "0 1 4"),
    ],
)
CLIENTS = table(
    "LEAD clients",
    "",
    [
        ("Referred", "9 7 74"),
        ("Screened", "8 7 69"),
        ("Intake finished", "6 4 48"),
        ("Consent to share on file", "5 4 45"),
        ("Case contacts", "118 104 1,013"),
        ("Linked to a service", "17 12 143"),
        ("Left the program", "3 2 22"),
    ],
    "Active on the last day:31 28 31",
)
NALOXONE = table(
    "Naloxone",
    "Kits of 2 doses",
    [
        ("On hand, first day", "39 47 60"),
        ("Received", "24 12 156"),
        ("Given to people", "−19 −15 −141"),
        ("Used by deputies", "−3 −4 −31"),
        ("Expired or damaged", "0 −1 −3"),
    ],
    "On hand, last day:41 39 41",
)
ENDINGS = BarChart(
    "How CIT contacts ended",
    "54 contacts",
    tuple(
        BarFigure(label, value, str(value), "cit-endings", label, label == "Not recorded")
        for label, value in (
            ("Settled on scene", 21),
            ("Taken to care, willing", 14),
            ("Diverted to LEAD", 7),
            ("Emergency hold", 5),
            ("Arrest or citation", 5),
            ("Not recorded", 2),
        )
    ),
    "Oct",
)
_MONTHS = (38, 41, 36, 44, 39, 47, 52, 49, 45, 51, 47, 54)
BY_MONTH = ColumnChart(
    "CIT contacts by month",
    "12 months",
    "cit-contacts",
    tuple(
        ColumnFigure(letter, value, str(value), f"month {number}", under)
        for number, (letter, value, under) in enumerate(
            zip("NDJFMAMJJASO", _MONTHS, ("2024", "", "2025", *[""] * 9), strict=True), 1
        )
    ),
)
CAUTIONS = (
    "2 CIT contacts have no ending recorded. They are counted, and shown as Not recorded.",
    "1 record differs between two computers. It may change 3 figures (Sync, Review).",
    "People are counted once even if seen many times.",
    "How each number is counted: the last pages.",
)


def definitions(count: int) -> tuple[Definition, ...]:
    """Return so many definitions."""
    return tuple(
        Definition(
            f"cit-c{number}",
            f"People seen in crisis, way {number}",
            "Distinct persons with at least one CIT contact whose arrival lies in the period. "
            "A person without a record number counts once for each contact.",
            "distinct persons",
            "CIT contact form, question 4",
            1,
        )
        for number in range(1, count + 1)
    )


def october(**changes: object) -> ReportPaper:
    """Return the monthly summary for October 2025, with ``changes``."""
    fields: dict[str, object] = {
        "program_name": "Alder County LEAD and CIT",
        "report_id": "monthly-summary",
        "report_version": 3,
        "title": "Monthly summary: October 2025",
        "report_name": "Monthly summary",
        "period_label": "October 2025",
        "starts": date(2025, 10, 1),
        "ends": date(2025, 10, 31),
        "prepared_at": PRINTED,
        "prepared_by": "N. Ellison",
        "cutoff_label": "Records synced through Fri Oct 31, 4:52 pm",
        "copy": "internal",
        "small_counts": "Counts of 1 to 10 are hidden in the copy for publication.",
        "watermark": "Made-up data",
        "boxes": (
            BoxFigure("cit-contacts", "CIT contacts", "54", "47 in September"),
            BoxFigure("lead-referrals", "LEAD referrals", "9", "7 in September"),
            BoxFigure("lead-new", "New LEAD clients", "6", "4 in September"),
            BoxFigure("lead-active", "Active LEAD clients", "31", "28 in September"),
            BoxFigure("kits-given", "Naloxone kits given", "19", "3 used by deputies"),
        ),
        "charts": (ENDINGS, BY_MONTH),
        "tables": (CONTACTS, CLIENTS, NALOXONE),
        "further": (CONTACTS, CLIENTS, _MAIN_PROBLEMS),
        "cautions": CAUTIONS,
        "definitions": definitions(24),
        "rings_open": ("crisis contacts of the Sheriff", "referrals", "people in care", "supply"),
        "devices": (
            MergedDevice("Office 1", "Mon Nov 3, 2:39 pm"),
            MergedDevice("Unit 9", "Fri Oct 31, 4:52 pm"),
            MergedDevice("Unit 12", "Thu Oct 30, 11:05 pm"),
        ),
        "values": (
            FigureValue(
                "cit-contacts", 1, "events", 54, "54", date(2025, 10, 1), date(2025, 10, 31)
            ),
            FigureValue(
                "kits-given", 2, "kits", 19, "19", date(2025, 10, 1), date(2025, 10, 31), "office"
            ),
        ),
        "data_json": {"conflicts": 1},
    }
    return ReportPaper(**{**fields, **changes})  # type: ignore[arg-type]  # one dict of many types


_MAIN_PROBLEMS = FigureTable(
    "Main problem, by month",
    "Events",
    ("Oct", "Sep", "Aug", "Jul", "Jun", "May", "2025"),
    tuple(
        FigureRow("cit-problem", label, ("12", "9", "14", "8", "11", "10", "101"), group=label)
        for label in ("Suicidal", "Psychosis", "Alcohol or other drugs", "Dementia", "Not recorded")
    ),
)
