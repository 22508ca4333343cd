"""A form's records as tables in a file that a person chooses; logged before it is written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from leadapp.core.files import write_whole
from leadapp.services import exporting
from leadapp.ui.admin.section import Section
from leadapp.ui.words import tr
from leadapp.ui.work import Lane

_KINDS = "Excel (*.xlsx);;CSV (*.csv)"


def export_records(section: Section, form: str) -> None:
    """Ask where to, then write the union of the form's versions there."""
    chosen, _ = QFileDialog.getSaveFileName(
        section, tr("Export records"), f"{form}-records.xlsx", _KINDS
    )
    if not chosen:
        return
    path, desk, work = Path(chosen), section.desk, section.work

    def gather() -> tuple[exporting.Exported, dict[str, bytes]]:
        made = exporting.gather(desk, form)
        return made, exporting.files(made, path.suffix)

    def gathered(found: tuple[exporting.Exported, dict[str, bytes]]) -> None:
        made, files = found
        # Logged before anything leaves; without the log there is no file.
        section.do(lambda: exporting.exported(desk, made), lambda _: write(made.records, files))

    def write(records: int, files: dict[str, bytes]) -> None:
        said = tr("{count} records are in {file}.", count=f"{records:,}", file=path.name)
        work.run(
            Lane.CRYPTO,
            lambda: _write(path, files),
            lambda _: section.say(said),
            section.refuse,
            owner=section,
        )

    work.run(Lane.READER, gather, gathered, section.refuse, owner=section)


def _write(path: Path, files: dict[str, bytes]) -> None:
    for tail, data in files.items():
        write_whole(path.with_stem(path.stem + tail).absolute(), data)
