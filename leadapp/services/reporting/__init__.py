"""Reports: figures computed, opened and laid out on paper.

``monthly`` runs the measures (reader lane), ``paper_of`` and ``print_paper`` make the
PDF (any lane but the window's), ``open_figure`` gives the records behind a number.
"""

from leadapp.services.reporting.opening import Opened, OpenedLine, open_figure
from leadapp.services.reporting.paper import paper_of, print_paper
from leadapp.services.reporting.run import Part, Report, monthly, soonest_part

__all__ = [
    "Opened",
    "OpenedLine",
    "Part",
    "Report",
    "monthly",
    "open_figure",
    "paper_of",
    "print_paper",
    "soonest_part",
]
