"""People in lists and on their own page; those said to be one person are shown once."""

from leadapp.services.persons.consents import ConsentLine
from leadapp.services.persons.facts import PersonFacts
from leadapp.services.persons.near import Near, near
from leadapp.services.persons.page import PersonPage, page
from leadapp.services.persons.people import alone, facts, hidden, names, rings_of_people

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
