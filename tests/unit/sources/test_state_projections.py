"""A state's own tables, read as the mapping in its state.yml says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent, indent

import pandas as pd
import pytest

from lmi.config import load_state
from lmi.store import Store
from lmi.store.file_result import FileResult
from lmi.store.ingest import ingest
from tests.builders import qcew, refusal, take_in, write

STATE = """\
state: Colorado
state_fips: "08"
title: Regions
source: {name: The office}
regions:
  north: {name: North, counties: ["08069", "08123"]}
  south: {name: South, counties: ["08101"]}
projections:
  own:
    source: The office, 2024
"""
LONG = """\
counts: all-jobs
base_year: 2024
projected_years: [2029, 2034]
columns: {place: Region, industry: Activity, year: Year, jobs: Jobs}
places: {"1": north, "2": south, "0": "08000", "9":}
industries: {CARE: "62", ALL: "10", LAND: ["11", "21"]}
left_out: {TOUR: what visitors spend on}
"""
ROWS = """\
Region,Activity,Year,Jobs
1,ALL,2023,900
1,ALL,2024,"1,000"
1,ALL,2029,1050
1,ALL,2034,1200
01,care,2024,100
01,care,2029,110
01,care,2034,130
2,LAND,2024,50
2,LAND,2029,45
2,LAND,2034,40
2,TOUR,2024,70
2,TOUR,2034,80
2,RETIRED,2024,70
0,ALL,2024,2900000
0,ALL,2034,3200000
9,ALL,2024,10
"""
SHOWN = ["place", "industry_code", "base_year", "projected_year", "base_emplvl",
         "projected_emplvl", "counts"]  # fmt: skip


@pytest.fixture
def regions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write the state's file with a mapping; its tables are then known."""
    monkeypatch.setenv("LMI_REGIONS", str(tmp_path / "regions"))

    def say(mapping: str) -> Path:
        folder = tmp_path / "regions" / "colorado"
        folder.mkdir(parents=True)
        return write(folder / "state.yml", STATE + indent(dedent(mapping), "    "))

    return say


