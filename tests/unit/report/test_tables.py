"""Tables: what a reader sees in a row, and what the CSV beside it holds."""

from __future__ import annotations

import csv
import io

import pandas as pd
from bs4 import BeautifulSoup

from lmi.report import open_profile, tables

NAN = float("nan")


def seen(table) -> list[dict[str, str]]:
    """The table as the page shows it: a mapping from column title to text for each row."""
    soup = BeautifulSoup(table.html, "html.parser")
    heads = [cell.get_text().replace("\u2060", "") for cell in soup.thead.find_all("th")]
    return [
        dict(zip(heads, (cell.get_text() for cell in row.find_all(["th", "td"])), strict=True))
        for row in soup.tbody.find_all("tr")
    ]


def saved(table) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(table.csv))


def test_criteria_are_ranked_ticked_and_marked(profile):
    rows = seen(tables.criteria_table(profile))
    assert rows[0] == {
        "Sector": "1. Health care",
        "Score of 100": "90",
        "Jobs": "✓ 4,000",
        "Average pay": "✓ $50,000",
        "Change 2018–2023": "+11.1%",
        "LQ nation": "✓ 1.50",
        "LQ state": "✓ 1.20",
        "Drives the economy by": "jobs, pay, concentration",
    }
    assert rows[2]["Sector"] == "3. Construction"
    assert rows[2]["Jobs"] == "✓ ≈2,000"
    assert rows[2]["Average pay"] == "✓ ≈$52,000"
    assert rows[2]["Change 2018–2023"] == "▾ ≈−4.8%"
    assert rows[2]["LQ nation"] == "≈1.10"


def test_a_break_and_a_withheld_number_are_told_apart(profile):
    rows = {row["Sector"]: row for row in seen(tables.criteria_table(profile))}
    assert rows["5. Retail trade"]["Change 2018–2023"] == "codes changed"
    withheld = rows["Aerospace and defense"]
    assert {withheld[name] for name in ("Score of 100", "Jobs", "Average pay", "LQ nation")} == {
        "n/a"
    }
    assert withheld["Drives the economy by"] == "none"


def test_a_colour_never_says_what_the_text_does_not(profile):
    soup = BeautifulSoup(tables.criteria_table(profile).html, "html.parser")
    tinted = {kind: soup.select(f"td.{kind}") for kind in ("good", "low")}
    assert all(cell.get_text().startswith("✓") for cell in tinted["good"])
    assert all(cell.get_text().startswith("▾") for cell in tinted["low"])
    assert len(tinted["good"]) == soup.tbody.get_text().count("✓")
    assert len(tinted["low"]) == soup.tbody.get_text().count("▾") == 2


def test_projected_growth_has_a_column_only_where_there_is_one(make_profile):
    assert "Projected change" not in seen(tables.criteria_table(make_profile()))[0]
    with_one = make_profile(candidates={"care": {"projected_emplvl_pct_chg": -4.0}})
    rows = seen(tables.criteria_table(with_one))
    assert [row["Projected change"] for row in rows[:2]] == ["▾ −4.0%", "n/a"]


def test_a_screen_of_the_criteria_decides_the_tick(make_profile):
    """A quotient of 1.2 is below the screen of 1.25, whatever the ranking's flag says."""
    rows = seen(tables.criteria_table(make_profile(candidates={"care": {"lq": 1.2}})))
    assert rows[0]["LQ nation"] == "1.20"


def test_the_criteria_csv_has_the_projects_column_names_and_every_digit(profile):
    frame = saved(tables.criteria_table(profile))
    assert list(frame.columns[:4]) == ["region", "candidate", "candidate_name", "rank"]
    assert frame.loc[0, "emplvl_share"] == 0.2
    assert frame.loc[frame["candidate"] == "space", "annual_avg_emplvl"].isna().all()
    assert frame.loc[frame["candidate"] == "woods", "annual_avg_emplvl"].tolist() == [0]
    assert frame.loc[frame["candidate"] == "craft", "candidate_name"].tolist() == ["'=2+5+cmd"]


def test_industries_are_sorted_by_jobs(profile):
    rows = seen(tables.industries_table(profile))
    assert [(row["Industry sector"], row["Jobs"]) for row in rows] == [
        ("Health care and social assistance", "4,000"),
        ("Construction", "≈2,000"),
        ("Manufacturing", "1,000"),
    ]


