"""The counties of regions: their jobs in all, by owner, by sector and by candidate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lmi.analysis.breakdown import broken_down
from lmi.analysis.places import REGION
from lmi.analysis.sums import Cells, Sums, sum_by_place
from lmi.analysis.tried import OF
from lmi.config import Candidate

__all__ = ["COUNTY", "sum_counties"]

COUNTY = ["area_fips", *OF]


def sum_counties(
    cells: Cells, members: pd.DataFrame, candidates: Sequence[Candidate], naics_year: int
) -> Sums:
    """Add up the cells of each county of the regions.

    Returns
    -------
    Sums
        By place, region and `COUNTY`, as `lmi.analysis.breakdown.broken_down` has it. What a
        county has no place of business of has no row.
    """
    here = members[members["place"] == REGION]
    own = cells.table[cells.table["area_fips"].isin(here["area_fips"])]
    return sum_by_place(cells.only(broken_down(own, candidates, naics_year)), here, COUNTY)
