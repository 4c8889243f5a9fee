"""Tables: what a reader sees in a row, and what the CSV beside it holds."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pandas as pd
from bs4 import BeautifulSoup

from lmi.config import Asked, Criterion, NamedScreen
from lmi.report import open_profile
from lmi.report.tables.criteria import criteria_table
from lmi.report.tables.jobs_and_growth import industries_table
from lmi.report.tables.leaders import leaders_table
from lmi.report.tables.outlook import outlook_table
from lmi.report.tables.people import engagement_table, knowledge_table, readiness_table
from lmi.report.tables.provenance import definitions_table, quality_table, sources_table
from lmi.report.tables.ranking import ranking_table, weights_table
from lmi.report.tables.spans import bases_table, growth_table
from tests.unit.report.conftest import OUTLOOK, TREND, ground

NAN = float("nan")


def seen(table) -> list[dict[str, str]]:
    """The table as the page shows it: a mapping from column title to text for each row."""
    soup = BeautifulSoup(table.html, "html.parser")
    heads = [cell.get_text().replace("\u2060", "") for cell in soup.thead.find_all("th")]
    return [
        dict(
            zip(heads, map(plain, (c.get_text() for c in row.find_all(["th", "td"]))), strict=True)
        )
        for row in soup.tbody.find_all("tr", class_=lambda name: name != "group")
    ]


def plain(text: str) -> str:
    """A cell without the marks that keep a line from breaking."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\u2060", "").strip()


def saved(table) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(table.csv))


def test_a_column_of_which_nothing_is_known_is_not_there(make_profile):
    """Ohio has no rows of the state: a column of n/a stood on its briefs."""
    nothing = dict.fromkeys(("lq_state", "lq_state_lo", "lq_state_hi"), NAN)
    keys = make_profile().candidates["candidate"]
    found = make_profile(candidates=dict.fromkeys(keys, nothing))
    rows = seen(criteria_table(found, "QCEW"))
    assert "LQ nation" in rows[0] and "LQ state" not in rows[0]


