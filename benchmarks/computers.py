"""More computers for a program, let in by the files people use."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import RingId
from leadapp.services import setup, syncing, unlock
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, SyncReport, enrolling, joining
from leadapp.services.syncing.course import Told
from leadapp.staff.roles import Role
from leadapp.vault.derivation import Argon2

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone(timedelta(hours=-7)))
CARE, SHERIFF = RingId("care"), "sheriff"
CHEAP = Argon2(memory_kib=64, passes=1, lanes=1)
PASSWORD = "purple otter drives nine kites"  # noqa: S105 - of made-up people


@dataclass(frozen=True, slots=True)
class Computer:
    """A program folder, who uses it, and where it exchanges."""

    place: Path
    name: str
    password: str
    stick: Path

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Sit down."""
        desk = unlock.unlock(
            self.place / "program",
            name=self.name,
            password=self.password,
            clock=SteppingClock(NOW),
            anchors=self.place / "anchors",
            cache=self.place / "cache",
        )
        try:
            yield desk
        finally:
            desk.close()


def office(place: Path, stick: Path) -> Computer:
    """Return a new county's office."""
    place.mkdir(parents=True)
    wanted = setup.Wanted(
        "Alder County",
        "office",
        "Nora Ellison",
        PASSWORD,
        roles=frozenset({Role.COORDINATOR, Role.CASE_MANAGER, Role.ADMINISTRATOR}),
        cost=CHEAP,
        made_up=True,
    )
    made = setup.create_program(
        place / "program",
        wanted,
        clock=SteppingClock(NOW),
        anchors=place / "anchors",
        cache=place / "cache",
    )
    page, group = made.asked
    setup.confirm(made, page=page, group=group, typed=made.pages[0].groups[group - 1])
    return Computer(place, wanted.name, PASSWORD, stick)


def joined(
    place: Path,
    by: Computer,
    name: str,
    *,
    roles: Collection[Role],
    device_class: str = "office",
    admit: Collection[RingId] = (),
) -> Computer:
    """Return one more computer of the program ``by`` belongs to; nothing was exchanged yet."""
    place.mkdir(parents=True)
    agency = SHERIFF if device_class == "law" else ""
    invitation, request = place / "invitation.json", place / "request.json"
    with by.desk() as desk:
        enrolling.invite(desk, invitation, device_class=device_class, agency=agency)
    joiner = joining.Joiner(name, PASSWORD, cost=CHEAP)
    words = joining.join(
        place / "program",
        invitation,
        joiner,
        request,
        clock=SteppingClock(NOW),
        anchors=place / "anchors",
    )
    with by.desk() as desk:
        enrolling.approve(desk, request, words=words, roles=roles, admit=admit)
    return Computer(place, name, PASSWORD, by.stick)


def settle(computers: Collection[Computer], *, rounds: int) -> None:
    """Exchange in turn, each at a fresh desk, as often as it takes to know each other's keys."""
    for _ in range(rounds):
        for one in computers:
            with one.desk() as desk:
                exchange(desk, one.stick)


def exchange(desk: Desk, stick: Path, told: Told | None = None) -> SyncReport:
    """Exchange what may go to one stick."""
    return syncing.sync(desk, KeptTarget("stick", stick), told)


def exchange_care(desk: Desk, stick: Path, told: Told | None = None) -> SyncReport:
    """Exchange ``care`` over a stick of its own."""
    return syncing.sync(desk, KeptTarget("care", stick, (CARE,)), told)
