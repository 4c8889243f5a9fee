"""A state's counties on a drawing: projected, far parts moved near, tiny ones named.

Outlines are kept once, in units of the drawing; every map of a page draws from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely

from lmi.assessment.outlines import west
from lmi.config import Region
from lmi.missing import Missing

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["Label", "StateMap", "label_at", "lay_out", "path"]

WIDTH = 400.0
TALLEST = 460.0
FAR = 1.5
"""So many sides of a square as large as the state lie between it and what is far away."""
FRAME, LARGE_FRAME = (70.0, 70.0), (190.0, 110.0)
"""Width and height of the box around what is far away; the larger where it would shrink by half."""
LITTLE, MUCH = 0.03, 1.3
"""So small a share of the land may stand in a box although it is near, where the rest is drawn so
many times as large without it."""
GAP = 6.0
TINY = 50.0
"""Square units; a county that is drawn smaller is named beside the map, with its own key."""
SMALLEST_RING = 0.6


class Label(NamedTuple):
    """A text, and where on the drawing it stands."""

    text: str
    x: str
    y: str


@dataclass(frozen=True, eq=False)
class StateMap:
    """Counties as they are drawn.

    Parameters
    ----------
    height : float
        Of the drawing, that is `WIDTH` wide.
    shapes : mapping of str to geometry
        Each county in units of the drawing, y downwards.
    frames : tuple of tuple of float
        Left, top, right and bottom of the boxes that hold what is far away.
    """

    height: float
    shapes: Mapping[str, Any]
    frames: tuple[tuple[float, float, float, float], ...] = ()

    @cached_property
    def tiny(self) -> tuple[str, ...]:
        """The counties no part of which is large enough to be seen."""
        largest = {code: max(shapely.area(shapely.get_parts(s))) for code, s in self.shapes.items()}
        return tuple(code for code, area in largest.items() if area < TINY)

    def outlines(self, regions: Iterable[Region]) -> dict[str, Any]:
        """Return the regions' outlines by key, of those that have a county on the map."""
        own = {r.key: [self.shapes[c] for c in r.counties if c in self.shapes] for r in regions}
        return {key: shapely.union_all(shapes) for key, shapes in own.items() if shapes}


def lay_out(
    counties: gpd.GeoDataFrame | Missing | None, regions: Iterable[Region]
) -> StateMap | None:
    """Lay out the counties of the states that regions lie in; None where no outline is known.

    Parameters
    ----------
    counties : GeoDataFrame, Missing or None
        `area_fips`, and outlines in longitude and latitude.

    Notes
    -----
    Albers' equal-area conic projection with its parallels a sixth from the top and the bottom,
    so that two areas drawn alike large are.
    """
    if counties is None or isinstance(counties, Missing):
        return None
    codes = {code[:2] for region in regions for code in region.counties}
    kept = counties[counties["area_fips"].str[:2].isin(codes)]
    if kept.empty:
        return None
    places = [str(code) for code in kept["area_fips"]]
    parts, owner = shapely.get_parts(_projected(kept), return_index=True)
    groups = _groups(parts)
    drawn, frames, height = _placed(parts, groups)
    shapes = {}
    for number, code in enumerate(places):
        own = drawn[owner == number]
        if len(own):
            shapes[code] = shapely.multipolygons(own)
    return StateMap(height, shapes, frames)


def _projected(counties: gpd.GeoDataFrame) -> Any:
    import geopandas as gpd

    moved = gpd.GeoSeries([west(shape) for shape in counties.geometry], crs="EPSG:4326")
    _, bottom, _, top = moved.total_bounds
    sixth = (top - bottom) / 6
    middle = shapely.centroid(shapely.union_all(moved.to_numpy()))
    albers = (
        f"+proj=aea +lat_1={bottom + sixth} +lat_2={top - sixth} "
        f"+lat_0={middle.y} +lon_0={middle.x} +datum=WGS84 +units=m"
    )
    return moved.to_crs(albers).to_numpy()


def _groups(parts: Any) -> np.ndarray:
    """Number the parts by what hangs together, 0 for the largest group."""
    near = FAR * float(np.sqrt(shapely.area(parts).sum())) / 2
    joined = shapely.get_parts(shapely.union_all(shapely.buffer(parts, near, quad_segs=4)))
    spots = shapely.point_on_surface(parts)
    of = np.array([np.flatnonzero(shapely.intersects(joined, spot))[0] for spot in spots])
    main = np.bincount(of, weights=shapely.area(parts)).argmax()
    own = np.flatnonzero(of == main)
    of[own[_outlying(parts[own])]] = len(joined)  # a group of its own
    _, of = np.unique(of, return_inverse=True)
    sizes = np.bincount(of, weights=shapely.area(parts))
    return np.argsort(np.argsort(-sizes, kind="stable"), kind="stable")[of]


