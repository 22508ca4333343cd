"""Take a picture of every screen, for people to look at after a change of the interface.

``python tools/shots.py`` makes a made-up county with its clock at the beginning of November,
opens the real window on it without a screen, goes through every page by keys and writes
PNG files into ``build/shots``: by day and by night, at the size of a patrol laptop and at
150 %. Those that the README and the pages in ``docs`` show go to ``docs/pictures``.

Words choose: ``python tools/shots.py day meeting`` takes one part's pictures of one step,
over the county of the last whole run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt  # noqa: E402 - the path comes first
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QFileDialog  # noqa: E402

from leadapp.core.clock import SteppingClock  # noqa: E402
from leadapp.services import forms_in_use, reporting, setup, unlock  # noqa: E402
from leadapp.services.demo import Plan, make  # noqa: E402
from leadapp.services.demo.founding import PASSWORDS  # noqa: E402
from leadapp.services.previewing import draw_page, page_sizes  # noqa: E402
from leadapp.staff.roles import Role  # noqa: E402
from leadapp.ui.application import Application  # noqa: E402
from leadapp.ui.theme import Theme  # noqa: E402
from leadapp.vault.derivation import Argon2  # noqa: E402
from tests.journeys.conftest import Computer, saves_to  # noqa: E402
from tests.journeys.desk_work import save_pages  # noqa: E402
from tests.journeys.hands import ALT, CTRL, Hands  # noqa: E402
from tests.journeys.test_a_form_changes import changed, damaged  # noqa: E402
from tools.meeting_shots import meeting  # noqa: E402
from tools.sync_shots import exchanging, joining  # noqa: E402

HOME = ROOT / "build" / "shots"
PICTURES = ROOT / "docs" / "pictures"
NOW = datetime(2026, 11, 3, 9, 5, tzinfo=timezone(timedelta(hours=-7)))
MONTH = "2026-10"
CHEAP = Argon2(memory_kib=8, passes=1, lanes=1)
USUAL, LARGE = (1366, 690), (911, 512)
PARTS = {
    "day": (False, "1", USUAL),
    "night": (True, "1", USUAL),
    "day-150": (False, "1.5", LARGE),
    "night-150": (True, "1.5", LARGE),
}
README = {
    "today.png": "today-casemanager",
    "cit-contact.png": "patrol-filled",
    "monthly.png": "",
    "forms-problems.png": "admin-forms-problems",
    "forms-changes.png": "admin-forms-changes",
    "forms-preview.png": "admin-forms-preview",
}
F1, F6, F8 = Qt.Key.Key_F1, Qt.Key.Key_F6, Qt.Key.Key_F8


class Tour:
    """One walk through the program in one look and size."""

    def __init__(self, part: str) -> None:
        night, _scale, size = PARTS[part]
        self.part, self.size, self.count = part, size, 0
        self.app = QApplication(sys.argv[:1])
        self.look = Theme(self.app)
        self.look.apply()
        self.look.set_night(night)
        self.clock = SteppingClock(NOW)
        self.window: Application | None = None
        self._hands: Hands | None = None

    @property
    def hands(self) -> Hands:
        """The hands at the open window."""
        assert self._hands is not None
        return self._hands

    def open(self, folder: Path, *, clock: SteppingClock | None = None) -> None:
        """Show the window over a program folder."""
        self.window = Application(self.app, folder, clock=clock or self.clock)
        self._hands = Hands(self.window)
        self.window.shell.resize(*self.size)
        self.window.begin()
        self.window.shell.resize(*self.size)
        self.window.shell.activateWindow()
        self.hands.settle()

    def close(self) -> None:
        """Let go of the window."""
        if self.window is not None:
            self.window.shell.close()
            self.window.end()
            self.window.shell.deleteLater()
            self.window = None

    def shoot(self, name: str) -> None:
        """Let all settle and save a picture of the window."""
        self.hands.settle()
        QTest.qWait(150)
        assert self.window is not None
        for old in HOME.glob(f"{self.part}-[0-9][0-9]-{name}.png"):
            old.unlink()
        self.count += 1
        file = HOME / f"{self.part}-{self.count:02}-{name}.png"
        self.window.shell.grab().save(str(file))
        print(file.relative_to(ROOT))

    def unlock(self, folder: Path, user: str) -> None:
        """Choose a tile and type the password."""
        hands = self.hands
        hands.tab_to("Who is using this computer?", back=True)
        for _ in range(8):
            if hands.names()[0] == user:
                break
            hands.key(Qt.Key.Key_Right)
        hands.key(Qt.Key.Key_Space)
        hands.tab_to("Password")
        hands.write(password(folder, user))
        hands.enter()
        hands.until(lambda: self.window is not None and not self.window.shell.covered, "locked")
        hands.settle()

    def lock(self) -> None:
        """Lock, and wait for the unlock screen."""
        self.hands.key(Qt.Key.Key_L, CTRL)
        self.hands.until_seen("I agree, unlock")


def password(folder: Path, user: str) -> str:
    """Return the password of someone of the made-up county."""
    return (folder / PASSWORDS / f"{user}.txt").read_text("utf-8").strip()


def make_county() -> Path:
    """Make the county anew: what stands in its files follows the program."""
    folder = HOME / "county"
    for old in (folder, HOME / "state"):
        shutil.rmtree(old, ignore_errors=True)
    make(folder, Plan(), clock=SteppingClock(NOW), cost=CHEAP)
    return folder


# -- the screens -------------------------------------------------------------------------


def first_run(tour: Tour) -> None:
    """Set-up, step by step."""
    folder = HOME / f"first-{tour.part}"
    shutil.rmtree(folder, ignore_errors=True)
    tour.open(folder)
    hands = tour.hands
    hands.until_seen("A new program on this computer")
    tour.shoot("setup-county")
    hands.key(Qt.Key.Key_S, CTRL)
    tour.shoot("setup-county-missing")
    hands.answer("County", "Alder County")
    hands.answer("This computer is for", "2")
    hands.key(Qt.Key.Key_S, CTRL)
    hands.until_seen("You, the administrator")
    hands.answer("Your name", "Pat Mosher")
    hands.answer("Password", "seven brown dogs ran")
    hands.answer("Password again", "seven brown dogs")
    hands.key(Qt.Key.Key_Tab)
    tour.shoot("setup-administrator")
    hands.tab_to("Password again", back=True)
    hands.rewrite("seven brown dogs ran")
    hands.key(Qt.Key.Key_S, CTRL)
    hands.until_seen("Print these pages now")
    tour.shoot("setup-pages")
    papers = HOME / f"papers-{tour.part}"
    shutil.rmtree(papers, ignore_errors=True)
    papers.mkdir()
    with patch.object(QFileDialog, "getSaveFileName", saves_to(papers)):
        save_pages(Computer(folder, papers, tour.clock, hands))
    hands.until_seen("Who works on this computer")
    tour.shoot("setup-people")
    tour.close()


def at_the_door(tour: Tour, _folder: Path) -> None:
    """The unlock screen: tiles, a wrong password, a locked account."""
    hands = tour.hands
    hands.until_seen("I agree, unlock")
    tour.shoot("unlock")
    hands.tab_to("Who is using this computer?", back=True)
    for _ in range(8):
        if hands.names()[0] == "clerk":
            break
        hands.key(Qt.Key.Key_Right)
    for turn in range(5):
        hands.tab_to("Password")
        hands.rewrite("not the right one")
        hands.enter()
        if turn == 1:
            tour.shoot("unlock-wrong-password")
    tour.shoot("unlock-locked")


def deputy(tour: Tour, folder: Path) -> None:
    """Today, a CIT contact blank, with errors and filled, and the Forms page."""
    hands = tour.hands
    tour.unlock(folder, "deputy")
    tour.shoot("today-deputy")
    hands.key(Qt.Key.Key_1, CTRL)
    hands.until_seen("Finish CIT contact")
    tour.shoot("cit-blank")
    hands.key(Qt.Key.Key_S, CTRL)
    tour.shoot("cit-errors")
    hands.answer("Where", "Corner store, Mill Rd")
    hands.answer("Why you were there", "2")
    hands.answer("What you saw", "13")
    hands.answer("Minutes on scene", "3")
    hands.answer("Weapon present?", "2")
    hands.answer("Injury or force?", "2")
    hands.answer("How it ended", "4")
    hands.answer("Naloxone used?", "1")
    hands.answer("Ask LEAD to follow up?", "1")
    hands.answer("Doses used", "2")
    hands.answer("Agrees to be contacted?", "2")
    hands.answer("Note for the case manager", "Asked about a place to stay")
    tour.shoot("cit-filled")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    hands.key(Qt.Key.Key_2, CTRL)
    hands.settle()
    tour.shoot("referral")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    hands.key(Qt.Key.Key_3, ALT)
    tour.shoot("forms-deputy")
    tour.lock()


def patrol(tour: Tour, _folder: Path) -> None:
    """The same contact on the laptop of a patrol car: large targets, a narrow navigation."""
    folder, secret = HOME / f"patrol-{tour.part}", "two slow trucks climb"
    shutil.rmtree(folder, ignore_errors=True)
    wanted = setup.Wanted(
        "Alder County", "law", "deputy", secret, frozenset({Role.DEPUTY}), "Unit 14", "sheriff",
        made_up=True, cost=CHEAP,
    )  # fmt: skip
    made = setup.create_program(folder, wanted, clock=tour.clock)
    name, group = made.asked
    page = next(one for one in made.pages if one.name == name)
    setup.confirm(made, page=name, group=group, typed=page.groups[group - 1])
    tour.open(folder)
    hands = tour.hands
    hands.until_seen("I agree, unlock")
    hands.tab_to("Password")
    hands.write(secret)
    hands.enter()
    hands.until_seen("Recovery pages to print now")
    tour.shoot("hall")
    hands.press_button("Go on")
    hands.press_button("Go on without it")
    hands.key(Qt.Key.Key_1, CTRL)
    hands.until_seen("Finish CIT contact")
    tour.shoot("patrol-blank")
    hands.answer("Where", "Hwy 12 pullout, mile 41")
    hands.answer("Why you were there", "1")
    hands.answer("What you saw", "14")
    hands.answer("Minutes on scene", "3")
    hands.answer("Weapon present?", "2")
    hands.answer("Injury or force?", "2")
    hands.answer("How it ended", "2")
    hands.answer("Naloxone used?", "2")
    hands.answer("Ask LEAD to follow up?", "2")
    hands.answer("Taken to, not in the list", "Valley Health")
    tour.shoot("patrol-filled")
    tour.close()


def case_manager(tour: Tour, folder: Path) -> None:
    """Today, an intake, people, the Forms page, the palette, the keys."""
    hands = tour.hands
    tour.unlock(folder, "casemanager")
    tour.shoot("today-casemanager")
    hands.key(Qt.Key.Key_K, CTRL)
    hands.write("note")
    tour.shoot("palette")
    hands.key(Qt.Key.Key_Escape)
    hands.key(F1)
    hands.settle()
    top = QApplication.activeWindow()
    if top is not None and tour.window is not None and top is not tour.window.shell:
        tour.count += 1
        top.grab().save(str(HOME / f"{tour.part}-{tour.count:02}-keys.png"))
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    _people(tour)
    _forms(tour)
    _intake(tour)
    tour.lock()


def _people(tour: Tour) -> None:
    hands = tour.hands
    hands.key(Qt.Key.Key_2, ALT)
    tour.shoot("people")
    hands.write("ma")
    tour.shoot("people-search")
    hands.enter()
    tour.shoot("person")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    hands.key(Qt.Key.Key_N, CTRL)
    tour.shoot("people-new")
    hands.key(Qt.Key.Key_Escape)


def _forms(tour: Tour) -> None:
    hands = tour.hands
    hands.key(Qt.Key.Key_3, ALT)
    hands.settle()
    for _ in range(20):
        hands.key(Qt.Key.Key_Down)
        if hands.sees("Start Contact note"):
            break
    tour.shoot("forms")
    hands.tab_to("Records")
    hands.enter()
    tour.shoot("forms-record")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()


def _intake(tour: Tour) -> None:
    """The draft that was left: sections, repeats, what is missing."""
    hands = tour.hands
    hands.tab_to("My drafts")
    hands.enter()
    hands.settle()
    tour.shoot("intake")
    hands.key(Qt.Key.Key_PageDown, CTRL)
    hands.settle()
    tour.shoot("intake-needs")
    for turn in range(8):
        if hands.sees("Finish LEAD intake"):
            break
        hands.key(Qt.Key.Key_PageDown, CTRL)
        hands.settle()
        if turn < 3:
            tour.shoot(f"intake-section-{turn + 3}")
    hands.key(Qt.Key.Key_S, CTRL)
    tour.shoot("intake-errors")
    hands.key(F8, times=2)
    tour.shoot("intake-error-opened")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()


def naloxone(tour: Tour) -> None:
    """The stock and its ledger, a movement, a count, what is below its minimum, further tasks."""
    hands = tour.hands
    hands.key(Qt.Key.Key_4, ALT)
    hands.settle()
    tour.shoot("naloxone")
    hands.key(Qt.Key.Key_N, CTRL)
    hands.write("5")
    tour.shoot("naloxone-moved")
    hands.key(Qt.Key.Key_Escape)
    hands.press_button("Below minimum")
    tour.shoot("naloxone-below")
    hands.press_button("Count stock")
    tour.shoot("naloxone-count")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    for words in ("Kit inspections", "Standing orders", "Exports", "County numbers"):
        hands.key(Qt.Key.Key_K, CTRL)
        hands.write(words)
        hands.enter()
        tour.shoot(f"naloxone-{words.split()[-1].lower()}")
        hands.key(Qt.Key.Key_Escape)
        hands.settle()


def coordinator(tour: Tour, folder: Path) -> None:
    """Today and Reports: the page, a figure opened, a later page."""
    hands = tour.hands
    tour.unlock(folder, "coordinator")
    tour.shoot("today-coordinator")
    naloxone(tour)
    hands.key(Qt.Key.Key_5, ALT)
    hands.settle()
    tour.shoot("reports")
    hands.tab_to("CIT contacts")
    hands.enter()
    tour.shoot("reports-figure")
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_PageDown)
    tour.shoot("reports-page-2")
    tour.lock()


def forms_admin(tour: Tour, folder: Path) -> None:
    """A changed form: what changed, what is wrong with another, the preview, approved."""
    hands = tour.hands
    tour.unlock(folder, "coordinator")
    good, bad = HOME / f"cit_contact-{tour.part}.xlsx", HOME / f"not_yet-{tour.part}.xlsx"
    form = ROOT / "forms" / "cit_contact" / "form.md"
    for book, change in ((good, changed), (bad, damaged)):
        forms_in_use.convert_file(form, book)
        change(book)
    hands.key(Qt.Key.Key_8, ALT)
    hands.settle()
    hands.tab_to("Part of Admin")
    hands.key(Qt.Key.Key_Right)
    hands.settle()
    tour.shoot("admin-forms")
    _load(tour, bad, "not_yet")
    hands.tab_to("Show row 21")
    hands.enter()
    tour.shoot("admin-forms-problems")
    _load(tour, good, "CIT contact, 2026-12")
    tour.shoot("admin-forms-changes")
    hands.press_button("Try it")
    tour.shoot("admin-forms-preview")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    tour.lock()


def _load(tour: Tour, book: Path, words: str) -> None:
    answer = ([str(book)], "")
    with patch.object(QFileDialog, "getOpenFileNames", lambda *_: answer):
        tour.hands.key(Qt.Key.Key_N, CTRL)
        tour.hands.until_seen(words)
        QTest.qWait(200)
        tour.hands.settle()
    if tour.window is not None:
        tour.window.shell.toast.hide()


def others(tour: Tour, folder: Path) -> None:
    """The administrator's and the supervisor's pages."""
    hands = tour.hands
    tour.unlock(folder, "supervisor")
    tour.shoot("today-supervisor")
    tour.lock()
    tour.unlock(folder, "clerk")
    tour.shoot("today-clerk")
    tour.lock()
    tour.unlock(folder, "admin")
    tour.shoot("admin")
    hands.key(Qt.Key.Key_Tab, times=2)
    hands.key(Qt.Key.Key_N, CTRL)
    tour.shoot("admin-new-person")
    hands.key(Qt.Key.Key_Escape)
    hands.settle()
    tour.shoot("admin-after")
    for name in ("all-computers", "computer", "log", "own"):
        hands.tab_to("Part of Admin", back=True)
        hands.key(Qt.Key.Key_Right)
        tour.shoot(f"admin-{name}")
        if name == "log":
            hands.key(Qt.Key.Key_S, CTRL)
            hands.settle()
            tour.shoot("admin-log-shown")
    tour.lock()


Step = Callable[[Tour, Path], None]
ALONE: dict[str, Step] = {
    "setup": lambda tour, _folder: first_run(tour),
    "patrol": patrol,
    "meeting": meeting,
    "joining": joining,
}
"""Steps over a folder of their own."""
IN_COUNTY: dict[str, Step] = {
    "deputy": deputy,
    "care": case_manager,
    "coordinator": coordinator,
    "forms": forms_admin,
    "others": others,
    "exchanging": exchanging,
    "door": at_the_door,
}
"""Steps at the window over the made-up county, which ends locked; the last one locks an account."""
STEPS = ("setup", "patrol", "meeting", *IN_COUNTY, "joining")


def walk(part: str, chosen: Sequence[str]) -> None:
    """Take the pictures of one part."""
    folder = HOME / f"county-{part}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HOME / "county", folder)
    tour = Tour(part)
    for name in STEPS:
        if name not in chosen:
            continue
        try:
            if name in ALONE:
                tour.close()
                ALONE[name](tour, folder)
            else:
                if tour.window is None:
                    tour.open(folder)
                IN_COUNTY[name](tour, folder)
        except AssertionError:
            tour.shoot("stopped-here")
            raise
    tour.close()


def paper(folder: Path) -> None:
    """Draw the pages of the monthly summary."""
    desk = unlock.unlock(
        folder,
        name="coordinator",
        password=password(folder, "coordinator"),
        clock=SteppingClock(NOW),
    )
    try:
        printed = reporting.print_paper(desk, reporting.monthly(desk, MONTH))
    finally:
        unlock.lock(desk)
    from PySide6.QtGui import QImage

    for page in range(len(page_sizes(printed.pdf))):
        drawn = draw_page(printed.pdf, page, 1.6)
        QImage(
            drawn.rgba, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGBA8888
        ).save(str(HOME / f"monthly-{page + 1}.png"))


def main() -> None:
    """Take all pictures, or those of the parts and steps named."""
    words = sys.argv[1:]
    if words[:1] == ["--part"]:
        walk(words[1], words[2:])
        return
    parts = [one for one in words if one in PARTS] or list(PARTS)
    steps = [one for one in words if one in STEPS]
    unknown = sorted({*words}.difference(PARTS, STEPS))
    if unknown:
        sys.exit(f"Not known: {', '.join(unknown)}. Parts: {', '.join(PARTS)}. Steps: {STEPS}")
    HOME.mkdir(parents=True, exist_ok=True)
    os.environ |= {"XDG_STATE_HOME": str(HOME / "state"), "XDG_CACHE_HOME": str(HOME / "cache")}
    folder = HOME / "county"
    if not steps or not folder.exists():
        make_county()
    for part in parts:
        _take(part, steps)
    if not steps:
        paper(folder)
        foreign = [sys.executable, str(ROOT / "tools" / "foreign_forms.py")]
        subprocess.run(foreign, check=True, cwd=ROOT)
        show_in_readme()


def _take(part: str, steps: Sequence[str]) -> None:
    """Take a part's pictures in a process of its own: the scale is chosen at the start."""
    for old in HOME.glob(f"{part}-[0-9][0-9]-*.png"):
        if not steps or "stopped-here" in old.name:
            old.unlink()
    state = HOME / f"state-{part}"  # a copy's own: it would be taken for a restored computer
    shutil.rmtree(state, ignore_errors=True)
    shutil.copytree(HOME / "state", state)
    environment = os.environ | {"QT_SCALE_FACTOR": PARTS[part][1], "XDG_STATE_HOME": str(state)}
    command = [sys.executable, __file__, "--part", part, *(steps or STEPS)]
    subprocess.run(command, env=environment, check=True, cwd=ROOT)


def show_in_readme() -> None:
    """Copy the pictures the README shows."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HOME / "monthly-1.png", PICTURES / "monthly.png")
    for name, shot in README.items():
        for file in HOME.glob(f"day-[0-9][0-9]-{shot}.png") if shot else ():
            if name.startswith("forms-"):
                _copy_small(file, PICTURES / name)
            else:
                shutil.copyfile(file, PICTURES / name)


def _copy_small(file: Path, target: Path) -> None:
    """Copy a picture with 256 colours, the most frequent of each shade: a quarter of the bytes."""
    from PySide6.QtGui import QImage

    picture = QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32)
    shades: dict[int, int] = {}
    for colour, _ in Counter(memoryview(picture.constBits()).cast("B").cast("I")).most_common():
        shades.setdefault(colour & 0xF0F0F0, colour)
    colours = list(shades.values())[:256]
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    small = picture.convertToFormat(QImage.Format.Format_Indexed8, colours, flags)
    small.save(str(target), quality=0)


if __name__ == "__main__":
    main()
