"""Distance and area of places typed as text (geopoint, geotrace, geoshape)."""

from __future__ import annotations

import math
from itertools import pairwise

from leadapp.forms.expressions.environment import Environment
from leadapp.forms.expressions.library import MANY, Function, of_values, texts_in
from leadapp.forms.expressions.values import NAN, Value

_EARTH = 6_378_100.0
"""Metres; the radius ODK clients use."""

Place = tuple[float, float]


def _places(values: list[Value]) -> list[Place] | None:
    found: list[Place] = []
    for text in texts_in(values):
        for point in filter(None, (piece.strip() for piece in text.split(";"))):
            try:
                latitude, longitude = (float(word) for word in point.split()[:2])
            except ValueError:
                return None
            found.append((math.radians(latitude), math.radians(longitude)))
    return found


def _between(a: Place, b: Place) -> float:
    across = math.sin(a[0]) * math.sin(b[0]) + math.cos(a[0]) * math.cos(b[0]) * math.cos(
        a[1] - b[1]
    )
    return _EARTH * math.acos(max(-1.0, min(1.0, across)))


def _distance(_env: Environment, values: list[Value]) -> Value:
    places = _places(values)
    if places is None or len(places) < 2:
        return NAN if places is None else 0.0
    metres = sum(_between(a, b) for a, b in pairwise(places))
    return round(metres, 2)


def _area(_env: Environment, values: list[Value]) -> Value:
    places = _places(values)
    if places is None or len(places) < 3:
        return NAN if places is None else 0.0
    ring = [*places, places[0]]
    total = sum((b[1] - a[1]) * (2 + math.sin(a[0]) + math.sin(b[0])) for a, b in pairwise(ring))
    return round(abs(total * _EARTH * _EARTH / 2), 2)


def _inside(_env: Environment, values: list[Value]) -> Value:
    """Return whether a place lies inside a shape: crossings of its border to one side are odd."""
    point, shape = _places(values[:1]), _places(values[1:])
    if not point or not shape or len(shape) < 3:
        return False
    (latitude, longitude), *_ = point
    crossings = 0
    for a, b in pairwise([*shape, shape[0]]):
        if (a[1] > longitude) != (b[1] > longitude):
            at = (b[0] - a[0]) * (longitude - a[1]) / (b[1] - a[1]) + a[0]
            crossings += latitude < at
    return crossings % 2 == 1


FUNCTIONS: dict[str, Function] = {
    "distance": of_values(1, MANY, _distance),
    "geofence": of_values(2, 2, _inside),
    "area": of_values(1, MANY, _area),
}
