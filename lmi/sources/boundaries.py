"""County and state outlines, from Census cartographic boundary files and other maps."""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from lmi import codes
from lmi.errors import DataFileError
from lmi.schema import BOUNDARIES, VINTAGE, Table
from lmi.sources.archive import Member
from lmi.sources.map_files import CATALOGUE, SIDECARS, claim, layers
from lmi.sources.map_places import (
    TERRITORIES,
    check_names,
    check_points,
    codes_of,
    kind_of,
    names_of,
)
from lmi.sources.reader import Reader
from lmi.words import count, listing

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["MAPS", "is_companion", "read_boundaries", "year_of"]

_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")
# The states and Puerto Rico, beyond the 180th meridian too, without the sample, which lies at sea.
_WEST, _BEYOND, _SOUTH, _NORTH = (-180, -64), (172, 180), 13, 72
# Outlines at 1:20,000,000 hold 74 percent and more of the land that the file says of a county.
_LEAST_LAND = 0.6
# And at most 1.15 times their land and water; drawn ten times as coarsely, 1.75 times.
_LARGE, _MOST_AREA = 1.3, 1.9
_NAMED = 3
# What `lmi export` writes beside a code: several years and kinds of places in one layer.
_EXPORTED = ("area_fips", "kind", "year")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


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


def is_companion(file: Path, shapes: Collection[Path]) -> bool:
    """Tell whether a file stands beside a shapefile, given by its path without its ending.

    Or beside the first table of a file geodatabase, which is a folder.

    Examples
    --------
    >>> shapes = {Path("map")}
    >>> is_companion(Path("map.shp.xml"), shapes), is_companion(Path("map.shp"), shapes)
    (True, False)
    """
    if file.parent.suffix.lower() == ".gdb":
        return file.name != CATALOGUE
    ends = range(1, len(file.suffixes) + 1)
    stems = (file.with_name(file.name.rsplit(".", n)[0]) for n in ends)
    return file.suffix.lower() in SIDECARS and any(stem in shapes for stem in stems)


def _check(frame: gpd.GeoDataFrame, label: str) -> None:
    """Refuse what names no place or two, and places without an outline within the states."""
    geoids: pd.Series = frame["area_fips"]
    if len(geoids) == 0:
        raise DataFileError("it holds no place; download it again", file=label)
    check_names(geoids.tolist(), frame["name"].tolist(), label)
    has_outline = frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    has_outline &= ~frame.geometry.is_empty
    if not has_outline.all():
        raise DataFileError(
            f"the place {geoids[~has_outline].iloc[0]!r} has no outline; download it again",
            file=label,
        )
    _check_shapes(frame, label)
    _check_position(frame, label)
    _check_shared(frame, label)


def _check_shapes(frame: gpd.GeoDataFrame, label: str) -> None:
    """Refuse outlines that enclose nothing, and one that two places have."""
    import numpy as np
    import shapely

    shapes = frame.geometry.to_numpy()
    points, of = shapely.get_coordinates(shapes, return_index=True)
    is_flat = shapely.area(shapes) == 0
    is_flat[of[~np.isfinite(points).all(axis=1)]] = True
    if is_flat.any():
        code = frame["area_fips"].to_numpy()[is_flat][0]
        raise DataFileError(
            f"the outline of {code!r} encloses nothing, or has a point that is nowhere; download "
            "it again",
            file=label,
        )


def _check_shared(frame: gpd.GeoDataFrame, label: str) -> None:
    """Refuse an outline that two places have."""
    outlines = frame["area_fips"].groupby(frame.geometry.to_wkb())
    of_each = (sorted({*places}) for _, places in outlines)
    several = next((found for found in of_each if len(found) > 1), None)
    if several:
        first, second, *_ = several
        raise DataFileError(
            f"{first!r} and {second!r} have the very same outline; put each outline beside its own "
            "code again",
            file=label,
        )


def _check_position(frame: gpd.GeoDataFrame, label: str) -> None:
    bounds = frame.geometry.bounds
    # A point inside: the middle of what lies on both sides of the 180th meridian is not.
    inside = frame.geometry.representative_point()
    x, y = inside.x, inside.y
    is_real = frame["area_fips"].str[:2] != codes.SAMPLE_STATE
    on_earth = bounds[["minx", "maxx"]].abs().max(axis=1).le(180)
    on_earth &= bounds[["miny", "maxy"]].abs().max(axis=1).le(90)
    astray = ~on_earth | (is_real & ~_is_in_states(x, y))
    if not astray.any():
        return
    at = astray.idxmax()
    if _is_in_states(y, x)[astray].all():
        what, remedy = "has its longitude and latitude in each other's place", "swap them"
    elif _is_in_states(-x, y)[astray].all():
        what, remedy = "has a longitude without its minus", "the west's are negative; put it back"
    else:
        what = f"lies at {x[at]:,.0f}, {y[at]:,.0f}, not at a longitude and latitude of the states"
        remedy = "save it with the projection that its numbers are in"
    raise DataFileError(f"the outline of {frame['area_fips'][at]!r} {what}; {remedy}", file=label)


