"""People in lists and on their own page; those said to be one person are shown once."""

from leadapp.services.persons.consents import ConsentLine
from leadapp.services.persons.nearby import Near, near
from leadapp.services.persons.people import alone, facts, hidden, names, rings_of_people
from leadapp.services.persons.person_facts import PersonFacts
from leadapp.services.persons.person_page import PersonPage, page

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
