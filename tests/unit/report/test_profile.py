"""Opening a profile: the right slice, its citations, and what happens when it is not there."""

from __future__ import annotations

import pytest

from lmi.errors import StoreError
from lmi.report import open_profile, style


def test_candidates_come_largest_first_with_their_ranking(profile):
    assert profile.candidates["candidate"].tolist()[:4] == ["care", "build", "food", "shops"]
    assert profile.candidates.loc[0, "score"] == 0.9
    assert profile.candidates["candidate"].tolist()[-1] == "space"  # withheld comes last


def test_a_region_that_failed_says_why(state_tables, state, counties):
    with pytest.raises(StoreError, match="no 2023 rows for 99009 Elm"):
        open_profile(state_tables, "sample/south", state, counties)


def test_an_unknown_region_names_those_there_are(state_tables, state, counties):
    with pytest.raises(
        StoreError, match=r"no region 'nord'; name one of those they hold \(north\)"
    ):
        open_profile(state_tables, "nord", state, counties)


def test_data_of_one_year_open_without_columns_of_change(state_tables, state, counties):
    gone = [
        "emplvl_chg", "emplvl_pct_chg", "emplvl_cagr", "growth_basis", "is_break",
        "national_growth", "industry_mix", "competitive_share", "base_year",
    ]  # fmt: skip
    for frame in (state_tables.candidates, state_tables.regions, state_tables.industries):
        for name in set(gone) & set(frame):
            del frame[name]
    state_tables.meta["base_year"] = None
    profile = open_profile(state_tables, "north", state, counties)
    assert not profile.has_growth
    assert profile.base_year is None
    assert profile.candidates["emplvl_chg"].isna().all()
    assert not profile.candidates["is_break"].any()
    assert profile.growth_source == profile.source


@pytest.mark.parametrize(
    ("made_of", "cited"),
    [
        ("quarters", "2023 annual average computed from four quarters"),
        ("annual", "2023 annual average;"),
    ],
)
def test_the_citation_says_how_the_year_was_made(make_profile, made_of, cited):
    profile = make_profile(made_of={"2023": made_of})
    assert cited in profile.source
    assert profile.source.startswith("U.S. Bureau of Labor Statistics")


@pytest.mark.parametrize(
    ("made_of", "cited"),
    [
        ("annual", "from the levels of both years"),
        ("over-the-year", "from the agency's own over-the-year changes"),
    ],
)
def test_the_citation_of_growth_says_what_it_rests_on(make_profile, made_of, cited):
    said = make_profile(made_of={"2018": made_of}).growth_source
    coded = "Industries by NAICS 2017 in 2018 and NAICS 2022 in 2023."
    assert said.endswith(f"Change from 2018 to 2023 {cited}. {coded}")


def test_the_citation_of_growth_from_the_pandemic_says_that_some_of_it_is_recovery(make_profile):
    assert "in part recovery" in make_profile(base_year=2020).growth_source


def test_illustrative_data_never_cite_the_agency(make_profile):
    profile = make_profile(illustrative=True)
    for said in (profile.source, profile.growth_source, profile.trend_source(2018)):
        assert said.startswith("illustrative data")
        assert "Bureau" not in said
    assert "ILLUSTRATIVE" in style.footer(profile)
    assert "Census" not in style.map_footer(profile)
