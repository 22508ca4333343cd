"""What can be done with the form that is shown: put in use, choose, retire, try, print, save."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from leadapp.core.errors import LeadappError
from leadapp.core.files import write_whole
from leadapp.core.ids import RecordId
from leadapp.services import forms_in_use, printing
from leadapp.services.forms_in_use import Candidate
from leadapp.services.shelf import FormSource
from leadapp.ui.admin.forms_export import export_records
from leadapp.ui.admin.forms_panel import FormPanel
from leadapp.ui.admin.forms_preview import preview
from leadapp.ui.admin.section import Section
from leadapp.ui.entry.page import Outside
from leadapp.ui.words import tr
from leadapp.ui.work import Lane


class FormActs:
    """``FormActs(section, ...).serve(panel)`` for each panel that is shown.

    ``used(words, record)`` when something was done; ``working(words)`` while it is, "" after.
    """

    def __init__(
        self,
        section: Section,
        *,
        used: Callable[[str, RecordId | None], None],
        working: Callable[[str], None],
        show_preview: Callable[[object], None],
        hand_out: Callable[[object], None],
    ) -> None:
        self._section, self._used, self._working = section, used, working
        self._show_preview, self._hand_out = show_preview, hand_out

    def serve(self, panel: FormPanel) -> None:
        """Hear what is wanted of ``panel``."""
        panel.approve_wanted.connect(lambda *said: self._approve(panel, *said))
        panel.choose_wanted.connect(lambda why: self._choose(panel, why))
        panel.retire_wanted.connect(lambda why: self._retire(panel, why))
        panel.try_wanted.connect(lambda: self._try(panel))
        panel.print_wanted.connect(lambda: self._print(panel))
        panel.save_wanted.connect(lambda: self._save(panel))
        panel.export_wanted.connect(lambda: self._export(panel))

    def _approve(self, panel: FormPanel, why: str, ring: str, was: Mapping[str, str]) -> None:
        section, desk, candidate = self._section, self._section.desk, panel.candidate
        panel.setEnabled(False)
        self._working(tr("Putting it in use"))

        def failed(error: LeadappError) -> None:
            self._not_done(panel, error)

        def decided(found: Candidate) -> None:
            section.do(lambda: forms_in_use.approve(desk, found, why), done, failed)

        def done(source: FormSource) -> None:
            title, version = source.title, source.version
            words = tr("{form}, version {version}, is in use.", form=title, version=version)
            self._used(words, candidate.record)

        section.work.run(
            Lane.READER,
            lambda: forms_in_use.decide(desk, candidate, rings=ring, was=was),
            decided,
            failed,
            owner=section,
        )

    def _choose(self, panel: FormPanel, why: str) -> None:
        if panel.line is None:
            return
        desk, source, record = self._section.desk, panel.line.source, panel.line.record
        panel.setEnabled(False)

        def done(made: FormSource) -> None:
            title, version = made.title, made.version
            self._used(
                tr("{form}, version {version}, is used.", form=title, version=version), record
            )

        self._section.do(
            lambda: forms_in_use.choose(desk, source.form, source.hash, why),
            done,
            lambda error: self._not_done(panel, error),
        )

    def _retire(self, panel: FormPanel, why: str) -> None:
        if panel.line is None:
            return
        desk, source, record = self._section.desk, panel.line.source, panel.line.record
        words = tr("{form} was retired.", form=source.title)
        self._section.do(
            lambda: forms_in_use.retire(desk, source.form, why),
            lambda _: self._used(words, record),
        )

    def _try(self, panel: FormPanel) -> None:
        section = self._section
        outside = Outside(section.work, section.words, section.say, lambda: False)
        try:
            page = preview(section.desk, panel.candidate, outside)
        except LeadappError as error:
            section.refuse(error)
            return
        if page is not None:
            self._show_preview(page)

    def _print(self, panel: FormPanel) -> None:
        section, source = self._section, panel.candidate.source
        if source is None:
            return
        desk = forms_in_use.beside(section.desk, panel.candidate)
        section.work.run(
            Lane.READER,
            lambda: printing.blank(desk, source),
            self._hand_out,
            section.refuse,
            owner=section,
        )

    def _export(self, panel: FormPanel) -> None:
        if panel.line is not None:
            export_records(self._section, panel.line.source.form)

    def _save(self, panel: FormPanel) -> None:
        if panel.line is None:
            return
        section, source = self._section, panel.line.source
        ending = ".xlsx" if source.source_type in (".md", ".markdown") else source.source_type
        chosen, _ = QFileDialog.getSaveFileName(
            section, tr("Save the form"), f"{source.form}{ending}", f"*{ending}"
        )
        if not chosen:
            return
        path = Path(chosen).with_suffix(ending)
        words = tr("Saved {file}. Change it, then load it here.", file=path.name)
        section.work.run(
            Lane.CRYPTO,
            lambda: write_whole(path.absolute(), forms_in_use.as_workbook(source)[1]),
            lambda _: section.say(words),
            section.refuse,
            owner=section,
        )

    def _not_done(self, panel: FormPanel, error: LeadappError) -> None:
        self._working("")
        panel.setEnabled(True)
        self._section.refuse(error)
