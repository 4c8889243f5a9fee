"""Whether regions add up to their state, and what is said where they do not."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.assessment.adding_up import adding_up
from lmi.config import load_state

IN, NONE, ALL = "in regions", "in no region", "state"


def total(**jobs: tuple[str, float]) -> pd.DataFrame:
    rows = [(kind, *of) for kind, of in zip((IN, NONE, ALL), jobs.values(), strict=False)]
    return pd.DataFrame(
        [row for row in rows if row[1]], columns=["kind", "areas", "annual_avg_emplvl"]
    )


@pytest.mark.parametrize(
    ("inside", "rest", "whole", "said"),
    [
        (("08001 08003", 90.0), ("08999", 10.0), ("08000", 100.0),
         "90 jobs in the regions and 10 jobs in no region are the published total of Colorado, "
         "100."),
        (("08001 08003", 91.0), ("08999", 10.0), ("08000", 100.0),
         "91 jobs in the regions and 10 jobs in no region are the published total of Colorado, "
         "100, but for 1 job of rounding."),
        (("08001", 90.0), ("", 0.0), ("08000", 100.0),
         "The published total of Colorado is 100 jobs: 90 jobs in the regions, and 10 jobs in "
         "areas that the store has no rows of."),
        (("08001", 90.0), ("08999", 20.0), ("08000", 100.0),
         "The published total of Colorado is 100 jobs: 90 jobs in the regions and 20 jobs in no "
         "region, and 10 jobs too many in its areas."),
        (("08001", 90.0), ("08999", 10.0), ("", 0.0),
         "The store has no 2016 total of Colorado, so what of it lies in no region is not known."),
    ],
)  # fmt: skip
def test_regions_add_up_to_the_published_total_or_the_difference_is_said(inside, rest, whole, said):
    found = adding_up(load_state("colorado"), total(a=inside, b=rest, c=whole), 2016)
    assert found == [said]


def test_counties_that_are_in_two_rows_or_of_another_state_are_named():
    state = load_state("colorado")
    first, second = state.regions[:2]
    wide = first.model_copy(update={"counties": (*first.counties, second.counties[0], "56021")})
    state = state.model_copy(update={"regions": (wide, *state.regions[1:])})
    found = adding_up(state, total(a=("08001", 9.0), b=("", 0), c=("08000", 9.0)), 2016)
    assert found[-1] == (
        "The rows of the regions add up to more: 1 county counted in more than one region and 1 "
        "county of other states counted in a region, each once here."
    )
