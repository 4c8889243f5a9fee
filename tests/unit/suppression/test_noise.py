"""Numbers that belong to a cell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.suppression.noise import N_DRAWS, SHARED, cell_noise

COUNTIES = [f"{state:02d}{county:03d}" for state in range(1, 51) for county in range(1, 41, 2)]


@pytest.fixture
def table() -> pd.DataFrame:
    """A thousand cells of one quarter."""
    return pd.DataFrame(
        {"area_fips": COUNTIES, "own_code": "5", "industry_code": "62", "year": 2016, "qtr": "1"}
    )


def test_a_cell_has_the_same_numbers_whatever_else_is_there(table):
    alone = cell_noise(table.iloc[[7]])
    assert (cell_noise(table)[7] == alone[0]).all()
    assert (cell_noise(table.iloc[::-1])[-8] == alone[0]).all()


def test_they_are_standard_normal(table):
    noise = cell_noise(table)
    assert noise.shape == (1000, N_DRAWS)
    # 200,000 numbers: four standard errors of mean and variance, and the tails
    assert abs(noise.mean()) < 0.01
    assert noise.var() == pytest.approx(1, abs=0.013)
    assert (np.abs(noise) < 1.645).mean() == pytest.approx(0.9, abs=0.003)


def test_two_cells_have_nothing_in_common(table):
    noise = cell_noise(table, n_draws=5000)[:40]
    apart = np.corrcoef(noise)[~np.eye(40, dtype=bool)]
    assert np.abs(apart).max() < 5 / np.sqrt(5000)


def test_two_periods_share_most(table):
    first, next_year = (cell_noise(table.assign(year=year)).ravel() for year in (2016, 2017))
    assert np.corrcoef(first, next_year)[0, 1] == pytest.approx(SHARED, abs=0.02)


def test_another_measure_has_other_numbers(table):
    jobs, wages = cell_noise(table, "jobs").ravel(), cell_noise(table, "wages").ravel()
    assert abs(np.corrcoef(jobs, wages)[0, 1]) < 0.01


def test_no_cells():
    none = pd.DataFrame(columns=["area_fips", "own_code", "industry_code"], dtype="str")
    assert cell_noise(none).shape == (0, N_DRAWS)
