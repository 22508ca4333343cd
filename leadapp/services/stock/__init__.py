"""Stock of naloxone: what is where, the ledger, and every way doses move.

Reader lane: ``view``, ``ledger``, ``ledger_count``, ``check``, ``suggest_lot``,
``count_sheet``, ``recall``, ``surplus``, ``standing_orders``, ``inspections``,
``approvers``, ``find_lot``, ``books_on``. Writer lane: ``record``, ``undo``,
``record_count``, ``extend``, ``record_recall``, ``add_lot``. Any lane: ``read_code``.

Rights are checked here. Balances are sums of movements, never answers.
"""

from leadapp.services.stock.values import (
    Approver,
    CountLine,
    ExpiryState,
    HandOut,
    Held,
    Inspection,
    LedgerLine,
    LedgerQuery,
    LotDay,
    LotLine,
    NewLot,
    NewMovement,
    OrderState,
    PlaceLine,
    RecallView,
    StandingOrder,
    StockFigures,
    StockView,
    SurplusLine,
)

__all__ = [
    "Approver",
    "CountLine",
    "ExpiryState",
    "HandOut",
    "Held",
    "Inspection",
    "LedgerLine",
    "LedgerQuery",
    "LotDay",
    "LotLine",
    "NewLot",
    "NewMovement",
    "OrderState",
    "PlaceLine",
    "RecallView",
    "StandingOrder",
    "StockFigures",
    "StockView",
    "SurplusLine",
]
