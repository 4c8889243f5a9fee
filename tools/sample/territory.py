"""Which county each small square of the map belongs to.

The outline is a coast in the west and the south and two surveyed lines in the north and the east.
Borders wander in the mountains, as rivers and ridges do, and run straight on the plain.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from tools.sample.chance import Floats, uniform
from tools.sample.places import County, counties

__all__ = ["CORNERS", "ISLAND", "OUTSIDE", "SCALE", "territory"]

# Squares for each grid unit, and the grid's corner.
SCALE = 3
_WIDTH, _HEIGHT = 100, 74
_LEFT, _BOTTOM = 2, 14
_EAST, _NORTH = 97, 72
# The one corner of the outline that surveyors set.
CORNERS = {((_EAST + _LEFT) * SCALE, (_NORTH + _BOTTOM) * SCALE)}
OUTSIDE = -1
ISLAND = "99017"


def _wander(name: str, x: Floats, y: Floats, span: float) -> Floats:
    """Return smooth noise between -1 and 1 with hills about `span` units apart."""
    side = 64
    heights = (2.0 * uniform(name, side * side) - 1.0).reshape(side, side)
    u, v = x / span + 20.0, y / span + 20.0
    i, j = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    s, t = u - i, v - j
    s, t = s * s * (3.0 - 2.0 * s), t * t * (3.0 - 2.0 * t)
    i, j = i % side, j % side
    k, m = (i + 1) % side, (j + 1) % side
    low = heights[i, j] * (1.0 - s) + heights[k, j] * s
    high = heights[i, m] * (1.0 - s) + heights[k, m] * s
    return low * (1.0 - t) + high * t


def _mesh() -> tuple[Floats, Floats]:
    columns = (np.arange((_LEFT + _WIDTH + 2) * SCALE) + 0.5) / SCALE - _LEFT
    lines = (np.arange((_BOTTOM + _HEIGHT + 2) * SCALE) + 0.5) / SCALE - _BOTTOM
    x, y = np.meshgrid(columns, lines, indexing="ij")
    return x, y


def _land(x: Floats, y: Floats) -> NDArray[np.bool_]:
    west = 3.0 + 2.6 * _wander("west", x, y, 9.0) + 1.2 * _wander("west fine", x, y, 3.2)
    south = 1.0 + 3.2 * _wander("south", x, y, 11.0) + 1.3 * _wander("south fine", x, y, 3.6)
    # A bay opens the coast below the river's mouth.
    bay = (x - 47.0) * (x - 47.0) / 60.0 + (y + 1.0) * (y + 1.0) / 70.0 < 1.0
    return (x > west) & (y > south) & (x < _EAST) & (y < _NORTH) & ~bay


def _island(x: Floats, y: Floats, seat: County) -> NDArray[np.bool_]:
    far_x, far_y = x - seat.x, y - seat.y
    reach = 1.0 + 0.45 * _wander("island", x, y, 2.6)
    return far_x * far_x / 13.0 + far_y * far_y / 5.5 < reach


def _nearest(x: Floats, y: Floats, seats: list[County]) -> NDArray[np.int64]:
    """Return the nearest seat; the farther east, the less the ground bends the borders."""
    bend = np.clip((78.0 - x) / 30.0, 0.12, 1.0)
    bent_x = x + bend * (4.2 * _wander("bend x", x, y, 10.0) + 2.2 * _wander("fine x", x, y, 3.6))
    bent_y = y + bend * (4.2 * _wander("bend y", x, y, 10.0) + 2.2 * _wander("fine y", x, y, 3.6))
    flat = np.clip((x - 60.0) / 12.0, 0.0, 1.0)
    distances = []
    for seat in seats:
        far_x, far_y = np.abs(bent_x - seat.x), np.abs(bent_y - seat.y)
        squared = far_x * far_x + far_y * far_y
        widest = np.maximum(far_x, far_y)
        distances.append((1.0 - flat) * squared + flat * widest * widest)
    return np.argmin(np.array(distances), axis=0).astype(np.int64)


def _in_one_piece(owner: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Give stray squares of a county to the neighbours that surround them."""
    stray = np.zeros(owner.shape, dtype=bool)
    for number in range(n):
        pieces, count = ndimage.label(owner == number)
        sizes = np.bincount(pieces.ravel(), minlength=count + 1)
        sizes[0] = 0
        stray |= (owner == number) & (pieces != int(np.argmax(sizes)))
    _, nearest = ndimage.distance_transform_edt(stray, return_indices=True)
    return owner[tuple(nearest)]


@cache
def territory() -> tuple[NDArray[np.int64], tuple[County, ...]]:
    """Return the owner of every square, `OUTSIDE` for water and neighbours, and the counties.

    Examples
    --------
    >>> from tools.sample.territory import territory
    >>> owner, found = territory()
    >>> len(found), int(owner.max()) + 1
    (22, 22)
    """
    found = counties(2023)
    mainland = [c for c in found if c.area_fips != ISLAND]
    x, y = _mesh()
    numbers = np.array([found.index(c) for c in mainland])
    owner = np.where(_land(x, y), numbers[_nearest(x, y, mainland)], OUTSIDE)
    owner = _in_one_piece(owner, len(found))
    seat = next(c for c in found if c.area_fips == ISLAND)
    owner[_island(x, y, seat)] = found.index(seat)
    return owner, found
