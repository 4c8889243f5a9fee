"""County and state polygons: Census cartographic boundary zips, GeoPackage, GeoJSON."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from lmi.errors import DataFileError
from lmi.sources.archive import Member
from lmi.sources.recognise import Recognised

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["kind_of", "read_boundaries", "year_of"]

_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")
_GEOID_DIGITS = {2: "state", 5: "county"}


def year_of(*names: str) -> int:
    """Return the year that a boundary file names, 0 where it names none.

    Examples
    --------
    >>> year_of("cb_2023_us_county_20m.shp")
    2023
    """
    for name in names:
        # An underscore is a word character, so the year is sought between non-digits.
        match = _YEAR.search(name)
        if match:
            return int(match.group())
    return 0


def _source(path: Path, member: Member, found: Recognised) -> str:
    # GDAL reads inside a zip by itself; the archive's members were checked before.
    if found.kind == "shapefile" and member.info is not None:
        return f"/vsizip/{path.as_posix()}/{member.name}"
    return str(path)


def kind_of(geoids: list[str]) -> Literal["county", "state"] | None:
    """Return what codes name: two digits a state, five a county.

    Examples
    --------
    >>> kind_of(["08001", "08003"])
    'county'
    """
    lengths = {len(g) for g in geoids}
    kind = _GEOID_DIGITS.get(lengths.pop()) if len(lengths) == 1 else None
    return kind  # type: ignore[return-value]


def read_boundaries(path: Path, member: Member, found: Recognised) -> gpd.GeoDataFrame:
    """Read polygons with their codes and names.

    Parameters
    ----------
    path : pathlib.Path
        The file on disk.
    member : Member
        The stream that holds the polygons.
    found : Recognised
        What it is.

    Returns
    -------
    geopandas.GeoDataFrame
        ``area_fips`` (two digits for a state, five for a county), ``name``, ``geometry`` in
        longitude and latitude, sorted by code.

    Raises
    ------
    DataFileError
        It cannot be read, lacks GEOID or NAME, repeats a code, or holds an empty shape.
    """
    import geopandas as gpd
    import pyogrio

    try:
        frame = gpd.read_file(_source(path, member, found), engine="pyogrio")
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise DataFileError(
            f"its map cannot be read ({error}); download it again", file=member.label
        ) from error
    missing = [c for c in ("GEOID", "NAME") if c not in frame.columns]
    if missing or "geometry" not in frame.columns:
        raise DataFileError(
            f"it lacks the column {(missing or ['geometry'])[0]!r} of a Census cartographic "
            "boundary file; use the file as the Census Bureau publishes it",
            file=member.label,
        )
    geoids = frame["GEOID"].astype(str)
    if kind_of(geoids.tolist()) is None:
        raise DataFileError(
            f"its GEOID codes, such as {geoids.iloc[0] if len(geoids) else ''!r}, are not those "
            "of states or counties; take the county or state file",
            file=member.label,
        )
    if geoids.duplicated().any():
        raise DataFileError(
            f"the code {geoids[geoids.duplicated()].iloc[0]!r} stands twice; download it again",
            file=member.label,
        )
    if frame.geometry.isna().any() or frame.geometry.is_empty.any():
        raise DataFileError("it holds a place without a shape; download it again", file=member.label)
    tidy = gpd.GeoDataFrame(
        {"area_fips": geoids, "name": frame["NAME"].astype(str)}, geometry=frame.geometry
    )
    tidy = tidy.set_crs(4326) if tidy.crs is None else tidy.to_crs(4326)
    return tidy.sort_values("area_fips", ignore_index=True)
