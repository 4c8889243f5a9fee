"""Hard bounds of a region's sums: what one cell of a family gains another loses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.analysis import hard_bounds
from lmi.analysis.absent import ABSENT
from lmi.analysis.hard_bounds import emplvl_limiter

# 100 private jobs, 40 of them published; the other 60 are in two sectors.
CELLS = pd.DataFrame(
    [("5", "10", "71", 12, 100.0), ("5", "11", "74", 4, 40.0),
     ("5", "23", "74", 4, np.nan), ("5", "62", "74", 4, np.nan)],
    columns=["own_code", "industry_code", "agglvl_code", "annual_avg_estabs",
             "annual_avg_emplvl_published"],
).assign(area_fips="99001", source="published")  # fmt: skip


def test_two_sectors_that_share_a_remainder_are_known_together() -> None:
    groups, rows = np.array([0, 1, 1]), np.array([2, 2, 3])
    least, most = emplvl_limiter(CELLS)(groups, rows, 2)
    # Rounding of the two published averages: half a job each.
    assert (least[0], most[0]) == (0, 61)
    assert (least[1], most[1]) == (59, 61)


def test_a_cell_that_the_store_lacks_adds_what_it_may_hold_itself() -> None:
    absent = pd.DataFrame({
        "area_fips": ["99003"], "own_code": ["5"], "industry_code": ["62"], "agglvl_code": ["74"],
        "source": [ABSENT], "annual_avg_emplvl_min": [3.0], "annual_avg_emplvl_max": [9.0],
    })  # fmt: skip
    cells = pd.concat([CELLS, absent], ignore_index=True)
    least, most = emplvl_limiter(cells)(np.array([0, 0, 0]), np.array([2, 3, 4]), 1)
    assert (least[0], most[0]) == (62, 70)


GROUPS = (np.array([0, 1, 1]), np.array([2, 2, 3]), 2)


def test_what_was_found_is_kept_for_the_same_cells_and_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = emplvl_limiter(CELLS, tmp_path)(*GROUPS)
    monkeypatch.setattr(hard_bounds, "sum_limits", None)
    again = emplvl_limiter(CELLS.copy(), tmp_path)(*GROUPS)
    np.testing.assert_array_equal(found, again)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("cells", "groups"),
    [
        (CELLS, (np.array([0, 1, 1]), np.array([1, 2, 3]), 2)),  # other members
        (CELLS, (np.array([0, 0, 1]), np.array([2, 2, 3]), 2)),  # otherwise together
        (CELLS, (*GROUPS[:2], 3)),  # one sum more
        (CELLS.replace({"annual_avg_emplvl_published": {40.0: 41.0}}), GROUPS),
        (CELLS.replace({"annual_avg_estabs": {12: 13}}), GROUPS),
        (CELLS.assign(industry_code=["10", "11", "23", "81"]), GROUPS),
    ],
)
def test_other_cells_or_sums_are_found_anew(tmp_path: Path, cells, groups) -> None:
    emplvl_limiter(CELLS, tmp_path)(*GROUPS)
    found = emplvl_limiter(cells, tmp_path)(*groups)
    np.testing.assert_array_equal(found, emplvl_limiter(cells)(*groups))
    assert len(list(tmp_path.iterdir())) == 2
