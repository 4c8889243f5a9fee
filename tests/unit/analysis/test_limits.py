"""Hard bounds of a region's sums: what one cell of a family gains another loses."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.analysis.limits import emplvl_limiter

# 100 private jobs, 40 of them published; the other 60 are in two sectors.
CELLS = pd.DataFrame(
    [("5", "10", "71", 12, 100.0), ("5", "11", "74", 4, 40.0),
     ("5", "23", "74", 4, np.nan), ("5", "62", "74", 4, np.nan)],
    columns=["own_code", "industry_code", "agglvl_code", "annual_avg_estabs",
             "annual_avg_emplvl_published"],
).assign(area_fips="99001")  # fmt: skip


def test_two_sectors_that_share_a_remainder_are_known_together() -> None:
    groups, rows = np.array([0, 1, 1]), np.array([2, 2, 3])
    least, most = emplvl_limiter(CELLS)(groups, rows, 2)
    # Rounding of the two published averages: half a job each.
    assert (least[0], most[0]) == (0, 61)
    assert (least[1], most[1]) == (59, 61)
