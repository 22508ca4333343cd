"""People in lists and on their own page; those said to be one person are shown once."""

from leadapp.services.persons.people import (
    ConsentLine,
    Near,
    PersonFacts,
    PersonPage,
    alone,
    facts,
    hidden,
    names,
    near,
    page,
    rings_of_people,
)

__all__ = [
    "ConsentLine",
    "Near",
    "PersonFacts",
    "PersonPage",
    "alone",
    "facts",
    "hidden",
    "names",
    "near",
    "page",
    "rings_of_people",
]
