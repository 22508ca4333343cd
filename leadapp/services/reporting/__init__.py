"""Reports: figures computed, opened and laid out on paper.

``monthly`` and ``run_report`` run the measures (reader lane), ``paper_of`` and ``print_paper`` make the
PDF (any lane but the window's), ``open_figure`` gives the records behind a number.
"""

from leadapp.services.reporting.opening import Opened, OpenedLine, open_figure
from leadapp.services.reporting.paper import paper_of, print_paper
from leadapp.services.reporting.run import (
    REPORTS,
    Part,
    Report,
    monthly,
    rows_of,
    run_report,
    soonest_part,
)

__all__ = [
    "REPORTS",
    "Opened",
    "OpenedLine",
    "Part",
    "Report",
    "monthly",
    "open_figure",
    "paper_of",
    "print_paper",
    "rows_of",
    "run_report",
    "soonest_part",
]