def _outlying(parts: Any) -> np.ndarray:
    """Tell which parts at one side are little land that makes all else small, as the Aleutians."""
    bounds, areas = shapely.bounds(parts), shapely.area(parts)
    most, found = MUCH * _scale(bounds), np.zeros(len(parts), bool)
    for end in (bounds[:, 2], -bounds[:, 0], bounds[:, 3], -bounds[:, 1]):
        order = np.argsort(end, kind="stable")
        few = np.flatnonzero(np.cumsum(areas[order]) <= LITTLE * areas.sum())
        for count in few + 1:
            scale = _scale(bounds[order[count:]])
            if scale > most:
                most, found = scale, np.isin(np.arange(len(parts)), order[:count])
    return found


def _scale(bounds: Any) -> float:
    """So large are drawn parts that lie within bounds."""
    (left, top), (right, bottom) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    return float(min((WIDTH - 4) / (right - left), TALLEST / (bottom - top)))


def _placed(
    parts: Any, groups: np.ndarray
) -> tuple[Any, tuple[tuple[float, float, float, float], ...], float]:
    """Draw the largest group across, and the others in boxes below it, none enlarged."""
    main = shapely.total_bounds(parts[groups == 0])
    scale = _scale(shapely.bounds(parts[groups == 0]))
    margin = (WIDTH - scale * (main[2] - main[0])) / 2
    drawn = np.empty(len(parts), dtype=object)
    drawn[groups == 0] = _moved(parts[groups == 0], main, scale, margin, 2.0)
    height = 4 + scale * (main[3] - main[1])
    frames: list[tuple[float, float, float, float]] = []
    for number in range(1, int(groups.max()) + 1):
        own = shapely.total_bounds(parts[groups == number])
        extent = np.maximum([own[2] - own[0], own[3] - own[1]], 1.0)
        fitted, frame = _fitted(extent, scale, FRAME)
        if fitted < scale / 2:
            fitted, frame = _fitted(extent, scale, LARGE_FRAME)
        corner = np.array([frames[-1][2] + GAP if frames else GAP, height + GAP])
        at = corner + (frame - fitted * extent) / 2
        drawn[groups == number] = _moved(parts[groups == number], own, fitted, at[0], at[1])
        frames.append((*corner.tolist(), *(corner + frame).tolist()))
    return drawn, tuple(frames), max([height, *(frame[3] + GAP for frame in frames)])


def _fitted(extent: Any, scale: float, frame: tuple[float, float]) -> tuple[float, Any]:
    """Return at what scale something fits into a frame, and the frame."""
    size = np.array(frame)
    return min(scale, *((size - 2 * GAP) / extent)), size


def _moved(parts: Any, bounds: Any, scale: float, left: float, top: float) -> Any:
    """Turn meters, y upwards, into units of the drawing."""

    def to_page(points: np.ndarray) -> np.ndarray:
        return np.column_stack(
            [left + scale * (points[:, 0] - bounds[0]), top + scale * (bounds[3] - points[:, 1])]
        )

    return shapely.transform(parts, to_page)


def path(shape: Any) -> str:
    """Write a shape as SVG path data, to a tenth of a unit; specks are left out of what is large.

    Examples
    --------
    >>> path(shapely.box(0, 0, 10, 10.04))
    'M10 0l0 10 -10 0 0 -10z'
    """
    large = shapely.area(shape) >= TINY
    written = []
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            if large and shapely.area(shapely.Polygon(ring)) < SMALLEST_RING:
                continue
            # rounded before they are subtracted, so that no error adds up along the ring
            points = np.round(shapely.get_coordinates(ring)[:-1], 1)
            moved = np.any(np.diff(points, axis=0, prepend=np.inf) != 0, axis=1)
            points = points[moved]
            steps = [f"{x:.4g} {y:.4g}" for x, y in np.round(np.diff(points, axis=0), 1)]
            written.append(f"M{points[0][0]:.4g} {points[0][1]:.4g}l{' '.join(steps)}z")
    return "".join(written)


def label_at(shape: Any, text: str) -> Label:
    """Put a text where an outline has most room for it."""
    spot = shapely.get_coordinates(shapely.maximum_inscribed_circle(shape, tolerance=0.5))[0]
    return Label(text, f"{spot[0]:.0f}", f"{spot[1]:.0f}")