def _is_in_states(x: pd.Series, y: pd.Series) -> pd.Series:
    return (x.between(*_WEST) | x.between(*_BEYOND)) & y.between(_SOUTH, _NORTH)


def _in_one(frame: gpd.GeoDataFrame, label: str) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Join the parts of a place that stand in rows of their own.

    Raises
    ------
    DataFileError
        Two places have the same code.
    """
    twice = frame["area_fips"].duplicated(keep=False)
    if not twice.any():
        return frame, []
    parts = frame[twice].groupby("area_fips", sort=False)["name"]
    several = [code for code, n in parts.nunique().items() if n > 1]
    if several:
        raise DataFileError(
            f"the code {several[0]!r} stands twice, for "
            f"{listing(parts.get_group(several[0]).unique()[:2])}; take a map with one outline for "
            "each county or state",
            file=label,
        )
    whole = frame.dissolve("area_fips", aggfunc="first", as_index=False)
    what = count(parts.ngroups, "place")
    return whole, [f"{what} of several rows joined, such as {parts.first().iloc[0]}"]


def _held_to_area(frame: gpd.GeoDataFrame, layer: gpd.GeoDataFrame, label: str) -> list[str]:
    """Hold outlines to the land and water that the file says of their places.

    Raises
    ------
    DataFileError
        An outline is far larger than both, so that it is another place's.
    """
    said = _areas_said(layer.loc[frame.index])
    if "aland" not in said or not frame["area_fips"].is_unique:
        return []
    area = frame.crs.get_geod().geometry_area_perimeter
    outlined = frame.geometry.map(lambda shape: abs(area(shape)[0]))
    remarks = _larger(frame, outlined / (said["aland"] + said["awater"]), label)
    small = frame.loc[outlined < _LEAST_LAND * said["aland"], "name"].tolist()
    if small:
        named = listing(small[:_NAMED] + (["others"] if len(small) > _NAMED else []))
        remarks.append(
            f"the outlines of {named} are far smaller than their land (ALAND): is the map clipped?"
        )
    return remarks


def _areas_said(layer: gpd.GeoDataFrame) -> pd.DataFrame:
    """Return what a layer says of land and water, as numbers: some maps have them as texts."""
    import pandas as pd

    said = layer.drop(columns=layer.geometry.name).rename(columns=str.lower)
    told = [name for name in ("aland", "awater") if name in said]
    numbers = said[told].apply(pd.to_numeric, errors="coerce").astype(float)
    return numbers if "awater" in told else numbers.assign(awater=float("nan"))


def _larger(frame: gpd.GeoDataFrame, times: pd.Series, label: str) -> list[str]:
    """Name the outline that is the most times as large as its land and water."""
    n = int((times > _LARGE).sum()) - 1
    if n < 0 or times.median() > _LARGE:  # else they are in another unit
        return []
    most = times.max()
    code, name = frame.loc[times == most, ["area_fips", "name"]].iloc[0]
    told = (
        f"the outline of {code!r} ({name}) is {most:.1f} times as large as its land and water "
        "(ALAND, AWATER)"
    )
    others = f", and {count(n, 'other')} too" if n else ""
    if most > _MOST_AREA:
        raise DataFileError(
            f"{told}, so it is another place's{others}; put each outline beside its own code again",
            file=label,
        )
    return [f"{told}{others}: is the map drawn coarsely, or is it another place's?"]


def _out_of_use(geoids: list[str], year: int) -> list[str]:
    """Name a county that the year of a file does not have."""
    known = (g for g in geoids if len(g) == 5 and codes.is_area(g))
    odd = [g for g in known if year and not codes.in_use(g, year, "acs")]
    if not odd:
        return []
    return [
        f"{odd[0]} ({codes.county_name(odd[0])}) is not in use in {year}, the year of the file's "
        "name, nor in its counts: put the year of the map into the name"
    ]


def _places(
    layer: gpd.GeoDataFrame, geoids: pd.Series, label: str, year: int
) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Return the places of a layer, checked, and what is to be said of them."""
    import geopandas as gpd

    frame = gpd.GeoDataFrame(
        {"area_fips": geoids, "name": names_of(layer, geoids)},
        geometry=layer.geometry.force_2d(),
    )
    if is_export(layer) and VINTAGE in layer:
        frame[VINTAGE] = layer[VINTAGE].fillna("").astype(str)
    length = geoids.str.len()
    outside = geoids.str[:2].isin(TERRITORIES) & length.isin((2, 5))
    outside |= (length == 5) & geoids.str.endswith("999")
    left_out = frame.loc[outside, "name"].tolist()
    what = count(len(left_out), "place")
    remarks = [f"left out: {what} without data of jobs, such as {left_out[0]}"] if left_out else []
    frame = frame[~outside]
    _check(frame, label)
    check_points(frame, layer, label)
    remarks += _held_to_area(frame, layer, label)
    frame, joined = _in_one(frame, label)
    remarks += [*joined, *_out_of_use(frame["area_fips"].tolist(), year)]
    return frame.sort_values("area_fips", ignore_index=True), remarks


