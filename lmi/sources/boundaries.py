"""County and state outlines: Census cartographic boundary zips, GeoPackage, GeoJSON."""

from __future__ import annotations

import re
import warnings
from collections.abc import Collection, Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import polars as pl

from lmi import codes
from lmi.errors import DataFileError
from lmi.schema import BOUNDARIES, Table
from lmi.sources.archive import Member, blocks, head
from lmi.sources.reader import Claim, Reader, Start
from lmi.sources.text import BOM, Decoder
from lmi.words import count

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["MAPS", "is_companion", "kind_of", "read_boundaries", "year_of"]

_SHAPE = b"\x00\x00\x27\x0a"  # .shp and .shx share it; the name tells them apart
_SIDECARS = (".dbf", ".prj", ".cpg", ".xml", ".shx", ".sbn", ".sbx", ".qpj", ".qix")
_SQLITE = b"SQLite format 3\x00"
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")  # the application that byte 68 of a database names
# What a file calls its codes and names, by which decade they are of, the plainest first.
_CODES = ("geoid", "geoid20", "geoid10", "geo_id", "affgeoid", "geoidfq", "affgeoid20")
_NAMES = ("name", "name20", "name10", "namelsad", "namelsad20", "namelsad10")
_OF_THE_NATION = re.compile(r"^\d{7}US")
# American Samoa, Guam, the Northern Marianas, the states in free association, the small islands.
TERRITORIES = ("60", "64", "66", "68", "69", "70", "74")
_CLAUSE_END = re.compile(r"; |\. ")
_YEAR = re.compile(r"(?<!\d)(19|20)\d{2}(?!\d)")


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

    Examples
    --------
    >>> shapes = {Path("map")}
    >>> is_companion(Path("map.shp.xml"), shapes), is_companion(Path("map.shp"), shapes)
    (True, False)
    """
    ends = range(1, len(file.suffixes) + 1)
    stems = (file.with_name(file.name.rsplit(".", n)[0]) for n in ends)
    return file.suffix.lower() in _SIDECARS and any(stem in shapes for stem in stems)


def _source(member: Member) -> str | bytes:
    """Return what GDAL is to open, so that it judges by content and not by a misleading name."""
    start = head(member)
    if _is_json(start):
        return Decoder(member.label).utf8(b"".join(blocks(member)).removeprefix(BOM), 1)
    if not start.startswith(_SHAPE):
        return b"".join(blocks(member))
    # A shapefile has companions; GDAL finds them in a zip, whose members were checked before.
    path = member.path
    return str(path) if member.info is None else f"/vsizip/{{{path.as_posix()}}}/{member.name}"


def _is_json(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def kind_of(geoids: list[str]) -> Literal["county", "state"] | None:
    """Return what codes name: two digits a state, five a county, None where they mix or err.

    Examples
    --------
    >>> kind_of(["08001", "08003"]), kind_of(["08001", "08"])
    ('county', None)
    """
    if all(g in codes.STATES for g in geoids):
        return "state"
    return "county" if all(len(g) == 5 and g[:2] in codes.STATES for g in geoids) else None


def _read(member: Member) -> gpd.GeoDataFrame:
    """Read a map as it is, in longitude and latitude."""
    source = _source(member)
    try:
        with warnings.catch_warnings():  # what they warn of is checked later, or harmless
            warnings.simplefilter("ignore")
            layers, frame = _from_gdal(source)
    except Exception as error:  # a damaged map makes GDAL and its bindings fail in many ways
        reason = _CLAUSE_END.split(" ".join(str(error).split()))[0].rstrip(".")
        raise DataFileError(
            f"its map cannot be read ({reason}); download it again", file=member.label
        ) from error
    if len(layers) > 1:
        raise DataFileError(
            f"it holds {len(layers)} layers ({', '.join(sorted(layers))}); save the one of "
            "counties or states in a file of its own",
            file=member.label,
        )
    return frame


def _from_gdal(source: str | bytes) -> tuple[list[str], gpd.GeoDataFrame]:
    """Return the names of the layers and the first one."""
    import geopandas as gpd
    import pyogrio

    layers = [str(name) for name in pyogrio.list_layers(source)[:, 0]]
    frame = gpd.GeoDataFrame(gpd.read_file(source, engine="pyogrio"))
    if "geometry" in frame.columns:
        frame = frame.set_crs(4326) if frame.crs is None else frame.to_crs(4326)
    return layers, frame


def _check(frame: gpd.GeoDataFrame, geoids: pd.Series, label: str) -> None:
    """Refuse codes that are no states' or counties', and places without an outline on the earth."""
    if len(geoids) == 0:
        raise DataFileError("it holds no place; download it again", file=label)
    if kind_of(geoids.tolist()) is None:
        odd = min(geoids, key=lambda g: (g[:2] in codes.STATES, len(g) in (2, 5)))
        raise DataFileError(
            f"its GEOID codes, such as {odd!r}, are not those of states or counties; take the "
            "county or state file, and keep codes as text",
            file=label,
        )
    if geoids.duplicated().any():
        raise DataFileError(
            f"the code {geoids[geoids.duplicated()].iloc[0]!r} stands twice; download it again",
            file=label,
        )
    has_outline = frame.geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    has_outline &= ~frame.geometry.is_empty
    if not has_outline.all():
        raise DataFileError(
            f"the place {geoids[~has_outline].iloc[0]!r} has no outline; download it again",
            file=label,
        )
    bounds = frame.geometry.bounds
    on_earth = bounds[["minx", "maxx"]].abs().max(axis=1).le(180)
    on_earth &= bounds[["miny", "maxy"]].abs().max(axis=1).le(90)
    if not on_earth.all():
        raise DataFileError(
            f"the outline of {geoids[~on_earth].iloc[0]!r} is not in longitude and latitude, and "
            "it names no projection; save it with one",
            file=label,
        )


def _column(frame: gpd.GeoDataFrame, names: Iterable[str], label: str) -> pd.Series:
    """Return the column that has one of the names, in any case; the first name comes first."""
    found = {str(name).lower(): name for name in frame.columns}
    held = [found[name] for name in names if name in found]
    if not held:
        raise DataFileError(
            f"it lacks the column {next(iter(names)).upper()!r} of a Census cartographic boundary "
            "file; use the file as the Census Bureau publishes it",
            file=label,
        )
    return frame[held[0]]


def _geoids(codes: pd.Series) -> pd.Series:
    """Return codes as the digits of a state or a county, whatever of the nation is before them."""
    if codes.dtype.kind in "iuf" and codes.notna().all():
        whole = codes.astype("int64")  # a number that lost its zeros, and had two digits or five
        return whole.astype(str).str.zfill(5 if whole.max() > 99 else 2)
    return codes.fillna("").astype(str).str.replace(_OF_THE_NATION, "", regex=True)


def read_boundaries(member: Member) -> tuple[gpd.GeoDataFrame, list[str]]:
    """Read outlines with their codes and names.

    Returns
    -------
    geopandas.GeoDataFrame
        ``area_fips`` (two digits for a state, five for a county), ``name``, ``geometry`` in
        longitude and latitude, sorted by code.
    list of str
        The names of what is left out: territories that QCEW has nothing of.

    Raises
    ------
    DataFileError
        It cannot be read, lacks GEOID or NAME, repeats a code, or holds a place without an
        outline.
    """
    import geopandas as gpd

    frame = _read(member)
    geoids = _geoids(_column(frame, _CODES, member.label))
    names = _column(frame, _NAMES, member.label).fillna("").astype(str)
    if "geometry" not in frame.columns:
        raise DataFileError("it holds no outlines; download it again", file=member.label)
    outside = geoids.str[:2].isin(TERRITORIES) & geoids.str.len().isin((2, 5))
    left_out = names[outside].tolist()
    frame, geoids, names = frame[~outside], geoids[~outside], names[~outside]
    _check(frame, geoids, member.label)
    tidy = gpd.GeoDataFrame({"area_fips": geoids, "name": names}, geometry=frame.geometry)
    return tidy.sort_values("area_fips", ignore_index=True), left_out


def _frames(member: Member, table: Table) -> Generator[pl.DataFrame, None, list[str]]:
    """Yield the outlines as WKB, with what names their partitions: what they are, and of when."""
    found, left_out = read_boundaries(member)
    columns = {name: found[name].tolist() for name in ("area_fips", "name")}
    frame = pl.DataFrame({**columns, "geometry": found.geometry.to_wkb().tolist()})
    yield frame.select(
        *table.names,
        kind=pl.lit(kind_of(columns["area_fips"])),
        year=pl.lit(year_of(member.name, member.path.name)),
    )
    what = count(len(left_out), "place")
    return [f"left out: {what} without data of jobs, such as {left_out[0]}"] if left_out else []


def _claim(start: Start) -> Claim | None:
    name = start.member.name.lower()
    if start.head.startswith(_SHAPE):
        return Claim(BOUNDARIES if name.endswith(".shp") else None)
    if start.head.startswith(_SQLITE) and start.head[68:72] in _GEOPACKAGE:
        return Claim(BOUNDARIES)
    if _is_json(start.head) and b'"FeatureCollection"' in start.head:
        return Claim(BOUNDARIES)
    if start.member.info is not None and name.endswith(_SIDECARS):
        return Claim(None, share=0)  # unless another reader knows it
    return None


MAPS = Reader(
    what="maps",
    tables=(BOUNDARIES,),
    claim=_claim,
    frames=_frames,
    alone="map",
)
