"""The four forms people start all day: which they are for whom, and their large buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from leadapp.services import filling
from leadapp.services.desk import Desk
from leadapp.staff.roles import Role
from leadapp.ui.kit.drawing import draw_box, draw_icon, draw_key_cap, draw_text, key_cap_width
from leadapp.ui.shell.actions import Actions
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

HEIGHT = 66


@dataclass(frozen=True, slots=True)
class Quick:
    """A form with its own key."""

    form: str
    words: str
    sub: str
    icon: str
    key: str
    primary: bool = False


def quick_actions(desk: Desk) -> list[Quick]:
    """Return the forms this person may write here; the role's own is the primary one."""
    law = desk.side == "law"
    offered = (
        Quick("cit_contact", tr("CIT contact"), tr("About 2 minutes"), "siren", "Ctrl+1"),
        Quick("lead_referral", tr("LEAD referral"), tr("To a case manager"), "user-plus", "Ctrl+2"),
        Quick(
            "contact_note", tr("Contact note"), tr("With a client"),
            "message-square-text", "Ctrl+3",
        ),
        Quick("naloxone_used", tr("Naloxone used"), tr("On a call"), "syringe", "Ctrl+4")
        if law
        else Quick("naloxone_given", tr("Naloxone given"), tr("To the public"), "syringe", "Ctrl+4"),
    )  # fmt: skip
    may = {source.form for source in filling.writable(desk)}
    own = _own_form(desk)
    return [
        Quick(one.form, one.words, one.sub, one.icon, one.key, primary=one.form == own)
        for one in offered
        if one.form in may
    ]


def add_quick_actions(actions: Actions, desk: Desk, start: Callable[[str], object]) -> None:
    """Give the quick forms their keys everywhere; again after each unlock."""
    for number in range(1, 5):
        if actions.has(f"quick_{number}"):
            actions.drop(f"quick_{number}")
    for one in quick_actions(desk):
        actions.add(
            f"quick_{one.key[-1]}",
            one.words,
            partial(start, one.form),
            keys=one.key,
            icon=one.icon,
            hint=one.sub,
        )


def _own_form(desk: Desk) -> str:
    if desk.side == "law":
        return "cit_contact"
    if desk.roles & {Role.CASE_MANAGER, Role.COORDINATOR}:
        return "contact_note"
    return "naloxone_given"


class QuickButton(QAbstractButton):
    """A large button: icon, words, words below, key."""

    def __init__(self, quick: Quick, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.quick = quick
        self.setText(quick.words)
        self.setAccessibleName(quick.words)
        self.setAccessibleDescription(quick.sub)
        self.setToolTip(f"{quick.words}  ({quick.key})")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return its size; it grows sideways."""
        return QSize(theme().px(220), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return icon, words and no key."""
        return QSize(theme().px(150), theme().px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, icon, words and key."""
        painter, look = QPainter(self), theme()
        main = self.quick.primary
        over, down = self.underMouse(), self.isDown()
        if main:
            fill = "primary_down" if down else "primary_hover" if over else "primary"
            draw_box(painter, self.rect(), fill=fill, radius=look.tokens.radius.card)
        else:
            fill = "tint2" if down else "row_hover" if over else "surface"
            edge = "primary_edge" if over or down else "line_strong"
            draw_box(painter, self.rect(), fill=fill, edge=edge, radius=look.tokens.radius.card)
        side = look.px(40)
        square = QRectF(look.px(13), (self.height() - side) / 2, side, side)
        draw_box(painter, square, fill="primary_hover" if main else "tint")
        inset = look.px(9)
        ink = "on_primary" if main else "link"
        draw_icon(painter, self.quick.icon, ink, square.adjusted(inset, inset, -inset, -inset))
        self._draw_words(painter, square.right() + look.px(12), ink)

    def _draw_words(self, painter: QPainter, left: float, ink: str) -> None:
        look, main = theme(), self.quick.primary
        cap = key_cap_width(self.quick.key)
        room = self.width() - left - look.px(12)
        wide = room > cap + look.px(110)
        middle = self.height() / 2
        title = QRectF(
            left, middle - look.px(21), room - (cap + look.px(8) if wide else 0), look.px(22)
        )
        sub = QRectF(left, middle + look.px(1), room, look.px(18))
        tone, sub_tone = ("on_primary", "on_primary") if main else ("text", "text2")
        draw_text(
            painter, title, self.text(), tone=tone, font=look.font(look.tokens.type.card_title, 600)
        )
        draw_text(
            painter, sub, self.quick.sub, tone=sub_tone, font=look.font(look.tokens.type.label)
        )
        if wide:
            place = QPointF(self.width() - look.px(10), middle - look.px(12))
            edge = "on_primary" if main else "line_strong"
            draw_key_cap(painter, place, self.quick.key, tone=ink if main else "text2", edge=edge)
