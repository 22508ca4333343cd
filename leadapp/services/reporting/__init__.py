"""Reports: figures computed, opened and laid out on paper.

``offered`` says which reports a person may count, ``monthly`` and ``run_report`` run the measures
(reader lane), ``published`` makes the copy for everybody of one, ``paper_of`` and ``print_paper`` make
the PDF (any lane but the window's), ``release`` logs that it leaves (writer lane), ``open_figure``
gives the records behind a number.
"""

from leadapp.services.reporting.copies import INTERNAL, PUBLICATION, CopyOf, submission
from leadapp.services.reporting.offering import Offered, file_name, for_funder, offered
from leadapp.services.reporting.opening import Opened, OpenedLine, open_figure
from leadapp.services.reporting.paper import paper_of, print_paper
from leadapp.services.reporting.publishing import (
    check_period,
    may_publish,
    published,
    release,
    released,
)
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
    "INTERNAL",
    "PUBLICATION",
    "REPORTS",
    "CopyOf",
    "Offered",
    "Opened",
    "OpenedLine",
    "Part",
    "Report",
    "check_period",
    "file_name",
    "for_funder",
    "may_publish",
    "monthly",
    "offered",
    "open_figure",
    "paper_of",
    "print_paper",
    "published",
    "release",
    "released",
    "rows_of",
    "run_report",
    "soonest_part",
    "submission",
]
