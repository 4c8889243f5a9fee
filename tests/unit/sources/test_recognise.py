"""What a stream is, by its content."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from lmi.errors import DataFileError
from lmi.schema import TABLES
from lmi.sources import recognise as module
from lmi.sources.archive import members
from lmi.sources.boundaries import MAPS
from lmi.sources.qcew import QCEW
from lmi.sources.reader import Reader
from lmi.sources.recognise import READERS, NoTableError, Recognised, recognise
from tests.builders import feature_collection, flows, header, write, write_zip


def found(content: str | bytes, folder: Path, name: str = "anything") -> Recognised:
    kind = recognise(members(write(folder / name, content))[0])
    assert kind is not None
    return kind


def test_every_table_of_the_store_has_a_reader() -> None:
    assert {t.name for reader in READERS for t in reader.tables} == {*TABLES, "boundaries"}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_known_by_its_columns(name: str, tmp_path: Path) -> None:
    text = ",".join(TABLES[name].required) + "\n"
    assert found(text, tmp_path).table is TABLES[name]


@pytest.mark.parametrize("layout", ["slice", "by-area", "short", "trimmed"])
@pytest.mark.parametrize(("qtr", "name"), [("A", "qcew_annual"), ("2", "qcew_quarterly")])
def test_years_and_quarters_are_told_apart(
    layout: str, qtr: str, name: str, tmp_path: Path
) -> None:
    assert found(",".join(header(qtr, layout)), tmp_path).table is TABLES[name]


def test_a_table_that_lacks_a_column_is_still_known(tmp_path: Path) -> None:
    """So that the error can name the column."""
    names = [n for n in header() if n not in ("own_code", "annual_avg_emplvl")]
    assert found(",".join(names), tmp_path).table is TABLES["qcew_annual"]


def test_upper_case_quotes_and_a_mark_do_not_hide_a_table(tmp_path: Path) -> None:
    text = '\ufeff"W_County_FIPS", "h_county_fips","JOBS","Year"\r\n'
    assert found(text, tmp_path).table is TABLES["commuting"]


def test_maps_are_known(tmp_path: Path) -> None:
    geojson = found(feature_collection(["08001"]), tmp_path)
    shape = found(b"\x00\x00\x27\x0a" + b"\0" * 96, tmp_path, "a.SHP")
    package = found(b"SQLite format 3\x00" + b"\0" * 52 + b"GPKG" + b"\0" * 9, tmp_path)
    assert [r.reader for r in (geojson, shape, package)] == [MAPS] * 3


def test_companions_of_a_map_are_left_alone_in_an_archive(tmp_path: Path) -> None:
    names = {
        "a.shx": b"\x00\x00\x27\x0a",
        "a.dbf": b"\x03\0\0",
        "a.prj": "GEOGCS[]",
        "a.cpg": "UTF-8",
    }
    assert {recognise(m) for m in members(write_zip(tmp_path / "a.zip", names))} == {None}


def test_a_companion_by_itself_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="no table that is known"):
        found('GEOGCS["NAD83"]', tmp_path, "a.prj")


def test_a_few_columns_in_common_are_chance(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"no table that is known here .*'area_fips, year"):
        found("area_fips,year,rainfall,snow,frost,hail", tmp_path)


def test_a_long_header_is_cut_in_the_message(tmp_path: Path) -> None:
    with pytest.raises(DataFileError) as caught:
        found(",".join(f"column{n}" * 30 for n in range(50)), tmp_path)
    assert len(caught.value.message) < 400


def test_what_has_all_columns_of_qcew_is_asked_of_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An archive has them by the thousand."""

    def asked(start: object) -> None:
        raise AssertionError("it was asked")

    other = Reader("all", (), asked, QCEW.frames)
    monkeypatch.setattr(module, "READERS", (QCEW, other))
    assert found(",".join(header()), tmp_path).reader is QCEW
    with pytest.raises(AssertionError, match="it was asked"):
        found("a,b", tmp_path)


@pytest.mark.parametrize(("name", "what"), [("a.tar", "a tar archive"), ("b.7z", "a 7z archive")])
def test_an_archive_is_not_taken_for_the_table_that_lies_open_in_it(
    name: str, what: str, tmp_path: Path
) -> None:
    table = write(tmp_path / "flows.csv", flows())
    path = tmp_path / name
    if name.endswith("tar"):
        with tarfile.open(path, "w") as archive:
            archive.add(table)
    else:
        write(path, b"7z\xbc\xaf\x27\x1c" + table.read_bytes())
    with pytest.raises(NoTableError, match=f"it is {what}; unpack it first"):
        recognise(members(path)[0])


def test_a_workbook_that_nobody_can_read_is_told_what_helps(tmp_path: Path) -> None:
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 600
    locked = old + "EncryptedPackage".encode("utf-16-le")
    for content, name, words in (
        (locked, "a.xlsx", "a workbook with a password; save it without one"),
        (old, "a.xls", "an old Excel workbook or one with a password; save the sheet as CSV"),
        ("<html><table>", "b.xls", "named as a workbook; open it and save the sheet as CSV"),
        ("<html><table>", "b.csv", "the download probably failed"),
    ):
        with pytest.raises(NoTableError, match=words):
            found(content, tmp_path, name)


def test_a_list_of_naics_codes_is_no_fault_of_a_folder(tmp_path: Path) -> None:
    text = "Seq. No.,2022 NAICS US   Code,2022 NAICS US Title\n1,11,Farms\n"
    path = write(tmp_path / "codes.csv", text)
    with pytest.raises(NoTableError) as caught:
        recognise(members(path)[0])
    assert not caught.value.is_amiss
    assert caught.value.told == "codes.csv is a list of NAICS codes; those up to 2022 are built in"


@pytest.mark.parametrize("end", ["w_geocode", "h_geocode"])
def test_jobs_by_one_end_alone_are_told_which_file_has_both(end: str, tmp_path: Path) -> None:
    with pytest.raises(NoTableError, match=r"\(WAC or RAC\); flows .* take in its od file"):
        found(
            f"{end},C000,CA01,CA02,CA03,createdate\n080010078011000,10,2,5,3,20231016\n", tmp_path
        )
