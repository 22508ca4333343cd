"""Sync now: where to, the exchange under way, what came of it, and single files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RingId
from leadapp.core.words import Words
from leadapp.services import forms_in_use, syncing
from leadapp.services.desk import Desk
from leadapp.services.syncing import KeptTarget, SftpPlace, Tested, alarms, past
from leadapp.services.syncing.membership import about_me
from leadapp.services.syncing.merged import last_merged
from leadapp.services.syncing.past import PastSync
from leadapp.services.syncing.standing import Standing, standing_of
from leadapp.services.today import ThisComputer, this_computer
from leadapp.staff.rights import may_program
from leadapp.ui.days import say_moment
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.notice import Kind, Notice
from leadapp.ui.kit.scroll import bring_into_view
from leadapp.ui.ring_names import ring_words
from leadapp.ui.sync import said
from leadapp.ui.sync.computers import Computers
from leadapp.ui.sync.leaving_card import LeavingCard
from leadapp.ui.sync.one_file import OneFile
from leadapp.ui.sync.outcome import Outcome
from leadapp.ui.sync.runner import Ended, Runner
from leadapp.ui.sync.running import RunningCard
from leadapp.ui.sync.standing_notices import StandingNotices
from leadapp.ui.sync.tab import Tab
from leadapp.ui.sync.target_form import TargetForm, TargetWish
from leadapp.ui.sync.target_said import tile_of
from leadapp.ui.sync.tiles import Tiles
from leadapp.ui.sync.to_look_at import ToLookAt
from leadapp.ui.sync.turns import run_turns
from leadapp.ui.theme import theme
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

T = TypeVar("T")
_CARE = RingId("care")


@dataclass(slots=True)
class Known:
    """The targets of this computer, and what is known of each by name."""

    targets: Sequence[KeptTarget] = ()
    last: dict[str, PastSync] | None = None
    stands: dict[str, Standing] | None = None
    notices: tuple[alarms.Notice, ...] = ()


class NowTab(Tab):
    """``chosen`` is the target that "Sync now" means."""

    chosen = Signal(str)
    lock_wanted = Signal()
    taken_in = Signal()
    """Entries came from a single file."""
    wiped = Signal()
    """This computer was shut out and has forgotten everything."""

    def __init__(self, desk: Desk, work: Work, words: Words, runner: Runner, chosen: str) -> None:
        super().__init__("now", tr("Sync now"), desk, work, words)
        self._runner, self._chosen = runner, chosen
        self._known = Known()
        self._here: ThisComputer | None = None
        self._form: TargetForm | None = None
        self.to_look_at = ToLookAt(words)
        self.column.addWidget(self.to_look_at)
        self.about = Notice("warn", "")
        self.column.addWidget(self.about)
        self.leaving = LeavingCard(desk, work, words)
        self.leaving.wiped.connect(self.wiped.emit)
        self.column.addWidget(self.leaving)
        self.column.addWidget(Label(tr("Where to"), role="label"))
        self.tiles = Tiles()
        self.tiles.chosen.connect(self._choose)
        self.tiles.add_wanted.connect(self.new_thing)
        self.column.addWidget(self.tiles)
        self.column.addWidget(self._facts_row())
        self._form_room = QHBoxLayout()
        self.column.addLayout(self._form_room)
        self.only_here = Label("", role="table", bold=True, wrap=True)
        self.only_here.hide()
        self.column.addWidget(self.only_here)
        self.running = RunningCard()
        self.running.stop_wanted.connect(runner.stop)
        self.column.addWidget(self.running)
        self.outcome = Outcome(words)
        self.standing = StandingNotices(desk, words)
        self.standing.seen.connect(self._see)
        self.outcome.lock_wanted.connect(self.lock_wanted.emit)
        self.column.addWidget(self.standing)
        self.column.addWidget(self.outcome)
        self.computers = Computers(desk)
        self.column.addWidget(self.computers)
        self.one_file = OneFile(self, runner)
        self.one_file.taken.connect(self.taken_in.emit)
        self.column.addWidget(self.one_file)
        runner.moved.connect(self._moved)
        runner.ended.connect(self._ended)
        self.running.setVisible(runner.running)
        self._show_about()
        self._show_tiles()
        self._moved()
        if runner.last is not None:
            self.outcome.show_ended(runner.last)

    # -- what a tab does -----------------------------------------------------------------

    def reload(self) -> None:
        """Ask for the targets, then for what can be reached: a dead share takes its time."""
        desk = self.desk
        self._show_about()

        def job() -> Known:
            whole = [one for one in past.past(desk) if one.whole]
            last = {one.target: one for one in reversed(whole)}
            return Known(syncing.targets(desk), last, notices=alarms.notices(desk))

        self.ask(job, self._known_came)
        self._run(Lane.READER, lambda: this_computer(desk), self._only_here, self.refuse)
        self.work.run(
            Lane.READER, lambda: () if about_me(desk) else last_merged(desk, desk.reader),
            self.computers.show_merged, self.refuse, owner=self,
        )  # fmt: skip
        if any(may_program(role, "approve_form") for role in desk.roles):
            self._run(
                Lane.READER,
                lambda: forms_in_use.waits_for(desk)[1],
                self.to_look_at.show_forms,
                self.refuse,
            )

    def main_action(self) -> None:
        """Add the place that is being typed, else write the file that is asked for."""
        if self._form is not None:
            self._form.send()
        else:
            self.one_file.main_action()

    def new_thing(self) -> None:
        """Add a place."""
        if self._form is None:
            self._form = TargetForm(self.desk, self.words)
            self._form.wanted.connect(self._add)
            self._form.host_wanted.connect(self._ask_host)
            self._form.left.connect(lambda: self.leave())
            self._form_room.addWidget(self._form)
            self._form.show()
            bring_into_view(self._form)
        self._form.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> bool:
        """Close the form, then the questions about a single file."""
        if self._form is not None:
            self._close_form()
            return True
        return self.one_file.close_box()

    def panes(self) -> Sequence[QWidget]:
        """Where to, the exchange, single files."""
        return (
            self.to_look_at,
            self.tiles,
            self.running,
            self.standing,
            self.computers,
            self.one_file,
        )

    # -- where to ------------------------------------------------------------------------

    def _facts_row(self) -> QWidget:
        self._facts_box = QWidget()
        row = QHBoxLayout(self._facts_box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(8))
        self._facts = Label("", role="table", tone="text2", wrap=True)
        row.addWidget(self._facts, 1)
        self._test = Button(tr("Test it"), icon="list-checks", small=True)
        self._test.clicked.connect(self._test_it)
        self._remove = Button(tr("Remove it"), icon="trash-2", small=True)
        self._remove.clicked.connect(self._remove_it)
        row.addWidget(self._test, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        return self._facts_box

    def _only_here(self, here: ThisComputer) -> None:
        self._here = here
        self._say_only_here()

    def _say_only_here(self) -> None:
        here = self._here
        if here is None:
            return
        words = said.only_here(here.entries, here.oldest_days or 0)
        carried = {ring for one in self._known.targets for ring in one.rings}
        if self._known.targets and _CARE in self.desk.rings and _CARE not in carried:
            words += " " + tr("People in care have no place yet: add one for them.")
        self.only_here.setText(words)
        self.only_here.setVisible(bool(here.entries))

    def _known_came(self, known: Known) -> None:
        self._known = known
        self._say_only_here()
        self.standing.show_notices(known.notices)
        names = [one.name for one in known.targets]
        if self._chosen not in names:
            used = max(known.last or {}, key=lambda name: (known.last or {})[name].at, default="")
            self._chosen = used if used in names else next(iter(names), "")
            self.chosen.emit(self._chosen)
        self._show_tiles()
        targets = known.targets

        def job() -> dict[str, Standing]:
            return {one.name: standing_of(one) for one in targets}

        self.work.run(Lane.AWAY, job, self._stands_came, self.refuse, owner=self)

    def _stands_came(self, stands: dict[str, Standing]) -> None:
        self._known.stands = stands
        self._show_tiles()

    def _show_tiles(self) -> None:
        stands = self._known.stands or {}
        self.tiles.show_tiles(
            [tile_of(one, stands.get(one.name)) for one in self._known.targets], self._chosen
        )
        kept = self._kept()
        self._facts_box.setVisible(kept is not None)
        if kept is not None:
            self._facts.setText(self._facts_of(kept))
            for button, words in ((self._test, tr("Test")), (self._remove, tr("Remove"))):
                button.setAccessibleName(f"{words} {kept.name}")

    def _facts_of(self, kept: KeptTarget) -> str:
        now = self.desk.clock.now()
        rings = ", ".join(ring_words(ring) for ring in kept.rings)
        last = (self._known.last or {}).get(kept.name)
        facts = [
            kept.shown,
            tr("Only {rings}", rings=rings) if rings else tr("Everything but people in care"),
            tr("Last synced {when}", when=say_moment(last.moment.astimezone(now.tzinfo), now))
            if last is not None
            else tr("Not synced yet"),
        ]
        if kept.carries:
            facts.append(tr("Carries what others wrote"))
        return ".  ".join(facts)

    def _kept(self) -> KeptTarget | None:
        return next((one for one in self._known.targets if one.name == self._chosen), None)

    def _choose(self, name: str) -> None:
        self._chosen = name
        self.chosen.emit(name)
        self._show_tiles()

    def _add(self, wish: TargetWish) -> None:
        """Check, try, keep: only the trying waits for the place."""
        desk, form = self.desk, self._form
        made = KeptTarget(wish.name, wish.where, wish.rings, wish.carries)

        def failed(error: LeadappError) -> None:
            self.notice.hide()
            if form is not None and form is self._form:  # who left it wants no answer
                form.refuse(error)

        def added(_: KeptTarget) -> None:
            self._close_form()
            self._choose(made.name)
            self._told("ok", tr("{name} is added and can be written.", name=made.name))
            self.reload()

        def tried(_: None) -> None:
            self._run(Lane.WRITER, lambda: syncing.keep(desk, made), added, failed)

        def fits(_: None) -> None:
            self._run(Lane.AWAY, lambda: syncing.try_to_use(desk, made), tried, failed)

        self._told("info", tr("Trying {name}", name=made.name))
        self._run(Lane.WRITER, lambda: syncing.check_fits(desk, made), fits, failed)

    def _ask_host(self, where: SftpPlace) -> None:
        """Ask a server for its key, to be compared by a person."""
        form = self._form
        if form is None:
            return

        def shown(fingerprint: str) -> None:
            self.notice.hide()
            if form is self._form:
                form.show_host(where, fingerprint)

        def failed(error: LeadappError) -> None:
            self.notice.hide()
            if form is self._form:
                form.refuse(error)

        self._told("info", tr("Calling {host}", host=where.host))
        self._run(Lane.AWAY, lambda: syncing.host_fingerprint(where), shown, failed)

    def _run(
        self,
        lane: Lane,
        job: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[LeadappError], None],
    ) -> None:
        self.work.run(lane, job, done, failed, owner=self)

    def _told(self, kind: Kind, title: str, text: str = "") -> None:
        self.notice.say(kind, title, text)
        self.notice.show()
        bring_into_view(self.notice)

    def _close_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)

    def _test_it(self) -> None:
        kept, desk = self._kept(), self.desk
        if kept is None:
            return

        def tested(found: Tested) -> None:
            title = tr("{name} can be reached and written", name=kept.name)
            text = tr("It holds {count} files.", count=f"{found.files:,}")
            if found.changed:
                text += " " + tr(
                    "{count} of them have changed since. Sync, and they are sent again.",
                    count=f"{found.changed:,}",
                )
            self._told("warn" if found.changed else "ok", title, text)

        self._told("info", tr("Testing {name}", name=kept.name))
        run_turns(self.work, syncing.testing(desk, kept), tested, self.refuse, self)

    def _remove_it(self) -> None:
        kept, desk = self._kept(), self.desk
        if kept is None:
            return

        def removed(_: None) -> None:
            self._chosen = ""
            text = tr("What lies there stays. Add it again whenever you like.")
            self._told("info", tr("{name} is removed.", name=kept.name), text)
            self.reload()
            self.tiles.setFocus(Qt.FocusReason.OtherFocusReason)

        self.ask(lambda: syncing.remove(desk, kept.name), removed)

    # -- the exchange --------------------------------------------------------------------

    def _see(self, name: str) -> None:
        desk = self.desk
        self.ask(lambda: alarms.see(desk, [name]), lambda _: self.reload())

    def _moved(self) -> None:
        progress = self._runner.progress
        self.running.setVisible(progress is not None)
        if progress is not None:
            self.notice.hide()
            self.outcome.hide()
            self.running.show_progress(progress)

    def _ended(self, ended: Ended) -> None:
        self.running.hide()
        self.outcome.show_ended(ended)
        self.outcome.show()
        self.reload()

    def _show_about(self) -> None:
        """Say so while this computer is not in: it waits, or it was shut out."""
        problems = about_me(self.desk)
        self.about.setVisible(bool(problems))
        out = any(one.code == "services.device_revoked" for one in problems)
        self.leaving.setVisible(out)
        if out:
            self.leaving.reload()
        if problems:
            first = problems[0]
            waits = first.code == "services.not_enrolled_yet"
            title = (
                tr("This computer waits to be let in")
                if waits
                else tr("This computer was shut out")
            )
            self.about.say("warn" if waits else "err", title, self.words.of(first))
