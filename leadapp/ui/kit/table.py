"""A dense table of records: keys first, pages fetched as it scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QToolTip, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.cells import Column, Fetch, Row
from leadapp.ui.kit.paged_model import CELL_ROLE, ROW_ROLE, PagedModel
from leadapp.ui.kit.table_delegate import BAND, TableDelegate
from leadapp.ui.theme import theme

_BAND_SCAN = 2_000
_LEAST_STRETCH = 160


class Table(QTableView):
    """``Table(columns, fetch, name="Due work", two_lines=True)``, or ``show_rows`` for a few.

    Enter opens, Space ticks, Delete removes, letters jump, Ctrl+C copies the row as text,
    Menu asks for the actions of the row. Sorting is the caller's: it hears ``sort_wanted``.
    """

    opened = Signal(str)
    """Enter or a double click on the row of this key."""

    moved_to = Signal(str)
    """The row of this key is now the chosen one; empty for none."""

    ticked = Signal(str, bool)
    """Space or a click on the tick box: the key, and what it should be."""

    remove_wanted = Signal(str)
    letters_typed = Signal(str)
    menu_wanted = Signal(str, QPoint)
    sort_wanted = Signal(str, bool)
    """The column's key, and whether descending."""

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Fetch | None = None,
        *,
        name: str,
        two_lines: bool = False,
        framed: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._two_lines = two_lines
        self._keep = ""
        self._sorted: tuple[str, bool] = ("", False)
        self.paged = PagedModel(columns, fetch or (lambda _at, _limit, done: done((), 0)), self)
        self._delegate = TableDelegate(self, self._columns)
        self._set_up(name, framed=framed)
        self.setModel(self.paged)
        self.setItemDelegate(self._delegate)
        self.paged.modelAboutToBeReset.connect(self._remember)
        self.paged.modelReset.connect(self._rows_came)
        self.paged.dataChanged.connect(lambda *_: self._size_bands())
        self._restyle()
        if fetch is not None:
            self.paged.refresh()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show rows that are all here."""
        kept = tuple(rows)
        self.paged.set_fetch(lambda at, limit, done: done(kept[at : at + limit], len(kept)))

    def set_fetch(self, fetch: Fetch) -> None:
        """Ask another question; the chosen row stays if it is on the first page."""
        self.paged.set_fetch(fetch)

    def refresh(self) -> None:
        """Ask again; the chosen row stays if it is still there."""
        self.paged.refresh()

    def current_key(self) -> str:
        """Return the key of the chosen row, or nothing."""
        row = self._row_at(self.currentIndex())
        return row.key if row is not None else ""

    def current_row(self) -> Row | None:
        """Return the chosen row."""
        return self._row_at(self.currentIndex())

    def go_to(self, key: str) -> bool:
        """Choose the row of ``key``; False when it is not among those fetched."""
        at = self.paged.find(key)
        if at is None:
            return False
        self.setCurrentIndex(self.paged.index(at, 0))
        return True

    def go_to_first(self) -> None:
        """Choose the first row that is not a band."""
        for at in range(min(self.paged.rowCount(), 20)):
            row = self.paged.row(at)
            if row is not None and not row.band:
                self.setCurrentIndex(self.paged.index(at, 0))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, tick, remove, copy, jump."""
        row = self.current_row()
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if row:
                self.opened.emit(row.key)
            case Qt.Key.Key_Space if row:
                self._tick(row)
            case Qt.Key.Key_Delete if row and not control:
                self.remove_wanted.emit(row.key)
            case Qt.Key.Key_C if row and control:
                QGuiApplication.clipboard().setText(row.words())
            case Qt.Key.Key_Home if not control:
                self.go_to_first()
                self.scrollToTop()
            case Qt.Key.Key_End if not control:
                self.setCurrentIndex(self.paged.index(self.paged.rowCount() - 1, 0))
            case _ if event.text().isalpha() and not control:
                self.letters_typed.emit(event.text())
            case _:
                self._move(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the row under the mouse."""
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the mouse."""
        super().leaveEvent(event)
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the tick box ticks."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self._row_at(index)
        if row is None or index.column() != 0 or row.ticked is None:
            return
        box = self._delegate.tick_rect(QRectF(self.visualRect(index)))
        if box.adjusted(-6, -6, 6, 6).contains(event.position()):
            self._tick(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the actions of the row, by mouse, Menu or Shift+F10."""
        key = self.current_key()
        if key:
            place = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            mouse = event.reason() is QContextMenuEvent.Reason.Mouse
            self.menu_wanted.emit(key, event.globalPos() if mouse else place)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show in a tooltip what is cut."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QEvent):
            place = self.viewport().mapFromGlobal(self.cursor().pos())
            cell = self.indexAt(place).data(CELL_ROLE)
            words = cell.words() if cell is not None else ""
            width = self.fontMetrics().horizontalAdvance(words)
            if words and width > self.visualRect(self.indexAt(place)).width() - theme().px(20):
                QToolTip.showText(self.cursor().pos(), words, self)
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll sideways rather than squeeze the stretching column to nothing."""
        super().resizeEvent(event)
        self._share_width()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of mode or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_delegate"):
            self._restyle()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Say which row is chosen."""
        super().currentChanged(current, previous)
        row = self._row_at(current)
        if current.row() != previous.row():
            self.moved_to.emit(row.key if row is not None else "")

    def _set_up(self, name: str, *, framed: bool) -> None:
        self.setAccessibleName(name)
        self.setProperty("kind", "framed" if framed else "plain")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(any(column.sortable for column in self._columns))
        header.sectionClicked.connect(self._header_clicked)
        self.doubleClicked.connect(self._double_clicked)

    def _restyle(self) -> None:
        look = theme()
        self.setFont(look.font(look.tokens.type.label))
        measures = look.measures(self)
        self.verticalHeader().setMinimumSectionSize(look.px(20))
        height = measures.row_two_lines if self._two_lines else measures.row
        self.verticalHeader().setDefaultSectionSize(look.px(height))
        header = self.horizontalHeader()
        header.setFixedHeight(look.px(32))
        header.setMinimumSectionSize(look.px(36))
        for at, column in enumerate(self._columns):
            if header.count() > at and not column.stretch:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(at, look.px(column.width))
        self._share_width()
        self._size_bands()

    def _share_width(self) -> None:
        header = self.horizontalHeader()
        if header.count() < len(self._columns):
            return
        fixed = sum(self.columnWidth(at) for at, one in enumerate(self._columns) if not one.stretch)
        for at, column in enumerate(self._columns):
            if column.stretch:
                least = theme().px(max(column.width, _LEAST_STRETCH))
                room = self.viewport().width() - fixed >= least
                stretch = QHeaderView.ResizeMode.Stretch
                mode = stretch if room else QHeaderView.ResizeMode.Interactive
                if header.sectionResizeMode(at) != mode:
                    header.setSectionResizeMode(at, mode)
                if not room and self.columnWidth(at) < least:
                    self.setColumnWidth(at, least)

    def _size_bands(self) -> None:
        """Bands are lower than rows; looked for among the first rows only, where groups are."""
        for at in range(min(self.paged.rowCount(), _BAND_SCAN)):
            row = self.paged.row(at) if self.paged.holds(at) else None
            if row is not None and row.band and self.rowHeight(at) != theme().px(BAND):
                self.setRowHeight(at, theme().px(BAND))
            elif row is not None and not row.band and self.rowHeight(at) == theme().px(BAND):
                self.setRowHeight(at, self.verticalHeader().defaultSectionSize())

    def _remember(self) -> None:
        self._keep = self.current_key()

    def _rows_came(self) -> None:
        self._restyle()
        if not (self._keep and self.go_to(self._keep)):
            self.go_to_first()

    def _row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row | None:
        row = index.data(ROW_ROLE) if index.isValid() else None
        return row if isinstance(row, Row) and not row.band else None

    def _tick(self, row: Row) -> None:
        if row.ticked is not None:
            self.ticked.emit(row.key, not row.ticked)

    def _move(self, event: QKeyEvent) -> None:
        """Let Qt move, then step over a band in the same direction."""
        before = self.currentIndex().row()
        super().keyPressEvent(event)
        at = self.currentIndex().row()
        row = self.paged.row(at) if at >= 0 else None
        step = 1 if at >= before else -1
        while row is not None and row.band:
            at += step
            if not 0 <= at < self.paged.rowCount():
                at = before
                break
            row = self.paged.row(at)
        if at != self.currentIndex().row() and at >= 0:
            self.setCurrentIndex(self.paged.index(at, 0))

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()

    def _double_clicked(self, index: QModelIndex) -> None:
        row = self._row_at(index)
        if row is not None:
            self.opened.emit(row.key)

    def _header_clicked(self, at: int) -> None:
        column = self._columns[at]
        if not column.sortable:
            return
        descending = self._sorted == (column.key, False)
        self._sorted = (column.key, descending)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicatorShown(True)
        self.horizontalHeader().setSortIndicator(at, order)
        announce(self, column.title)
        self.sort_wanted.emit(column.key, descending)
