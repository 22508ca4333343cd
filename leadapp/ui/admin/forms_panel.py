"""One form beside the list: what was found in it, what it changes, and what can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.services.forms_in_use import Candidate, FormLine
from leadapp.ui.admin.forms_changes import Changes
from leadapp.ui.admin.forms_problems import Ask, Checks, fact
from leadapp.ui.admin.forms_words import extent
from leadapp.ui.kit.badge import Badge
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card, rule
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.radios import Radios
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class FormPanel(Card):
    """``FormPanel(candidate, line, words, ask_row, facts)``; signals carry what is wanted.

    ``line`` is ``None`` for a file that cannot be used yet: it is kept nowhere.
    """

    approve_wanted = Signal(str, str, object)
    """Why, the ring where it must be said, and names: present key -> earlier key."""

    try_wanted = Signal()
    print_wanted = Signal()
    save_wanted = Signal()
    """Save the form as a file, to change it."""

    export_wanted = Signal()
    """Copy the records of all its versions out."""

    again_wanted = Signal()
    """Read the same file again."""

    send_back_wanted = Signal()
    retire_wanted = Signal(str)
    choose_wanted = Signal(str)
    """Of two approved versions this one is to be used; carries why."""

    names_changed = Signal(object)
    """What is said of names now; ``show_changes`` with what comes of it."""

    def __init__(
        self,
        candidate: Candidate,
        line: FormLine | None,
        words: Words,
        ask: Ask,
        *,
        facts: str,
        approver: str,
        rival: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.candidate, self.line, self._words = candidate, line, words
        self._approver, self._rival = approver, rival
        self.was: dict[str, str] = {}
        self.why: Line | None = None
        self.why_field: Field | None = None
        self.ring: Radios | None = None
        self.ring_field: Field | None = None
        self.checks: Checks | None = None
        self._changes: Changes | None = None
        self._asked: QWidget | None = None
        self._asker: QWidget | None = None
        """Where the focus was when the question came, and goes back to."""
        self._head(facts)
        self._scroll = Scroll(gap=12)
        # It takes the height there is and asks for none: what is long scrolls in here.
        self._scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._scroll.setMinimumHeight(theme().px(120))
        self.body.addWidget(self._scroll, 1)
        self._fill(ask)
        self._foot()
        self.setMinimumHeight(theme().px(330))
        self.setAccessibleName(_title(candidate, line))

    @property
    def changes(self) -> Changes | None:
        """What it changes."""
        return self._changes

    @property
    def may_approve(self) -> bool:
        """Whether it can be put in use."""
        return self.line is not None and self.line.state != "in_use" and not self.candidate.blocked

    def approve(self) -> None:
        """Ask for what is missing, or say that it is wanted."""
        if self.why is None or self.why_field is None:
            return
        ring = self.ring.value() if self.ring is not None else ""
        if self.ring_field is not None:
            self.ring_field.set_error("" if ring else tr("Choose who reads its records."))
        why = self.why.text().strip()
        self.why_field.set_error("" if why else tr("Say why, in a few words."))
        if self.ring_field is not None and not ring:
            self.ring_field.focus_control()
        elif not why:
            self.why_field.focus_control()
        elif self._rival:
            self.choose_wanted.emit(why)
        else:
            self.approve_wanted.emit(why, ring or "", self.was)

    def show_changes(self, candidate: Candidate) -> None:
        """Show what it changes after names were said; the focus stays on the question."""
        self.candidate = candidate
        changes = Changes(candidate, self._words, self.was)
        changes.named.connect(self._named)
        before, self._changes = self._changes, changes
        if before is None:
            self._scroll.body.addWidget(changes)
            return
        focused = next((old for old, box in before.boxes.items() if box.hasFocus()), "")
        self._scroll.body.replaceWidget(before, changes)
        before.hide()
        before.deleteLater()
        changes.show()
        if focused in changes.boxes:
            changes.boxes[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def close_more(self) -> bool:
        """Close what is asked below; False when nothing is."""
        was_open = self._asked is not None
        self._ask_first(None)
        return was_open

    # -- what is shown -------------------------------------------------------------------

    def _head(self, facts: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        row.addWidget(Label(_title(self.candidate, self.line), role="pane_title", wrap=True), 1)
        row.addWidget(self._badge(), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        if facts:
            self.body.addWidget(Label(facts, role="caption", tone="text2", wrap=True))
        self.body.addWidget(rule())

    def _badge(self) -> Badge:
        match self.line.state if self.line is not None else "":
            case "waits":
                return Badge(tr("To approve"), tone="warn")
            case "in_use" if self._rival and self.line is not None and not self.line.shown:
                return Badge(tr("Approved too"), tone="warn")
            case "in_use":
                return Badge(tr("In use"), tone="warn" if self._rival else "ok")
            case "retired":
                return Badge(tr("Retired"))
            case _:
                return Badge(tr("Not usable yet"), tone="err", icon="circle-alert")

    def _fill(self, ask: Ask) -> None:
        body, candidate = self._scroll.body, self.candidate
        sound = extent(candidate.definition) if candidate.definition is not None else ""
        used = self.line is not None and self.line.state == "in_use"
        problems = [one for one in candidate.problems if not (used and _is_standing(one.code))]
        self.checks = Checks(problems, self._words, ask, sound=sound)
        body.addWidget(self.checks)
        if candidate.blocked and candidate.against is not None and not used:
            text = tr("Version {version} stays in use.", version=candidate.against.version)
            body.addWidget(fact("shield-check", "ok", text))
        if used:
            self._of_two()
            return
        if candidate.answered:
            text = tr("{count} records stay in their version", count=f"{candidate.answered:,}")
            under = tr("They open, print and export in the version that made them.")
            body.addWidget(fact("circle-check", "ok", text, under))
        if candidate.against is not None:
            self.show_changes(candidate)
        elif candidate.definition is not None:
            body.addWidget(fact("info", "link", tr("A new form: no version of it is in use.")))
        if self.may_approve:
            self._decision()

    def _of_two(self) -> None:
        """Say what two computers did, and let one of the versions be chosen."""
        if not self._rival or self.line is None:
            return
        shown = self.line.shown
        words = tr("This version is used now") if shown else tr("This version is not used now")
        text = tr("Another version was approved on another computer. Choose the one to use.")
        self._scroll.body.addWidget(fact("triangle-alert", "warn_icon", words, text))
        if not shown:
            self.show_changes(self.candidate)
        self._decision()

    def _decision(self) -> None:
        body = self._scroll.body
        body.addWidget(rule())
        if self.candidate.needs_ring:
            self.ring = Radios(_ring_choices())
            hint = tr("The form does not say. It can never be changed later.")
            self.ring_field = Field(tr("Who reads its records"), self.ring, needed=True, hint=hint)
            body.addWidget(self.ring_field)
        self.why = Line()
        who = tr("Kept with the form. Approved by {name}.", name=self._approver)
        self.why_field = Field(tr("Why it is put in use"), self.why, needed=True, hint=who)
        body.addWidget(self.why_field)

    # -- what can be pressed -------------------------------------------------------------

    def _foot(self) -> None:
        self._acts = QWidget()
        column = QVBoxLayout(self._acts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(10))
        column.addWidget(rule())
        small = QWidget()
        flow = Flow(small, gap=theme().px(8))
        for button in self._small_buttons():
            flow.addWidget(button)
        column.addWidget(small)
        row = QHBoxLayout()
        row.setSpacing(theme().px(8))
        for button in self._main_buttons():
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self.body.addWidget(self._acts)

    def _small_buttons(self) -> list[Button]:
        found = []
        if self.candidate.definition is not None:
            found.append(_button(tr("Try it"), "eye", self.try_wanted.emit))
            found.append(_button(tr("Print blank"), "printer", self.print_wanted.emit))
        if self.line is not None:
            save = _button(tr("Save file"), "file-down", self.save_wanted.emit)
            save.setToolTip(tr("A workbook to change in a spreadsheet program"))
            found.append(save)
            if self.line.records:
                found.append(_button(tr("Export records"), "download", self._ask_export))
        return found

    def _main_buttons(self) -> list[Button]:
        match self.line.state if self.line is not None else "":
            case "waits":
                back = Button(tr("Send back"), role="quiet")
                back.clicked.connect(self.send_back_wanted.emit)
                return [*self._approve_button(), back]
            case "retired":
                return self._approve_button()
            case "in_use" if self._rival:
                use = Button(tr("Use this one"), icon="check", role="primary", key="Ctrl+S")
                use.clicked.connect(self.approve)
                return [use]
            case "in_use":
                retire = Button(tr("Retire"), role="quiet")
                retire.clicked.connect(self._ask_retire)
                return [retire]
            case _:
                again = Button(tr("Read it again"), icon="refresh-cw", role="primary", key="Ctrl+S")
                again.clicked.connect(self.again_wanted.emit)
                away = Button(tr("Put away"), role="quiet")
                away.clicked.connect(self.send_back_wanted.emit)
                return [again, away]

    def _approve_button(self) -> list[Button]:
        if not self.may_approve:
            return []
        retired = self.line is not None and self.line.state == "retired"
        words = tr("Use it again") if retired else tr("Approve and use")
        button = Button(words, icon="check", role="primary", key="Ctrl+S")
        button.clicked.connect(self.approve)
        return [button]

    def _ask_export(self) -> None:
        box, column = _box()
        text = tr("Anyone who has the file can read them. That they were exported is logged.")
        title = tr("Copy the records of {form} out?", form=self._form_title())
        column.addWidget(Notice("warn", title, text))
        keep, export = Button(tr("Keep them here"), icon="x"), Button(tr("Export"), role="danger")

        def wanted() -> None:
            self.close_more()
            self.export_wanted.emit()

        export.clicked.connect(wanted)
        self._two_buttons(box, column, keep, export)

    def _ask_retire(self) -> None:
        box, column = _box()
        title = self._form_title()
        text = tr("No new record can be written with it. Its records stay and open as before.")
        column.addWidget(Notice("warn", tr("Retire {form}?", form=title), text))
        why = Line()
        field = Field(tr("Why"), why, needed=True)
        column.addWidget(field)
        keep, retire = Button(tr("Keep in use"), icon="x"), Button(tr("Retire it"), role="danger")

        def wanted() -> None:
            field.set_error("" if why.text().strip() else tr("Say why, in a few words."))
            if field.error:
                field.focus_control()
            else:
                self.retire_wanted.emit(why.text().strip())

        retire.clicked.connect(wanted)
        self._two_buttons(box, column, keep, retire)

    def _two_buttons(self, box: QWidget, column: QVBoxLayout, safe: Button, other: Button) -> None:
        """Ask; the focus is on the answer that changes nothing."""
        safe.clicked.connect(self.close_more)
        row = QHBoxLayout()
        for button in (safe, other):
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        self._ask_first(box)
        safe.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form_title(self) -> str:
        return self.candidate.source.title if self.candidate.source else self.candidate.name

    def _ask_first(self, box: QWidget | None) -> None:
        """Put a question above all else; while it stands nothing else can be pressed."""
        before, self._asked = self._asked, box
        held = self.window().focusWidget()
        self._acts.setVisible(box is None)
        if before is not None:
            before.hide()
            before.deleteLater()
        if box is None:
            if before is not None and self._asker is not None:
                self._asker.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._asker = held if held is not None and self._acts.isAncestorOf(held) else None
        self._scroll.body.insertWidget(0, box)
        box.show()
        self._scroll.verticalScrollBar().setValue(0)

    def _named(self, was: Mapping[str, str]) -> None:
        self.was = dict(was)
        self.names_changed.emit(self.was)


def _box() -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    return box, column


def _title(candidate: Candidate, line: FormLine | None) -> str:
    source = line.source if line is not None else candidate.source
    if source is None:
        return candidate.name
    named = tr("{form}, {version}", form=source.title, version=source.version)
    return named if source.version else source.title


def _is_standing(code: str) -> bool:
    return code == "services.form_in_use_already"


def _button(words: str, icon: str, do: Callable[[], object]) -> Button:
    button = Button(words, icon=icon, small=True)
    button.clicked.connect(lambda _on=False: do())
    return button


def _ring_choices() -> list[Choice]:
    return [
        Choice("care", tr("The care team (care)")),
        Choice("law", tr("The law agency that writes it (law)")),
        Choice("law:law office:care", tr("Each side its own (law and care)")),
        Choice("law:law office:supply", tr("Naloxone, each side its own (law and supply)")),
        Choice("refer", tr("The law agency and the care team (refer)")),
        Choice("shared", tr("Everyone, on every computer (shared)")),
    ]
