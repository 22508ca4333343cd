"""A ring's computed tables brought to what kinds and definitions say now.

Nothing else is touched: entries are the truth, and what is computed of them follows.
"""

from __future__ import annotations

from collections.abc import Iterator

from leadapp.store.projector import Projector
from leadapp.store.ring_file import RingFile
from leadapp.store.writing import Progress

_AT_ONCE = 200
"""Records a slice, each a transaction of its own."""


def catching_up(file: RingFile, projector: Projector, forms: set[str]) -> Iterator[Progress]:
    """Rebuild where declarations changed; else project only what definitions changed.

    Puts into ``forms`` whose records were projected again. Between the slices other saves
    may go in.
    """
    if file.projections.stale:
        yield from rebuilding(file, projector)
        forms |= {form for form, *_ in file.projections.forms_to_project()}
        return
    for form, version, wanted, used in file.projections.forms_to_project():
        if projector.mark(form, wanted, version) == used:
            continue
        forms.add(form)
        records = file.projections.written_on(form, version, wanted, used)
        for start in range(0, len(records), _AT_ONCE):
            with file.connection.transaction():
                file.project(records[start : start + _AT_ONCE], projector)
            yield Progress(min(start + _AT_ONCE, len(records)), len(records))


def rebuilding(file: RingFile, projector: Projector) -> Iterator[Progress]:
    """Drop everything computed of a ring and compute it again, a slice at a time."""
    for done, total in file.rebuilding(projector):
        yield Progress(done, total)
