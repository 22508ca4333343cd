"""The pictures of what three computers did to one another: Review, the outbox, a form twice."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Protocol
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from leadapp.core.clock import SteppingClock
from leadapp.core.ids import FormId, RecordId, RingId
from leadapp.core.paths import state_folder
from leadapp.exchange.naming import bundle_name, ring_folder
from leadapp.journal.entry import DELETED
from leadapp.journal.rings import SHARED
from leadapp.services import outbox
from leadapp.services.desk import Desk
from leadapp.services.forms_in_use import add, approve
from leadapp.services.holding import RING_IDENTITY
from leadapp.services.outbox import Receiver
from leadapp.staff.roles import Role
from leadapp.store.writing import RecordWrite
from leadapp.vault.sealing import AgeSealer, identity_of
from tests.journeys.hands import ALT, CTRL, SHIFT, Hands
from tests.services import made_county as county
from tests.services.made_county import CARE, NOW, PASSWORD, REFER
from tests.services.test_forms_in_use import VISIT
from tests.services.test_outbox import a_pdf
from tests.services.two_computers import Computer, joined, settle, settled, sync

Answers = Mapping[str, str]
_RIGHT, _DOWN = Qt.Key.Key_Right, Qt.Key.Key_Down


class Tour(Protocol):
    """What is needed of the walk through the program."""

    part: str

    @property
    def hands(self) -> Hands: ...
    def open(self, folder: Path, *, clock: SteppingClock | None = None) -> None: ...
    def close(self) -> None: ...
    def lock(self) -> None: ...
    def shoot(self, name: str) -> None: ...


def meeting(tour: Tour, folder: Path) -> None:
    """Nora's computer after Dan's and Rosa's wrote of the same: empty first, then full."""
    place = folder.parent / f"meeting-{tour.part}"
    shutil.rmtree(place, ignore_errors=True)
    nora, dan, rosa = _computers(place)
    before = os.environ["XDG_STATE_HOME"]
    os.environ["XDG_STATE_HOME"] = str(place / "state")
    shutil.copytree(nora.root.parent / "anchors", state_folder(), dirs_exist_ok=True)
    try:
        _nothing_yet(tour, nora)
        _write_of_the_same(place, nora, dan, rosa)
        _papers(nora, dan)
        with nora.desk() as desk:
            _file_of_a_newer_program(desk, nora.stick)
        _look(tour, nora)
    finally:
        os.environ["XDG_STATE_HOME"] = before


# -- what they wrote -----------------------------------------------------------------------


def _computers(place: Path) -> tuple[Computer, Computer, Computer]:
    """Return a coordinator's, a deputy's and a second coordinator's; all hold the same."""
    place.mkdir(parents=True)
    nora, dan = settled(place)
    rosa = joined(
        place, nora, "office", "Rosa Quill",
        roles={Role.COORDINATOR, Role.CASE_MANAGER}, admit={REFER, CARE},
    )  # fmt: skip
    settle(nora, rosa, dan)
    return nora, dan, rosa


