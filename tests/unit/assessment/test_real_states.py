"""Whole states out of the agency's files: sums that must be exact, and rankings that make sense."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.assessment.live_state import open_live
from lmi.assessment.state import analyse
from lmi.assessment.state_tables import StateTables, region_measures
from lmi.config import StateConfig, load_asked, load_state
from lmi.errors import StoreError
from lmi.store import Store
from lmi.texts import as_arrow
from tests.conftest import Analyse


def for_staff(slug: str) -> StateConfig:
    """A state whose numbers are all there to be checked."""
    return load_state(slug).model_copy(update={"staff": True})


@pytest.fixture(scope="module")
def store(real_store: Path) -> Store:
    return Store(real_store)


@pytest.fixture(scope="module")
def colorado(analysed: Analyse, store: Store) -> StateTables:
    """For staff, so that there is a number to check in every row."""
    return analysed(store, for_staff("colorado"), 2016)


@pytest.fixture(scope="module")
def ohio(store: Store) -> StateTables:
    return analyse(store, load_state("ohio"), 2023)


def test_the_fourteen_regions_add_up_to_the_state_but_for_the_unknown_county(colorado, store):
    months = [f"month{n}_emplvl" for n in (1, 2, 3)]
    total = store.qcew("quarterly", areas=["08000", "08999"], own_codes=["0"], years=[2016])
    means = total.groupby("area_fips")[months].mean().mean(axis=1)
    # Averages of quarters are not rounded before they are added up.
    expected = means["08000"] - means["08999"]
    assert colorado.regions["annual_avg_emplvl"].sum() == pytest.approx(expected, rel=1e-12)
    assert len(colorado.regions) == 14 and not colorado.meta["failed"]
    jobs = colorado.total.set_index("kind")["annual_avg_emplvl"]
    assert jobs["state"] == pytest.approx(means["08000"])
    assert jobs["in no region"] == pytest.approx(means["08999"])
    assert jobs["in regions"] == pytest.approx(colorado.regions["annual_avg_emplvl"].sum())
    assert any("in no region are the published total" in note for note in colorado.meta["notes"])


def test_withheld_jobs_are_neither_zero_nor_lost(colorado):
    """Candidates that cover a published sector add up to it, withheld parts and all."""
    own = colorado.industries[
        (colorado.industries["own_code"] == "5")
        & (colorado.industries["industry_level"] == "sector")
    ]
    private = own.groupby("region")["annual_avg_emplvl"].sum()
    regions = colorado.regions.set_index("region")["annual_avg_emplvl"].reindex(private.index)
    assert (private < regions).all()
    assert (private > 0.5 * regions).all()
    rows = colorado.candidates
    assert (rows["annual_avg_emplvl_lo"] <= rows["annual_avg_emplvl"] + 1e-6).all()
    assert (rows["annual_avg_emplvl"] <= rows["annual_avg_emplvl_hi"] + 1e-6).all()
    for lower, upper in (("published", "lo"), ("min", "lo"), ("hi", "max")):
        ends = [rows[f"annual_avg_emplvl_{end}"] for end in (lower, upper)]
        # An estimate, and so its interval, may miss a bound by the tolerance of the solver.
        assert (ends[0] <= ends[1] + 1e-3).all(), (lower, upper)
    partly = rows[rows["emplvl_estimated_share"] > 0.01]
    assert len(partly) > 50
    assert (partly["annual_avg_emplvl"] > partly["annual_avg_emplvl_published"]).all()


def test_every_measure_of_a_withheld_sector_has_an_interval_and_says_if_it_is_too_wide(colorado):
    rows = colorado.candidates
    open_ = rows[rows["emplvl_estimated_share"] > 0.5]
    assert len(open_) > 20
    for name in ("annual_avg_emplvl", "avg_annual_pay", "pay_ratio", "lq", "lq_state",
                 "emplvl_share", "emplvl_pct_chg", "competitive_share_state"):  # fmt: skip
        low, value, high = (open_[f"{name}{end}"] for end in ("_lo", "", "_hi"))
        known = low.notna()
        assert ((low <= value) & (value <= high))[known].all(), name
        assert (low < high)[known].mean() > 0.9, name
        assert open_.loc[~known & value.notna(), f"{name}_is_vague"].all(), name
    vague = rows["annual_avg_emplvl_is_vague"]
    assert 0 < vague.sum() < len(rows) / 4
    wide = rows["annual_avg_emplvl_hi"] > 3 * rows["annual_avg_emplvl_lo"]
    assert (vague == wide).all()
    ranking = colorado.ranking
    assert (ranking["score_lo"] <= ranking["score"]).all()
    assert (ranking["score"] <= ranking["score_hi"]).all()


def test_what_is_published_in_full_has_no_width(colorado):
    rows = colorado.industries
    # A withheld cell may be estimated at none and still hold some.
    known = rows["annual_avg_emplvl_published"] == rows["annual_avg_emplvl_max"]
    full = rows[known & (rows["annual_avg_emplvl"] > 0)]
    assert len(full) > 4000
    for name in ("annual_avg_emplvl", "emplvl_share", "emplvl_per_estab"):
        assert (full[f"{name}_lo"] == full[f"{name}_hi"]).all(), name


def test_three_digit_industries_add_up_to_their_sector_in_every_region(colorado):
    own = colorado.industries[colorado.industries["own_code"] == "5"]
    jobs = own.set_index(["region", "industry_code"])["annual_avg_emplvl"].unstack(fill_value=0)  # noqa: PD010
    parts = [c for c in jobs if len(c) == 3 and c.startswith("62")]
    # Estimates are held within the rounding of published averages, county by county.
    assert np.allclose(jobs[parts].sum(axis=1), jobs["62"], atol=2 * 10)


def test_the_quotients_agree_with_the_agencys_own_where_a_region_is_one_county(colorado, store):
    """Region 7 is Pueblo County; BLS prints its quotients against the nation for each month."""
    printed = store.qcew(
        "quarterly", areas=["08101"], own_codes=["5"], agglvl_codes=["74"], years=[2016]
    )
    printed = printed[printed["disclosure_code"].isna()]
    by_sector = printed.groupby("industry_code")[[f"lq_month{n}_emplvl" for n in (1, 2, 3)]]
    agency = by_sector.mean().mean(axis=1)
    rows = colorado.industries.query("region == 'region-7' and own_code == '5'")
    ours = rows.set_index("industry_code")["lq"].reindex(agency.index)
    # The mean of twelve monthly quotients is not the quotient of the means; 3 % covers seasons.
    assert np.allclose(ours, agency, rtol=0.03, atol=0.01)


@pytest.mark.parametrize(
    ("region", "candidate"),
    [
        ("region-11", "energy"),
        ("region-12", "hospitality-and-tourism"),
        ("region-3", "technology"),
        ("region-4", "aerospace-and-defense"),
        ("region-7", "health-care"),
        ("region-6", "agriculture"),
    ],
)
def test_what_is_known_of_colorado_is_concentrated_where_it_should_be(colorado, region, candidate):
    rows = colorado.candidates[colorado.candidates["region"] == region]
    row = rows.set_index("candidate").loc[candidate]
    assert row["lq"] > 1.25


def test_growth_over_one_year_comes_from_the_changes_over_the_year(colorado, store):
    assert colorado.meta["base_year"] == 2015
    assert set(colorado.regions["growth_basis"]) == {"over-the-year"}
    printed = store.qcew("quarterly", areas=["08101"], own_codes=["0"], years=[2016])
    months = [f"month{n}_emplvl" for n in (1, 2, 3)]
    now = printed[months].to_numpy().mean()
    before = (printed[months].to_numpy() - printed[[f"oty_{m}_chg" for m in months]]).to_numpy()
    pueblo = colorado.regions.set_index("region").loc["region-7"]
    # Both annual averages are rounded to whole jobs before they are subtracted.
    assert pueblo["emplvl_chg"] == pytest.approx(now - before.mean(), abs=1)


def test_central_ohio_grows_from_2016_to_2023_across_two_revisions(ohio, store):
    assert ohio.meta["base_year"] == 2016
    total = ohio.regions.iloc[0]
    annual = store.qcew("annual", own_codes=["0"], agglvl_codes=["70"], years=[2023])
    assert total["annual_avg_emplvl"] == annual["annual_avg_emplvl"].sum()
    assert total["growth_basis"] == "levels" and not total["is_break"]
    industries = ohio.industries.query("own_code == '5'").set_index("industry_code")
    assert not industries.loc["31-33", "is_break"]
    assert industries.loc["31-33", "emplvl_pct_chg"] == pytest.approx(-3, abs=15)
    broken = industries.loc["5132"]
    assert broken["is_break"] and pd.isna(broken["emplvl_pct_chg"])


def test_a_reference_that_is_not_there_is_missing_and_said(ohio):
    assert ohio.candidates["lq_state"].isna().all()
    assert any(note.startswith("No comparison with the state") for note in ohio.meta["notes"])
    assert ohio.ranking["score"].notna().all(), "the criteria that have data still rank"
    assert ohio.ranking["criteria_missing"].str.contains("concentration-state").all()


def test_a_nation_that_is_not_there_follows_from_printed_quotients_and_is_said(ohio):
    found = ohio.candidates.set_index("candidate")
    for candidate, expected in {"construction": 0.85, "finance-and-insurance": 1.13}.items():
        lo, value, hi = found.loc[candidate, ["lq_lo", "lq", "lq_hi"]]
        assert value == pytest.approx(expected, abs=0.005)
        assert lo < value < hi < 1.01 * lo
    assert ohio.meta["nation"]["short"] == "from printed quotients"
    said = " ".join(ohio.meta["notes"])
    assert "from the quotients of 15 areas" in said
    assert "No shift-share against the nation: the store has no 2023 rows of it" in said
    nation = ohio.shift_share[ohio.shift_share["reference"] == "nation"]
    assert nation["competitive_share"].isna().all(), "shares are no levels"


def test_a_year_that_is_not_there_is_one_sentence(store):
    with pytest.raises(StoreError, match=r"no year 1999 of Colorado; it has 2016"):
        analyse(store, load_state("colorado"), 1999)


def test_tables_survive_the_disk(colorado, tmp_path):
    colorado.save(tmp_path)
    again = StateTables.load(tmp_path)
    for name in StateTables.names():
        both = (as_arrow(getattr(tables, name)) for tables in (again, colorado))
        pd.testing.assert_frame_equal(*both)
    assert again.meta["year"] == 2016


def test_the_same_store_gives_the_same_bytes(colorado, store, tmp_path):
    for folder, tables in (("a", colorado), ("b", analyse(store, for_staff("colorado"), 2016))):
        tables.save(tmp_path / folder)
    for path in sorted((tmp_path / "a").iterdir()):
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name


def test_one_tidy_table_has_total_candidates_and_industries(colorado):
    table = region_measures(colorado, load_state("colorado").region("region-7"))
    assert set(table["kind"]) == {"total", "candidate", "industry"}
    assert (table["region"] == "region-7").all()
    assert not table.duplicated(["kind", "candidate", "own_code", "industry_code"]).any()


def test_the_rank_under_another_base_is_the_one_of_a_state_computed_from_that_base(ohio, store):
    bases = ohio.bases.set_index(["candidate", "base_year"])["rank"]
    assert ohio.meta["base_year"] == 2016
    assert set(ohio.bases["base_year"]) == {2016, 2020, 2021, 2022}
    other = analyse(store, load_state("ohio"), 2023, base_year=2020).ranking
    for year, ranking in ((2016, ohio.ranking), (2020, other)):
        ranks = ranking.set_index("candidate")["rank"]
        other_way = bases.xs(year, level="base_year")
        assert ranks.fillna(0).to_dict() == other_way.fillna(0).to_dict(), year
    of_2016, of_2020 = (bases.xs(year, level="base_year").fillna(0) for year in (2016, 2020))
    assert (of_2016 != of_2020[of_2016.index]).any(), "the base year matters"


def test_every_year_in_the_store_is_a_span_and_the_totals_are_the_published_ones(ohio, store):
    own = ohio.growth[ohio.growth["kind"] == "total"].set_index("year0")
    assert list(own.index) == [2016, 2020, 2021, 2022]
    counties = load_state("ohio").regions[0].counties
    rows = store.qcew("annual", areas=counties, own_codes=["0"], years=[2020, 2023])
    jobs = rows.groupby("year")["annual_avg_emplvl"].sum()
    assert own.loc[2020, "emplvl_pct_chg"] == pytest.approx(100 * (jobs[2023] / jobs[2020] - 1))


def test_bench_and_score_say_what_the_profile_says(analysed, store):
    """Regions where bounds of cells alone gave another rank, another range, another growth."""
    state = load_state("colorado")
    tables, live = analysed(store, state, 2016), open_live(store, state, 2016)
    for key in ("region-8", "region-12", "region-14"):
        asked = load_asked(state, region=key)
        scored = live.assess(state.region(key), asked)
        for found, table, by, asked_for in (
            (scored.candidates, tables.ranking, "candidate", "rank_lo"),
            (scored.candidates, tables.candidates, "candidate", "annual_avg_emplvl_hi"),
            (scored.measured.uncovered, tables.uncovered, "industry_code", "annual_avg_emplvl_hi"),
        ):
            expected = table[table["region"] == key].set_index(by)
            got = found.set_index(by)
            both = expected.columns.intersection(got.columns)
            assert asked_for in both and set(got.index) == set(expected.index)
            pd.testing.assert_frame_equal(
                got.loc[expected.index, both], expected[both], rtol=1e-9, check_dtype=False
            )
