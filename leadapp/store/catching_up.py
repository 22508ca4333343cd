"""A ring's computed tables brought to what kinds and definitions say now.

Nothing else is touched: entries are the truth, and what is computed of them follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.store.projector import Projector
from leadapp.store.ring_file import SLICE, RingFile
from leadapp.store.writing import Progress

AT_OPENING = 3000
"""Entries a slice where nobody waits to save in between: a quarter less work than small slices."""


def catching_up(
    file: RingFile, projector: Projector, forms: set[str], at_once: int = SLICE
) -> Iterator[Progress]:
    """Rebuild where declarations changed; else project only what definitions changed.

    Puts into ``forms`` whose records were projected again. Between the slices, of ``at_once``
    entries or records, other saves may go in.
    """
    if file.projections.stale:
        yield from rebuilding(file, projector, at_once)
        forms |= {form for form, *_ in file.projections.forms_to_project()}
        return
    for form, version, wanted, used in file.projections.forms_to_project():
        if projector.mark(form, wanted, version) == used:
            continue
        forms.add(form)
        records = file.projections.written_on(form, version, wanted, used)
        for start in range(0, len(records), at_once):
            with file.connection.transaction():
                file.project(records[start : start + at_once], projector)
            yield Progress(min(start + at_once, len(records)), len(records))


def rebuilding(file: RingFile, projector: Projector, at_once: int = SLICE) -> Iterator[Progress]:
    """Drop everything computed of a ring and compute it again, a slice at a time."""
    for done, total in file.rebuilding(projector, at_once):
        yield Progress(done, total)
