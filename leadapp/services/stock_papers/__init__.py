"""Papers of the naloxone stock: made here from the open rings, drawn by ``papers``.

``count_sheet``, ``labels``, ``transfer_slip``, ``reconciliation``, ``recall_list`` (reader
lane) and ``standing_orders`` make a PDF. Say ``printed`` (writer lane) before handing one
out: it logs that a paper was made, and nothing is handed out that cannot be logged.
"""

from leadapp.journal.rings import SHARED
from leadapp.services.desk import Desk
from leadapp.services.stock_papers.forms import form_behind
from leadapp.services.stock_papers.ledger import reconciliation
from leadapp.services.stock_papers.recalling import recall_list
from leadapp.services.stock_papers.sheets import (
    count_sheet,
    labels,
    standing_orders,
    transfer_slip,
)
from leadapp.services.stock_papers.wording import StockPaper

__all__ = [
    "StockPaper",
    "count_sheet",
    "form_behind",
    "labels",
    "printed",
    "recall_list",
    "reconciliation",
    "standing_orders",
    "transfer_slip",
]


def printed(desk: Desk) -> None:
    """Log that a stock paper was made. Writer lane."""
    desk.note("print", SHARED)
