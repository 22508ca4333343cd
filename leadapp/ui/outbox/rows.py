"""Papers in the outbox in words: a row each, and what people call how far it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from leadapp.core.ids import RecordId
from leadapp.services.desk import family_of
from leadapp.services.outbox import Document
from leadapp.ui.kit.cells import Cell, Row, Tone, band
from leadapp.ui.kit.typed_dates import say_moment
from leadapp.ui.outbox.put_card import copy_words
from leadapp.ui.words import tr

_TONES: dict[str, Tone] = {
    "made": "warn", "queued": "tint", "sent": "tint", "confirmed": "ok", "overtaken": "err",
}  # fmt: skip


def rows_of(found: Sequence[Document], new: Collection[RecordId], now: datetime) -> list[Row]:
    """Return what the person here made, then what came for them, each under its band."""
    rows: list[Row] = []
    for name, title, group in (
        ("out", tr("From you"), [one for one in found if one.mine]),
        ("in", tr("For you"), [one for one in found if not one.mine]),
    ):
        if group:
            rows.append(band(name, f"{title} · {len(group)}"))
            rows += [_row(one, now, new=one.record in new) for one in group]
    return rows


def is_ready(one: Document) -> bool:
    """Return whether a person is to hand it over: copied with a password, or printed."""
    return one.mine and not one.to.user and one.state == "made"


def state_words(one: Document) -> str:
    """Return how far a document is, as its maker or receiver says it."""
    if one.state == "overtaken":
        return tr("Not sent any more") if one.mine else tr("Emptied by order")
    if not one.mine:
        return tr("Came") if one.here else tr("On its way")
    if one.state == "made":
        return tr("Ready to hand over")
    if one.state == "queued":
        return tr("Goes with next sync")
    if one.state == "sent":
        return tr("Sent") if one.to.user else tr("Handed over")
    return tr("Confirmed")


def size_words(size: int) -> str:
    """Return a size as people say it: "118 KB"."""
    return tr("{n} KB", n=f"{max(1, round(size / 1000)):,}")


def _row(one: Document, now: datetime, *, new: bool) -> Row:
    made = say_moment(datetime.fromisoformat(one.made_at).astimezone(now.tzinfo), now.date())
    part2 = family_of(one.ring) == "care"
    who = one.to.name if one.mine else tr("You")
    way = "" if one.to.user else tr("Without this program")
    if not one.mine:
        way = tr("From {who}", who=one.by)
    state = (
        Cell(tr("New"), badge="warn") if new else Cell(state_words(one), badge=_TONES[one.state])
    )
    copy = copy_words(one.copy)
    return Row(
        one.record,
        (
            Cell(
                one.what,
                tr("{copy}, Part 2", copy=copy) if part2 else copy,
                bold=True,
                icon="shield" if part2 else "file-text",
                icon_tone="part2" if part2 else "text2",
            ),
            Cell(who, way),
            Cell(made),
            Cell(size_words(one.size)),
            state,
        ),
    )
