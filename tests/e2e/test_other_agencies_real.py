"""Other agencies' real files, each held against the numbers that stand in it or in print."""

from __future__ import annotations

import csv
import gzip
import io
import math
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

from lmi.store import Store
from lmi.store.file_result import FileResult
from lmi.store.ingest import ingest
from tests.agency_layouts import YEAR, Row, as_text, high_level, wid

FILES = (
    "population/county_populations_2014_2023.csv.gz",
    "commuting/acs_county_flows_2009_2013.csv.gz",
    "labor_force/us_counties_2007_2018.csv.gz",
    "labor_force/colorado_2015_2023.csv",
)


@pytest.fixture(scope="module")
def taken_in(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Store, dict[str, FileResult]]:
    store = Store(tmp_path_factory.mktemp("agencies") / "store")
    results = ingest([shared_data / name for name in FILES], store.root)
    assert [r.message for r in results if r.status != "added"] == []
    return store, {r.path.name: r for r in results}


@pytest.fixture(scope="module")
def store(taken_in: tuple[Store, dict[str, FileResult]]) -> Store:
    return taken_in[0]


def raw(path: Path, encoding: str = "utf-8") -> list[list[str]]:
    with gzip.open(path, "rt", encoding=encoding, newline="") as file:
        return list(csv.reader(io.StringIO(file.read())))


def test_residents_add_up_to_the_nation(store: Store, shared_data: Path) -> None:
    rows = store.table("population")
    written = raw(shared_data / FILES[0], "latin-1")[1:]
    assert len(rows) == len(written) == 31_426
    assert rows["population"].sum() == sum(int(row[-1]) for row in written)
    # The Census Bureau's vintages: July 2019 as of 2019, July 2023 as of 2023.
    years = rows.groupby("year")["population"].sum()
    assert years[2019] == 328_239_523
    assert years[2023] == 334_914_895
    planning_regions = rows[rows["area_fips"].str.startswith("091")]
    assert sorted(planning_regions["year"].unique()) == [2022, 2023]


def test_commuters_cross_state_lines_and_the_border(store: Store, shared_data: Path) -> None:
    rows = store.table("commuting_survey")
    written = [row for row in raw(shared_data / FILES[1])[1:] if row[4].isdigit()]
    assert rows["workers"].sum() == sum(int(row[4]) for row in written)
    assert set(rows["year"]) == {2013}
    margins: dict[str, float] = defaultdict(float)
    for state, county, work, _, _, margin in written:
        if not work.startswith("0"):
            margins[state + county] += int(margin) ** 2
    abroad = rows[rows["w_county_fips"] == "XX000"].set_index("h_county_fips")["margin_of_error"]
    assert abroad.to_dict() == {county: round(math.sqrt(m)) for county, m in margins.items()}
    into_denver = rows[(rows["w_county_fips"] == "08031") & (rows["h_county_fips"] == "56021")]
    assert len(into_denver) == 1, "people of Cheyenne work in Denver"


def test_a_file_of_columns_by_year_has_every_number(store: Store, shared_data: Path) -> None:
    rows = raw(shared_data / FILES[2])
    header = next(row for row in rows if row[0] == "FIPS")
    at = [name.strip() for name in header].index("Unemployed_2011")
    written = {r[0]: r[at].strip().replace(",", "") for r in rows if r[0].isdigit()}
    found = store.table("labor_force").query("year == 2011").set_index("area_fips")["unemployed"]
    assert found["US000"] == int(written.pop("00000"))
    expected = {code: int(n) for code, n in written.items() if n}
    assert found.drop("US000").to_dict() == expected


def test_halves_of_rows_are_put_together(
    taken_in: tuple[Store, dict[str, FileResult]],
) -> None:
    store, results = taken_in
    result = results["colorado_2015_2023.csv"]
    assert result.rows == 576
    assert result.message.startswith("27 rows put together from parts that fill each other's gaps")
    rows = store.table("labor_force").set_index(["area_fips", "year"])
    las_animas = rows.loc[("08071", 2016)]
    assert las_animas[["labor_force", "employed", "unemployed"]].tolist() == [6123, 5827, 296]
    colorado = rows[rows.index.get_level_values(0).str.startswith("08")].drop("08000").dropna()
    assert isinstance(colorado, pd.DataFrame)
    parts = colorado["employed"] + colorado["unemployed"] - colorado["labor_force"]
    assert parts.abs().max() <= 1


@pytest.mark.parametrize("layout", ["high-level", "workforce database"])
def test_a_county_in_another_layout_is_the_same_county(
    layout: str, shared_data: Path, tmp_path: Path
) -> None:
    """Franklin County's own slice, written as others write it."""
    path = shared_data / "qcew/api/2022/a/area/39049.csv"
    names = [*YEAR.values(), "annual_avg_estabs"]
    with path.open(newline="") as file:
        rows: list[Row] = [_numbered(row, names) for row in csv.DictReader(file)]
    if layout == "high-level":
        high = {"10", "101", "102", *(str(n) for n in (*range(1011, 1014), *range(1021, 1030)))}
        rows = [row for row in rows if row["industry_code"] in high]
        text = as_text(high_level(rows, YEAR, coded=False))
    else:
        text = as_text(wid([row for row in rows if row["size_code"] == "0"]))
    stores = Store(tmp_path / "slice"), Store(tmp_path / "other")
    assert [one.status for one in ingest([path], stores[0].root)] == ["added"]
    other = tmp_path / "other.csv"
    other.write_text(text)
    [result] = ingest([other], stores[1].root)
    assert (result.status, result.rows) == ("added", len(rows))
    own, found = (store.qcew("annual") for store in stores)
    keys = ["area_fips", "own_code", "industry_code", "agglvl_code"]
    measures = ["disclosure_code", "annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages"]
    expected = found[keys].merge(own, on=keys, how="left")
    columns = keys + measures
    pd.testing.assert_frame_equal(found[columns], expected[columns], check_dtype=False)
    assert found.loc[found["disclosure_code"] == "N", "annual_avg_emplvl"].isna().all()


def _numbered(row: dict[str, str], names: list[str]) -> Row:
    whole = {name: int(row[name]) for name in names if row[name].isdecimal()}
    return {**row, "disclosure_code": row["disclosure_code"].strip(), **whole}


def test_lists_of_industries_are_known_for_what_they_are(shared_data: Path, tmp_path: Path) -> None:
    results = ingest([shared_data / "naics"], tmp_path / "store")
    assert len(results) == 5
    for result in results:
        assert result.status == "left", "nothing is amiss with it"
        assert "is a list of NAICS codes; those up to 2022 are built in" in result.message
