"""Draw every component into PNG files, for people to look at after a change of the kit.

``QT_QPA_PLATFORM=offscreen python tools/gallery.py FOLDER`` writes the components and the
shell, by day and by night, in several sizes. ``QT_SCALE_FACTOR`` sets the scaling.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.clock import SteppingClock
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.cells import Cell, Column, Row, band
from leadapp.ui.kit.chips import Chips
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.empty import Empty
from leadapp.ui.kit.error_summary import ErrorSummary, ToFix
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.form_grid import FormGrid
from leadapp.ui.kit.icon_button import IconButton
from leadapp.ui.kit.keycap import KeyCap
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.note import Note
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.number import NumberBox
from leadapp.ui.kit.pills import Filter, Pills
from leadapp.ui.kit.progress import ProgressBar, Step, StepList
from leadapp.ui.kit.radios import Radios
from leadapp.ui.kit.repeat_table import RepeatColumn, RepeatTable
from leadapp.ui.kit.save_state import SaveState
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.kit.search_choose import Found, SearchChoose
from leadapp.ui.kit.section_list import Section, SectionList
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.kit.table import Table
from leadapp.ui.kit.typed_dates import Wants
from leadapp.ui.shell import Page, Place, Shell
from leadapp.ui.shell.page import Crumb
from leadapp.ui.shell.palette import Hit
from leadapp.ui.theme import Density, Theme, set_density

CLOCK = SteppingClock(datetime(2025, 11, 3, 14, 41, tzinfo=UTC))
PLACES = (
    ("today", "Today", "house", 7),
    ("people", "People", "users", 0),
    ("forms", "Forms", "clipboard-list", 2),
    ("naloxone", "Naloxone", "syringe", 0),
    ("services", "Services", "map-pin", 0),
    ("reports", "Reports", "chart-column", 0),
    ("sync", "Sync", "arrow-left-right", 5),
    ("admin", "Admin", "settings", 0),
)


def choices(*labels: str) -> list[Choice]:
    """Return choices named after their labels."""
    return [Choice(label.casefold(), label) for label in labels]


def buttons() -> Card:
    """Return all roles and states of buttons."""
    card = Card("Buttons")
    holder = QWidget()
    flow = Flow(holder, gap=10)
    off = Button("Sync now", icon="refresh-cw")
    off.setEnabled(False)
    for button in (
        Button("Save contact", icon="check", role="primary", key="Ctrl+S"),
        Button("Move date", icon="calendar"),
        Button("See 2 records", role="quiet"),
        Button("Remove lot", icon="trash-2", role="danger"),
        Button("Print", icon="printer"),
        off,
        Button("Add row", icon="plus", small=True),
        IconButton("zoom-in", "Zoom in"),
        IconButton("trash-2", "Remove row", plain=True),
    ):
        flow.addWidget(button)
    card.body.addWidget(holder)
    return card


def fields() -> Card:
    """Return text, date and number fields."""
    card = Card("Text, date, number")
    grid = FormGrid()
    date = DateBox(CLOCK)
    moment = DateBox(CLOCK, wants=Wants.MOMENT)
    wrong = DateBox(CLOCK)
    locked = Line()
    grid.add(Field("Empty", Line(icon="search", placeholder="Name or number")), 4)
    grid.add(Field("Filled", Line(), needed=True), 4)
    grid.add(Field("Date, typed t-1", date), 4)
    right = Field("Not right", wrong)
    grid.add(right, 4)
    grid.add(Field("Read only", locked), 4)
    grid.add(Field("Protected", Line(), protected=True, optional=True), 4)
    grid.add(Field("When", moment, needed=True, hint="Type t 8:15p, or open the calendar"), 6)
    soft = Field("Minutes on scene", NumberBox())
    grid.add(soft, 6)
    grid.add(Field("Note for the case manager", Note(rows=2, placeholder="One line is enough")))
    date.setText("t-1")
    date.textEdited.emit("t-1")
    moment.setText("t 8:15p")
    moment.textEdited.emit("t 8:15p")
    wrong.set_value("13/45")
    locked.set_value("AC-0147")
    locked.setReadOnly(True)
    right.set_error("Enter a date, like 11/3 or t")
    soft.set_warning("That is longer than most. Check it.")
    card.body.addWidget(grid)
    return card


def answers() -> Card:
    """Return choice controls."""
    card = Card("Choices")
    grid = FormGrid()
    short = Segments(yes_no(unknown=True))
    short.set_value("no")
    combo = Combo(choices("Valley Health crisis unit", "Lakeview detox", "County jail"))
    combo.set_value("valley health crisis unit")
    chips = Chips(choices("Housing", "Food", "Legal", "Phone", "ID, papers", "Transport"))
    chips.set_value(["food", "phone"])
    radios = Radios(
        choices("At home, alone", "At home, with family or a friend", "Outdoors or in a vehicle")
    )
    radios.set_value("at home, with family or a friend")
    large = Segments(
        choices("Settled on scene", "To care, willing", "Emergency hold", "Other"), columns=2
    )
    large.set_value("to care, willing")
    set_density(large, Density.PATROL)
    grid.add(Field("2 to 5 short choices", short, needed=True), 6)
    grid.add(Field("8 or more, or long choices", combo), 6)
    grid.add(Field("Select several, up to 12", chips, hint="Choose all that apply"), 6)
    grid.add(Field("Up to 7 longer choices", radios), 6)
    grid.add(Field("Patrol: large targets", large))
    card.body.addWidget(grid)
    return card


def words_and_states() -> list[QWidget]:
    """Return badges, filters, states, notices, steps."""
    badges = Card("Badges, filters, keys")
    holder = QWidget()
    flow = Flow(holder)
    for badge in (
        Badge("LEAD active", tone="tint"),
        Badge("On file", tone="ok", icon="check"),
        Badge("Ends Nov 20", tone="warn"),
        Badge("Consent ended", tone="err", icon="circle-alert"),
        Badge("Part 2", tone="part2", icon="shield"),
        Badge("Draft", icon="file-pen"),
        Badge("Same person?", tone="warn", icon="copy"),
        KeyCap("Ctrl+K"),
        KeyCap("F8"),
    ):
        flow.addWidget(badge)
    badges.body.addWidget(holder)
    badges.body.addWidget(
        Pills(
            [
                Filter("mine", "Mine", 12),
                Filter("team", "Team", 31),
                Filter("cit", "CIT follow-ups", 6),
            ]
        )
    )
    state = Card("Save state and progress")
    row = QHBoxLayout()
    saved, wrong = SaveState(), SaveState()
    saved.saved("2:41 pm")
    wrong.not_saved("Disk is full.")
    row.addWidget(saved)
    row.addWidget(wrong)
    row.addStretch(1)
    state.body.addLayout(row)
    state.body.addWidget(ProgressBar("62 % done", part=0.62))
    state.body.addWidget(
        StepList(
            [
                Step("Back up", "done", "2 s"),
                Step("Read the stick", "now"),
                Step("Write", "waiting"),
            ]
        )
    )
    notices: list[QWidget] = [
        Notice("err", "2 answers to fix", "Date moved in: enter a date up to today"),
        Notice("warn", "5 things to review after the last sync"),
        Notice("part2", "Protected by 42 CFR Part 2"),
        Notice(
            "info",
            "This form changed on Nov 3",
            "Old answers are kept",
            actions=(Button("See", small=True),),
        ),
    ]
    return [badges, state, *notices]


def rows() -> list[Row]:
    """Return a few rows of due work."""
    return [
        band("late", "Overdue \N{MIDDLE DOT} 2", tone="err"),
        Row(
            "a",
            (
                Cell("Renew consent to share", "Release to Pine River ended Oct 31"),
                Cell("Etchart, Marisol", bold=True),
                Cell("Fri Oct 31", "3 days late", sub_tone="err"),
                Cell("12"),
            ),
            ticked=False,
        ),
        Row(
            "b",
            (
                Cell("Call after missed intake", "Second try. Prefers text."),
                Cell("Kipp, Dwayne", bold=True),
                Cell("Sat Nov 1", "2 days late", sub_tone="err"),
                Cell("5"),
            ),
            ticked=False,
        ),
        band("today", "Today \N{MIDDLE DOT} 2, 1 done"),
        Row(
            "c",
            (
                Cell("Ride to MAT appointment", "Valley Health. Done 11:52 am."),
                Cell("Rasmussen, Caleb", bold=True),
                Cell("Today 10:30 am"),
                Cell("118"),
            ),
            ticked=True,
            muted=True,
        ),
        Row(
            "d",
            (
                Cell("30-day check-in", "Housing voucher status"),
                Cell("Beck, Shawna", bold=True),
                Cell("Ends Nov 20", badge="warn"),
                Cell("1,013"),
            ),
            ticked=False,
        ),
    ]


def table() -> Table:
    """Return a table with two-line rows and bands."""
    columns = (
        Column("what", "What is due", stretch=True),
        Column("person", "Person", 148, sortable=True),
        Column("when", "When", 122),
        Column("kits", "Kits", 70, number=True),
    )
    made = Table(columns, name="Due work", two_lines=True)
    made.show_rows(rows())
    made.setMinimumHeight(230)
    return made


def components() -> QWidget:
    """Return one page of everything."""
    page = QWidget()
    page.setProperty("kind", "page")
    grid = QGridLayout(page)
    left, right = QVBoxLayout(), QVBoxLayout()
    for card in (buttons(), fields(), answers()):
        left.addWidget(card)
    left.addStretch(1)
    for widget in (*words_and_states(), table()):
        right.addWidget(widget)
    empty = Card()
    empty.body.addWidget(
        Empty(
            "clipboard-list",
            "Nothing is due",
            "Work appears here when a form sets a next step.",
            action=Button("Add a follow-up", icon="plus", small=True),
        )
    )
    right.addWidget(empty)
    right.addStretch(1)
    grid.addLayout(left, 0, 0)
    grid.addLayout(right, 0, 1)
    grid.setColumnStretch(0, 11)
    grid.setColumnStretch(1, 9)
    return page


class TodayPage(Page):
    """A table in the shell."""

    def __init__(self) -> None:
        super().__init__("today", "Monday, November 3")
        self.set_heading(aside="7 left, 1 done")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 12)
        head = QHBoxLayout()
        head.addWidget(Label("Due work", role="pane_title"))
        head.addWidget(Pills([Filter("mine", "Mine", 12), Filter("team", "Team", 31)]), 1)
        for button in (
            Button("Mark done", icon="check", small=True),
            Button("Print list", icon="printer", small=True),
        ):
            head.addWidget(button)
        column.addLayout(head)
        self.table = table()
        column.addWidget(self.table, 1)


class FormPage(Page):
    """A section of a long form in the shell."""

    def __init__(self) -> None:
        super().__init__("forms", "LEAD intake")
        self.find_box = False
        self.set_heading(
            trail=[Crumb("Osgood, Terri-Lynn", lambda: None)],
            badges=[Badge("Draft", icon="file-pen")],
            top_actions=[
                Button("Print blank", icon="printer", small=True),
                Button("Undo", icon="undo-2", key="Ctrl+Z", small=True),
            ],
        )
        self.save_state.saved("2:41 pm")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(20, 14, 8, 12)
        row.setSpacing(14)
        sections = SectionList()
        sections.show_sections(
            [
                Section("person", "Person", "Complete", "done"),
                Section("referral", "Referral", "Complete", "done"),
                Section("needs", "Needs", "2 to fix", "problem"),
                Section("use", "Substance use", "0 of 7", protected=True),
                Section("health", "Health", "0 of 6"),
            ],
            here="needs",
            done=14,
            all_=38,
        )
        row.addWidget(sections)
        scroll = Scroll(margin=0)
        summary = ErrorSummary()
        scroll.body.addWidget(summary)
        summary.show_problems(
            [
                ToFix("a", "Date moved in", "Enter a date up to today"),
                ToFix("b", "Monthly income", "Enter a number, like 900"),
            ]
        )
        scroll.body.addWidget(fields())
        scroll.body.addWidget(self.household())
        scroll.body.addWidget(answers())
        row.addWidget(scroll, 1)
        column.addLayout(row, 1)
        column.addWidget(self.foot())

    def household(self) -> RepeatTable:
        """Return a repeat with two rows."""
        made = RepeatTable(
            "Household",
            [
                RepeatColumn("Name", lambda _key: Line(), 3),
                RepeatColumn("Relation", lambda _key: Combo(choices("Mother", "Son", "Friend")), 2),
                RepeatColumn("Age", lambda _key: NumberBox(), 1),
            ],
            add_words="Add person",
        )
        made.show_rows(["1", "2"])
        return made

    def foot(self) -> QWidget:
        """Return the footer bar."""
        foot = QWidget()
        foot.setProperty("kind", "foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(20, 9, 16, 9)
        row.addWidget(Button("Finish later", icon="log-out", key="Esc"))
        row.addStretch(1)
        row.addWidget(Button("Back", key="Ctrl+PgUp"))
        row.addWidget(Button("Next: Substance use", role="primary", key="Ctrl+PgDown"))
        return foot


class PatrolPage(Page):
    """Large targets in the shell."""

    rail = True
    find_box = False

    def __init__(self) -> None:
        super().__init__("people", "CIT contact")
        self.set_heading(aside="Started 8:15 pm")
        self.save_state.saved("8:16 pm")
        row = QHBoxLayout(self)
        scroll = Scroll(margin=12)
        grid = FormGrid()
        when = DateBox(CLOCK, wants=Wants.MOMENT)
        when.set_moment(CLOCK.now())
        grid.add(Field("When", when, needed=True), 6)
        grid.add(Field("Where", Line(icon="map-pin"), needed=True), 6)
        self.search = SearchChoose(_search, placeholder="Name, or leave empty")
        grid.add(Field("Person", self.search))
        why = Segments(
            choices("Welfare check", "Suicidal", "Disturbance", "Overdose", "Traffic", "Other"),
            columns=3,
        )
        why.set_value("welfare check")
        grid.add(Field("Why you were there", why, needed=True))
        seen = Chips(
            choices(
                "Confused", "Hearing voices", "Intoxicated", "Agitated", "Withdrawn", "No concerns"
            ),
            columns=3,
        )
        seen.set_value(["confused"])
        grid.add(Field("What you saw", seen))
        grid.add(Field("Weapon present?", Segments(yes_no(unknown=True)), needed=True), 6)
        grid.add(
            Field(
                "Minutes on scene", Segments(choices("15", "30", "45", "60", "More")), needed=True
            ),
            6,
        )
        card = Card()
        card.body.addWidget(grid)
        scroll.body.addWidget(card)
        row.addWidget(scroll)
        set_density(self, Density.PATROL)


def _search(text: str, done: Callable[[list[Found]], None]) -> None:
    done(
        [Found("1", "Lund, Randy", "born Mar 4, 1979, AC-0051"), Found("2", "Lundgren, Paul", text)]
    )


def shell() -> Shell:
    """Return the window with three pages."""
    window = Shell(
        lambda _text, done: done([Hit("Nalley, Brett", "born Jun 2, 1980   AC-0077", "user", "41")])
    )
    pages = {"today": TodayPage, "forms": FormPage, "people": PatrolPage}
    for name, words, icon, count in PLACES:
        window.add_place(Place(name, words, icon, pages.get(name, TodayPage), apart=name == "sync"))
        window.set_count(name, count)
    window.actions_.add(
        "naloxone",
        "Record naloxone",
        lambda: None,
        keys="Ctrl+4",
        icon="syringe",
        hint="given out or used",
    )
    window.set_person("Nora Ellison", "Case manager")
    window.status.set_saved("All changes saved 2:41 pm")
    window.status.set_offline("Working offline")
    window.status.set_synced("Last sync Fri Oct 31, 4:52 pm")
    window.status.set_outbox("3 files in outbox")
    window.lock_after(10)
    window.go("today")
    return window


def shoot(widget: QWidget, file: Path) -> None:
    """Let all settle and save a picture."""
    QTest.qWait(120)
    widget.grab().save(str(file))


def main() -> None:
    """Draw all."""
    app = QApplication(sys.argv)
    look = Theme(app)
    look.apply()
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for night in (False, True):
        look.set_night(night)
        tail = "-night" if night else ""
        page = components()
        page.resize(1366, 1100)
        page.show()
        shoot(page, folder / f"components{tail}.png")
        page.close()
        window = shell()
        for width, height in ((1366, 768), (911, 512)):
            window.resize(width, height)
            window.show()
            window.activateWindow()
            for name in ("today", "forms", "people"):
                window.go(name)
                QApplication.processEvents()
                current = window.current_page()
                if isinstance(current, TodayPage):
                    current.table.setFocus()
                if isinstance(current, PatrolPage):
                    current.search.setFocus()
                    current.search.setText("lun")
                    current.search.textEdited.emit("lun")
                window.say("Row removed", undo=lambda: None)
                shoot(window, folder / f"shell-{name}-{width}{tail}.png")
                window.toast.end()
            window.open_palette()
            window.palette_box.line.setText("nal")
            window.palette_box.line.textEdited.emit("nal")
            shoot(window, folder / f"palette-{width}{tail}.png")
            window.palette_box.close_palette()
        window.close()


if __name__ == "__main__":
    main()
