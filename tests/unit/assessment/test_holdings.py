"""What the store holds for a state: a store with one gap of every kind finds each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.assessment.holdings import Holdings, read_holdings
from lmi.assessment.opening import open_state
from lmi.store import Store
from tests.builders import flows, qcew, take_in, write

NATION, STATE = "US000", "15000"
HAWAII, HONOLULU, KAUAI, MAUI = "15001", "15003", "15007", "15009"
COUNTIES = (HAWAII, HONOLULU, KAUAI, MAUI)
CELLS = """
    {area} 0 10 10 100 9
    {area} 5 10  9  90 8
    {area} 5 23  4  40 4
    {area} 5 62  3   0 0 N
    {area} 5 72  2   0 0 N
"""


def cells_of(*areas: str) -> str:
    return "".join(CELLS.format(area=area) for area in areas)


HIDDEN_TOTAL = f"""
    {KAUAI} 0 10 10 100 9
    {KAUAI} 5 10  9   0 0 N
    {KAUAI} 5 62  3   0 0 N
"""
ONE_SECTOR_HIDDEN = f"""
    {MAUI} 0 10 10 100 9
    {MAUI} 5 10  9  90 8
    {MAUI} 5 23  4  40 4
    {MAUI} 5 62  3   0 0 N
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """2016 whole; 2017 nowhere; 2018 without nation and Maui; 2019 half; 2021 without the state."""
    folder = tmp_path_factory.mktemp("files")
    made = Store(folder / "store")

    def file(name: str, cells: str, year: int, qtr: str = "A") -> Path:
        return write(folder / f"{name}.csv", qcew(cells, year, qtr))

    new = cells_of(NATION, STATE, HAWAII, HONOLULU) + HIDDEN_TOTAL + ONE_SECTOR_HIDDEN
    take_in(made, file("2016", cells_of(NATION, STATE, *COUNTIES), 2016))
    take_in(made, file("2018", cells_of(STATE, HAWAII, HONOLULU, KAUAI), 2018))
    for quarter in "12":
        take_in(made, file(f"2019q{quarter}", cells_of(*COUNTIES), 2019, quarter))
    take_in(made, file("2021", cells_of(NATION, *COUNTIES), 2021))
    take_in(made, file("2022_first", new.replace(" 40 4", " 41 4"), 2022))
    take_in(made, file("2022_revised", new, 2022), vintage="revised")
    take_in(made, file("2016_nevada", cells_of("32000", "32001"), 2016))
    take_in(made, write(folder / "flows.csv", flows(f"{HAWAII} {HONOLULU} 72", year=2020)))
    return made


@pytest.fixture(scope="module")
def held(store: Store) -> Holdings:
    return read_holdings(open_state("hawaii", store=store), 2022)


def test_files_say_what_replaced_them_and_leave_other_states_out(held: Holdings) -> None:
    files = held.files.set_index("name")
    assert list(files.index) == [
        "2016.csv", "2018.csv", "2019q1.csv", "2019q2.csv", "2021.csv", "2022_first.csv",
        "2022_revised.csv", "flows.csv",
    ]  # fmt: skip
    assert held.n_elsewhere == 1
    assert files.loc["2022_first.csv", ["current", "replaced_by"]].tolist() == [
        0, "2022_revised.csv",
    ]  # fmt: skip
    kept = files.drop("2022_first.csv")
    assert (kept["current"] == kept["rows"]).all()
    assert (kept["replaced_by"] == "").all()


def test_whole_years_are_counted_by_place(held: Holdings) -> None:
    counties = held.whole[held.whole["place"] == "county"].set_index("year")
    assert counties[["present", "expected"]].to_numpy().tolist() == [
        [4, 4], [3, 4], [4, 4], [4, 4],
    ]  # fmt: skip
    assert held.years == [2016, 2018, 2021, 2022]
    assert [y for y in held.years if held.has("nation", y)] == [2016, 2021, 2022]
    assert [y for y in held.years if held.has("state", y)] == [2016, 2018, 2022]


def test_quarters_are_there_without_making_a_year(held: Holdings) -> None:
    quarters = held.periods[held.periods["qtr"] != "A"]
    assert quarters[["place", "year", "qtr", "present"]].to_numpy().tolist() == [
        ["county", 2019, "1", 4],
        ["county", 2019, "2", 4],
    ]