def is_export(layer: gpd.GeoDataFrame) -> bool:
    """Tell whether a layer is what `lmi export boundaries` writes."""
    return set(_EXPORTED).issubset(layer.columns)


def _by_year(
    name: str, layer: gpd.GeoDataFrame, member: Member
) -> Iterator[tuple[str, int, gpd.GeoDataFrame]]:
    """Yield what a layer has of each year: its rows say it in an export, else the file's name."""
    if not is_export(layer):
        yield name, year_of(member.name, member.path.name), layer
        return
    said = layer["year"].map(lambda year: f"{year:g}" if isinstance(year, float) else str(year))
    is_year = said.str.fullmatch(r"\d{4}") & said.between(str(_FIRST_YEAR), str(_LAST_YEAR))
    is_year |= said == "0"  # of a map whose name said none
    if not is_year.all():
        row = is_year.idxmin()
        raise DataFileError(
            f"the year of the outline of {layer['area_fips'][row]!r} is {said[row]!r}; write a "
            f"year from {_FIRST_YEAR} to {_LAST_YEAR}, or 0 where none is known",
            file=member.label,
        )
    for (kind, year), places in layer.groupby([layer["kind"].astype(str), said]):
        yield f"{name} ({kind} {year})", int(year), places


def read_boundaries(member: Member) -> tuple[dict[tuple[str, int], gpd.GeoDataFrame], list[str]]:
    """Read outlines with their codes and names.

    Returns
    -------
    dict of tuple to geopandas.GeoDataFrame
        By what they are of, ``county`` or ``state``, and of which year: ``area_fips`` (two digits
        for a state, five for a county), ``name``, ``geometry`` in longitude and latitude, sorted
        by code; ``vintage`` too where an export says it.
    list of str
        What is to be said of it: territories that QCEW has nothing of and layers of other things
        are left out.

    Raises
    ------
    DataFileError
        It cannot be read, holds no layer or several of the same kind of places, lacks their
        codes, repeats one, has them beside other places' names, or holds a place without an
        outline or outside the states.
    """
    read = layers(member)
    if not read:
        raise DataFileError("it holds no outlines; download it again", file=member.label)
    found: dict[tuple[str, int], gpd.GeoDataFrame] = {}
    remarks: list[str] = []
    names: dict[tuple[str, int], str] = {}
    errors: list[DataFileError] = []
    parts = chain.from_iterable(_by_year(name, layer, member) for name, layer in read.items())
    for name, year, layer in parts:
        try:
            geoids = codes_of(layer, member.label)
        except DataFileError as error:
            errors.append(error)
            remarks.append(f"the layer {name} is left, for {error.message.split(';')[0]}")
            continue
        frame, told = _places(layer, geoids, member.label, year)
        kind = kind_of(frame["area_fips"].tolist()) or ""
        if (kind, year) in found:
            raise DataFileError(
                f"it holds two layers of {kind} outlines ({names[kind, year]}, {name}); save one "
                "in a file of its own",
                file=member.label,
            )
        found[kind, year], names[kind, year] = frame, name
        remarks += told
    if not found:
        raise errors[0]
    return found, list(dict.fromkeys(remarks))


def _frames(member: Member, table: Table) -> Generator[pl.DataFrame, None, list[str]]:
    """Yield the outlines as WKB, with what names their partitions: what they are, and of when."""
    found, remarks = read_boundaries(member)
    for (kind, year), places in found.items():
        said = [name for name in ("area_fips", "name", VINTAGE) if name in places]
        columns = {name: places[name].tolist() for name in said}
        frame = pl.DataFrame({**columns, "geometry": places.geometry.to_wkb().tolist()})
        yield frame.with_columns(kind=pl.lit(kind), year=pl.lit(year)).select(
            *table.names, "kind", "year", *(name for name in said if name == VINTAGE)
        )
    return remarks


MAPS = Reader(
    what="maps",
    tables=(BOUNDARIES,),
    claim=claim,
    frames=_frames,
    alone="map",
)
