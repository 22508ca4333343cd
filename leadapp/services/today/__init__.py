"""What is new for the person at this desk: due work, drafts, contacts, stock, what is only here.

Each part is asked for by itself, so that a page can show what has come. All but
``my_drafts`` (drafts lane) are on the reader lane. Words are put to it by who shows it.
"""

from leadapp.services.today.computer import ThisComputer, this_computer
from leadapp.services.today.contacts import ContactLine, my_contacts
from leadapp.services.today.drafts import DraftLine, my_drafts
from leadapp.services.today.due_lines import DueLine, due, has_due_work
from leadapp.services.today.shelves import Stock, stock

__all__ = [
    "ContactLine",
    "DraftLine",
    "DueLine",
    "Stock",
    "ThisComputer",
    "due",
    "has_due_work",
    "my_contacts",
    "my_drafts",
    "stock",
    "this_computer",
]
