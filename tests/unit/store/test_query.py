"""What the store answers."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from lmi.errors import StoreError
from lmi.missing import Missing
from lmi.store import Store
from tests.builders import contents, feature_collection, flows, jobs, qcew, take_in, write

CELLS = """
    US000 0 10 900 9000 90000000
    US000 5 62  90  900  9000
    08000 0 10  99  999  9999
    08001 0 10  50  500  5000
    08001 5 62   5   50   500
    08003 0 10  40  400  4000
    41005 0 10   7   70   700
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Seven cells a year for two years, two of them a quarter too, flows, and maps of two years."""
    folder = tmp_path_factory.mktemp("store")
    made = Store(folder / "store")
    take_in(
        made,
        write(folder / "2016.csv", qcew(CELLS)),
        write(folder / "2017.csv", qcew(CELLS, year=2017)),
        write(folder / "q2.csv", qcew("08001 0 10 50 520 1300", qtr="2")),
        write(folder / "q1.csv", qcew("08001 0 10 50 510 1200", qtr="1")),
        write(folder / "flows.csv", flows("08003 08001 5", "08001 08003 9")),
        write(folder / "c_2021.json", feature_collection(["08001", "08003", "09001"])),
        write(folder / "c_2023.json", feature_collection(["08001", "08003", "09110"])),
        write(folder / "s_2023.json", feature_collection(["08", "09"])),
    )
    return made


def test_rows_come_sorted_by_key_with_every_column_and_their_source(store: Store) -> None:
    rows = store.qcew("annual")
    keys = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"]
    assert list(rows.columns) == [*store_columns("annual"), "source_id"]
    assert rows[keys].to_numpy().tolist() == rows.sort_values(keys)[keys].to_numpy().tolist()
    assert len(rows) == 14
    assert set(rows["source_id"]) == {1, 2}
    assert list(rows.index) == list(range(14))


def store_columns(frequency: str) -> list[str]:
    from lmi.schema import qcew_table

    return list(qcew_table(frequency).names)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"areas": ["08001"]}, ["08001 0 10", "08001 5 62"]),
        ({"areas": ["08001", "41005"], "industries": ["10"]}, ["08001 0 10", "41005 0 10"]),
        ({"states": ["08"], "own_codes": ["5"]}, ["08001 5 62"]),
        ({"states": ["US"]}, ["US000 0 10", "US000 5 62"]),
        ({"agglvl_codes": ["50", "10"]}, ["08000 0 10", "US000 0 10"]),
        ({"areas": (a for a in ["08003"])}, ["08003 0 10"]),
        ({"areas": []}, []),
        ({"areas": ["08999"]}, []),
        ({"industries": ["62"], "own_codes": ["0"]}, []),
        ({"quarters": ["1"]}, []),
    ],
)
def test_choices_narrow_the_rows(store: Store, chosen: dict, expected: list[str]) -> None:
    assert list(jobs(store, years=[2016], **chosen)) == expected


def test_years_and_quarters_are_chosen(store: Store) -> None:
    assert set(store.qcew("annual", years=[2017, 2031])["year"]) == {2017}
    assert store.qcew("annual", years=[2031]).empty
    assert list(jobs(store, "quarterly", quarters=["2"]).values()) == [520]
    assert store.qcew("quarterly")["qtr"].tolist() == ["1", "2"]


def test_an_answer_without_rows_has_the_columns_and_types(store: Store, tmp_path: Path) -> None:
    full, none = store.qcew("annual"), store.qcew("annual", areas=["08999"])
    empty = Store(tmp_path).qcew("annual")
    assert list(none.columns) == list(empty.columns) == list(full.columns)
    assert none.dtypes.equals(empty.dtypes)
    text = ["area_fips", "own_code", "industry_code"]
    assert none.dtypes[text].equals(full.dtypes[text])


def test_columns_are_chosen(store: Store) -> None:
    rows = store.qcew(
        "annual", areas=["08003"], years=[2016], columns=["annual_avg_emplvl", "year"]
    )
    assert rows.to_dict("list") == {"annual_avg_emplvl": [400], "year": [2016]}


def test_codes_are_text(store: Store) -> None:
    rows = store.qcew("annual")
    for name in ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "qtr"):
        assert pd.api.types.is_string_dtype(rows[name]), name
    assert "08001" in set(rows["area_fips"])


def test_periods_list_areas_and_quarters(store: Store) -> None:
    found = store.periods("quarterly")
    assert found.to_numpy().tolist() == [["08001", 2016, "1"], ["08001", 2016, "2"]]
    assert len(store.periods("annual", states=["41"])) == 2


def test_current_rows_are_counted_by_place_year_and_source(store: Store) -> None:
    counted = store.current_rows()
    sums = counted.groupby("source_id")["rows"].sum().to_dict()
    catalogue = store.catalogue()
    assert sums == dict(zip(catalogue["source_id"], catalogue["current"], strict=True))
    here = counted[(counted["table"] == "qcew_annual") & (counted["state"] == "08")]
    rows = store.qcew("annual", states=["08"])
    assert here.groupby("year")["rows"].sum().to_dict() == rows.groupby("year").size().to_dict()
    maps = counted[counted["table"] == "boundaries"]
    assert set(maps["kind"]) == {"county", "state"}
    whole = counted[counted["table"] == "commuting"]
    assert whole[["kind", "state"]].to_numpy().tolist() == [["", ""]]
    assert whole["year"].isna().all()


def test_another_table_comes_in_order_of_key(store: Store) -> None:
    found = store.table("commuting")
    assert isinstance(found, pd.DataFrame)
    assert found["jobs"].tolist() == [9, 5]
    assert "source_id" in found


def test_a_table_that_is_not_there_says_what_would_bring_it(store: Store) -> None:
    found = store.table("projections")
    assert isinstance(found, Missing)
    assert str(found).startswith("No projections table: none is in the store. To add it, ingest")
    assert "projected_emplvl" in found.remedy
    assert isinstance(store.table("commuting", as_of=4), Missing)
    with pytest.raises(StoreError, match="There is no table 'wages'"):
        store.table("wages")


@pytest.mark.parametrize(
    ("year", "codes"), [(None, "09110"), (2024, "09110"), (2022, "09001"), (1990, "09001")]
)
def test_a_map_of_the_year_or_the_nearest_before_it_is_taken(
    store: Store, year: int | None, codes: str
) -> None:
    found = store.boundaries("county", ["09", "08"], year)
    assert isinstance(found, gpd.GeoDataFrame)
    assert found["area_fips"].tolist() == ["08001", "08003", codes]
    assert found.crs == 4326


def test_a_map_that_is_not_there_names_the_state(store: Store) -> None:
    assert isinstance(store.boundaries("state", ["08"]), gpd.GeoDataFrame)
    found = store.boundaries("county", ["08", "41"])
    assert isinstance(found, Missing)
    assert str(found).startswith(
        "No map of Oregon: no county boundaries of Oregon are in the store"
    )
    assert "cb_2023_us_county" in found.remedy


def test_a_source_is_named_by_its_number_or_its_hash(store: Store) -> None:
    sha = store.catalogue()["sha256"][2]
    assert store.source_id_of("3") == store.source_id_of(sha[:6]) == store.source_id_of(sha) == 3
    for wrong in ("99", sha[:5], "zzzzzz", ""):
        with pytest.raises(StoreError, match="names no sources of the store; give a source_id or"):
            store.source_id_of(wrong)
    newest = store.catalogue().iloc[-1]
    with pytest.raises(StoreError, match=rf"lists {newest.source_id} \({newest['name']}\)"):
        store.source_id_of("99")


def test_an_empty_store_answers(tmp_path: Path) -> None:
    empty = Store(tmp_path / "not there")
    assert empty.catalogue().empty
    assert empty.qcew("quarterly").empty
    assert empty.periods("annual").empty
    assert isinstance(empty.table("commuting"), Missing)
    assert isinstance(empty.boundaries("county", ["08"]), Missing)
    assert not (tmp_path / "not there").exists(), "to read is not to make"


def test_a_store_that_is_open_sees_what_comes_in(tmp_path: Path) -> None:
    opened = Store(tmp_path / "store")
    assert jobs(opened) == {}
    take_in(tmp_path / "store", write(tmp_path / "1.csv", qcew("08001 0 10 1 11 10")))
    assert jobs(opened) == {"08001 0 10": 11}
    take_in(tmp_path / "store", write(tmp_path / "2.csv", qcew("08001 0 10 1 22 10")))
    assert jobs(opened) == {"08001 0 10": 22}


def test_a_part_that_was_deleted_is_an_error_in_words(tmp_path: Path) -> None:
    made = Store(tmp_path / "store")
    take_in(
        made,
        write(tmp_path / "1.csv", qcew()),
        write(tmp_path / "f.csv", flows()),
        write(tmp_path / "m.json", feature_collection(["08001"])),
    )
    for part in made.root.rglob("*.parquet"):
        part.unlink()
    for ask in (
        lambda: made.qcew("annual"),
        lambda: made.table("commuting"),
        lambda: made.boundaries("county", ["08"]),
    ):
        with pytest.raises(StoreError, match=r"lacks its part .*\.parquet; .*ingest again"):
            ask()


def test_answers_do_not_depend_on_the_order_of_arrival(tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"{n}.csv", text)
        for n, text in enumerate(
            (
                qcew("08003 0 10 1 3 10\n08003 5 62 1 2 10"),
                qcew("08001 0 10 1 1 10"),
                qcew("08001 0 10 1 9 10", year=2017),
                flows("08001 08003 9"),
                flows("08003 08001 5"),
            )
        )
    ]
    answers = []
    for n, order in enumerate(random.Random(1).sample(list(itertools.permutations(files)), 4)):
        made = Store(tmp_path / f"store {n}")
        for path in order if n % 2 else [order]:
            take_in(made, *([path] if n % 2 else path))  # type: ignore[misc]
        answers.append([made.qcew("annual"), made.table("commuting")])
    for answer in answers[1:]:
        for one, other in zip(answers[0], answer, strict=True):
            assert one.drop(columns="source_id").equals(other.drop(columns="source_id"))


def test_reading_changes_nothing(store: Store) -> None:
    before = contents(store)
    store.qcew("annual")
    store.boundaries("county", ["08"])
    store.table("commuting")
    assert contents(store) == before
