"""What is kept, as values: the types of ``store`` that use cases hand to screens.

Screens name them from here; opening, querying and writing stay behind the use cases.
"""

from leadapp.store.drafts import Draft
from leadapp.store.queries import (
    HistoryItem,
    Order,
    PersonLine,
    RecordLine,
    RecordQuery,
    StoredRecord,
)
from leadapp.store.writing import Written

__all__ = [
    "Draft",
    "HistoryItem",
    "Order",
    "PersonLine",
    "RecordLine",
    "RecordQuery",
    "StoredRecord",
    "Written",
]
