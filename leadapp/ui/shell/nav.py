"""The places at the left, with words, keys and counts of work that waits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.drawing import CENTRE, RIGHT, draw_box, draw_icon, draw_text
from leadapp.ui.kit.roving import arrow_step, rove_to
from leadapp.ui.kit.scroll import Scroll
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class NavItem(QAbstractButton):
    """One place."""

    def __init__(self, name: str, words: str, icon: str, key: str) -> None:
        super().__init__()
        self.name = name
        self.rail = False
        self._icon_name, self._key, self._count = icon, key, 0
        self.setText(words)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(words)
        self.setToolTip(f"{words}  ({key})" if key else words)

    def set_count(self, count: int) -> None:
        """Show how many things wait there."""
        self._count = count
        waiting = tr("{words}, {count} waiting", words=self.text(), count=count)
        self.setAccessibleName(waiting if count else self.text())
        self.update()

    def set_rail(self, rail: bool) -> None:
        """Show small words under the icon, or words beside it."""
        self.rail = rail
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a target."""
        return QSize(theme().px(56), theme().px(46 if self.rail else 40))

    def minimumSizeHint(self) -> QSize:
        """Return what it may shrink to before the list scrolls."""
        return QSize(theme().px(40), max(44, theme().px(41)) if self.rail else theme().px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, words, and count or key."""
        painter = QPainter(self)
        on = self.isChecked()
        fill = "nav_sel" if on else "nav_hover" if self.underMouse() else None
        if fill:
            draw_box(painter, self.rect(), fill=fill, radius=5)
        if on:
            side = theme().px(10)
            bar = QRectF(0, side, 3, self.height() - 2 * side)
            draw_box(painter, bar, fill="nav_mark", radius=1.5)
        if self.rail:
            self._paint_rail(painter, on=on)
        else:
            self._paint_wide(painter, on=on)

    def _paint_wide(self, painter: QPainter, *, on: bool) -> None:
        look = theme()
        size = look.px(19)
        middle = round((self.height() - size) / 2)
        tone = "nav_text" if on else "nav_dim"
        draw_icon(painter, self._icon_name, tone, QRectF(look.px(12), middle, size, size))
        font = look.font(look.tokens.type.body, 600 if on else 500)
        area = QRectF(look.px(43), 0, self.width() - look.px(90), self.height())
        draw_text(painter, area, self.text(), tone="nav_text", font=font)
        right = QRectF(0, 0, self.width() - look.px(10), self.height())
        if self._count:
            self._paint_count(painter)
        else:
            small = look.font(look.tokens.type.cap)
            draw_text(painter, right, self._key, tone="nav_dim", font=small, align=RIGHT)

    def _paint_count(self, painter: QPainter) -> None:
        look = theme()
        font = look.font(look.tokens.type.caption, 700)
        text = str(self._count) if self._count < 1000 else "999+"
        side = look.px(20)
        width = max(side, QFontMetrics(font).horizontalAdvance(text) + look.px(10))
        top = (self.height() - side) / 2
        rect = QRectF(self.width() - look.px(10) - width, top, width, side)
        draw_box(painter, rect, fill="nav_count", radius=side / 2)
        draw_text(painter, rect, text, tone="nav_count_text", font=font, align=CENTRE)

    def _paint_rail(self, painter: QPainter, *, on: bool) -> None:
        look = theme()
        size = look.px(20)
        left = (self.width() - size) / 2
        tone = "nav_text" if on else "nav_dim"
        draw_icon(painter, self._icon_name, tone, QRectF(round(left), look.px(5), size, size))
        if self._count:
            dot = look.px(9)
            place = QRectF(left + size, look.px(4), dot, dot)
            draw_box(painter, place, fill="nav_mark", radius=dot / 2)
        font = look.font(look.tokens.type.cap, 600 if on else 500)
        area = QRectF(0, self.height() - look.px(19), self.width(), look.px(17))
        tone = "nav_text" if on else "nav_dim"
        draw_text(painter, area, self.text(), tone=tone, font=font, align=CENTRE)


class Logo(QWidget):
    """The mark, and the program's name where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rail = False
        self.setAccessibleName("leadapp")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the top bar."""
        return QSize(theme().px(56), theme().px(theme().tokens.shell.top_bar - 4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark and name."""
        painter = QPainter(self)
        look = theme()
        side = look.px(30 if self.rail else 28)
        left = (self.width() - side) / 2 if self.rail else look.px(10)
        mark = QRectF(left, round((self.height() - side) / 2), side, side)
        draw_mark(painter, mark)
        if not self.rail:
            area = QRectF(look.px(48), 0, self.width() - look.px(48), self.height())
            font = look.font(look.tokens.type.pane_title, 600)
            draw_text(painter, area, "leadapp", tone="nav_text", font=font)


def draw_mark(painter: QPainter, rect: QRectF) -> None:
    """Draw the program's mark: a road that turns aside."""
    draw_box(painter, rect, fill="logo", radius=rect.width() * 0.2)
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 28, rect.width() / 28)
    pen = QPen(theme().colour("logo_ink"), 2.7)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(8, 21), QPointF(8, 13), QPointF(11, 10), QPointF(20, 10)])
    painter.drawPolyline([QPointF(16.5, 6.5), QPointF(20, 10), QPointF(16.5, 13.5)])
    painter.drawPoint(QPointF(13.5, 21))
    painter.drawPoint(QPointF(19.5, 21))
    painter.restore()


