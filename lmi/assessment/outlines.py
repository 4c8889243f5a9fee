"""Outlines of counties as plain numbers, to be kept and drawn anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from lmi.missing import Missing

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CountyOnMap", "map_names", "outlines", "west"]

DEGREES = 3  # decimals: a hundred meters


class CountyOnMap(BaseModel):
    """A county's outline.

    Parameters
    ----------
    rings : tuple of tuple of (float, float)
        Degrees of longitude and latitude.
    spot : (float, float)
        A point within it.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    spot: tuple[float, float]


def map_names(shapes: gpd.GeoDataFrame | Missing) -> dict[str, str]:
    """Return what counties are called on a map; nothing without one."""
    if isinstance(shapes, Missing):
        return {}
    return dict(zip(shapes["area_fips"], shapes["name"], strict=True))


def outlines(shapes: gpd.GeoDataFrame, names: Mapping[str, str]) -> dict[str, CountyOnMap]:
    """Return the outlines of some counties."""
    import shapely

    found = {}
    for row in shapes[shapes["area_fips"].isin(names)].itertuples():
        ground = west(row.geometry)
        spot = shapely.maximum_inscribed_circle(ground, tolerance=0.02)
        rings = (
            shapely.get_coordinates(part.exterior).round(DEGREES).tolist()
            for part in shapely.get_parts(ground)
        )
        found[str(row.area_fips)] = CountyOnMap(
            name=names[str(row.area_fips)],
            rings=tuple(tuple((x, y) for x, y in ring) for ring in rings),
            spot=tuple(shapely.get_coordinates(spot)[0].round(DEGREES).tolist()),
        )
    return found


def west(shape: Any) -> Any:
    """Move what lies east of the date line (the far Aleutians) beside the rest of its state.

    Parameters
    ----------
    shape : shapely geometry
        In longitude and latitude.

    Examples
    --------
    >>> import shapely
    >>> west(shapely.box(172, 52, 173, 53)).bounds
    (-188.0, 52.0, -187.0, 53.0)
    """
    import shapely

    if shape.bounds[2] <= 90:
        return shape
    return shapely.transform(shape, lambda points: points - [360, 0] * (points[:, :1] > 90))
