"""The page on which one form is filled, by keys alone or by hand.

The page joins the session, the rows that show it, the draft and the ways out. What is
typed goes to the session at once and into the draft within a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from leadapp.core.errors import LeadappError, Refusal
from leadapp.core.words import Words
from leadapp.forms.session import Changed
from leadapp.forms.submission import Submission
from leadapp.services.filling import Saved
from leadapp.ui.entry.autosave import Autosave
from leadapp.ui.entry.copies import Copies
from leadapp.ui.entry.counting import tally
from leadapp.ui.entry.door import EntryDoor
from leadapp.ui.entry.files import LooseFiles, NewFiles, Taking
from leadapp.ui.entry.fixing import Fixing
from leadapp.ui.entry.foot import Foot
from leadapp.ui.entry.form_view import FormView
from leadapp.ui.entry.guide import needed_words, show_foot, show_sections
from leadapp.ui.entry.heading import Heading
from leadapp.ui.entry.keys import Act, PageKeys
from leadapp.ui.entry.later import Later
from leadapp.ui.entry.lists import Fetching
from leadapp.ui.entry.making import Setting
from leadapp.ui.entry.outline import outline
from leadapp.ui.entry.paper import FromPaper, PaperCard
from leadapp.ui.entry.reason import ReasonCard
from leadapp.ui.entry.saving import Saving
from leadapp.ui.entry.tabbing import step, tab_stops
from leadapp.ui.entry.undoing import Undoing
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.error_summary import ErrorSummary
from leadapp.ui.kit.notice import Notice
from leadapp.ui.kit.section_list import SectionList
from leadapp.ui.kit.typed_dates import say_time
from leadapp.ui.shell.page import Crumb, Page
from leadapp.ui.theme import theme
from leadapp.ui.theme.density import Density
from leadapp.ui.words import tr
from leadapp.ui.work import Work

_COUNT_MS = 120
"""Counts and the section list follow this long after the last key."""
_LIST_FROM = 820
"""Below this width of the page the section list gives its room to the form."""


@dataclass(frozen=True)
class Outside:
    """What a page needs of the window around it."""

    work: Work
    words: Words
    say: Callable[..., None]
    """``say(words, undo=None)``: the toast."""
    undo_offered: Callable[[], bool]
    """Whether the toast offers Undo just now: then Ctrl+Z is the window's."""


