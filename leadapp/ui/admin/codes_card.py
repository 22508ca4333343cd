"""Whether people may make up a code when they take a kit: a county's choice, off at first."""

from __future__ import annotations

from PySide6.QtCore import Signal

from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.field import Field
from leadapp.ui.kit.label import Label
from leadapp.ui.kit.segments import Segments, yes_no
from leadapp.ui.theme import theme
from leadapp.ui.words import tr


class CodesCard(Card):
    """``show_on(on)``; ``wanted`` carries what the county chose."""

    wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__(tr("Self-made codes"))
        words = tr(
            "A person who takes a kit may make up a code, so that refills can be told from first"
            " kits. The office keeps only a mark of it that cannot be turned back, and shows only"
            " how often it came. It never leaves the office\u2019s hand-outs, and no name is asked."
        )
        self.body.addWidget(Label(words, role="table", tone="text2", wrap=True))
        self.choice = Segments(yes_no())
        self.choice.setMaximumWidth(theme().px(260))
        self.choice.set_value("no")
        self.body.addWidget(Field(tr("Ask for a code"), self.choice))
        self.save = Button(tr("Save for the county"), icon="check")
        self.save.clicked.connect(lambda _on=False: self.wanted.emit(self.choice.value() == "yes"))
        self.body.addWidget(self.save)

    def show_on(self, on: bool) -> None:
        """Show what is set now."""
        self.choice.set_value("yes" if on else "no")
