"""The agencies' own files, taken in together: no row is lost, and what is withheld is missing."""

from __future__ import annotations

import csv
import gzip
import io
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from lmi.sources.archive import members
from lmi.sources.recognise import recognise
from lmi.store import Store
from lmi.store.ingest import ingest
from lmi.verify import verify_store
from tests.agency_files import REAL_FILES
from tests.builders import contents

MORE = ("boundaries", "commuting/colorado_county_flows_2015_2021.csv.gz")
SHARED = (*(f"qcew/{name}" for name in REAL_FILES), *MORE)
QUARTERS = ("1", "2", "3", "4")
MONTHS = ["month1_emplvl", "month2_emplvl", "month3_emplvl"]


@pytest.fixture(scope="module")
def store(real_store: Path, shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """What was taken in of QCEW, each file with no word, and then of maps and flows."""
    store = Store(tmp_path_factory.mktemp("real") / "store")
    made_of_it = shutil.ignore_patterns("estimates", "tables")
    shutil.copytree(real_store, store.root, ignore=made_of_it)
    results = ingest([shared_data / name for name in MORE], store.root)
    assert [o.message for o in results if o.status != "added"] == []
    return store


def rows_of(store: Store, name: str) -> int:
    catalogue = store.catalogue()
    return int(catalogue.loc[catalogue["name"] == name, "rows"].sum())


def csv_rows(path: Path) -> int:
    """Lines under the header of every CSV of a zip; these files hold no line end within a field."""
    with zipfile.ZipFile(path) as archive:
        members = [archive.read(name) for name in archive.namelist() if name.endswith(".csv")]
    return sum(member.count(b"\n") - 1 for member in members)


def test_every_file_is_taken_in(store: Store) -> None:
    assert Counter(store.catalogue()["table"]) == {
        "qcew_annual": 60, "qcew_quarterly": 19, "boundaries": 4, "commuting": 1,
    }  # fmt: skip


def test_the_same_files_again_change_not_a_byte(store: Store, shared_data: Path) -> None:
    before = contents(store)
    again = ingest([shared_data / name for name in SHARED], store.root)
    assert {o.status for o in again} == {"unchanged"}
    assert contents(store) == before


@pytest.mark.parametrize(
    ("name", "state", "n_areas"), [("colorado", "08", 66), ("central_ohio", "39", 16)]
)
def test_no_row_of_a_by_area_zip_is_lost(
    store: Store, shared_data: Path, name: str, state: str, n_areas: int
) -> None:
    path = shared_data / "qcew" / f"2016_qtrly_by_area_{name}.zip"
    rows = store.qcew("quarterly", states=[state], years=[2016])
    assert len(rows) == csv_rows(path) == rows_of(store, path.name)
    assert rows["area_fips"].nunique() == n_areas
    assert sorted(rows["qtr"].unique()) == list(QUARTERS)
    if name == "colorado":
        assert len(rows) == 228_952


def test_colorados_counties_add_up_to_colorado(store: Store) -> None:
    """With the unknown or undefined county, for every disclosed total by ownership."""
    measures = ["qtrly_estabs", *MONTHS, "total_qtrly_wages"]
    rows = store.qcew("quarterly", states=["08"], years=[2016], industries=["10"])
    rows = rows[rows["own_code"].isin(["0", "5"])]
    is_state = rows["area_fips"] == "08000"
    keys = ["own_code", "qtr"]
    state = rows[is_state].set_index(keys)[measures].sort_index()
    parts = rows[~is_state].groupby(keys)[measures].sum(min_count=65).sort_index()
    assert len(state) == 8
    totals = state.xs("0", level="own_code")
    assert totals["month1_emplvl"].tolist() == [2_493_436, 2_531_825, 2_579_825, 2_573_852]
    pd.testing.assert_frame_equal(parts.xs("0", level="own_code"), totals, check_dtype=False)
    estabs = "qtrly_estabs"  # published even where jobs are withheld
    pd.testing.assert_series_equal(parts[estabs], state[estabs], check_dtype=False)


def test_what_colorado_withholds_is_missing_and_its_zeros_are_zeros(store: Store) -> None:
    rows = store.qcew("quarterly", states=["08"], years=[2016])
    hidden = rows["disclosure_code"].notna()
    assert Counter(rows["disclosure_code"].dropna()) == {"N": 130_753, "-": 4_903}
    assert rows.loc[hidden, [*MONTHS, "total_qtrly_wages", "avg_wkly_wage"]].isna().all(axis=None)
    assert rows.loc[~hidden, [*MONTHS, "total_qtrly_wages"]].notna().all(axis=None)
    assert rows["qtrly_estabs"].notna().all()
    assert (rows.loc[rows["disclosure_code"] == "-", "qtrly_estabs"] == 0).all()
    assert (rows.loc[~hidden, "month1_emplvl"] == 0).any()
    assert rows.loc[rows["lq_disclosure_code"].notna(), "lq_month1_emplvl"].isna().all()
    assert rows.loc[rows["oty_disclosure_code"].notna(), "oty_month1_emplvl_chg"].isna().all()
    assert rows["lq_qtrly_estabs"].notna().all()


def test_slices_of_fifteen_counties_over_four_years(store: Store) -> None:
    found = store.periods("annual", states=["39"])
    counts = found.groupby("year")["area_fips"].nunique()
    assert counts.to_dict() == dict.fromkeys((2020, 2021, 2022, 2023), 15)
    whole = store.periods("quarterly", states=["39"])
    whole = whole[whole["year"] == 2020].groupby("area_fips")["qtr"].nunique()
    assert sorted(whole[whole == 4].index) == ["39041", "39049"]


def expected(column: str, row: dict[str, str]) -> str | float | None:
    """What the store is to hold of a printed field."""
    gate = next((g for g in ("lq_", "oty_") if column.startswith(g)), "") + "disclosure_code"
    printed = row[column].strip()
    if column in KEYS or column == gate:
        return printed or None
    is_shown = "estabs" in column or column == "year" or not row[gate].strip()
    return float(printed) if is_shown else None


KEYS = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "qtr")