def test_a_file_is_read_again_by_a_mapping_that_was_changed(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    mapping = regions(LONG)
    _, before = taken(tmp_path, ROWS)
    assert [r.status for r in ingest([before.path], tmp_path / "store")] == ["unchanged"]
    write(mapping, mapping.read_text().replace('"62"', '"621"'))
    found, result = taken(tmp_path, ROWS)
    assert {*found["industry_code"]} == {"10", "11", "21", "62", "621"}
    assert "read otherwise" in result.message and "`lmi remove 1`" in result.message


def taken(folder: Path, text: str) -> tuple[pd.DataFrame, FileResult]:
    store = Store(folder / "store")
    [result] = take_in(store, write(folder / "own.csv", text))
    return store.table("state_projections"), result


def test_a_row_for_each_year(regions: Callable[[str], Path], tmp_path: Path) -> None:
    regions(LONG)
    table, result = taken(tmp_path, ROWS)
    assert table[SHOWN].to_numpy().tolist() == [
        ["08000", "10", 2024, 2034, 2900000, 3200000, "all-jobs"],
        ["colorado/north", "10", 2024, 2029, 1000, 1050, "all-jobs"],
        ["colorado/north", "10", 2024, 2034, 1000, 1200, "all-jobs"],
        ["colorado/north", "62", 2024, 2029, 100, 110, "all-jobs"],
        ["colorado/north", "62", 2024, 2034, 100, 130, "all-jobs"],
        *(
            ["colorado/south", code, 2024, year, 50, jobs, "growth"]  # of neither industry alone
            for code in ("11", "21")
            for year, jobs in ((2029, 45), (2034, 40))
        ),
    ]
    assert {*table["source"]} == {"The office, 2024"} and {*table["own_code"]} == {"0"}
    assert (
        "3 rows left out (RETIRED and TOUR: what visitors spend on): projections.own in "
        "colorado/state.yml maps it to no industry" in result.message
    )
    assert "1 row left out (9): projections.own" in result.message
    assert "1 row left out (ALL): jobs of a year are absent or suppressed" in result.message


def test_a_column_for_each_year_and_names_that_say_both(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    mapping = """\
    base_year: 2024
    projected_years: [2034]
    columns: {name: OBS, jobs: "jobs {year}"}
    written: "{industry}R{place}"
    places: {"1": north, "11": south}
    industries: {CARER: "62", ALL: "10"}
    """
    regions(mapping)
    text = "OBS,Jobs 2023,Jobs 2024,Jobs 2034\nBLANK,,,\nCARERR1,9,10,11\n"
    text += "ALLR11,9,20,21.5\nALL,1,2,3\n"
    table, result = taken(tmp_path, text)
    assert table[SHOWN].to_numpy().tolist() == [
        ["colorado/north", "62", 2024, 2034, 10, 11, "jobs"],
        ["colorado/south", "10", 2024, 2034, 20, 21.5, "jobs"],
    ]
    assert "(ALL): it is not written {industry}R{place}" in result.message


def test_the_longest_place_that_a_name_can_end_in(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    mapping = """\
    base_year: 2024
    projected_years: [2034]
    columns: {name: id, base: old, projected: new}
    written: "{industry}{place}"
    places: {"1": north, "11": south}
    industries: {CARE: "62"}
    """
    regions(mapping)
    table, _ = taken(tmp_path, "id,old,new\nCARE1,10,11\nCARE11,20,21\n")
    assert table.set_index("place")["base_emplvl"].to_dict() == {
        "colorado/north": 10,
        "colorado/south": 20,
    }


def test_codes_of_naics_and_years_in_the_rows(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    """The layout of New York's open data, whose base_year holds jobs."""
    mapping = """\
    columns: {place: area, industry: industry_code, period: period, base: base_year,
              projected: projected_year}
    places: {North Country: north}
    """
    regions(mapping)
    text = (
        "area,period,industry_code,base_year,projected_year\n"
        "North Country,2022-2032,000000,1000,1100\n"
        "north  country,2022-2032,310000,100,90\n"
        "North Country,2022-2032,930000,70,70\n"
        "North Country,2022-2032,62,*,*\n"
    )
    table, result = taken(tmp_path, text)
    assert table[SHOWN].to_numpy().tolist() == [
        ["colorado/north", "10", 2022, 2032, 1000, 1100, "jobs"],
        ["colorado/north", "31-33", 2022, 2032, 100, 90, "jobs"],
    ]
    for words in ("(930000): that code is no industry", "(62): jobs of a year"):
        assert words in result.message


@pytest.mark.parametrize(
    ("column", "rates", "projected"),
    [("growth", "10.0%,-20", [110, 80]), ("growth_a_year", "1,-2", [110.462213, 81.707281])],
)
def test_growth_alone_is_of_a_base_of_100(
    column: str, rates: str, projected: list[float], regions: Callable[[str], Path], tmp_path: Path
) -> None:
    mapping = f"""\
    base_year: 2024
    projected_years: [2034]
    columns: {{industry: naics, {column}: pct}}
    place: south
    """
    regions(mapping)
    first, second = rates.split(",")
    table, _ = taken(tmp_path, f"naics,title,pct\n23,Building,{first}\n62,Care,{second}\n")
    assert table["base_emplvl"].tolist() == [100, 100]
    assert table["projected_emplvl"].tolist() == projected
    assert {*table["counts"]} == {"growth"} and {*table["place"]} == {"colorado/south"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "Region,Activity",
            "Regions,Activity",
            "line 1: it lacks the column 'region', which projections.own in colorado/state.yml "
            "names; perhaps you meant 'regions'; correct either",
        ),
        ("2,LAND", "3,LAND", "line 9: the place is '3', which projections.own in colorado"),
        ("2,LAND", ",LAND", "line 9: the place is empty, which projections.own in colorado"),
        ("LAND", "LANDS", "it has no activity 'LAND', which projections.own in colorado/state.yml"),
        ("2029", "2028", "it has no year 2029, which projections.own in colorado/state.yml names"),
        ("1050", "about 1050", "line 3: projected_emplvl is 'about 1050'"),
        ("1050", "105000", "cannot be more than 50-fold apart"),
    ],
)
def test_a_file_that_the_mapping_does_not_fit(
    old: str, new: str, words: str, regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(LONG)
    text = ROWS.replace(old, new)
    assert words in refusal(Store(tmp_path / "store"), write(tmp_path / "own.csv", text))


def test_shares_in_place_of_percent_are_refused(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(
        "base_year: 2024\nprojected_years: [2034]\n"
        "columns: {industry: naics, growth: pct}\nplace: south\n"
    )
    rows = "\n".join(f"{code},0.{n}" for n, code in enumerate(("22", "23", "42", "51", "62"), 1))
    words = refusal(Store(tmp_path / "store"), write(tmp_path / "own.csv", f"naics,pct\n{rows}\n"))
    assert "no pct is more than 0.5, as only shares are" in words and "multiply it by 100" in words


def test_files_of_one_layout_are_told_apart_by_their_names(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(LONG + "file: forecast_2024\n")
    other = write(tmp_path / "forecast_2019.csv", ROWS.replace("Jobs", "Number"))
    assert "no table that is known" in refusal(Store(tmp_path / "store"), other)
    [result] = take_in(tmp_path / "store", write(tmp_path / "Forecast_2024.csv", ROWS))
    assert result.rows == 9


def test_what_was_taken_in_goes_out_and_in_again(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(LONG)
    table, _ = taken(tmp_path, ROWS)
    again = write(tmp_path / "again.csv", table.to_csv(index=False))
    take_in(tmp_path / "other", again)
    pd.testing.assert_frame_equal(Store(tmp_path / "other").table("state_projections"), table)


def test_a_mapping_that_changed_is_read_anew_where_the_file_is_to_replace(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    from lmi.store.ingest import ingest

    file = regions(LONG)
    taken(tmp_path, ROWS)
    file.write_text(file.read_text().replace('CARE: "62"', 'CARE: "621"'))
    ingest([tmp_path / "own.csv"], tmp_path / "store", replace=True)
    codes = Store(tmp_path / "store").table("state_projections")["industry_code"]
    assert {*codes} == {"10", "11", "21", "621"}


def test_a_mistake_in_the_mapping_is_told_of_a_table_that_nobody_knows(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    file = regions(LONG.replace("2034]", "2023]"))
    store = Store(tmp_path / "store")
    words = refusal(store, write(tmp_path / "own.csv", ROWS.replace("Jobs", "Number")))
    assert f"{file}, line 13: projections.own.projected_years: 2023 is not 1 to 30 years" in words
    thresholds = "area_fips,household,year,annual_wage,source\n08001,one,2024,50000,A\n"
    [result] = take_in(store, write(tmp_path / "other.csv", thresholds))
    assert result.table == "thresholds", "other files are read"


def test_a_mapping_that_names_the_file_goes_before_a_layout_that_is_known(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    """An export of a workforce database by the state's own regions, which are no areas of QCEW."""
    mapping = """\
    file: by_region
    columns: {place: area, industry: matincode, period: perioddesc, base: estindprj,
              projected: projindprj}
    places: {"000015": north}
    """
    regions(mapping)
    text = (
        "stfips,areatype,area,perioddesc,matincode,estindprj,projindprj\n"
        "08,15,15,2022-2032,621000,700,800\n"
    )
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "indprj_by_region.csv", text))
    assert store.table("state_projections")["place"].tolist() == ["colorado/north"]


# The real files of Colorado, and the mapping that comes with the state.

ORIGINAL = {  # 2017 and 2027, as the office's file of totals has them
    "1": (37950.61, 40484.69), "3": (2016985, 2357776), "14": (9485.596, 10114.87),
}  # fmt: skip


@pytest.mark.parametrize("name", ["totalJobsReg_v18.csv", "REGDET_2018.xlsx"])
def test_regions_of_colorado_have_the_totals_of_the_file(
    name: str, shared_data: Path, tmp_path: Path
) -> None:
    file = shared_data / "projections" / name
    [result] = take_in(tmp_path, file)
    table = Store(tmp_path).table("state_projections")
    totals = table[table["industry_code"] == "10"].set_index("place")
    whole = pd.read_csv(shared_data / "projections" / "totalJobsReg_v18.csv")
    values = whole.set_index(["regionnumber", "year"])["value"]
    regions = [region.key for region in load_state("colorado").regions]
    mapped = [key for key in regions if key not in ("region-11", "region-12")]
    is_detailed = name.startswith("REGDET")
    of_state = {"08000"} if is_detailed else set()
    assert {*totals.index} == {f"colorado/{key}" for key in mapped} | of_state
    for key in mapped:
        row, number = totals.loc[f"colorado/{key}"], int(key.removeprefix("region-"))
        assert row["base_emplvl"] == pytest.approx(values[number, 2017])
        assert row["projected_emplvl"] == pytest.approx(values[number, 2027])
    for number, (base, projected) in ORIGINAL.items():
        row = totals.loc[f"colorado/region-{number}"]
        assert (row["base_emplvl"], row["projected_emplvl"]) == pytest.approx((base, projected))
    assert {*table["counts"]} == {"all-jobs"}
    left = "(R11 and R12)" if is_detailed else "(11 and 12)"
    assert f"{left}: projections.regional-" in result.message, "Routt County lies in another"
    if is_detailed:
        assert totals.loc["08000", "base_emplvl"] == pytest.approx(values.loc[:, 2017].sum())
        for activity in ("BASAG: farms", "BASMFG: manufacturing", "BASTOUR: ", "BASPROPU65"):
            assert activity in result.message
        mining = table[table["industry_code"] == "21"].set_index("place")
        row = mining.loc["colorado/region-2"]
        assert row["projected_emplvl"] / row["base_emplvl"] == pytest.approx(1.5877, abs=1e-4)


LEVELS = LONG.replace("counts: all-jobs\n", "")
GROWTH = """\
base_year: 2024
projected_years: [2034]
columns: {place: Region, industry: NAICS, growth: pct}
places: {"1": north}
"""
INDUSTRIES = ["10", "11", "21", "22", "23", "31-33", "42", "44-45", "51", "52", "62"]


def growth(*rates: object) -> str:
    rows = [f'1,{code},"{rate}"' for code, rate in zip(INDUSTRIES, rates, strict=False)]
    return "\n".join(["Region,NAICS,pct", *rows, ""])


@pytest.mark.parametrize(
    ("mapping", "rates", "words"),
    [
        (GROWTH, (1.05, 0.9, 1.03, 1.022, 1.08, 0.985, 1.12, 1, 1.2), "as only factors are"),
        (GROWTH, (1000, 200, 300, 150, 400, 90), "its pct is from 90 to 1000, as only jobs or"),
        (GROWTH, (1000, -20, 30, -15, 400, -90, 80, 300, -50), "as only jobs or changes in jobs"),
        (GROWTH.replace("growth", "growth_a_year"), (5, -10, 3, 8, 12), "so map it as growth"),
        (GROWTH, (5, -110, 3), "line 3: its pct is '-110', and nothing loses more than all"),
        (GROWTH, (5, "1 in 3", 3), "line 3: its pct is '1 in 3', which is no number of percent"),
    ],
)
def test_what_is_no_growth_in_percent_is_told(
    mapping: str, rates: tuple[object, ...], words: str, regions: Callable[[str], Path],
    tmp_path: Path,
) -> None:  # fmt: skip
    regions(mapping)
    assert words in refusal(Store(tmp_path / "store"), write(tmp_path / "own.csv", growth(*rates)))


SHORT = GROWTH.replace("[2034]", "[2026]")


@pytest.mark.parametrize(
    ("mapping", "rates"),
    [
        (SHORT.replace("growth", "growth_a_year"), (5, 9.5, -3, 8, 12, 4.1, 6)),
        (GROWTH.replace("growth", "growth_a_year"), (0.8, 1.2, 0.9, 1, 1.4, 0.6, 1.1, 0.7)),
        (SHORT, (0.8, 1.2, 0.9, 1, 1.4, 0.6, 1.1, 0.7)),
        (SHORT, (0.4, 0.8, -0.2, 0.6, 0.3)),
    ],
    ids=["after a slump", "about one a year", "about one in two years", "a little"],
)
def test_growth_of_a_few_years_or_of_a_year_is_taken(
    mapping: str, rates: tuple[float, ...], regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(mapping)
    found, _ = taken(tmp_path, growth(*rates))
    assert len(found) == len(rates)


def test_growth_is_read_as_people_write_it(regions: Callable[[str], Path], tmp_path: Path) -> None:
    regions(GROWTH)
    rates = ["5%", "(10)", "\u22123", "2,5", "8.0", "1.3", "0.9", "1", "*"]
    found, result = taken(tmp_path, growth(*rates))
    assert found.set_index("industry_code")["projected_emplvl"].to_dict() == {
        "10": 105, "11": 90, "21": 97, "22": 102.5, "23": 108, "31-33": 101.3, "42": 100.9,
        "44-45": 101,
    }  # fmt: skip
    assert "1 row left out (51): jobs of a year are absent or suppressed" in result.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "0,ALL,2024,2900000\n0,ALL,2034,3200000",
            "0,ALL,2024,2900\n0,ALL,2034,3200",
            "08000 cannot have only 2,900.0 jobs in all; such numbers are often in thousands",
        ),
        (
            '1,ALL,2024,"1,000"\n1,ALL,2029,1050\n1,ALL,2034,1200',
            "1,ALL,2024,3900000\n1,ALL,2029,4000000\n1,ALL,2034,4100000",
            "colorado/north has 3,900,000 jobs of 10 in 2024, and its state 2,900,000",
        ),
        (
            "01,care,2024,100\n01,care,2029,110\n01,care,2034,130",
            "01,care,2024,1100\n01,care,2029,1110\n01,care,2034,1130",
            "62 of colorado/north has 1,100 jobs in 2024, and all its industries together 1,000",
        ),
    ],
)
def test_a_part_is_no_more_than_the_whole(
    old: str, new: str, words: str, regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(LEVELS)
    text = ROWS.replace(old, new)
    assert text != ROWS
    assert words in refusal(Store(tmp_path / "store"), write(tmp_path / "own.csv", text))


def test_a_region_apart_from_its_state_by_rounding_is_taken(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    """An industry that one region has alone, of two models: 100 jobs there, 90 in the state."""
    regions(LEVELS)
    text = ROWS.replace("0,ALL,2024,2900000", "0,care,2024,90\n0,care,2034,120\n0,ALL,2024,2900000")
    assert text != ROWS
    found, _ = taken(tmp_path, text)
    assert {"08000", "colorado/north"} <= {*found.loc[found["industry_code"] == "62", "place"]}


PERIODS = """\
columns: {place: Region, industry: NAICS, base: Base, projected: Projected, period: Period}
places: {"1": north}
"""


def test_periods_of_quarters_and_two_horizons(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(PERIODS)
    rows = ["10,2024Q2-2026Q2,100,102", "62,2nd Quarter 2024 - 2nd Quarter 2026,10,11",
            "10,2024-2034,100,120", "62,2024 to 2034,10,13"]  # fmt: skip
    text = "\n".join(["Region,NAICS,Period,Base,Projected", *(f"1,{row}" for row in rows), ""])
    found, _ = taken(tmp_path, text)
    assert found[["industry_code", "base_year", "projected_year"]].to_numpy().tolist() == [
        ["10", 2024, 2026], ["10", 2024, 2034], ["62", 2024, 2026], ["62", 2024, 2034],
    ]  # fmt: skip


def test_an_index_is_used_for_its_growth_alone(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(PERIODS)
    rows = [f"1,{code},2024-2034,100,{105 + n}" for n, code in enumerate(INDUSTRIES)]
    found, result = taken(tmp_path, "\n".join(["Region,NAICS,Period,Base,Projected", *rows, ""]))
    assert {*found["counts"]} == {"growth"}
    assert "each of its bases is 100, as of an index: its growth alone is used" in result.message


def test_a_mistake_in_the_mapping_is_told_of_a_file_that_looks_like_others(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    """Its columns of years and jobs are half of those of a table of commuters."""
    regions(LONG.replace('["11", "21"]', '["11", "62"]'))
    words = refusal(Store(tmp_path / "store"), write(tmp_path / "own.csv", ROWS))
    assert "'62' is what 'CARE' is already; keep one" in words


def test_two_places_of_a_file_are_not_one_region(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    """Which of them would count is a matter of chance."""
    regions(LONG.replace('"9":', '"9": south'))
    path = write(tmp_path / "own.csv", ROWS + "9,CARE,2024,20\n9,CARE,2034,30\n")
    told = "its places '2' and '9' are both 'colorado/south' by projections.own in colorado/state"
    assert told in refusal(Store(tmp_path / "store"), path)
    alone = "\n".join(row for row in ROWS.splitlines() if row[:2] not in ("9,", "2,"))
    rows = "\n9,LAND,2024,20\n9,LAND,2034,30\n9,LAND,2029,25\n9,TOUR,2024,1\n"
    take_in(tmp_path / "store", write(tmp_path / "own.csv", alone + rows))


def test_a_place_that_lacks_its_base_year_is_named(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(LONG)
    table, result = taken(tmp_path, ROWS.replace("2,LAND,2024,50\n", ""))
    assert "colorado/south" not in {*table["place"]}
    assert "3 rows left out (ALL and LAND): jobs of a year are absent" in result.message


def test_a_file_that_the_mapping_names_is_not_called_unknown(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(LONG + "file: forecast\n")
    path = write(tmp_path / "forecast.csv", "Area,Sector,Year,Number\n1,ALL,2024,1000\n")
    told = "names such a file, and has its columns in none of its first rows: region, activity, ye"
    assert told in refusal(Store(tmp_path / "store"), path)


def test_a_row_that_stands_twice_is_told_as_that(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    """And not as a part that is more than its whole."""
    regions(LONG)
    text = ROWS + "1,ALL,2024,500\n"
    told = "the key place 'colorado/north', industry_code '10', own_code '0', base_year 2024, proj"
    assert told in refusal(Store(tmp_path / "store"), write(tmp_path / "own.csv", text))


def test_jobs_of_a_state_are_held_to_those_that_it_has(
    regions: Callable[[str], Path], tmp_path: Path
) -> None:
    regions(LONG.replace("2024", "2016").replace("2029, 2034", "2026"))
    text = "Region,Activity,Year,Jobs\n0,ALL,2016,{}\n0,ALL,2026,{}\n1,CARE,2016,9\n2,LAND,2016,9\n"
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "q.csv", qcew("08000 0 10 9000 2500000 90000000000", 2016)))
    told = "base_emplvl of 08000 is 29,000,000 in 2016, which cannot be beside jobs by QCEW of 2,5"
    path = write(tmp_path / "own.csv", text.format(29_000_000, 31_000_000))
    assert told in refusal(store, path)
    take_in(store, write(tmp_path / "own.csv", text.format(2_900_000, 3_100_000)))
