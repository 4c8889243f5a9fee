"""Projected growth: the region's own projection, then the state's, then the nation's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.outlook import projected_growth
from lmi.analysis.projected_rates import national_rows
from lmi.analysis.sums import Sums
from lmi.config import Candidate, load_state
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.sources.national_matrix import PROJECTED_BY
from lmi.store import Store
from tests.builders import take_in
from tests.unit.analysis.test_places import LANE, state_of

CARE = Candidate(key="care", name="Care", why="Health.", industries=[{"naics": ["621", "622"]}])
MIX = Sums(
    pd.DataFrame(
        [("lane", "5", "621", 300.0), ("lane", "5", "622", 100.0)],
        columns=["region", "own_code", "industry_code", "annual_avg_emplvl"],
    ),
    np.array([0, -1]),
    {"annual_avg_emplvl": np.linspace(-200, 200, 41, dtype=np.float32)[None, :]},
)
SECTORS = (
    "11", "21", "22", "23", "31-33", "42", "44-45", "48-49", "51", "52", "53", "54", "55", "56",
    "61", "62", "71", "72", "81",
)  # fmt: skip
HEADER = (
    "region,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,source"
)


class Projections:
    """A store that holds projections of areas, and those of a state's own tables."""

    def __init__(self, *rows: tuple, own: Sequence[tuple] = ()) -> None:
        columns = [
            "area_fips", "industry_code", "own_code", "base_year", "projected_year",
            "base_emplvl", "projected_emplvl", "source",
        ]  # fmt: skip
        by_place = ["place", *columns[1:-1], "counts", "source"]
        self.tables = {
            "projections": pd.DataFrame(rows, columns=columns),
            "state_projections": pd.DataFrame(own, columns=by_place),
        }

    def table(self, name):
        rows = self.tables[name]
        return rows if len(rows) else Missing("x", "y", "z")


def outlooks(store, folder: Path = Path("/nowhere"), year: int = 2023, candidate=CARE, mix=MIX):
    """Every row, and what is said."""
    state = state_of(LANE).model_copy(update={"folder": folder})
    return projected_growth(store, state, [candidate], mix, year)


def growth(store, folder: Path = Path("/nowhere"), year: int = 2023):
    return outlooks(store, folder, year)[0]


def test_state_rates_are_applied_to_the_regions_mix():
    store = Projections(
        ("41000", "621", "0", 2022, 2032, 1000, 1200, "State"),
        ("41000", "622", "0", 2022, 2032, 1000, 1000, "State"),
    )
    row = growth(store).iloc[0]
    assert row["projected_emplvl_pct_chg"] == pytest.approx(100 * (300 * 0.2 + 0) / 400)
    assert (row["projection_source"], row["projection_horizon"]) == ("State", "2022-2032")


def test_an_industry_without_a_projection_takes_that_of_what_holds_it():
    store = Projections(("41000", "62", "0", 2022, 2032, 1000, 1100, "State"))
    assert growth(store).iloc[0]["projected_emplvl_pct_chg"] == pytest.approx(10)


def test_the_state_goes_before_the_nation_and_the_newer_base_before_the_older():
    store = Projections(
        ("US000", "62", "0", 2023, 2033, 100, 150, "Nation"),
        ("41000", "62", "0", 2020, 2030, 100, 130, "State, older"),
        ("41000", "62", "0", 2022, 2032, 100, 110, "State"),
    )
    assert growth(store).iloc[0]["projection_source"] == "State"
    nation_only = Projections(("US000", "62", "0", 2023, 2033, 100, 150, "Nation"))
    assert growth(nation_only).iloc[0]["projection_source"] == "Nation"


def test_short_term_projections_are_not_mixed_with_longer_ones():
    """The newer one of 621 is over two years, and 622 has none such."""
    long = [("41000", code, "0", 2022, 2032, 100, 110, "State") for code in ("621", "622")]
    short = ("41000", "621", "0", 2024, 2026, 100, 103, "State")
    row = growth(Projections(*long, short)).iloc[0]
    assert row["projected_emplvl_pct_chg"] == pytest.approx(10)
    assert row["projection_horizon"] == "2022-2032"
    row = growth(Projections(short)).iloc[0]
    assert row["projection_horizon"] == "2024-2026", "better than none"


