"""The county's own list of products: its records, over those a new program starts with."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from leadapp.core.ids import RecordId, UserId
from leadapp.core.paths import resources
from leadapp.naloxone.lists import Product, load_products
from leadapp.services.desk import Desk
from leadapp.services.shelf import FormSource
from leadapp.services.stock import facts
from leadapp.services.stock.asking import reading, require_look
from leadapp.store.writing import RecordWrite

FORM = "product"


def products(desk: Desk) -> tuple[Product, ...]:
    """Return the products offered here, by label. Reader lane."""
    require_look(desk)
    return facts.in_use(facts.products(reading(desk)))


def first_writes(sources: Iterable[FormSource], author: UserId, at: datetime) -> list[RecordWrite]:
    """Return the records a new program's list of products begins with.

    Each is called by its code: the same record on every computer, and what a lot or a
    hand-out answers.
    """
    source = next((one for one in sources if one.form == FORM), None)
    if source is None:
        return []
    return [
        RecordWrite(
            record=RecordId(one.code),
            form=source.form,
            form_version=source.version,
            op="save",
            values={**_answers(one), "_at": at.isoformat(), "_hash": source.hash},
            author=author,
            at=at,
        )
        for one in load_products(resources() / "lists").values()
    ]


def _answers(one: Product) -> dict[str, str]:
    found = {
        "about/name": one.label,
        "about/route": one.route,
        "about/substance": "naloxone" if one.naloxone else "other",
        "about/strength": "" if one.mg_per_dose is None else f"{one.mg_per_dose:g}",
        "about/doses_per_kit": "" if one.doses_per_kit is None else str(one.doses_per_kit),
        "about/over_the_counter": "yes" if one.over_the_counter else "no",
        "about/active": "yes",
    }
    return {path: text for path, text in found.items() if text}
