"""For whom is this paper? Asked in place, before it goes into the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from leadapp.core.ids import RecordId
from leadapp.services.outbox import Receiver
from leadapp.services.persons import ConsentLine
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.choice import Choice
from leadapp.ui.kit.combo import Combo
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.line import Line
from leadapp.ui.kit.notice import Notice
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

COPIES = ("internal", "submission", "publication")
_LIVE = frozenset({"live", "ending"})
_OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Wish:
    """What was answered: for whom, which copy, on which consent."""

    to: Receiver
    copy: str
    basis: RecordId | None


def copy_words(copy: str) -> str:
    """Return what a copy is called."""
    return {
        "internal": tr("Internal copy"),
        "submission": tr("Submission copy"),
        "publication": tr("Publication copy"),
    }.get(copy, copy)


class PutCard(Card):
    """``ask("Monthly summary", receivers, consents)``; a care paper about a person needs a consent
    when it leaves the program.
    """

    wanted = Signal(object)
    """The ``Wish``."""
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Into the outbox"))
        self._receivers: tuple[Receiver, ...] = ()
        self._needs_consent = False
        self.who = Combo([])
        self.who.changed.connect(lambda _name: self._settle())
        self._who = Field(tr("For whom"), self.who, needed=True)
        self.party = Line(placeholder=tr("State health department"))
        self._party = Field(tr("Who without this program"), self.party, needed=True)
        self.copy_of = Combo([Choice(one, copy_words(one)) for one in COPIES])
        self.copy_of.set_value(COPIES[0])
        self._copy = Field(tr("Which copy is it"), self.copy_of)
        self.consent = Combo([])
        self._consent = Field(
            tr("On which consent"), self.consent, needed=True, hint=tr("It is logged as sent on it")
        )
        self._none = Notice("part2", tr("No consent in force allows this paper to leave"))
        fields = QHBoxLayout()
        fields.setSpacing(theme().px(12))
        for one in (self._who, self._party, self._consent, self._copy):
            fields.addWidget(one, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(fields)
        self.body.addWidget(self._none)
        self.body.addLayout(self._foot())

    def ask(
        self,
        what: str,
        receivers: Sequence[Receiver],
        consents: Sequence[ConsentLine] | None,
        *,
        copy: str = "",
        party: str = "",
    ) -> None:
        """Ask anew; ``consents`` of the person a care paper is about, else ``None``.

        A paper made as some ``copy`` stays that; one made for a ``party`` offers it first.
        """
        self._receivers = tuple(receivers)
        self._needs_consent = consents is not None
        self.title.setText(tr("Into the outbox: {what}", what=what))
        choices = [Choice(one.user, one.name) for one in receivers]
        choices.append(Choice(_OUTSIDE, tr("Someone without this program")))
        self.who.set_choices(choices)
        self.who.set_value(_OUTSIDE if party or not receivers else None)
        self.copy_of.set_value(copy or COPIES[0])
        self.copy_of.setEnabled(not copy)
        live = [one for one in consents or () if one.state in _LIVE]
        self.consent.set_choices(
            [Choice(one.record, tr("{to}, to {end}", to=one.to, end=one.end)) for one in live]
        )
        self.consent.set_value(live[0].record if len(live) == 1 else None)
        self._live = bool(live)
        for one in (self._who, self._party, self._consent):
            one.set_error("")
        self.party.set_value(party)
        self._settle()
        self.show()
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def go(self) -> None:
        """Put it there, if all is said."""
        outside = self._outside
        party, chosen = self.party.text().strip(), self.who.value()
        self._who.set_error("" if chosen else tr("Choose who it is for"))
        self._party.set_error("" if party or not outside else tr("Say who it is for"))
        basis = self.consent.value() if outside and self._needs_consent else None
        lacks = outside and self._needs_consent and basis is None
        self._consent.set_error(tr("Choose the consent it is sent on") if lacks else "")
        if not chosen or (outside and not party) or lacks:
            return
        to = Receiver(party) if outside else self._receiver(chosen)
        basis_id = RecordId(basis) if basis else None
        self.wanted.emit(Wish(to, self.copy_of.value() or COPIES[0], basis_id))

    @property
    def _outside(self) -> bool:
        return self.who.value() == _OUTSIDE

    def _receiver(self, user: str) -> Receiver:
        return next(one for one in self._receivers if one.user == user)

    def _settle(self) -> None:
        asks = self._outside and self._needs_consent
        self._party.setVisible(self._outside)
        self._consent.setVisible(asks and self._live)
        self._none.setVisible(asks and not self._live)
        self.put.setEnabled(not asks or self._live)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        drop = Button(tr("Leave it"), small=True, key="Esc")
        self.put = Button(
            tr("Put into the outbox"), icon="inbox", role="primary", small=True, key="Ctrl+S"
        )
        drop.clicked.connect(self.dropped.emit)
        self.put.clicked.connect(self.go)
        row.addStretch(1)
        row.addWidget(drop)
        row.addWidget(self.put)
        return row
