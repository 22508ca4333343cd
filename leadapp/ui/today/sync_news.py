"""What Today says of exchanging: only what somebody should look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from leadapp.services import syncing
from leadapp.services.desk import Desk
from leadapp.services.syncing import alarms, past
from leadapp.ui.days import say_days_ago
from leadapp.ui.kit.button import Button
from leadapp.ui.kit.card import Card
from leadapp.ui.kit.flow import Flow
from leadapp.ui.kit.label import Label
from leadapp.ui.theme import theme
from leadapp.ui.words import tr

LATE_DAYS = 7


@dataclass(frozen=True, slots=True)
class SyncNews:
    """What stands unseen, whether the last exchange went through, and days since one did.

    ``days`` is ``None`` where none ever went through.
    """

    alarms: int
    failed: bool
    days: int | None


def sync_news(desk: Desk) -> SyncNews | None:
    """Return the news; ``None`` where there are none, or nothing to sync with. Writer lane."""
    found = past.past(desk)
    whole = next((one for one in found if one.whole), None)
    days = None if whole is None else max(0, (desk.clock.now() - whole.moment).days)
    unseen = sum(one.alarm for one in alarms.notices(desk))
    failed = bool(found) and not found[0].whole
    late = bool(found) and (days is None or days > LATE_DAYS)
    if not syncing.targets(desk) or not (unseen or failed or late):
        return None
    return SyncNews(unseen, failed, days)


def sync_card(news: SyncNews, sync: Callable[[bool], None]) -> Card:
    """Return the card; ``sync(True)`` syncs now, ``sync(False)`` opens the page."""
    card = Card(tr("Sync"))
    card.body.setSpacing(theme().px(6))
    if news.alarms:
        words = tr("{count} things to know about the computers", count=news.alarms)
        if news.alarms == 1:
            words = tr("1 thing to know about the computers")
        card.body.addWidget(Label(words, role="table", bold=True, wrap=True))
    if news.failed:
        words = tr("The last sync did not go through to its end")
        card.body.addWidget(Label(words, role="table", bold=True, wrap=True))
    when = tr("None has gone through yet.")
    if news.days is not None:
        when = tr("The last whole one was {when}.", when=say_days_ago(news.days))
    card.body.addWidget(Label(when, role="caption", tone="text2", wrap=True))
    buttons = QWidget()
    flow = Flow(buttons, gap=theme().px(8))
    now = Button(tr("Sync now"), icon="refresh-cw", small=True)
    now.clicked.connect(lambda _on=False: sync(True))
    opens = Button(tr("Open Sync"), role="quiet", small=True)
    opens.clicked.connect(lambda _on=False: sync(False))
    flow.addWidget(now)
    flow.addWidget(opens)
    card.body.addWidget(buttons)
    return card
