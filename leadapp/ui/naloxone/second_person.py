"""Who else saw it, and their own password: typed by them, at this computer, handed on once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from leadapp.services.stock import Approver
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.theme import theme
from leadapp.ui.unlock.password_box import PasswordBox
from leadapp.ui.words import tr


class SecondPerson(QWidget):
    """``set_people(approvers)``; ``person()`` is chosen, ``take()`` gives password and digits.

    ``say_missing()`` says what is not there yet and is True where something is. ``beside``
    puts the questions side by side.
    """

    changed = Signal()

    def __init__(self, label: str = "", hint: str = "", *, beside: bool = False) -> None:
        super().__init__()
        self._people: tuple[Approver, ...] = ()
        self._hint = "" if beside else hint or tr("A second person who saw it too")
        self.approver, self.password, self.digits = Combo(()), PasswordBox(), Line()
        typed = tr("They type it themselves; it is not kept")
        if beside:
            self.password.setPlaceholderText(tr("they type it"))
        self.fields = {
            "approver": Field(
                label or tr("Confirmed by"), self.approver, needed=True, hint=self._hint
            ),
            "password": Field(
                tr("Their password"), self.password, needed=True,
                hint="" if beside else typed,
            ),
            "digits": Field(tr("Six digits"), self.digits, needed=True),
        }  # fmt: skip
        ways = QBoxLayout.Direction
        line = QBoxLayout(ways.LeftToRight if beside else ways.TopToBottom, self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(12 if beside else 11))
        for field in self.fields.values():
            if beside:
                line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            else:
                line.addWidget(field)
        self.approver.changed.connect(self._chosen)
        self._show()

    def set_people(self, people: Sequence[Approver]) -> None:
        """Offer who has a password here and may confirm; who is chosen stays."""
        self._people = tuple(people)
        self.approver.set_choices([Choice(one.user, one.name) for one in people])
        alone = tr("Nobody else who may confirm has an account on this computer")
        self.fields["approver"].set_hint(self._hint if people else alone)
        self._show()

    def person(self) -> str:
        """Return the user chosen, "" for nobody."""
        return self.approver.value() or ""

    def missing(self) -> dict[str, str]:
        """Return what is not there yet, by the field's name, with what to do."""
        found = {} if self.person() else {"approver": tr("Choose who else saw it")}
        if self.person() and not self.password.text():
            found["password"] = tr("The second person types their own password")
        if self._asks_digits() and not self.digits.text().strip():
            found["digits"] = tr("Type the six digits from their authenticator app")
        return found

    def say_missing(self) -> bool:
        """Say what is missing at its field and go to the first."""
        missing = self.missing()
        for name, field in self.fields.items():
            field.set_error(missing.get(name, ""))
        first = next((self.fields[name] for name in self.fields if name in missing), None)
        if first is not None:
            first.focus_control()
        return first is not None

    def take(self) -> tuple[str, str]:
        """Return password and digits, and forget them."""
        digits = self.digits.text().strip()
        self.digits.set_value("")
        return self.password.take(), digits

    def ask_again(self) -> None:
        """After a wrong password: the focus where it is typed."""
        if self.person():
            self.password.setFocus()

    def forget(self) -> None:
        """Make ready for the next one: nobody is chosen and nothing stands typed."""
        self.approver.set_value(None)
        self.take()
        for field in self.fields.values():
            field.set_error("")
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight, nothing stands typed."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.take()

    def _chosen(self, _name: object) -> None:
        self.take()
        self._show()
        self.changed.emit()

    def _asks_digits(self) -> bool:
        return any(one.user == self.person() and one.second_factor for one in self._people)

    def _show(self) -> None:
        self.fields["password"].setVisible(bool(self.person()))
        self.fields["digits"].setVisible(self._asks_digits())