def _write_of_the_same(place: Path, nora: Computer, dan: Computer, rosa: Computer) -> None:
    with nora.desk() as desk:
        lund = _referral(desk, "Lund", "Randy", worries="Calm by the end.")
        kipp = _referral(desk, "Kipp", "Dwayne")
        whitcomb = _referral(desk, "Whitcomb", "June")
        marisol = county.person(desk, CARE, "Etchart", "Marisol", "1994-02-09")
        for last, first, born, phone in (
            ("Osgood", "Terri-Lynn", "1989-03-14", ""),
            ("Osgood", "Terri Lynn", "1989-03-14", "406-555-0142"),
            ("Lund", "Randy", "1990-05-19", ""),
            ("Lund", "Randolph", "1990-05-19", "406-555-0155"),
        ):
            county.person(desk, CARE, last, first, born, phone=phone)
    _exchange(place, nora, dan, rosa)
    changes: tuple[tuple[Computer, RingId, str, RecordId, int, Answers], ...] = (
        (nora, REFER, "lead_referral", lund, 60,
         {"urgency": "72_hours", "first_name": "Randall", "worries": "Prefers mornings. His "
          "sister June drives him on Tuesdays and has a key; call her first if he is not home."}),
        (dan, REFER, "lead_referral", lund, 95,
         {"urgency": "same_day", "first_name": "Randolph", "worries": "Brother called at 11:40."}),
        (dan, REFER, "lead_referral", kipp, 40, {DELETED: "1"}),
        (nora, REFER, "lead_referral", kipp, 50, {"urgency": "72_hours"}),
        (nora, REFER, "lead_referral", whitcomb, 70, {"phone": "406-555-0130"}),
        (dan, REFER, "lead_referral", whitcomb, 75, {"phone": "406-555-0131"}),
        (rosa, REFER, "lead_referral", whitcomb, 85, {"phone": ""}),
        (nora, CARE, "person_care", marisol, 20, {"phone": "406-555-0142"}),
        (rosa, CARE, "person_care", marisol, 30, {"phone": "406-555-0199"}),
    )  # fmt: skip
    for computer in (nora, dan, rosa):
        computer.clock.step(timedelta(hours=2))
    for computer, ring, form, record, minutes, answers in changes:
        with computer.desk() as desk:
            _change(desk, ring, form, record, minutes, answers)
    for computer, number in ((nora, "2026-11"), (rosa, "2026-12")):
        computer.clock.step(timedelta(minutes=5))
        with computer.desk() as desk:
            approve(desk, add(desk, _visit(place, number)), "New questions", rings="shared")
    _exchange(place, dan, rosa, nora)


def _exchange(place: Path, *computers: Computer) -> None:
    """Exchange until all hold the same; care goes by a folder of its own."""
    settle(*computers)
    (place / "care").mkdir(exist_ok=True)
    for _ in range(2):
        for one in computers:
            with one.desk() as desk:
                if CARE in desk.rings:
                    sync(desk, place / "care", (CARE,))


def _referral(desk: Desk, last: str, first: str, **more: str) -> RecordId:
    answers = {"urgency": "routine", "phone": "406-555-0118", "town": "Alder", **more}
    return county.referral(desk, last, first, 2, **answers)


def _change(
    desk: Desk, ring: RingId, form: str, record: RecordId, minutes: int, answers: Answers
) -> None:
    """Write answers of a record again."""
    source = desk.shelf.source(form)
    keys = desk.shelf.keys(source)
    values = {keys.get(name, name): text for name, text in answers.items()}
    write = RecordWrite(
        record, FormId(form), source.version, "void" if DELETED in answers else "save",
        {**values, "_hash": source.hash}, desk.user, NOW + timedelta(minutes=minutes),
    )  # fmt: skip
    desk.archive.write(ring, [write])


def _visit(place: Path, version: str) -> Path:
    """Return a workbook of the form "Visit" in one version."""
    file = place / f"visit-{version}.md"
    text = VISIT.replace("| Visit | visit | 1 |", f"| Visit | visit | {version} |")
    file.write_text(text.replace("Remark", f"Remark {version}"), "utf-8")
    return file


def _papers(nora: Computer, dan: Computer) -> None:
    """Put papers on their way: one in each state, one that came and is new."""
    for computer, names in ((nora, ("Referral packet, LEAD-0112", "Who was referred, October")),
                            (dan, ("Field notes, Hwy 12 pullout",))):  # fmt: skip
        other = "Dan Halvorsen" if computer is nora else "Nora Ellison"
        with computer.desk() as desk:
            for name in names:
                _put(desk, name, REFER, other)
    for computer in (nora, dan, nora):
        computer.sync()
    with dan.desk() as desk:
        outbox.receive(desk)
    for computer in (dan, nora):
        computer.sync()
    for what, ring, name, copy in (
        ("Monthly summary, October 2026", REFER, "Dan Halvorsen", "submission"),
        ("Naloxone log, October 2026", CARE, "State health department", "internal"),
        ("", REFER, "", ""),
        ("Officers and training, October", SHARED, "Rosa Quill", "internal"),
        ("Plan of care, without names", CARE, "Valley Health", "internal"),
        ("Monthly summary, October 2026", CARE, "State health department", "publication"),
        ("Naloxone log, September 2026", CARE, "State health department", "submission"),
    ):
        nora.clock.step(timedelta(minutes=7))
        if not what:
            nora.sync()
            continue
        with nora.desk() as desk:
            put = _put(desk, what, ring, name, copy)
            if what.startswith("Naloxone log, October"):
                found = outbox.documents(desk)
                outbox.handed_over(desk, next(one for one in found if one.record == put))


