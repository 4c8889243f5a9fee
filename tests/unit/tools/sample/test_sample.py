"""The files of the embedded sample: made by the script, small, and of no real place."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from pathlib import Path

import pytest

from lmi import codes, sample
from tools.sample import places
from tools.sample.make import make

ROOT = Path(__file__).resolve().parents[4]
REGIONS = ROOT / "regions" / "sample"


def content(path: Path) -> object:
    """What a file says: for a zip its members, because zlib's releases pack differently."""
    if path.suffix != ".zip":
        return path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        return [(i.filename, i.date_time, i.CRC, archive.read(i)) for i in archive.infolist()]


@pytest.mark.program
def test_the_committed_files_are_what_the_script_makes(tmp_path: Path) -> None:
    make(tmp_path / "data", tmp_path / "regions")
    made = {p.relative_to(tmp_path / "data"): p for p in (tmp_path / "data").rglob("*.*")}
    committed = {p.relative_to(sample.data_dir()): p for p in sample.files()}
    assert sorted(made) == sorted(committed)
    for name, path in made.items():
        assert content(path) == content(committed[name]), name
    assert content(tmp_path / "regions/projections.csv") == content(REGIONS / "projections.csv")


def test_the_data_files_stay_under_four_megabytes() -> None:
    assert sum(path.stat().st_size for path in sample.files()) < 4_000_000


def test_zips_and_members_are_named_as_the_agency_names_them() -> None:
    names = {path.name for path in sample.files() if path.suffix == ".zip"}
    years = range(2017, 2024)
    assert names == {f"{year}_annual_by_area.zip" for year in years} | {
        "2022_qtrly_by_area.zip",
        "2023_qtrly_by_area.zip",
    }
    with zipfile.ZipFile(sample.data_dir() / "2023_annual_by_area.zip") as archive:
        members = archive.namelist()
    assert "2023.annual.by_area/2023.annual 99001 Brackwater County, Halvane.csv" in members
    assert "2023.annual.by_area/2023.annual 99000 Halvane -- Statewide.csv" in members
    assert "2023.annual.by_area/2023.annual 99999 Unknown Or Undefined, Halvane.csv" in members
    assert members == sorted(members)
    with zipfile.ZipFile(sample.data_dir() / "2022_qtrly_by_area.zip") as archive:
        assert "2022.q1-q4.by_area/2022.q1-q4 ZZ000 Merrowland TOTAL.csv" in archive.namelist()


def test_no_real_area_has_the_codes_or_the_names_of_the_sample() -> None:
    real_states = {codes.state_name(s) for s in codes.STATES if s != codes.SAMPLE_STATE}
    real_counties = {
        re.sub(r" (County|Parish|Borough).*", "", name)
        for state in codes.STATES
        if state != codes.SAMPLE_STATE
        for name in codes.counties_of(state).values()
    }
    assert places.STATE_FIPS == codes.SAMPLE_STATE
    assert places.NATION == codes.SAMPLE_NATION
    assert places.STATE not in real_states
    assert not {county.name for county in places.counties()} & real_counties
    assert all(codes.nation_of(c.area_fips) == "ZZ000" for c in places.counties())


def layout(line: str) -> str:
    """How a row is written: quotes and decimals, without its words and numbers."""
    line = re.sub(r'"[^"]*"', lambda m: '""' if m[0] == '""' else '"x"', line)
    return re.sub(r"-?\d+", "9", re.sub(r"-?\d+\.", "9.", line))


def test_rows_are_written_exactly_as_in_a_real_by_area_file(shared_data: Path) -> None:
    def texts(path: Path) -> list[list[str]]:
        with zipfile.ZipFile(path) as archive:
            found = [archive.read(name).decode() for name in sorted(archive.namelist())]
        assert all(text.endswith("\r\n") for text in found)
        return [text.split("\r\n")[:-1] for text in found]

    ours = texts(sample.data_dir() / "2023_qtrly_by_area.zip")
    real = texts(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip")
    assert {header for header, *_ in ours} == {header for header, *_ in real}
    unseen = {layout(row) for _, *rows in ours for row in rows}
    for _, *rows in real:
        if not unseen:
            break
        unseen -= set(map(layout, rows))
    assert not unseen


def test_a_slice_is_written_exactly_as_a_real_one(shared_data: Path) -> None:
    real = (shared_data / "qcew/api/2023/a/area/39041.csv").read_text()
    ours = (sample.data_dir() / "api/2023/a/area/ZZ000.csv").read_text()
    assert ours.splitlines()[0] == real.splitlines()[0]
    plain = re.compile(r"^\w+(,[\w-]+){6},N?(,-?\d+){7},N?(,\d+\.\d+){7},N?(,-?\d+,-?\d+\.\d){7}$")
    assert all(plain.match(line) for line in real.splitlines()[1:])
    assert all(plain.match(line) for line in ours.splitlines()[1:])


def test_boundaries_name_the_counties_of_2023_with_the_columns_of_the_census() -> None:
    path = sample.data_dir() / "cb_2023_99_county.geojson"
    found = [f["properties"] for f in json.loads(path.read_text())["features"]]
    assert [p["GEOID"] for p in found] == [c.area_fips for c in places.counties(2023)]
    assert found[0]["NAMELSAD"] == "Brackwater County"
    columns = ["STATEFP", "COUNTYFP", "COUNTYNS", "GEOIDFQ", "GEOID", "NAME", "NAMELSAD"]
    assert list(found[0]) == [*columns, "STUSPS", "STATE_NAME", "LSAD", "ALAND", "AWATER"]


@pytest.mark.parametrize("table", ["engagement", "local_knowledge"])
def test_what_teams_wrote_names_candidates_that_exist(table: str) -> None:
    from lmi.config import load_candidates, load_state

    state = load_state("sample", ROOT / "regions")
    keys = {candidate.key for candidate in load_candidates(state, ROOT / "regions")}
    with (REGIONS / f"{table}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert len(rows) >= 20
    assert {row["candidate"] for row in rows} <= keys
    if table == "local_knowledge":
        assert {row["region"] for row in rows} == {region.key for region in state.regions}
        assert {row["rating"] for row in rows} <= set("12345")
    else:
        systems = {"workforce", "education", "economic development", "community"}
        assert {row["system"] for row in rows} == systems
