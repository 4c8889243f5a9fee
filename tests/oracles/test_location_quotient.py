"""Location quotients that others have published or computed."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.lq import location_quotient

REGIONS = np.array(
    [
        [100, 0, 0, 0, 0],
        [0, 15, 5, 70, 10],
        [0, 20, 10, 20, 50],
        [0, 25, 30, 5, 40],
        [0, 40, 55, 5, 0],
    ]
)


def test_reat_locq() -> None:
    """Farhauer, O. and Kröll, A. (2013), Standorttheorien, as the example of REAT's `locq`.

    `locq(e_ij, e_j, e_i, e)` of the R package REAT takes the region's industry and total first
    and the nation's after them, as here; its result is printed to seven decimals.
    """
    ours = location_quotient(1714, 79_006, 879_213, 15_593_224)
    assert ours == pytest.approx(0.3847623, abs=5e-8)
    assert ours == pytest.approx((1714 / 879_213) / (79_006 / 15_593_224), rel=1e-12)


def test_second_region_of_a_matrix() -> None:
    """Row 2 of the five-region matrix of the diversity oracles; exact but for rounding."""
    row = REGIONS[1]
    nation = REGIONS.sum(axis=0)
    quotients = location_quotient(row, row.sum(), nation, nation.sum())
    assert quotients == pytest.approx([0, 0.75, 0.25, 3.5, 0.5], rel=1e-12)
