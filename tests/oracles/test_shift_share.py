"""Shift-share analyses from two textbooks."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.measures.shift_share import shift_share

EXACT = 1e-9  # the textbooks' figures are whole jobs; what is left is rounding


# Farhauer, O. and Kröll, A. (2013), Standorttheorien, as the example of REAT's `shift`: four
# industries in the nation and in three regions, before and after, with the published effects.
NATION = np.array([400, 150, 150, 400]), np.array([440, 210, 135, 480])
REGIONS = {
    "A": ([90, 20, 10, 60], [100, 40, 10, 55], (27, 1, -3)),
    "B": ([60, 30, 30, 40], [85, 55, 40, 35], (24, -1, 32)),
    "C": ([250, 100, 110, 300], [255, 115, 85, 390], (114, 0, -29)),
}


@pytest.mark.parametrize("region", REGIONS)
def test_farhauer_kroell(region: str) -> None:
    """National growth, industry mix and competitive share of each region, in whole jobs."""
    before, after, published = REGIONS[region]
    first, last = NATION
    effects = shift_share(before, after, first, last, first.sum(), last.sum())
    totals = [effect.sum() for effect in effects]
    assert totals == pytest.approx(published, abs=EXACT)
    assert sum(totals) == pytest.approx(sum(after) - sum(before), abs=EXACT)


def test_krumme() -> None:
    """Krumme, G., University of Washington, shift-share example: four industries, one region.

    National shares of 10, 20, 40 and 30 % and growth of 10, 20, 30 and 40 % stand for the
    nation's jobs.
    """
    before, after = [500, 100, 200, 200], [1000, 100, 250, 280]
    first = np.array([100, 200, 400, 300])
    last = first * [1.1, 1.2, 1.3, 1.4]
    effects = shift_share(before, after, first, last, first.sum(), last.sum())
    assert effects.national_growth.sum() == pytest.approx(290, abs=EXACT)
    assert effects.industry_mix == pytest.approx([-95, -9, 2, 22], abs=EXACT)
    assert effects.industry_mix.sum() == pytest.approx(-80, abs=EXACT)
    assert effects.competitive_share == pytest.approx([450, -20, -10, 0], abs=EXACT)
    assert effects.competitive_share.sum() == pytest.approx(420, abs=EXACT)
