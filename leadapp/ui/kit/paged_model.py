"""Rows fetched a page at a time as they are scrolled to; the GUI thread never waits.

A row not yet fetched is blank for the moment. Pages far from view are forgotten, so
memory does not grow with the list.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from leadapp.ui.kit.cells import Cell, Column, Fetch, Row
from leadapp.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
CELL_ROLE = Qt.ItemDataRole.UserRole + 2
PAGE = 100
_KEPT = 60
_BLANK = Cell()


class PagedModel(QAbstractTableModel):
    """``PagedModel(columns, fetch)``; call ``refresh()`` to ask from the start."""

    loaded = Signal(int)
    """An answer came; carries the number of rows there are."""

    def __init__(
        self, columns: Sequence[Column], fetch: Fetch, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._total = 0
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._wanted: list[int] = []
        self._turn = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask_wanted)

    def set_fetch(self, fetch: Fetch) -> None:
        """Ask another question, from the start."""
        self._fetch = fetch
        self.refresh()

    def refresh(self) -> None:
        """Ask again; what is shown stays until the answer comes."""
        self._turn += 1
        turn = self._turn
        self._asked.clear()
        self._wanted.clear()

        def done(rows: Sequence[Row], total: int) -> None:
            if turn == self._turn:
                self._start_over(rows, total)

        self._fetch(0, PAGE, done)

    def row(self, at: int) -> Row | None:
        """Return a row if it is here; otherwise it is asked for."""
        page = self._pages.get(at // PAGE)
        if page is None:
            self._want(at // PAGE)
            return None
        self._pages.move_to_end(at // PAGE)
        return page[at % PAGE] if at % PAGE < len(page) else None

    def holds(self, at: int) -> bool:
        """Return whether the row is here already, without asking for it."""
        return at // PAGE in self._pages

    def find(self, key: str) -> int | None:
        """Return where the row of ``key`` is, among those fetched."""
        for number, page in self._pages.items():
            for at, row in enumerate(page):
                if row.key == key and not row.band:
                    return number * PAGE + at
        return None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are, fetched or not."""
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, or the cell itself."""
        if not index.isValid():
            return None
        row = self.row(index.row())
        if role == ROW_ROLE:
            return row
        cell = _BLANK
        if row is not None and index.column() < len(row.cells):
            cell = row.cells[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell.words()
            case Qt.ItemDataRole.TextAlignmentRole:
                number = self.columns[index.column()].number
                side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
                return side | Qt.AlignmentFlag.AlignVCenter
            case _:
                return cell if role == CELL_ROLE else None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a column's title."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.FontRole:
            # A header under a style sheet draws in the model's font and in no other.
            return theme().font(theme().tokens.type.caption, 600)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            number = self.columns[section].number
            side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Bands cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        page = self._pages.get(index.row() // PAGE)
        at = index.row() % PAGE
        if page is not None and at < len(page) and page[at].band:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _start_over(self, rows: Sequence[Row], total: int) -> None:
        self.beginResetModel()
        self._pages.clear()
        self._asked.clear()
        self._pages[0] = tuple(rows)
        self._total = total
        self.endResetModel()
        self.loaded.emit(total)

    def _want(self, page: int) -> None:
        if page not in self._asked and page not in self._wanted:
            self._wanted.append(page)
            self._soon.start()

    def _ask_wanted(self) -> None:
        """Ask only for the pages looked at last: a fast scroll passes many by."""
        wanted, self._wanted = self._wanted[-3:], []
        for page in wanted:
            self._asked.add(page)
            self._ask(page, self._turn)

    def _ask(self, page: int, turn: int) -> None:
        def done(rows: Sequence[Row], total: int) -> None:
            if turn == self._turn:
                self._take_page(page, rows, total)

        self._fetch(page * PAGE, PAGE, done)

    def _take_page(self, page: int, rows: Sequence[Row], total: int) -> None:
        self._asked.discard(page)
        if total != self._total:
            self.refresh()
            return
        self._pages[page] = tuple(rows)
        while len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        if rows:
            self._changed(page * PAGE, page * PAGE + len(rows) - 1)

    def _changed(self, first: int, last: int) -> None:
        last = min(last, self._total - 1)
        if last >= first and self.columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self.columns) - 1))
