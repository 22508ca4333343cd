"""Lots added, and their last day changed by a notice. Writer lane."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from leadapp.core.clock import today
from leadapp.core.errors import Refusal
from leadapp.core.ids import FormId, RecordId
from leadapp.core.problems import Place, Problem
from leadapp.core.text import tidy
from leadapp.journal.rings import SHARED
from leadapp.services.desk import Desk
from leadapp.services.stock import facts
from leadapp.services.stock.asking import FAMILY, Ask, writing
from leadapp.services.stock.values import NewLot
from leadapp.services.stock.writes import record_write
from leadapp.store.writing import Written

_LOT = FormId("lot")
_PRINTED = "SELECT printed_expiry, expiry FROM lot WHERE record_id = :lot"
_MOST_IN_KIT = 20


def add_lot(desk: Desk, new: NewLot) -> tuple[RecordId, Written]:
    """Add a lot; return its record. Refusal when the same lot of that product is here."""
    desk.require("write", "lot", FAMILY)
    products = facts.products(writing(desk))
    found = _problems(new, {code for code, one in products.items() if one.active})
    number = tidy(new.lot_number)
    for one in facts.lots(writing(desk)).values():
        if (one.lot.product, one.lot.lot_number.casefold()) == (new.product, number.casefold()):
            found.append(Problem("naloxone.lot_there", place=Place(path="lot_number")))
    if found:
        raise Refusal("services.lot_to_fix", problems=tuple(found), count=len(found))
    answers = {
        "product": new.product,
        "lot_number": number,
        "expiry": new.expiry,
        "doses_per_kit": str(new.doses_per_kit),
        "funding": new.funding,
        "gtin": new.gtin,
    }
    lot = RecordId(desk.ids())
    said = {name: text for name, text in answers.items() if text}
    write = record_write(desk, _LOT, lot, said, desk.clock.now())
    return lot, desk.archive.write(SHARED, [write])


def extend(desk: Desk, lot: str, new_expiry: str, notice: str, notice_day: str) -> Written:
    """Put a later last day on one lot, by a notice; the printed and the old day are kept.

    The notice holds for the day now printed: should that turn out misread, it holds no more.
    """
    desk.require("correct", "lot", FAMILY)
    printed, before = _days(writing(desk), lot)
    found = _problems_with_notice(desk, before, new_expiry, notice, notice_day)
    if found:
        raise Refusal("services.lot_to_fix", problems=tuple(found), count=len(found))
    answers = {
        "notice": tidy(notice),
        "notice_day": notice_day,
        "notice_expiry": new_expiry,
        "notice_from": before,
        "notice_printed": printed,
        "_reason": tidy(notice),
    }
    write = record_write(desk, _LOT, RecordId(lot), answers, desk.clock.now())
    return desk.archive.write(SHARED, [write])


def _days(ask: Ask, lot: str) -> tuple[str, str]:
    rows = ask(_PRINTED, {"lot": lot})
    if not rows:
        raise Refusal("naloxone.no_lot")
    return rows[0][0] or "", rows[0][1] or ""


def _problems_with_notice(
    desk: Desk, before: str, new_expiry: str, notice: str, notice_day: str
) -> list[Problem]:
    problems = []
    if not tidy(notice):
        problems.append(Problem("naloxone.notice_needed", place=Place(path="notice")))
    if not _is_day(notice_day) or notice_day > today(desk.clock).isoformat():
        problems.append(Problem("naloxone.notice_day_needed", place=Place(path="notice_day")))
    if not _is_day(new_expiry) or new_expiry <= before:
        problems.append(Problem("naloxone.not_later", place=Place(path="new_expiry")))
    return problems


def _problems(new: NewLot, products: Collection[str]) -> list[Problem]:
    problems = []
    if new.product not in products:
        problems.append(Problem("naloxone.no_product", place=Place(path="product")))
    if not tidy(new.lot_number):
        problems.append(Problem("naloxone.no_lot_number", place=Place(path="lot_number")))
    if new.expiry and not _is_day(new.expiry):
        problems.append(Problem("naloxone.no_day", place=Place(path="expiry")))
    if not 1 <= new.doses_per_kit <= _MOST_IN_KIT:
        problems.append(Problem("naloxone.doses_per_kit", place=Place(path="doses_per_kit")))
    return problems


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
