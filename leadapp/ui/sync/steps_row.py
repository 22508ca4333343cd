"""The five steps side by side: what each is doing or has done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from leadapp.ui.kit.announce import announce
from leadapp.ui.kit.drawing import draw_text
from leadapp.ui.kit.progress import Step, draw_step_mark
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

_LEAST, _HIGH = 150, 44


class StepsRow(QWidget):
    """``show_steps([Step("Backup made", "done", "2:43 pm"), ...])``; wraps where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: tuple[Step, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other states; a step that begins is announced."""
        now = next((one.words for one in steps if one.state == "now"), "")
        before = next((one.words for one in self._steps if one.state == "now"), "")
        self._steps = tuple(steps)
        said = {"done": tr("done"), "now": tr("under way"), "failed": tr("stopped"), "waiting": ""}
        lines = [f"{one.words} {said[one.state]} {one.detail}" for one in steps]
        self.setAccessibleName(". ".join(" ".join(line.split()) for line in lines))
        self.setToolTip("\n".join(f"{one.words}: {one.detail}" for one in steps if one.detail))
        if now and now != before and self.isVisible():
            announce(self, now)
        self.update()

    def sizeHint(self) -> QSize:
        """Return one row."""
        return QSize(theme().px(_LEAST) * 5, theme().px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Steps wrap down to two beside each other."""
        return QSize(theme().px(_LEAST) * 2, self._rows() * theme().px(_HIGH))

    def hasHeightForWidth(self) -> bool:
        """Where it is narrow it takes more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of so many rows."""
        across = _across(width)
        return -(-5 // across) * theme().px(_HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the rows that are needed."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw mark, words and detail of each."""
        painter, look = QPainter(self), theme()
        across = _across(self.width())
        wide = self.width() / across
        for at, step in enumerate(self._steps):
            left, top = (at % across) * wide, (at // across) * look.px(_HIGH)
            mark = QRectF(left, top + look.px(2), look.px(20), look.px(20))
            draw_step_mark(painter, mark, step.state, at + 1)
            start = left + look.px(28)
            room = wide - look.px(34)
            tone = "text2" if step.state == "waiting" else "text"
            weight = 600 if step.state in ("now", "failed") else 400
            title = QRectF(start, top, room, look.px(22))
            font = look.font(look.tokens.type.label, weight)
            draw_text(painter, title, step.words, tone=tone, font=font)
            detail = QRectF(start, top + look.px(21), room, look.px(18))
            tone = "err" if step.state == "failed" else "text2"
            small = look.font(look.tokens.type.caption)
            draw_text(painter, detail, step.detail, tone=tone, font=small)

    def _rows(self) -> int:
        return -(-5 // _across(self.width()))


def _across(width: int) -> int:
    return max(1, min(5, width // theme().px(_LEAST)))
