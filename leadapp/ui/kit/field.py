"""One question around any control: label row, hint, what is wrong, what to check."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.ui.kit.dates import DateBox
from leadapp.ui.kit.drawing import draw_box, draw_icon
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.line import State, set_state
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


@runtime_checkable
class Asked(Protocol):
    """A control of several parts that passes the question on to them."""

    def set_question(self, name: str, description: str = "") -> None:
        """Name the parts."""
        ...


class Icon(QWidget):
    """A picture beside words that say the same; not for a screen reader."""

    def __init__(
        self, icon: str, tone: str = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size = icon, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, tone: str) -> None:
        """Show another one."""
        self._icon, self._tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        """Return its size at the chosen text size."""
        return QSize(theme().px(self._size), theme().px(self._size))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        draw_icon(QPainter(self), self._icon, self._tone, QRectF(self.rect()))


class _Question(Label):
    """The words of a question: on one line where there is room, wrapped where not."""

    def __init__(self, text: str) -> None:
        super().__init__(text, role="label", wrap=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2
        return QSize(width, max(self.heightForWidth(width), theme().px(18)))


class Field(QWidget):
    """``Field("Where", Line(), needed=True, hint="Road and mile")``.

    ``set_error``, ``set_warning`` and ``set_echo`` change what stands around the control;
    an empty text takes it away.
    """

    def __init__(
        self,
        label: str,
        control: QWidget,
        *,
        needed: bool = False,
        optional: bool = False,
        hint: str = "",
        protected: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.control = control
        self._label, self._needed, self._hint = label, needed, hint
        self._error = self._warning = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme().px(4))
        self._column.addLayout(
            self._label_row(needed=needed, optional=optional, protected=protected)
        )
        self._hint_label: Label | None = None
        if hint:
            self._hint_label = Label(hint, role="caption", tone="text2", wrap=True)
            self._column.addWidget(self._hint_label)
        self._column.addWidget(control)
        self._said: QWidget | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if isinstance(control, DateBox):
            control.echo_changed.connect(self.set_echo)
            self.set_echo(control.echo())
        self._name_control()

    @property
    def label(self) -> str:
        """The question."""
        return self._label

    @property
    def error(self) -> str:
        """What is not right, or nothing."""
        return self._error

    def set_label(self, label: str) -> None:
        """Ask it in other words."""
        self._label = label
        self._words.setText(label)
        self._name_control()

    def set_hint(self, hint: str) -> None:
        """Change the line under the label."""
        self._hint = hint
        if self._hint_label is None:
            self._hint_label = Label(hint, role="caption", tone="text2", wrap=True)
            self._column.insertWidget(1, self._hint_label)
        self._hint_label.setText(hint)
        self._hint_label.setVisible(bool(hint))
        self._name_control()

    def set_needed(self, needed: bool) -> None:
        """Show the red star, or not."""
        self._needed = needed
        self._star.setVisible(needed)
        self._name_control()

    def set_echo(self, words: str, *, tone: str = "ok") -> None:
        """Say something at the right end of the label row."""
        self._echo.setText(words)
        self._echo.set_tone(tone)
        self._echo.setVisible(bool(words))

    def set_error(self, text: str) -> None:
        """Say what to do about an answer that is not right."""
        self._error = text
        self._show_state()

    def set_warning(self, text: str) -> None:
        """Say what to check about an answer; it stops nothing."""
        self._warning = text
        self._show_state()

    def focus_control(self) -> None:
        """Put the focus into the control."""
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar beside an answer that is not right."""
        if self._error or self._warning:
            painter = QPainter(self)
            bar = QRectF(0, 0, theme().px(4), self.height())
            draw_box(painter, bar, fill="err_line" if self._error else "warn_line", radius=0)

    def _label_row(self, *, needed: bool, optional: bool, protected: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme().px(5))
        self._words = _Question(self._label)
        self._words.setBuddy(self.control)
        self._star = Label("*", role="label", tone="err", parent=self)
        self._star.setVisible(needed)
        row.addWidget(self._words)
        row.addWidget(self._star, 0, Qt.AlignmentFlag.AlignTop)
        if protected:
            row.addWidget(Icon("shield", "part2", 15))
        row.addStretch(1)
        self._echo = Label("", role="caption", tone="ok", parent=self)
        self._echo.setVisible(False)
        row.addWidget(self._echo)
        if optional:
            row.addWidget(Label(tr("optional"), role="caption", tone="text2"))
        return row

    def _show_state(self) -> None:
        state: State = "err" if self._error else "warn" if self._warning else ""
        text = self._error or self._warning
        if self._said is not None:
            self._said.hide()
            self._said.deleteLater()
            self._said = None
        if text:
            self._said = _said_row(text, state)
            self._column.addWidget(self._said)
        self._column.setContentsMargins(theme().px(14) if state else 0, 0, 0, 0)
        self._words.set_tone("err" if self._error else "text")
        set_state(self.control, state)
        self._name_control()
        self.update()

    def _name_control(self) -> None:
        name = tr("{label}, needed", label=self._label) if self._needed else self._label
        description = ". ".join(part for part in (self._error or self._warning, self._hint) if part)
        if isinstance(self.control, Asked):
            self.control.set_question(name, description)
        else:
            self.control.setAccessibleName(name)
            self.control.setAccessibleDescription(description)


def _said_row(text: str, state: State) -> QWidget:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme().px(6))
    tone = "err" if state == "err" else "warn"
    icon = "circle-alert" if state == "err" else "triangle-alert"
    layout.addWidget(Icon(icon, tone, 15), 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(Label(text, role="label", tone=tone, bold=True, wrap=True), 1)
    return row
