"""Whether regions add up to their state, and what is said where they do not."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from lmi.analysis.span import Span
from lmi.analysis.state_total import state_total
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


def test_a_county_of_a_region_that_cannot_be_measured_lies_in_it():
    """It was told as in no region, beside the regions of which it is one."""
    state = load_state("colorado")
    broken = next(r for r in state.regions if len(r.counties) > 2)
    inside, other = broken.counties[0], state.regions[-1].counties[0]
    assert other not in broken.counties
    rows = [("08000", 100.0), (inside, 20.0), (other, 70.0), ("08999", 10.0)]
    areas = pd.DataFrame(rows, columns=["area_fips", "annual_avg_emplvl"]).assign(
        annual_avg_estabs=1.0, total_annual_wages=1e6
    )
    year = SimpleNamespace(areas=areas, failed={broken.key: "The store lacks a county."})
    span = Span(state, (), {2023: year}, 2023, None)
    assert broken.key not in [region.key for region in span.regions]
    found = state_total(span).set_index("kind")
    assert found["annual_avg_emplvl"].to_dict() == {IN: 90.0, NONE: 10.0, ALL: 100.0}
    assert found.loc[NONE, "areas"] == "08999"


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
