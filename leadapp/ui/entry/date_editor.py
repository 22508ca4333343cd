"""A day, a moment or a time: typed as people type it, kept as XForm text."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from leadapp.core.clock import Clock
from leadapp.forms.model import Bind
from leadapp.forms.state import State
from leadapp.ui.entry.editor import Editor
from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.typed_dates import Direction, Part, Typed, Wants

_WANTS = {"date": Wants.DAY, "dateTime": Wants.MOMENT, "time": Wants.TIME}


class DateEditor(Editor):
    """A text box that understands ``t-1`` and ``nov 3 8:15p``."""

    def __init__(self, state: State, bind: Bind, clock: Clock) -> None:
        self._clock = clock
        self._wants = _WANTS.get(state.type, Wants.DAY)
        words = state.control.appearance if state.control else ()
        partial = "month-year" in words or "year" in words
        self.box = DateBox(clock, wants=self._wants, direction=looks_to(bind), partial=partial)
        super().__init__(self.box)
        self._said = ""
        self.box.changed.connect(self._typed)

    def show(self, state: State) -> None:
        """Show the answer in its normal form; what is being typed stays as typed."""
        if state.value == self._said and self.box.text().strip():
            return
        self._said = state.value
        typed = read_stored(state.value, self._wants)
        if typed is None and state.value:
            self.box.set_typed(None)
            self.box.set_value(state.value)
        else:
            self.box.set_typed(typed)

    def _typed(self, typed: object) -> None:
        text = self.box.text().strip()
        if text and not self.box.is_right():
            text = _unfinished(text)
        elif isinstance(typed, Typed) and text:
            text = stored(typed, self._zone())
        self._said = text
        self.answered.emit(text, True)

    def _zone(self) -> tzinfo | None:
        return self._clock.now().tzinfo


def _unfinished(text: str) -> str:
    """Return what is kept of a date that is not yet one: never a bare number.

    XForms takes a number for a count of days, so that the "1" of "12/31" would be
    January 2, 1970, and would be shown as such before the "2" is typed.
    """
    return f"{text}?" if text.replace(".", "", 1).isdigit() else text


def looks_to(bind: Bind) -> Direction:
    """Return which way the question looks, by its constraint."""
    rule = "".join(bind.constraint.source.split()) if bind.constraint else ""
    if ".<=today()" in rule or ".<=now()" in rule or ".<now()" in rule or ".<today()" in rule:
        return Direction.PAST
    if ".>=today()" in rule or ".>today()" in rule or ".>=now()" in rule:
        return Direction.FUTURE
    return Direction.ANY


def stored(typed: Typed, zone: tzinfo | None) -> str:
    """Return the XForm text of what was meant."""
    match typed:
        case Typed(Part.TIME, _, time() as clock):
            return clock.strftime("%H:%M:%S")
        case Typed(Part.MOMENT, date() as day, time() as clock):
            return datetime.combine(day, clock, tzinfo=zone).isoformat(timespec="milliseconds")
        case Typed(_, date() as day):
            return day.isoformat()
    return ""


def read_stored(text: str, wants: Wants) -> Typed | None:
    """Return what kept text means, or None when it is not what the question asks for."""
    if not text:
        return None
    try:
        if wants is Wants.DAY:
            return Typed(Part.DAY, date.fromisoformat(text[:10]))
        if wants is Wants.TIME:
            clock = time.fromisoformat(text)
            return Typed(Part.TIME, time=clock.replace(second=0, microsecond=0, tzinfo=None))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    clock = moment.time().replace(second=0, microsecond=0)
    return Typed(Part.MOMENT, moment.date(), clock)
