"""What this computer shows before unlock, and what the county lets it hold."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from leadapp.core.words import Words
from leadapp.services import accounts, county, stock
from leadapp.services.desk import Desk
from leadapp.ui.admin.codes_card import CodesCard
from leadapp.ui.admin.law_grant import LawGrant
from leadapp.ui.admin.section import Section
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.note import Note
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.ring_names import ring_words
from leadapp.ui.theme import theme
from leadapp.ui.unlock.notices import usual_notice
from leadapp.ui.words import tr
from leadapp.ui.work import Lane, Work

_WIDE = 680


class ComputerSection(Section):
    """County settings of this computer."""

    def __init__(self, desk: Desk, work: Work, words: Words, say: Callable[..., None]) -> None:
        super().__init__(tr("This computer"), desk, work, words, say)
        facts = Card(tr("What it is"))
        self._facts = Label("", wrap=True)
        facts.body.addWidget(self._facts)
        self.put(facts, _WIDE)
        shown = Card(tr("The unlock screen"))
        self.tiles = Segments(yes_no())
        self.tiles.setMaximumWidth(theme().px(260))
        hint = tr("On a computer that strangers can see, say no: people then type their name.")
        shown.body.addWidget(Field(tr("Show names before unlock"), self.tiles, hint=hint))
        self.notice_text = Note(rows=6, most_rows=14)
        legal = tr("Everyone agrees to it by unlocking. A blank line begins a new paragraph.")
        shown.body.addWidget(Field(tr("Notice before unlock"), self.notice_text, hint=legal))
        save = Button(tr("Save this"), icon="check", role="primary", key="Ctrl+S")
        save.clicked.connect(self.main_action)
        shown.body.addWidget(save)
        self.put(shown, _WIDE)
        self.law: LawGrant | None = None
        if desk.device.device_class == "office":
            self.law = LawGrant()
            self.law.wanted.connect(self._grant_law)
            self.put(self.law, _WIDE)
        self.codes: CodesCard | None = None
        if desk.may("write", "setting", "supply"):
            self.codes = CodesCard()
            self.codes.wanted.connect(self._use_codes)
            self.put(self.codes, _WIDE)
        self.column.addStretch(1)
        self._fill()

    def reload(self) -> None:
        """Ask who could be granted law records."""
        self._show_facts()
        if self.law is not None:
            self.ask(lambda: accounts.accounts(self.desk), self.law.show_people)
        if self.codes is not None:
            job = partial(stock.codes_on, self.desk)
            self.work.run(Lane.READER, job, self.codes.show_on, self.refuse, owner=self)

    def main_action(self) -> None:
        """Save the notice and whether names are shown."""
        notice, tiles = self.notice_text.value(), self.tiles.value() != "no"
        self.do(
            lambda: county.change_notice(self.desk, notice, tiles=tiles),
            lambda _: self.done(tr("Saved. The unlock screen shows it from now on.")),
        )

    def _fill(self) -> None:
        device = self.desk.device
        usual = usual_notice(device.county, device.device_class)
        self.notice_text.set_value(device.notice or usual)
        self.tiles.set_value("yes" if device.tiles else "no")
        self._show_facts()

    def _show_facts(self) -> None:
        device = self.desk.device
        law = tr("a law computer of {agency}", agency=device.agency)
        what = law if device.device_class == "law" else tr("an office computer")
        rings = ", ".join(ring_words(ring) for ring in self.desk.rings)
        self._facts.setText(
            tr(
                "{county}. This is {what}; that was chosen at set-up and stays. You opened: {rings}.",
                county=device.county,
                what=what,
                rings=rings,
            )
        )

    def _use_codes(self, on: bool) -> None:
        said = tr("Self-made codes are asked for") if on else tr("Self-made codes are off")
        self.do(lambda: stock.use_codes(self.desk, on=on), lambda _: self.done(said))

    def _grant_law(self, agency: str, user: str) -> None:
        def job() -> None:
            known = next(one for one in accounts.accounts(self.desk) if one.user == user)
            accounts.grant_law(self.desk, agency, known.user)

        said = tr("Allowed. It opens at the coordinator\u2019s next unlock.")
        self.do(job, lambda _: self.done(said))
