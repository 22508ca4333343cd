"""Making what came in count: by the roster, and by the forms that came with it."""

from __future__ import annotations

from leadapp.exchange.turns import Turn, Work
from leadapp.journal.rings import SHARED, SYS
from leadapp.services.desk import Desk
from leadapp.services.projecting import form_sources, projector_of
from leadapp.services.syncing.ledger import RingLedger
from leadapp.services.syncing.membership import this_device
from leadapp.services.syncing.redacting import cleaning, following


def settling(desk: Desk, ledger: RingLedger) -> Work[None]:
    """Use new forms, and ask again which entries count where roster or forms changed."""
    if ledger.ring == SHARED and "definition" in ledger.kinds:
        yield from _use_new_forms(desk)
    if this_device(desk) is not None:  # until it is enrolled, not even its own would count
        yield from ledger.judging()
    if ledger.emptied:
        yield from cleaning(desk, [ledger.ring], ledger.emptied)
    if ledger.ring != SYS:
        yield from following(desk, ledger.ring, ledger.overtaken())


def _use_new_forms(desk: Desk) -> Work[None]:
    key = desk.holding.key(SHARED)
    yield Turn("away")
    sources = form_sources(desk.folder, key)
    yield Turn("writer")
    desk.shelf.learn(sources)
    yield Turn("away")
    projector = projector_of(desk.shelf, sources)
    yield Turn("writer")
    for step in desk.archive.using(projector):
        yield Turn("writer", step.done, step.total)