def test_the_regions_own_projection_goes_first(tmp_path):
    (tmp_path / "projections.csv").write_text(f"{HEADER}\nlane,62,0,2022,2032,100,90,Lane\n")
    store = Projections(("41000", "62", "0", 2022, 2032, 100, 110, "State"))
    row = growth(store, tmp_path).iloc[0]
    assert row["projected_emplvl_pct_chg"] == pytest.approx(-10)
    assert row["projection_source"] == "Lane"


def test_the_state_s_own_table_of_the_region_goes_before_the_state():
    """Its numbers count other jobs, so that its growth is used and the source says so."""
    own = [
        ("oregon/lane", "62", "0", 2022, 2032, 5000, 6000, "all-jobs", "Office"),
        ("oregon/gorge", "62", "0", 2022, 2032, 100, 900, "jobs", "Office"),
        ("idaho/lane", "62", "0", 2023, 2033, 100, 900, "jobs", "Office"),
    ]
    state = ("41000", "62", "0", 2022, 2032, 100, 110, "State")
    row = growth(Projections(state, own=own)).iloc[0]
    assert row["projected_emplvl_pct_chg"] == pytest.approx(20)
    assert row["projection_source"] == "Office; all jobs, the self-employed too"
    statewide = [("41000", "62", "0", 2023, 2033, 100, 105, "jobs", "Office, whole state")]
    row = growth(Projections(state, own=statewide)).iloc[0]
    assert row["projection_source"] == "Office, whole state"


def test_a_projection_that_covers_less_than_half_the_jobs_gives_way_to_the_nations():
    store = Projections(("41000", "622", "0", 2022, 2032, 100, 300, "State"))
    assert growth(store).iloc[0]["projection_source"] == PROJECTED_BY


def rates() -> dict[tuple[str, str], float]:
    """The nation's ratios by ownership and industry."""
    rows = national_rows()
    keys = zip(rows["own_code"], rows["industry_code"], strict=True)
    return dict(zip(keys, rows["projected_emplvl"] / rows["base_emplvl"], strict=True))


def test_without_any_the_nations_rates_are_applied_to_the_mix():
    """BLS, 2023 to 2033, thousands: 621 8,461.0 to 9,617.9; private 622 5,338.4 to 5,630.4."""
    care, hospitals = rates()["0", "621"], rates()["5", "622"]
    assert hospitals == pytest.approx(5630.4 / 5338.4)
    row = growth(Projections()).iloc[0]
    grown = (300 * care + 100 * hospitals) / 400
    assert row["projected_emplvl_pct_chg"] == pytest.approx(100 * (grown - 1), abs=0.05)
    assert (row["projection_source"], row["projection_horizon"]) == (PROJECTED_BY, "2023-2033")


def test_an_industry_that_has_a_row_of_its_own_is_not_projected_as_one_of_several():
    # colleges alone 1,717.5 to 1,747.6; with junior colleges 1,745.0 to 1,774.3
    assert rates()["5", "6113"] == pytest.approx(1747.6 / 1717.5)
    assert rates()["5", "6112"] == pytest.approx(26.7 / 27.5)


def test_the_nations_projection_adds_up_to_all_wage_and_salary_jobs():
    table = national_rows().set_index(["industry_code", "own_code"])
    numbers = table[["base_emplvl", "projected_emplvl"]]
    parts = [*((sector, "0") for sector in SECTORS), ("491", "0"), *(("92", own) for own in "123")]
    first, last = numbers.loc[parts].sum()
    # each of 22 numbers is rounded to a tenth
    assert (first, last) == (
        pytest.approx(numbers.loc["10", "0"].iloc[0], abs=1_100),
        pytest.approx(numbers.loc["10", "0"].iloc[1], abs=1_100),
    )


def test_a_year_far_from_any_projection_has_none_and_says_what_to_do():
    rows, said = outlooks(Projections(), year=2016)
    assert rows.empty and "ingest" in said[-1]


def test_every_kind_of_source_has_a_row_the_best_first(tmp_path):
    (tmp_path / "projections.csv").write_text(f"{HEADER}\nlane,62,0,2022,2032,100,90,Lane\n")
    rows = growth(Projections(("41000", "62", "0", 2022, 2032, 100, 110, "State")), tmp_path)
    assert rows["projection_kind"].tolist() == ["region", "state", "nation"]
    assert rows["projection_source"].tolist() == ["Lane", "State", PROJECTED_BY]


