"""Stock as rows: by lot and place, and the places that run short. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from leadapp.services.stock import Held, LotLine, PlaceLine, StockView, SurplusLine
from leadapp.ui.kit.cells import Cell, Column, Row
from leadapp.ui.naloxone import said
from leadapp.ui.words import tr


def stock_columns() -> tuple[Column, ...]:
    """Return the columns of stock by lot and place."""
    return (
        Column("lot", tr("Lot"), 86),
        Column("product", tr("Product"), 98),
        Column("expires", tr("Expires"), 188),
        Column("place", tr("Where"), 132, stretch=True),
        Column("kits", tr("Kits"), 50, number=True),
        Column("doses", tr("Doses"), 60, number=True),
        Column("said", "", 104),
    )


def first_lots(view: StockView) -> dict[str, str]:
    """Return for each place the lot to take first: in stock, fit, first to expire."""
    lots = {line.lot: line for line in view.lots}
    best: dict[str, tuple[bool, str, str]] = {}
    for held in view.held:
        line = lots.get(held.lot)
        if line is None or held.doses <= 0 or line.recalled or line.expiry_state == "expired":
            continue
        rank = (not line.expiry, line.expiry, str(held.lot))
        if held.place not in best or rank < best[held.place]:
            best[held.place] = rank
    return {place: rank[2] for place, rank in best.items()}


def stock_rows(view: StockView, held: Sequence[Held]) -> list[Row]:
    """Return stock by lot and place, soonest expiry first."""
    lots = {line.lot: line for line in view.lots}
    places = {line.place: line for line in view.places}
    first = first_lots(view)
    known = [one for one in held if one.lot in lots]
    known.sort(key=lambda one: _order(lots[one.lot], places.get(one.place)))
    return [_stock_row(one, lots[one.lot], places.get(one.place), first) for one in known]


def _order(lot: LotLine, place: PlaceLine | None) -> tuple[bool, str, str, str]:
    return (not lot.expiry, lot.expiry, lot.lot_number, place.name if place else "")


def _stock_row(held: Held, lot: LotLine, place: PlaceLine | None, first: Mapping[str, str]) -> Row:
    short = held.doses < 0
    tone = "err" if short else "text"
    return Row(
        stock_key(held),
        (
            Cell(lot.lot_number or tr("No number"), bold=True),
            Cell(lot.product_label),
            Cell(
                said.expires(lot), tone=said.expiry_tone(lot), bold=said.expiry_tone(lot) != "text"
            ),
            Cell(place.name if place else tr("A place not known here")),
            Cell(said.plain(held.kits), tone=tone),
            Cell(said.plain(held.doses), tone=tone),
            _said(held, lot, place, first),
        ),
    )


def _said(held: Held, lot: LotLine, place: PlaceLine | None, first: Mapping[str, str]) -> Cell:
    """Return the one word that matters most about a shelf."""
    if held.doses < 0:
        return Cell(tr("Over-issued"), badge="err")
    if lot.recalled:
        return Cell(tr("Recalled"), badge="err")
    if lot.expiry_state == "expired":
        return Cell(tr("Expired"), badge="err")
    if place is not None and place.below:
        return Cell(tr("Below {doses}", doses=place.minimum), badge="err")
    if lot.expiry_state in said.NEAR and first.get(held.place) == held.lot:
        return Cell(tr("Use first"), badge="warn")
    return Cell()


def stock_key(held: Held) -> str:
    """Return a key of a shelf's row."""
    return f"{held.lot} {held.place}"


def of_key(key: str) -> tuple[str, str]:
    """Return lot and place of a row's key; a row of a place has no lot."""
    lot, _, place = key.partition(" ")
    return lot, place


def as_held(lines: Sequence[SurplusLine]) -> tuple[Held, ...]:
    """Return what is left over at places as stock, for the same table."""
    return tuple(Held(one.lot, one.place, one.doses, one.kits) for one in lines)


def place_columns() -> tuple[Column, ...]:
    """Return the columns of the list of places."""
    return (
        Column("place", tr("Place"), 180, stretch=True),
        Column("kind", tr("Kind"), 140),
        Column("doses", tr("Doses"), 90, number=True),
        Column("minimum", tr("Should hold"), 110, number=True),
        Column("missing", tr("To bring"), 100, number=True),
        Column("said", "", 120),
    )


def place_rows(places: Sequence[PlaceLine]) -> list[Row]:
    """Return places, those that lack most first."""
    ordered = sorted(places, key=lambda one: (one.on_hand - one.minimum, one.name))
    return [
        Row(
            f" {one.place}",
            (
                Cell(one.name, bold=True),
                Cell(tr(one.place_kind.replace("_", " ").capitalize())),
                Cell(said.plain(one.on_hand), tone="err" if one.on_hand < 0 else "text"),
                Cell(f"{one.minimum:,}"),
                Cell(f"{max(0, one.minimum - one.on_hand):,}"),
                Cell(tr("Below {doses}", doses=one.minimum), badge="err") if one.below else Cell(),
            ),
        )
        for one in ordered
    ]