def _put(desk: Desk, what: str, ring: RingId, name: str, copy: str = "internal") -> RecordId:
    known = {one.name: one for one in outbox.receivers(desk, ring)}
    to = known.get(name, Receiver(name))
    return outbox.put(desk, a_pdf(what), what=what, copy=copy, ring=ring, to=to)


def _file_of_a_newer_program(desk: Desk, stick: Path) -> None:
    """Lay down what a later version would write for this computer."""
    secret = desk.archive.kept(REFER, RING_IDENTITY)
    assert secret is not None
    text = b'{"dv":2,"ring":"refer-sheriff","to":[]}\n'
    data = AgeSealer().seal(gzip.compress(text), [identity_of(secret).recipient])
    folder = stick / ring_folder(desk.device.program_id, REFER)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / bundle_name(data)).write_bytes(data)


# -- what is seen of it --------------------------------------------------------------------


def _nothing_yet(tour: Tour, nora: Computer) -> None:
    _sit_down(tour, nora)
    hands = tour.hands
    hands.key(Qt.Key.Key_7, ALT)
    for name in ("outbox", "review", "history"):
        hands.tab_to("Part of Sync", back=True)
        hands.key(_RIGHT)
        tour.shoot(f"{name}-empty")
    tour.lock()
    tour.close()


def _look(tour: Tour, nora: Computer) -> None:
    _sit_down(tour, nora)
    hands = tour.hands
    QTest.qWait(1_100)  # what was said at the unlock is old by then, and goes
    hands.key(Qt.Key.Key_7, ALT)
    hands.settle()
    hands.key(Qt.Key.Key_N, CTRL)
    hands.settle()
    hands.answer("Folder", str(nora.stick))
    hands.key(Qt.Key.Key_S, CTRL)
    hands.settle()
    hands.key(Qt.Key.Key_S, CTRL | SHIFT)
    tour.shoot("sync-to-look-at")
    _review(tour)
    (nora.stick / "out").mkdir(exist_ok=True)
    _outbox(tour, nora.stick / "out")
    _record(tour)
    _twice(tour)
    tour.lock()
    tour.close()


def _sit_down(tour: Tour, computer: Computer) -> None:
    tour.open(computer.root, clock=computer.clock)
    hands = tour.hands
    hands.until_seen("I agree, unlock")
    hands.tab_to("Password")
    hands.write(PASSWORD)
    hands.enter()
    for _ in range(5):
        hands.settle()
        if not hands.sees("Go on"):
            break
        hands.press_button("Go on without it" if hands.sees("Go on without it") else "Go on")


def _review(tour: Tour) -> None:
    hands = tour.hands
    hands.key(Qt.Key.Key_R, CTRL | SHIFT)
    hands.settle()
    hands.tab_to("To review")
    for name, words in (
        ("differs", "Lund"), ("void", "Kipp"), ("three", "Whitcomb"), ("care", "Etchart"),
    ):  # fmt: skip
        _go_to(hands, words)
        if name == "differs":
            tour.shoot("review-differs")
            hands.enter()
            hands.key(_DOWN, times=2)
            hands.key(_RIGHT, times=2)
            tour.shoot("review-keep-both")
            hands.press_button(next(one for one in hands.words() if one.startswith("Same on both")))
            tour.shoot("review-alike-opened")
            hands.tab_to("To review", back=True)
        else:
            tour.shoot(f"review-{name}")
    _go_to(hands, "Osgood")
    tour.shoot("review-same-person")
    hands.key(Qt.Key.Key_D, CTRL)
    hands.settle()
    tour.shoot("review-same-person-said")