def test_the_nations_newest_base_goes_before_what_comes_with_the_workbench():
    newer, older = (("US000", "62", "0", y, y + 10, 100, 150, "Nation") for y in (2024, 2022))
    assert growth(Projections(newer)).iloc[0]["projection_horizon"] == "2024-2034"
    assert growth(Projections(older)).iloc[0]["projection_horizon"] == "2023-2033"
    same = growth(Projections(("US000", "62", "0", 2023, 2033, 100, 150, "Nation"))).iloc[0]
    assert same["projection_source"] == "Nation", "whoever ingests a file means it"


def test_years_are_not_mixed_within_a_candidate():
    """One industry is projected to 2032 and the other to 2030: each edition covers one of them."""
    rows, _ = outlooks(
        Projections(
            ("41000", "621", "0", 2022, 2032, 100, 120, "Newer"),
            ("41000", "622", "0", 2022, 2030, 100, 50, "Older"),
        )
    )
    row = rows.iloc[0]
    assert (row["projected_emplvl_pct_chg"], row["projection_source"]) == (
        pytest.approx(20),
        "Newer",
    )
    assert row["projection_lacks"] == "622", "what no rate is known of is named"


@pytest.mark.parametrize(
    ("first", "last", "then", "words"),
    [
        (2013, 2033, 110, "begins more than 3 years from 2023"),
        (2027, 2037, 110, "begins more than 3 years from 2023"),
        (2021, 2023, 110, "ends by 2023"),
        (2022, 2032, 0, "no jobs before or after"),
    ],
)
def test_what_does_not_fit_the_jobs_is_set_aside_and_named(first, last, then, words):
    store = Projections(("41000", "62", "0", first, last, 100, then, "Office"))
    rows, said = outlooks(store)
    assert rows["projection_kind"].tolist() == ["nation"]
    assert f"Not applied: Office, {first}-{last}" in said[0] and words in said[0]


def test_an_edition_that_another_took_the_place_of_is_left_without_a_word():
    old, new = (("41000", "62", "0", y, y + 10, 100, 110, "Office") for y in (2012, 2022))
    rows, said = outlooks(Projections(old, new))
    assert rows.iloc[0]["projection_horizon"] == "2022-2032" and said == []


def test_growth_beyond_any_projection_is_used_and_named():
    rows, said = outlooks(Projections(("41000", "62", "0", 2022, 2032, 100, 400, "Office")))
    assert rows.iloc[0]["projected_emplvl_pct_chg"] == pytest.approx(300)
    assert "more than 10% a year" in said[0] and "industry 62 of 41000" in said[0]


def test_parts_that_are_more_than_the_whole_are_named():
    rows = [("41000", c, "0", 2022, 2032, n, n, "Office") for c, n in (("62", 500), ("621", 900))]
    assert "Parts are more than the whole: Office" in outlooks(Projections(*rows))[1][0]
    rounded = [("41000", c, "0", 2022, 2032, n, n, "Office")
               for c, n in (("62", 500), ("621", 300), ("622", 210))]  # fmt: skip
    assert outlooks(Projections(*rounded))[1] == []


@pytest.mark.parametrize(
    ("industry", "begins", "is_said"),
    [("622", 100, False), ("622", 0.1, True), ("622", 1000, True), ("62", 1, True),
     ("62", 9000, False)],
)  # fmt: skip
def test_a_base_that_does_not_meet_the_data_is_named(tmp_path, industry, begins, is_said):
    """Of 622 the data have 100 jobs, so of 62 they have as many at least."""
    row = f"lane,{industry},5,2022,2032,{begins},{begins},Lane"
    (tmp_path / "projections.csv").write_text(f"{HEADER}\n{row}\n")
    said = outlooks(Projections(), tmp_path)[1]
    assert (
        any("begins with other jobs than the data have: Lane" in each for each in said) == is_said
    )


