"""The counties of regions: their jobs in all, by owner, by sector and by candidate."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lmi.analysis.breakdown import broken_down
from lmi.analysis.places import REGION
from lmi.analysis.sums import Cells, Limiter, Sums, join, sum_by_place
from lmi.analysis.tried import OF
from lmi.config import Candidate

__all__ = ["COUNTY", "sum_counties"]

COUNTY = ["area_fips", *OF]


def sum_counties(
    cells: Cells,
    members: pd.DataFrame,
    candidates: Sequence[Candidate],
    naics_year: int,
    limits: Limiter | None,
) -> Sums:
    """Add up the cells of each county of the regions.

    Parameters
    ----------
    limits : callable or None
        Finds the hard bounds of the candidates' sums, as `lmi.analysis.sums.sum_by_place` says.

    Returns
    -------
    Sums
        By place, region and `COUNTY`, as `lmi.analysis.breakdown.broken_down` has it. What a
        county has no place of business of has no row.
    """
    here = members[members["place"] == REGION]
    own = cells.table[cells.table["area_fips"].isin(here["area_fips"])]
    parts = broken_down(own, candidates, naics_year)
    of_candidate = parts["candidate"] != ""
    return join(
        [
            sum_by_place(cells.only(parts[of_candidate]), here, COUNTY, limits),
            sum_by_place(cells.only(parts[~of_candidate]), here, COUNTY),
        ]
    )