class Nav(QWidget):
    """Places in order; a rule before those at the bottom group; the person at the foot."""

    chosen = Signal(str)
    person_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Places"))
        self._items: list[NavItem] = []
        self._rail = False
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 2, 8, 8)
        column.setSpacing(0)
        self._logo = Logo()
        column.addWidget(self._logo)
        scroll = Scroll(gap=2)
        # Wheel and keys scroll it; a bar would leave no room for the words.
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._column = scroll.body
        column.addWidget(scroll, 1)
        self._person = _Person()
        self._person.clicked.connect(self.person_clicked.emit)
        column.addWidget(self._person)
        self.set_rail(False)

    @property
    def items(self) -> Sequence[NavItem]:
        """The places."""
        return tuple(self._items)

    def add(self, name: str, words: str, icon: str, key: str, *, apart: bool = False) -> None:
        """Add a place; ``apart`` draws a rule before it."""
        if apart and self._items:
            self._column.addWidget(_Rule())
        item = NavItem(name, words, icon, key)
        item.set_rail(self._rail)
        item.installEventFilter(self)
        item.clicked.connect(lambda _on=False, place=name: self.chosen.emit(place))
        self._items.append(item)
        self._column.addWidget(item)
        rove_to(self, self._items, 0)

    def set_here(self, name: str) -> None:
        """Show where one is."""
        for at, item in enumerate(self._items):
            item.setChecked(item.name == name)
            if item.name == name:
                rove_to(self, self._items, at)

    def set_count(self, name: str, count: int) -> None:
        """Show how many things wait at a place."""
        for item in self._items:
            if item.name == name:
                item.set_count(count)

    def set_visible(self, name: str, visible: bool) -> None:
        """Hide a place that a role may not open."""
        for item in self._items:
            if item.name == name:
                item.setVisible(visible)

    def set_person(self, name: str, role: str) -> None:
        """Show who is signed in."""
        self._person.show_person(name, role)

    def set_rail(self, rail: bool) -> None:
        """Go narrow or wide."""
        self._rail = rail
        shell = theme().tokens.shell
        self.setFixedWidth(theme().px(shell.rail if rail else shell.nav))
        self._logo.rail = rail
        self._person.rail = rail
        for item in self._items:
            item.set_rail(rail)
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move between places; Enter and Space open."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = arrow_step(event.key())
            shown = [item for item in self._items if item.isVisible()]
            if step and watched in shown:
                at = max(0, min(shown.index(watched) + step, len(shown) - 1))
                rove_to(self, self._items, self._items.index(shown[at]))
                shown[at].setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched in shown:
                shown[shown.index(watched)].click()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), theme().colour("nav"))


class _Rule(QWidget):
    """A line between groups of places."""

    def sizeHint(self) -> QSize:
        return QSize(20, theme().px(17))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme().colour("nav_sel"))
        painter.drawLine(10, self.height() // 2, self.width() - 10, self.height() // 2)


class _Person(QAbstractButton):
    """Who is signed in; a press locks."""

    def __init__(self) -> None:
        super().__init__()
        self.rail = False
        self._role = ""
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_person("", "")

    def show_person(self, name: str, role: str) -> None:
        self.setText(name)
        self._role = role
        self.setAccessibleName(tr("Lock now. {name}, {role}", name=name, role=role))
        self.setToolTip(tr("Lock now  (Ctrl+L)"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(56), theme().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        if self.underMouse():
            draw_box(painter, self.rect(), fill="nav_hover", radius=5)
        size = look.px(17)
        left = (self.width() - size) / 2 if self.rail else look.px(11)
        top = round((self.height() - size) / 2)
        draw_icon(painter, "lock", "nav_dim", QRectF(round(left), top, size, size))
        if self.rail:
            return
        half = self.height() / 2
        left = look.px(40)
        width = self.width() - left - 4
        font = look.font(look.tokens.type.label, 600)
        name = QRectF(left, half - look.px(17), width, look.px(18))
        draw_text(painter, name, self.text(), tone="nav_text", font=font)
        small = look.font(look.tokens.type.caption)
        role = QRectF(left, half, width, look.px(16))
        draw_text(painter, role, self._role, tone="nav_dim", font=small)