@pytest.mark.parametrize(
    ("frequency", "name"),
    [("annual", "2020/a/area/39041.csv"), ("quarterly", "2020/3/area/39049.csv")],
)
def test_a_slice_is_stored_cell_by_cell(
    store: Store, shared_data: Path, frequency: str, name: str
) -> None:
    """Against Python's own reader of CSV."""
    text = (shared_data / "qcew" / "api" / name).read_text()
    printed = list(csv.DictReader(io.StringIO(text)))
    printed.sort(key=lambda row: [row[k] for k in KEYS])
    period = {"years": [int(printed[0]["year"])], "quarters": [printed[0]["qtr"]]}
    held = store.qcew(frequency, areas=[printed[0]["area_fips"]], **period)  # type: ignore[arg-type]
    assert [c for c in held if c != "source_id"] == list(printed[0])
    stored = held.astype(object).where(held.notna(), None).to_dict("records")
    assert len(printed) == len(stored) > 1000
    for row, found in zip(printed, stored, strict=True):
        assert {c: expected(c, row) for c in row} == {c: found[c] for c in row}


def test_the_national_slice_of_2019(store: Store) -> None:
    rows = store.qcew(
        "quarterly", areas=["US000"], years=[2019], industries=["10"], own_codes=["0"]
    )
    assert round(rows["month1_emplvl"].item() / 1e6, 2) == 145.33


def test_the_reconstructed_nation_of_2016(store: Store) -> None:
    rows = store.qcew("quarterly", areas=["US000"], years=[2016])
    assert sorted(rows["qtr"].unique()) == list(QUARTERS)
    assert rows["lq_month1_emplvl"].isna().all(), "it has no quotients"
    withheld = rows["disclosure_code"].notna()
    assert 0.22 < withheld.mean() < 0.26
    assert rows.loc[withheld, MONTHS].isna().all(axis=None)
    total = rows[(rows["own_code"] == "0") & (rows["qtr"] == "1")]["month1_emplvl"].item()
    assert total == 138_771_470


def test_codes_kept_their_leading_zeros(store: Store) -> None:
    areas = set(store.periods("quarterly")["area_fips"])
    assert {"08000", "08001", "08999", "39041", "US000"} <= areas
    assert {len(a) for a in areas} == {5}


