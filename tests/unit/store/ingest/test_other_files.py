"""A file of another program, an error page, an empty file: each is told what it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from lmi.schema.owned import OWN_PROJECTIONS
from lmi.store import Store
from tests.builders import (
    feature_collection,
    header,
    is_one_sentence,
    qcew,
    refusal,
    write,
    write_zip,
)


def sqlite_file(path: Path) -> Path:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE area_fips (year)")
    connection.commit()
    connection.close()
    return path


def parquet_file(path: Path) -> Path:
    pl.DataFrame({"area_fips": ["08001"]}).write_parquet(path)
    return path


OTHERS: dict[str, tuple[Callable[[Path], Path], list[str]]] = {
    "an error page saved as CSV": (
        lambda p: write(p, "<!DOCTYPE html>\n<html><title>404</title></html>"),
        ["web page", "download probably failed", "from the agency"],
    ),
    "an error page after a byte-order mark and blanks": (
        lambda p: write(p, b"\xef\xbb\xbf \r\n<html>"),
        ["web page"],
    ),
    "an empty file": (lambda p: write(p, ""), ["is empty", "download it again"]),
    "a file of blanks": (lambda p: write(p, " \n\n "), ["is empty", "download it again"]),
    "a header without rows": (
        lambda p: write(p, ",".join(header()) + "\n"),
        ["a header and no rows", "download it again"],
    ),
    "a header without rows, and blank lines": (
        lambda p: write(p, ",".join(header()) + "\r\n\r\n\r\n"),
        ["a header and no rows"],
    ),
    "a table of something else": (
        lambda p: write(p, "region_number,county_fips,county\n1,08001,Adams\n"),
        ["no table that is known", "'region_number, county_fips, county'", "QCEW", "labor force"],
    ),
    "what people on the ground know": (
        lambda p: write(p, "candidate,region,statement,rating,who,date\n"),
        ["a state's team writes itself", "regions/STATE/local_knowledge.csv"],
    ),
    "who works with employers": (
        lambda p: write(p, "organisation,system,effort,candidate,since\nCollege,a,b,c,\n"),
        ["a state's team writes itself", "regions/STATE/engagement.csv"],
    ),
    "pay that sustains a family, by region": (
        lambda p: write(p, "region,household,year,annual_wage,source\n"),
        ["a state's team writes itself", "regions/STATE/thresholds.csv"],
    ),
    "projections by region": (
        lambda p: write(p, ",".join(OWN_PROJECTIONS.names) + "\n"),
        ["a state's team writes itself", "regions/STATE/projections.csv"],
    ),
    "an SIC-based file": (
        lambda p: write(p, "sic_code,year\n0A,1990\n"),
        ["SIC-based", "take the NAICS-based files"],
    ),
    "JSON": (lambda p: write(p, '{"error": "not found"}'), ["JSON without map features"]),
    "a PDF": (lambda p: write(p, b"%PDF-1.7\n%\xe2\xe3"), ["a PDF", "QCEW"]),
    "a picture": (lambda p: write(p, b"\x89PNG\r\n\x1a\n\0\0"), ["a picture", "QCEW"]),
    "an old workbook": (
        lambda p: write(p, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ["old Excel workbook", "save the sheet as CSV"],
    ),
    "a workbook": (
        lambda p: write_zip(p, {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"}),
        ["an Excel workbook", "save the sheet as CSV"],
    ),
    "an OpenDocument sheet": (
        lambda p: write_zip(p, {"mimetype": "x", "META-INF/manifest.xml": "<m/>"}),
        ["an OpenDocument file", "save the sheet as CSV"],
    ),
    "Parquet of something else": (parquet_file, ["no table that is known here", "QCEW"]),
    "a database that is no map": (sqlite_file, ["a database of another program", "QCEW"]),
    "an archive of another kind": (
        lambda p: write(p, b"7z\xbc\xaf\x27\x1c"),
        ["a 7z archive", "unpack it first"],
    ),
    "an archive in an archive": (
        lambda p: write_zip(p, {"in.zip": write_zip(p, {"a.csv": qcew()}).read_bytes()}),
        ["a zip within a zip", "unpack it first"],
    ),
    "a binary file": (lambda p: write(p, b"\x7fELF\0\0\0"), ["binary file of another program"]),
    "UTF-16 cut off": (
        lambda p: write(p, qcew().encode("utf-16")[:-1]),
        ["begins as UTF-16 text and is none", "save it as UTF-8"],
    ),
    "files of two tables in one zip": (
        lambda p: write_zip(p, {"1.csv": qcew(), "2.csv": qcew(qtr="1")}),
        ["qcew_annual and qcew_quarterly", "one by one"],
    ),
    "a map and a table in one zip": (
        lambda p: write_zip(p, {"a.csv": qcew(), "m.geojson": feature_collection(["08001"])}),
        ["a map and qcew_annual", "one by one"],
    ),
    "two maps in one zip": (
        lambda p: write_zip(p, dict.fromkeys(("1.json", "2.json"), feature_collection(["08001"]))),
        ["2 maps", "one by one"],
    ),
    "companions of a map that is not there": (
        lambda p: write_zip(p, {"a.prj": "GEOGCS[]", "a.cpg": "UTF-8"}),
        ["nothing to take in"],
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_of_another_kind_is_refused(name: str, filled: Store, tmp_path: Path) -> None:
    make, words = OTHERS[name]
    path = make(tmp_path / "2016_annual.csv")
    message = refusal(filled, path)
    assert message.startswith(str(path))
    assert is_one_sentence(message)
    assert [w for w in words if w not in message] == [], message
