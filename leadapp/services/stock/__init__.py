"""Stock of naloxone: what is where, the ledger, and every way doses move by hand.

Reader lane: ``view``, ``ledger``, ``ledger_count``, ``check``, ``approvers``,
``suggest_lot``, ``products``, ``count_sheet``, ``recall``, ``surplus``,
``standing_orders``, ``inspections``, ``books_on``, ``codes_on``,
``mark_of``, ``times_before``, ``begins_with``. Writer lane: ``record``, ``undo``, ``record_count``, ``record_recall``,
``add_lot``, ``extend``, ``use_codes``. Any lane: ``read_code``, ``kits_in``, ``keeps_stock``,
``has_hand_out_form``.

Rights are checked here. Balances are sums of movements, never answers.
"""

from leadapp.naloxone.codes import Scanned, read_code
from leadapp.naloxone.lists import Product
from leadapp.naloxone.moves import BY_ANYONE, ENDS, OVERRIDE_REASONS, REASONS
from leadapp.services.stock.asking import has_hand_out_form, keeps_stock
from leadapp.services.stock.beginning import begins_with
from leadapp.services.stock.checking import check
from leadapp.services.stock.facts import kits_in
from leadapp.services.stock.lines import ledger, ledger_count
from leadapp.services.stock.lots import add_lot, extend
from leadapp.services.stock.moving import record, record_count, record_recall, undo
from leadapp.services.stock.products import products
from leadapp.services.stock.recalling import recall
from leadapp.services.stock.registers import inspections, standing_orders
from leadapp.services.stock.second_person import approvers
from leadapp.services.stock.self_made import codes_on, mark_of, times_before, use_codes
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
from leadapp.services.stock.viewing import (
    books_on,
    count_sheet,
    suggest_lot,
    surplus,
    view,
)

__all__ = [
    "BY_ANYONE",
    "ENDS",
    "OVERRIDE_REASONS",
    "REASONS",
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
    "Product",
    "RecallView",
    "Scanned",
    "StandingOrder",
    "StockFigures",
    "StockView",
    "SurplusLine",
    "add_lot",
    "approvers",
    "begins_with",
    "books_on",
    "check",
    "codes_on",
    "count_sheet",
    "extend",
    "has_hand_out_form",
    "inspections",
    "keeps_stock",
    "kits_in",
    "ledger",
    "ledger_count",
    "mark_of",
    "products",
    "read_code",
    "recall",
    "record",
    "record_count",
    "record_recall",
    "standing_orders",
    "suggest_lot",
    "surplus",
    "times_before",
    "undo",
    "use_codes",
    "view",
]
