"""County and state outlines as GeoJSON with the columns of the Census cartographic files."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tools.sample.places import POSTAL, STATE, STATE_FIPS
from tools.sample.territory import CORNERS, OUTSIDE, SCALE, territory

__all__ = ["counties_geojson", "state_geojson"]

Corner = tuple[int, int]
Ring = list[tuple[float, float]]

# In the open ocean, where nothing else is.
_LON, _LAT = -44.2, 35.6
_DEGREES_X, _DEGREES_Y = 0.045, 0.036
_SMOOTHINGS = 6
_KEEP_EVERY = 3


def _edges(owner: NDArray[np.int64]) -> dict[int, dict[Corner, Corner]]:
    """Return for every county its outline as steps from corner to corner, county on the left."""
    steps: dict[int, dict[Corner, list[Corner]]] = defaultdict(lambda: defaultdict(list))
    wide, high = owner.shape
    for i in range(1, wide - 1):
        for j in range(1, high - 1):
            here = int(owner[i, j])
            if here == OUTSIDE:
                continue
            around = (
                (owner[i, j - 1], (i, j), (i + 1, j)),
                (owner[i + 1, j], (i + 1, j), (i + 1, j + 1)),
                (owner[i, j + 1], (i + 1, j + 1), (i, j + 1)),
                (owner[i - 1, j], (i, j + 1), (i, j)),
            )
            for other, start, end in around:
                if int(other) != here:
                    steps[here][start].append(end)
    return {county: {a: b[0] for a, b in found.items()} for county, found in steps.items()}


def _untangled(owner: NDArray[np.int64]) -> NDArray[np.int64]:
    """Fill corners at which two squares of one owner touch only diagonally."""
    owner = owner.copy()
    changed = True
    while changed:
        changed = False
        for i in range(owner.shape[0] - 1):
            for j in range(owner.shape[1] - 1):
                a, b = owner[i, j], owner[i + 1, j]
                c, d = owner[i, j + 1], owner[i + 1, j + 1]
                if (a == d and a not in (b, c)) or (b == c and b not in (a, d)):
                    owner[i + 1, j] = a
                    owner[i, j + 1] = a
                    changed = True
    return owner


@cache
def _owners() -> NDArray[np.int64]:
    return _untangled(territory()[0])


def _junctions(owner: NDArray[np.int64]) -> set[Corner]:
    """Corners where three or more owners meet: they stay, as surveyed ones do."""
    found = set(CORNERS)
    for i in range(1, owner.shape[0]):
        for j in range(1, owner.shape[1]):
            if len(set(owner[i - 1 : i + 1, j - 1 : j + 1].ravel().tolist())) >= 3:
                found.add((i, j))
    return found


def _loop(steps: dict[Corner, Corner]) -> list[Corner]:
    start = min(steps)
    ring, here = [start], steps[start]
    while here != start:
        ring.append(here)
        here = steps[here]
    return ring


def _arcs(ring: list[Corner], fixed: set[Corner]) -> Iterator[list[Corner]]:
    """Cut a ring at its junctions; an island has none and is one arc."""
    places = [k for k, corner in enumerate(ring) if corner in fixed] or [0]
    for k, place in enumerate(places):
        end = places[(k + 1) % len(places)]
        yield ring[place : end + 1] if end > place else ring[place:] + ring[: end + 1]


def _smooth(arc: list[Corner]) -> Ring:
    """Round the steps off and keep every third corner; both neighbours get the same line."""
    backwards = arc[::-1] < arc
    points = np.array(arc[::-1] if backwards else arc, dtype=np.float64)
    for _ in range(_SMOOTHINGS):
        points[1:-1] = (points[:-2] + 2.0 * points[1:-1] + points[2:]) / 4.0
    last = len(points) - 1
    kept = sorted({0, last, *range(_KEEP_EVERY, last - 1, _KEEP_EVERY)})
    line = [(float(points[k, 0]), float(points[k, 1])) for k in kept]
    return line[::-1] if backwards else line


def _degrees(point: tuple[float, float]) -> list[float]:
    x, y = point
    lon = _LON + x / SCALE * _DEGREES_X
    lat = _LAT + y / SCALE * _DEGREES_Y
    return [round(lon, 4), round(lat, 4)]


def _polygon(steps: dict[Corner, Corner], fixed: set[Corner]) -> list[list[float]]:
    ring: Ring = []
    for arc in _arcs(_loop(steps), fixed):
        ring += _smooth(arc)[:-1]
    return [_degrees(point) for point in [*ring, ring[0]]]


def _square_metres(ring: list[list[float]]) -> int:
    """Return the area of a ring on a sphere cut into strips of one latitude, roughly."""
    doubled = 0.0
    for (x0, y0), (x1, y1) in pairwise(ring):
        doubled += x0 * y1 - x1 * y0
    # One degree is 111.2 km; the cosine of the state's middle latitude is 0.793.
    return round(abs(doubled) / 2.0 * 111_200.0 * 111_200.0 * 0.793 / 1e6) * 1_000_000


def _collection(name: str, features: list[dict[str, object]]) -> str:
    """One feature a line, so that a change can be read."""
    lines = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    head = f'{{"type":"FeatureCollection","name":"{name}","features":[\n'
    return f"{head}{lines}\n]}}\n"


def _feature(properties: dict[str, object], rings: list[list[list[float]]]) -> dict[str, object]:
    shape = {"type": "Polygon", "coordinates": rings}
    if len(rings) > 1:
        shape = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    return {"type": "Feature", "properties": properties, "geometry": shape}


@cache
def counties_geojson() -> str:
    """Return the county outlines of 2023."""
    owner, found = _owners(), territory()[1]
    fixed, steps = _junctions(owner), _edges(owner)
    features = []
    for number, county in enumerate(found):
        ring = _polygon(steps[number], fixed)
        properties: dict[str, object] = {
            "STATEFP": STATE_FIPS,
            "COUNTYFP": county.area_fips[2:],
            "COUNTYNS": f"99{county.area_fips}0",
            "GEOIDFQ": f"0500000US{county.area_fips}",
            "GEOID": county.area_fips,
            "NAME": county.name,
            "NAMELSAD": f"{county.name} County",
            "STUSPS": POSTAL,
            "STATE_NAME": STATE,
            "LSAD": "06",
            "ALAND": _square_metres(ring),
            "AWATER": 0,
        }
        features.append(_feature(properties, [ring]))
    return _collection("cb_2023_99_county", features)


@cache
def state_geojson() -> str:
    """Return the outline of the state: the mainland and the island."""
    owner = _owners()
    steps = _edges(np.where(owner == OUTSIDE, OUTSIDE, 0))[0]
    fixed = _junctions(owner)
    rings = []
    while steps:
        corners = _loop(steps)
        part = {a: steps.pop(a) for a in corners}
        rings.append(_polygon(part, fixed))
    properties: dict[str, object] = {
        "STATEFP": STATE_FIPS,
        "STATENS": "99990000",
        "GEOIDFQ": f"0400000US{STATE_FIPS}",
        "GEOID": STATE_FIPS,
        "STUSPS": POSTAL,
        "NAME": STATE,
        "LSAD": "00",
        "ALAND": sum(_square_metres(ring) for ring in rings),
        "AWATER": 0,
    }
    return _collection("cb_2023_99_state", [_feature(properties, rings)])
