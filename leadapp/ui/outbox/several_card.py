"""How far copying or printing several papers is, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from leadapp.core.words import Words
from leadapp.services.outbox import Document
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.notice import Kind, Notice
from leadapp.ui.kit.progress import ProgressBar
from leadapp.ui.outbox.several import Outcome
from leadapp.ui.words import tr

_MOST_NAMED = 3


class SeveralCard(QWidget):
    """``show_going(words, part)``, then ``show_copied`` or ``show_printed``."""

    stop_wanted = Signal()
    handed_wanted = Signal(object)
    """The documents that were printed: they were handed over."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._printed: tuple[Document, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._going = Card(tr("Papers"))
        self._bar = ProgressBar()
        self.stop = Button(tr("Stop safely"), icon="circle-x", small=True, key="Esc")
        self.stop.clicked.connect(self.stop_wanted.emit)
        self._going.head.addWidget(self.stop)
        self._going.body.addWidget(self._bar)
        self.handed = Button(tr("All were handed over"), icon="check", small=True)
        self.handed.clicked.connect(lambda: self.handed_wanted.emit(self._printed))
        self.outcome = Notice("ok", "", actions=(self.handed,))
        column.addWidget(self._going)
        column.addWidget(self.outcome)
        self.hide()

    def show_going(self, words: str, part: float) -> None:
        """Say which one is in hand."""
        self._going.title.setText(words)
        self._going.setAccessibleName(words)
        self._bar.set_part(part, words)
        self._show(going=True)

    def show_copied(self, outcome: Outcome, folder: str) -> None:
        """Say what lies there now; it counts as handed over."""
        done = len(outcome.done)
        one = tr("1 paper was copied to {folder}", folder=folder)
        many = tr("{n} papers were copied to {folder}", n=done, folder=folder)
        said = tr("They are marked as handed over.") if done else ""
        self._tell(outcome, one if done == 1 else many, said, tr("No paper was copied"))

    def show_printed(self, outcome: Outcome) -> None:
        """Say what went to the printer; a person says that it was handed over."""
        self._printed = outcome.done
        one = tr("1 paper went to the printer")
        many = tr("{n} papers went to the printer", n=len(outcome.done))
        said = tr("When they are handed over, say so.") if outcome.done else ""
        title = one if len(outcome.done) == 1 else many
        self._tell(outcome, title, said, tr("No paper was printed"), asks=bool(outcome.done))

    def _tell(
        self, outcome: Outcome, title: str, said: str, none: str, *, asks: bool = False
    ) -> None:
        lines = [said] if said else []
        reasons: dict[str, list[str]] = {}
        for document, error in outcome.refused:
            reasons.setdefault(self._words.of(error), []).append(document.what)
        lines += [f"{_few(names)}: {reason}" for reason, names in reasons.items()]
        left = len(outcome.left)
        if left:
            one = tr("1 paper was left as it was.")
            lines.append(one if left == 1 else tr("{n} papers were left as they were.", n=left))
        whole = not outcome.refused and not left
        kind: Kind = "ok" if whole else "warn" if outcome.done else "err"
        self.outcome.say(kind, title if outcome.done else none, "\n".join(lines))
        self.handed.setVisible(asks)
        self._show(going=False)

    def _show(self, *, going: bool) -> None:
        self._going.setVisible(going)
        self.outcome.setVisible(not going)
        self.show()


def _few(names: Sequence[str]) -> str:
    """Return the first names: "Monthly summary, Naloxone log and 3 more"."""
    said, more = ", ".join(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    return tr("{names} and {n} more", names=said, n=more) if more > 0 else said
