"""Tell what a file is by its content, never by its name: the readers are asked in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lmi import naics
from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources.archive import Member, head
from lmi.sources.boundaries import MAPS
from lmi.sources.commuting import COUNTY_FLOWS
from lmi.sources.consumer_prices import PRICES
from lmi.sources.labor_force import LABOR_FORCE_TABLES
from lmi.sources.laus import LAUS
from lmi.sources.national_matrix import NATIONAL_MATRIX
from lmi.sources.plain_tables import PLAIN_TABLES
from lmi.sources.population import POPULATION_ESTIMATES
from lmi.sources.projections import INDUSTRY_PROJECTIONS
from lmi.sources.qcew import QCEW
from lmi.sources.qcew_layouts import OTHER_QCEW
from lmi.sources.reader import Claim, Reader, Start
from lmi.sources.state_projections import STATE_TABLES
from lmi.sources.workbook import table_sheet
from lmi.sources.zipcheck import WORKBOOK
from lmi.words import listing

__all__ = ["READERS", "NoTableError", "Recognised", "recognise"]

# What can be taken in. Another kind of file is a module with a `Reader`, a line here, and a test.
READERS: tuple[Reader, ...] = (
    QCEW,
    OTHER_QCEW,
    MAPS,
    PLAIN_TABLES,
    LAUS,
    LABOR_FORCE_TABLES,
    COUNTY_FLOWS,
    POPULATION_ESTIMATES,
    INDUSTRY_PROJECTIONS,
    NATIONAL_MATRIX,
    PRICES,
    STATE_TABLES,
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # what is in it of a newer workbook
_SIGNATURES = {
    b"PAR1": ("a Parquet file within an archive", "unpack it first"),
    b"%PDF": ("a PDF", ""),
    b"\x89PNG": ("a picture", ""),
    b"\xff\xd8\xff": ("a picture", ""),
    _OLD_OFFICE: ("an old Excel workbook or one with a password", "save the sheet as CSV"),
    b"SQLite format 3\x00": ("a database of another program", ""),
    b"!table": ("a MapInfo map", "save it as GeoJSON or GeoPackage"),
    b"Version 300": ("a MapInfo map", "save it as GeoJSON or GeoPackage"),
    b"\x03\x00\x00\x00": ("a table of a file geodatabase", "take in its folder, zipped"),
}
# What holds other files, whose text may lie open in it, so that no reader is asked of it.
_ARCHIVES = {
    b"PK\x03\x04": "a zip within a zip",
    b"\x1f\x8b": "a gzip within an archive",
    b"BZh": "a bz2 within an archive",
    b"\xfd7zXZ": "an xz within an archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
}
_TAR = b"ustar"  # at byte 257
_ONE_END = (
    "a file of LODES by one end alone (WAC or RAC)",
    "flows between counties need both ends, so take in its od file, such as "
    "co_od_main_JT00_2021.csv.gz",
)
FEWEST_FIELDS = 3  # of a table; a sentence may hold a comma
_NAICS_LIST = re.compile(rb"20\d\d NAICS (US|U\.S\.|Code)")


@dataclass(frozen=True)
class Recognised:
    """What a stream is: who reads it, and where its rows go."""

    reader: Reader
    table: Table
    others: tuple[Table, ...] = ()
    in_parts: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """All tables that its rows go to."""
        return (self.table, *self.others)


class NoTableError(DataFileError):
    """A stream is nothing that can be taken in; it carries what it looks like, and what helps.

    Parameters
    ----------
    remedy : str
        Empty where nothing is amiss: it is just no table.
    """

    def __init__(self, what: str, remedy: str, member: Member) -> None:
        super().__init__(f"it is {what}; {remedy or _accepted()}", file=member.label)
        self.told = f"{member.name} is {what}{'; ' if remedy else ''}{remedy}"
        self.is_amiss = bool(remedy)


def _accepted() -> str:
    known = listing(dict.fromkeys(reader.what for reader in READERS))
    return (
        f"what can be taken in: {known}, in the layouts that docs/data.md lists, and projections "
        "that a state.yml maps (regions/README.md)"
    )


def _archive(start: bytes) -> str:
    """Name the archive that a stream is, which is not looked into; empty where it is none."""
    if start[257:].startswith(_TAR):
        return "a tar archive"
    return next((what for sign, what in _ARCHIVES.items() if start.startswith(sign)), "")


def _what_else(start: Start) -> tuple[str, str]:
    """Say what a stream is that nobody reads, and what to do about it, if that is known."""
    if start.member.kind == "workbook" and not start.head:
        return WORKBOOK
    if not start.head.strip():
        return "empty", "download it again"
    if start.head.startswith(_OLD_OFFICE) and _ENCRYPTED in start.head:
        return "a workbook with a password", "save it without one"
    for signature, told in _SIGNATURES.items():
        if start.head.startswith(signature):
            return told
    text = start.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] == b"<" and start.member.name.lower().endswith(".xls"):
        return "a web page or XML named as a workbook", "open it and save the sheet as CSV"
    if text[:1] == b"<":
        remedy = "the download probably failed, so get the file itself from the agency"
        return "a web page or XML", remedy
    if text[:1] in (b"{", b"["):
        return "JSON without map features", ""
    if start.is_binary:
        return "a binary file of another program", ""
    if _NAICS_LIST.search(start.head[:1000]):
        return f"a list of NAICS codes; those up to {max(naics.VINTAGES)} are built in", ""
    if "c000" in start.fields:  # its count of all jobs, as the files of flows call it s000
        return _ONE_END
    shown = ", ".join(start.fields[:4])[:80]
    widest = max((len(line.fields) for line in start.lines), default=0)
    remedy = _accepted() if widest >= FEWEST_FIELDS else ""
    if start.member.kind == "workbook":
        sheet = table_sheet(start.member.path, start.member.size)
        if sheet.others:
            others = listing(map(repr, sheet.others), 4, last="or")
            return (
                f"no table that is known here (its sheet {sheet.name!r}, which holds the most, "
                f"begins {shown!r})",
                f"if another sheet is meant ({others}), save that alone; {_accepted()}",
            )
    return f"no table that is known here (its header begins {shown!r})", remedy


def recognise(member: Member) -> Recognised | None:
    """Return what a stream is, None for a companion of other files, which has no rows of its own.

    Raises
    ------
    NoTableError
        It is nothing that can be taken in; the message says what it looks like.
    DataFileError
        It is something that must not be taken in.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from lmi.sources.archive import members
    >>> path = pathlib.Path(tempfile.mkdtemp()) / "x.txt"
    >>> _ = path.write_text("w_county_fips,h_county_fips,jobs,year")
    >>> recognise(members(path)[0]).table.name
    'commuting'
    """
    start = Start(member, head(member))
    if within := _archive(start.head):
        raise NoTableError(within, "unpack it first", member)
    claims: list[tuple[Reader, Claim]] = []
    for reader in READERS:
        if claim := reader.claim(start):
            claims.append((reader, claim))
            if reader is QCEW and claim.share == 1:  # by the thousand, and never anything else
                break
    if claims:
        reader, claim = max(claims, key=lambda each: each[1].share)
        if claim.table is None:
            return None
        return Recognised(reader, claim.table, claim.others, claim.in_parts)
    raise NoTableError(*_what_else(start), member)