def test_a_base_in_a_recession_gives_way_to_another():
    """Part of what is projected from 2021 is recovery; the older base is none."""
    rows, _ = outlooks(
        Projections(
            ("41000", "62", "0", 2020, 2030, 100, 140, "Trough"),
            ("41000", "62", "0", 2019, 2029, 100, 105, "Before"),
        ),
        year=2022,
    )
    assert rows.iloc[0]["projection_source"] == "Before"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"{HEADER}\nlame,62,0,2022,2032,100,90,Lane\n", "line 2: there is no region 'lame'"),
        (
            f"{HEADER}\nlane,62,0,2032,2022,100,90,Lane\n",
            "ends in 2022, not 1 to 30 years after it",
        ),
        (f"{HEADER}\nlane,62,0,2022,2032,100,many,Lane\n", "projected_emplvl is 'many'"),
        ("region,industry_code\nlane,62\n", "line 1: the column 'own_code' is missing"),
        (f"{HEADER}\nlane,69,0,2022,2032,100,90,Lane\n", "line 2: '69' is not an industry code"),
        (f"{HEADER}\nlane,62,private,2022,2032,1,2,Lane\n", "own_code is 'private'; it is one of"),
        (f"{HEADER}\n" + 2 * "lane,62,0,2022,2032,100,90,Lane\n", "line 3: the same is projected"),
    ],
)
def test_a_bad_file_of_projections_names_line_and_rule(tmp_path, text, words):
    (tmp_path / "projections.csv").write_text(text)
    with pytest.raises(ConfigError, match=words):
        growth(Projections(), tmp_path)


def test_all_jobs_over_the_same_years_are_told_beside_the_candidate():
    rows = [
        ("41000", "62", "0", 2022, 2032, 1000, 1100, "State"),
        ("41000", "10", "0", 2022, 2032, 9000, 9450, "State"),
    ]
    assert growth(Projections(*rows)).iloc[0]["projected_emplvl_pct_chg_region"] == 5
    other = (*rows[:1], ("41000", "10", "0", 2022, 2024, 9000, 9450, "State"))
    assert np.isnan(growth(Projections(*other)).iloc[0]["projected_emplvl_pct_chg_region"])


def test_the_regional_forecast_of_colorado_by_hand(shared_data, tmp_path):
    """Mining 7,550.04 to 11,987.06 and 12,298.06 to 14,526.61; all jobs as the file of totals."""
    take_in(tmp_path, shared_data / "projections" / "REGDET_2018.xlsx")
    mining = Candidate(key="mining", name="M", why="M.", industries=[{"naics": ["21"]}])
    regions = ("region-2", "region-3", "region-11")
    rows = [(region, "5", "21", 1000.0) for region in regions]
    columns = ["region", "own_code", "industry_code", "annual_avg_emplvl"]
    mix = Sums(pd.DataFrame(rows, columns=columns), np.array([-1] * 3), {})
    table, _ = projected_growth(Store(tmp_path), load_state("colorado"), [mining], mix, 2016)
    found = table.drop_duplicates("region").set_index("region")
    assert found["projection_kind"].tolist() == ["region", "region", "state"], "Routt is in 11"
    of = found["projected_emplvl_pct_chg"]
    assert of["region-2"] == pytest.approx(100 * (11987.064 / 7550.036 - 1), abs=1e-3)
    assert of["region-3"] == pytest.approx(100 * (14526.609 / 12298.059 - 1), abs=1e-3)
    whole = found["projected_emplvl_pct_chg_region"]
    assert whole["region-2"] == pytest.approx(100 * (418333.4 / 338451.1 - 1), abs=1e-3)
    assert whole["region-3"] == pytest.approx(100 * (2357776 / 2016985 - 1), abs=1e-3)
    assert {*found["projection_horizon"]} == {"2017-2027"}
    assert found["projection_source"].str.endswith("all jobs, the self-employed too").all()


def test_what_is_projected_of_another_state_is_nothing_to_be_said_here():
    idaho = [
        ("16000", "62", "0", 2022, 2032, 100, 900, "Idaho"),
        ("16000", "23", "0", 2010, 2020, 100, 110, "Idaho"),
    ]
    here = ("41000", "62", "0", 2022, 2032, 1000, 1100, "State")
    regional = [("idaho/north", "62", "0", 2010, 2020, 100, 90, "jobs", "Idaho by region")]
    rows, notes = outlooks(Projections(here, *idaho, own=regional))
    assert rows.iloc[0]["projection_source"] == "State"
    assert notes == []


def test_an_industry_that_only_an_edition_of_other_years_has_is_named():
    """Another edition takes the place of those industries alone that it has itself."""
    now = ("41000", "23", "0", 2022, 2032, 1000, 1100, "State")
    _, notes = outlooks(Projections(now, ("41000", "23", "0", 2010, 2020, 900, 1000, "Older")))
    assert notes == []
    _, notes = outlooks(Projections(now, ("41000", "621", "0", 2010, 2020, 900, 1000, "Older")))
    assert notes == [
        "Not applied: Older, 2010-2020, industry 621 of 41000; it ends by 2023, the year of the "
        "jobs, so ingest a newer one."
    ]