class EntryPage(Page):
    """``EntryPage(door, outside, fetching)``; its name is ``entry:<record>``."""

    closed = Signal()
    """Left; the draft is kept."""

    finished = Signal(object)
    """The ``Saved`` record is durable, and the draft is gone."""

    def __init__(
        self,
        door: EntryDoor,
        outside: Outside,
        fetching: Fetching | None = None,
        *,
        trail: Sequence[Crumb] = (),
        part2: bool = False,
        files: Taking | None = None,
        paper: FromPaper | None = None,
    ) -> None:
        super().__init__(f"entry:{door.record}", door.form_title)
        self.door, self.session = door, door.session
        self._outside = outside
        self._leaving = self._finishing = False
        self.rail = theme().density is Density.PATROL
        self.find_box = False
        self.undoing = Undoing(self.session)
        self.autosave = Autosave(outside.work, door.snapshot, self)
        self._tally = tally(self.session)
        setting = Setting(
            session=self.session,
            clock=door.clock,
            words=outside.words,
            lookup=fetching.lookup if fetching else None,
            cleared=self._cleared,
            patrol=self.rail,
            files=NewFiles(outside.work, files or LooseFiles()),
            all_shown=paper is not None and paper.paper is not None,
        )
        self.view = FormView(setting)
        self.summary = ErrorSummary()
        self.reason = ReasonCard(needed=door.needs_reason) if door.corrects else None
        self.fixing = Fixing(self.view, self.summary, self.reason)
        self.paper = PaperCard(paper)
        self.later = Later(self.view, self._show_guide)
        self.copies = Copies(self.view, self.undoing, self._changed, self._row_removed)
        self._saving = Saving(outside.work, door, self)
        usual = outline(self.session) if setting.all_shown else self.view.parts
        self.sections = SectionList() if len(usual) > 1 else None
        self.foot = Foot(tr("Stop, keep draft"))
        self.trouble = Notice("err", "")
        self.trouble.hide()
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_COUNT_MS)
        self._counting.timeout.connect(self._count)
        self._build()
        self.heading = Heading(
            self.session.definition.languages,
            corrects=door.corrects,
            part2=part2,
            undo=self.undo,
            turn=self.next_language,
        )
        self.heading.show_language(self.session.language)
        self.set_heading(trail=trail, badges=self.heading.badges, top_actions=self.heading.actions)
        self._connect(fetching)
        self._count()

    def on_shown(self) -> None:
        """Put the focus where one goes on."""
        focus = self.window().focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            if self.reason is not None and not self.reason.text:
                self.reason.box.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.view.focus_first()

    def on_left(self) -> None:
        """Another page is in view: keep what was typed at once."""
        self.autosave.flush()

    def main_action(self) -> None:
        """Finish the form; in a long form this works from any section."""
        self.finish()

    def leave(self) -> bool:
        """Leave and keep the draft."""
        if not self._leaving:
            self._leaving = True
            self.autosave.flush(self._left)
            if not self.autosave.is_safe:
                QTimer.singleShot(3_000, self, self._stay)
        return True

    def reload(self) -> None:
        """A form being filled is never asked again."""

    def panes(self) -> Sequence[QWidget]:
        """Section list, form, foot."""
        panes: list[QWidget] = [self.view, self.foot]
        return (self.sections, *panes) if self.sections is not None else panes

    def undo(self) -> None:
        """Take back the last thing done here."""
        self._travelled(self.undoing.undo(), tr("Undone"), tr("Nothing to undo"))

    def redo(self) -> None:
        """Do again what was undone."""
        self._travelled(self.undoing.redo(), tr("Done again"), tr("Nothing to do again"))

    def next_section(self) -> None:
        """Go to the next section."""
        if not self.view.step_section(1) and self.view.in_sections:
            self.foot.finish.setFocus(Qt.FocusReason.OtherFocusReason)

    def previous_section(self) -> None:
        """Go to the section before."""
        self.view.step_section(-1)

    def next_problem(self, by: int = 1) -> None:
        """Go to the next thing to fix (F8)."""
        if self.summary.items:
            self.summary.next_problem(by)
        else:
            announce(self, tr("Nothing to fix"))

    def set_language(self, language: str) -> None:
        """Ask in another language; answers stay."""
        self.session.set_language(language)
        self.view.relabel()
        self.heading.show_language(self.session.language)
        self._count()
        self.fixing.show()

    def next_language(self) -> None:
        """Go to the form's next language."""
        language = self.heading.after(self.session.language)
        if language != self.session.language:
            self.set_language(language)

    def toggle_paper(self) -> None:
        """Ask in the order of the paper, for an answer sheet that is typed in; or as usual."""
        on = not self.paper.is_on
        self.paper.turn(on=on)
        self.view.show_flow(on=on)
        self._fit_sections()
        self.autosave.changed()
        self._count()
        if on:
            self.paper.box.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.view.focus_first()
        announce(self, tr("Typed from paper") if on else tr("Typed live"))

    def tell_why(self) -> None:
        """Say why the question that has the focus is asked (Shift+F1)."""
        row = self.view.row_with(self.window().focusWidget())
        if row is None or not row.tell_why():
            announce(self, tr("Nothing more is said about this question"))

    def finish(self) -> None:
        """Finish: everything is checked; problems take the focus, else it is saved."""
        if self._finishing:
            return
        focus = self.window().focusWidget()
        if focus is not None:
            self._settle_typed(focus)
        outcome = self.door.ready()
        self.view.check_all()
        missing = self.reason.to_fix() if self.reason else None
        if isinstance(outcome, Submission) and missing is None:
            self._save(outcome)
            return
        problems = outcome if isinstance(outcome, list) else []
        self._count()
        self.fixing.show_all(problems, missing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next question and submits nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go in the order that is seen, not in the order things were made."""
        focused = self.window().focusWidget()
        target = step(self._stops(), focused, forward=forward)
        if target is None:
            return bool(super().focusNextPrevChild(forward))
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        target.setFocus(reason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the section list's room to the form where there is little."""
        super().resizeEvent(event)
        self._fit_sections()
        self.foot.set_roomy(roomy=self.width() >= theme().px(980))
        self.fixing.pane.fit(self.height())

    def _fit_sections(self) -> None:
        if self.sections is not None:
            wide = self.width() >= theme().px(_LIST_FROM)
            self.sections.setVisible(wide and self.view.in_sections)

    def _build(self) -> None:
        look = theme()
        side = look.px(16 if self.rail else 20)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        body = QHBoxLayout()
        body.setContentsMargins(side, look.px(12), side, look.px(10))
        body.setSpacing(look.px(14))
        if self.sections is not None:
            body.addWidget(self.sections)
        column = QVBoxLayout()
        column.setSpacing(look.px(10))
        for widget in (self.trouble, self.fixing.pane, self.paper, self.reason):
            if widget is not None:
                column.addWidget(widget)
        column.addWidget(self.view, 1)
        body.addLayout(column, 1)
        outer.addLayout(body, 1)
        outer.addWidget(self.foot)

    def _connect(self, fetching: Fetching | None) -> None:
        offered = self._outside.undo_offered
        PageKeys(self, self._keys(), leaves=lambda key: key == "Ctrl+Z" and offered())
        view = self.view
        view.answered.connect(self._answered)
        view.left_question.connect(self.undoing.pause)
        view.add_wanted.connect(self.copies.add)
        view.remove_wanted.connect(self.copies.remove)
        view.copy_wanted.connect(self.copies.copy)
        view.told_changed.connect(self.fixing.show)
        view.section_changed.connect(lambda _at: self._count())
        self.fixing.changed.connect(self._fixes_changed)
        if self.sections is not None:
            self.sections.chosen.connect(self._section_chosen)
        foot = self.foot
        foot.leave_wanted.connect(self.leave)
        foot.later_wanted.connect(self.later.toggle)
        foot.back_wanted.connect(self.previous_section)
        foot.next_wanted.connect(self.next_section)
        foot.finish_wanted.connect(self.finish)
        self.paper.changed.connect(lambda: self.autosave.changed())
        self.paper.leave_wanted.connect(self.toggle_paper)
        self._saving.written.connect(self._written)
        self._saving.not_written.connect(self._not_written)
        self.autosave.saving.connect(self.save_state.saving)
        self.autosave.saved.connect(self._saved_draft)
        self.autosave.not_saved.connect(self._not_saved)
        if fetching is not None:
            fetching.setParent(self)
            fetching.arrived.connect(self._list_arrived)

    def _keys(self) -> dict[str, Act]:
        """Return what this page's keys do."""
        return {
            "Ctrl+Z": self.undo,
            "Ctrl+Y": self.redo,
            "Ctrl+Shift+Z": self.redo,
            "F8": self.next_problem,
            "Shift+F8": lambda: self.next_problem(-1),
            "Ctrl+PgDown": self.next_section,
            "Ctrl+PgUp": self.previous_section,
            "Ctrl+R": self.copies.add_here,
            "Ctrl+D": self.copies.copy_here,
            "Ctrl+Del": self.copies.remove_here,
            "Ctrl+Shift+T": self.toggle_paper,
            "Shift+F1": self.tell_why,
        }

    def _stops(self) -> list[QWidget]:
        parts: list[QWidget] = []
        if self.sections is not None:
            parts.append(self.sections)
        parts += [self.summary, self.paper]
        if self.reason is not None:
            parts.append(self.reason)
        return tab_stops([*parts, *self.view.stops(), *self.foot.stops()])

    def _answered(self, key: str, text: str, typed: bool) -> None:
        self._changed(self.undoing.write(key, text, typed=typed))

    def _changed(self, changed: Changed) -> None:
        self.view.apply(changed)
        if changed:
            self.autosave.changed()
            self._counting.start()

    def _travelled(self, changed: Changed, done: str, nothing: str) -> None:
        announce(self, done if changed else nothing)
        self._changed(changed)

    def _row_removed(self) -> None:
        self._outside.say(tr("Row removed"), undo=self.undo)

    def _cleared(self, words: str) -> None:
        self._outside.say(words, undo=self.undo)

    def _list_arrived(self, list_name: str) -> None:
        self.view.apply(self.session.arrived(list_name))
        self.view.list_arrived()
        self._counting.start()

    def _settle_typed(self, focus: QWidget) -> None:
        """A list box takes what was typed into it only when it is left."""
        row = self.view.row_with(focus)
        if row is not None:
            row.left()

    def _count(self) -> None:
        self._counting.stop()
        self._tally = tally(self.session)
        self._show_guide()
        self.heading.undo.setEnabled(self.undoing.can_undo)

    def _show_guide(self) -> None:
        self.heading.needed.setText(needed_words(self._tally.total))
        if self.sections is not None:
            show_sections(self.sections, self.view, self._tally, self.summary.items)
        finish = tr("Finish {form}", form=self.door.form_title)
        words = tr("Save correction") if self.door.corrects else finish
        show_foot(self.foot, self.view, self._tally, words)

    def _section_chosen(self, key: str) -> None:
        at = next((i for i, part in enumerate(self.view.parts) if part.key == key), None)
        if at is not None and at != self.view.here:
            self.view.go_section(at)

    def _fixes_changed(self) -> None:
        self.fixing.pane.fit(self.height())
        self._show_guide()

    def _save(self, submission: Submission) -> None:
        self._finishing = True
        self.trouble.hide()
        self.setEnabled(False)
        reason = self.reason.text if self.reason else ""
        self._saving.save(submission, reason)

    def _written(self, saved: Saved) -> None:
        self.autosave.stop()
        self._saving.let_draft_go(lambda: self.finished.emit(saved))

    def _not_written(self, error: LeadappError) -> None:
        self._finishing = False
        self.setEnabled(True)
        if isinstance(error, Refusal) and error.problems:
            self._count()
            self.fixing.show_all(error.problems, None)
            return
        self.view.focus_first()
        self.trouble.show()
        self.trouble.say("err", tr("Not saved. Your draft is kept"), self._outside.words.of(error))

    def _saved_draft(self) -> None:
        self.trouble.hide()
        self.save_state.saved(say_time(self.door.clock.now().time()))

    def _not_saved(self, error: LeadappError) -> None:
        self._leaving = False
        self.save_state.not_saved(self._outside.words.of(error))

    def _left(self) -> None:
        self.closed.emit()

    def _stay(self) -> None:
        self._leaving = False
