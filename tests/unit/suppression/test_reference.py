"""Reference sizes: from the nearest place that publishes one, and never a cell's own."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.suppression.cell_hierarchy import build_hierarchy
from lmi.suppression.estimate import estimate
from lmi.suppression.reference import reference_ratios


def ratios(rows):
    given = (rows[name].to_numpy(float) for name in ("annual_avg_emplvl", "annual_avg_estabs"))
    found = reference_ratios(build_hierarchy(rows), *given)
    names = rows["area_fips"] + " " + rows["industry_code"]
    return dict(zip(names, found.tolist(), strict=True))


def test_a_published_county_is_measured_by_the_others(cells):
    found = ratios(cells("99001 5 62 10 50\n99003 5 62 10 90\n99005 5 62 30 210\n99007 5 62 2 ."))
    assert found["99001 62"] == (90 + 210) / (10 + 30)
    assert found["99007 62"] == (50 + 90 + 210) / (10 + 10 + 30)


def test_a_published_county_without_others_goes_by_its_parent_industry(cells):
    found = ratios(cells("99001 5 62 10 50\n99001 5 621 4 10\n99001 5 622 6 ."))
    assert found["99001 621"] == found["99001 622"] == 5


def test_the_state_is_every_county_s_reference(cells):
    found = ratios(cells("99000 5 62 20 140\n99001 5 62 10 50\n99003 5 62 10 ."))
    assert found["99001 62"] == found["99003 62"] == 7


def test_one_county_alone_is_not_taken_for_a_perfect_guess(cells):
    # Industries differ tenfold in size, so size says little of the two that are withheld.
    rng = np.random.default_rng(1)
    codes = [f"{n}" for n in (3111, 3112, 3113, 3114, 3115, 3116, 3118, 3119, 3121, 3131, 3132)]
    codes += [f"{n}" for n in (3141, 3149, 3152, 3161, 3162, 3211, 3212, 3219, 3221, 3222, 3231)]
    six = [f"{code}{i}" for code in codes for i in range(1, 10)]
    jobs = np.round(rng.lognormal(3, 1.2, len(six)))
    known = [f"99001 5 {code} 4 {n:.0f}" for code, n in zip(six[2:], jobs[2:], strict=True)]
    rows = cells("\n".join([*known, *(f"99001 5 {code} 4 ." for code in six[:2])]))
    hidden = estimate(rows).cells.iloc[-2:]
    assert (hidden["hi"] > 2 * hidden["estimate"]).all()
    assert hidden["lo"].to_numpy() == pytest.approx(0)
