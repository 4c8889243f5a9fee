"""A file of another program, an error page, an empty file: each is told what it is."""

from __future__ import annotations

import gzip
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
    take_in,
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


PEOPLE = "area_fips,year,population\n08001,2021,500000\n08003,2021,16000\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", f"{PEOPLE}\x1a"),
        ("a.csv", f"{PEOPLE}\x1a\r\n"),
        ("a.csv", PEOPLE.rstrip("\n") + "\x1a" * 40),
        ("a.csv", f"{PEOPLE}\x1a".replace("\n", "\r\n")),
        ("a.csv", f"{PEOPLE}\x1a".encode("utf-16")),
        ("a.csv.gz", gzip.compress(f"{PEOPLE}\x1a".encode(), mtime=0)),
    ],
    ids=["behind", "on a line", "many", "CR LF", "UTF-16", "packed"],
)
def test_a_text_may_end_with_the_end_mark_of_dos(
    name: str, text: str | bytes, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    [result] = take_in(store, write(tmp_path / name, text))
    assert (result.message, store.table("population")["population"].tolist()) == (
        "", [500000, 16000],
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        f"{PEOPLE}\x1a\n08005,2021,600000\n",
        f"{PEOPLE}\x1a08005,2021,600000\n",
        PEOPLE.replace("16000", "16\x1a000") + "08005,2021,600000\n",
    ],
    ids=["on a line", "before a row", "in a number"],
)
def test_an_end_mark_within_a_text_is_told_with_its_line(text: str, tmp_path: Path) -> None:
    message = refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))
    line = 3 if "16\x1a" in text else 4
    assert f"line {line}: it holds a Ctrl-Z, by which some programs end a text" in message
    assert "see that nothing is lost, and take it out" in message


def kml(*geoids: str, west: float = -105) -> bytes:
    placemarks = "".join(
        f"<Placemark><name>Place {geoid}</name><ExtendedData><SchemaData schemaUrl='#m'>"
        f"<SimpleData name='GEOID'>{geoid}</SimpleData></SchemaData></ExtendedData><Polygon>"
        "<outerBoundaryIs><LinearRing><coordinates>"
        + " ".join(f"{west + n + x},{39 + y}" for x, y in ((0, 0), (1, 0), (1, 1), (0, 0)))
        + "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for n, geoid in enumerate(geoids)
    )
    schema = "<Schema name='m' id='m'><SimpleField name='GEOID' type='string'/></Schema>"
    return document(f"{schema}<Folder>{placemarks}</Folder>")


def document(content: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">'
    return f"{head}<Document>{content}</Document></kml>".encode()


LINK = document("<NetworkLink><Link><href>files/counties.kml</href></Link></NetworkLink>")
POINT = document("<Placemark><Point><coordinates>-105,39</coordinates></Point></Placemark>")


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ({"doc.kml": kml("08001", "08003"), "b.kml": kml("41001", west=-120)}, 3),
        ({"doc.kml": kml("08001", "08003"), "b.kml": kml("08", "41")}, 4),
        ({"doc.kml": LINK, "files/counties.kml": kml("08001", "08003")}, 2),
        ({"doc.kml": kml("08001", "08003"), "legend.kml": POINT}, 2),
    ],
    ids=["two states", "counties and states", "a link", "points"],
)
def test_a_map_may_be_in_several_parts_of_a_kmz(
    parts: dict[str, bytes], rows: int, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store")
    [result] = take_in(store, write_zip(tmp_path / "a.kmz", parts))
    assert (result.rows, len(store.outlines())) == (rows, rows)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"doc.kml": kml("08001"), "b.kml": kml("08001")}, "area_fips '08001' stands twice"),
        ({"doc.kml": LINK}, "it holds nothing to take in"),
        ({"doc.kml": kml("08001"), "a.csv": PEOPLE.encode()}, "a map and population"),
    ],
)
def test_a_kmz_that_is_no_one_map_is_refused(
    parts: dict[str, bytes], words: str, tmp_path: Path
) -> None:
    message = refusal(Store(tmp_path / "store"), write_zip(tmp_path / "a.kmz", parts))
    assert words in message
