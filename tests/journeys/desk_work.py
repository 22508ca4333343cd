"""What people do in a journey, each by keys alone: set up, unlock, print pages, lock."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt

from leadapp.papers.reading import text_of_pages
from tests.journeys.conftest import Computer
from tests.journeys.hands import ALT, CTRL, Hands

COUNTY = "Cedar County"
S, L, N = Qt.Key.Key_S, Qt.Key.Key_L, Qt.Key.Key_N
_GROUP = re.compile(r"Type group (\d+) from the page of")


def describe_county(hands: Hands, *, law: bool = False) -> None:
    """Fill the first step of set-up."""
    hands.until_seen("A new program on this computer")
    hands.answer("County", COUNTY)
    hands.answer("This computer is for", "1" if law else "2")
    if law:
        hands.answer("Which agency", "sheriff")
    hands.key(S, CTRL)
    hands.until_seen("You, the administrator")


def make_program(computer: Computer, name: str, password: str) -> None:
    """Name the administrator, save the pages, type back what is asked for."""
    hands = computer.hands
    hands.answer("Your name", name)
    hands.answer("Password", password)
    hands.answer("Password again", password)
    hands.key(S, CTRL)
    hands.until_seen("Print these pages now")
    save_pages(computer)
    hands.until_seen("Who works on this computer")


def save_pages(computer: Computer) -> None:
    """Save every recovery page in view and type back the groups that are asked for."""
    hands = computer.hands
    hands.settle()
    for label in list(dict.fromkeys(w for w in hands.words() if w.startswith("Save the page of"))):
        before = set(computer.papers.iterdir())
        hands.press_button(label)
        hands.until(lambda before=before: set(computer.papers.iterdir()) > before, "no page saved")  # type: ignore[misc]
        hands.settle()
        (page,) = set(computer.papers.iterdir()) - before
        hands.key(Qt.Key.Key_Tab)
        asked = _GROUP.match(hands.names()[0])
        if asked:
            hands.write(group_on(page.read_bytes(), int(asked[1])))
            hands.key(Qt.Key.Key_Return)
            hands.settle()


def group_on(pdf: bytes, number: int) -> str:
    """Read a group of the code from a printed page."""
    (text,) = text_of_pages(pdf)
    _before, _heading, code = text.partition("The code")
    found = re.search(rf"(?<!\S){number} ([0-9A-Z]{{5}})(?!\S)", code)
    assert found, f"the page has no group {number}"
    return found[1]


def add_person(hands: Hands, name: str, role: str, password: str, *, agency: str = "") -> None:
    """Add someone in the last step of set-up."""
    hands.answer("Name", name)
    hands.tick("Roles", role)
    if agency:
        hands.answer("Law agency", agency)
    hands.answer("First password", password)
    hands.answer("Password again", password)
    hands.press_button("Add this person")
    hands.until_seen(f"{name} was added.")


def unlock(hands: Hands, name: str, password: str) -> None:
    """Choose one's tile, type the password, press Enter."""
    hands.until_seen("I agree, unlock")
    hands.tab_to("Who is using this computer?", back=True)
    for _ in range(12):
        if hands.names()[0] == name:
            break
        hands.key(Qt.Key.Key_Right)
    assert hands.names()[0] == name
    hands.key(Qt.Key.Key_Space)
    hands.answer("Password", password)
    hands.enter()
    hands.until(lambda: not hands.sees("I agree, unlock"), "the password opened nothing")
    hands.settle()


def lock(hands: Hands) -> None:
    """Press Ctrl+L."""
    hands.key(L, CTRL)
    hands.until_seen("I agree, unlock")


def go_to_work(computer: Computer) -> None:
    """Save the pages that the hall shows, if it is shown, and go on."""
    hands = computer.hands
    if hands.sees("Recovery pages to print now"):
        save_pages(computer)
    if hands.sees("Before you go on"):
        hands.press_button("Go on")
    hands.until(lambda: not hands.app.shell.covered, "the work never began")
    hands.settle()


def place(hands: Hands, number: int) -> None:
    """Go to a place of the navigation."""
    hands.key(Qt.Key(Qt.Key.Key_0 + number), ALT)
    hands.settle()


def start(hands: Hands, title: str) -> None:
    """Start a form from the Forms page."""
    place(hands, 3)
    hands.tab_to("Start a form")
    hands.key(Qt.Key.Key_Home)
    for _ in range(30):
        hands.settle()
        if hands.sees(f"Start {title}"):
            break
        hands.key(Qt.Key.Key_Down)
    hands.enter()
    hands.until_seen("Stop, keep draft")


def finish(hands: Hands, title: str) -> None:
    """Finish the form in view."""
    hands.key(S, CTRL)
    hands.until(lambda: not hands.sees(f"Finish {title}"), f"{title} was not finished")
    hands.settle()