def test_growth_puts_spans_side_by_side(profile):
    rows = seen(tables.growth_table(profile))
    heads = ["2022–2023 (1 year)", "2018–2023 (5 years)"]
    values = [(row["Sector"], *(row[head] for head in heads)) for row in rows]
    assert values == [
        ("All jobs of the region", "+1.5%", "+6.0%"),
        ("Health care", "+2.0%", "+11.1%"),
        ("Retail trade", "+0.5%", "codes changed"),
    ]


def test_growth_with_one_span_is_no_table(make_profile, state_tables):
    state_tables.growth.loc[state_tables.growth["year0"] == 2018, "emplvl_pct_chg"] = NAN
    assert tables.growth_table(make_profile()) is None


def test_weights_are_shares_of_all(profile):
    assert [row["Weight"] for row in seen(tables.weights_table(profile))] == ["75.0%", "25.0%"]


def test_definitions_say_codes_exceptions_and_employers(profile):
    (row,) = seen(tables.definitions_table(profile))
    assert row["Industry codes (NAICS) and employers"] == (
        "622, 623 without 6231 (private and local government)"
    )


def test_without_definitions_and_criteria_there_are_no_tables_of_them(
    state_tables, state, counties
):
    bare = open_profile(state_tables, "north", state, counties)
    assert tables.definitions_table(bare) is None
    assert tables.weights_table(bare) is None


def test_quality_shows_the_most_estimated_first_with_its_range(profile):
    rows = seen(tables.quality_table(profile))
    assert [row["Sector"] for row in rows[:2]] == ["=2+5+cmd", "Construction"]
    assert rows[0]["Estimated"] == "90.0%"
    assert rows[0]["90% sure"] == "120 to 700"
    by_sector = {row["Sector"]: row["90% sure"] for row in rows}
    assert by_sector["Health care"] == "published in full"
    assert by_sector["Aerospace and defense"] == "n/a"


def test_quality_tells_hard_bounds_from_the_range_that_holds_nine_times_in_ten(make_profile):
    bounds = {"annual_avg_emplvl_min": 30.0, "annual_avg_emplvl_max": float("inf")}
    hard = {"annual_avg_emplvl_min": 1200.0, "annual_avg_emplvl_max": 3150.0}
    full = {"annual_avg_emplvl_min": 4000.0, "annual_avg_emplvl_max": 4000.0}
    profile = make_profile(candidates={"craft": bounds, "build": hard, "care": full})
    rows = {row["Sector"]: row["Hard bounds"] for row in seen(tables.quality_table(profile))}
    assert rows["=2+5+cmd"] == "30 or more"
    assert rows["Construction"] == "1,200 to 3,150"
    assert rows["Health care"] == ""


def test_a_range_stands_in_place_of_a_number_that_is_too_uncertain(make_profile):
    vague = {"annual_avg_emplvl_is_vague": True, "emplvl_pct_chg_is_vague": True,
             "emplvl_pct_chg_lo": -30.0, "emplvl_pct_chg_hi": 55.0,
             "avg_annual_pay_is_vague": True, "avg_annual_pay_lo": NAN,
             "avg_annual_pay_hi": NAN}  # fmt: skip
    rows = seen(tables.criteria_table(make_profile(candidates={"craft": vague})))
    craft = next(row for row in rows if "=2+5+cmd" in row["Sector"])
    assert craft["Jobs"] == "120 to 700"
    assert craft["Change 2018–2023"] == "−30% to +55%"
    assert craft["Average pay"].endswith("uncertain")


def test_a_tick_is_in_brackets_where_the_range_reaches_across_the_line(make_profile):
    unsure = {"lq": 1.4, "lq_lo": 1.0, "lq_hi": 1.8, "emplvl_pct_chg_lo": -8.0,
              "emplvl_pct_chg_hi": 3.0}  # fmt: skip
    sure = {"lq_lo": 1.3, "lq_hi": 1.7}
    profile = make_profile(candidates={"build": unsure, "care": sure})
    rows = {row["Sector"]: row for row in seen(tables.criteria_table(profile))}
    assert rows["3. Construction"]["LQ nation"] == "(✓) ≈1.40"
    assert rows["3. Construction"]["Change 2018–2023"] == "(▾) ≈−4.8%"
    assert rows["1. Health care"]["LQ nation"] == "✓ 1.50"


def test_sources_are_in_order_with_the_start_of_their_hash(profile):
    table = tables.sources_table(profile)
    rows = seen(table)
    assert [row["File"] for row in rows] == ["a.csv", "b.csv"]
    assert rows[0]["Fingerprint (SHA-256)"] == "a" * 12
    assert rows[1]["Release"] == "not stated"
    whole = list(csv.DictReader(io.StringIO(table.csv.decode())))
    assert whole[0]["sha256"] == "a" * 64
