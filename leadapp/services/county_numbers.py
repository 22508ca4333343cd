"""Numbers a county types in by hand and figures need: residents, days between inspections,
releases from jail. Each is a setting of the program, so it travels with sync.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId, derive_id
from leadapp.journal.rings import SHARED
from leadapp.measures.periods import month
from leadapp.services.desk import Desk
from leadapp.staff.rights import may_program
from leadapp.store.writing import RecordWrite, Written

RESIDENTS = "county_residents"
"""The census figure and its year: ``61234 2024``."""
INSPECTION_DAYS = "kit_inspection_days"
JAIL_RELEASES = "jail_releases "
"""One setting a month: ``jail_releases 2026-10``."""
_FORM = FormId("_setting")
_MOST_DAYS = 366
_YEARS = range(1990, 2100)


@dataclass(frozen=True, slots=True)
class CountyNumbers:
    """What is set; ``None`` and nothing where it is not."""

    residents: int | None
    census_year: int | None
    inspection_days: int | None
    jail_releases: Mapping[str, int]
    """Releases by month, ``2026-10``."""


def county_numbers(desk: Desk) -> CountyNumbers:
    """Return what is set. Reader lane."""
    rows = desk.reader.rows("SELECT name, value FROM setting WHERE value <> ''")
    values = {str(name): str(value) for name, value in rows}
    residents, _, year = values.get(RESIDENTS, "").partition(" ")
    releases = {
        name.removeprefix(JAIL_RELEASES): int(value)
        for name, value in sorted(values.items())
        if name.startswith(JAIL_RELEASES) and value.isdecimal()
    }
    return CountyNumbers(
        residents=_number(residents),
        census_year=_number(year),
        inspection_days=_number(values.get(INSPECTION_DAYS, "")),
        jail_releases=releases,
    )


def may_set(desk: Desk) -> bool:
    """Return whether this person may change them. Any lane."""
    return any(may_program(role, "settings") for role in desk.roles)


def set_residents(desk: Desk, residents: int, census_year: int) -> Written:
    """Set the county census figure and the year it is of. Writer lane."""
    if residents < 1 or census_year not in _YEARS:
        raise Refusal("services.residents_and_year")
    return _set(desk, RESIDENTS, f"{residents} {census_year}")


def set_inspection_days(desk: Desk, days: int) -> Written:
    """Set after how many days a kit is looked at again. Writer lane."""
    if not 1 <= days <= _MOST_DAYS:
        raise Refusal("services.inspection_days", most=_MOST_DAYS)
    return _set(desk, INSPECTION_DAYS, str(days))


def set_jail_releases(desk: Desk, which: str, releases: int) -> Written:
    """Set how many people the jail released in a month, as the jail counts. Writer lane."""
    if releases < 0:
        raise Refusal("services.jail_releases")
    return _set(desk, f"{JAIL_RELEASES}{month(which).start:%Y-%m}", str(releases))


def _set(desk: Desk, name: str, value: str) -> Written:
    desk.require_program("settings")
    record = RecordId(derive_id(desk.device.program_id, "setting", name))
    values = {"name": name, "value": value}
    write = RecordWrite(record, _FORM, "1", "save", values, desk.user, desk.clock.now())
    return desk.archive.write(SHARED, [write])


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
