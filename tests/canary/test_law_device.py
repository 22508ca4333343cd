"""A deputy's password opens no care, and a law computer never has a care or supply file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.services import accounts, backups, browsing
from leadapp.store.folder import ProgramFolder
from leadapp.store.reader import Reader
from leadapp.vault.keyring import Keyring
from tests.faults.county import (
    ADMIN,
    CARE,
    COORDINATOR,
    DEPUTY,
    LAW,
    PASSWORD,
    PEOPLE,
    SUPPLY,
    County,
    found,
    stock,
)

EVERYONE = (ADMIN, *PEOPLE)


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> County:
    """An office computer with people in care."""
    county = found(tmp_path_factory.mktemp("office") / "program")
    stock(county)
    return county


@pytest.fixture
def law(tmp_path) -> County:
    """A patrol laptop with an account for every role."""
    return found(tmp_path / "program", law=True)


def traces(county: County) -> list[str]:
    """Return what on this computer has to do with ``care`` or ``supply``."""
    place = county.root.parent
    names = [
        str(path.relative_to(place))
        for path in place.rglob("*")
        if path.name.startswith(("care", "supply"))
    ]
    said = (county.root / "keyring.json").read_text("utf-8")
    return names + [word for word in ("care", "supply") if f'"{word}"' in said]


def test_a_deputys_password_opens_no_care(office):
    keyring = Keyring.load(office.root / "keyring.json")
    deputy = next(slot.user for slot in keyring.users() if slot.name == DEPUTY)
    keys = keyring.unlock(deputy, PASSWORD)
    assert keyring.rings_of(deputy).isdisjoint({CARE, SUPPLY})
    for ring in (CARE, SUPPLY):
        with pytest.raises(LeadappError):
            keyring.open_ring_key(ring, keys)
    with pytest.raises(LeadappError):
        Reader.open(ProgramFolder(office.root), {CARE: keyring.open_ring_key(LAW, keys)})


def test_a_deputy_at_an_office_computer_holds_no_care(office):
    desk = office.sit(DEPUTY)
    assert set(desk.rings).isdisjoint({CARE, SUPPLY})
    assert browsing.people(desk, "Osgood") == []
    desk.close()


@pytest.mark.parametrize("first", EVERYONE)
def test_whoever_logs_in_first_a_law_computer_gets_no_care_and_no_supply(law, first):
    for name in (first, *EVERYONE):
        desk = law.sit(name)
        assert set(desk.rings).isdisjoint({CARE, SUPPLY})
        desk.close()
    assert traces(law) == []
    assert set(rings_with_a_file(law)) <= {"sys", "shared", "law-sheriff", "refer-sheriff"}


def rings_with_a_file(county: County) -> list[str]:
    """Return the rings that lie on the computer."""
    return [path.stem for path in (county.root / "rings").glob("*.ring")]


def test_nobody_can_make_or_give_care_on_a_law_computer(law):
    for name in EVERYONE:
        desk = law.sit(name)
        for ring in (CARE, SUPPLY, RingId("law-police")):
            with pytest.raises(LeadappError):
                desk.holding.make_ring(desk.archive, ring)
            with pytest.raises(LeadappError):
                accounts.grant_ring(desk, ring, desk.user)
        desk.close()
    assert traces(law) == []


def test_no_backup_of_a_law_computer_holds_care(law):
    desk = law.sit(DEPUTY)
    made = backups.back_up(desk)
    desk.close()
    listed = json.loads((Path(made) / "manifest.json").read_text("utf-8"))["files"]
    assert [name for name in listed if "care" in name or "supply" in name] == []
    assert traces(law) == []


def test_a_law_computer_whose_device_file_says_office_gets_no_care(law):
    path = law.root / "device.json"
    said = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**said, "device_class": "office", "agency": ""}), "utf-8")
    for name in (COORDINATOR, "Cass Embry", "Stu Wynn", ADMIN):
        try:
            desk = law.sit(name)
        except LeadappError:
            continue
        assert set(desk.rings).isdisjoint({CARE, SUPPLY})
        desk.close()
    assert traces(law) == []


def test_an_office_computer_whose_device_file_says_law_keeps_its_keys(tmp_path):
    county = found(tmp_path / "program")
    path = county.root / "device.json"
    said = path.read_text("utf-8")
    changed = {**json.loads(said), "device_class": "law", "agency": "sheriff"}
    path.write_text(json.dumps(changed), "utf-8")
    for name in EVERYONE:
        try:
            county.sit(name).close()
        except LeadappError:
            continue
    path.write_text(said, "utf-8")
    desk = county.sit(COORDINATOR)
    assert CARE in desk.rings
    desk.close()
