"""The stock as lists: lots, places, what is where, what runs short or out of date. Reader lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from leadapp.core.clock import today
from leadapp.core.ids import RecordId
from leadapp.core.problems import Problem, Severity
from leadapp.naloxone.movements import FIELD_MOVES
from leadapp.naloxone.stock import first_expiring, is_fit, problems_with_stock
from leadapp.services.desk import Desk
from leadapp.services.stock import facts
from leadapp.services.stock.asking import (
    FAMILY,
    NO_SHELF,
    Ask,
    has_hand_out_form,
    reading,
    require_look,
)
from leadapp.services.stock.self_made import codes_on
from leadapp.services.stock.values import (
    CountLine,
    Held,
    LotDay,
    LotLine,
    PlaceLine,
    StockFigures,
    StockView,
    SurplusLine,
)

_NO_DATE_LAST = "9999"
_NO_STOCK_KEPT = "facility"
_COUNTED = "SELECT place, MAX(day) FROM stock_count GROUP BY place"
_USUAL = " UNION ALL ".join(
    f"""SELECT * FROM (
        SELECT day, from_place FROM movement
        WHERE move = '{move}' AND day >= :since AND author = :user AND reverses = ''
        ORDER BY day DESC LIMIT 1)"""  # noqa: S608 - moves of ours
    for move in sorted(FIELD_MOVES)
)
"""Each arm follows the index by kind and day, newest first."""
_AGENCY = "SELECT record_id FROM agency WHERE ring_name = :ring AND active <> 'no'"
_OF_LATE = timedelta(days=30)
_AT_END = f"""
SELECT lot_id, place, SUM(doses), SUM(kits) FROM (
    SELECT lot_id, place, doses, kits FROM balance_of_month WHERE month < :month
    UNION ALL
    SELECT lot_id, to_place, doses, coalesce(kits, 0) FROM movement
    WHERE day >= :first AND day <= :day
    UNION ALL
    SELECT lot_id, from_place, -doses, -coalesce(kits, 0) FROM movement
    WHERE day >= :first AND day <= :day
) WHERE place NOT IN ({NO_SHELF}) GROUP BY lot_id, place HAVING SUM(doses) <> 0
"""  # noqa: S608 - places of ours


def view(desk: Desk) -> StockView:
    """Return the whole stock as it stands."""
    require_look(desk)
    ask, day = reading(desk), today(desk.clock)
    books, lots = facts.shelves(ask), facts.lots(ask)
    in_lot = facts.by_lot(books)
    for lot in in_lot:
        lots.setdefault(lot, facts.unknown_lot(lot))
    lines = [one.line(day, in_lot.get(lot, 0)) for lot, one in lots.items()]
    places = _places(desk, books, lots, day)
    return StockView(
        lots=tuple(sorted(lines, key=_first_expiring)),
        places=places,
        held=_held(books, lots),
        figures=StockFigures(
            on_hand=sum(books.values()),
            expiring_60=sum(one.on_hand for one in lines if _within_60(one) and one.on_hand > 0),
            below_minimum=sum(place.below for place in places),
            over_issued=sum(doses < 0 for doses in books.values()),
        ),
        problems=(*problems_with_stock(books), *_undated(lines)),
        products=facts.in_use(facts.products(ask)),
        may_add_products=desk.may("write", "product", FAMILY),
        self_made=codes_on(desk),
        bare=not has_hand_out_form(desk),
        agency=agency_of(desk, ask),
        usual_place=usual_place(desk, ask, day),
    )


def suggest_lot(desk: Desk, place: str, product: str = "") -> LotLine | None:
    """Return the lot to take next from ``place``: the first to expire of what can be issued."""
    require_look(desk)
    ask, day = reading(desk), today(desk.clock)
    lots = facts.lots(ask)
    sums = {(lot, place): doses for lot, doses in facts.shelf(ask, place).items()}
    plain = {lot: one.lot for lot, one in lots.items()}
    found = first_expiring(sums, plain, place=place, on=day, product=product)
    return None if found is None else lots[found.id].line(day, sums[found.id, place])


def count_sheet(desk: Desk, place: str) -> tuple[CountLine, ...]:
    """Return what a place should hold now, lot by lot, first expiring first."""
    require_look(desk)
    ask, day = reading(desk), today(desk.clock)
    lots = facts.lots(ask)
    held = facts.shelf(ask, place)
    lines = [
        (lots.get(lot) or facts.unknown_lot(lot)).line(day, doses) for lot, doses in held.items()
    ]
    return tuple(
        CountLine(
            lot=one.lot,
            lot_number=one.lot_number,
            product_label=one.product_label,
            expiry=one.expiry,
            expiry_state=one.expiry_state,
            doses_per_kit=one.doses_per_kit,
            expected=one.on_hand,
        )
        for one in sorted(lines, key=_first_expiring)
    )


def surplus(desk: Desk) -> tuple[SurplusLine, ...]:
    """Return what places have above their minimum, the first expiring first.

    Only places with a minimum, and doses fit to go out: what has none is not known to be too much.
    """
    require_look(desk)
    ask, day = reading(desk), today(desk.clock)
    books, lots = facts.shelves(ask), facts.lots(ask)
    found: list[SurplusLine] = []
    for place in _places(desk, books, lots, day):
        spare = place.fit - place.minimum if place.minimum > 0 else 0
        here = [
            lots[lot].line(day, doses)
            for (lot, at), doses in books.items()
            if at == place.place and doses > 0 and lot in lots
        ]
        for line in sorted(here, key=_first_expiring):
            doses = min(spare, line.on_hand) if is_fit(lots[line.lot].lot, day) else 0
            if doses > 0:
                spare -= doses
                found.append(_spare(place, line, doses))
    return tuple(sorted(found, key=lambda one: (one.expiry or _NO_DATE_LAST, one.name)))


def books_on(desk: Desk, day: str) -> tuple[LotDay, ...]:
    """Return what our shelves held at the end of ``day``: where a reconciliation starts or ends."""
    require_look(desk)
    month = day[:7]
    rows = reading(desk)(_AT_END, {"month": month, "first": month, "day": day})
    return tuple(LotDay(RecordId(lot), place, doses, kits) for lot, place, doses, kits in rows)


def _places(
    desk: Desk, books: facts.Books, lots: Mapping[RecordId, facts.LotFacts], day: date
) -> tuple[PlaceLine, ...]:
    """Return the places that keep stock, by name; a place of a merge to come has no name yet."""
    ask = reading(desk)
    known, counted = facts.places(ask), {place: last for place, last in ask(_COUNTED, {}) if last}
    on_hand: defaultdict[str, int] = defaultdict(int)
    fit: defaultdict[str, int] = defaultdict(int)
    unfit = {lot for lot, one in lots.items() if not is_fit(one.lot, day)}
    for (lot, place), doses in books.items():
        on_hand[place] += doses
        if lot not in unfit:
            fit[place] += doses
    unnamed = {
        place: facts.PlaceFacts(RecordId(place), "", "", 0, active=True) for place in on_hand
    }
    lines = [
        PlaceLine(
            place=one.place,
            name=one.name,
            place_kind=one.place_kind,
            minimum=one.minimum,
            on_hand=on_hand[place],
            below=one.active and fit[place] < one.minimum,
            active=one.active,
            fit=fit[place],
            last_counted=counted.get(place, ""),
        )
        for place, one in {**unnamed, **known}.items()
        if place in on_hand or (one.active and one.place_kind != _NO_STOCK_KEPT)
    ]
    return tuple(sorted(lines, key=lambda line: (line.name.casefold(), line.place)))


def agency_of(desk: Desk, ask: Ask) -> str:
    """Return the agency whose computer this is, "" at an office."""
    rows = ask(_AGENCY, {"ring": desk.agency}) if desk.agency else []
    return str(rows[0][0]) if rows else ""


def usual_place(desk: Desk, ask: Ask, day: date) -> str:
    """Return where this person last handed out from, "" where they have not of late."""
    since = (day - _OF_LATE).isoformat()
    rows = ask(_USUAL, {"since": since, "user": desk.user})
    return str(max(rows)[1] or "") if rows else ""


def _held(books: facts.Books, lots: Mapping[RecordId, facts.LotFacts]) -> tuple[Held, ...]:
    held = [
        Held(lot, RecordId(place), doses, facts.kits_in(doses, lots[lot].lot.doses_per_kit))
        for (lot, place), doses in books.items()
    ]
    return tuple(sorted(held, key=lambda one: (one.place, one.lot)))


def _spare(place: PlaceLine, line: LotLine, doses: int) -> SurplusLine:
    return SurplusLine(
        place=place.place,
        name=place.name,
        lot=line.lot,
        lot_number=line.lot_number,
        product_label=line.product_label,
        expiry=line.expiry,
        expiry_state=line.expiry_state,
        doses=doses,
        kits=facts.kits_in(doses, line.doses_per_kit),
    )


def _undated(lines: list[LotLine]) -> list[Problem]:
    """Tell of lots in stock whose last day nobody has read."""
    number = sum(1 for line in lines if line.on_hand and not line.expiry)
    if not number:
        return []
    return [
        Problem("naloxone.lots_without_expiry", {"lots": number}, severity=Severity.WARNING),
    ]


def _within_60(line: LotLine) -> bool:
    return line.expiry_state in ("within_30", "within_60")


def _first_expiring(line: LotLine) -> tuple[str, str, str]:
    return line.expiry or _NO_DATE_LAST, line.lot_number, line.lot
