"""What was found in a form's file, a sentence each, with a link to the row it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.core.problems import Problem, Severity
from leadapp.core.words import Words
from leadapp.services.forms_in_use import Cells
from leadapp.ui.admin.forms_words import counted, where
from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.drawing import draw_box
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

MOST = 40
"""More problems than this are counted, not listed: the first ones are mended first."""
_ICONS = {
    Severity.ERROR: ("circle-x", "err"),
    Severity.WARNING: ("triangle-alert", "warn_icon"),
    Severity.NOTE: ("info", "link"),
}
Ask = Callable[[Problem, Callable[[Cells | None], None]], None]
"""Fetches the row of a problem, then says it on this thread."""


class Checks(QWidget):
    """``Checks(problems, words, ask_row)``: errors first, then what is worth a look."""

    def __init__(
        self,
        problems: Sequence[Problem],
        words: Words,
        ask: Ask,
        *,
        sound: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(8))
        found = counted(problems)
        self.lines: list[ProblemLine] = []
        if not found[Severity.ERROR]:
            column.addWidget(
                fact("circle-check", "ok", tr("Checked: nothing stands in the way"), sound)
            )
        for severity, problems_here in found.items():
            if problems_here:
                column.addWidget(Label(_heading(severity, len(problems_here)), role="label"))
            for problem in problems_here[:MOST]:
                line = ProblemLine(problem, words, ask)
                self.lines.append(line)
                column.addWidget(line)
            more = len(problems_here) - MOST
            if more > 0:
                text = tr("And {count} more. Mend these first.", count=more)
                column.addWidget(Label(text, role="table", tone="text2", wrap=True))


class ProblemLine(QWidget):
    """One problem: what it is, what to do, and the row it is in, folded away."""

    opened = Signal()

    def __init__(self, problem: Problem, words: Words, ask: Ask) -> None:
        super().__init__()
        self.problem, self._ask = problem, ask
        look = theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        icon, tone = _ICONS[problem.severity]
        row.addWidget(Icon(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(look.px(2))
        row.addLayout(self._column, 1)
        said = words.of(problem)
        self._column.addWidget(Label(said, role="table", wrap=True))
        place = where(problem.place)
        self.link: Button | None = None
        self.cells: CellsBox | None = None
        if place:
            self._column.addWidget(Label(place, role="caption", tone="text2", wrap=True))
        if problem.place.row and problem.place.sheet:
            show = tr("Show row {row}", row=problem.place.row)
            self.link = Button(show, icon="table", role="quiet", small=True)
            self.link.setAccessibleDescription(said)
            self.link.clicked.connect(self.toggle)
            self._column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def toggle(self) -> None:
        """Show the row's cells, or fold them away."""
        if self.cells is not None:
            self.cells.setVisible(self.cells.isHidden())
            return
        self._ask(self.problem, self._show)

    def _show(self, cells: Cells | None) -> None:
        if self.cells is not None:
            return
        if cells is None:
            announce(self, tr("The row is not there"))
            return
        self.cells = CellsBox(cells)
        self._column.addWidget(self.cells)
        announce(self, self.cells.accessibleName())
        self.opened.emit()


class CellsBox(QWidget):
    """The cells of one row, a line a column; the one that is not right stands out."""

    def __init__(self, cells: Cells) -> None:
        super().__init__()
        look = theme()
        side = look.px(8)
        grid = QGridLayout(self)
        grid.setContentsMargins(side, side, side, side)
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(3))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for at, (column, text) in enumerate(cells.cells):
            wrong = column == cells.wrong
            tone = "err" if wrong else "text2"
            name = Label(_breakable(column), role="caption", tone=tone, bold=wrong, wrap=True)
            name.setMaximumWidth(look.px(110))
            grid.addWidget(name, at, 0, top)
            shown = Label(
                text or tr("blank"), role="table", tone="err" if wrong else "text", wrap=True
            )
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, at, 1, top)
        said = "; ".join(f"{column}: {text}" for column, text in cells.cells)
        self.setAccessibleName(tr("Row {row}: {cells}", row=cells.row, cells=said))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a sunken box."""
        draw_box(QPainter(self), self.rect(), fill="sunken", edge="line")


def _breakable(column: str) -> str:
    """Return a column's name so that it may wrap where its words end."""
    return column.replace("_", "_\N{ZERO WIDTH SPACE}").replace("::", ":: ")


def fact(icon: str, tone: str, words: str, under: str = "") -> QWidget:
    """Return a line that says something true: a picture, words, words under them."""
    widget = QWidget()
    row = QHBoxLayout(widget)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme().px(8))
    row.addWidget(Icon(icon, tone, 18), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Label(words, role="table", bold=True, wrap=True))
    if under:
        column.addWidget(Label(under, role="caption", tone="text2", wrap=True))
    row.addLayout(column, 1)
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return widget


def _heading(severity: Severity, count: int) -> str:
    match severity:
        case Severity.ERROR if count == 1:
            return tr("1 problem to mend before it can be used")
        case Severity.ERROR:
            return tr("{count} problems to mend before it can be used", count=count)
        case Severity.WARNING if count == 1:
            return tr("1 thing to check")
        case Severity.WARNING:
            return tr("{count} things to check", count=count)
        case Severity.NOTE if count == 1:
            return tr("1 note")
        case Severity.NOTE:
            return tr("{count} notes", count=count)
