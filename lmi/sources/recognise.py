"""Tell what a file is by its content, never by its name."""

from __future__ import annotations

from dataclasses import dataclass

from lmi.errors import DataFileError
from lmi.schema import TABLES, Table
from lmi.sources.archive import Member, head
from lmi.sources.csv_table import first_line

__all__ = ["Recognised", "is_geographic", "recognise"]

_ACCEPTED = (
    "QCEW by-area, by-industry or single files, open-data slices, Census cartographic boundary "
    "files, and CSV tables of projections, commuting, labor force, thresholds, engagement or "
    "local knowledge"
)
_SIGNATURES = {
    b"PAR1": ("a Parquet file", ""),
    b"%PDF": ("a PDF", ""),
    b"\x89PNG": ("a picture", ""),
    b"\xff\xd8\xff": ("a picture", ""),
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", "save the sheet as CSV"),
    b"\xff\xfe": ("UTF-16 text", "save it as UTF-8"),
    b"\xfe\xff": ("UTF-16 text", "save it as UTF-8"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it first"),
    b"PK\x03\x04": ("a zip within a zip", "unpack it first"),
    b"\x1f\x8b": ("a gzip within an archive", "unpack it first"),
}
_SHAPE = b"\x00\x00\x27\x0a"  # .shp and .shx share it; the name tells them apart
_SIDECARS = (".dbf", ".prj", ".cpg", ".xml", ".shx")
_SQLITE = b"SQLite format 3\x00"
_GEOPACKAGE = (b"GPKG", b"GP10", b"GP11")  # the application that byte 68 of a database names


@dataclass(frozen=True)
class Recognised:
    """What a stream is.

    Parameters
    ----------
    kind : {"table", "shapefile", "geopackage", "geojson", "sidecar"}
        A sidecar is a companion of a shapefile and carries no rows of its own.
    table : Table or None
        The table of a CSV.
    """

    kind: str
    table: Table | None = None


def is_geographic(found: Recognised) -> bool:
    """Tell whether it holds polygons.

    Examples
    --------
    >>> is_geographic(Recognised("geojson"))
    True
    """
    return found.kind in ("shapefile", "geopackage", "geojson")


def _refuse(member: Member, what: str, remedy: str = "") -> DataFileError:
    advice = remedy or f"what can be taken in: {_ACCEPTED}"
    return DataFileError(f"it is {what}; {advice}", file=member.label)


def _best_table(fields: list[str]) -> tuple[Table | None, float]:
    """Return the table that has the largest part of its required columns in the header."""

    def part(t: Table) -> float:
        named = {t.spelling.get(f) for f in fields}
        return sum(n in named for n in t.required) / len(t.required)

    best = max(TABLES.values(), key=part)
    return best, part(best)


def _recognise_text(member: Member, start: bytes) -> Recognised:
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] == b"<":
        raise _refuse(
            member,
            "a web page or XML",
            "the download probably failed, so get the file itself from the agency",
        )
    if text[:1] in (b"{", b"["):
        if b'"FeatureCollection"' in start:
            return Recognised("geojson")
        raise _refuse(member, "JSON without map features")
    is_binary = b"\0" in start
    if b"\r" in start and b"\n" not in start and not is_binary:
        raise _refuse(
            member, "text whose lines end in CR alone", "save it with line ends of LF or CR LF"
        )
    fields = first_line(start)
    if not fields:
        raise _refuse(member, "a text that begins with a blank line", "delete it")
    if any(f.startswith("sic_") for f in fields):
        raise _refuse(member, "an SIC-based file", "take the NAICS-based files")
    best, part = _best_table(fields)
    # Below half, the columns in common are chance and a hint at a missing one would mislead.
    if part < 0.5 or best is None:
        if is_binary:
            raise _refuse(member, "a binary file of another program")
        shown = ", ".join(fields[:4])[:80]
        raise _refuse(member, f"no table that is known here (its header begins {shown!r})")
    return Recognised("table", best)


def recognise(member: Member) -> Recognised:
    """Return what a stream is.

    Parameters
    ----------
    member : Member
        From `lmi.sources.archive.members`.

    Raises
    ------
    DataFileError
        It is nothing that can be taken in; the message says what it looks like.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from lmi.sources.archive import members
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "x.txt"
    >>> _ = path.write_text("w_county_fips,h_county_fips,jobs,year")
    >>> recognise(members(path)[0]).table.name
    'commuting'
    """
    start = head(member)
    try:
        return _recognise(member, start)
    except DataFileError:
        if member.info is not None and member.name.lower().endswith(_SIDECARS):
            return Recognised("sidecar")
        raise


def _recognise(member: Member, start: bytes) -> Recognised:
    if not start.strip():
        raise _refuse(member, "empty", "download it again")
    if start.startswith(_SQLITE):
        if start[68:72] in _GEOPACKAGE:
            return Recognised("geopackage")
        raise _refuse(member, "a database of another program")
    if start.startswith(_SHAPE):
        return Recognised("shapefile" if member.name.lower().endswith(".shp") else "sidecar")
    for signature, (what, remedy) in _SIGNATURES.items():
        if start.startswith(signature):
            raise _refuse(member, what, remedy)
    return _recognise_text(member, start)
