"""Error, bias, coverage and width, on cells whose scores are seen at a glance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.suppression.evaluation import score

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
