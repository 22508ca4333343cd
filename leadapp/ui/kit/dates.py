"""The date and time box: text first, said back in words, calendar second."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout, QWidget

from leadapp.core.clock import Clock
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.typed_dates import (
    Direction,
    Part,
    Rules,
    Typed,
    Wants,
    in_words,
    normal,
    read_typed,
    step_months,
)
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_TURNS = (
    ("qt_calendar_prevmonth", "chevron-left", "Month before"),
    ("qt_calendar_nextmonth", "chevron-right", "Month after"),
)


class DateBox(Line):
    """``DateBox(clock, wants=Wants.MOMENT, direction=Direction.PAST)``.

    ``value()`` is what the text means; what is shown goes to its normal form on leaving.
    """

    changed = Signal(object)
    """The ``Typed`` now meant, or None, after each change by the person."""

    echo_changed = Signal(str)
    """The same in words, for the label row."""

    def __init__(
        self,
        clock: Clock,
        *,
        wants: Wants = Wants.DAY,
        direction: Direction = Direction.ANY,
        partial: bool = False,
        unknown: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._clock = clock
        self._rules = Rules(clock.now(), wants, direction, partial, unknown)
        self._typed: Typed | None = None
        self._popup: _Calendar | None = None
        if wants is not Wants.TIME:
            self.add_icon_action("calendar", tr("Open calendar"), self.open_calendar)
        self.textEdited.connect(self._text_edited)

    def typed(self) -> Typed | None:
        """Return what the text means."""
        return self._typed

    def set_typed(self, typed: Typed | None) -> None:
        """Show ``typed`` in its normal form, without emitting ``changed``."""
        self._typed = typed
        self.set_value(normal(typed))
        self.echo_changed.emit(self.echo())

    def set_moment(self, moment: datetime) -> None:
        """Show the day, or day and time, of ``moment``."""
        plain = moment.replace(second=0, microsecond=0, tzinfo=None)
        match self._rules.wants:
            case Wants.DAY:
                self.set_typed(Typed(Part.DAY, plain.date()))
            case Wants.TIME:
                self.set_typed(Typed(Part.TIME, time=plain.time()))
            case _:
                self.set_typed(Typed(Part.MOMENT, plain.date(), plain.time()))

    def is_right(self) -> bool:
        """Return whether the text is empty or all the field asks for."""
        if not self.text().strip():
            return True
        if self._typed is None:
            return False
        return self._rules.wants is not Wants.MOMENT or self._typed.part is not Part.DAY

    def echo(self) -> str:
        """Return what the text means, in words."""
        words = in_words(self._typed, self._clock.now().date())
        if words and not self.is_right():
            return tr("{day}, and the time?", day=words)
        return words

    def open_calendar(self) -> None:
        """Show the calendar below the box."""
        if self._rules.wants is Wants.TIME or self.isReadOnly():
            return
        if self._popup is None:
            self._popup = _Calendar(self)
            self._popup.picked.connect(self._picked)
        day = self._typed.day if self._typed and self._typed.day else self._clock.now().date()
        self._popup.show_below(self, day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by day or month; open the calendar."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        key = event.key()
        if key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_calendar()
        elif not event.modifiers() and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(days=1 if key == Qt.Key.Key_Up else -1)
        elif not event.modifiers() and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._step(months=1 if key == Qt.Key.Key_PageUp else -1)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the normal form."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self._typed is not None:
            self.set_value(normal(self._typed))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def _text_edited(self, text: str) -> None:
        self._rules = replace(self._rules, now=self._clock.now())
        self._typed = read_typed(text, self._rules)
        self._tell()

    def _tell(self) -> None:
        self.echo_changed.emit(self.echo())
        self.changed.emit(self._typed)

    def _picked(self, day: date) -> None:
        clock = self._typed.time if self._typed else None
        part = Part.MOMENT if clock is not None else Part.DAY
        self.set_typed(Typed(part, day, clock))
        self.changed.emit(self._typed)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, *, days: int = 0, months: int = 0) -> None:
        now = self._clock.now().replace(second=0, microsecond=0, tzinfo=None)
        meant = self._typed
        if meant is None or meant.part is Part.UNKNOWN:
            self.set_moment(now)
        elif meant.time is not None and self._on_time():
            self._step_time(meant, minutes=days or 60 * months)
        elif meant.day is not None:
            try:
                day = meant.day + timedelta(days=days)
            except OverflowError:
                return
            part = meant.part if meant.part is Part.MOMENT else Part.DAY
            self.set_typed(replace(meant, part=part, day=step_months(day, months)))
        self.changed.emit(self._typed)

    def _step_time(self, meant: Typed, *, minutes: int) -> None:
        """Move the part under the cursor: a minute by Up and Down, an hour by PgUp and PgDn."""
        at = self.cursorPosition()
        base = datetime.combine(
            meant.day or self._clock.now().date(), meant.time or datetime.min.time()
        )
        moved = base + timedelta(minutes=minutes)
        day = moved.date() if meant.day is not None else None
        self.set_typed(replace(meant, day=day, time=moved.time()))
        self.setCursorPosition(at)

    def _on_time(self) -> bool:
        if self._rules.wants is Wants.TIME:
            return True
        before = self.text()[: self.cursorPosition()]
        return " " in before and not self.hasSelectedText()


class _Calendar(QFrame):
    """A month below the box; Enter or a click takes a day, Escape closes."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        self._month = QCalendarWidget()
        self._month.setAccessibleName(tr("Calendar"))
        self._month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._month.setFirstDayOfWeek(Qt.DayOfWeek.Sunday)
        self._month.activated.connect(self._take)
        self._month.clicked.connect(self._take)
        layout.addWidget(self._month)

    def show_below(self, box: QWidget, day: date) -> None:
        """Show the month of ``day`` under ``box``, kept on its screen."""
        self._month.setSelectedDate(QDate(day.year, day.month, day.day))
        self._dress()
        self.adjustSize()
        corner = box.mapToGlobal(QPoint(0, box.height() + 4))
        screen = box.screen().availableGeometry()
        if corner.y() + self.height() > screen.bottom():
            corner = box.mapToGlobal(QPoint(0, -self.height() - 4))
        corner.setX(min(corner.x(), screen.right() - self.width()))
        self.move(corner)
        self.show()
        self._month.setFocus()

    def _dress(self) -> None:
        """Take colours and sizes from the theme; Qt's own are red and too small."""
        look = theme()
        self._month.setFont(look.font(look.tokens.type.label))
        self._month.setMinimumSize(look.px(300), look.px(250))
        words = QTextCharFormat()
        words.setForeground(look.colour("text"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self._month.setWeekdayTextFormat(weekday, words)
        head = QTextCharFormat()
        head.setForeground(look.colour("text2"))
        head.setBackground(look.colour("raised"))
        self._month.setHeaderTextFormat(head)
        for name, icon, said in _TURNS:
            button = self._month.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(look.icon(icon))
                button.setAccessibleName(tr(said))
                button.setToolTip(tr(said))

    def _take(self, day: QDate) -> None:
        self.hide()
        self.picked.emit(date(day.year(), day.month(), day.day()))
