"""Error, bias, coverage and width, on cells whose scores are seen at a glance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.suppression.draws import Draws
from lmi.suppression.evaluation import judge_sums, score, score_sums

CELLS = pd.DataFrame(
    {
        "agglvl_code": ["74", "74", "76", "76", "73"],
        "truth": [100.0, 50.0, 20.0, 0.0, 999.0],
        "estimate": [80.0, 60.0, 30.0, 4.0, 0.0],
        "lo": [70.0, 40.0, 21.0, 0.0, 0.0],
        "hi": [90.0, 80.0, 40.0, 9.0, 0.0],
    }
)


def test_scores_by_level_and_pooled():
    scored = score(CELLS).set_index("level")
    # supersectors are not scored
    assert scored.index.tolist() == ["sector", "4-digit", "all"]
    assert scored["cells"].tolist() == [2, 2, 4]
    assert scored["wape"].tolist() == pytest.approx([30 / 150, 14 / 20, 44 / 170])
    assert scored["bias"].tolist() == pytest.approx([-10 / 150, 14 / 20, 4 / 170])
    assert scored["coverage"].tolist() == [0.5, 0.5, 0.5]
    assert scored["width"].tolist() == pytest.approx([60 / 150, 28 / 20, 88 / 170])


def test_the_median_leaves_out_cells_without_jobs():
    # a true zero has no relative error: 20 %, 20 % and 50 % are left
    assert score(CELLS).set_index("level")["median_ape"].tolist() == pytest.approx([0.2, 0.5, 0.2])


def test_ways_without_an_interval_have_no_coverage():
    scored = score(CELLS.drop(columns=["lo", "hi"]))
    assert scored[["coverage", "width"]].isna().all(axis=None)
    assert scored["wape"].notna().all()


def test_a_cell_that_is_pinned_exactly_is_covered():
    pinned = CELLS.head(1).assign(estimate=100 + 1e-9, lo=100 + 1e-9, hi=100 + 1e-9)
    assert score(pinned)["coverage"].tolist() == [1.0, 1.0]


def test_a_cell_without_an_estimate_counts_as_zero_and_not_covered():
    silent = CELLS.assign(estimate=[80, np.nan, 30, 4, 0], lo=[70, np.nan, 10, 0, 0])
    pooled = score(silent).set_index("level").loc["all"]
    assert pooled["wape"] == pytest.approx((20 + 50 + 10 + 4) / 170)
    assert pooled["coverage"] == 0.5


def test_no_cells_are_no_score_and_no_error():
    scored = score(CELLS.head(0))
    assert scored["level"].tolist() == ["all"]
    assert scored["cells"].tolist() == [0]
    assert scored["wape"].isna().all()


# A county's sectors, of which 62 and 72 were masked (rows 1 and 3) and 23 is really withheld.
TABLE = pd.DataFrame(
    {
        "area_fips": "99001",
        "own_code": "5",
        "industry_code": ["10", "62", "23", "72"],
        "annual_avg_emplvl": [300.0, 60.0, 50.0, 40.0],
    }
)
TRUTH = TABLE.iloc[[1, 3]].drop(columns="annual_avg_emplvl").assign(truth=[70.0, 30.0])


def draws(k: int = 4000) -> Draws:
    """Draws of 62, 23 and 72: what 62 has more, 72 has less, and 23 goes its own way."""
    shared, own = np.random.default_rng(3).normal(size=(2, k))
    return Draws(np.array([1, 2, 3]), np.vstack([10 * shared, 5 * own, -10 * shared]), 4)


def members(**groups: str) -> pd.DataFrame:
    return pd.DataFrame(
        [(name, "99001", "5", code) for name, codes in groups.items() for code in codes.split()],
        columns=["group", "area_fips", "own_code", "industry_code"],
    )


def test_errors_that_cancel_leave_the_sum_certain():
    found = judge_sums(TRUTH, TABLE, draws(), members(both="62 72", health="62")).set_index("group")
    both, health = found.loc["both"], found.loc["health"]
    assert both[["truth", "estimate", "lo", "hi"]].tolist() == pytest.approx([100] * 4)
    # 90 % of a normal lie within 1.645 deviations; 4,000 draws give the ends within half a job
    assert health[["truth", "estimate"]].tolist() == [70, 60]
    assert health[["lo", "hi"]].tolist() == pytest.approx([60 - 16.45, 60 + 16.45], abs=0.7)


def test_only_masked_members_count_because_only_their_truth_is_known():
    found = judge_sums(TRUTH, TABLE, draws(), members(some="10 23 62", none="23"))
    assert found[["group", "cells", "truth", "estimate"]].to_numpy().tolist() == [
        ["some", 1, 70.0, 60.0]
    ]


def test_an_interval_of_jobs_does_not_go_below_none():
    wide = Draws(np.array([1]), 100 * np.random.default_rng(3).normal(size=(1, 400)), 4)
    found = judge_sums(TRUTH, TABLE, wide, members(health="62"))
    assert found["lo"].tolist() == [0.0]


def test_calibrated_draws_cover_as_often_as_they_say():
    """300 sums of ten cells, truths and draws from one distribution.

    Coverage of 300 has a standard error of .017: .90 ± .05 is three of them.
    """
    rng = np.random.default_rng(11)
    n_groups, size, k = 300, 10, 400
    n = n_groups * size
    group = np.repeat(np.arange(n_groups), size)

    def deviations(k: int) -> np.ndarray:
        """Half of the error is common to a group."""
        return 5 * rng.normal(size=(n_groups, k))[group] + 5 * rng.normal(size=(n, k))

    cells = pd.DataFrame(
        {
            "area_fips": "99001",
            "own_code": "5",
            "industry_code": [f"{100000 + i}" for i in range(n)],
        }
    )
    truth = cells.assign(truth=100 + deviations(1)[:, 0])
    joint = Draws(np.arange(n), deviations(k), n)
    of = cells.assign(group=group)
    sums = judge_sums(truth, cells.assign(jobs=100.0), joint, of, "jobs")
    scored = score_sums(sums)
    assert scored["sums"] == n_groups
    assert scored["coverage"] == pytest.approx(0.90, abs=0.05)
    # ± 1.645 × √(10² · 5² + 10 · 5²) jobs around 1,000
    assert scored["width"] == pytest.approx(2 * 1.645 * np.sqrt(2750) / 1000, rel=0.05)


def test_no_group_has_masked_cells():
    sums = judge_sums(TRUTH, TABLE, draws(), members(none="23"))
    assert sums.empty
    assert score_sums(sums)["sums"] == 0
