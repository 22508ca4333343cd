"""The places of the window and the pages in them: what each person finds where.

Pages emit wishes ("this person", "this form") and know nothing of each other; here the
wishes become pages. Loaded while somebody types a password, for the pages stand on every
service there is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from leadapp.core.errors import LeadappError
from leadapp.core.ids import RecordId, RingId
from leadapp.core.problems import Problem
from leadapp.services import backups, browsing, forms_in_use, printing
from leadapp.services.desk import Desk
from leadapp.services.printing import PrintedForm
from leadapp.staff.roles import Role
from leadapp.ui.admin.page import AdminPage, may
from leadapp.ui.around import Around
from leadapp.ui.days import say_moment
from leadapp.ui.entry.page import EntryPage
from leadapp.ui.entry.page_actions import add_entry_actions
from leadapp.ui.forms_at_work import FormsAtWork
from leadapp.ui.forms_page.page import FormsPage
from leadapp.ui.naloxone.page import NaloxonePage
from leadapp.ui.paper_out import print_pdf
from leadapp.ui.people.page import PeoplePage
from leadapp.ui.people.person_page import PersonPage
from leadapp.ui.people.record_page import RecordPage
from leadapp.ui.reports.page import ReportsPage
from leadapp.ui.role_words import roles_words
from leadapp.ui.seeing import counts, is_at_a_desk, sees_people, sees_stock, works
from leadapp.ui.shell import Page, Place, Shell
from leadapp.ui.shell.page import Crumb
from leadapp.ui.shell.palette import Answer, Hit
from leadapp.ui.sync.page import SyncPage
from leadapp.ui.sync.wiring import SyncPlace
from leadapp.ui.sync_tabs import SyncTabs
from leadapp.ui.theme import theme
from leadapp.ui.theme.density import Density
from leadapp.ui.today.page import TodayPage
from leadapp.ui.today.quick import add_quick_actions
from leadapp.ui.words import tr
from leadapp.ui.work import Lane

_MOST_FOUND = 6


def person_words(desk: Desk) -> str:
    """Return what stands under the name of who is signed in."""
    return roles_words(desk.roles)


class Places(QObject):
    """``Places(app, parent)`` once; ``welcome(desk)`` for each person who unlocks."""

    def __init__(self, app: Around, parent: QObject) -> None:
        super().__init__(parent)
        self._app = app
        shell = app.shell
        self.forms = FormsAtWork(app, self)
        self.forms.changed.connect(self._tell_changed)
        add = shell.add_place
        add(Place("today", tr("Today"), "house", self._make_today, allowed=self._if(works)))
        add(
            Place("people", tr("People"), "users", self._make_people, allowed=self._if(sees_people))
        )
        add(
            Place("forms", tr("Forms"), "clipboard-list", self._make_forms, allowed=self._if(works))
        )
        add(
            Place(
                "naloxone",
                tr("Naloxone"),
                "syringe",
                self._make_naloxone,
                allowed=self._if(sees_stock),
            )
        )
        add(
            Place(
                "reports",
                tr("Reports"),
                "chart-column",
                self._make_reports,
                allowed=self._if(counts),
            )
        )
        self._sync_tabs = SyncTabs(app, lambda name: self.sync.show_tab(name), self)
        self.sync = SyncPlace(app, self._after_exchange, self, self._sync_tabs.make)
        self.sync.forms_wanted.connect(self._show_forms_in_admin)
        add(
            Place(
                "sync",
                tr("Sync"),
                "arrow-left-right",
                self.sync.make_page,
                apart=True,
                allowed=lambda: is_at_a_desk(app.desk) and self.sync.allowed(),
                number=7,
            )
        )
        add(
            Place(
                "admin",
                tr("Admin"),
                "sliders-horizontal",
                self._make_admin,
                number=8,
                allowed=self._if(is_at_a_desk),
            )
        )
        self._sync_tabs.add_actions(self.sync.allowed)
        add_entry_actions(shell.actions_, shell.current_page)
        shell.person_chosen.connect(self._chosen_in_palette)

    @property
    def shell(self) -> Shell:
        """The window."""
        return self._app.shell

    @property
    def desk(self) -> Desk:
        """The desk of who is signed in; pages are made for nobody else."""
        return self._app.open_desk

    def welcome(self, desk: Desk) -> None:
        """Fit the window to another person: their forms, their density, their people."""
        shell = self.shell
        self.forms.welcome(desk)
        patrol = desk.device.device_class == "law" and Role.DEPUTY in desk.roles
        theme().set_density(Density.PATROL if patrol else Density.OFFICE)
        add_quick_actions(shell.actions_, desk, self.forms.start)
        shell.set_find_people(self._find_people if sees_people(desk) else None)
        self._sync_tabs.ask()
        shell.status.set_offline(tr("Working offline"))
        shell.status.set_who(", ".join(filter(None, (desk.name, roles_words(desk.roles)))))
        self._say_backup()
        self._count_forms()
        self.sync.welcome()

    def _count_forms(self) -> None:
        """Say how many forms wait, and which were approved on two computers."""
        shell, words = self.shell, self._app.words

        def counted(found: tuple[int, list[Problem]]) -> None:
            shell.set_count("admin", found[0])
            if isinstance(shell.current_page(), SyncPage):
                return  # it stands there
            for problem in found[1]:
                shell.say(words.of(problem), icon="triangle-alert")

        shell.set_count("admin", 0)
        desk = self.desk
        if may(desk, "approve_form"):
            job = partial(forms_in_use.waits_for, desk)
            self._app.work.run(Lane.READER, job, counted, owner=self)

    def _say_backup(self) -> None:
        made = self.desk.device.last_backup
        now = self.desk.clock.now()
        words = (
            tr("Last backup {when}", when=say_moment(datetime.fromisoformat(made), now))
            if made
            else tr("No backup yet")
        )
        self.sync.say_backup(words)

    def first(self) -> str:
        """Return where this person begins."""
        if not is_at_a_desk(self.desk):
            return "naloxone"
        if self.sync.waits():
            return "sync"
        return "today" if works(self.desk) else "admin"

    def _if(self, sees: Callable[[Desk | None], bool]) -> Callable[[], bool]:
        """Return whether who sits here then may open a place."""
        return lambda: sees(self._app.desk)

    # -- places --------------------------------------------------------------------------

    def _make_today(self) -> Page:
        page = TodayPage(self.desk, self._app.work)
        page.form_wanted.connect(self.forms.start)
        page.person_wanted.connect(self.open_person)
        page.record_wanted.connect(self.open_record)
        page.correction_wanted.connect(self.forms.correct)
        page.draft_wanted.connect(self.forms.resume)
        page.backup_wanted.connect(self._back_up)
        page.sync_wanted.connect(
            lambda now: self.sync.sync_now() if now else self.sync.show_tab("now")
        )
        page.report_wanted.connect(self._show_report)
        page.naloxone_wanted.connect(lambda: self.shell.go("naloxone"))
        page.waiting.connect(partial(self.shell.set_count, "today"))
        return page

    def _make_people(self) -> Page:
        page = PeoplePage(self.desk, self._app.work)
        page.person_wanted.connect(self.open_person)
        page.form_wanted.connect(self.forms.start)
        page.start_wanted.connect(self.forms.choose)
        return page

    def _make_forms(self) -> Page:
        page = FormsPage(self.desk, self._app.work, self._app.words, self.shell.say)
        page.start_wanted.connect(self.forms.start)
        page.draft_wanted.connect(self.forms.resume)
        page.correct_wanted.connect(lambda record, ring: self.forms.correct(ring, record))
        page.pdf_wanted.connect(self._print)
        page.changed.connect(lambda _written: self._tell_changed())
        return page

    def _make_naloxone(self) -> Page:
        page = NaloxonePage(self.desk, self._app.work, self._app.words, self.shell.say)
        page.form_wanted.connect(self.forms.start)
        return page

    def _make_reports(self) -> Page:
        page = ReportsPage(self.desk, self._app.work, self._app.words)
        page.record_wanted.connect(self.open_record)
        page.said.connect(self.shell.say)
        return page

    def _make_admin(self) -> Page:
        app = self._app
        page = AdminPage(self.desk, work=app.work, words=app.words, say=self.shell.say)
        page.sync_wanted.connect(self.sync.sync_now)
        page.preview_wanted.connect(self._show_preview)
        page.pdf_wanted.connect(self._print)
        page.waiting.connect(partial(self.shell.set_count, "admin"))
        return page

    def _show_preview(self, page: EntryPage) -> None:
        """Show a form to be tried; closing it comes back to where it was tried from."""
        page.closed.connect(lambda: self.shell.close_page(page))
        self.shell.open_page(page)

    # -- pages that are opened -----------------------------------------------------------

    def open_person(self, ring: str, record: str) -> None:
        """Show a person's page."""
        name = f"person:{record}"
        if self.shell.page(name) is not None:
            self.shell.go(name)
            return
        trail = [Crumb(tr("People"), lambda: self.shell.go("people"))]
        app = self._app
        page = PersonPage(self.desk, app.work, app.words, ring, record, trail=trail)
        page.form_wanted.connect(self.forms.start)
        page.start_wanted.connect(self.forms.choose)
        page.person_wanted.connect(self.open_person)
        page.correct_wanted.connect(self.forms.correct)
        page.print_wanted.connect(self._print_record)
        page.done.connect(self._say_undo)
        page.closed.connect(lambda: self.shell.close_page(page))
        self.shell.open_page(page)

    def open_record(self, ring: str, record: str) -> None:
        """Show one record on a page of its own."""
        app = self._app
        page = RecordPage(self.desk, app.work, app.words, ring, record)
        page.correct_wanted.connect(self.forms.correct)
        page.print_wanted.connect(self._print_record)
        page.closed.connect(lambda: self.shell.close_page(page))
        self.shell.open_page(page)

    def _show_report(self, month: str, print_now: bool) -> None:
        page = self.shell.go("reports")
        if isinstance(page, ReportsPage):
            page.show_month(month, print_now=print_now)

    def _tell_changed(self) -> None:
        """Have pages in view ask again; the others do when they are shown."""
        page = self.shell.current_page()
        if isinstance(page, TodayPage | PeoplePage | PersonPage | ReportsPage):
            page.changed()
        elif page is not None and not isinstance(page, EntryPage):
            page.reload()

    def _after_exchange(self) -> None:
        """Entries came in: pages ask again, and what came for this person is said."""
        self._tell_changed()
        self._count_forms()
        self._sync_tabs.ask()

    def _show_forms_in_admin(self) -> None:
        page = self.shell.go("admin")
        if isinstance(page, AdminPage):
            page.show_section("forms")

    def _say_undo(self, words: str, undo: Callable[[], None]) -> None:
        self.shell.say(words, undo=undo)

    # -- paper and backup ----------------------------------------------------------------

    def _print_record(self, ring: str, record: str) -> None:
        desk = self.desk

        def job() -> tuple[PrintedForm, Callable[[], None]]:
            stored = browsing.record(desk, RecordId(record), RingId(ring))
            return printing.filled(desk, stored), partial(printing.printed, desk, stored)

        def drawn(made: tuple[PrintedForm, Callable[[], None]]) -> None:
            paper, log = made
            # It is logged before it is handed out; without the log there is no paper.
            self._app.work.run(Lane.WRITER, log, lambda _: self._print(paper), owner=self)

        self._app.work.run(Lane.READER, job, drawn, owner=self)

    def _print(self, paper: PrintedForm) -> None:
        def failed(error: LeadappError) -> None:
            self._app.fail(error)

        print_pdf(self.shell, self._app.work, paper.pdf, paper.name, lambda: None, failed)

    def _back_up(self) -> None:
        desk = self.desk

        def done(_path: object) -> None:
            self.shell.say(tr("A backup was made on this computer."))
            self._say_backup()
            self._tell_changed()

        self._app.work.run(Lane.WRITER, lambda: backups.back_up(desk), done, owner=self)

    # -- the palette ---------------------------------------------------------------------

    def _find_people(self, text: str, done: Answer) -> None:
        desk = self.desk

        def job() -> list[Hit]:
            found = browsing.people(desk, text, _MOST_FOUND)
            # The line under the name stays out: it may say what is protected.
            return [Hit(one.title, icon="user", key=f"{one.ring} {one.record}") for one in found]

        self._app.work.run(Lane.READER, job, done, lambda _error: done([]), owner=self)

    def _chosen_in_palette(self, key: str) -> None:
        ring, _, record = key.partition(" ")
        self.open_person(ring, record)