@pytest.mark.parametrize(("year", "n_places", "first"), [(2021, 8, "09001"), (2023, 9, "09110")])
def test_connecticut_changed_its_counties(
    store: Store, year: int, n_places: int, first: str
) -> None:
    found = store.boundaries("county", ["09"], year)
    assert isinstance(found, gpd.GeoDataFrame)
    assert (len(found), found["area_fips"].min()) == (n_places, first)


@pytest.mark.parametrize("year", [2016, 2021, 2023])
def test_the_counties_of_colorado_lie_in_colorado(store: Store, year: int) -> None:
    counties, state = (store.boundaries(kind, ["08"], year) for kind in ("county", "state"))  # type: ignore[arg-type]
    assert isinstance(counties, gpd.GeoDataFrame)
    assert isinstance(state, gpd.GeoDataFrame)
    assert len(counties) == 64
    assert counties.crs == state.crs == 4326
    # At 1:20,000,000 the two are drawn alike to some hundred metres.
    outside = counties.geometry.union_all().symmetric_difference(state.geometry.item())
    assert outside.area / state.geometry.item().area < 0.001


def test_commuting_flows_of_seven_years(store: Store, shared_data: Path) -> None:
    path = shared_data / "commuting" / "colorado_county_flows_2015_2021.csv.gz"
    jobs: Counter[int] = Counter()
    for line in gzip.decompress(path.read_bytes()).decode().splitlines()[1:]:
        *_, n, year = line.split(",")
        jobs[int(year)] += int(n)
    flows = store.table("commuting")
    assert isinstance(flows, pd.DataFrame)
    assert len(flows) == 21_653
    assert flows.groupby("year")["jobs"].sum().to_dict() == jobs
    assert sorted(jobs) == list(range(2015, 2022))
    assert all(2.41 <= round(n / 1e6, 2) <= 2.62 for n in jobs.values())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("bls_titles/industry-titles.xlsx", "it is no table that is known here"),
        ("naics/2017_to_2022_NAICS.csv", "it is a list of NAICS codes"),
        ("regions/colorado_planning_management_regions.csv", "it is no table that is known here"),
        ("README.md", "it is no table that is known here"),
    ],
)
def test_what_is_no_data_of_the_store_is_refused(
    shared_data: Path, tmp_path: Path, name: str, words: str
) -> None:
    result = ingest([shared_data / name], tmp_path / "store")[0]
    assert result.status == "failed"
    assert result.message.startswith(f"{shared_data / name}: {words}")


def test_no_row_of_the_agencys_files_is_odd_but_those_that_were_altered(shared_data: Path) -> None:
    """County, state and nation, quarters and years from 2016 to 2024: 750,000 rows."""
    said: dict[str, list[str]] = {}
    n_rows = 0
    paths = (p for p in (shared_data / "qcew").rglob("*") if p.suffix in (".csv", ".gz", ".zip"))
    for path in sorted(paths):
        for member in members(path):
            kind = recognise(member)
            assert kind is not None
            found = said.setdefault(path.name, [])
            n_rows += sum(f.height for f in kind.reader.read(member, kind.table, found))
    altered = said.pop("2021.annual.singlefile_hawaii_altered.csv.gz")
    assert {remark for remarks in said.values() for remark in remarks} == set()
    assert n_rows >= 749_988
    assert [one.split(", where")[0] for one in altered[:2]] == [
        "kept as it is: line 2 (15000/0/10 2021)",
        "kept as it is: line 1,486 (15000/5/5112 2021)",
    ]


def test_the_altered_file_is_named_by_ingest_and_by_verify(
    shared_data: Path, tmp_path: Path
) -> None:
    path = shared_data / "qcew" / "hawaii" / "2021.annual.singlefile_hawaii_altered.csv.gz"
    store = Store(tmp_path / "store")
    [result] = ingest([path], store.root)
    assert (result.status, result.rows) == ("added", 9144)
    offenders = verify_store(store, areas=["15000"]).offenders
    named = set(zip(offenders["own_code"], offenders["industry_code"], strict=True))
    for own, industry in (("0", "10"), ("5", "5112")):
        assert (own, industry) in named
        assert f"15000/{own}/{industry} 2021" in result.message
