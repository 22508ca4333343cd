"""The cards at the right of Today; each says something only when there is news."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from leadapp.services.today import DraftLine, Stock, ThisComputer
from leadapp.ui.days import say_days_ago, say_iso, say_moment
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.drawing import RIGHT, draw_box, draw_icon, draw_text
from leadapp.ui.kit.field import Icon
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

MOST_DRAFTS = 5


class DraftRow(QAbstractButton):
    """One unfinished form: press to go on with it."""

    def __init__(self, draft: DraftLine, now: datetime) -> None:
        super().__init__()
        self.draft = draft
        changed = datetime.fromtimestamp(draft.changed_ms / 1000, now.tzinfo)
        self._when = say_moment(changed, now)
        count = (
            tr("1 answer so far")
            if draft.answers == 1
            else tr("{count} answers so far", count=draft.answers)
        )
        about = draft.about.removeprefix(draft.title).strip(" ,")
        day = say_iso(about, now.date())
        self._sub = ", ".join(filter(None, (day or about, count)))
        self._with_when = ", ".join(filter(None, (self._when, "" if day else about)))
        self.setText(draft.title)
        self.setAccessibleName(f"{draft.title}, {self._sub}, {self._when}")
        self.setToolTip(f"{self._sub}, {self._when}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return two lines."""
        return QSize(theme().px(200), theme().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, title, how far and when."""
        painter, look = QPainter(self), theme()
        if self.underMouse():
            draw_box(painter, self.rect(), fill="row_hover")
        size, middle = look.px(18), self.height() / 2
        draw_icon(painter, "file-pen", "link", QRectF(0, round(middle - size / 2), size, size))
        small = look.font(look.tokens.type.caption)
        bold = look.font(look.tokens.type.label, 600)
        width = QFontMetrics(small).horizontalAdvance(self._when) + look.px(4)
        left, right = look.px(28), self.width() - width
        sub, beside = self._sub, right - left - look.px(6)
        fits = QFontMetrics(bold).horizontalAdvance(self.text()) <= beside
        if not fits:  # the name comes first: when it was goes to the line below
            beside, sub = self.width() - left, self._with_when
        title = QRectF(left, middle - look.px(19), beside, look.px(20))
        draw_text(painter, title, self.text(), tone="text", font=bold)
        if fits:
            when = QRectF(right, title.y(), width, title.height())
            draw_text(painter, when, self._when, tone="text2", font=small, align=RIGHT)
        below = QRectF(left, middle + look.px(1), self.width() - left, look.px(17))
        draw_text(painter, below, sub, tone="text2", font=small)


class Figure(QWidget):
    """A large number over its words."""

    def __init__(self, number: int, words: str, tone: str = "text") -> None:
        super().__init__()
        amount = f"{number:,}".replace("-", "\N{MINUS SIGN}")
        self.setAccessibleName(f"{amount} {words}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Label(amount, role="figure_small", tone=tone))
        column.addWidget(Label(words, role="caption", tone="text2"))


def drafts_card(
    drafts: Sequence[DraftLine], now: datetime, resume: Callable[[DraftLine], None]
) -> Card | None:
    """Return the unfinished forms; ``None`` when there are none."""
    if not drafts:
        return None
    aside = tr("1 draft") if len(drafts) == 1 else tr("{count} drafts", count=len(drafts))
    card = Card(tr("Unfinished"), aside=aside)
    card.body.setSpacing(theme().px(4))
    for draft in drafts[:MOST_DRAFTS]:
        row = DraftRow(draft, now)
        row.clicked.connect(lambda _on=False, one=draft: resume(one))
        card.body.addWidget(row)
    if len(drafts) > MOST_DRAFTS:
        more = tr("{count} more under Forms", count=len(drafts) - MOST_DRAFTS)
        card.body.addWidget(Label(more, role="caption", tone="text2"))
    return card


def report_card(
    title: str, text: str, to_fix: int, print_it: Callable[[], None], see: Callable[[], None]
) -> Card:
    """Return the card of last month's report."""
    card = Card(tr("Report ready"))
    card.body.setSpacing(theme().px(6))
    card.body.addWidget(Label(title, role="table", bold=True, wrap=True))
    fix = {0: "", 1: tr("1 record needs a fix first.")}.get(
        to_fix, tr("{count} records need a fix first.", count=f"{to_fix:,}")
    )
    said = " ".join(filter(None, (text, fix)))
    card.body.addWidget(Label(said, role="caption", tone="text2", wrap=True))
    buttons = QWidget()
    flow = Flow(buttons, gap=theme().px(8))
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    buttons.setSizePolicy(policy)
    main = Button(tr("Print report"), icon="printer", role="primary", small=True)
    main.clicked.connect(lambda _on=False: print_it())
    flow.addWidget(main)
    words = tr("See report") if not to_fix else tr("See what to fix")
    other = Button(words, role="quiet", small=True)
    other.clicked.connect(lambda _on=False: see())
    flow.addWidget(other)
    card.body.addWidget(buttons)
    return card


def stock_card(stock: Stock, open_it: Callable[[], None]) -> Card:
    """Return what is on the shelves, and what to look after."""
    card = Card(tr("Naloxone"))
    link = Button(tr("Open"), role="quiet", small=True)
    link.setAccessibleName(tr("Open Naloxone"))
    link.clicked.connect(lambda _on=False: open_it())
    card.head.addWidget(link)
    row = QHBoxLayout()
    row.setSpacing(theme().px(24))
    row.addWidget(Figure(stock.doses, tr("doses on hand")))
    if stock.expiring_lots:
        words = (
            tr("lot expires in 60 days")
            if stock.expiring_lots == 1
            else tr("lots expire in 60 days")
        )
        row.addWidget(Figure(stock.expiring_lots, words, "warn"))
    row.addStretch(1)
    card.body.addLayout(row)
    for place, minimum in stock.below[:3]:
        words = tr("{place} is below {doses} doses", place=place, doses=minimum)
        card.body.addLayout(_warning(words))
    if len(stock.below) > 3:
        words = tr("{count} more places are below their minimum", count=len(stock.below) - 3)
        card.body.addLayout(_warning(words))
    if stock.negative:
        words = tr("{count} shelves have less than nothing on the books", count=stock.negative)
        if stock.negative == 1:
            words = tr("1 shelf has less than nothing on the books")
        card.body.addLayout(_warning(words))
    return card


def computer_card(
    here: ThisComputer, now: datetime, back_up: Callable[[], None] | None
) -> Card | None:
    """Return what only this computer has; ``None`` when nothing is to be said."""
    if not (here.entries or here.drafts or here.backup_is_late):
        return None
    card = Card(tr("This computer"))
    card.body.setSpacing(theme().px(6))
    if here.entries:
        words = (
            tr("1 entry is only here")
            if here.entries == 1
            else tr("{count} entries are only here", count=f"{here.entries:,}")
        )
        card.body.addWidget(Label(words, role="table", bold=True, wrap=True))
        if here.oldest_days:
            oldest = tr("The oldest is from {when}.", when=say_days_ago(here.oldest_days))
            card.body.addWidget(Label(oldest, role="caption", tone="text2", wrap=True))
    if here.last_backup is None:
        card.body.addLayout(_warning(tr("No backup yet")))
    else:
        moment = say_moment(here.last_backup.astimezone(now.tzinfo), now)
        words = tr("Last backup {when}", when=moment)
        if here.backup_is_late:
            card.body.addLayout(_warning(words))
        else:
            card.body.addWidget(Label(words, role="caption", tone="text2", wrap=True))
    if back_up is not None and (here.backup_is_late or here.entries):
        button = Button(tr("Back up now"), icon="hard-drive", small=True)
        button.clicked.connect(lambda _on=False: back_up())
        card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _warning(words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme().px(8))
    row.addWidget(Icon("triangle-alert", "warn_icon", 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(words, role="table", wrap=True), 1)
    return row