def test_criteria_are_ranked_ticked_and_marked(profile):
    rows = seen(criteria_table(profile, "BLS"))
    assert rows[0] == {
        "Sector": "1. Health care",
        "Jobs": "✓ 4,000",
        "Places of business": "20",
        "Jobs per place": "n/a",
        "Average pay": "✓ $50,000",
        "Pay ÷ poverty-based threshold": "1.11",
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
    rows = {row["Sector"]: row for row in seen(criteria_table(profile, "BLS"))}
    assert rows["5. Retail trade"]["Change 2018–2023"] == "codes changed"
    withheld = rows["Aerospace and defense"]
    assert {withheld[name] for name in ("Jobs", "Average pay", "LQ nation")} == {"n/a"}
    assert withheld["Drives the economy by"] == "n/a"


def test_a_colour_never_says_what_the_text_does_not(profile):
    soup = BeautifulSoup(criteria_table(profile, "BLS").html, "html.parser")
    tinted = {kind: soup.select(f"td.{kind}") for kind in ("good", "low")}
    assert all(cell.get_text().startswith("✓") for cell in tinted["good"])
    assert all(cell.get_text().startswith("▾") for cell in tinted["low"])
    assert len(tinted["good"]) == soup.tbody.get_text().count("✓")
    assert len(tinted["low"]) == soup.tbody.get_text().count("▾") == 2


def test_projected_growth_has_a_column_only_where_there_is_one(make_profile):
    assert "Projected change" not in seen(criteria_table(make_profile(), "BLS"))[0]
    with_one = make_profile(candidates={"care": {"projected_emplvl_pct_chg": -4.0}})
    rows = seen(criteria_table(with_one, "BLS"))
    assert [row["Projected change"] for row in rows[:2]] == ["▾ −4%", "n/a"]


def test_the_outlook_has_every_source_beside_the_one_that_counts(make_profile):
    assert outlook_table(make_profile(), "BLS") is None
    table = outlook_table(make_profile(candidates={"care": OUTLOOK | TREND}), "BLS")
    (row,) = seen(table)
    assert row["Jobs to come"] == "+100 to +700"
    assert row["A year"] == "+1.0%" and "From" not in row
    assert table.caption.endswith(" on: the nation's rates, 2023–2033"), "the same for all"
    assert row["Trend 2023–2033"] == "≠ −0.5%"
    assert table.frame["projected_emplvl_cagr_by_trend"].notna().sum() == 1
    assert len(table.frame) > 1, "who is not expected to do anything is in the file too"


def test_the_head_says_whose_the_pay_threshold_is(profile):
    rows = seen(criteria_table(profile, "BLS"))
    assert rows[0]["Pay ÷ poverty-based threshold"] == "1.11"
    assert profile.standard == "Family budgets"
    named = criteria_table(profile, "BLS", profile.standard, 40_000.0)
    assert "Pay ÷ Family budgets" in seen(named)[0]
    lines = "Lines through pay: the region's average, $40,000 and dashed, {}; through LQ: 1."
    assert lines.format("Family budgets, $45,000") in named.notes[0]
    made = "200 percent of the federal poverty guideline for 3 persons"
    stands_in = criteria_table(profile, "BLS", pay=40_000.0, made_of=made)
    assert lines.format(f"the poverty-based threshold, $45,000 ({made})") in stands_in.notes[0]


def test_a_screen_of_the_criteria_decides_the_tick(make_profile):
    """A quotient of 1.2 is below the screen of 1.25, whatever the ranking's flag says."""
    rows = seen(criteria_table(make_profile(candidates={"care": {"lq": 1.2}}), "BLS"))
    assert rows[0]["LQ nation"] == "1.20"


def test_the_criteria_csv_has_the_projects_column_names_and_every_digit(profile):
    frame = saved(criteria_table(profile, "BLS"))
    assert list(frame.columns[:4]) == ["region", "candidate", "candidate_name", "rank"]
    assert frame.loc[0, "emplvl_share"] == 0.2
    assert frame.loc[frame["candidate"] == "space", "annual_avg_emplvl"].isna().all()
    assert frame.loc[frame["candidate"] == "woods", "annual_avg_emplvl"].tolist() == [0]
    assert frame.loc[frame["candidate"] == "craft", "candidate_name"].tolist() == ["'=2+5+cmd"]


def test_industries_are_sorted_by_jobs(profile):
    rows = seen(industries_table(profile, profile.industries, "BLS"))
    assert [(row["Industry sector"], row["Jobs"]) for row in rows] == [
        ("Health care and social assistance", "4,000"),
        ("Construction", "≈2,000"),
        ("Manufacturing", "≈1,000"),
    ]


def test_growth_puts_spans_side_by_side_and_names_those_that_are_not_there(
    make_profile, state_tables
):
    ends = {"emplvl_pct_chg_lo": 9.6, "emplvl_pct_chg_hi": 12.4}
    state_tables.growth.loc[state_tables.growth["emplvl_pct_chg"] == 11.1, list(ends)] = [
        *ends.values()
    ]
    profile = make_profile()
    table = growth_table(profile, profile.growth, "BLS")
    rows = seen(table)
    heads = ["Since 2022 (1 year)", "Since 2018 (5 years, the base)"]
    values = [(row["Sector"], *(row[head] for head in heads)) for row in rows]
    assert values == [
        ("All jobs of the region", "+1.5%", "+6.0%"),
        ("Health care", "+2.0%", "≈+11% (+10 to +12)"),
        ("Retail trade", "+0.5%", "codes changed"),
    ]
    assert "Not in the store: 2021 (2 years) and 2013 (10 years)." in table.notes[0]
    assert len(table.notes) == 1


def test_a_span_that_starts_in_the_pandemic_says_so(make_profile, state_tables):
    state_tables.growth.loc[state_tables.growth["year0"] == 2018, "year0"] = 2020
    profile = make_profile(base_year=2022)
    table = growth_table(profile, profile.growth, "BLS")
    assert seen(table)[0]["Since 2020 (3 years)"] == "+6.0%"
    assert "2020: growth since then is in part recovery" in table.notes[1]


def test_growth_without_any_span_is_no_table(make_profile, state_tables):
    state_tables.growth["emplvl_pct_chg"] = NAN
    profile = make_profile()
    assert growth_table(profile, profile.growth, "BLS") is None


def test_ranks_stand_under_every_base_year(profile):
    table = bases_table(profile, profile.bases)
    heads = ["Since 2018 (5 years, the base)", "Since 2020 (3 years)"]
    ranks = [tuple(row[head] for head in heads) for row in seen(table)]
    assert ranks[:5] == [("1", "4"), ("2", "2"), ("3", "3"), ("4", "1"), ("5", "set aside")]
    assert "in part recovery" in table.notes[0]
    assert bases_table(profile, profile.bases[profile.bases["base_year"] == 2018]) is None


def test_a_driver_that_only_the_estimate_makes_one_stands_in_brackets(profile):
    rows = {row["Sector"]: row for row in seen(criteria_table(profile, "BLS"))}
    assert rows["3. Construction"]["Drives the economy by"] == "jobs, (pay)"


def test_a_sector_without_jobs_is_in_the_file_and_not_on_the_page(profile):
    for table in (criteria_table(profile, "BLS"), ranking_table(profile)):
        assert not any("Forest products" in row["Sector"] for row in seen(table))
        assert "woods" in set(saved(table)["candidate"])


def test_a_named_screen_has_a_column_with_what_is_open_in_brackets(make_profile):
    flags = {"care": (True, True), "build": (True, False), "food": (False, True),
             "shops": (False, False)}  # fmt: skip
    changes = {
        key: {"screen_large": passed, "screen_large_is_sure": sure}
        for key, (passed, sure) in flags.items()
    }
    screen = NamedScreen(key="large", name="Large", any=[{"measure": "lq", "above": 1}])
    profile = replace(make_profile(), asked=Asked((), (screen,)))
    columns = {
        name: profile.candidates["candidate"].map({k: v[name] for k, v in changes.items()})
        for name in ("screen_large", "screen_large_is_sure")
    }
    profile = replace(profile, candidates=profile.candidates.assign(**columns))
    table = criteria_table(profile, "BLS")
    assert [row["Large"] for row in seen(table)][:5] == [
        "✓ yes", "no", "(✓ yes)", "(no)", "(no)",
    ]  # fmt: skip
    assert "Large: any of lq above 1." in table.notes[0]


def test_the_ranking_gives_ranges_chances_and_flags(profile):
    rows = seen(ranking_table(profile))
    assert rows[0] == {
        "Sector": "Health care", "Rank": "1", "Score of 100": "90", "In the first three": "97%",
        "To know": "",
    }  # fmt: skip
    by_sector = {row["Sector"]: row for row in rows}
    assert plain(by_sector["Construction"]["Rank"]) == "3 (2–4)"
    assert by_sector["Construction"]["To know"] == (
        "Perhaps losing jobs: it lost 4.8% of its jobs from 2018 to 2023"
    )
    assert by_sector["=2+5+cmd"]["In the first three"] == "under 1%"


def test_whoever_is_set_aside_stands_below_under_the_reason_with_its_number(profile):
    table = ranking_table(profile)
    assert [(name, len(rows)) for name, rows in table.groups] == [
        ("", 5), ("Losing jobs", 1), ("Without a score", 1)
    ]  # fmt: skip
    last = seen(table)[5]
    assert (last["Rank"], last["Score of 100"], last["In the first three"]) == ("–", "20", "–")
    assert last["To know"] == "Lost 75.0% of its jobs from 2018 to 2023"
    for shown in (table, criteria_table(profile, "BLS")):
        assert '<tr class="group"><th scope="rowgroup"' in shown.html
        assert "Losing jobs:" in shown.text


def test_what_people_bring_has_columns_of_its_own(make_profile, state_tables):
    ground(state_tables)
    state_tables.weights.loc[len(state_tables.weights)] = {
        "region": "north", "criterion": "heard", "kind": "ground", "weight": 0.5,
    }  # fmt: skip
    table = ranking_table(make_profile())
    rows = {row["Sector"]: {k: plain(v) for k, v in row.items()} for row in seen(table)}
    care = rows["Health care"]
    assert care["On the ground"] == "4.0 (3 voices, 2–5)"
    assert care["Engage employers"] == "3 (2 systems)"
    assert care["By statistics alone"] == "1"
    assert rows["Construction"]["On the ground"] == "4.0 (1 voice)"
    assert rows["Construction"]["Engage employers"] == "nobody yet"
    assert rows["Retail trade"]["On the ground"] == "not asked"
    frame = saved(table).set_index("candidate")
    assert frame.loc["care", "engagement_organisations"] == 3
    assert frame.loc["care", "rank_lo"] == 1


def test_weights_are_shares_and_say_what_would_change_first_place(profile):
    rows = seen(weights_table(profile))
    assert [row["Counts for"] for row in rows] == [
        "75%, no data for 1 sector", "25%, no data for 1 sector",
    ]  # fmt: skip
    assert [row["Another sector comes first"] for row in rows] == [
        "Food & <beverage> below 40%", "Food & <beverage> from 60%",
    ]  # fmt: skip


def test_weights_say_what_is_left_out_and_what_stands_in(make_profile, criteria, state_tables):
    pay, lq = criteria
    future = Criterion(key="future", name="Future", question="Will it?", measure="emplvl_cagr",
                       value=((0, 0), (1, 1)), otherwise="past")  # fmt: skip
    past = Criterion(key="past", name="Past growth", question="Did it?", measure="emplvl_pct_chg",
                     value=((0, 0), (1, 1)), weight=0)  # fmt: skip
    heard = Criterion(key="heard", name="Heard", question="Who?", measure="local_rating",
                      kind="ground", value=((1, 0), (5, 1)), weight=2)  # fmt: skip
    keys = state_tables.candidates["candidate"]
    extra = pd.DataFrame({"region": "north", "candidate": keys, "criterion": "future",
                          "value": 0.4, "stands_in": True, "weight": 0.2})  # fmt: skip
    scores = pd.concat([state_tables.scores, extra], ignore_index=True)
    weights = pd.concat(
        [state_tables.weights,
         pd.DataFrame({"region": "north", "criterion": ["future", "past", "heard"],
                       "kind": ["statistic", "statistic", "ground"], "weight": [0.2, 0.0, 0.0],
                       "n_known": [8, 8, 0]})], ignore_index=True,
    )  # fmt: skip
    profile = replace(
        make_profile(), asked=Asked((pay, lq, future, past, heard)), scores=scores, weights=weights
    )
    said = {row["Criterion"]: row["Counts for"] for row in seen(weights_table(profile))}
    assert said["Future"] == "20%, past growth stands in"
    assert said["Past growth"] == "shown beside, not counted"
    assert said["Heard"] == "left out: no data here"


def test_what_was_said_comes_with_its_rating_who_and_when(make_profile, state_tables):
    ground(state_tables)
    table = knowledge_table(make_profile())
    rows = seen(table)
    assert [row["Sector"] for row in rows] == ["Health care"] * 3 + ["Construction"]
    assert rows[0]["What was said"] == "Firms: Enough to see."
    assert rows[1] == {
        "Sector": "Health care", "What was said": "Wards <close> for lack of nurses.",
        "Rating": "5", "By": "nurse", "When": "2024\u201101\u201123",
    }  # fmt: skip
    assert rows[2]["What was said"] == "Business champions are known by name"
    assert "&lt;close&gt;" in table.html


def test_readiness_stands_beside_the_count_of_the_statistic(make_profile, state_tables):
    ground(state_tables)
    (row,) = seen(readiness_table(make_profile()))
    assert row["Champions"] == "2"
    assert row["Network"] == "not asked"
    assert row["Firms"] == "5"
    assert row["Places of business"] == "20, under 100"


def test_who_engages_employers_is_listed_and_a_formula_is_defused(make_profile, state_tables):
    ground(state_tables)
    table = engagement_table(make_profile())
    rows = seen(table)
    assert [(row["Sector"], row["Organization"], row["Since"]) for row in rows] == [
        ("Health care", "College", "2011"), ("Health care", "Guild <of> nurses", "2015"),
        ("Health care", "Chamber", ""), ("Food & <beverage>", "Bakers", "2001"),
    ]  # fmt: skip
    assert saved(table)["effort"].tolist()[-1] == "'=Contest"


def test_without_what_people_bring_there_are_no_tables_of_it(profile):
    assert knowledge_table(profile) is None
    assert readiness_table(profile) is None
    assert engagement_table(profile) is None


def test_definitions_say_codes_exceptions_and_employers(profile):
    (row,) = seen(definitions_table(profile.definitions))
    assert row["Industry codes (NAICS) and employers"] == (
        "622, 623 without 6231 (private and local government)"
    )


def test_without_definitions_and_criteria_there_are_no_tables_of_them(
    state_tables, state, counties
):
    bare = open_profile(state_tables, "north", state, counties)
    assert definitions_table(bare.definitions) is None
    assert weights_table(bare) is None


def test_quality_and_brief_tell_one_share_of_a_range(make_profile):
    """Region 5, education: 49% estimated here, and 31% or more published on the brief."""
    vague = {"annual_avg_emplvl": 1200.0, "annual_avg_emplvl_is_vague": True,
             "annual_avg_emplvl_published": 600.0, "annual_avg_emplvl_lo": 600.0,
             "annual_avg_emplvl_hi": 2000.0, "emplvl_estimated_share": 0.5}  # fmt: skip
    found = make_profile(candidates={"build": vague})
    here = {row["Sector"]: row["Estimated"] for row in seen(quality_table(found, "BLS"))}
    brief = {row["Sector"]: row["Published"] for row in seen(leaders_table(found))}
    assert here["Construction"] == "at most 70.0%" and brief["3. Construction"] == "30% or more"


def test_less_than_one_place_of_business_is_not_none(make_profile):
    """Rio Blanco, mining: "0" places beside 0 to 20 jobs, open for a quarter of the year."""
    for places, told in ((0.25, "less than 1"), (0.0, "0"), (2.75, "3")):
        jobs = {"annual_avg_emplvl": NAN, "annual_avg_emplvl_lo": 0.0, "is_confidential": True,
                "annual_avg_emplvl_hi": 20.0, "annual_avg_estabs": places}  # fmt: skip
        found = make_profile(candidates={"build": jobs})
        row = next(r for r in seen(criteria_table(found, "BLS")) if "Construction" in r["Sector"])
        assert row["Places of business"] == told
        few = "fewer than 3 employers" in row["Jobs"]
        assert few == (round(places) < 3), "never beside 3 places"


def test_quality_shows_the_most_estimated_first_with_its_range(profile):
    rows = seen(quality_table(profile, "BLS"))
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
    rows = {row["Sector"]: row["Hard bounds"] for row in seen(quality_table(profile, "BLS"))}
    assert rows["=2+5+cmd"] == "30 or more"
    assert rows["Construction"] == "1,200 to 3,150"
    assert rows["Health care"] == ""


def test_a_range_stands_in_place_of_a_number_that_is_too_uncertain(make_profile):
    vague = {"annual_avg_emplvl_is_vague": True, "emplvl_pct_chg_is_vague": True,
             "emplvl_pct_chg_lo": -30.0, "emplvl_pct_chg_hi": 55.0,
             "avg_annual_pay_is_vague": True, "avg_annual_pay_lo": NAN,
             "avg_annual_pay_hi": NAN}  # fmt: skip
    rows = seen(criteria_table(make_profile(candidates={"craft": vague}), "BLS"))
    craft = next(row for row in rows if "=2+5+cmd" in row["Sector"])
    assert craft["Jobs"] == "120 to 700"
    assert craft["Change 2018–2023"] == "−30% to +55%"
    assert craft["Average pay"] == "(✓) uncertain"


def test_a_tick_is_in_brackets_where_the_range_reaches_across_the_line(make_profile):
    unsure = {"lq": 1.4, "lq_lo": 1.0, "lq_hi": 1.8, "driver_concentration": True,
              "emplvl_pct_chg_lo": -8.0, "emplvl_pct_chg_hi": 3.0}  # fmt: skip
    sure = {"lq_lo": 1.3, "lq_hi": 1.7}
    profile = make_profile(candidates={"build": unsure, "care": sure})
    rows = {row["Sector"]: row for row in seen(criteria_table(profile, "BLS"))}
    assert rows["3. Construction"]["LQ nation"] == "(✓) ≈1.40"
    assert rows["3. Construction"]["Change 2018–2023"] == "(▾) −8% to +3%"
    assert rows["1. Health care"]["LQ nation"] == "✓ 1.50"


def test_sources_are_in_order_with_the_start_of_their_hash(profile):
    table = sources_table(profile.meta["sources"])
    rows = seen(table)
    assert [row["File"] for row in rows] == ["a.csv", "b.csv"]
    assert rows[0]["Fingerprint (SHA-256)"] == "a" * 12
    assert rows[1]["Release"] == "not stated"
    whole = list(csv.DictReader(io.StringIO(table.csv.decode())))
    assert whole[0]["sha256"] == "a" * 64


def test_a_part_stands_beneath_its_whole_with_its_numbers(make_profile):
    nested = {"craft": {"part_of": "care", "set_aside": "part", "rank": NAN, "counted": False}}
    profile = make_profile(candidates=nested)
    for table in (ranking_table(profile), criteria_table(profile, "")):
        (_, rows), *_ = table.groups
        names = [table.columns[0].cell(row) for row in rows]
        assert names[1] == "\N{EN DASH} =2+5+cmd" and names[0].endswith("Health care")
    (apart,) = [group for group in profile.apart if group.key == "part"]
    assert apart.names == ["=2+5+cmd"]
    whole = {"care": {"set_aside": "declining", "set_aside_by": "emplvl_pct_chg", "rank": NAN}}
    profile = make_profile(candidates=whole)
    (_, rows), (heading, aside), *_ = ranking_table(profile).groups
    assert [row["candidate"] for row in aside][:2] == ["care", "craft"]
    assert heading == "Losing jobs" and "craft" not in [row["candidate"] for row in rows]