def _go_to(hands: Hands, words: str) -> None:
    """Go down the list until the record of ``words`` is in view on the right."""
    hands.key(Qt.Key.Key_Home)
    for _ in range(12):
        hands.settle()
        if hands.sees(words):
            return
        hands.key(_DOWN)
    raise AssertionError(f"{words!r} does not wait")


def _outbox(tour: Tour, folder: Path) -> None:
    hands = tour.hands
    hands.tab_to("Part of Sync", back=True)
    hands.key(Qt.Key.Key_Left)
    hands.settle()
    tour.shoot("outbox")
    hands.tab_to("Papers")
    _until_offered(hands, "Save with a password")
    tour.shoot("outbox-outside")
    hands.press_button("Save with a password")
    hands.write("short")
    hands.key(Qt.Key.Key_Tab)
    tour.shoot("outbox-password")
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_C, CTRL | SHIFT)
    hands.settle()
    tour.shoot("outbox-copy-all")
    _copy_all(tour, folder)
    hands.key(Qt.Key.Key_5, ALT)
    hands.settle()
    hands.key(Qt.Key.Key_P, CTRL | SHIFT)
    hands.settle()
    tour.shoot("outbox-for-whom")
    hands.key(Qt.Key.Key_S, CTRL)
    tour.shoot("outbox-for-whom-missing")
    hands.key(Qt.Key.Key_Escape)


def _until_offered(hands: Hands, words: str) -> None:
    """Go down the list until this can be done with the paper there."""
    for _ in range(12):
        hands.settle()
        if hands.sees(words):
            return
        hands.key(_DOWN)
    raise AssertionError(f"{words!r} is never offered")


def _copy_all(tour: Tour, folder: Path) -> None:
    hands = tour.hands
    hands.write("State")
    hands.key(Qt.Key.Key_Return)
    hands.answer("Password", "seven quiet lanterns drift by")
    hands.answer("Password again", "seven quiet lanterns drift by")
    with patch.object(QFileDialog, "getExistingDirectory", lambda *_: str(folder)):
        hands.key(Qt.Key.Key_S, CTRL)
        hands.settle()
    tour.shoot("outbox-copied")
    hands.key(Qt.Key.Key_Escape)


def _record(tour: Tour) -> None:
    """A record in conflict opened for reading: its answers, voiding it, removing it by order."""
    hands = tour.hands
    hands.key(Qt.Key.Key_3, ALT)
    hands.settle()
    hands.tab_to("Start a form")
    hands.key(Qt.Key.Key_Home)
    for _ in range(30):
        hands.settle()
        if hands.sees("Start LEAD referral"):
            break
        hands.key(_DOWN)
    hands.tab_to("Records")
    hands.key(Qt.Key.Key_Home)
    hands.enter()
    hands.until_seen("Correct")
    tour.shoot("record")
    hands.press_button("Void")
    tour.shoot("record-void")
    hands.key(Qt.Key.Key_Escape)
    hands.press_button("Remove by order")
    tour.shoot("record-order")
    hands.key(Qt.Key.Key_Escape)
    hands.key(Qt.Key.Key_Escape)


def _twice(tour: Tour) -> None:
    hands = tour.hands
    hands.key(Qt.Key.Key_7, ALT)
    hands.settle()
    hands.tab_to("Part of Sync", back=True)
    hands.key(Qt.Key.Key_Home)
    hands.settle()
    hands.press_button("Choose the version of Visit")
    tour.shoot("admin-form-twice")
    hands.press_button("Look at both")
    tour.shoot("admin-form-twice-later")
    hands.tab_to("Forms", back=True)
    hands.key(_DOWN)
    QTest.qWait(400)  # the list opens what it stands on once the keys rest
    tour.shoot("admin-form-twice-earlier")
