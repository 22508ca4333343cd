"""The made-up county is set up as a real one: accounts, rings, grants, forms in use."""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import FormId, RecordId, RingId, UserId, derive_id
from leadapp.core.paths import cache_folder, resources
from leadapp.journal.rings import SHARED
from leadapp.services import accounts, setup, unlock
from leadapp.services.demo.names import COUNTY
from leadapp.services.desk import Desk
from leadapp.services.shelf import form_writes, shipped_sources
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite
from leadapp.vault.derivation import Cost
from leadapp.vault.passwords import problems_with

SHERIFF = "sheriff"
PASSWORDS = "passwords"
LAW = RingId(f"law-{SHERIFF}")
CARE = RingId("care")
_COUNTED = (LAW, RingId(f"refer-{SHERIFF}"), RingId("supply"), CARE)
_SYLLABLES = [first + second for first in "bdfglmnprstvz" for second in "aeiou"]
_ASIDE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Account:
    """Someone who may unlock the made-up county."""

    name: str
    role: Role
    title: str
    agency: str = ""


ADMIN = Account("admin", Role.ADMINISTRATOR, "Administrator")
ACCOUNTS = (
    Account("deputy", Role.DEPUTY, "Deputy", SHERIFF),
    Account("supervisor", Role.LAW_SUPERVISOR, "Patrol sergeant", SHERIFF),
    Account("casemanager", Role.CASE_MANAGER, "Case manager"),
    Account("coordinator", Role.COORDINATOR, "LEAD coordinator"),
    Account("clerk", Role.REPORT_CLERK, "Report clerk"),
)


@dataclass(slots=True)
class Program:
    """The county's folder and how to unlock it as anyone."""

    folder: Path
    clock: SteppingClock
    anchors: Path | None
    cache: Path | None
    cost: Cost | None
    passwords: dict[str, str] = field(default_factory=dict, repr=False)
    users: dict[str, UserId] = field(default_factory=dict)

    @contextmanager
    def desk(self, name: str) -> Iterator[Desk]:
        """Unlock as ``name``; locked again at the end."""
        desk = unlock.unlock(
            self.folder,
            name=name,
            password=self.passwords[name],
            clock=self.clock,
            anchors=self.anchors,
            cache=self.cache,
        )
        try:
            yield desk
        finally:
            unlock.lock(desk)


def found(program: Program) -> None:
    """Set the county up; every ring is made and granted when this returns."""
    _set_up(program)
    with program.desk(ADMIN.name) as desk:
        _add_accounts(program, desk)
    with program.desk("casemanager") as desk:  # the first care holder: makes ``care``
        accounts.grant_ring(desk, CARE, program.users["coordinator"])
    with program.desk("deputy"):  # makes ``law``, which the coordinator then may open
        program.clock.step(_ASIDE)
    with program.desk("coordinator") as desk:
        for ring in _COUNTED:
            accounts.grant_ring(desk, ring, program.users["clerk"])
        _put_forms_in_use(program, desk)
        _put_settings(desk)


def keep_passwords(program: Program) -> None:
    """Write each password where only the folder's owner may read it."""
    folder = program.folder / PASSWORDS
    folder.mkdir(mode=0o700)
    for name, password in program.passwords.items():
        file = folder / f"{name}.txt"
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as out:
            out.write(f"{password}\n")


def _set_up(program: Program) -> None:
    password = _new_password(ADMIN)
    wanted = setup.Wanted(
        county=COUNTY,
        device_class="office",
        name=ADMIN.name,
        password=password,
        title=ADMIN.title,
        made_up=True,
        cost=program.cost,
    )
    made = setup.create_program(
        program.folder, wanted, clock=program.clock, anchors=program.anchors
    )
    page, group = made.asked
    typed = next(one for one in made.pages if one.name == page)
    setup.confirm(made, page=page, group=group, typed=typed.groups[group - 1])
    program.passwords[ADMIN.name] = password
    program.users[ADMIN.name] = made.user
    program.clock.step(_ASIDE)


def _add_accounts(program: Program, desk: Desk) -> None:
    for account in ACCOUNTS:
        password = _new_password(account)
        new = accounts.NewUser(
            name=account.name,
            roles=frozenset({account.role}),
            password=password,
            agency=account.agency,
            title=account.title,
        )
        program.users[account.name] = accounts.add_user(desk, new)
        program.passwords[account.name] = password
        program.clock.step(_ASIDE)
    accounts.grant_law(desk, SHERIFF, program.users["coordinator"])


def _new_password(account: Account) -> str:
    """Return a password that can be said aloud and that the program itself finds good."""
    while True:
        groups = ("".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(4))
        password = "-".join(groups)
        if not problems_with(password, (COUNTY, account.agency, account.name)):
            return password


def _put_forms_in_use(program: Program, desk: Desk) -> None:
    desk.require_program("approve_form")
    sources = shipped_sources((program.cache or cache_folder()) / "forms")
    now = desk.clock.now()
    desk.archive.write(SHARED, form_writes(sources, ids=desk.ids, author=desk.user, at=now))


def _put_settings(desk: Desk) -> None:
    desk.require_program("settings")
    table = tomllib.loads((resources() / "lists" / "settings.toml").read_text("utf-8"))
    desk.archive.write(SHARED, [_setting(desk, row) for row in table["setting"]])


def _setting(desk: Desk, row: Mapping[str, str]) -> RecordWrite:
    record = RecordId(derive_id(desk.device.program_id, "setting", row["name"]))
    values = {"name": row["name"], "value": row["value"]}
    return RecordWrite(record, FormId("_setting"), "1", "save", values, desk.user, desk.clock.now())
