"""PDFs on their way to somebody: made here, carried by the next exchange, confirmed by receipt.

A document is a record in the ring its facts come from, so it goes where that ring goes, as
an attached file does. Its bytes are sealed to the receiver's computers and this one alone;
the other members carry what they cannot open. Someone without the program gets a file that
opens with a password, by whatever way people choose.

    made       for someone without the program, not handed over yet
    queued     the next exchange takes it along
    sent       it lies where the others fetch it, or was handed over
    confirmed  the receiver's own entry says so, or a person who was told so
    overtaken  what it was printed from was emptied by order, its receiver's computers were shut
               out, or the consent it was to leave on ended: it is sent no more, and made anew
               where it is still wanted
"""

from leadapp.services.outbox.giving import (
    confirm,
    hand_over,
    handed_over,
    open_document,
    receive,
    unopened,
    withdraw,
)
from leadapp.services.outbox.listing import Document, Receiver, State, documents, waiting
from leadapp.services.outbox.putting import put, receivers, ring_for

__all__ = [
    "Document",
    "Receiver",
    "State",
    "confirm",
    "documents",
    "hand_over",
    "handed_over",
    "open_document",
    "put",
    "receive",
    "receivers",
    "ring_for",
    "unopened",
    "waiting",
    "withdraw",
]
