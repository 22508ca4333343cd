"""Printing one form: a record as it stands, or the form with nothing in it."""

from leadapp.services.printing.copies import give_copies
from leadapp.services.printing.nodes import nodes_of
from leadapp.services.printing.papers import PrintedForm, blank, filled, from_paper, printed

__all__ = ["PrintedForm", "blank", "filled", "from_paper", "give_copies", "nodes_of", "printed"]
