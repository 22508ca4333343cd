"""The way of a record: started, kept as a draft, finished, corrected, voided.

A ``Filling`` lives on the window's own thread; what it hands over (a ``Draft``, a
``Submission``) is written on the drafts lane and the writer lane. Finishing writes one
transaction a ring: the record, and beside it the companions still to be written to
wider rings.
"""

from leadapp.services.filling.attaching import attach, held, stored
from leadapp.services.filling.beginning import begins_with
from leadapp.services.filling.finishing import (
    LATE,
    PAPER,
    Offer,
    Saved,
    gather,
    ready,
    save,
    undone_by_void,
    void,
)
from leadapp.services.filling.settling import settle
from leadapp.services.filling.submitting import put_answers, submit
from leadapp.services.filling.work import (
    Filling,
    as_draft,
    begin,
    correct,
    forget,
    keep,
    resume,
    title_of,
    where,
    writable,
)

__all__ = [
    "LATE",
    "PAPER",
    "Filling",
    "Offer",
    "Saved",
    "as_draft",
    "attach",
    "begin",
    "begins_with",
    "correct",
    "forget",
    "gather",
    "held",
    "keep",
    "put_answers",
    "ready",
    "resume",
    "save",
    "settle",
    "stored",
    "submit",
    "title_of",
    "undone_by_void",
    "void",
    "where",
    "writable",
]
