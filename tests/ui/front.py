"""A real program folder with people in it, and the window over it, for tests of the way in."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import UserId
from leadapp.services import accounts, setup, unlock
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.ui.application import Application
from leadapp.ui.unlock.hall import Hall
from leadapp.ui.unlock.screen import UnlockScreen
from leadapp.vault.derivation import Argon2

TINY = Argon2(memory_kib=32, passes=1, lanes=1)
ADA, NORA, TYLER = "Ada Minster", "Nora Ellison", "Tyler Amundson"
PASSWORDS = {
    ADA: "purple otter drives nine kites",
    NORA: "green lamps under tall bridges",
    TYLER: "seven quiet rivers and a moon",
}
ROLES = {NORA: Role.CASE_MANAGER, TYLER: Role.COORDINATOR}
MORNING = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)


@dataclass
class County:
    """The folder, its clock, and who is in it."""

    root: Path
    clock: SteppingClock
    users: dict[str, UserId]

    def desk(self, name: str) -> Desk:
        """Unlock without a window."""
        return unlock.unlock(self.root, name=name, password=PASSWORDS[name], clock=self.clock)


def make_county(root: Path, *, tiles: bool = True, people: bool = True) -> County:
    """Set up an office computer with an administrator, a case manager and a coordinator."""
    clock = SteppingClock(MORNING)
    made = setup.create_program(
        root,
        setup.Wanted(
            county="Alder County",
            device_class="office",
            name=ADA,
            password=PASSWORDS[ADA],
            tiles=tiles,
            cost=TINY,
        ),
        clock=clock,
    )
    name, group = made.asked
    page = next(one for one in made.pages if one.name == name)
    setup.confirm(made, page=name, group=group, typed=page.groups[group - 1])
    county = County(root, clock, {ADA: made.user})
    if people:
        desk = county.desk(ADA)
        for one, role in ROLES.items():
            new = accounts.NewUser(one, frozenset({role}), PASSWORDS[one])
            county.users[one] = accounts.add_user(desk, new)
        desk.close()
    return county


class Window:
    """The running window and the keys that are pressed in it."""

    def __init__(self, app: Application, qtbot: QtBot) -> None:
        self.app, self.qtbot = app, qtbot

    @property
    def cover(self) -> QWidget | None:
        return self.app.cover

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=20_000)

    def focused(self) -> QWidget:
        """Return what has the focus in the window."""
        found = QApplication.focusWidget()
        assert found is not None
        return found

    def press(
        self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.focused(), key, held)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.focused(), text)

    def unlock_screen(self) -> UnlockScreen:
        """Wait until the unlock screen knows who is here, and has the focus."""
        self.wait(lambda: isinstance(self.cover, UnlockScreen) and self.cover.ready)
        assert isinstance(self.cover, UnlockScreen)
        screen = self.cover
        self.wait(lambda: QApplication.focusWidget() is not None)
        return screen

    def choose(self, name: str) -> None:
        """Choose a tile by arrows, as often as it takes, then go to the password."""
        screen = self.unlock_screen()
        tiles = screen.entrance.tiles
        assert tiles is not None
        tiles.setFocus()
        for _ in tiles.buttons:
            chosen = next((one.text() for one in tiles.buttons if one.isChecked()), "")
            if chosen == name:
                break
            self.press(Qt.Key.Key_Down)
        assert next(one.text() for one in tiles.buttons if one.isChecked()) == name
        self.press(Qt.Key.Key_Tab)

    def enter(self, name: str, password: str | None = None) -> None:
        """Choose a name, type the password, press Enter."""
        self.choose(name)
        self.type(PASSWORDS[name] if password is None else password)
        self.press(Qt.Key.Key_Return)

    def unlock(self, name: str) -> None:
        """Get in, past what is to be seen first."""
        self.enter(name)
        self.wait(lambda: self.cover is None or isinstance(self.cover, Hall))
        while isinstance(self.cover, Hall):
            self.cover.try_to_go_on()
        self.wait(lambda: self.cover is None)


@pytest.fixture(scope="session")
def read_forms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where forms once read are kept: reading them all anew takes longer than any test."""
    return tmp_path_factory.mktemp("forms")


@pytest.fixture
def home(tmp_path: Path, read_forms: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what lies outside the program folder within the test."""
    _keep_within(monkeypatch, tmp_path, read_forms)
    return tmp_path


@pytest.fixture(scope="session")
def made_county(tmp_path_factory: pytest.TempPathFactory, read_forms: Path) -> County:
    """Make the folder once a run; each test gets a copy."""
    place = tmp_path_factory.mktemp("county")
    with pytest.MonkeyPatch.context() as patch:
        _keep_within(patch, place, read_forms)
        return make_county(place / "program")


def _keep_within(patch: pytest.MonkeyPatch, place: Path, read_forms: Path) -> None:
    for name in ("XDG_STATE_HOME", "XDG_DATA_HOME"):
        patch.setenv(name, str(place / name.lower()))
    patch.setenv("XDG_CACHE_HOME", str(read_forms))


@pytest.fixture
def county(home: Path, made_county: County) -> County:
    root = home / "program"
    shutil.copytree(made_county.root, root)
    return County(root, SteppingClock(MORNING), dict(made_county.users))


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[[County], Window]]:
    """Return a function that shows the window over a folder."""
    opened: list[Application] = []

    def show(county: County) -> Window:
        app = Application(qapp, county.root, clock=county.clock)
        opened.append(app)
        app.begin()
        app.shell.activateWindow()
        qtbot.waitActive(app.shell)
        return Window(app, qtbot)

    yield show
    for app in opened:
        app.shell.close()
        app.end()
        app.shell.deleteLater()
        app.deleteLater()
    # Gone before the next window comes, or it would take the focus from it.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def window(county: County, open_window: Callable[[County], Window]) -> Window:
    return open_window(county)