def test_a_county_that_lacks_a_year_is_named_with_it(held: Holdings) -> None:
    assert held.absent[["area_fips", "year"]].to_numpy().tolist() == [[MAUI, 2018]]


def test_a_county_that_has_no_year_is_named_once(store: Store, tmp_path: Path) -> None:
    small = Store(tmp_path / "store")
    for year in (2016, 2018):
        cells = cells_of(HAWAII, HONOLULU, KAUAI)
        take_in(small, write(tmp_path / f"{year}.csv", qcew(cells, year)))
    absent = read_holdings(open_state("hawaii", store=small)).absent
    assert absent["area_fips"].tolist() == [MAUI]
    assert absent["year"].isna().all()


def test_withheld_is_counted_on_every_level_and_never_as_zero(held: Holdings) -> None:
    shares = held.withheld[held.withheld["period"] == "2022"].set_index("level")
    # Hawaii and Honolulu two of three sectors each, Kauai one of one, Maui one of two
    assert shares.loc["sector", ["cells", "withheld"]].tolist() == [9, 6]
    # totals of three counties are 270, their published sectors 120; Kauai has no total
    assert shares.loc["sector", "jobs_share"] == pytest.approx(150 / 270)


def test_a_county_whose_total_is_withheld_says_so_and_has_no_share(held: Holdings) -> None:
    counties = held.counties.set_index("area_fips")
    assert counties["total_is_withheld"].to_dict() == {
        KAUAI: True, HAWAII: False, HONOLULU: False, MAUI: False,
    }  # fmt: skip
    assert counties["jobs_share"].isna().to_dict() == {
        KAUAI: True, HAWAII: False, HONOLULU: False, MAUI: True,
    }  # fmt: skip
    assert counties.loc[HAWAII, "jobs_share"] == pytest.approx(50 / 90)


def test_breaks_name_the_revision_between_the_years_that_are_there(held: Holdings) -> None:
    found = held.breaks[["year0", "year1", "since", "reason"]].to_numpy().tolist()
    assert found == [[2016, 2018, 2017, "NAICS 2017"], [2021, 2022, 2022, "NAICS 2022"]]


def test_profiles_say_from_where_growth_is_and_what_is_compared(held: Holdings) -> None:
    made = held.profiles.set_index("year")
    assert made.loc[2022, ["base", "has_state", "has_nation", "base_has_nation"]].tolist() == [
        2018, True, True, False,
    ]  # fmt: skip
    assert not made.loc[2021, "has_state"]
    assert not made.loc[2018, "has_nation"]
    assert made.loc[2018, "n_failed"] == 1
    assert "15009" in made.loc[2018, "why"]


def test_other_tables_are_there_or_not_with_their_years(held: Holdings) -> None:
    others = held.others[held.others["place"] == "store"].set_index("table")
    assert others.loc["commuting", ["rows", "first", "last"]].tolist() == [1, 2020, 2020]
    assert others.loc["projections", "rows"] == 0


def test_a_state_s_own_projections_are_counted_where_it_maps_some(tmp_path: Path) -> None:
    columns = "place,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl"
    rows = [f"{place},10,0,2017,2027,100,110,growth,A" for place in ("colorado/region-1", "15000")]
    made = Store(tmp_path / "store")
    take_in(made, write(tmp_path / "a.csv", "\n".join([f"{columns},counts,source", *rows])))
    others = read_holdings(open_state("colorado", store=made)).others.set_index("table")
    assert others.loc["state_projections", ["rows", "first", "last"]].tolist() == [1, 2017, 2027]
    others = read_holdings(open_state("hawaii", store=made)).others
    assert "state_projections" not in {*others["table"]}


def test_a_year_that_is_not_there_gives_way_to_the_newest(store: Store) -> None:
    found = read_holdings(open_state("hawaii", store=store), 2020)
    assert (found.asked, str(found.period)) == (2020, "2022")


def test_one_quarter_is_shown_where_no_year_is_whole(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "q.csv", qcew(cells_of(HONOLULU), 2020, "3")))
    found = read_holdings(open_state("hawaii", store=store), 2020)
    assert (str(found.period), found.years, len(found.profiles)) == ("2020Q3", [], 0)
    assert found.withheld.set_index("level").loc["sector", "withheld"] == 2


def test_an_empty_store_holds_nothing(tmp_path: Path) -> None:
    found = read_holdings(open_state("hawaii", store=tmp_path), 2023)
    assert found.is_empty
    assert found.files.empty and found.periods.empty and found.counties.empty
