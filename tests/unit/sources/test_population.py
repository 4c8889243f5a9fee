"""Population estimates in the layouts of the Census Bureau and of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from tests.builders import refusal, take_in, write


def found(text: str, folder: Path) -> dict[tuple[str, int], int]:
    store = Store(folder / "store")
    take_in(store, write(folder / "a.csv", text))
    rows = store.table("population").drop(columns="source_id").itertuples(index=False)
    return {(row.area_fips, row.year): row.population for row in rows}


@pytest.mark.parametrize(
    "header",
    [
        "year,state,county,state_name,county_name,population",
        "Year,STATE_FIPS,COUNTY_FIPS,State name,County name,Pop",
    ],
)
@pytest.mark.parametrize("cut", [False, True], ids=["codes as text", "zeros lost"])
def test_a_row_for_each_county_and_year(header: str, cut: bool, tmp_path: Path) -> None:
    codes = ("8,1", "8,13") if cut else ("08,001", "08,013")
    rows = [f"2020,{codes[0]},Colorado, Adams County,519572", f"2021,{codes[1]},Colorado,x,329543"]
    assert found("\n".join([header, *rows]), tmp_path) == {
        ("08001", 2020): 519572,
        ("08013", 2021): 329543,
    }


def test_a_column_for_each_year(tmp_path: Path) -> None:
    text = (
        "SUMLEV,REGION,DIVISION,STATE,COUNTY,STNAME,CTYNAME,ESTIMATESBASE2020,POPESTIMATE2020,"
        "POPESTIMATE2021,NPOPCHG2021\n"
        "10,0,0,0,0,United States,United States,331449281,331526933,332048977,522044\n"
        "40,4,8,8,0,Colorado,Colorado,5773714,5784156,5811596,27440\n"
        "50,4,8,8,1,Colorado,Adams County,519572,520070,522140,2070\n"
    )
    assert found(text, tmp_path) == {
        ("US000", 2020): 331526933,
        ("US000", 2021): 332048977,
        ("08000", 2020): 5784156,
        ("08000", 2021): 5811596,
        ("08001", 2020): 520070,
        ("08001", 2021): 522140,
    }


def test_areas_by_their_titles(tmp_path: Path) -> None:
    text = (
        "table with row headers in column A\n"
        "Annual Estimates of the Resident Population\n"
        'Geographic Area,"April 1, 2020 Estimates Base",2020,2021\n'
        'United States,"331,449,281","331,526,933","332,048,977"\n'
        'Northeast,"57,609,148","57,430,477","57,243,423"\n'
        '".Doña Ana County, New Mexico","219,563","219,805","221,508"\n'
        '".District of Columbia, District of Columbia","689,548","670,839","669,256"\n'
        "Note: The estimates are based on the 2020 Census\n"
    )
    assert found(text, tmp_path) == {
        ("US000", 2020): 331526933,
        ("US000", 2021): 332048977,
        ("35013", 2020): 219805,
        ("35013", 2021): 221508,
        ("11001", 2020): 670839,
        ("11001", 2021): 669256,
    }


def test_a_title_that_no_area_bears_is_named(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", 'Geographic Area,2020\n".Atlantis County, Colorado",7\n')
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 2: no area is called '.Atlantis County, Colorado'; ")


@pytest.mark.parametrize("sumlev", ["162", "157", "061", "071"])
def test_a_city_is_not_its_state_nor_a_part_its_county(sumlev: str, tmp_path: Path) -> None:
    text = (
        "SUMLEV,STATE,COUNTY,PLACE,NAME,POPESTIMATE2020\n"
        "40,8,0,0,Colorado,5784156\n"
        f"{sumlev},8,0,4000,Aurora city,387000\n"
        f"{sumlev},8,1,4000,Aurora city (pt.),48000\n"
    )
    assert found(text, tmp_path) == {("08000", 2020): 5784156}


def test_a_part_of_the_people_is_not_all_of_them(tmp_path: Path) -> None:
    text = "state,county,year,sex,population\n08,001,2020,Male,260000\n"
    path = write(tmp_path / "a.csv", text)
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(
        f"{path}, line 2: the rows are of parts of the people (sex is 'Male')"
    )
