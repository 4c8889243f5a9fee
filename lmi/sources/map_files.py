"""The kinds of files that maps come in, and their layers as GDAL reads them.

What a file is, its content says; a shapefile and a file geodatabase are read from where they are,
with what lies beside them, and every other kind from its bytes.
"""

from __future__ import annotations

import re
import warnings
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from lmi.errors import DataFileError
from lmi.schema import BOUNDARIES
from lmi.sources.archive import Member, blocks, head
from lmi.sources.reader import Claim, Start
from lmi.sources.text import BOM, Decoder

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["CATALOGUE", "SIDECARS", "claim", "layers"]

SIDECARS = (".dbf", ".prj", ".cpg", ".xml", ".shx", ".sbn", ".sbx", ".qpj", ".qix", ".qmd")
_SHAPE = b"\x00\x00\x27\x0a"  # .shp and .shx share it; the name tells them apart
_SQLITE = b"SQLite format 3\x00"
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")  # the application that byte 68 of a database names
_FLATGEOBUF = b"fgb\x03fgb"
# GeoJSON, one feature a line too, Esri's JSON and TopoJSON.
_JSON_MAP = re.compile(
    rb'"type"\s*:\s*"(FeatureCollection|Feature|Topology)"|"geometryType"\s*:\s*"esriGeometry'
)
_XML_MAP = re.compile(
    rb"^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(kml|[\w.]+:FeatureCollection)\b", re.S
)
_GEODATABASE = re.compile(r"(^|/)[^/]+\.gdb/[^/]+$", re.IGNORECASE)
CATALOGUE = "a00000001.gdbtable"  # of a file geodatabase, the table of its tables
_CLAUSE_END = re.compile(r"; |\. ")


def _is_kml(start: bytes) -> bool:
    found = _XML_MAP.search(start.removeprefix(BOM))
    return found is not None and found[3] == b"kml"


def _is_json(start: bytes) -> bool:
    return start.removeprefix(BOM).lstrip(b"\x1e \t\r\n")[:1] in (b"{", b"[")


def _is_geo_table(member: Member) -> bool:
    """Tell whether a Parquet or Feather file says where its outlines are, as GeoParquet does."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        if member.kind == "parquet":
            said = pq.read_schema(member.path).metadata
        elif member.kind == "feather":
            said = pa.ipc.open_file(pa.memory_map(str(member.path))).schema.metadata
        else:
            return False
    except (pa.ArrowException, OSError):
        return False
    return b"geo" in (said or {})


def claim(start: Start) -> Claim | None:
    """Tell whether a stream is a map, or a companion of one."""
    member, first = start.member, start.head
    name = member.name.lower()
    if member.info is not None and _GEODATABASE.search(name):
        return Claim(BOUNDARIES if name.endswith(CATALOGUE) else None)
    if first.startswith(_SHAPE):
        return Claim(BOUNDARIES if name.endswith(".shp") else None)
    if _is_kml(first) and member.info is not None:
        # A KMZ may hold a map in several, and some that only point to them or name other things.
        is_whole = member.size <= len(first)
        return Claim(None if is_whole and b"Polygon" not in first else BOUNDARIES, in_parts=True)
    is_map = (
        (first.startswith(_SQLITE) and first[68:72] in _GEOPACKAGE)
        or first.startswith(_FLATGEOBUF)
        or (_is_json(first) and _JSON_MAP.search(first))
        or _XML_MAP.search(first.removeprefix(BOM))
        or _is_geo_table(member)
    )
    if is_map:
        return Claim(BOUNDARIES)
    if member.info is not None and name.endswith(SIDECARS):
        return Claim(None, share=0)  # unless another reader knows it
    return None


def _source(member: Member) -> str | bytes:
    """Return what GDAL is to open, so that it judges by content and not by a misleading name."""
    start = head(member)
    if _is_json(start):
        return Decoder(member.label).utf8(b"".join(blocks(member)).removeprefix(BOM), 1)
    inside = PurePosixPath(member.name)
    if inside.name.lower() == CATALOGUE:
        inside = inside.parent
    elif not start.startswith(_SHAPE):
        return b"".join(blocks(member))
    # What lies beside it GDAL finds in a zip, whose members were checked before.
    path = member.path
    return str(path) if member.info is None else f"/vsizip/{{{path.as_posix()}}}/{inside}"


def layers(member: Member) -> dict[str, gpd.GeoDataFrame]:
    """Read the layers of a map that have outlines, by name, in longitude and latitude.

    Raises
    ------
    DataFileError
        The map cannot be read, or no layer has outlines.
    """
    try:
        with warnings.catch_warnings():  # what they warn of is checked later, or harmless
            warnings.simplefilter("ignore")
            found = _from_table(member) if _is_geo_table(member) else _from_gdal(_source(member))
            return {name: _on_earth(frame) for name, frame in found.items()}
    except DataFileError:
        raise
    except Exception as error:  # a damaged map makes GDAL and its bindings fail in many ways
        reason = _CLAUSE_END.split(" ".join(str(error).split()))[0].rstrip(".")
        raise DataFileError(
            f"its map cannot be read ({reason}); download it again", file=member.label
        ) from error


def _from_gdal(source: str | bytes) -> dict[str, gpd.GeoDataFrame]:
    import geopandas as gpd
    import pyogrio

    # A layer without outlines is a table, such as the styles that a program keeps with its map.
    # By its number, for a file that is in memory has another name each time.
    return {
        str(name): gpd.GeoDataFrame(gpd.read_file(source, engine="pyogrio", layer=number))
        for number, (name, kind) in enumerate(pyogrio.list_layers(source))
        if kind is not None
    }


def _from_table(member: Member) -> dict[str, gpd.GeoDataFrame]:
    import geopandas as gpd

    read = gpd.read_parquet if member.kind == "parquet" else gpd.read_feather
    return {member.name: read(member.path)}


def _on_earth(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return a layer in longitude and latitude, as it is taken to be where it does not say."""
    return frame.set_crs(4326) if frame.crs is None else frame.to_crs(4326)
