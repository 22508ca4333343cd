"""How far something is: a bar with words, and named steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import CENTRE, draw_box, draw_icon, draw_text
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

State = Literal["waiting", "now", "done", "failed"]


class ProgressBar(QWidget):
    """A thin bar; its words stand beside it, and are its accessible name."""

    def __init__(
        self, words: str = "", *, part: float = 0.0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._part = part
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_part(self, part: float, words: str = "") -> None:
        """Show ``part`` (0 to 1) as done."""
        self._part = max(0.0, min(part, 1.0))
        if words:
            self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a thin line."""
        return QSize(theme().px(80), theme().px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove and what is done."""
        painter = QPainter(self)
        half = self.height() / 2
        draw_box(painter, self.rect(), fill="neutral_bg", radius=half)
        if self._part > 0:
            done = QRectF(0, 0, max(self.width() * self._part, self.height()), self.height())
            draw_box(painter, done, fill="primary", radius=half)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of something that takes a while."""

    words: str
    state: State = "waiting"
    detail: str = ""


class StepList(QWidget):
    """``StepList([Step("Back up", "done"), Step("Read the stick", "now")])``."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps; a new step under way is announced."""
        before = {step.words for step in self._steps if step.state == "now"}
        self._steps = tuple(steps)
        said = {"done": tr("done"), "now": tr("under way"), "failed": tr("stopped"), "waiting": ""}
        lines = [f"{step.words} {said[step.state]}".strip() for step in self._steps]
        self.setAccessibleName(". ".join(lines))
        for step in self._steps:
            if step.state == "now" and step.words not in before and self.isVisible():
                announce(self, step.words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return one line a step."""
        return QSize(theme().px(200), theme().px(30) * max(1, len(self._steps)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw number or tick, words, and detail."""
        painter = QPainter(self)
        look = theme()
        line = look.px(30)
        for at, step in enumerate(self._steps):
            mark = QRectF(0, at * line + (line - look.px(20)) / 2, look.px(20), look.px(20))
            draw_step_mark(painter, mark, step.state, at + 1)
            text = QRectF(look.px(30), at * line, self.width() - look.px(30), line)
            tone = "text2" if step.state == "waiting" else "text"
            font = look.font(look.tokens.type.label, 600 if step.state == "now" else 400)
            draw_text(painter, text, step.words, tone=tone, font=font)
            if step.detail:
                width = painter.fontMetrics().horizontalAdvance(step.words) + look.px(10)
                tone = "err" if step.state == "failed" else "text2"
                font = look.font(look.tokens.type.caption)
                draw_text(painter, text.adjusted(width, 0, 0, 0), step.detail, tone=tone, font=font)


def draw_step_mark(painter: QPainter, rect: QRectF, state: str, number: int) -> None:
    """Draw the round mark of a step or a section: number, tick, or what is wrong."""
    half = rect.width() / 2
    look = theme()
    inset = rect.width() * 0.22
    match state:
        case "done":
            draw_box(painter, rect, fill="ok", radius=half)
            draw_icon(painter, "check", "surface", rect.adjusted(inset, inset, -inset, -inset))
        case "failed" | "problem":
            draw_icon(painter, "circle-alert", "err", rect)
        case _:
            now = state == "now"
            fill = "primary" if now else "surface"
            edge = "primary_edge" if now else "line_strong"
            draw_box(painter, rect, fill=fill, edge=edge, radius=half)
            font = look.font(look.tokens.type.cap, 600)
            tone = "on_primary" if now else "text2"
            draw_text(painter, rect, str(number), tone=tone, font=font, align=CENTRE)
